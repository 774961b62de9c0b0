//! Every way in which a story comes back, over invented texts: found, with the right verdict, and nothing else found.

use fanfold_alike::{Sketch, Verdict, candidates, compare, words};
use std::ops::Range;

/// Numbers by chance, the same on every run.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() % most as u64) as usize
    }

    fn percent(&mut self, share: u64) -> bool {
        self.next() % 100 < share
    }
}

const SYLLABLES: [&str; 24] = [
    "la", "mp", "or", "in", "ten", "da", "ro", "vel", "ka", "sh", "ul", "mer", "bo", "tin", "gra",
    "el", "so", "whi", "na", "per", "dur", "ost", "ib", "ye",
];
const SMALL: [&str; 20] = [
    "the", "and", "of", "to", "a", "in", "was", "he", "she", "it", "that", "his", "her", "with",
    "had", "for", "on", "as", "at", "but",
];

/// The words of a language in which a few words are common and most are rare, as in every other.
fn story(chance: &mut Chance, length: usize) -> Vec<String> {
    let rare = |chance: &mut Chance| {
        let count = 2 + chance.below(2);
        (0..count).map(|_| SYLLABLES[chance.below(SYLLABLES.len())]).collect::<String>()
    };
    (0..length)
        .map(|_| match chance.percent(45) {
            true => SMALL[chance.below(SMALL.len())].to_owned(),
            false => rare(chance),
        })
        .collect()
}

fn html(words: &[String]) -> String {
    let paragraphs = words.chunks(60).map(|words| format!("<p>{}.</p>", words.join(" ")));
    paragraphs.collect::<Vec<_>>().join("\n")
}

fn edited(chance: &mut Chance, words: &[String], share: u64) -> Vec<String> {
    let mut out = Vec::new();
    for word in words {
        match chance.percent(share) {
            false => out.push(word.clone()),
            true if chance.percent(30) => {}
            true => out.push(format!("{word}x")),
        }
    }
    out
}

type Edit = fn(&mut Chance, &[String], &[String]) -> Vec<String>;

/// The edits, with the verdicts that are right for the edited text beside the original.
fn edits() -> Vec<(&'static str, Edit, &'static [Verdict])> {
    vec![
        (
            "reformatted",
            |_, text, _| text.iter().map(|word| word.to_uppercase()).collect(),
            &[Verdict::Same],
        ),
        ("5 % edited", |chance, text, _| edited(chance, text, 5), &[Verdict::Revision]),
        (
            "15 % edited, 10 % cut",
            |chance, text, _| edited(chance, &text[text.len() / 10..], 15),
            &[Verdict::Revision],
        ),
        ("30 % edited", |chance, text, _| edited(chance, text, 30), &[Verdict::Revision]),
        (
            "a third of it inside another",
            |_, text, other| [&other[..700], &text[300..1_000], &other[700..]].concat(),
            &[Verdict::SharedPassage],
        ),
        (
            "a tenth of it inside another",
            |_, text, other| [&other[..900], &text[500..720], &other[900..]].concat(),
            &[Verdict::SharedPassage],
        ),
        (
            "a chapter of five",
            |_, text, _| text[text.len() / 5..text.len() * 2 / 5].to_vec(),
            &[Verdict::Contained, Verdict::Contains],
        ),
        (
            "a prologue before it",
            |_, text, other| [&other[..250], text].concat(),
            &[Verdict::Revision, Verdict::Contains, Verdict::Contained],
        ),
        (
            "its halves swapped",
            |_, text, _| [&text[text.len() / 2..], &text[..text.len() / 2]].concat(),
            &[Verdict::Revision, Verdict::Same],
        ),
    ]
}

#[test]
fn every_edit_is_found_with_its_verdict_and_no_strangers_are() {
    const STORIES: usize = 60;
    let mut chance = Chance(20_261_121);
    let originals: Vec<Vec<String>> = (0..STORIES).map(|_| story(&mut chance, 2_200)).collect();
    let mut texts: Vec<(usize, Option<usize>, String)> =
        originals.iter().enumerate().map(|(own, words)| (own, None, html(words))).collect();
    let strangers: Vec<Vec<String>> = (0..STORIES).map(|_| story(&mut chance, 1_800)).collect();
    for (place, (_, edit, _)) in edits().into_iter().enumerate() {
        for (own, words) in originals.iter().enumerate() {
            texts.push((own, Some(place), html(&edit(&mut chance, words, &strangers[own]))));
        }
    }
    let read: Vec<_> = texts.iter().map(|(.., html)| words(html)).collect();
    let sketches: Vec<Sketch> = read.iter().map(|words| Sketch::of(words)).collect();
    let mut found = vec![0; edits().len()];
    let mut wrong = Vec::new();
    for (one, other) in candidates(&sketches) {
        let Some(comparison) = compare(&read[one], &read[other]) else { continue };
        assert_eq!(texts[one].0, texts[other].0, "two strangers: {comparison:?}");
        if let (None, Some(place)) = (texts[one].1, texts[other].1) {
            found[place] += 1;
            let (name, _, right) = &edits()[place];
            if !right.contains(&comparison.verdict) {
                wrong.push((*name, comparison.verdict, comparison.in_a, comparison.in_b));
            }
        }
    }
    for ((name, ..), found) in edits().iter().zip(found) {
        assert!(found >= STORIES - 1, "{name}: {found} of {STORIES}");
    }
    assert!(wrong.len() <= 3, "{wrong:?}");
}

#[test]
fn passages_stand_where_the_words_do() {
    let mut chance = Chance(7);
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
    let mut chance = Chance(99);
    let disclaimer = story(&mut chance, 80);
    let texts: Vec<Vec<String>> =
        (0..60).map(|_| [disclaimer.clone(), story(&mut chance, 600)].concat()).collect();
    let sketches: Vec<Sketch> = texts.iter().map(|text| Sketch::of(&words(&html(text)))).collect();
    assert_eq!(candidates(&sketches), []);
}

#[test]
fn a_sketch_takes_no_more_room_than_promised() {
    let mut chance = Chance(5);
    let sizes: Vec<usize> = (0..40)
        .map(|_| Sketch::of(&words(&html(&story(&mut chance, 2_300)))).shingles.len() * 8)
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
