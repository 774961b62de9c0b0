//! RTF: a story in Microsoft's exchange format, from word processors since 1987 and from mail programs.
//!
//! Text that begins with `{\rtf`. Read: paragraphs, headings by style name or outline level, bold, italic, underline,
//! strike, raised and lowered text, alignment, list items, table cells as lines, footnotes at the end of their
//! chapter; letters in the document's code page (`\ansicpg`), in the font's (`\fcharset`), as Unicode (`\u`) and by
//! name. Hidden and deleted text is left out. Known damage: a file that breaks off, groups that do not close, a code
//! page that is not said.
//!
//! Not read: pictures, objects, drawings; the author in the file's properties. Files named `.doc` that are RTF are
//! read as RTF.

use super::office::{self, Properties, add_weak};
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use fanfold_model::{Extracted, ReadAs};

mod codes;
mod reader;
mod state;
mod tokens;

/// The importer.
pub(crate) struct Rtf;

impl Importer for Rtf {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "rtf",
            name: "RTF",
            description: "A story as a rich text file",
            docs: "Emphasis, headings, lists, footnotes; letters of any code page and Unicode. Hidden and deleted text, \
                   pictures and the file's author are left out.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        let head = probe.head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(probe.head);
        head.trim_ascii_start()
            .starts_with(b"{\\rtf")
            .then_some(Match { score: 950, reason: "It begins as a rich text file." })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        sink.extracted(read(&input.bytes()?));
        Ok(())
    }
}

fn read(bytes: &[u8]) -> Extracted {
    let document = reader::read(bytes);
    let encoding = document.encoding;
    let mut extracted = office::read(document.written);
    extracted.encoding = Some(encoding.to_owned());
    if extracted.read_as == ReadAs::Work {
        add_weak(&Properties::titled(document.title.trim()), &mut extracted);
    }
    extracted
}
