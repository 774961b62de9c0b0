//! Where a value comes from: the source, the bytes, the rule, and how sure the rule is.

/// What a span counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SpanUnit {
    /// Bytes of the stored source.
    #[default]
    Source,
    /// Bytes of the decoded UTF-8 text, where an encoding stands between.
    Decoded,
}

/// A half-open byte range in a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// First byte.
    pub start: u64,
    /// One past the last byte.
    pub end: u64,
    /// What the range counts in.
    pub unit: SpanUnit,
}

impl Span {
    /// A range in the source's stored bytes.
    #[must_use]
    pub fn in_source(start: usize, end: usize) -> Self {
        Self { start: start as u64, end: end as u64, unit: SpanUnit::Source }
    }

    /// A range in the decoded text.
    #[must_use]
    pub fn in_decoded(start: usize, end: usize) -> Self {
        Self { start: start as u64, end: end as u64, unit: SpanUnit::Decoded }
    }
}

/// Where one field of a work was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The rule that read it ("label", "by-line", "opf", "ao3-preface" …).
    pub rule: String,
    /// Index into the work's sources.
    pub source: u32,
    /// Where in the source; `None` where the value has no single place.
    pub span: Option<Span>,
    /// 0 to 1.
    pub confidence: f64,
}

/// A guess that waits for a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The field it is for ("fandoms", "language" …).
    pub field: String,
    /// The value.
    pub value: String,
    /// 0 to 1.
    pub confidence: f64,
    /// Why, in a person's words.
    pub why: String,
}
