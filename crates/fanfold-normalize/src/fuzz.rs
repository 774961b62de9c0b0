//! Entry points for fuzzing: plain functions that must not panic and assert the invariants of this crate.

use crate::{Context, normalize};
use fanfold_model::{Extracted, ExtractedChapter, ExtractedField, FieldKind, ReadAs, Work};
use fanfold_text::sanitize;

/// Every kind that a rule reads.
const KINDS: [FieldKind; 41] = [
    FieldKind::Title,
    FieldKind::Creator,
    FieldKind::Poster,
    FieldKind::Recipient,
    FieldKind::Fandom,
    FieldKind::Relationship,
    FieldKind::Character,
    FieldKind::Category,
    FieldKind::Classification,
    FieldKind::Genre,
    FieldKind::Warning,
    FieldKind::Freeform,
    FieldKind::Rating,
    FieldKind::Summary,
    FieldKind::Notes,
    FieldKind::EndNotes,
    FieldKind::Disclaimer,
    FieldKind::Language,
    FieldKind::Status,
    FieldKind::Chapters,
    FieldKind::Words,
    FieldKind::Published,
    FieldKind::Updated,
    FieldKind::Written,
    FieldKind::Captured,
    FieldKind::Series,
    FieldKind::Permission,
    FieldKind::Spoilers,
    FieldKind::Timeline,
    FieldKind::Feedback,
    FieldKind::Email,
    FieldKind::Thanks,
    FieldKind::Challenge,
    FieldKind::Dedication,
    FieldKind::Kudos,
    FieldKind::Hits,
    FieldKind::Comments,
    FieldKind::Bookmarks,
    FieldKind::Collection,
    FieldKind::SourceUrl,
    FieldKind::Other,
];

/// Reads bytes as a header, one line a field whose kind its first byte chooses, and normalises it. Must not panic;
/// asserts the invariants of [`normalize`].
pub fn fuzz_normalize(data: &[u8]) {
    let extracted = reading(data);
    let work = normalize(&extracted, &Context::on(20_454));
    assert_invariants(&extracted, &work);
}

/// Panics when a work breaks an invariant of normalisation.
pub fn assert_invariants(extracted: &Extracted, work: &Work) {
    for field in &extracted.fields {
        let kept = work.original.iter().any(|(_, values)| values.contains(&field.value));
        assert!(kept, "a value is lost: {:?}", field.value);
    }
    let lists = [
        &work.fandoms,
        &work.relationships,
        &work.characters,
        &work.categories,
        &work.warnings,
        &work.freeforms,
        &work.recipients,
    ];
    for list in lists {
        assert!(list.iter().all(|entry| !entry.trim().is_empty()), "an empty entry in {list:?}");
    }
    assert!(work.creators.iter().all(|credit| !credit.name.trim().is_empty()), "an empty creator");
    assert!(!work.title.trim().is_empty(), "an empty title");
    let chapters = work.chapters.iter().flat_map(|chapter| {
        [
            Some(&chapter.html),
            chapter.summary.as_ref(),
            chapter.notes.as_ref(),
            chapter.end_notes.as_ref(),
        ]
    });
    let prose = [work.summary.as_ref(), work.notes.as_ref(), work.end_notes.as_ref()];
    for html in chapters.chain(prose).flatten() {
        assert_eq!(sanitize::clean(html).html.as_str(), html, "HTML that its own cleaning changes");
    }
    assert!(work.evidence.is_sorted_by(|a, b| a.0 < b.0), "evidence out of order");
}

fn reading(data: &[u8]) -> Extracted {
    let mut extracted = Extracted::new(ReadAs::Work);
    for line in data.split(|byte| *byte == b'\n') {
        let Some((first, rest)) = line.split_first() else { continue };
        let text = String::from_utf8_lossy(rest);
        let (label, value) = text.split_once(':').unwrap_or(("", &text));
        let Some(kind) = KINDS.get(usize::from(*first) % KINDS.len()) else { continue };
        let rule = if first % 7 == 0 { "ao3-preface" } else { "label" };
        extracted.fields.push(ExtractedField {
            kind: *kind,
            label: label.to_owned(),
            value: value.to_owned(),
            html: first % 5 == 0,
            source: 0,
            span: None,
            rule,
            confidence: 0.5,
        });
    }
    let text = String::from_utf8_lossy(data.get(..data.len().min(4_000)).unwrap_or_default());
    let html = sanitize::clean(&text).html.into_string();
    extracted.chapters.push(ExtractedChapter {
        html,
        title: Some(text.chars().take(40).collect()),
        ..ExtractedChapter::default()
    });
    extracted
}
