//! The invariants, over texts that nobody would write and texts that people do write.

use crate::fuzz::{assert_invariants, fuzz_normalize};
use crate::samples::{TODAY, field, of};
use crate::{Context, normalize};
use fanfold_model::{ExtractedField, FieldKind};
use proptest::prelude::*;

fn kinds() -> impl Strategy<Value = FieldKind> {
    use FieldKind::*;
    prop::sample::select(vec![
        Title,
        Creator,
        Poster,
        Recipient,
        Fandom,
        Relationship,
        Character,
        Category,
        Classification,
        Genre,
        Warning,
        Freeform,
        Rating,
        Summary,
        Notes,
        EndNotes,
        Disclaimer,
        Language,
        Status,
        Chapters,
        Words,
        Published,
        Updated,
        Written,
        Captured,
        Series,
        Permission,
        Spoilers,
        Thanks,
        Kudos,
        Hits,
        Other,
    ])
}

/// Pieces of real headers, put together at random.
fn header_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "Jim",
        "Ben",
        "/",
        " & ",
        ", ",
        "; ",
        " and ",
        "(",
        ")",
        "[",
        "]",
        "PG-13",
        "NC-17",
        "none",
        "implied ",
        "past",
        " x ",
        "1x2",
        "2/3",
        "?",
        "part ",
        "Chapter ",
        "2003",
        "5/3/02",
        "March",
        "<b>",
        "</b>",
        "<script>",
        "wren@example.invalid",
        "<",
        ">",
        "\"",
        "“",
        "”",
        "'",
        "*",
        "_",
        "...",
        "\n",
        "\u{a0}",
        "é",
        "Слэш",
        "完",
        "—",
        "underage",
        "no",
        "ask",
        "Book ",
        "#2",
        "by ",
        "#",
    ]);
    prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_reading_keeps_the_invariants(
        fields in prop::collection::vec((kinds(), "\\PC{0,12}", prop_oneof![header_text(), "\\PC{0,60}"], any::<bool>()), 0..12),
        body in "\\PC{0,80}",
    ) {
        let mut extracted = of(fields.into_iter().map(|(kind, label, value, html)| ExtractedField { html, ..field(kind, &label, &value) }));
        extracted.chapters = vec![crate::samples::chapter(fanfold_text::sanitize::clean(&body).html.as_str())];
        let work = normalize(&extracted, &Context::on(TODAY));
        assert_invariants(&extracted, &work);
    }

    #[test]
    fn any_bytes_keep_the_invariants(data in prop::collection::vec(any::<u8>(), 0..300)) {
        fuzz_normalize(&data);
    }

    #[test]
    fn a_tag_of_an_archive_is_kept_letter_for_letter(tag in "[A-Za-z(][A-Za-z ,;/&().'-]{0,30}[A-Za-z)]") {
        let kinds = [FieldKind::Fandom, FieldKind::Relationship, FieldKind::Character, FieldKind::Freeform];
        let work = crate::samples::work(kinds.map(|kind| crate::samples::ruled(kind, "Tag", &tag, "ao3-preface")));
        let shown = tag.split_whitespace().collect::<Vec<_>>().join(" ");
        for list in [&work.fandoms, &work.relationships, &work.characters, &work.freeforms] {
            prop_assert_eq!(list, std::slice::from_ref(&shown));
        }
    }
}
