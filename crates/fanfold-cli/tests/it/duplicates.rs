//! `fanfold duplicates` over a library and over files.

use crate::program::{Library, expect_code, lines, program};
use std::fs;

/// A story of many sentences, none of which another number has.
fn story(number: u64, sentences: std::ops::Range<u64>) -> String {
    const SYLLABLES: [&str; 16] = [
        "la", "mp", "or", "in", "ten", "da", "ro", "vel", "ka", "sha", "ul", "mer", "bo", "tin",
        "gra", "el",
    ];
    let mut text = format!("Title: The Lamp {number}\nAuthor: Wren Example\n\n");
    for line in sentences {
        let mut chance = (number * 1_000 + line).wrapping_mul(6_364_136_223_846_793_005);
        let mut word = || {
            chance = chance
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let at = |shift: u32| SYLLABLES[(chance >> shift) as usize % SYLLABLES.len()];
            format!("{}{}{}", at(33), at(41), at(49))
        };
        let words: Vec<String> = (0..18).map(|_| word()).collect();
        text += &format!("Then {} found {}.\n\n", words[..9].join(" "), words[9..].join(" "));
    }
    text
}

#[test]
fn works_that_share_text_are_told_with_what_they_are_to_each_other() {
    let library = Library::new();
    let pile = library.beside("pile");
    fs::create_dir_all(&pile).unwrap();
    fs::write(pile.join("a.txt"), story(1, 0..60)).unwrap();
    fs::write(
        pile.join("b.txt"),
        story(1, 20..40).replace("Title: The Lamp 1", "Title: Twenty Years"),
    )
    .unwrap();
    fs::write(
        pile.join("c.txt"),
        story(1, 0..60).replace("found", "discovered").replace("The Lamp 1", "Again"),
    )
    .unwrap();
    fs::write(pile.join("d.txt"), story(2, 0..60)).unwrap();
    library.import(&pile);
    let pairs = library.json(&["duplicates"]);
    let told: Vec<(i64, i64, &str)> = pairs
        .iter()
        .map(|pair| {
            (
                pair["a"].as_i64().unwrap(),
                pair["b"].as_i64().unwrap(),
                pair["verdict"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(told, [(1, 2, "contains"), (1, 3, "revision"), (2, 3, "contained")], "{pairs:?}");
    assert!(pairs[0]["in_b"].as_f64().unwrap() > 0.99 && pairs[0]["in_a"].as_f64().unwrap() < 0.5);
    let span = &pairs[0]["spans"][0];
    assert!(span["begins"].as_str().unwrap().starts_with("Then "), "{span}");

    let output = program().args(["--json", "duplicates"]).arg(&pile).output().unwrap();
    let pairs = lines(&expect_code(&output, &[0], &["duplicates"]));
    assert_eq!(pairs.len(), 3);
    assert_eq!((pairs[0]["a"].as_str(), pairs[0]["b"].as_str()), (Some("a.txt"), Some("b.txt")));
}

/// So few shingles beside so many texts are looked up in lists, and the library's sketches are not gone through.
#[test]
fn a_short_copy_is_found_in_a_library_of_many_works() {
    let library = Library::filled(300);
    let ids = library.json(&["list"]);
    let last = ids.iter().filter_map(|work| work["id"].as_i64()).max().unwrap();
    assert!(ids.len() > 250 && last >= 250, "{last}");
    let whole = library.beside("whole");
    fs::create_dir_all(&whole).unwrap();
    fs::write(whole.join("a.txt"), story(1, 0..60)).unwrap();
    library.import(&whole);
    let before = library.json(&["duplicates"]).len();
    let copies = library.beside("copies");
    fs::create_dir_all(&copies).unwrap();
    for (name, number, sentences) in
        [("b", 1, 20..32), ("c", 1, 24..36), ("d", 2, 0..12), ("e", 3, 0..1)]
    {
        let text = story(number, sentences).replace("The Lamp", &format!("Letter {name}"));
        fs::write(copies.join(format!("{name}.txt")), text).unwrap();
    }
    library.import(&copies);
    let number = |of: &serde_json::Value| of.as_i64().unwrap() - last;
    let pairs = library.json(&["duplicates"]);
    assert_eq!(pairs.len(), before + 3, "{pairs:?}");
    let told: Vec<(i64, i64)> = pairs
        .iter()
        .map(|pair| (number(&pair["a"]), number(&pair["b"])))
        .filter(|(a, _)| *a > 0)
        .collect();
    assert_eq!(
        told,
        [(1, 2), (1, 3), (2, 3)],
        "the whole with both copies, and these with each other"
    );
}
