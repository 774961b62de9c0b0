//! Which canonical tag a tag that nobody has wrangled yet probably means, so that a wrangler decides with one key.
//!
//! [`Suggester`] is given the canonical tags and their known synonyms once; [`Suggester::suggest`] answers for one name
//! with the best candidates and why, and says when it is sure. It proposes and never decides.
//!
//! [`Completer`] answers while a name is being typed: infix words, slips, other names of a tag, fandoms that were chosen.
//!
//! Hard rules, held by tests: a candidate is of the same kind; `/` and `&` are never confused; "No Fluff" is never
//! "Fluff"; "Alice (Wonderland)" is never "Alice (Resident)": what stands in brackets at the end is identity.
//!
//! Pure: no files, no clock. The measures behind the rules are in `fanfold-bench wrangling`.

mod codes;
mod complete;
mod grams;
mod likeness;
mod name;
mod suggest;

pub use codes::{are_initials, is_run_together};
pub use complete::{Completer, Completion, Entry, Typed};
pub use likeness::Why;
pub use suggest::{Candidate, Known, Suggester};
