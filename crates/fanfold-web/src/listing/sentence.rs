//! What is shown, as a sentence.

use fanfold_app::search::Answer as Found;
use fanfold_model::query::{Direction, Sort, SortKey};
use fanfold_model::{PartialDate, TagKind};

use super::Asked;
use super::wishes::{crossover_words, only_words, otp_words};
use crate::present::status_words;
use crate::views::words::{Count, When};

/// `412 works in Treasure Island, with Jim Hawkins, without Major Character Death, newest first`.
pub(super) fn sentence(asked: &Asked, found: &Found) -> String {
    let wishes = &asked.wishes;
    let mut pieces = vec![Count(found.total).of("work", "works")];
    let (within, with) = carried(asked);
    if !within.is_empty() {
        pieces[0] = format!("{} in {}", pieces[0], listed(&within, "and"));
    }
    if !with.is_empty() {
        pieces.push(format!("with {}", listed(&with, "and")));
    }
    for kind in TagKind::ALL {
        let names = wishes.any_of(kind);
        if !names.is_empty() {
            pieces.push(format!("with {}", listed(&names, "or")));
        }
    }
    let without: Vec<&str> = wishes.without.iter().map(|(_, name)| name.as_str()).collect();
    if !without.is_empty() {
        pieces.push(format!("without {}", listed(&without, "or")));
    }
    pieces.extend(wishes.status.and_then(status_words).map(str::to_owned));
    pieces.extend(wishes.crossover.map(|wanted| crossover_words(wanted).to_owned()));
    pieces.extend(wishes.otp.map(|wanted| otp_words(wanted).to_owned()));
    pieces.extend(wishes.language_words());
    pieces.extend(range("word", "words", wishes.words));
    pieces.extend(range("chapter", "chapters", wishes.chapters));
    pieces.extend(range("fandom", "fandoms", wishes.fandoms));
    pieces.extend(range("relationship", "relationships", wishes.relationships));
    pieces.extend(
        wishes.only.iter().filter(|kind| is_asked(asked, **kind)).map(|kind| only_words(*kind)),
    );
    pieces.extend(span("published", wishes.published.0, wishes.published.1));
    pieces.extend(span("updated", wishes.updated.0, wishes.updated.1));
    if !wishes.text.is_empty() {
        pieces.push(format!("matching {}", wishes.text));
    }
    if found.total > 1 {
        pieces.push(order(found.sort).to_owned());
    }
    pieces.join(", ")
}

/// Whether anything of a kind is asked for: otherwise there is nothing beside which nothing else may stand.
fn is_asked(asked: &Asked, kind: TagKind) -> bool {
    let wishes = &asked.wishes;
    asked.tag.iter().chain(&wishes.with).chain(&wishes.any).any(|(own, _)| *own == kind)
}

/// Fandoms and other tags that all the works carry; first what the list is about.
fn carried(asked: &Asked) -> (Vec<&str>, Vec<&str>) {
    let (mut within, mut with) = (Vec::new(), Vec::new());
    for (kind, name) in asked.tag.iter().chain(&asked.wishes.with) {
        let list = if *kind == TagKind::Fandom { &mut within } else { &mut with };
        list.push(name.as_str());
    }
    (within, with)
}

/// `A, B and C`.
pub(super) fn listed(names: &[&str], joint: &str) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} {joint} {last}", first.join(", ")),
    }
}

/// `1 000 to 5 000 words`, `at least 1 chapter`, `at most 5 000 words`, `12 chapters`; `one` and `many` are what is counted.
pub(super) fn range(one: &str, many: &str, ends: (Option<u64>, Option<u64>)) -> Option<String> {
    let of = |number: u64| Count(number).of(one, many);
    match ends {
        (Some(from), Some(to)) if from == to => Some(of(from)),
        (Some(from), Some(to)) => Some(format!("{} to {}", Count(from), of(to))),
        (Some(from), None) => Some(format!("at least {}", of(from))),
        (None, Some(to)) => Some(format!("at most {}", of(to))),
        (None, None) => None,
    }
}

/// `updated from May 2003 to 2004`.
pub(super) fn span(
    what: &str,
    from: Option<PartialDate>,
    to: Option<PartialDate>,
) -> Option<String> {
    let said = |date: PartialDate| When::from_iso(&date.to_string()).words;
    match (from, to) {
        (Some(from), Some(to)) => Some(format!("{what} from {} to {}", said(from), said(to))),
        (Some(from), None) => Some(format!("{what} since {}", said(from))),
        (None, Some(to)) => Some(format!("{what} until {}", said(to))),
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
        (SortKey::Imported | SortKey::Id, true) => "newest here first",
        (SortKey::Imported | SortKey::Id, false) => "longest here first",
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
