//! Whole readings as importers give them, and the works they become.

use crate::samples::{chapter, codes, field, normalized, of, ruled, work};
use fanfold_model::{FieldKind, Rating, Span, Status};

#[test]
fn a_plain_header_becomes_a_work() {
    let mut extracted = of([
        field(FieldKind::Title, "Title", "“The Apple Barrel” (1/1)"),
        field(FieldKind::Creator, "Author", "Keziah Moon <kezia@example.invalid>"),
        field(FieldKind::Fandom, "Fandom", "Treasure Island"),
        field(FieldKind::Relationship, "Pairing", "Jim Hawkins & Ben Gunn"),
        field(FieldKind::Rating, "Rating", "PG-13 to be safe"),
        field(FieldKind::Warning, "Warnings", "cheese"),
        field(FieldKind::Status, "Status", "Complete"),
        field(FieldKind::Permission, "Archive", "Ask first, please."),
        field(FieldKind::Summary, "Summary", "A goat, a barrel, a song."),
        field(FieldKind::Written, "Written", "Spring 2003"),
    ]);
    extracted.chapters = vec![chapter("<p>There was a barrel.</p>")];
    extracted.fields[0].span = Some(Span::in_source(7, 31));
    let work = normalized(&extracted);
    assert_eq!(work.title, "The Apple Barrel");
    assert_eq!(work.creators[0].name, "Keziah Moon");
    assert_eq!(work.fandoms, ["Treasure Island"]);
    assert_eq!(work.relationships, ["Jim Hawkins & Ben Gunn"]);
    assert_eq!(work.rating, Some(Rating::Teen));
    assert_eq!(work.freeforms, ["cheese"]);
    assert!(work.warnings.is_empty());
    assert_eq!(work.status, Status::Complete);
    assert_eq!(work.permissions.archiving.as_deref(), Some("ask"));
    assert_eq!(work.summary.as_deref(), Some("<p>A goat, a barrel, a song.</p>"));
    assert_eq!(work.written.map(|date| date.to_string()).as_deref(), Some("2003"));
    assert_eq!(work.words, 4);
    assert_eq!(work.original[0], ("Title".to_owned(), vec!["“The Apple Barrel” (1/1)".to_owned()]));
    let title = work.evidence.iter().find(|(name, _)| name == "title");
    assert_eq!(title.and_then(|(_, evidence)| evidence.span), Some(Span::in_source(7, 31)));
}

#[test]
fn an_archives_own_page_is_taken_as_it_is() {
    let ao3 = |kind, label, value| ruled(kind, label, value, "ao3-preface");
    let work = work([
        ao3(FieldKind::Rating, "Rating", "Teen And Up Audiences"),
        ao3(FieldKind::Warning, "Archive Warning", "No Archive Warnings Apply"),
        ao3(FieldKind::Category, "Categories", "F/F"),
        ao3(FieldKind::Category, "Categories", "Gen"),
        ao3(FieldKind::Fandom, "Fandom", "Oz - L. Frank Baum"),
        ao3(FieldKind::Relationship, "Relationships", "Jellia Jamb/Omby Amby"),
        ao3(FieldKind::Character, "Character", "Original Character(s)"),
        ao3(FieldKind::Freeform, "Additional Tags", "slash? in MY tea, never"),
        ao3(FieldKind::Language, "Language", "English"),
        ao3(FieldKind::Chapters, "Chapters", "2/?"),
        ao3(FieldKind::Published, "Published", "2019-05-01"),
        ao3(FieldKind::Title, "", "The Order (of) Lamplighters (1/2)"),
        ao3(FieldKind::Creator, "by", "quill_under_lamp"),
        ao3(FieldKind::Creator, "by", "Tobias and Nettle"),
    ]);
    assert_eq!(work.title, "The Order (of) Lamplighters (1/2)");
    assert_eq!(work.creators.len(), 2);
    assert_eq!(work.warnings, ["No Archive Warnings Apply"]);
    assert_eq!(work.categories, ["F/F", "Gen"]);
    assert_eq!(work.freeforms, ["slash? in MY tea, never"]);
    assert_eq!((work.status, work.chapters_expected), (Status::InProgress, None));
    assert_eq!(work.language.as_deref(), Some("en"));
}

#[test]
fn nothing_read_is_nothing_said() {
    let work = work([]);
    assert!(
        work.title_is_placeholder
            && work.creators.is_empty()
            && work.rating.is_none()
            && work.language.is_none()
    );
    assert_eq!(work.status, Status::Unknown);
    assert!(work.warnings.is_empty() && work.categories.is_empty());
    assert_eq!(codes(&work), ["title-placeholder", "creator-missing", "language-unknown"]);
    assert!(work.evidence.is_empty() && work.suggestions.is_empty() && work.original.is_empty());
}

#[test]
fn what_is_no_work_lacks_nothing() {
    let extracted = fanfold_model::Extracted::new(fanfold_model::ReadAs::NotAWork);
    assert!(normalized(&extracted).findings.is_empty());
}

#[test]
fn a_work_of_canonical_json_is_given_back_as_it_is() {
    let mut extracted = of([]);
    let given =
        fanfold_model::Work { title: "Kept (1/3)".into(), ..fanfold_model::Work::default() };
    extracted.canonical = Some(Box::new(given.clone()));
    assert_eq!(normalized(&extracted), given);
}

#[test]
fn a_russian_header_is_understood() {
    let work = work([
        field(FieldKind::Title, "Название", "Кощей и будильник"),
        field(FieldKind::Creator, "Автор", "Матрёна Лукошкина"),
        field(FieldKind::Relationship, "Пейринг", "нет"),
        field(FieldKind::Rating, "Рейтинг", "G"),
        field(FieldKind::Genre, "Жанр", "юмор, джен"),
        field(FieldKind::Status, "Статус", "закончен"),
        field(FieldKind::Permission, "Размещение", "только с разрешения автора"),
        field(FieldKind::Warning, "Предупреждения", "нет"),
    ]);
    assert_eq!(work.rating, Some(Rating::General));
    assert_eq!(work.categories, ["Gen"]);
    assert_eq!(work.freeforms, ["юмор"]);
    assert_eq!(work.status, Status::Complete);
    assert_eq!(work.permissions.archiving.as_deref(), Some("ask"));
    assert!(work.warnings.is_empty() && work.relationships.is_empty());
}
