//! Who looks, and the one rule of what they may see. Storage and search each state the rule once
//! in their own language (SQL, index); shared tests hold them to this one.

/// How far a work may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Visibility {
    /// Anyone.
    #[default]
    Public,
    /// Members of this archive.
    Members,
    /// Reachable by address, not listed.
    Listed,
    /// Only its curators.
    Hidden,
    /// Not finished; only its creator and curators.
    Draft,
}

impl Visibility {
    const ALL: [Self; 5] = [Self::Public, Self::Members, Self::Listed, Self::Hidden, Self::Draft];

    /// The name in JSON and in the store.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Members => "members",
            Self::Listed => "listed",
            Self::Hidden => "hidden",
            Self::Draft => "draft",
        }
    }

    /// The visibility with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|visibility| visibility.as_str() == name)
    }
}

/// On whose behalf a read is made. Every read takes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Viewer {
    /// The library's owner: sees everything that is not removed.
    Owner,
    /// A stranger: sees what is public and not held.
    Public,
}

impl Viewer {
    /// Whether this viewer may see a work. A hidden work answers exactly as a missing one.
    #[must_use]
    pub fn may_see(self, visibility: Visibility, held: bool, removed: bool) -> bool {
        match self {
            Self::Owner => !removed,
            Self::Public => !removed && !held && visibility == Visibility::Public,
        }
    }
}
