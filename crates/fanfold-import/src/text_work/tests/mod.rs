//! Whole texts read: headers, chapters, ends, works and other things, and that nothing is lost.

mod chapters;
mod editions;
mod ends;
mod headers;
mod kinds;
mod languages;
mod nothing_lost;

use fanfold_model::{FieldKind, SpanUnit};

use super::{TextReading, read};

/// Two paragraphs of a story, for under headers.
const STORY: &str = "Holmes put down the violin and went to the window, because the lamp in the street had gone out.\n\n\"It is the third this week,\" he said. \"Bring your hat, Watson.\"\n\nI brought it, and we went down into the fog.\n";

fn reading(text: &str) -> TextReading {
    read(text, SpanUnit::Decoded)
}

/// A header over the story.
fn headed(header: &str) -> TextReading {
    reading(&format!("{header}\n\n{STORY}"))
}

fn values(reading: &TextReading, kind: FieldKind) -> Vec<&str> {
    reading
        .fields
        .iter()
        .filter(|field| field.kind == kind)
        .map(|field| field.value.as_str())
        .collect()
}

fn codes(reading: &TextReading) -> Vec<&str> {
    reading.findings.iter().map(|finding| finding.code.as_str()).collect()
}

/// The texts of the chapters.
fn texts<'a>(reading: &TextReading, text: &'a str) -> Vec<&'a str> {
    reading.chapters.iter().map(|chapter| text[chapter.start..chapter.end].trim()).collect()
}
