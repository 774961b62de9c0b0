//! What makes two readings the same work (contract section 2, "Identity at re-import").
//! A path is never identity; nor are title and creator together.

/// What kind of identity a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IdentityKind {
    /// The canonical address of the work.
    Address,
    /// Site and the site's own number ("ao3:123").
    SiteId,
    /// The address of one chapter.
    ChapterAddress,
    /// A Message-ID.
    MessageId,
    /// A book's unique identifier (EPUB).
    BookId,
    /// BLAKE3 of the normalised text.
    Text,
    /// What later parts of a work are looked up by: a title with a name. Proves nothing by itself.
    Parts,
}

impl IdentityKind {
    const ALL: [Self; 7] = [
        Self::Address,
        Self::SiteId,
        Self::ChapterAddress,
        Self::MessageId,
        Self::BookId,
        Self::Text,
        Self::Parts,
    ];

    /// The name in the store.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::SiteId => "site-id",
            Self::ChapterAddress => "chapter-address",
            Self::MessageId => "message-id",
            Self::BookId => "book-id",
            Self::Text => "text",
            Self::Parts => "parts",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// One identity of a work.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identity {
    /// What kind.
    pub kind: IdentityKind,
    /// The value, already in its canonical spelling.
    pub value: String,
}

impl Identity {
    /// An identity of this kind.
    #[must_use]
    pub fn new(kind: IdentityKind, value: impl Into<String>) -> Self {
        Self { kind, value: value.into() }
    }
}
