//! Plain text: stories as mailing lists, newsgroups and old archives keep them, in any encoding and layout.
//!
//! Recognised as what is text and nothing more special. Read: header blocks with labels in ten languages, titles and
//! by-lines without labels, chapters inside the file, parts ("Part 2 of 5"), end marks, links to the next part;
//! paragraphs from hard wraps, empty lines or indents; `*emphasis*`. Lists, recipes, digests and cards without a text
//! are refused with the reason. The rules are those of `text_work`.
//!
//! Not read: layouts whose labels were lost, pages flattened into one line, mail digests.

use crate::decode::DecodedText;
use crate::from_text::{TextPlaces, extracted};
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use crate::text_work;
use fanfold_model::{Extracted, Span, SpanUnit};
use fanfold_text::paragraphs;
use std::ops::Range;

/// The importer.
pub(crate) struct PlainText;

impl Importer for PlainText {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "plain-text",
            name: "Plain text",
            description: "A story as a text file, with or without a header",
            docs: "Headers with labels or only a title and a by-line, chapters and parts, paragraphs from any layout, \
                   any of the old encodings. What is not a story is refused with the reason.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        if !probe.is_text() || is_data(probe) {
            return None;
        }
        let named = matches!(
            probe.ending().as_str(),
            "txt" | "text" | "asc" | "fic" | "me" | "1st" | "doc" | "lst" | "ion"
        );
        let (score, reason) = if named {
            (200, "It is text, and its name says so.")
        } else {
            (150, "It is text, and nothing more special.")
        };
        Some(Match { score, reason })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        sink.extracted(read(input.text()?));
        Ok(())
    }
}

/// JSON that no other format knows is data, and tells no story.
fn is_data(probe: &Probe<'_>) -> bool {
    let first = probe.head.iter().find(|byte| !byte.is_ascii_whitespace());
    probe.ending() == "json" && matches!(first, Some(b'{' | b'['))
}

/// Reads a decoded text as a story.
pub(crate) fn read(decoded: &DecodedText) -> Extracted {
    let reading = text_work::read(&decoded.text, SpanUnit::Decoded);
    let mut extracted = extracted(reading, &decoded.text, &mut Plain { decoded });
    extracted.findings.splice(0..0, decoded.findings.iter().cloned());
    extracted.encoding = Some(decoded.encoding.to_owned());
    extracted
}

struct Plain<'a> {
    decoded: &'a DecodedText,
}

impl TextPlaces for Plain<'_> {
    fn html(&mut self, range: Range<usize>) -> String {
        let text = self.decoded.text.get(range).unwrap_or_default();
        paragraphs::to_html(text).html.into_string()
    }

    fn place(&mut self, range: Range<usize>, _written: &str) -> Option<Span> {
        Some(self.decoded.span(range))
    }
}
