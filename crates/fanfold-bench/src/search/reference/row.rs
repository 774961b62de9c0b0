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

/// What a tag stands for.
pub(super) struct Meaning {
    pub(super) canonical: u64,
    /// Itself, its canonical form and all metatags.
    pub(super) expanded: Vec<u64>,
}

impl<'a> Row<'a> {
    /// A work with its tags expanded. `meaning`: of a tag's number.
    pub(super) fn of(work: &'a IndexedWork, meaning: impl Fn(u64) -> Meaning) -> Self {
        let (mut tags, mut facets) = (Vec::new(), Vec::new());
        for tag in &work.tags {
            let Meaning { canonical, expanded } = meaning(tag.id);
            tags.extend(expanded);
            facets.push((tag.kind, canonical));
        }
        tags.sort_unstable();
        tags.dedup();
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
        let tag = |id| IndexedTag::new(id, TagKind::Fandom, Vec::new());
        let work = IndexedWork { tags: vec![tag(9), tag(7)], ..IndexedWork::default() };
        let row = Row::of(&work, |id| Meaning { canonical: 5, expanded: vec![id, 5, 2] });
        assert_eq!(row.tags, [2, 5, 7, 9]);
        assert_eq!(row.facets, [(TagKind::Fandom, 5)]);
    }
}
