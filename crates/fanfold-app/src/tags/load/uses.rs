//! How tags are used elsewhere: works under each canonical tag, and the fandoms that most of them are of.

/// Fandoms remembered for a tag. With so few places, a fandom of more than a fifth of a tag's works is never lost.
const PLACES: usize = 4;

/// What is counted for one canonical tag.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Use {
    works: u32,
    places: [(u32, u32); PLACES],
}

impl Use {
    /// One more work.
    pub(super) fn count(&mut self) {
        self.works += 1;
    }

    /// The work is of this fandom and no other (Misra and Gries' summary).
    pub(super) fn beside(&mut self, fandom: u32) {
        if let Some(place) =
            self.places.iter_mut().find(|(own, count)| *own == fandom && *count > 0)
        {
            place.1 += 1;
        } else if let Some(place) = self.places.iter_mut().find(|(_, count)| *count == 0) {
            *place = (fandom, 1);
        } else {
            self.places.iter_mut().for_each(|(_, count)| *count -= 1);
        }
    }

    pub(super) fn works(&self) -> u64 {
        u64::from(self.works)
    }

    /// The fandoms that stand out, with at least how many works.
    pub(super) fn fandoms(&self) -> impl Iterator<Item = (u32, u64)> {
        let least = (self.works / 50).max(1);
        let found = self.places.into_iter().filter(move |(_, count)| *count >= least);
        found.map(|(fandom, count)| (fandom, u64::from(count)))
    }
}

#[cfg(test)]
mod tests {
    use super::Use;

    #[test]
    fn the_fandom_of_most_works_is_kept_among_many_others() {
        let mut own = Use::default();
        for work in 0..1_000_u32 {
            own.count();
            own.beside(if work % 3 == 0 { 100 + work } else { 7 });
        }
        let found: Vec<(u32, u64)> = own.fandoms().collect();
        assert!(found.iter().any(|(fandom, works)| *fandom == 7 && *works > 300), "{found:?}");
        assert_eq!(own.works(), 1_000);
    }
}
