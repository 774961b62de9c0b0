//! What can be had of a member whose bytes are damaged.

use crate::item::Item;
use crate::limits::Limits;
use fanfold_model::{Finding, FindingCode};
use std::io::{self, Read};

/// The member's bytes; of a damaged one as much as can be had. An item without bytes says why there are none.
pub(super) fn member(path: &str, stream: &mut dyn Read, most: u64, limits: &Limits) -> Item {
    let unreadable = |error: io::Error| {
        let what = format!("The member could not be read: {error}.");
        Item::unreadable(path, Finding::new(FindingCode::MEMBER_UNREADABLE, what))
    };
    let mut salvage = Salvage { reader: stream, given: 0, error: None };
    let item = Item::from_stream(path, &mut salvage, most, limits);
    let given = salvage.given;
    match (salvage.error, item) {
        (_, Err(error)) => unreadable(error),
        (Some(error), Ok(_)) if given == 0 => unreadable(error),
        (_, Ok(None)) => Item::unreadable(path, super::member_too_large(most)),
        (Some(error), Ok(Some(mut item))) => {
            let what =
                format!("Only the first {given} bytes of the member could be read: {error}.");
            item.findings.push(Finding::new(FindingCode::MEMBER_UNREADABLE, what));
            item
        }
        (None, Ok(Some(item))) => item,
    }
}

/// A reader that ends where its source is damaged, and remembers why.
struct Salvage<'a> {
    reader: &'a mut dyn Read,
    given: u64,
    error: Option<io::Error>,
}

impl Read for Salvage<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.error.is_some() {
            return Ok(0);
        }
        match self.reader.read(buffer) {
            Ok(count) => {
                self.given += count as u64;
                Ok(count)
            }
            Err(error) => {
                self.error = Some(error);
                Ok(0)
            }
        }
    }
}
