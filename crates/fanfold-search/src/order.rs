//! Orders of a page as keys in which smaller comes first, and cursors that go on behind the last hit.
//!
//! Unknown values stand last in either direction; ties are by id, ascending. A cursor names the last hit's key and id, so
//! that paging neither skips nor repeats a work while others come and go.

use std::fmt;
use std::str::FromStr;

use fanfold_model::query::{DateField, Direction, NumberField, Sort, SortKey};

use crate::error::IndexError;
use crate::schema::{date_columns, number_column};

/// What hits are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// A column of numbers.
    Number(&'static str),
    /// A column of sortable names.
    Text(&'static str),
    /// How well the words fit.
    Score,
}

/// A sort in terms of columns.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Order {
    pub(crate) by: By,
    pub(crate) descending: bool,
}

impl From<Sort> for Order {
    fn from(sort: Sort) -> Self {
        let by = match sort.key {
            SortKey::Relevance => By::Score,
            SortKey::Title => By::Text("title_key"),
            SortKey::Creator => By::Text("creator_key"),
            SortKey::Published => By::Number(date_columns(DateField::Published).0),
            SortKey::Updated => By::Number(date_columns(DateField::Updated).0),
            SortKey::Imported => By::Number(date_columns(DateField::Imported).0),
            SortKey::Id => By::Number(number_column(NumberField::Id)),
            SortKey::Words => By::Number(number_column(NumberField::Words)),
            SortKey::Hits => By::Number(number_column(NumberField::Hits)),
            SortKey::Kudos => By::Number(number_column(NumberField::Kudos)),
            SortKey::Comments => By::Number(number_column(NumberField::Comments)),
            SortKey::Bookmarks => By::Number(number_column(NumberField::Bookmarks)),
        };
        Self { by, descending: sort.direction == Direction::Descending }
    }
}

impl Order {
    /// The key of a value: smaller comes first, unknown comes last.
    pub(crate) fn key(self, value: Option<u64>) -> u64 {
        match value {
            None => u64::MAX,
            Some(value) if self.descending => !value.saturating_add(1),
            Some(value) => value,
        }
    }

    /// The key of a score. Scores are not negative, so their bits have their order.
    pub(crate) fn score_key(self, score: f32) -> u64 {
        self.key(Some(u64::from(score.max(0.0).to_bits())))
    }

    /// The score that gave this key.
    pub(crate) fn score_of(self, key: u64) -> f32 {
        let bits = if self.descending { (!key).saturating_sub(1) } else { key };
        f32::from_bits(u32::try_from(bits).unwrap_or(0))
    }
}

/// The key of the last hit of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CursorKey {
    /// By numbers and scores.
    Number(u64),
    /// By names.
    Text(String),
    /// By names, when the work has none.
    Nameless,
}

/// A place in a list to go on behind. Prints to text for addresses, and reads back from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    pub(crate) key: CursorKey,
    pub(crate) id: u64,
}

impl Cursor {
    /// Refuses a cursor that comes from a list in an order of another sort.
    pub(crate) fn fits(&self, order: Order) -> Result<(), IndexError> {
        let named = !matches!(self.key, CursorKey::Number(_));
        if named == matches!(order.by, By::Text(_)) {
            Ok(())
        } else {
            Err(IndexError::BadCursor(self.to_string()))
        }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            CursorKey::Number(key) => write!(f, "n{key:x}.{}", self.id),
            CursorKey::Nameless => write!(f, "m.{}", self.id),
            CursorKey::Text(name) => {
                f.write_str("t")?;
                name.bytes().try_for_each(|byte| write!(f, "{byte:02x}"))?;
                write!(f, ".{}", self.id)
            }
        }
    }
}

impl FromStr for Cursor {
    type Err = IndexError;

    fn from_str(text: &str) -> Result<Self, IndexError> {
        read_cursor(text).ok_or_else(|| IndexError::BadCursor(text.chars().take(40).collect()))
    }
}

fn read_cursor(text: &str) -> Option<Cursor> {
    let (key, id) = text.split_once('.')?;
    let id = id.parse().ok()?;
    let kind = key.chars().next()?;
    let rest = &key[kind.len_utf8()..];
    let key = match kind {
        'n' => CursorKey::Number(u64::from_str_radix(rest, 16).ok()?),
        't' => CursorKey::Text(from_hex(rest)?),
        'm' if rest.is_empty() => CursorKey::Nameless,
        _ => return None,
    };
    Some(Cursor { key, id })
}

fn from_hex(text: &str) -> Option<String> {
    if text.len() > 2_048 || !text.is_ascii() || text.len() % 2 == 1 {
        return None;
    }
    let bytes = text.as_bytes().chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(pair, 16).ok()
    });
    String::from_utf8(bytes.collect::<Option<_>>()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_read_back_from_their_text_and_foreign_text_is_refused() {
        let keys = [
            CursorKey::Number(u64::MAX),
            CursorKey::Text("\u{e9}t\u{e9} \u{1f40d}".to_owned()),
            CursorKey::Nameless,
        ];
        for key in keys {
            let cursor = Cursor { key, id: 7 };
            assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
        }
        for text in ["", "n", "n1", "nxyz.1", "t0.1", "tff.1", "t\u{e9}.1", "m.-1", "\u{e9}1.1"] {
            assert!(text.parse::<Cursor>().is_err(), "{text}");
        }
    }

    #[test]
    fn unknown_values_come_last_in_both_directions() {
        for descending in [false, true] {
            let order = Order { by: By::Number("words"), descending };
            assert!(order.key(Some(0)) < order.key(None));
            assert!(order.key(Some(1 << 53)) < order.key(None));
        }
    }

    #[test]
    fn a_score_is_read_back_from_its_key() {
        for (score, descending) in [(0.0, true), (1.5, true), (12.25, false)] {
            let order = Order { by: By::Score, descending };
            assert!((order.score_of(order.score_key(score)) - score).abs() < f32::EPSILON);
        }
    }
}
