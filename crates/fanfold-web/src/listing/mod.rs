//! A list of works with its filters: what the reader wishes, as a query, as a sentence and as a form.

mod form;
mod sentence;
mod unknown;
mod wishes;

pub(crate) use form::orders;
pub(crate) use wishes::{ALONE, Wishes};

use fanfold_app::search::{Answer as Found, SearchRequest};
use fanfold_model::TagKind;
use fanfold_model::query::{Query, QueryError};

use crate::error::Problem;
use crate::present;
use crate::site::Site;
use crate::views::listing::{LeftOut, Listing, QueryProblem};
use crate::views::parts::Pager;
use crate::views::words::{Count, SafeHtml};

/// Works on a page.
const PAGE: usize = 20;

/// The list that a page is about.
pub(crate) struct Asked {
    /// Its address, without a query.
    pub(crate) path: String,
    /// The tag that all its works carry.
    pub(crate) tag: Option<(TagKind, String)>,
    /// What the reader wishes besides.
    pub(crate) wishes: Wishes,
    /// Whether to show where the words stand.
    pub(crate) snippets: bool,
}

/// A list, or why its query cannot be read.
pub(crate) enum Listed {
    Works(Box<Listing>),
    Unreadable(QueryProblem),
}

/// Asks the archive and fills the list.
pub(crate) async fn list(site: &Site, asked: &Asked) -> Result<Listed, Problem> {
    let settled = asked.wishes.settled();
    let settled = settled.and_then(|wishes| Ok((wishes.query(asked.tag.as_ref())?, wishes)));
    let (query, wishes) = match settled {
        Ok(settled) => settled,
        Err(error) => return Ok(Listed::Unreadable(problem(&asked.wishes.text, &error))),
    };
    let asked = &Asked { wishes, path: asked.path.clone(), tag: asked.tag.clone(), ..*asked };
    let snippets = asked.snippets && !asked.wishes.text.is_empty();
    let request = SearchRequest { snippets, ..request(site, &asked.wishes, query.clone()) };
    let found = site.archive.search(&request).await?;
    let unknown = unknown::told(site, asked, found.total).await?;
    let cards = found.works.iter().map(|work| {
        let mut card = present::card(&work.card);
        card.snippets = work.snippets.iter().map(|found| SafeHtml(found.html.clone())).collect();
        card
    });
    let cards = cards.collect();
    Ok(Listed::Works(Box::new(Listing {
        sentence: sentence::sentence(asked, &found),
        query: query.to_string(),
        conditions: asked.wishes.conditions(&asked.path),
        clear_href: asked.path.clone(),
        unknown,
        total: Count(found.total),
        cards,
        filters: form::form(asked, &found),
        pager: pager(asked, &found),
        left_out: left_out(asked, &found),
        may_keep: site.is_owners() && query != Query::default(),
    })))
}

/// The question that the wishes make, as a list asks it: `query` is theirs, with what the whole list is about.
pub(crate) fn request(site: &Site, wishes: &Wishes, query: Query) -> SearchRequest {
    SearchRequest {
        query,
        viewer: site.viewer(),
        sort: None,
        limit: PAGE,
        offset: 0,
        after: wishes.after.clone(),
        facets: true,
        snippets: false,
        standing: site.standing().filter(|_| !wishes.all),
    }
}

/// The feed of a list: its newest works first, whatever order the list itself is in.
pub(crate) fn feed_address(wishes: &Wishes, tag: Option<&(TagKind, String)>) -> String {
    let mut wishes = wishes.settled().unwrap_or_else(|_| wishes.clone()).first_page();
    wishes.sort = None;
    wishes.with.extend(tag.cloned());
    wishes.address("/feeds/works")
}

/// What the reader's mutes and usual filter take away, with the list that shows it.
fn left_out(asked: &Asked, found: &Found) -> Option<LeftOut> {
    let all = asked.wishes.all;
    let other_href = Wishes { all: !all, ..asked.wishes.first_page() }.address(&asked.path);
    LeftOut::of_works(found.left_out, all, other_href)
}

/// Pages know where they went on from; the way back is carried in the address.
fn pager(asked: &Asked, found: &Found) -> Pager {
    let wishes = &asked.wishes;
    let previous = wishes.after.is_some().then(|| wishes.page_before().address(&asked.path));
    let next = found.next.as_ref().map(|next| wishes.page_after(next).address(&asked.path));
    Pager { previous, next }
}

/// The query around the place where reading it stopped.
pub(crate) fn problem(query: &str, error: &QueryError) -> QueryProblem {
    let at = error.column.saturating_sub(1);
    let rest: String = query.chars().skip(at).collect();
    let word: String = rest.chars().take_while(|c| !c.is_whitespace()).collect();
    QueryProblem {
        message: error.message.clone(),
        hint: Some(error.hint.clone()).filter(|hint| !hint.is_empty()),
        before: query.chars().take(at).collect(),
        after: rest.chars().skip(word.chars().count()).collect(),
        at: word,
        column: error.column,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_pieces_around_a_problem_are_the_query() {
        for (query, column) in
            [("lantern words:many -storm", 15), ("(lantern", 9), ("ü words:x", 9), ("", 1)]
        {
            let error = QueryError { column, message: "m".into(), hint: String::new() };
            let shown = problem(query, &error);
            assert_eq!(format!("{}{}{}", shown.before, shown.at, shown.after), query);
            assert_eq!(shown.before.chars().count(), column - 1);
        }
    }
}
