//! PostgreSQL: one table of works with expanded tags as `int[]` and title and summary as `tsvector`, both under GIN, and
//! B-trees on the columns that are sorted and ranged over; facets by unnesting and grouping.
//!
//! Everything stands in a schema of its own, which is dropped when the run ends. CPU is what the kernel says of the one
//! process that serves the connection, so parallel workers are off.

use std::path::Path;

use anyhow::Context;
use fanfold_model::TagKind;
use fanfold_testkit::postgres as kit;
use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row as _};
use tokio::runtime::Runtime;

use super::row::{NUMBERS, Row};
use super::statement::{commas, kind_number, kind_of};
use super::{Answer, PATIENCE, Reference, Reply, Size};
use crate::meter;
use crate::search::asked::{Asked, By};

pub(super) const NAME: &str = "postgres";

/// What a server with a gigabyte to spare is given; used only for the one that is started here.
const SERVER_SETTINGS: [&str; 2] = ["shared_buffers=1GB", "max_wal_size=4GB"];

/// Rows are sent when so many bytes have gathered.
const CHUNK: usize = 8 << 20;

const SCHEMA: &str = "fanfold_bench";

/// The code of a statement that was ended because it took too long.
const CANCELLED: &str = "57014";

/// A connection that waits for its answers.
struct Session {
    runtime: Runtime,
    connection: PgConnection,
}

impl Session {
    /// Connects to a server, or to one that is started for this process.
    fn open(url: Option<&str>) -> anyhow::Result<Self> {
        let url = match url {
            Some(url) => url.to_owned(),
            None if kit::is_installed() => kit::server_with(&SERVER_SETTINGS).new_database(),
            None => anyhow::bail!("PostgreSQL is not installed: apt-get install postgresql"),
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let connection =
            runtime.block_on(PgConnection::connect(&url)).context("connecting to PostgreSQL")?;
        Ok(Self { runtime, connection })
    }

    fn run(&mut self, sql: String) -> sqlx::Result<()> {
        let statement = sqlx::raw_sql(AssertSqlSafe(sql));
        self.runtime.block_on(statement.execute(&mut self.connection)).map(|_| ())
    }

    /// Planned each time with its own numbers, as a filter page's statement is.
    fn rows<T>(
        &mut self,
        sql: String,
        read: impl Fn(&PgRow) -> sqlx::Result<T>,
    ) -> sqlx::Result<Vec<T>> {
        let query = sqlx::query(AssertSqlSafe(sql)).persistent(false);
        let rows = self.runtime.block_on(query.fetch_all(&mut self.connection))?;
        rows.iter().map(read).collect()
    }

    fn copy(&mut self, table: &str, rows: String) -> sqlx::Result<()> {
        let statement = format!("COPY {table} FROM STDIN");
        self.runtime.block_on(async {
            let mut copy = self.connection.copy_in_raw(&statement).await?;
            copy.send(rows.into_bytes()).await?;
            copy.finish().await.map(|_| ())
        })
    }
}

/// The tables being filled.
pub(super) struct Building {
    session: Session,
    /// Rows that were not sent yet.
    gathered: String,
    kinds: std::collections::HashMap<u64, TagKind>,
}

impl Building {
    pub(super) fn new(url: Option<&str>) -> anyhow::Result<Self> {
        let mut session = Session::open(url)?;
        let numbers = NUMBERS.join(" int, ");
        session.run(format!(
            "SET client_min_messages = warning; DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}; \
             SET search_path = {SCHEMA}; SET maintenance_work_mem = '256MB'; \
             CREATE TABLE tag (id int PRIMARY KEY, kind int); \
             CREATE TABLE work (id int PRIMARY KEY, title text, summary text, creator text, language text, \
             {numbers} int, tags int[], facets int[], \
             words_of tsvector GENERATED ALWAYS AS (to_tsvector('simple', title || ' ' || summary)) STORED)"
        ))?;
        Ok(Self { session, gathered: String::new(), kinds: std::collections::HashMap::new() })
    }

