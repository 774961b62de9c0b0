//! Statements for SQLite, as a person who knows it writes them: begin with the words, else with the rarest tag, else with
//! the works; look up everything else for each.

use std::collections::HashMap;
use std::fmt::Display;

use fanfold_model::TagKind;

use crate::search::asked::{Asked, By};

/// How many works each tag is found on.
#[derive(Debug, Default)]
pub(super) struct Rarity(HashMap<u64, u64>);

impl Rarity {
    /// Takes a work's tags.
    pub(super) fn count(&mut self, tags: &[u64]) {
        for tag in tags {
            *self.0.entry(*tag).or_default() += 1;
        }
    }

    /// The same tags, the rarest first.
    fn rarest_first(&self, tags: &[u64]) -> Vec<u64> {
        let mut sorted = tags.to_vec();
        sorted.sort_by_key(|tag| self.0.get(tag).copied().unwrap_or(0));
        sorted
    }
}

/// The statements of one question.
pub(super) struct Statements {
    pub(super) total: String,
    pub(super) top: String,
    pub(super) facets: Option<String>,
    /// What each of them is given as its first parameter, if it looks for words.
    pub(super) words: Option<String>,
}

/// A kind as a number: its place among all kinds.
pub(super) fn kind_number(kind: TagKind) -> i64 {
    (0..).zip(TagKind::ALL).find(|(_, known)| *known == kind).map_or(0, |(place, _)| place)
}

/// The kind of a number.
pub(super) fn kind_of(number: i64) -> TagKind {
    let place = usize::try_from(number).unwrap_or(0);
    TagKind::ALL.get(place).copied().unwrap_or(TagKind::Freeform)
}

/// Numbers with commas between them.
pub(super) fn commas(numbers: &[impl Display]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Puts a question in SQLite's words.
pub(super) fn sqlite(asked: &Asked, rarity: &Rarity) -> Statements {
    let tags = rarity.rarest_first(&asked.include);
    let start = Start::of(asked, &tags);
    let columns = columns(asked);
    // The table of works is only looked at when something of it is asked for.
    let matches = start.from(!columns.is_empty());
    let mut conditions = start.conditions(&tags);
    let carries = |tags: &[u64]| {
        format!(
            "EXISTS (SELECT 1 FROM work_tag WHERE tag IN ({}) AND work = {})",
            commas(tags),
            start.id()
        )
    };
    conditions.extend((!asked.rating.is_empty()).then(|| carries(&asked.rating)));
    conditions.extend(asked.exclude.iter().map(|tag| format!("NOT {}", carries(&[*tag]))));
    conditions.extend(columns);
    let filter = if conditions.is_empty() { "1".to_owned() } else { conditions.join(" AND ") };
    let order = match asked.sort {
        By::Kudos => "w.kudos DESC, w.id",
        By::Updated => "w.updated DESC, w.id",
        By::Rank => "f.rank",
    };
    let id = start.id();
    Statements {
        total: format!("SELECT count(*) FROM {matches} WHERE {filter}"),
        top: format!(
            "SELECT {id} FROM {} WHERE {filter} ORDER BY {order} LIMIT 20",
            start.from(true)
        ),
        facets: asked
            .facets
            .then(|| facets(&format!("SELECT {id} AS work FROM {matches} WHERE {filter}"))),
        words: start.words(asked),
    }
}

/// Where the matches are looked for first.
#[derive(Clone, Copy)]
enum Start {
    Words,
    Tag,
    Works,
}

impl Start {
    fn of(asked: &Asked, tags: &[u64]) -> Self {
        match (asked.text.is_empty(), tags.is_empty()) {
            (false, _) => Self::Words,
            (true, false) => Self::Tag,
            (true, true) => Self::Works,
        }
    }

    /// The column that has the work's number.
    fn id(self) -> &'static str {
        match self {
            Self::Words => "f.rowid",
            Self::Tag => "t.work",
            Self::Works => "w.id",
        }
    }

    fn from(self, with_works: bool) -> String {
        let first = match self {
            Self::Words => "work_text AS f",
            Self::Tag => "work_tag AS t",
            Self::Works => return "work AS w".to_owned(),
        };
        let join = format!(" CROSS JOIN work AS w ON w.id = {}", self.id());
        format!("{first}{}", if with_works { &join } else { "" })
    }

    /// Those of the words and of the tags that must be there, the rarest first.
    fn conditions(self, tags: &[u64]) -> Vec<String> {
        let (first, others) = match (self, tags) {
            (Self::Tag, [first, others @ ..]) => (Some(format!("t.tag = {first}")), others),
            (Self::Words, all) => (Some("f.work_text MATCH ?1".to_owned()), all),
            (_, all) => (None, all),
        };
        let carries = |tag: &u64| {
            format!("EXISTS (SELECT 1 FROM work_tag WHERE tag = {tag} AND work = {})", self.id())
        };
        first.into_iter().chain(others.iter().map(carries)).collect()
    }

    fn words(self, asked: &Asked) -> Option<String> {
        let quoted = asked.text.iter().map(|word| format!("\"{}\"", word.replace('"', "\"\"")));
        matches!(self, Self::Words).then(|| quoted.collect::<Vec<_>>().join(" "))
    }
}

fn columns(asked: &Asked) -> Vec<String> {
    let words = asked.word_range().map(|(from, to)| format!("w.words BETWEEN {from} AND {to}"));
    let language = asked
        .lang
        .as_ref()
        .map(|language| format!("w.language = '{}'", language.replace('\'', "''")));
    let complete = asked.complete.map(|yes| format!("w.complete = {yes}"));
    words.into_iter().chain(language).chain(complete).collect()
}

/// The matches are put aside first: else the conditions may be looked up again for each of their tags.
fn facets(matches: &str) -> String {
    format!(
        "WITH matches AS MATERIALIZED ({matches}), \
         counted AS (SELECT c.kind, c.tag, count(*) AS works FROM matches AS m CROSS JOIN work_facet AS c \
           ON c.work = m.work GROUP BY c.kind, c.tag), \
         placed AS (SELECT kind, tag, works, row_number() OVER \
           (PARTITION BY kind ORDER BY works DESC, tag) AS place FROM counted) \
         SELECT kind, tag, works FROM placed WHERE place <= 10 ORDER BY kind, place"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rarest_tag_is_looked_up_first_and_works_only_where_they_are_needed() {
        let mut rarity = Rarity::default();
        rarity.count(&[1, 2]);
        rarity.count(&[1]);
        let asked = Asked { include: vec![1, 2], exclude: vec![3], ..Asked::default() };
        let statements = sqlite(&asked, &rarity);
        assert_eq!(
            statements.total,
            "SELECT count(*) FROM work_tag AS t WHERE t.tag = 2 \
             AND EXISTS (SELECT 1 FROM work_tag WHERE tag = 1 AND work = t.work) \
             AND NOT EXISTS (SELECT 1 FROM work_tag WHERE tag IN (3) AND work = t.work)"
        );
        assert!(statements.top.contains("JOIN work AS w"), "{}", statements.top);
        assert!(statements.facets.is_none());
    }

    #[test]
    fn words_are_given_as_phrases_that_no_sign_can_leave() {
        let asked = Asked { text: vec!["lamp".into(), "a\"b".into()], ..Asked::default() };
        let words = sqlite(&asked, &Rarity::default()).words;
        assert_eq!(words.as_deref(), Some("\"lamp\" \"a\"\"b\""));
    }
}
