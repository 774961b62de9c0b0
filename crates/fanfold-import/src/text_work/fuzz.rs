//! Fuzz entry point: a plain function, so that tests can run it over mutations too.

use std::ops::Range;

use fanfold_model::SpanUnit;

use super::by_word::is_by_word;
use super::furniture::has_words;
use super::lines::lines;
use super::{TextReading, read};

/// Reads any bytes (as UTF-8 with replacements). Must not panic. Asserts that every place lies inside
/// the text on character boundaries, that chapters stand in order, and that every line with words is in
/// a field, a heading or a chapter.
pub fn fuzz_text_work(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let reading = read(&text, SpanUnit::Decoded);
    let places = places(&text, &reading);
    let mut end = 0;
    for chapter in &reading.chapters {
        assert!(chapter.start >= end, "chapters overlap at {}", chapter.start);
        end = chapter.end;
    }
    for line in lines(&text).iter().filter(|line| has_words(line.text) && !line.is_rule()) {
        let kept = places.iter().any(|place| place.start < line.to && place.end > line.from);
        let explained = is_label(&reading, line.text) || is_above_a_name(&reading, line.text);
        assert!(kept || explained, "a line is lost: {:?}", line.text);
    }
}

/// A label on a line of its own is kept as the label of the value below it.
fn is_label(reading: &TextReading, line: &str) -> bool {
    let labels =
        reading.fields.iter().map(|field| field.label.as_str()).filter(|label| !label.is_empty());
    labels.into_iter().any(|label| line.contains(label) && !has_words(&line.replacen(label, "", 1)))
}

/// A "by" on a line of its own says no more than that the name below it is a creator's.
fn is_above_a_name(reading: &TextReading, line: &str) -> bool {
    is_by_word(line) && reading.fields.iter().any(|field| field.rule == "by-line")
}

fn places(text: &str, reading: &TextReading) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let spans = reading
        .fields
        .iter()
        .filter_map(|field| field.span)
        .chain(reading.part.iter().filter_map(|part| part.span))
        .chain(reading.findings.iter().filter_map(|finding| finding.span));
    for span in spans {
        let (Ok(start), Ok(end)) = (usize::try_from(span.start), usize::try_from(span.end)) else {
            continue;
        };
        places.push(start..end);
    }
    for chapter in &reading.chapters {
        places.push(chapter.start..chapter.end);
        places.extend(chapter.heading.clone());
        places
            .extend(chapter.notes.iter().chain(&chapter.end_notes).map(|(_, place)| place.clone()));
    }
    for place in &places {
        assert!(text.get(place.clone()).is_some(), "a place is outside: {place:?}");
    }
    places
}
