//! A set of a segment's documents as one bit each.

/// Bits of documents 0 to `docs - 1`; bits behind the last document are never set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bits {
    words: Vec<u64>,
    docs: u32,
}

impl Bits {
    pub(crate) fn none(docs: u32) -> Self {
        Self { words: vec![0; docs.div_ceil(64) as usize], docs }
    }

    pub(crate) fn all(docs: u32) -> Self {
        let mut bits = Self { words: vec![u64::MAX; docs.div_ceil(64) as usize], docs };
        bits.cut();
        bits
    }

    /// The bits of some documents; those that the segment does not have are left out.
    pub(crate) fn of(docs: u32, list: &[u32]) -> Self {
        let mut bits = Self::none(docs);
        list.iter().for_each(|doc| bits.set(*doc));
        bits
    }

    /// Words whose bits come from a rule: called with the number of each word.
    pub(crate) fn by_word(docs: u32, word: impl FnMut(usize) -> u64) -> Self {
        let mut bits = Self { words: (0..docs.div_ceil(64) as usize).map(word).collect(), docs };
        bits.cut();
        bits
    }

    fn cut(&mut self) {
        if let (Some(last), used @ 1..) = (self.words.last_mut(), self.docs % 64) {
            *last &= (1 << used) - 1;
        }
    }

    #[inline]
    pub(crate) fn set(&mut self, doc: u32) {
        if let (Some(word), true) = (self.words.get_mut(doc as usize / 64), doc < self.docs) {
            *word |= 1 << (doc % 64);
        }
    }

    #[inline]
    pub(crate) fn has(&self, doc: u32) -> bool {
        self.words.get(doc as usize / 64).is_some_and(|word| word >> (doc % 64) & 1 == 1)
    }

    pub(crate) fn bytes(&self) -> usize {
        self.words.len() * 8
    }

    pub(crate) fn len(&self) -> u64 {
        self.words.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// Word by word with another set of the same segment.
    pub(crate) fn combine(&mut self, other: &Self, join: impl Fn(u64, u64) -> u64) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word = join(*word, *other);
        }
        self.cut();
    }

    /// Keeps only what a rule keeps of each word that has any bit.
    pub(crate) fn keep(&mut self, mut kept: impl FnMut(usize) -> u64) {
        for (at, word) in self.words.iter_mut().enumerate().filter(|(_, word)| **word != 0) {
            *word &= kept(at);
        }
    }

    /// Every document of the set, ascending.
    #[inline]
    pub(crate) fn each(&self, mut take: impl FnMut(u32)) {
        for (base, word) in (0_u32..).step_by(64).zip(&self.words) {
            let mut left = *word;
            while left != 0 {
                take(base + left.trailing_zeros());
                left &= left - 1;
            }
        }
    }

    #[cfg(test)]
    pub(crate) fn list(&self) -> Vec<u32> {
        let mut list = Vec::with_capacity(usize::try_from(self.len()).unwrap_or(0));
        self.each(|doc| list.push(doc));
        list
    }
}

/// Up to how many documents a list is smaller and faster than bits: one in 32, where both take the same room.
pub(crate) fn few(docs: u32) -> usize {
    docs as usize / 32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_behind_the_last_document_are_never_set() {
        for docs in [0_u32, 1, 63, 64, 65, 130] {
            assert_eq!(Bits::all(docs).len(), u64::from(docs));
            let mut bits = Bits::none(docs);
            bits.set(docs);
            bits.combine(&Bits::none(docs), |a, b| !(a | b));
            assert_eq!(bits, Bits::all(docs));
            assert!(!bits.has(docs) && !bits.has(u32::MAX));
        }
    }
}
