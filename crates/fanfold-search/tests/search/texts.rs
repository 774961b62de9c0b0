//! Words in many languages, phrases, beginnings, fields and weights.

use fanfold_model::query::parse;
use fanfold_model::{Status, TagKind, Visibility};
use fanfold_search::{BoardLimits, DayInterval, IndexError, IndexedWork};

use crate::library::{answer, everything, found, index, tag, work};

fn in_language(id: u64, language: &str, text: &str) -> IndexedWork {
    IndexedWork { language: Some(language.to_owned()), ..work(id, "", text) }
}

#[test]
fn every_form_of_a_word_finds_every_other_in_its_own_language() {
    let index = index(&[
        in_language(1, "en", "The lantern was burning."),
        in_language(2, "de", "Die alten H\u{e4}user am Hafen."),
        in_language(3, "fr", "Les \u{e9}toiles brillaient."),
        in_language(
            4,
            "ru",
            "\u{421}\u{442}\u{430}\u{440}\u{44b}\u{435} \u{43a}\u{43d}\u{438}\u{433}\u{438}.",
        ),
        in_language(5, "en-GB", "They burned the letters."),
        IndexedWork {
            language: None,
            text_language: Some("en".to_owned()),
            ..work(6, "", "It burns.")
        },
    ]);
    assert_eq!(found(&index, "burn"), [1, 5, 6]);
    assert_eq!(found(&index, "haus"), [2]);
    assert_eq!(found(&index, "\u{e9}toile"), [3]);
    assert_eq!(found(&index, "brillait"), [3]);
    assert_eq!(found(&index, "\u{43a}\u{43d}\u{438}\u{433}\u{430}"), [4]);
    assert_eq!(found(&index, "lang:en"), [1, 5], "a suggested language is not a stated one");
    assert_eq!(found(&index, "lang:en-gb"), [5]);
}

#[test]
fn quotes_ask_for_exact_words_in_a_row() {
    let index = index(&[
        work(1, "The Old House", "It was burning."),
        work(2, "House, old", "They burned it. The red"),
        IndexedWork {
            chapters: vec!["one ends here".into(), "and two begins".into()],
            ..work(3, "", "")
        },
    ]);
    assert_eq!(found(&index, "\"old house\""), [1]);
    assert_eq!(found(&index, "old house"), [1, 2]);
    assert_eq!(found(&index, "\"burned\""), [2]);
    assert_eq!(
        found(&index, "\"here and\""),
        Vec::<u64>::new(),
        "a phrase does not run over the end of a chapter"
    );
    assert_eq!(found(&index, "\"one ends here\""), [3]);
}

#[test]
fn case_diacritics_and_kinds_of_quotes_do_not_matter() {
    let index = index(&[
        work(1, "Caf\u{e9} d\u{2019}Oz", "\u{201c}Don\u{2019}t,\u{201d} said \u{c9}lise"),
        work(2, "", "Strasse"),
    ]);
    for query in [
        "cafe",
        "CAF\u{c9}",
        "\"d'oz\"",
        "don't",
        "don\u{2019}t",
        "\u{201c}don\u{2019}t said\u{201d}",
        "elise",
    ] {
        assert_eq!(found(&index, query), [1], "{query}");
    }
    assert_eq!(found(&index, "stra\u{df}e"), [2]);
}

#[test]
fn scripts_without_spaces_are_found_by_any_part() {
    let index = index(&[
        in_language(1, "ja", "\u{6771}\u{4eac}\u{90fd}\u{306e}\u{732b}"),
        in_language(2, "zh", "\u{4eac}\u{90fd}\u{7684}\u{6771}\u{90e8}"),
        in_language(3, "ko", "\u{bcf4}\u{bb3c}\u{c12c}\u{c5d0}\u{c11c}"),
    ]);
    assert_eq!(found(&index, "\u{4eac}\u{90fd}"), [1, 2]);
    assert_eq!(found(&index, "\u{6771}\u{4eac}\u{90fd}"), [1]);
    assert_eq!(found(&index, "\u{732b}"), [1], "the last character of a run");
    assert_eq!(found(&index, "\u{6771}"), [1, 2], "the first of a pair");
    assert_eq!(found(&index, "\u{bcf4}\u{bb3c}\u{c12c}"), [3]);
}

#[test]
fn a_star_finds_beginnings_also_at_the_end_of_a_row() {
    let index = index(&[
        work(1, "Treasure Island", ""),
        work(2, "Treason", ""),
        work(3, "A treat on an isle", ""),
    ]);
    assert_eq!(found(&index, "treas*"), [1, 2]);
    assert_eq!(found(&index, "title:tre*"), [1, 2, 3]);
    assert_eq!(found(&index, "treasure-isl*"), [1]);
}

#[test]
fn bare_words_look_everywhere_and_fields_only_where_they_say() {
    let everywhere = IndexedWork {
        creators: vec!["Wren Hollow".into()],
        summary: vec!["a lighthouse".into(), "thanks to all".into()],
        series: vec!["Attic Tales".into()],
        collections: vec!["Winter Exchange".into()],
        sources: vec!["plain-text".into(), "attic.example.org".into()],
        tags: vec![tag(5, TagKind::Freeform, "Slow Voyage")],
        ..work(1, "The Spyglass", "a barrel of apples")
    };
    let index = index(&[everywhere, work(2, "Nothing", "of that")]);
    for word in ["spyglass", "wren", "lighthouse", "thanks", "tales", "winter", "voyage", "apple"] {
        assert_eq!(found(&index, word), [1], "{word}");
    }
    for query in [
        "title:spyglass",
        "creator:\"wren hollow\"",
        "summary:lighthouse",
        "series:attic",
        "collection:exchange",
        "text:apples",
        "source:attic.example.org",
        "tag:voyage",
        "freeform:\"slow voyage\"",
    ] {
        assert_eq!(found(&index, query), [1], "{query}");
    }
    for query in ["title:apples", "text:spyglass", "fandom:voyage", "plain"] {
        assert_eq!(found(&index, query), Vec::<u64>::new(), "{query}");
    }
}

