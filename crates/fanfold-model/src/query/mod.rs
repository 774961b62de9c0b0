//! The query language: text to tree and back, the same in the search box, the command line, the API, feeds and saved
//! filters. Pure: relative dates stay relative until a caller says which day it is.
//!
//! Rules come from the published contract (query language) and from the habits of AO3's search box. In short: words are
//! ANDed, `OR` binds tighter than the implied AND, `-` or `NOT` excludes, quotes ask for exact words in a row, `word*`
//! asks for a beginning, `field:value` narrows, `field:(a OR b)` spreads the field over a group. `AND`, `OR`, `NOT` and
//! field names count in any case; `"or"` or `\or` is the word itself.
//!
//! ```
//! use fanfold_model::query::parse;
//! let query = parse("treasure words>1000 -warning:\"Major Character Death\" sort:kudos").unwrap();
//! assert_eq!(query.to_string(), "treasure words:>=1001 -warning:\"Major Character Death\" sort:kudos");
//! assert_eq!(parse("a b OR c").unwrap(), parse("a (b OR c)").unwrap());
//! let error = parse("words:many").unwrap_err();
//! assert_eq!(error.column, 7);
//! ```

mod ast;
mod dates;
mod error;
mod fields;
pub mod fuzz;
mod nearest;
mod numbers;
mod parser;
mod print;
mod scan;
mod sort;
#[cfg(test)]
mod tests;

pub use ast::{Flag, Node, NumberField, NumberRange, Query, TagKey, TextField, TextMatch};
pub use dates::{Ago, AgoUnit, DateField, DateRange, DaySpan};
pub use error::QueryError;
pub use parser::parse;
pub use sort::{Direction, Sort, SortKey};

/// Longest query text that is read, in characters.
pub const MAX_LENGTH: usize = 8_192;
/// Most conditions one query may hold.
pub const MAX_TERMS: usize = 512;
/// Deepest nesting of parentheses and exclusions.
pub const MAX_DEPTH: usize = 32;
