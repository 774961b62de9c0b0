//! Orders of a list of works, with the direction each one has when nothing is said.

/// A key to sort by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SortKey {
    /// How well the words fit.
    Relevance,
    /// Title, case and accents apart.
    Title,
    /// First creator's name.
    Creator,
    /// First published.
    Published,
    /// Last updated.
    Updated,
    /// Came into this library.
    Imported,
    /// The number, which tells works of one day apart by when they came. Feeds ask for it; no page offers it, and no query
    /// can say it.
    Id,
    /// Words.
    Words,
    /// Hits.
    Hits,
    /// Kudos.
    Kudos,
    /// Comments.
    Comments,
    /// Bookmarks.
    Bookmarks,
}

/// Which end comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest, oldest or first letter first.
    Ascending,
    /// Largest, newest or last letter first.
    Descending,
}

/// An order: a key and a direction. Ties are always by id, ascending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sort {
    /// What is compared.
    pub key: SortKey,
    /// Which end comes first.
    pub direction: Direction,
}

impl SortKey {
    /// Every key that can be asked for, in the order in which a page offers them.
    pub const ALL: [SortKey; 11] = [
        SortKey::Relevance,
        SortKey::Title,
        SortKey::Creator,
        SortKey::Published,
        SortKey::Updated,
        SortKey::Imported,
        SortKey::Words,
        SortKey::Hits,
        SortKey::Kudos,
        SortKey::Comments,
        SortKey::Bookmarks,
    ];

    /// The word for it in queries, addresses and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            SortKey::Relevance => "relevance",
            SortKey::Title => "title",
            SortKey::Creator => "creator",
            SortKey::Published => "published",
            SortKey::Updated => "updated",
            SortKey::Imported => "imported",
            SortKey::Id => "id",
            SortKey::Words => "words",
            SortKey::Hits => "hits",
            SortKey::Kudos => "kudos",
            SortKey::Comments => "comments",
            SortKey::Bookmarks => "bookmarks",
        }
    }

    /// The key with this name, in any case, or a name AO3 uses for it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let name = match name.as_str() {
            "author" | "authors" | "creators" => "creator",
            "date" | "revised_at" | "date_updated" => "updated",
            "posted" | "created_at" | "date_posted" => "published",
            "word_count" => "words",
            "kudos_count" => "kudos",
            "comments_count" => "comments",
            "bookmarks_count" => "bookmarks",
            "score" | "best" | "_score" => "relevance",
            other => other,
        };
        Self::ALL.into_iter().find(|key| key.name() == name)
    }

    /// The direction when nothing is said: names from A, everything else from the top.
    #[must_use]
    pub fn default_direction(self) -> Direction {
        match self {
            SortKey::Title | SortKey::Creator => Direction::Ascending,
            _ => Direction::Descending,
        }
    }
}

impl Sort {
    /// This key in its usual direction.
    #[must_use]
    pub fn by(key: SortKey) -> Self {
        Self { key, direction: key.default_direction() }
    }

    /// Reads `kudos`, `>words` (ascending) or `<title` (descending), as AO3 does.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(rest) = text.strip_prefix('>') {
            return SortKey::from_name(rest.trim())
                .map(|key| Self { key, direction: Direction::Ascending });
        }
        if let Some(rest) = text.strip_prefix('<') {
            return SortKey::from_name(rest.trim())
                .map(|key| Self { key, direction: Direction::Descending });
        }
        SortKey::from_name(text).map(Self::by)
    }
}

impl std::fmt::Display for Sort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = match (self.direction == self.key.default_direction(), self.direction) {
            (true, _) => "",
            (false, Direction::Ascending) => ">",
            (false, Direction::Descending) => "<",
        };
        write!(f, "{sign}{}", self.key.name())
    }
}
