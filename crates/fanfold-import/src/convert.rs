//! Formats that only a foreign program reads. Nothing here runs one: whoever reads an item may give a converter along,
//! and an importer asks it for text. Without one the file is kept, and a finding says what would read it.

/// Turns bytes that only a foreign program understands into text or HTML.
pub trait Converter: Send + Sync {
    /// The text of a file of this format (the id of an importer).
    ///
    /// # Errors
    /// Why there is none: no program is set, or the program that is set failed.
    fn to_text(&self, format: &str, bytes: &[u8]) -> Result<Vec<u8>, ConvertError>;
}

/// Why a file was not turned into text. Both are findings of the file, and stop nothing else.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConvertError {
    /// Nobody said which program reads the format.
    #[error("no program is set that reads this format")]
    NotSet,
    /// The program that was set did not give a text: a sentence with what it said.
    #[error("{0}")]
    Failed(String),
}

/// No foreign program at all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NoConverter;

impl Converter for NoConverter {
    fn to_text(&self, _format: &str, _bytes: &[u8]) -> Result<Vec<u8>, ConvertError> {
        Err(ConvertError::NotSet)
    }
}
