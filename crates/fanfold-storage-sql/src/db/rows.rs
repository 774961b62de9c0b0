//! Many rows in few statements.
//!
//! A statement per row costs a thread hop (SQLite) or a round trip (PostgreSQL) each. The number of
//! rows of a statement is always one of four, so that the texts stay few and their plans are kept.

use super::conn::{Arm, Conn};
use super::value::Val;
use fanfold_storage::Result;

const SIZES: [usize; 4] = [128, 16, 4, 1];

/// A statement over many rows: `head VALUES (…), (…) tail`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Insert {
    /// Up to and without `VALUES`.
    pub(crate) head: &'static str,
    /// Values in a row.
    pub(crate) width: usize,
    /// What comes after the rows.
    pub(crate) tail: &'static str,
}

impl Insert {
    /// A plain insert.
    pub(crate) const fn new(head: &'static str, width: usize) -> Self {
        Self { head, width, tail: "" }
    }

    /// With this behind the rows.
    pub(crate) const fn then(self, tail: &'static str) -> Self {
        Self { tail, ..self }
    }

    /// The statement's text for so many rows, its values called by this mark and their numbers.
    pub(crate) fn text(&self, rows: usize, mark: char) -> String {
        let mut text = format!("{} VALUES ", self.head);
        for row in 0..rows {
            text.push_str(if row == 0 { "(" } else { ", (" });
            for column in 0..self.width {
                let comma = if column == 0 { "" } else { ", " };
                text.push_str(&format!("{comma}{mark}{}", row * self.width + column + 1));
            }
            text.push(')');
        }
        text.push(' ');
        text.push_str(self.tail);
        text
    }
}

impl Conn {
    /// Runs the statement over all rows.
    pub(crate) async fn insert(&mut self, insert: &Insert, rows: Vec<Vec<Val>>) -> Result<()> {
        // SQLite takes `$1` for a name, and each value is looked for among all names: a fourteenth of an import.
        let mark = if matches!(self.arm, Arm::Postgres(_)) { '$' } else { '?' };
        let mut left = rows.len();
        let mut rows = rows.into_iter();
        for size in SIZES {
            if left < size {
                continue;
            }
            let text = insert.text(size, mark);
            while left >= size {
                let values: Vec<Val> = rows.by_ref().take(size).flatten().collect();
                debug_assert_eq!(values.len(), size * insert.width, "{}", insert.head);
                self.execute_made(&text, values).await?;
                left -= size;
            }
        }
        Ok(())
    }
}
