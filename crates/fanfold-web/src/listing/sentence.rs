//! What is shown, as a sentence.

use fanfold_app::search::Answer as Found;
use fanfold_model::query::{Direction, Sort, SortKey};
use fanfold_model::{PartialDate, TagKind};

use super::Asked;
use crate::present::{language_name, status_words};
use crate::views::words::{Count, When};

/// `412 works in Treasure Island, with Jim Hawkins, without Major Character Death, newest first`.
pub(super) fn sentence(asked: &Asked, found: &Found) -> String {
    let wishes = &asked.wishes;
    let fandoms = wishes.with.iter().filter(|(kind, _)| *kind == TagKind::Fandom);
    let (mut within, mut with) = (Vec::new(), Vec::new());
    within.extend(fandoms.map(|(_, name)| name.as_str()));
    with.extend(
        wishes
            .with
            .iter()
            .filter(|(kind, _)| *kind != TagKind::Fandom)
            .map(|(_, name)| name.as_str()),
    );
    match &asked.tag {
        Some((TagKind::Fandom, name)) => within.insert(0, name),
        Some((_, name)) => with.insert(0, name),
        None => {}
    }
    let without: Vec<&str> = wishes.without.iter().map(|(_, name)| name.as_str()).collect();
    let mut pieces = vec![Count(found.total).of("work", "works")];
    if !within.is_empty() {
        pieces[0] = format!("{} in {}", pieces[0], listed(&within, "and"));
    }
    if !with.is_empty() {
        pieces.push(format!("with {}", listed(&with, "and")));
    }
    if !without.is_empty() {
        pieces.push(format!("without {}", listed(&without, "or")));
    }
    pieces.extend(wishes.status.and_then(status_words).map(str::to_owned));
    pieces.extend(
        wishes
            .crossover
            .map(|only| if only { "crossovers only" } else { "no crossovers" }.to_owned()),
    );
    pieces.extend(wishes.language.as_deref().map(|code| format!("in {}", language_name(code))));
    pieces.extend(range("words", wishes.words.0, wishes.words.1));
    pieces.extend(span(wishes.updated.0, wishes.updated.1));
    if !wishes.text.is_empty() {
        pieces.push(format!("matching {}", wishes.text));
    }
    if found.total > 1 {
        pieces.push(order(found.sort).to_owned());
    }
    pieces.join(", ")
}

fn listed(names: &[&str], joint: &str) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} {joint} {last}", first.join(", ")),
    }
}

/// `1 000 to 5 000 words`, `at least 1 000 words`, `at most 5 000 words`.
pub(super) fn range(what: &str, from: Option<u64>, to: Option<u64>) -> Option<String> {
    match (from.map(Count), to.map(Count)) {
        (Some(from), Some(to)) => Some(format!("{from} to {to} {what}")),
        (Some(from), None) => Some(format!("at least {from} {what}")),
        (None, Some(to)) => Some(format!("at most {to} {what}")),
        (None, None) => None,
    }
}

/// `updated from May 2003 to 2004`.
pub(super) fn span(from: Option<PartialDate>, to: Option<PartialDate>) -> Option<String> {
    let said = |date: PartialDate| When::from_iso(&date.to_string()).words;
    match (from, to) {
        (Some(from), Some(to)) => Some(format!("updated from {} to {}", said(from), said(to))),
        (Some(from), None) => Some(format!("updated since {}", said(from))),
        (None, Some(to)) => Some(format!("updated until {}", said(to))),
        (None, None) => None,
    }
}

/// An order in words.
pub(super) fn order(sort: Sort) -> &'static str {
    let down = sort.direction == Direction::Descending;
    match (sort.key, down) {
        (SortKey::Relevance, _) => "best match first",
        (SortKey::Title, false) => "by title",
        (SortKey::Title, true) => "by title, last first",
        (SortKey::Creator, false) => "by creator",
        (SortKey::Creator, true) => "by creator, last first",
        (SortKey::Published, true) => "latest published first",
        (SortKey::Published, false) => "earliest published first",
        (SortKey::Updated, true) => "latest updated first",
        (SortKey::Updated, false) => "earliest updated first",
        (SortKey::Imported, true) => "newest here first",
        (SortKey::Imported, false) => "longest here first",
        (SortKey::Words, true) => "longest first",
        (SortKey::Words, false) => "shortest first",
        (SortKey::Hits, true) => "most hits first",
        (SortKey::Hits, false) => "fewest hits first",
        (SortKey::Kudos, true) => "most kudos first",
        (SortKey::Kudos, false) => "fewest kudos first",
        (SortKey::Comments, true) => "most comments first",
        (SortKey::Comments, false) => "fewest comments first",
        (SortKey::Bookmarks, true) => "most bookmarks first",
        (SortKey::Bookmarks, false) => "fewest bookmarks first",
    }
}
