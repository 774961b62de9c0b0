//! Originals as text, for "where this comes from": spans point into bytes or into decoded text, pages show text.

use crate::Result;
use crate::archive::Archive;
use fanfold_model::{Span, SpanUnit, Viewer, WorkId};
use fanfold_storage::OriginalBytes;
use fanfold_text::encoding::{EncodingHint, decode};

/// An original that is text, decoded as it was for the reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginalText {
    /// The decoded text.
    pub text: String,
    bytes: Vec<u8>,
    encoding: Option<String>,
}

impl OriginalText {
    /// Where a span lies in [`OriginalText::text`], in bytes; `None` if it lies outside.
    #[must_use]
    pub fn place(&self, span: Span) -> Option<(usize, usize)> {
        let (start, end) = (usize::try_from(span.start).ok()?, usize::try_from(span.end).ok()?);
        let (start, end) = match span.unit {
            SpanUnit::Decoded => (start, end),
            SpanUnit::Source => (self.decoded_length(start)?, self.decoded_length(end)?),
        };
        self.text.get(start..end).map(|_| (start, end))
    }

    /// How long the text of the first bytes is.
    fn decoded_length(&self, bytes: usize) -> Option<usize> {
        let before = self.bytes.get(..bytes)?;
        Some(decoded(before, self.encoding.as_deref()).len())
    }
}

fn decoded(bytes: &[u8], encoding: Option<&str>) -> String {
    decode(bytes, encoding.map(EncodingHint::forced)).text
}

impl Archive {
    /// The original behind a work's source as text, by its place; `None` if its bytes are not kept here or
    /// are no text (an e-book, an archive).
    ///
    /// # Errors
    /// If the store fails or the original is damaged.
    pub async fn original_text(
        &self,
        id: WorkId,
        viewer: Viewer,
        place: usize,
    ) -> Result<Option<OriginalText>> {
        let sources =
            self.sources(id, viewer).await?.map(|page| page.work.sources).unwrap_or_default();
        let Some(source) = sources.into_iter().nth(place) else { return Ok(None) };
        let Some(original) = self.original(id, viewer, place).await? else { return Ok(None) };
        // What is too large for the memory is too long for a page.
        let OriginalBytes::Memory(bytes) = original.bytes else { return Ok(None) };
        if bytes.starts_with(b"PK\x03\x04") {
            return Ok(None);
        }
        let text = decoded(&bytes, source.encoding.as_deref());
        Ok(Some(OriginalText { text, bytes, encoding: source.encoding }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn original(bytes: &[u8], encoding: &str) -> OriginalText {
        OriginalText {
            text: decoded(bytes, Some(encoding)),
            bytes: bytes.to_vec(),
            encoding: Some(encoding.to_owned()),
        }
    }

    #[test]
    fn a_span_of_bytes_finds_its_words_behind_letters_that_grow_when_decoded() {
        let original = original(b"\x93Caf\xe9\x94 by Wren", "windows-1252");
        let place = original.place(Span::in_source(10, 14)).unwrap();
        assert_eq!(&original.text[place.0..place.1], "Wren");
    }

    #[test]
    fn a_span_beyond_the_end_has_no_place() {
        assert_eq!(original(b"short", "utf-8").place(Span::in_source(2, 99)), None);
        assert_eq!(original(b"short", "utf-8").place(Span::in_decoded(2, 99)), None);
    }
}
