//! A work as an entry of a feed.

use fanfold_app::Card;
use fanfold_model::{PartialDate, Uid};
use jiff::Timestamp;

use crate::present;
use crate::urls;
use crate::views::parts::{Facts, NamedLink};

/// Where a day of a date stands: at noon it is the same day nearly everywhere.
const NOON: i64 = 12 * 3600;
const DAY: i64 = 24 * 3600;

/// An entry. Addresses are paths of this site.
pub(super) struct Entry {
    pub(super) uid: Uid,
    pub(super) path: String,
    pub(super) title: String,
    /// BCP 47, where stated and written as one.
    pub(super) language: Option<String>,
    /// When it came here, or its source says it changed, if that is later.
    pub(super) updated: Timestamp,
    /// When it was published, where the day is known.
    pub(super) published: Option<Timestamp>,
    pub(super) creators: Vec<NamedLink>,
    /// Kind and name of each tag.
    pub(super) tags: Vec<(&'static str, String)>,
    /// What the list says of it, as HTML: the facts, then the summary.
    pub(super) summary: String,
}

/// The entry of a work; every stored work has a uid and a day of import. `today` is days since 1970-01-01.
pub(super) fn entry(card: &Card, today: i32) -> Option<Entry> {
    let work = &card.work;
    let shown = present::card(card);
    let imported: Timestamp = card.imported.parse().ok()?;
    let updated = work.updated.filter(|date| date.first_day() < today).and_then(noon);
    Some(Entry {
        uid: work.uid?,
        path: urls::work(shown.id),
        title: shown.title.text,
        language: work.language.clone().filter(|language| is_language(language)),
        updated: updated.map_or(imported, |updated| updated.max(imported)),
        published: work.published.and_then(noon),
        creators: shown.creators,
        tags: work.all_tags().map(|(kind, name)| (kind.as_str(), name.to_owned())).collect(),
        summary: summary(&shown.facts, shown.held.as_deref(), work.summary.as_deref()),
    })
}

/// A day that is known, as an instant.
fn noon(date: PartialDate) -> Option<Timestamp> {
    date.day()?;
    Timestamp::from_second(i64::from(date.first_day()) * DAY + NOON).ok()
}

fn is_language(text: &str) -> bool {
    let piece =
        |own: &str| (1..=8).contains(&own.len()) && own.chars().all(|c| c.is_ascii_alphanumeric());
    text.split('-').all(piece) && text.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Rating and warnings come before any text, as on the site.
fn summary(facts: &Facts, held: Option<&str>, own: Option<&str>) -> String {
    let mut said = vec![facts.rating_words().to_owned(), facts.warning_words()];
    said.extend(facts.rest());
    said.extend(held.map(|reason| format!("Held: {reason}")));
    let said = quick_xml::escape::escape(said.join(" · ").as_str()).into_owned();
    format!("<p>{said}</p>{}", own.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_written_as_a_language_is_one() {
        for language in ["en", "zh-Hant", "x-klingon", "de-AT-1996"] {
            assert!(is_language(language), "{language}");
        }
        for none in ["", "en_GB", "English language", "-en", "en-", "\"><x", "1en"] {
            assert!(!is_language(none), "{none}");
        }
    }

    #[test]
    fn a_date_without_a_day_is_no_instant() {
        let instant = |text: &str| noon(text.parse().unwrap()).map(|own| own.to_string());
        assert_eq!(instant("2003-06-01").as_deref(), Some("2003-06-01T12:00:00Z"));
        assert_eq!((instant("2003-06"), instant("2003")), (None, None));
    }
}
