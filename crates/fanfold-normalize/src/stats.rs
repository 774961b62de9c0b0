//! Counters that came with a copy, as of the day it was taken.

use crate::draft::Draft;
use crate::numbers::count;
use fanfold_model::FieldKind;

/// Reads the counters.
pub(crate) fn read(draft: &mut Draft<'_>) {
    let mut first = |kind: FieldKind| {
        let values = draft.values(kind);
        let (number, value) =
            values.iter().find_map(|value| count(&value.text).map(|number| (number, value)))?;
        draft.evidence("stats", value.field);
        Some(number)
    };
    let (kudos, hits) = (first(FieldKind::Kudos), first(FieldKind::Hits));
    let (comments, bookmarks) = (first(FieldKind::Comments), first(FieldKind::Bookmarks));
    let any = kudos.or(hits).or(comments).or(bookmarks).is_some();
    let work = &mut draft.work;
    work.stats.kudos = kudos;
    work.stats.hits = hits;
    work.stats.comments = comments;
    work.stats.bookmarks = bookmarks;
    work.stats.as_of = work.captured.or(work.updated).filter(|_| any);
}

#[cfg(test)]
mod tests {
    use crate::samples::{field, work};
    use fanfold_model::FieldKind;

    #[test]
    fn counters_are_dated_by_the_copy() {
        let work = work([
            field(FieldKind::Hits, "Hits", "1,234"),
            field(FieldKind::Kudos, "Kudos", "12"),
            field(FieldKind::Updated, "Updated", "2003-06-01"),
        ]);
        assert_eq!(
            (work.stats.hits, work.stats.kudos, work.stats.comments),
            (Some(1234), Some(12), None)
        );
        assert_eq!(work.stats.as_of.map(|date| date.to_string()).as_deref(), Some("2003-06-01"));
    }

    #[test]
    fn without_counters_there_is_no_day() {
        assert_eq!(
            work([field(FieldKind::Updated, "Updated", "2003-06-01")]).stats,
            fanfold_model::Stats::default()
        );
    }
}
