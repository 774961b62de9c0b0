//! A dump of a MySQL database as a stream of rows, without a database.
//!
//! Every maker's habits are read: phpMyAdmin, mysqldump, hosting panels, eFiction's own backup (no column list, double
//! quotes). Statements that bring no rows are passed over, whatever they say; nothing is run. A statement that breaks
//! off or makes no sense is told with its place, and reading goes on at the next line that begins like a statement or like a row.

mod scanner;
mod value;

use scanner::Scanner;
use std::io::{self, Read};
use std::sync::Arc;
pub(crate) use value::Cell;

/// Columns of a table, in lower case.
pub(crate) type Columns = Arc<[String]>;

/// What a dump holds.
#[derive(Debug, PartialEq)]
pub(crate) enum Event {
    /// What follows belongs to this database.
    Database(String),
    /// A table and its columns.
    Table(String, Columns),
    /// A row.
    Row(Row),
    /// What could not be read, and where it begins.
    Broken(u64, &'static str),
}

/// A row as it stands in the dump.
#[derive(Debug, PartialEq)]
pub(crate) struct Row {
    /// The table's name as written, without its database.
    pub(crate) table: Arc<str>,
    /// The columns that the statement names.
    pub(crate) columns: Option<Columns>,
    /// The values.
    pub(crate) cells: Vec<Cell>,
    /// Where the row's parenthesis stands.
    pub(crate) start: u64,
    /// Where the row ends.
    pub(crate) end: u64,
}

/// The longest row that is taken into memory.
const MOST_ROW: u64 = 64 << 20;

/// Reads a dump.
pub(crate) struct Dump<R> {
    scanner: Scanner<R>,
    /// The statement whose rows are being read.
    open: Option<(Arc<str>, Option<Columns>)>,
}

impl<R: Read> Dump<R> {
    /// A dump from its beginning.
    pub(crate) fn new(reader: R) -> Self {
        Self { scanner: Scanner::new(reader), open: None }
    }

    /// What comes next; `None` at the end.
    ///
    /// # Errors
    /// If the bytes cannot be had.
    pub(crate) fn next(&mut self) -> io::Result<Option<Event>> {
        loop {
            if let Some((table, columns)) = self.open.clone() {
                match self.row(&table, columns)? {
                    Some(event) => return Ok(Some(event)),
                    None => self.open = None,
                }
            }
            self.scanner.skip_space()?;
            if self.scanner.peek()?.is_none() {
                return Ok(None);
            }
            if let Some(event) = self.statement()? {
                return Ok(Some(event));
            }
        }
    }

    fn statement(&mut self) -> io::Result<Option<Event>> {
        let start = self.scanner.at();
        let word = self.scanner.word()?.to_ascii_uppercase();
        match word.as_str() {
            "INSERT" | "REPLACE" => self.insert(start),
            "CREATE" => self.create(start),
            "USE" => {
                self.scanner.skip_space()?;
                let name = self.scanner.name()?;
                self.scanner.skip_statement()?;
                Ok(Some(Event::Database(name)))
            }
            "DELIMITER" => {
                self.scanner.skip_routines()?;
                Ok(None)
            }
            _ => {
                self.scanner.skip_statement()?;
                Ok(None)
            }
        }
    }

