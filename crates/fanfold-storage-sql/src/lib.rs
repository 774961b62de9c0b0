//! The only crate that knows SQL: SQLite and PostgreSQL with one set of statements, and the blob store.
