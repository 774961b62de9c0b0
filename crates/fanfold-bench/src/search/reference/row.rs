//! A work as every reference stores it: its columns, every number its tags are found under, and what its facets count.

use fanfold_model::{Status, TagKind};
use fanfold_search::IndexedWork;

/// One work, borrowed from the kit's reading.
pub(super) struct Row<'a> {
    pub(super) work: &'a IndexedWork,
    /// Its tags, their canonical forms and all metatags, sorted, each once.
    pub(super) tags: Vec<u64>,
    /// Its canonical tags by kind, sorted, each once.
    pub(super) facets: Vec<(TagKind, u64)>,
}

impl<'a> Row<'a> {
    pub(super) fn of(work: &'a IndexedWork) -> Self {
        let mut tags: Vec<u64> =
            work.tags.iter().flat_map(|tag| tag.expanded.iter().copied()).collect();
        tags.sort_unstable();
        tags.dedup();
        let mut facets: Vec<(TagKind, u64)> =
            work.tags.iter().map(|tag| (tag.kind, tag.canonical)).collect();
        facets.sort_unstable();
        facets.dedup();
        Self { work, tags, facets }
    }

    pub(super) fn title(&self) -> &str {
        self.work.title.as_deref().unwrap_or_default()
    }

    pub(super) fn summary(&self) -> &str {
        self.work.summary.first().map_or("", String::as_str)
    }

    pub(super) fn creator(&self) -> &str {
        self.work.creators.first().map_or("", String::as_str)
    }

    pub(super) fn language(&self) -> &str {
        self.work.language.as_deref().unwrap_or_default()
    }

    /// All numbers but the id, in the order of [`NUMBERS`].
    pub(super) fn numbers(&self) -> [u64; 9] {
        let work = self.work;
        // The kit's days are whole and after 1970.
        let day = |day: Option<fanfold_search::DayInterval>| {
            day.and_then(|day| u64::try_from(day.last).ok()).unwrap_or(0)
        };
        [
            work.words,
            work.chapter_count,
            u64::from(work.status == Status::Complete),
            work.kudos.unwrap_or(0),
            work.hits.unwrap_or(0),
            work.comments.unwrap_or(0),
            work.bookmarks.unwrap_or(0),
            day(work.published),
            day(work.updated),
        ]
    }
}

/// Names of the columns of [`Row::numbers`]; dates are days since 1970.
pub(super) const NUMBERS: [&str; 9] = [
    "words",
    "chapters",
    "complete",
    "kudos",
    "hits",
    "comments",
    "bookmarks",
    "published",
    "updated",
];

#[cfg(test)]
mod tests {
    use super::*;
    use fanfold_search::IndexedTag;

    #[test]
    fn two_synonyms_count_once_and_are_found_under_everything_they_stand_for() {
        let tag = |id, expanded: &[u64]| IndexedTag {
            id,
            kind: TagKind::Fandom,
            canonical: 5,
            names: Vec::new(),
            expanded: expanded.to_vec(),
            direct: true,
        };
        let work = IndexedWork {
            tags: vec![tag(9, &[9, 5, 2]), tag(7, &[7, 5, 2])],
            ..IndexedWork::default()
        };
        let row = Row::of(&work);
        assert_eq!(row.tags, [2, 5, 7, 9]);
        assert_eq!(row.facets, [(TagKind::Fandom, 5)]);
    }
}
