//! The few statements that the engines do not share. Everything else is one text for both.

/// A write on SQLite takes the lock at once; upgrading a read later could fail half way.
pub(crate) const BEGIN_WRITE_SQLITE: &str = "BEGIN IMMEDIATE";
/// A page on PostgreSQL sees one moment.
pub(crate) const BEGIN_READ_POSTGRES: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

pub(crate) const HAS_META_SQLITE: &str =
    "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'meta'";
pub(crate) const HAS_META_POSTGRES: &str = "SELECT COUNT(*) FROM information_schema.tables \
     WHERE table_schema = current_schema() AND table_name = 'meta'";
/// "fanf" as a number; any constant does, as long as it is ours.
pub(crate) const LOCK_MIGRATION_POSTGRES: &str = "SELECT pg_advisory_xact_lock(1717661286)";

pub(crate) const INTEGRITY_SQLITE: &str = "PRAGMA integrity_check";
pub(crate) const FOREIGN_KEYS_SQLITE: &str = "PRAGMA foreign_key_check";

/// Both engines: a copy goes only into a library in which nothing was ever done.
pub(crate) const IN_USE: &str = "SELECT (SELECT COUNT(*) FROM imports) + \
     (SELECT COUNT(*) FROM works) + (SELECT COUNT(*) FROM tombstones)";
/// Both engines: the library's format number.
pub(crate) const FORMAT: &str = "SELECT CAST(value AS BIGINT) FROM meta WHERE key = 'format'";

pub(crate) const COPY_SQLITE: &str = "VACUUM INTO $1";
pub(crate) const ATTACH_SQLITE: &str = "ATTACH DATABASE $1 AS copy";
pub(crate) const COPY_FORMAT_SQLITE: &str =
    "SELECT CAST(value AS INTEGER) FROM copy.meta WHERE key = 'format'";
pub(crate) const DEFER_KEYS_SQLITE: &str = "PRAGMA defer_foreign_keys = ON";

// The names of tables below come from one list of this crate, never from outside.

/// SQLite: a table's rows out of the attached copy.
pub(crate) fn take_over(table: &str) -> String {
    format!("DELETE FROM main.{table}; INSERT INTO main.{table} SELECT * FROM copy.{table};")
}

/// PostgreSQL: a table's rows as text.
pub(crate) fn copy_out(table: &str) -> String {
    format!("COPY {table} TO STDOUT")
}

/// PostgreSQL: a table's rows from text.
pub(crate) fn copy_in(table: &str) -> String {
    format!("COPY {table} FROM STDIN")
}

/// PostgreSQL: an emptied table.
pub(crate) fn clear(table: &str) -> String {
    format!("DELETE FROM {table}")
}
