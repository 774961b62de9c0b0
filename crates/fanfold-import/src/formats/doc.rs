//! DOC: a Word document of 1997 to 2003, through a program of the owner's choice.
//!
//! Written by Word before 2007 and by what imitates it. Recognised as a compound file with a stream `WordDocument`. The
//! format is a memory image of a program; Fanfold has no reader for it and asks the one that the settings name
//! (`[tools] doc`). Its text is then read as any text: header, chapters, ends; a program that gives HTML keeps the
//! emphasis. Known damage: the program says what it stumbled over, and that is kept as a finding.
//!
//! Not read without a program: anything. The file is kept, and the finding says what to set. Word 95 and older have the
//! same envelope and are left to the program; spreadsheets and presentations are not works.

use super::{html_page, plain_text};
use crate::convert::ConvertError;
use crate::decode;
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use crate::page;
use crate::rich::lines_of;
use fanfold_model::{Extracted, Finding, FindingCode, ReadAs};

mod compound;

/// The importer.
pub(crate) struct Doc;

const ID: &str = "doc";

impl Importer for Doc {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: ID,
            name: "DOC",
            description: "A story as a Word document of 1997 to 2003",
            docs: "Read by a program that the settings name (`[tools] doc`, for example antiword); its text is then \
                   read as any text. Without a program the file is kept and the finding says what to set.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        if !compound::is_compound(probe.head) {
            return None;
        }
        let streams = compound::names(probe.whole()?);
        let is_word = streams.iter().any(|name| name == "WordDocument");
        is_word.then_some(Match { score: 940, reason: "It holds the stream of a Word document." })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let read = match input.converter().to_text(ID, &input.bytes()?) {
            Ok(text) => read(&text),
            Err(error) => input.refusal(ReadAs::NotUnderstood, refusal(&error)),
        };
        sink.extracted(read);
        Ok(())
    }
}

fn refusal(error: &ConvertError) -> Finding {
    let what = match error {
        ConvertError::NotSet => "It is a Word document of 1997 to 2003 (.doc), which Fanfold reads through another \
             program: install antiword and write `[tools]` with `doc = \"antiword -w 0 -m UTF-8.txt\"` into \
             fanfold.toml, then import it again; or save it as DOCX or ODT and import that. Its bytes are kept."
            .to_owned(),
        ConvertError::Failed(what) => {
            format!("It is a Word document that could not be turned into text: {what} Its bytes are kept.")
        }
    };
    Finding::new(FindingCode::NOT_UNDERSTOOD, what)
}

/// What the program gave: text, or a page.
fn read(bytes: &[u8]) -> Extracted {
    let decoded = decode::whole(bytes);
    let lower = decoded.text.trim_start().get(..200).unwrap_or(&decoded.text).to_ascii_lowercase();
    let is_page = lower.starts_with("<!doctype html") || lower.starts_with("<html");
    let mut extracted = match page::parse(&decoded.text) {
        Ok(page) if is_page => {
            let root = page.first("body").unwrap_or_else(|| page.root());
            html_page::read_lines(lines_of(&root), &page, None, None)
        }
        _ => plain_text::read(&decoded),
    };
    // Places count in the program's text, which is no source.
    super::without_places(&mut extracted);
    extracted.encoding = None;
    extracted
}

#[cfg(test)]
mod tests;
