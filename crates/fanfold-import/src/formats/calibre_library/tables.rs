//! The tables of an SQLite file by their names and columns, as the statements that made them say.

use super::sqlite::{Sqlite, Value};
use std::collections::HashMap;

/// A table's place and columns.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Table {
    root: u64,
    /// Column names in lower case, in order.
    columns: Vec<String>,
    /// The column that is the row's number and stands in no row.
    key: Option<usize>,
}

/// All tables of a file.
pub(super) struct Tables<'a> {
    file: Sqlite<'a>,
    tables: HashMap<String, Table>,
    /// Whether some rows could not be read.
    pub(super) damaged: bool,
}

impl<'a> Tables<'a> {
    /// Reads the list of tables.
    pub(super) fn of(file: Sqlite<'a>) -> Self {
        let mut tables = HashMap::new();
        let whole = file.rows(1, &mut |_, values| {
            let [Value::Text(kind), Value::Text(name), _, Value::Integer(root), Value::Text(sql)] =
                values.as_slice()
            else {
                return;
            };
            if let (true, Ok(root)) = (kind == "table", u64::try_from(*root)) {
                let (columns, key) = columns(sql);
                tables.insert(name.to_lowercase(), Table { root, columns, key });
            }
        });
        Self { file, tables, damaged: !whole }
    }

    /// Whether there is such a table.
    pub(super) fn has(&self, name: &str) -> bool {
        self.tables.contains_key(name)
    }

    /// Rows of a table, each with the wanted columns in the wanted order; a column that it does not have is NULL.
    pub(super) fn rows(&mut self, name: &str, wanted: &[&str]) -> Vec<Vec<Value>> {
        let Some(table) = self.tables.get(name) else { return Vec::new() };
        let places: Vec<Option<usize>> = wanted
            .iter()
            .map(|name| table.columns.iter().position(|column| column == name))
            .collect();
        let mut rows = Vec::new();
        let whole = self.file.rows(table.root, &mut |id, values| {
            if rows.len() >= MOST_ROWS {
                return;
            }
            let value = |place: &Option<usize>| {
                let place = (*place)?;
                let is_key = table.key == Some(place);
                if is_key { Some(Value::Integer(id)) } else { values.get(place).cloned() }
            };
            rows.push(places.iter().map(|place| value(place).unwrap_or(Value::Null)).collect());
        });
        self.damaged |= !whole;
        rows
    }
}

/// Rows of one table that are read: the largest libraries have a tenth of that.
const MOST_ROWS: usize = 5_000_000;

/// Names of the columns in a CREATE TABLE statement, and which of them is the row's number.
fn columns(sql: &str) -> (Vec<String>, Option<usize>) {
    let inside = sql.split_once('(').map_or("", |(_, inside)| inside);
    let (mut depth, mut piece, mut pieces) = (0_usize, String::new(), Vec::new());
    for c in inside.chars() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => break,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                pieces.push(std::mem::take(&mut piece));
                continue;
            }
            _ => {}
        }
        piece.push(c);
    }
    pieces.push(piece);
    let (mut names, mut key) = (Vec::new(), None);
    for piece in &pieces {
        let mut words = piece.split_whitespace();
        let name = words.next().unwrap_or_default().trim_matches(['"', '`', '[', ']', '\'']);
        let upper = name.to_uppercase();
        let is_rule = ["UNIQUE", "PRIMARY", "FOREIGN", "CHECK", "CONSTRAINT"]
            .iter()
            .any(|rule| upper == *rule || upper.starts_with(&format!("{rule}(")));
        if name.is_empty() || is_rule {
            continue;
        }
        let rest = words.collect::<Vec<_>>().join(" ").to_uppercase();
        if rest.starts_with("INTEGER PRIMARY KEY") {
            key = Some(names.len());
        }
        names.push(name.to_lowercase());
    }
    (names, key)
}

#[cfg(test)]
mod tests {
    use super::columns;

    #[test]
    fn columns_are_told_from_the_rules_of_a_table() {
        let sql = "CREATE TABLE books ( id INTEGER PRIMARY KEY AUTOINCREMENT,\n title TEXT NOT NULL DEFAULT 'Unknown' COLLATE NOCASE, \"series_index\" REAL NOT NULL DEFAULT 1.0, CHECK(a, b), UNIQUE(title))";
        assert_eq!(
            columns(sql),
            (vec!["id".to_owned(), "title".to_owned(), "series_index".to_owned()], Some(0))
        );
        assert_eq!(columns("CREATE TABLE x"), (Vec::new(), None));
    }
}
