//! Documents that come one after the other, as the form that fits their number.

use std::sync::Arc;

use super::bits::{Bits, few};
use super::docs::Docs;
use crate::error::IndexError;

/// Documents in ascending order, gathered until they are many, then as bits.
pub(crate) struct Gathering {
    docs: u32,
    list: Vec<u32>,
    bits: Option<Bits>,
}

impl Gathering {
    pub(crate) fn new(docs: u32) -> Self {
        Self { docs, list: Vec::new(), bits: None }
    }

    pub(crate) fn take(&mut self, some: &[u32]) {
        if let Some(bits) = &mut self.bits {
            some.iter().for_each(|doc| bits.set(*doc));
            return;
        }
        self.list.extend_from_slice(some);
        if self.list.len() > few(self.docs) {
            self.bits = Some(Bits::of(self.docs, &self.list));
            self.list = Vec::new();
        }
    }

    pub(crate) fn finish(self) -> Docs {
        match self.bits {
            Some(bits) => Docs::Bits(Arc::new(bits)),
            None => Docs::list(self.list),
        }
    }

    /// For callers whose documents come in any order, and more than once.
    pub(crate) fn gather_in_any_order(
        docs: u32,
        fill: impl FnOnce(&mut Self) -> Result<(), IndexError>,
    ) -> Result<Docs, IndexError> {
        Ok(match Self::gather(docs, fill)? {
            Docs::List(list) => {
                let mut list = Arc::unwrap_or_clone(list);
                list.sort_unstable();
                list.dedup();
                Docs::list(list)
            }
            many => many,
        })
    }

    /// For callers that gather what can fail.
    pub(crate) fn gather(
        docs: u32,
        fill: impl FnOnce(&mut Self) -> Result<(), IndexError>,
    ) -> Result<Docs, IndexError> {
        let mut gathering = Self::new(docs);
        fill(&mut gathering)?;
        Ok(gathering.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_documents_are_gathered_as_bits_and_few_as_a_list() {
        let mut gathering = Gathering::new(256);
        gathering.take(&[1, 5]);
        assert!(matches!(gathering.finish(), Docs::List(_)));
        let mut gathering = Gathering::new(256);
        gathering.take(&[1, 5]);
        gathering.take(&[7]);
        let Docs::Bits(bits) = gathering.finish() else {
            panic!("three of 256 are many");
        };
        assert_eq!(bits.list(), [1, 5, 7]);
    }
}
