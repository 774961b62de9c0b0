//! Values that go into statements and rows that come out, the same for every arm.

use fanfold_storage::{Result, StorageError};

/// A bound value. Nulls keep their type, because PostgreSQL wants to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Val {
    Int(Option<i64>),
    Text(Option<String>),
    Bytes(Vec<u8>),
}

macro_rules! from {
    ($($type:ty, $value:ident => $made:expr;)*) => {
        $(impl From<$type> for Val {
            fn from($value: $type) -> Self {
                $made
            }
        })*
    };
}

from! {
    i64, value => Self::Int(Some(value));
    Option<i64>, value => Self::Int(value);
    u32, value => Self::Int(Some(i64::from(value)));
    Option<u32>, value => Self::Int(value.map(i64::from));
    bool, value => Self::Int(Some(i64::from(value)));
    &str, value => Self::Text(Some(value.to_owned()));
    String, value => Self::Text(Some(value));
    &String, value => Self::Text(Some(value.clone()));
    Option<String>, value => Self::Text(value);
    Option<&str>, value => Self::Text(value.map(str::to_owned));
    Vec<u8>, value => Self::Bytes(value);
    u64, value => Self::Int(Some(i64::try_from(value).unwrap_or(i64::MAX)));
}

/// Binds values of different types in order.
macro_rules! vals {
    ($($value:expr),* $(,)?) => {
        vec![$($crate::db::Val::from($value)),*]
    };
}
pub(crate) use vals;

/// A list of numbers as one value, for `json_each`.
pub(crate) fn int_list(numbers: impl IntoIterator<Item = i64>) -> Val {
    let numbers: Vec<i64> = numbers.into_iter().collect();
    Val::from(serde_json::Value::from(numbers).to_string())
}

/// A list of texts as one value, for `json_each`.
pub(crate) fn text_list<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Val {
    let texts: Vec<String> = texts.into_iter().map(Into::into).collect();
    Val::from(serde_json::Value::from(texts).to_string())
}

/// One cell of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A row, read by column number; every cell is taken once.
#[derive(Debug)]
pub(crate) struct Row(pub(crate) Vec<Cell>);

impl Row {
    pub(crate) fn int(&self, column: usize) -> Result<i64> {
        self.int_or_null(column)?.ok_or_else(|| wrong(column, "is null"))
    }

    pub(crate) fn int_or_null(&self, column: usize) -> Result<Option<i64>> {
        match self.0.get(column) {
            Some(Cell::Int(number)) => Ok(Some(*number)),
            Some(Cell::Null) => Ok(None),
            _ => Err(wrong(column, "is not a number")),
        }
    }

    pub(crate) fn flag(&self, column: usize) -> Result<bool> {
        Ok(self.int(column)? != 0)
    }

    pub(crate) fn small(&self, column: usize) -> Result<u32> {
        u32::try_from(self.int(column)?).map_err(|_| wrong(column, "is out of range"))
    }

    pub(crate) fn small_or_null(&self, column: usize) -> Result<Option<u32>> {
        let number = self.int_or_null(column)?;
        number
            .map(|number| u32::try_from(number).map_err(|_| wrong(column, "is out of range")))
            .transpose()
    }

    pub(crate) fn count(&self, column: usize) -> Result<u64> {
        u64::try_from(self.int(column)?).map_err(|_| wrong(column, "is negative"))
    }

    pub(crate) fn text(&mut self, column: usize) -> Result<String> {
        self.text_or_null(column)?.ok_or_else(|| wrong(column, "is null"))
    }

    pub(crate) fn text_or_null(&mut self, column: usize) -> Result<Option<String>> {
        match self.0.get_mut(column) {
            Some(Cell::Text(text)) => Ok(Some(std::mem::take(text))),
            Some(Cell::Null) => Ok(None),
            _ => Err(wrong(column, "is not a text")),
        }
    }

    pub(crate) fn bytes(&mut self, column: usize) -> Result<Vec<u8>> {
        match self.0.get_mut(column) {
            Some(Cell::Bytes(bytes)) => Ok(std::mem::take(bytes)),
            _ => Err(wrong(column, "holds no bytes")),
        }
    }

    /// A text in a closed form (uid, hash, kind), read by this function.
    pub(crate) fn parsed<T>(
        &mut self,
        column: usize,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T> {
        let text = self.text(column)?;
        read(&text).ok_or_else(|| wrong(column, &format!("holds `{text}`, which has no meaning")))
    }
}

fn wrong(column: usize, reason: &str) -> StorageError {
    StorageError::Damaged { what: format!("column {column} of a row"), reason: reason.to_owned() }
}
