//! A set of a segment's documents as one bit each.

/// Bits of documents 0 to `docs - 1`; bits behind the last document are never set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bits {
    words: Vec<u64>,
    docs: u32,
}

/// About how many documents are handed on at once.
const SOME: usize = 64;

/// Up to how many bits of a word are looked at one by one.
const SPARSE: u32 = 6;

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

    /// Word by word with another set of the same segment, as a new set.
    pub(crate) fn combined(&self, other: &Self, join: impl Fn(u64, u64) -> u64) -> Self {
        let words = self.words.iter().zip(&other.words);
        let words = words.map(|(word, other)| join(*word, *other)).collect();
        let mut combined = Self { words, docs: self.docs };
        combined.cut();
        combined
    }

    /// Keeps only what a rule keeps: of words with many bits it is asked word by word, of others document by document.
    pub(crate) fn keep(
        &mut self,
        mut word_kept: impl FnMut(usize) -> u64,
        mut is_kept: impl FnMut(u32) -> bool,
    ) {
        for ((base, word), at) in (0_u32..).step_by(64).zip(&mut self.words).zip(0..) {
            if word.count_ones() > SPARSE {
                *word &= word_kept(at);
                continue;
            }
            let mut left = *word;
            while left != 0 {
                let place = left.trailing_zeros();
                left &= left - 1;
                *word &= !(u64::from(!is_kept(base + place)) << place);
            }
        }
    }

    /// Every document of the set, ascending, some at a time. Four bits of a word are read whether they are set or not: how
    /// many are cannot be foreseen, and a wrong guess takes longer.
    #[inline]
    pub(crate) fn each_some(&self, mut take: impl FnMut(&[u32])) {
        let mut some = [0; SOME + 64];
        let mut count = 0;
        for (base, word) in (0_u32..).step_by(64).zip(&self.words).filter(|(_, word)| **word != 0) {
            let ones = word.count_ones() as usize;
            let mut left = *word;
            for four in some[count..count + 64].chunks_exact_mut(4).take(ones.div_ceil(4)) {
                for doc in four {
                    *doc = base + left.trailing_zeros();
                    left &= left.wrapping_sub(1);
                }
            }
            count += ones;
            if count >= SOME {
                take(&some[..count]);
                count = 0;
            }
        }
        take(&some[..count]);
    }

    /// Every document, ascending.
    pub(crate) fn list(&self) -> Vec<u32> {
        let mut list = Vec::with_capacity(usize::try_from(self.len()).unwrap_or(0));
        self.each_some(|some| list.extend_from_slice(some));
        list
    }
}

/// Up to how many documents are kept as a list: one in 128. Up to one in 32 bits take more room than a list, but two sets of
/// bits are joined a word at a time.
pub(crate) fn few(docs: u32) -> usize {
    docs as usize / 128
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