    fn insert(&mut self, start: u64) -> io::Result<Option<Event>> {
        let name = loop {
            self.scanner.skip_space()?;
            let word = self.scanner.name()?;
            let noise = ["LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "INTO"];
            if word.is_empty() || !noise.contains(&word.to_ascii_uppercase().as_str()) {
                break word;
            }
        };
        self.scanner.skip_space()?;
        let mut columns = None;
        if self.scanner.peek()? == Some(b'(') {
            columns = Some(self.names()?.into());
            self.scanner.skip_space()?;
        }
        let word = self.scanner.word()?.to_ascii_uppercase();
        if name.is_empty() || !matches!(word.as_str(), "VALUES" | "VALUE") {
            self.scanner.skip_statement()?;
            return Ok(Some(Event::Broken(start, "a statement that brings rows cannot be read")));
        }
        self.open = Some((name.into(), columns));
        Ok(None)
    }

    /// The next row of the open statement; `None` at the statement's end.
    fn row(&mut self, table: &Arc<str>, columns: Option<Columns>) -> io::Result<Option<Event>> {
        loop {
            self.scanner.skip_space()?;
            match self.scanner.peek()? {
                Some(b',') => drop(self.scanner.take()?),
                Some(b'(') => break,
                Some(b';') => {
                    self.scanner.take()?;
                    return Ok(None);
                }
                None => return Ok(None),
                // "ON DUPLICATE KEY UPDATE …", or a statement that lost its semicolon.
                Some(_) => return Ok(None),
            }
        }
        let start = self.scanner.at();
        match value::row(&mut self.scanner, MOST_ROW)? {
            Ok(cells) => {
                let (table, end) = (table.clone(), self.scanner.at());
                Ok(Some(Event::Row(Row { table, columns, cells, start, end })))
            }
            Err(why) => {
                if !self.scanner.skip_damage()? {
                    self.open = None;
                }
                Ok(Some(Event::Broken(start, why)))
            }
        }
    }

    fn create(&mut self, start: u64) -> io::Result<Option<Event>> {
        self.scanner.skip_space()?;
        let mut word = self.scanner.word()?.to_ascii_uppercase();
        if word == "TEMPORARY" {
            self.scanner.skip_space()?;
            word = self.scanner.word()?.to_ascii_uppercase();
        }
        if word != "TABLE" {
            self.scanner.skip_statement()?;
            return Ok(None);
        }
        let name = loop {
            self.scanner.skip_space()?;
            let word = self.scanner.name()?;
            if !["IF", "NOT", "EXISTS"].contains(&word.to_ascii_uppercase().as_str()) {
                break word;
            }
        };
        self.scanner.skip_space()?;
        if name.is_empty() || self.scanner.peek()? != Some(b'(') {
            self.scanner.skip_statement()?;
            return Ok(Some(Event::Broken(start, "a table's definition cannot be read")));
        }
        let columns = self.definitions()?;
        self.scanner.skip_statement()?;
        Ok(Some(Event::Table(name, columns.into())))
    }

    /// The names in a list of columns.
    fn names(&mut self) -> io::Result<Vec<String>> {
        self.scanner.take()?;
        let mut names = Vec::new();
        loop {
            self.scanner.skip_space()?;
            match self.scanner.peek()? {
                Some(b')') => {
                    self.scanner.take()?;
                    return Ok(names);
                }
                Some(b',') => drop(self.scanner.take()?),
                Some(_) => {
                    let name = self.scanner.name()?.to_ascii_lowercase();
                    if name.is_empty() {
                        self.scanner.take()?;
                    } else {
                        names.push(name);
                    }
                }
                None => return Ok(names),
            }
        }
    }

    /// The columns among a table's definitions; keys are none.
    fn definitions(&mut self) -> io::Result<Vec<String>> {
        const NO_COLUMNS: [&str; 9] = [
            "PRIMARY",
            "KEY",
            "UNIQUE",
            "INDEX",
            "FULLTEXT",
            "CONSTRAINT",
            "FOREIGN",
            "CHECK",
            "SPATIAL",
        ];
        self.scanner.take()?;
        let mut columns = Vec::new();
        loop {
            self.scanner.skip_space()?;
            let quoted = self.scanner.peek()? == Some(b'`');
            let name = self.scanner.name()?;
            let is_key = !quoted && NO_COLUMNS.contains(&name.to_ascii_uppercase().as_str());
            if !name.is_empty() && !is_key {
                columns.push(name.to_ascii_lowercase());
            }
            if !self.scanner.skip_definition()? {
                return Ok(columns);
            }
        }
    }
}

/// The values of the row that stands in these bytes.
pub(crate) fn cells_of(bytes: &[u8]) -> Option<Vec<Cell>> {
    value::row(&mut Scanner::new(bytes), MOST_ROW).ok()?.ok()
}

#[cfg(test)]
mod tests;
