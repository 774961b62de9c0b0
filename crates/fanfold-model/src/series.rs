//! Series, links between parts, and related works.

use crate::ids::Uid;

/// A work's place in a series.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SeriesEntry {
    /// The series' uid, once the store has given it one.
    pub uid: Option<Uid>,
    /// The series' title as written.
    pub title: String,
    /// The place in the series, if stated.
    pub part: Option<u32>,
    /// How many parts the source says there are.
    pub of: Option<u32>,
    /// The series' address at its source, which is its identity.
    pub url: Option<String>,
}

/// Which way a link goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkRel {
    /// The part that follows.
    Next,
    /// The part before.
    Previous,
    /// This work is a sequel to that one.
    SequelTo,
    /// This work is a prequel to that one.
    PrequelTo,
}

impl LinkRel {
    const ALL: [Self; 4] = [Self::Next, Self::Previous, Self::SequelTo, Self::PrequelTo];

    /// The relation's name in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Next => "next",
            Self::Previous => "previous",
            Self::SequelTo => "sequel-to",
            Self::PrequelTo => "prequel-to",
        }
    }

    /// The relation with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rel| rel.as_str() == name)
    }
}

/// A stated link to another part or work ("Continued in Part 2: The Cellar").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartLink {
    /// Which way.
    pub rel: LinkRel,
    /// The part number, if stated.
    pub part: Option<u32>,
    /// The title, if stated.
    pub title: Option<String>,
    /// The address, if stated.
    pub url: Option<String>,
}

/// Another work that the source relates this one to ("Inspired by", "Translation of").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The relation in the source's words.
    pub rel: String,
    /// The other work's title.
    pub title: Option<String>,
    /// The other work's creator.
    pub creator: Option<String>,
    /// The other work's address.
    pub url: Option<String>,
}
