//! Works leave by open formats: EPUB, HTML, text, Markdown, canonical JSON.
//!
//! Every exporter is a pure function of the work: the same version of a work gives the same bytes,
//! on any machine and on any day, so that readers' caches and sync servers recognise a file again.

mod colophon;
pub mod epub;
mod html;
mod markdown;
mod name;
mod text;

pub use name::file_name;

use fanfold_model::Work;
use fanfold_model::canonical::work_line;

/// An output format for a single work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// EPUB 3.3.
    Epub,
    /// One HTML file.
    Html,
    /// Plain text.
    Text,
    /// Markdown with YAML front matter, as our importer reads it back.
    Markdown,
    /// One line of canonical JSON.
    Json,
}

impl Format {
    /// All formats, in the order pages offer them.
    pub const ALL: [Self; 5] = [Self::Epub, Self::Html, Self::Text, Self::Markdown, Self::Json];

    /// The file's extension, which is also its name in addresses.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Epub => "epub",
            Self::Html => "html",
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Json => "json",
        }
    }

    /// The format with this extension.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.extension() == extension)
    }

    /// The media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Epub => "application/epub+zip",
            Self::Html => "text/html; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Json => "application/json",
        }
    }
}

/// A written work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportFile {
    /// A file name that any system takes.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Why a work could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The book's container could not be written.
    #[error("the book could not be packed: {0}")]
    Pack(#[from] zip::result::ZipError),
    /// Memory or a stream failed.
    #[error("the file could not be written: {0}")]
    Write(#[from] std::io::Error),
}

/// Writes a work, with its chapters, in a format.
///
/// # Errors
/// Only if memory fails; no content makes an export fail.
pub fn export(work: &Work, format: Format) -> Result<ExportFile, ExportError> {
    let bytes = match format {
        Format::Epub => epub::write(work)?,
        Format::Html => html::write(work).into_bytes(),
        Format::Text => text::write(work).into_bytes(),
        Format::Markdown => markdown::write(work).into_bytes(),
        Format::Json => (work_line(work) + "\n").into_bytes(),
    };
    Ok(ExportFile { name: file_name(work, format.extension()), bytes })
}

#[cfg(test)]
mod tests;