    fn send(&mut self) -> sqlx::Result<()> {
        let columns = format!(
            "work (id, title, summary, creator, language, {}, tags, facets)",
            NUMBERS.join(", ")
        );
        self.session.copy(&columns, std::mem::take(&mut self.gathered))
    }
}

impl super::Building for Building {
    fn add(&mut self, row: &Row<'_>) -> anyhow::Result<()> {
        let mut fields = vec![row.work.id.to_string()];
        let texts = [row.title(), row.summary(), row.creator(), row.language()];
        fields.extend(texts.map(escaped));
        fields.extend(row.numbers().map(|number| number.to_string()));
        let facets: Vec<u64> = row.facets.iter().map(|(_, tag)| *tag).collect();
        fields.extend([&row.tags, &facets].map(|tags| format!("{{{}}}", commas(tags))));
        self.gathered.push_str(&fields.join("\t"));
        self.gathered.push('\n');
        self.kinds.extend(row.facets.iter().map(|(kind, tag)| (*tag, *kind)));
        if self.gathered.len() > CHUNK {
            self.send()?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> anyhow::Result<Box<dyn Reference>> {
        self.send()?;
        let kinds = self.kinds.iter().map(|(tag, kind)| format!("{tag}\t{}\n", kind_number(*kind)));
        self.session.copy("tag (id, kind)", kinds.collect())?;
        for index in [
            "USING gin (tags)",
            "USING gin (words_of)",
            "(kudos DESC, id)",
            "(updated DESC, id)",
            "(words)",
        ] {
            self.session.run(format!("CREATE INDEX ON work {index}"))?;
        }
        for after in ["VACUUM ANALYZE work", "VACUUM ANALYZE tag"] {
            self.session.run(after.to_owned())?;
        }
        self.session.run(format!(
            "SET max_parallel_workers_per_gather = 0; SET jit = off; SET work_mem = '64MB'; \
             SET statement_timeout = {}",
            PATIENCE.as_millis()
        ))?;
        let backend = backend(&mut self.session)?;
        Ok(Box::new(Postgres { session: self.session, backend }))
    }
}

/// The process that serves this connection, if it is one of this machine.
fn backend(session: &mut Session) -> anyhow::Result<Option<u32>> {
    let of_socket = "SELECT pg_backend_pid(), inet_server_addr() IS NULL \
        OR inet_server_addr() = inet_client_addr()";
    let read = |row: &PgRow| Ok((row.try_get::<i32, _>(0)?, row.try_get::<Option<bool>, _>(1)?));
    let rows = session.rows(of_socket.to_owned(), read)?;
    let here = rows.first().filter(|(_, here)| *here == Some(true));
    let process = here.and_then(|(process, _)| u32::try_from(*process).ok());
    let named = |process: &u32| {
        let name =
            std::fs::read_to_string(Path::new("/proc").join(process.to_string()).join("comm"));
        name.is_ok_and(|name| name.trim().starts_with("postgres"))
    };
    Ok(process.filter(named))
}

struct Postgres {
    session: Session,
    backend: Option<u32>,
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // The server may be gone; what is left there is dropped by the next run.
        let _ = self.session.run(format!("DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"));
    }
}

impl Reference for Postgres {
    fn ask(&mut self, asked: &Asked) -> anyhow::Result<Reply> {
        match self.answer(asked) {
            Ok(answer) => Ok(Reply::Answer(answer)),
            Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some(CANCELLED) => {
                Ok(Reply::TooSlow)
            }
            Err(error) => Err(error).context("asking PostgreSQL"),
        }
    }

    fn cpu_ns(&self) -> anyhow::Result<Option<u64>> {
        // The kernel books a process's time when it falls asleep, which is a moment after its answer arrived here.
        std::thread::sleep(std::time::Duration::from_millis(1));
        self.backend.map(meter::other_cpu_ns).transpose()
    }

