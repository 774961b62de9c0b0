//! EPUB 3.3, written so that the same version of a work gives the same bytes: fixed order, fixed
//! times, names from chapter uids.
//!
//! Rules: EPUB 3.3; an NCX for old devices; one XHTML a chapter (very long ones in pieces); series
//! as `belongs-to-collection` and as `calibre:series`; every tag its own `dc:subject`; the kinds of
//! the tags in one private block, so that nothing is lost on the way back; per-chapter `chapterurl`
//! as FanFicFare writes it.

mod content;
mod navigation;
mod package;
mod xml;

use crate::ExportError;
use fanfold_model::Work;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The vocabulary of the private metadata block.
pub const VOCABULARY: &str = "https://fanfold.invalid/vocab#";

/// A file of the book.
pub(crate) struct Part {
    /// Name under `EPUB/`.
    pub(crate) file: String,
    /// The manifest's id.
    pub(crate) id: String,
    /// Heading for the table of contents; `None` for continuations, which are not listed.
    pub(crate) heading: Option<String>,
    /// The page.
    pub(crate) xhtml: String,
}

/// Writes a book.
///
/// # Errors
/// Only if memory fails.
pub fn write(work: &Work) -> Result<Vec<u8>, ExportError> {
    let parts = content::parts(work);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let fixed = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let stored = fixed.compression_method(CompressionMethod::Stored);
    let packed = fixed.compression_method(CompressionMethod::Deflated);
    zip.start_file("mimetype", stored)?;
    zip.write_all(b"application/epub+zip")?;
    let mut put = |name: &str, text: &str| -> Result<(), ExportError> {
        zip.start_file(name, packed)?;
        zip.write_all(text.as_bytes())?;
        Ok(())
    };
    put("META-INF/container.xml", package::CONTAINER)?;
    put("EPUB/package.opf", &package::package(work, &parts))?;
    put("EPUB/nav.xhtml", &navigation::nav(work, &parts))?;
    put("EPUB/toc.ncx", &navigation::ncx(work, &parts))?;
    put("EPUB/style.css", content::STYLE)?;
    for part in &parts {
        put(&format!("EPUB/{}", part.file), &part.xhtml)?;
    }
    Ok(zip.finish()?.into_inner())
}
