//! Every way in which a story comes back, over invented texts: found, with the right verdict, and nothing else found.

use fanfold_alike::{Sketch, Verdict, candidates, compare, words};
use fanfold_testkit::retold::{Chance, EDITS, html, story};
use std::ops::Range;

/// The verdicts that are right for an edited text beside the original.
fn right(edit: &str) -> &'static [Verdict] {
    match edit {
        "reformatted" => &[Verdict::Same],
        "a third of it inside another" | "a tenth of it inside another" => {
            &[Verdict::SharedPassage]
        }
        "a chapter of five" => &[Verdict::Contained, Verdict::Contains],
        "a prologue before it" => &[Verdict::Revision, Verdict::Contains, Verdict::Contained],
        "its halves swapped" => &[Verdict::Revision, Verdict::Same],
        _ => &[Verdict::Revision],
    }
}

#[test]
fn every_edit_is_found_with_its_verdict_and_no_strangers_are() {
    const STORIES: usize = 60;
    let mut chance = Chance::new(20_261_121);
    let originals: Vec<Vec<String>> = (0..STORIES).map(|_| story(&mut chance, 2_200)).collect();
    let mut texts: Vec<(usize, Option<usize>, String)> =
        originals.iter().enumerate().map(|(own, words)| (own, None, html(words))).collect();
    let strangers: Vec<Vec<String>> = (0..STORIES).map(|_| story(&mut chance, 1_800)).collect();
    for (place, edit) in EDITS.iter().enumerate() {
        for (own, words) in originals.iter().enumerate() {
            texts.push((own, Some(place), html(&(edit.make)(&mut chance, words, &strangers[own]))));
        }
    }
    let read: Vec<_> = texts.iter().map(|(.., html)| words(html)).collect();
    let sketches: Vec<Sketch> = read.iter().map(|words| Sketch::of(words)).collect();
    let mut found = vec![0; EDITS.len()];
    let mut wrong = Vec::new();
    for (one, other) in candidates(&sketches) {
        let Some(comparison) = compare(&read[one], &read[other]) else { continue };
        assert_eq!(texts[one].0, texts[other].0, "two strangers: {comparison:?}");
        if let (None, Some(place)) = (texts[one].1, texts[other].1) {
            found[place] += 1;
            let name = EDITS[place].name;
            if !right(name).contains(&comparison.verdict) {
                wrong.push((name, comparison.verdict, comparison.in_a, comparison.in_b));
            }
        }
    }
    for (edit, found) in EDITS.iter().zip(found) {
        assert!(found >= STORIES - 1, "{}: {found} of {STORIES}", edit.name);
    }
    assert!(wrong.len() <= 3, "{wrong:?}");
}

#[test]
fn passages_stand_where_the_words_do() {
    let mut chance = Chance::new(7);
    let (one, other) = (story(&mut chance, 900), story(&mut chance, 900));
    let mixed = [&other[..400], &one[100..300], &other[400..]].concat();
    let (a, b) = (words(&html(&one)), words(&html(&mixed)));
    let found = compare(&a, &b).unwrap();
    assert_eq!(found.passages.len(), 1, "{found:?}");
    let near = |range: &Range<usize>, wanted: Range<usize>| {
        range.start.abs_diff(wanted.start) <= 2 && range.end.abs_diff(wanted.end) <= 2
    };
    assert!(
        near(&found.passages[0].a, 100..300) && near(&found.passages[0].b, 400..600),
        "{found:?}"
    );
}

#[test]
fn what_very_many_texts_have_is_nobodys_passage() {
    let mut chance = Chance::new(99);
    let disclaimer = story(&mut chance, 80);
    let texts: Vec<Vec<String>> =
        (0..60).map(|_| [disclaimer.clone(), story(&mut chance, 600)].concat()).collect();
    let sketches: Vec<Sketch> = texts.iter().map(|text| Sketch::of(&words(&html(text)))).collect();
    assert_eq!(candidates(&sketches), []);
}

#[test]
fn a_sketch_takes_no_more_room_than_promised() {
    let mut chance = Chance::new(5);
    let sizes: Vec<usize> = (0..40)
        .map(|_| Sketch::of(&words(&html(&story(&mut chance, 2_300)))).shingles.len() * 4)
        .collect();
    let mean = sizes.iter().sum::<usize>() / sizes.len();
    assert!(mean <= 1_500, "{mean} bytes a story");
}

proptest::proptest! {
    #[test]
    fn any_two_texts_are_compared_without_a_fault(a in "[a-c ]{0,200}", b in "[a-c <>&;]{0,200}") {
        let (one, other) = (words(&a), words(&b));
        if let Some(found) = compare(&one, &other) {
            proptest::prop_assert!((0.0..=1.0).contains(&found.in_a) && (0.0..=1.0).contains(&found.in_b));
            for passage in &found.passages {
                proptest::prop_assert!(passage.a.end <= one.len() && passage.b.end <= other.len());
                proptest::prop_assert!(passage.equal <= passage.a.len().min(passage.b.len()));
            }
        }
        let same = compare(&one, &one);
        proptest::prop_assert!(same.is_none_or(|same| same.verdict == Verdict::Same || one.len() < 40));
    }
}