#[test]
fn a_word_in_the_title_weighs_more_than_one_in_the_text() {
    let index = index(&[
        work(1, "Rain", "the parrot spoke and the parrot sang"),
        work(2, "The Parrot", "rain"),
    ]);
    let answer = answer(&index, "parrot", &everything());
    let scores: Vec<_> = answer.hits.iter().map(|hit| (hit.id, hit.score.unwrap())).collect();
    assert_eq!(scores[0].0, 2);
    assert!(scores[0].1 > scores[1].1);
}

#[test]
fn conditions_do_not_change_how_well_words_fit() {
    let works = [
        IndexedWork { words: 10, ..work(1, "A parrot", "") },
        IndexedWork { words: 20, ..work(2, "A rat", "") },
    ];
    let index = index(&works);
    let plain = answer(&index, "parrot", &everything()).hits[0].score;
    assert_eq!(answer(&index, "parrot words<15 -lang:de", &everything()).hits[0].score, plain);
}

#[test]
fn strangers_see_only_what_is_public_and_not_held() {
    let hidden = [Visibility::Members, Visibility::Listed, Visibility::Hidden, Visibility::Draft];
    let mut works: Vec<_> = (1..)
        .zip(hidden)
        .map(|(id, visibility)| IndexedWork { visibility, ..work(id, "oak", "") })
        .collect();
    works.push(work(10, "oak", ""));
    works.push(IndexedWork { held: true, ..work(11, "oak", "") });
    let index = index(&works);
    let options = fanfold_search::SearchOptions {
        viewer: fanfold_model::Viewer::Public,
        facets: Some(5),
        ..everything()
    };
    for query in ["", "oak", "-elm", "oak OR elm", "id:1-20"] {
        let seen = answer(&index, query, &options);
        assert_eq!(seen.hits.iter().map(|hit| hit.id).collect::<Vec<_>>(), [10], "{query}");
        assert_eq!(
            (seen.total, &seen.facets.unwrap().languages[..]),
            (1, &[("en".to_owned(), 1)][..])
        );
    }
    assert_eq!(found(&index, "oak"), [1, 2, 3, 4, 10, 11]);
}

#[test]
fn unknown_statuses_and_dates_fit_no_condition() {
    let day = |first, last| Some(DayInterval { first, last });
    let index = index(&[
        IndexedWork { status: Status::Complete, updated: day(12_053, 12_082), ..work(1, "", "") },
        IndexedWork { status: Status::Abandoned, updated: day(12_053, 12_500), ..work(2, "", "") },
        work(3, "", ""),
    ]);
    assert_eq!(found(&index, "complete:true"), [1]);
    assert_eq!(found(&index, "complete:false"), [2]);
    assert_eq!(found(&index, "status:unknown"), [3]);
    assert_eq!(
        found(&index, "updated:2003"),
        [1],
        "a work dated 2003 to 2004 is not wholly inside"
    );
    assert_eq!(found(&index, "updated>2002"), [1, 2]);
    assert_eq!(found(&index, "-updated>2002"), [3]);
    assert_eq!(found(&index, "kudos:<10"), Vec::<u64>::new(), "unknown kudos are not few kudos");
}

#[test]
fn a_beginning_of_too_many_words_is_refused_with_advice() {
    let text = |range: std::ops::Range<u32>| -> String {
        range.map(|number| format!("w{number:06} ")).collect()
    };
    let index = index(&[work(1, "oak", &text(0..40_000)), work(2, "elm", &text(40_000..60_000))]);
    assert_eq!(found(&index, "w00*"), [1], "10,000 words");
    assert_eq!(found(&index, "w05*"), [2]);
    let refused = index.search(&parse("text:w*").unwrap(), &everything()).unwrap_err();
    assert!(matches!(refused, IndexError::TooWide { .. }));
    assert!(refused.to_string().contains("write more of the word"), "{refused}");
}

#[test]
fn a_row_of_words_that_nearly_all_have_is_refused_unless_something_else_narrows_it() {
    let works: Vec<IndexedWork> = (0..3_000)
        .map(|id| work(id, if id % 500 == 0 { "Anchor" } else { "Buoy" }, "it is in the sea"))
        .collect();
    let index = index(&works);
    index.prepare(BoardLimits { most_steps: 1_000, ..BoardLimits::default() }).unwrap();
    let asked = |query: &str| index.search(&parse(query).unwrap(), &everything());
    let refused = asked("\"in the\"").unwrap_err();
    assert!(matches!(&refused, IndexError::TooCommon(words) if &**words == "in the"), "{refused}");
    assert_eq!(asked("\"in the\" title:anchor").unwrap().total, 6);
    assert_eq!(asked("in the").unwrap().total, 3_000, "words anywhere are no matter");
    index.prepare(BoardLimits::default()).unwrap();
    assert_eq!(asked("\"in the\"").unwrap().total, 3_000);
    assert_eq!(asked("\"the in\"").unwrap().total, 0);
}
