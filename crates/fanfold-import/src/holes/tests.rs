//! Whole copies, and the same copies with lines taken out.

use crate::read;
use fanfold_model::{FindingCode, ReadAs};
use fanfold_source::{Item, Limits};
use std::fmt::Write;

/// Whether a file of this text is told to have holes.
fn told(name: &str, text: &str) -> bool {
    let item = Item::from_bytes(name, text.as_bytes().to_vec());
    let reading = read(&item, &Limits::default());
    let read = &reading.extracted[0];
    assert_eq!(read.read_as, ReadAs::Work, "{:?}", read.findings);
    read.findings.iter().any(|own| own.code == FindingCode::TEXT_HOLES.code)
}

/// A talk; each paragraph that `drop` names is emptied.
fn talk(count: usize, drop: impl Fn(usize, &str) -> bool) -> Vec<String> {
    let said = |at: usize| match at % 5 {
        0 => format!("\"Is the lamp on sill number {at} lit, or is it not?\" asked Dorothy."),
        1 => "\"No.\"".to_owned(),
        2 => "\"Why?\"".to_owned(),
        3 => {
            format!("\"The oil ran out on day {at} of the month,\" said Toto, \"and nobody came.\"")
        }
        _ => format!("Dorothy looked at window {at} and put her basket down on the step."),
    };
    let empty = |at: usize| {
        let line = said(at);
        if drop(at, &line) { String::new() } else { line }
    };
    (0..count).map(empty).collect()
}

fn plain(paragraphs: &[String]) -> String {
    format!("Title: The Lamp\nAuthor: Wren\nRating: G\n\n{}\n", paragraphs.join("\n\n"))
}

fn page(paragraphs: &[String], empty: &str) -> String {
    let mut html = "<html><body><h1>The Lamp</h1><p>Author: Wren</p>".to_owned();
    for own in paragraphs {
        let inside = if own.is_empty() { empty } else { own };
        let _ = writeln!(html, "<p>{inside}</p>");
    }
    html + "</body></html>"
}

#[test]
fn empty_paragraphs_in_a_row_inside_a_talk_are_told() {
    let cut = talk(40, |_, line| line.len() < 10);
    assert!(told("lamp.txt", &plain(&cut)));
    for empty in ["", "&nbsp;", "\u{a0}"] {
        assert!(told("lamp.html", &page(&cut, empty)), "{empty:?}");
    }
    let breaks = page(&cut, "").replace("<p>", "").replace("</p>", "<br><br>");
    assert!(told("lamp.html", &breaks));
}

#[test]
fn whole_texts_and_scenes_parted_by_empty_paragraphs_are_not() {
    let whole = talk(40, |_, _| false);
    assert!(!told("lamp.txt", &plain(&whole)));
    assert!(!told("lamp.html", &page(&whole, "")));
    // A wide gap after the telling, every ten paragraphs.
    let mut scenes = Vec::new();
    for (at, own) in whole.iter().enumerate() {
        scenes.push(own.clone());
        if at % 10 == 4 {
            scenes.extend([String::new(), String::new()]);
        }
    }
    assert!(!told("lamp.txt", &plain(&scenes)));
    assert!(!told("lamp.html", &page(&scenes, "&nbsp;")));
}

#[test]
fn paragraphs_that_lost_their_last_lines_are_told() {
    let whole = "The lamp stood in the window of the third floor, and nobody in the whole street minded it, because the oil had not gone down since Tuesday.";
    let cut = "The lamp stood in the window of the third floor, and nobody in the whole street minded it, because the";
    let every = |nth: usize, count: usize| -> Vec<String> {
        (0..count).map(|at| if at % nth == 0 { cut } else { whole }.to_owned()).collect()
    };
    assert!(told("lamp.txt", &plain(&every(2, 30))));
    assert!(told("lamp.html", &page(&every(3, 30), "")));
    // One or two are an author's way, and all are an author's habit.
    assert!(!told("lamp.txt", &plain(&every(15, 30))));
    assert!(!told("lamp.txt", &plain(&every(1, 30))));
}

#[test]
fn a_long_talk_without_a_short_word_is_told() {
    let short: Vec<String> =
        talk(400, |_, line| line.len() < 10).into_iter().filter(|own| !own.is_empty()).collect();
    assert!(told("lamp.txt", &plain(&short)));
    assert!(!told("lamp.txt", &plain(&talk(400, |_, _| false))));
    assert!(!told("lamp.txt", &plain(&short[..40])), "too little to say");
}
