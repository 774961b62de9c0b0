//! SQLite: a table of works, a table of their expanded tags, a table of their canonical tags for facets, FTS5 over title
//! and summary; one statement each for the total, the first page and the facets.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use anyhow::Context;
use fanfold_model::TagKind;
use rusqlite::{Connection, ErrorCode, Row as Found, params, params_from_iter};

use super::row::{NUMBERS, Row};
use super::statement::{self, Rarity};
use super::{Answer, PATIENCE, Reference, Reply, Size};
use crate::meter;
use crate::search::asked::Asked;

pub(super) const NAME: &str = "sqlite";

/// Read through the page cache of the system, with as much of SQLite's own as a server would be given.
const SETTINGS: &str = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; \
    PRAGMA mmap_size = 17179869184; PRAGMA temp_store = FILE;";

/// Tags are gathered unsorted and put in order once: inserting a million works' tags at random places takes far longer.
const TABLES: &str = "CREATE TABLE work_facet (work INTEGER, kind INTEGER, tag INTEGER, \
        PRIMARY KEY (work, kind, tag)) WITHOUT ROWID;
    CREATE TABLE work_tag (tag INTEGER, work INTEGER, PRIMARY KEY (tag, work)) WITHOUT ROWID;
    CREATE TEMP TABLE gathered (tag INTEGER, work INTEGER);";

const INDEXES: &str = "INSERT INTO work_tag SELECT tag, work FROM gathered ORDER BY tag, work;
    DROP TABLE gathered;
    CREATE INDEX work_kudos ON work (kudos DESC, id);
    CREATE INDEX work_updated ON work (updated DESC, id);
    CREATE INDEX work_words ON work (words);
    CREATE VIRTUAL TABLE work_text USING fts5 (title, summary, content = 'work', content_rowid = 'id');
    INSERT INTO work_text (work_text) VALUES ('rebuild');
    ANALYZE;";

/// How many steps of SQLite's machine pass between looks at the clock.
const STEPS: i32 = 10_000;

/// The database being filled.
pub(super) struct Building {
    path: PathBuf,
    database: Connection,
    insert: String,
    rarity: Rarity,
}

impl Building {
    pub(super) fn new(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join("works.sqlite");
        let database = Connection::open(&path)?;
        database.execute_batch(SETTINGS)?;
        let numbers = NUMBERS.join(" INTEGER, ");
        database.execute_batch(&format!(
            "CREATE TABLE work (id INTEGER PRIMARY KEY, title TEXT, summary TEXT, creator TEXT, language TEXT, \
             {numbers} INTEGER);"
        ))?;
        database.execute_batch(TABLES)?;
        database.execute_batch("BEGIN")?;
        let places = vec!["?"; 5 + NUMBERS.len()].join(", ");
        let insert = format!("INSERT INTO work VALUES ({places})");
        Ok(Self { path, database, insert, rarity: Rarity::default() })
    }
}

impl super::Building for Building {
    fn add(&mut self, row: &Row<'_>) -> anyhow::Result<()> {
        let work = i64::try_from(row.work.id)?;
        let mut insert = self.database.prepare_cached(&self.insert)?;
        let texts = [row.title(), row.summary(), row.creator(), row.language()];
        insert.raw_bind_parameter(1, work)?;
        for (place, text) in (2..).zip(texts) {
            insert.raw_bind_parameter(place, text)?;
        }
        for (place, number) in (6..).zip(row.numbers()) {
            insert.raw_bind_parameter(place, i64::try_from(number)?)?;
        }
        insert.raw_execute()?;
        let mut tags = self.database.prepare_cached("INSERT INTO gathered VALUES (?, ?)")?;
        for tag in &row.tags {
            tags.execute(params![i64::try_from(*tag)?, work])?;
        }
        let mut facets = self.database.prepare_cached("INSERT INTO work_facet VALUES (?, ?, ?)")?;
        for (kind, tag) in &row.facets {
            facets.execute(params![work, statement::kind_number(*kind), i64::try_from(*tag)?])?;
        }
        self.rarity.count(&row.tags);
        Ok(())
    }

    fn finish(self: Box<Self>) -> anyhow::Result<Box<dyn Reference>> {
        self.database.execute_batch(INDEXES)?;
        self.database.execute_batch("COMMIT")?;
        let started = Arc::new(Mutex::new(Instant::now()));
        let clock = Arc::clone(&started);
        let late = move || clock.lock().is_ok_and(|since| since.elapsed() > PATIENCE);
        self.database.progress_handler(STEPS, Some(late))?;
        let Self { path, database, rarity, .. } = *self;
        Ok(Box::new(Sqlite { path, database, rarity, started }))
    }
}

struct Sqlite {
    path: PathBuf,
    database: Connection,
    rarity: Rarity,
    /// When the question was asked that is being answered.
    started: Arc<Mutex<Instant>>,
}

impl Reference for Sqlite {
    fn ask(&mut self, asked: &Asked) -> anyhow::Result<Reply> {
        if let Ok(mut started) = self.started.lock() {
            *started = Instant::now();
        }
        match self.answer(asked) {
            Ok(answer) => Ok(Reply::Answer(answer)),
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) => {
                Ok(Reply::TooSlow)
            }
            Err(error) => Err(error).context("asking SQLite"),
        }
    }

    fn cpu_ns(&self) -> anyhow::Result<Option<u64>> {
        Ok(Some(meter::thread_cpu_ns()?))
    }

    fn size(&mut self) -> anyhow::Result<Size> {
        Ok(Size { bytes: std::fs::metadata(&self.path)?.len(), index_bytes: None })
    }
}

impl Sqlite {
    fn answer(&self, asked: &Asked) -> rusqlite::Result<Answer> {
        let number = |row: &Found<'_>| row.get::<_, i64>(0).map(i64::unsigned_abs);
        let statements = statement::sqlite(asked, &self.rarity);
        let total = self.rows(&statements.total, &statements.words, number)?;
        let top = self.rows(&statements.top, &statements.words, number)?;
        let facets = match &statements.facets {
            Some(facets) => self.rows(facets, &statements.words, facet)?,
            None => Vec::new(),
        };
        Ok(Answer { total: total.first().copied().unwrap_or(0), top, facets })
    }

    fn rows<T>(
        &self,
        sql: &str,
        words: &Option<String>,
        read: impl FnMut(&Found<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        let mut statement = self.database.prepare_cached(sql)?;
        statement.query_map(params_from_iter(words), read)?.collect()
    }
}

fn facet(row: &Found<'_>) -> rusqlite::Result<(TagKind, u64, u64)> {
    let kind = statement::kind_of(row.get(0)?);
    Ok((kind, row.get::<_, i64>(1)?.unsigned_abs(), row.get::<_, i64>(2)?.unsigned_abs()))
}
