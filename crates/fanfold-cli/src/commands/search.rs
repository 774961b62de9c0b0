//! `fanfold search`.

use super::list;
use crate::arguments::{Globals, SearchArgs};
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::Output;
use fanfold_app::names::{NameKind, Unknown};
use fanfold_app::search::{Answer, SearchRequest, answer_record};
use fanfold_model::Viewer;
use fanfold_model::query::Sort;

pub(crate) async fn run(
    globals: &Globals,
    output: &Output,
    args: SearchArgs,
) -> Result<Exit, Failure> {
    let sort = args.sort.as_deref().map(sort_key).transpose()?;
    let query = super::query(Some(&args.query))?.unwrap_or_default();
    let archive = open::existing(globals).await?;
    archive.follow_if_free().await?;
    let request = SearchRequest {
        query,
        viewer: Viewer::Owner,
        sort,
        limit: args.limit as usize,
        offset: args.offset as usize,
        after: None,
        facets: args.facets,
        snippets: true,
        standing: None,
    };
    let answer = archive.search(&request).await?;
    let unknown = archive.unknown_names(&request.query, answer.total, request.viewer, None).await?;
    if output.json {
        output.object(&answer_record(&answer, &unknown));
    } else {
        print(output, &answer);
        unknown.iter().for_each(|own| tell(output, own));
    }
    Ok(Exit::Done)
}

fn sort_key(text: &str) -> Result<Sort, Failure> {
    Sort::from_text(text).ok_or_else(|| {
        Failure::usage(
            format!("`{text}` is no sort key"),
            "relevance, title, creator, published, updated, imported, words, hits, kudos, comments or bookmarks; `>words` turns the order round",
        )
    })
}

fn print(output: &Output, answer: &Answer) {
    let works = if answer.total == 1 { "work" } else { "works" };
    output.line(output.strong(&format!("{} {works}", answer.total)));
    for found in &answer.works {
        output.line(list::line(&found.card));
        for text in &found.snippets {
            output.line(output.muted(&format!("        {}", plain(&text.html))));
        }
    }
    for (kind, counts) in answer.facets.iter().flat_map(|facets| &facets.tags) {
        if !counts.is_empty() {
            output.line(output.strong(kind.as_str()));
            counts
                .iter()
                .for_each(|found| output.line(format!("{:>8} {}", found.count, found.tag.name)));
        }
    }
}

/// What nothing here carries, and what would be found instead.
fn tell(output: &Output, unknown: &Unknown) {
    let what = unknown.kind.map_or("nothing here has".to_owned(), |kind| match kind {
        NameKind::Creator => "no work here is by".to_owned(),
        kind => format!("no work here has the {}", kind.as_str()),
    });
    output.note(format!("{what} “{}”", unknown.name));
    for own in &unknown.meant {
        let works = if own.works == 1 { "work" } else { "works" };
        let offer = format!("did you mean {} ({} {works})?", own.name, own.works);
        output.note(format!("  {offer}  {}", own.query));
    }
}

/// A snippet for a terminal: marks as brackets, entities as letters.
fn plain(html: &str) -> String {
    let marked = html.replace("<mark>", "[").replace("</mark>", "]");
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    pairs.iter().fold(marked, |text, (entity, letter)| text.replace(entity, letter))
}
