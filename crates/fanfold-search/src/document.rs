//! A work as a document of the index.

use fanfold_model::query::{DateField, NumberField};
use fanfold_model::{Status, Viewer, Visibility};
use tantivy::TantivyDocument;
use tantivy::schema::Field;

use crate::analyzer::with_header;
use crate::schema::Fields;
use crate::stems::StemLanguage;
use crate::words::sort_key;
use crate::work::{DayInterval, IndexedWork};

/// What stands in the access field of a held work, whatever its visibility.
const HELD: &str = "held";

/// The access code that a viewer may see: `None` for all. The one visibility rule of the index; every search passes it.
pub(crate) fn visible_to(viewer: Viewer) -> Option<&'static str> {
    match viewer {
        Viewer::Owner => None,
        Viewer::Public => Some(Visibility::Public.as_str()),
    }
}

/// Days are shifted so that they are never negative.
pub(crate) fn day_value(day: i32) -> u64 {
    u64::from(day.cast_unsigned() ^ (1 << 31))
}

/// Makes the document, and says how many bytes of text it brings.
pub(crate) fn document(
    fields: &Fields,
    work: &IndexedWork,
    language: Option<StemLanguage>,
) -> (TantivyDocument, usize) {
    let mut writing = Writing { fields, doc: TantivyDocument::new(), language, text_bytes: 0 };
    writing.codes(work);
    writing.numbers(work);
    writing.texts(work);
    writing.tags(work);
    (writing.doc, writing.text_bytes)
}

struct Writing<'a> {
    fields: &'a Fields,
    doc: TantivyDocument,
    language: Option<StemLanguage>,
    text_bytes: usize,
}

impl Writing<'_> {
    fn codes(&mut self, work: &IndexedWork) {
        let fields = self.fields;
        let access = if work.held { HELD } else { work.visibility.as_str() };
        self.doc.add_text(fields.access, access);
        self.doc.add_text(fields.status, work.status.as_str());
        if let Some(language) = self.language {
            self.doc.add_text(fields.stemmed, language.code());
        }
        if let Some(tag) = &work.language {
            self.doc.add_text(fields.language_shown, tag);
            let lower = tag.to_ascii_lowercase().replace('_', "-");
            let shorter = lower.match_indices('-').map(|(end, _)| &lower[..end]);
            for code in shorter.chain([lower.as_str()]) {
                self.doc.add_text(fields.language, code);
            }
        }
        let completeness = match work.status {
            Status::Complete => Some("complete"),
            Status::InProgress | Status::Hiatus | Status::Abandoned => Some("incomplete"),
            Status::Unknown => None,
        };
        let flags = [completeness, work.adult.then_some("adult")];
        for flag in flags.into_iter().flatten() {
            self.doc.add_text(fields.flags, flag);
        }
    }

    fn numbers(&mut self, work: &IndexedWork) {
        self.doc.add_u64(self.fields.id, work.id);
        let numbers = [
            (NumberField::Words, Some(work.words)),
            (NumberField::Chapters, Some(work.chapter_count)),
            (NumberField::Kudos, work.kudos),
            (NumberField::Hits, work.hits),
            (NumberField::Comments, work.comments),
            (NumberField::Bookmarks, work.bookmarks),
        ];
        for (field, number) in numbers {
            if let Some(number) = number {
                self.doc.add_u64(self.fields.number(field), number);
            }
        }
        self.date(DateField::Published, work.published);
        self.date(DateField::Updated, work.updated);
        self.date(DateField::Imported, work.imported);
    }

    fn date(&mut self, field: DateField, interval: Option<DayInterval>) {
        if let Some(interval) = interval {
            let (first, last) = self.fields.date(field);
            self.doc.add_u64(first, day_value(interval.first));
            self.doc.add_u64(last, day_value(interval.last));
        }
    }

    fn texts(&mut self, work: &IndexedWork) {
        let fields = self.fields;
        let keys =
            [(fields.title_key, work.title.as_ref()), (fields.creator_key, work.creators.first())];
        for (field, name) in keys {
            if let Some(key) = name.and_then(|name| sort_key(name)) {
                self.doc.add_text(field, key);
            }
        }
        self.all(fields.title, work.title.as_slice());
        self.all(fields.creator, &work.creators);
        self.all(fields.summary, &work.summary);
        self.all(fields.text, &work.chapters);
        self.all(fields.series, &work.series);
        self.all(fields.collection, &work.collections);
        self.all(fields.source, &work.sources);
    }

    fn all(&mut self, field: Field, texts: &[String]) {
        for text in texts {
            let text = with_header(self.language, text);
            self.text_bytes += text.len();
            self.doc.add_text(field, text);
        }
    }

    fn tags(&mut self, work: &IndexedWork) {
        for tag in &work.tags {
            self.doc.add_u64(self.fields.carried(tag.kind), tag.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_hides_exactly_what_the_models_rule_hides() {
        let all = [
            Visibility::Public,
            Visibility::Members,
            Visibility::Listed,
            Visibility::Hidden,
            Visibility::Draft,
        ];
        for viewer in [Viewer::Owner, Viewer::Public] {
            for (visibility, held) in all.iter().flat_map(|v| [(*v, false), (*v, true)]) {
                let code = if held { HELD } else { visibility.as_str() };
                let seen = visible_to(viewer).is_none_or(|wanted| wanted == code);
                assert_eq!(
                    seen,
                    viewer.may_see(visibility, held, false),
                    "{viewer:?} {visibility:?} {held}"
                );
            }
        }
    }

    #[test]
    fn day_values_keep_the_order_of_days_before_and_after_1970() {
        assert!(day_value(-1) < day_value(0) && day_value(0) < day_value(1));
        assert!(day_value(i32::MIN) < day_value(i32::MAX));
    }
}
