//! Other engines asked the same questions of the same works in the same run, built as anybody would build them: a plain
//! Tantivy index, SQLite with joins and FTS5, PostgreSQL with GIN.
//!
//! Tags are expanded when works are written, so that each engine's question is a lookup of the number that was asked for.
//! What an engine answers is held against ours by [`beside`]; an engine that is missing or fails is named and left out.

pub(crate) mod beside;
mod postgres;
mod row;
mod sqlite;
mod statement;
mod tantivy;
mod tantivy_facets;

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use fanfold_model::TagKind;

use super::asked::Asked;
use row::Row;

/// A question that takes longer is given up, where the engine can be stopped, and counted as too slow.
pub(crate) const PATIENCE: Duration = Duration::from_secs(2);

/// An engine that answers questions.
pub(crate) trait Reference {
    /// Total, first page and facets.
    ///
    /// # Errors
    /// When the engine fails. Taking too long is [`Reply::TooSlow`].
    fn ask(&mut self, asked: &Asked) -> anyhow::Result<Reply>;

    /// Nanoseconds of CPU that whoever answers has used so far; `None` where it runs on another machine.
    fn cpu_ns(&self) -> anyhow::Result<Option<u64>>;

    /// What it takes on disk.
    fn size(&mut self) -> anyhow::Result<Size>;
}

/// An engine that takes works.
trait Building {
    /// Takes a work; they come in the order of their ids.
    fn add(&mut self, row: &Row<'_>) -> anyhow::Result<()>;

    /// Makes what is needed for asking.
    fn finish(self: Box<Self>) -> anyhow::Result<Box<dyn Reference>>;
}

/// What came back.
pub(crate) enum Reply {
    Answer(Answer),
    TooSlow,
}

/// An answer in numbers.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) total: u64,
    /// Ids of the first twenty.
    pub(crate) top: Vec<u64>,
    /// Kind, canonical tag and count: the largest ten of each kind, the largest first, ties by id. Empty if not asked for.
    pub(crate) facets: Vec<(TagKind, u64, u64)>,
}

/// Bytes on disk.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Size {
    /// All of it.
    pub(crate) bytes: u64,
    /// Those of them that are indexes, where the engine tells them from its tables.
    pub(crate) index_bytes: Option<u64>,
}

/// Which engine to measure beside ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Choice {
    Tantivy,
    Sqlite,
    /// At this address, or one that is started for the run.
    Postgres(Option<String>),
}

impl FromStr for Choice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            None if text == "tantivy" => Ok(Self::Tantivy),
            None if text == "sqlite" => Ok(Self::Sqlite),
            None if text == "postgres" => Ok(Self::Postgres(None)),
            Some(("postgres", url)) if !url.is_empty() => Ok(Self::Postgres(Some(url.to_owned()))),
            _ => Err("one of tantivy, sqlite, postgres, postgres=URL".to_owned()),
        }
    }
}

impl Choice {
    fn name(&self) -> &'static str {
        match self {
            Self::Tantivy => tantivy::NAME,
            Self::Sqlite => sqlite::NAME,
            Self::Postgres(_) => postgres::NAME,
        }
    }

    fn building(&self, folder: &Path) -> anyhow::Result<Box<dyn Building>> {
        Ok(match self {
            Self::Tantivy => Box::new(tantivy::Building::new(folder)?),
            Self::Sqlite => Box::new(sqlite::Building::new(folder)?),
            Self::Postgres(url) => Box::new(postgres::Building::new(url.as_deref())?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_is_chosen_by_name_and_a_server_by_its_address() {
        assert_eq!("tantivy".parse(), Ok(Choice::Tantivy));
        assert_eq!("postgres".parse(), Ok(Choice::Postgres(None)));
        let address = "postgres://localhost/it?a=b";
        assert_eq!(
            format!("postgres={address}").parse(),
            Ok(Choice::Postgres(Some(address.to_owned())))
        );
        for wrong in ["", "lucene", "postgres=", "sqlite=file"] {
            assert!(wrong.parse::<Choice>().is_err(), "{wrong}");
        }
    }
}
