//! From the reading of a text to what an importer pushes: the text's places become the source's, its chapters' ranges
//! become HTML.

use crate::body::without_outer_rules;
use crate::text_work::{BodyChapter, TextReading};
use fanfold_model::{Extracted, ExtractedChapter, Finding, FindingCode, ReadAs, Span};
use std::ops::Range;

/// What a format knows about a text that it gave to the grammar.
pub(crate) trait TextPlaces {
    /// Clean HTML of a stretch of the text.
    fn html(&mut self, range: Range<usize>) -> String;

    /// The place in the source of a stretch of the text; `written` is what stands there.
    fn place(&mut self, range: Range<usize>, written: &str) -> Option<Span>;
}

/// An extracted work, or the refusal of one, from a reading.
pub(crate) fn extracted(
    reading: TextReading,
    text: &str,
    places: &mut dyn TextPlaces,
) -> Extracted {
    let mut extracted = Extracted::new(reading.read_as);
    let mut place = |span: Option<Span>| {
        let range = range_of(span?);
        let written = text.get(range.clone())?;
        places.place(range, written)
    };
    extracted.fields = reading.fields;
    for field in &mut extracted.fields {
        field.span = place(field.span);
    }
    extracted.findings = reading.findings;
    for finding in &mut extracted.findings {
        finding.span = place(finding.span);
    }
    extracted.part = reading.part.map(|mut part| {
        part.span = place(part.span);
        part
    });
    extracted.series = reading.series;
    extracted.links = reading.links;
    if reading.read_as == ReadAs::NotAWork {
        let what = sentence(&reading.reason);
        extracted.findings.push(Finding::new(FindingCode::NOT_A_WORK, what));
    } else {
        extracted.chapters =
            reading.chapters.into_iter().map(|own| chapter(own, text, places)).collect();
    }
    extracted
}

/// The range of a span that counts in the text given to the grammar.
pub(crate) fn range_of(span: Span) -> Range<usize> {
    let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
    place(span.start)..place(span.end)
}

fn chapter(own: BodyChapter, text: &str, places: &mut dyn TextPlaces) -> ExtractedChapter {
    let range = own.start..own.end;
    let written = text.get(range.clone()).unwrap_or_default();
    let mut note = |note: Option<(String, Range<usize>)>| {
        let html = places.html(note?.1);
        crate::body::has_content(&html).then_some(html)
    };
    let (notes, end_notes) = (note(own.notes), note(own.end_notes));
    ExtractedChapter {
        number: own.number,
        title: own.title,
        creators: own.creators,
        notes,
        end_notes,
        span: places.place(range.clone(), written),
        html: without_outer_rules(&places.html(range)).to_owned(),
        ..ExtractedChapter::default()
    }
}

/// A reason as a sentence: "there is no text in it" begins small and has no full stop.
pub(crate) fn sentence(reason: &str) -> String {
    let mut chars = reason.chars();
    let Some(first) = chars.next() else { return "It is not a work.".to_owned() };
    let end = if reason.ends_with('.') { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), chars.as_str())
}