    fn size(&mut self) -> anyhow::Result<Size> {
        let sql = "SELECT pg_total_relation_size('work') + pg_total_relation_size('tag'), \
            pg_indexes_size('work') + pg_indexes_size('tag')";
        let rows = self.session.rows(sql.to_owned(), |row| {
            Ok((row.try_get::<i64, _>(0)?, row.try_get::<i64, _>(1)?))
        })?;
        let (all, indexes) = rows.first().copied().context("no sizes")?;
        Ok(Size { bytes: all.unsigned_abs(), index_bytes: Some(indexes.unsigned_abs()) })
    }
}

impl Postgres {
    fn answer(&mut self, asked: &Asked) -> sqlx::Result<Answer> {
        let matches = matches(asked);
        let id = |row: &PgRow| row.try_get::<i32, _>(0).map(|id| u64::from(id.unsigned_abs()));
        let count = |row: &PgRow| row.try_get::<i64, _>(0).map(i64::unsigned_abs);
        let total = self.session.rows(format!("SELECT count(*) {matches}"), count)?;
        let order = match asked.sort {
            By::Kudos => "kudos DESC, id".to_owned(),
            By::Updated => "updated DESC, id".to_owned(),
            By::Rank => format!("ts_rank(words_of, {}) DESC", words(asked)),
        };
        let top = format!("SELECT id {matches} ORDER BY {order} LIMIT 20");
        let top = self.session.rows(top, id)?;
        let facets =
            if asked.facets { self.session.rows(facets(&matches), facet)? } else { Vec::new() };
        Ok(Answer { total: total.first().copied().unwrap_or(0), top, facets })
    }
}

fn facets(matches: &str) -> String {
    format!(
        "SELECT kind, id, works FROM (SELECT tag.kind, tag.id, counted.works, row_number() OVER \
           (PARTITION BY tag.kind ORDER BY counted.works DESC, tag.id) AS place \
         FROM (SELECT unnest(facets) AS id, count(*) AS works {matches} GROUP BY 1) AS counted \
         JOIN tag ON tag.id = counted.id) AS placed WHERE place <= 10 ORDER BY kind, place"
    )
}

fn facet(row: &PgRow) -> sqlx::Result<(TagKind, u64, u64)> {
    let kind = kind_of(i64::from(row.try_get::<i32, _>(0)?));
    let tag = u64::from(row.try_get::<i32, _>(1)?.unsigned_abs());
    Ok((kind, tag, row.try_get::<i64, _>(2)?.unsigned_abs()))
}

/// From what the matches are taken, and how.
fn matches(asked: &Asked) -> String {
    let mut conditions = Vec::new();
    if !asked.include.is_empty() {
        conditions.push(format!("tags @> ARRAY[{}]", commas(&asked.include)));
    }
    if !asked.rating.is_empty() {
        conditions.push(format!("tags && ARRAY[{}]", commas(&asked.rating)));
    }
    if !asked.exclude.is_empty() {
        conditions.push(format!("NOT tags && ARRAY[{}]", commas(&asked.exclude)));
    }
    if let Some((from, to)) = asked.word_range() {
        conditions.push(format!("words BETWEEN {from} AND {to}"));
    }
    conditions
        .extend(asked.lang.as_ref().map(|language| format!("language = {}", quoted(language))));
    conditions.extend(asked.complete.map(|yes| format!("complete = {yes}")));
    if !asked.text.is_empty() {
        conditions.push(format!("words_of @@ {}", words(asked)));
    }
    match conditions.is_empty() {
        true => "FROM work".to_owned(),
        false => format!("FROM work WHERE {}", conditions.join(" AND ")),
    }
}

fn words(asked: &Asked) -> String {
    format!("plainto_tsquery('simple', {})", quoted(&asked.text.join(" ")))
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A field of a row to be copied.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('\t', "\\t");
    text.replace('\n', "\\n").replace('\r', "\\r")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_one_condition_a_kind_of_wish() {
        let asked = Asked {
            include: vec![1, 2],
            exclude: vec![3],
            text: vec!["it's".into()],
            ..Asked::default()
        };
        assert_eq!(
            matches(&asked),
            "FROM work WHERE tags @> ARRAY[1, 2] AND NOT tags && ARRAY[3] \
             AND words_of @@ plainto_tsquery('simple', 'it''s')"
        );
        assert_eq!(matches(&Asked::default()), "FROM work");
    }
}
