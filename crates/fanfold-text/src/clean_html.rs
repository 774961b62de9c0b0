//! HTML that has passed the one sanitiser. The type is the proof: nothing outside this crate can make one from
//! unchecked text.

use std::fmt;

/// Sanitised HTML of a work: allowed elements only, balanced, bounded in depth, stable under a second cleaning.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct CleanHtml(String);

impl CleanHtml {
    /// Takes back what the store was given earlier. For the store's own round trip only: the text must have left a
    /// `CleanHtml` unchanged. HTML from anywhere else goes through [`crate::sanitize::clean`].
    pub fn trusted_from_store(html: String) -> Self {
        Self(html)
    }

    /// For this crate's own writers, whose output is proved stable by property tests.
    pub(crate) fn proved(html: String) -> Self {
        Self(html)
    }

    /// The HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The HTML as an owned string, for storing.
    pub fn into_string(self) -> String {
        self.0
    }

    /// True when there is nothing at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The text a reader sees: white space collapsed, line breaks kept, an empty line between blocks.
    pub fn text(&self) -> String {
        crate::plain::plain_text(self)
    }

    /// This HTML followed by another piece, as for chapters joined into one page. Both are balanced, so the whole is.
    pub fn append(&mut self, other: &CleanHtml) {
        self.0.push_str(&other.0);
    }
}

impl AsRef<str> for CleanHtml {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CleanHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
