//! Who made a work. Creator is not account, not poster, not archivist.

/// What a credited person did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CreatorRole {
    /// Wrote it.
    #[default]
    Author,
    /// Translated it.
    Translator,
    /// Drew for it.
    Artist,
    /// Edited or beta-read it.
    Beta,
}

impl CreatorRole {
    const ALL: [Self; 4] = [Self::Author, Self::Translator, Self::Artist, Self::Beta];

    /// The role's name in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Translator => "translator",
            Self::Artist => "artist",
            Self::Beta => "beta",
        }
    }

    /// The role with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

/// A name as it stands on the work, with what that person did, in the order written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Credit {
    /// The name as written.
    pub name: String,
    /// What the person did.
    pub role: CreatorRole,
}

impl Credit {
    /// An author's credit.
    #[must_use]
    pub fn author(name: impl Into<String>) -> Self {
        Self { name: name.into(), role: CreatorRole::Author }
    }
}
