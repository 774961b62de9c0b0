//! The names of each fandom, in the order of their use.

use super::Entry;

/// Names by fandom: those that belong to it, and those whose canonical name does.
#[derive(Debug, Default)]
pub(super) struct NamesOfFandoms {
    /// Fandoms in order.
    fandoms: Vec<u64>,
    /// Where the names of each end in `names`.
    ends: Vec<u32>,
    names: Vec<u32>,
}

impl NamesOfFandoms {
    /// Takes all names in the order of their use; `number_of` finds a tag's place among them.
    pub(super) fn of(entries: &[Entry], number_of: impl Fn(u64) -> Option<u32>) -> Self {
        let mut pairs: Vec<(u64, u32)> = Vec::new();
        for (number, entry) in (0_u32..).zip(entries) {
            let canonical = entry.means.and_then(&number_of);
            let canonical = canonical.and_then(|number| entries.get(number as usize));
            let others = canonical.map_or(&[][..], |canonical| canonical.fandoms.as_slice());
            pairs.extend(entry.fandoms.iter().chain(others).map(|fandom| (*fandom, number)));
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut own = Self::default();
        for of_one in pairs.chunk_by(|(a, _), (b, _)| a == b) {
            own.fandoms.extend(of_one.first().map(|(fandom, _)| *fandom));
            own.names.extend(of_one.iter().map(|(_, number)| *number));
            own.ends.push(u32::try_from(own.names.len()).unwrap_or(u32::MAX));
        }
        own
    }

    fn of_one(&self, fandom: u64) -> &[u32] {
        let Ok(place) = self.fandoms.binary_search(&fandom) else {
            return &[];
        };
        let end_of = |place: usize| self.ends.get(place).map_or(0, |end| *end as usize);
        let start = place.checked_sub(1).map_or(0, end_of);
        self.names.get(start..end_of(place)).unwrap_or_default()
    }

    /// The names of some fandoms, the most used first, each once.
    pub(super) fn names(&self, fandoms: &[u64]) -> Vec<u32> {
        let mut names: Vec<u32> =
            fandoms.iter().flat_map(|fandom| self.of_one(*fandom)).copied().collect();
        if fandoms.len() > 1 {
            names.sort_unstable();
            names.dedup();
        }
        names
    }

    /// Whether a name belongs to one of these fandoms.
    pub(super) fn has(&self, fandoms: &[u64], name: u32) -> bool {
        fandoms.iter().any(|fandom| self.of_one(*fandom).binary_search(&name).is_ok())
    }
}
