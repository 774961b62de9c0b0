//! Sets of a segment's documents, as a list when they are few and as bits when they are many.

use std::sync::Arc;

use super::bits::{Bits, few};
use super::gathering::Gathering;

/// A set of documents. What is shared with the cache is not written to.
#[derive(Debug, Clone)]
pub(crate) enum Docs {
    /// Every document.
    All,
    /// Ascending.
    List(Arc<Vec<u32>>),
    Bits(Arc<Bits>),
}

impl Docs {
    pub(crate) fn none() -> Self {
        Self::list(Vec::new())
    }

    /// Documents in ascending order.
    pub(crate) fn list(list: Vec<u32>) -> Self {
        Self::List(Arc::new(list))
    }

    pub(crate) fn is_none(&self) -> bool {
        matches!(self, Self::List(list) if list.is_empty())
    }

    pub(crate) fn len(&self, docs: u32) -> u64 {
        match self {
            Self::All => u64::from(docs),
            Self::List(list) => list.len() as u64,
            Self::Bits(bits) => bits.len(),
        }
    }

    /// What is in both.
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::All, some) | (some, Self::All) => some,
            (Self::List(a), Self::List(b)) => Self::list(both(&a, &b)),
            (Self::List(list), Self::Bits(bits)) | (Self::Bits(bits), Self::List(list)) => {
                Self::List(only(list, |doc| bits.has(doc)))
            }
            (Self::Bits(a), Self::Bits(b)) => combined(a, &b, |a, b| a & b),
        }
    }

    /// What is in this and not in the other.
    pub(crate) fn minus(self, other: &Self, docs: u32) -> Self {
        match (self, other) {
            (_, Self::All) => Self::none(),
            (Self::List(list), Self::List(other)) => {
                let mut at = 0;
                Self::List(only(list, |doc| {
                    at = ahead(other, at, doc);
                    other.get(at) != Some(&doc)
                }))
            }
            (Self::List(list), Self::Bits(other)) => Self::List(only(list, |doc| !other.has(doc))),
            (some, other) => {
                combined(some.into_bits(docs), &other.clone().into_bits(docs), |a, b| a & !b)
            }
        }
    }

    /// What is in either.
    pub(crate) fn or(self, other: Self, docs: u32) -> Self {
        match (self, other) {
            (Self::All, _) | (_, Self::All) => Self::All,
            (Self::List(a), Self::List(b)) => {
                let mut gathering = Gathering::new(docs);
                gathering.take(&either(&a, &b));
                gathering.finish()
            }
            (Self::Bits(bits), Self::List(list)) | (Self::List(list), Self::Bits(bits)) => {
                let mut bits = Arc::unwrap_or_clone(bits);
                list.iter().for_each(|doc| bits.set(*doc));
                Self::Bits(Arc::new(bits))
            }
            (Self::Bits(a), Self::Bits(b)) => combined(a, &b, |a, b| a | b),
        }
    }

    /// The same in the form that is gone through fastest, for sets that are gone through several times.
    pub(crate) fn settled(self, docs: u32) -> Self {
        match self {
            Self::Bits(bits) if bits.len() <= few(docs) as u64 => Self::list(bits.list()),
            other => other,
        }
    }

    pub(crate) fn into_bits(self, docs: u32) -> Arc<Bits> {
        match self {
            Self::All => Arc::new(Bits::all(docs)),
            Self::List(list) => Arc::new(Bits::of(docs, &list)),
            Self::Bits(bits) => bits,
        }
    }

    /// Every document, ascending.
    #[inline]
    pub(crate) fn each(&self, docs: u32, mut take: impl FnMut(u32)) {
        match self {
            Self::All => (0..docs).for_each(take),
            Self::List(list) => list.iter().for_each(|doc| take(*doc)),
            Self::Bits(bits) => bits.each_some(|some| some.iter().for_each(|doc| take(*doc))),
        }
    }
}

fn combined(mut a: Arc<Bits>, b: &Bits, join: impl Fn(u64, u64) -> u64) -> Docs {
    if let Some(owned) = Arc::get_mut(&mut a) {
        owned.combine(b, join);
        return Docs::Bits(a);
    }
    Docs::Bits(Arc::new(a.combined(b, join)))
}

/// The first place at or behind `from` whose document is not before `doc`; far jumps are by doubling steps.
fn ahead(list: &[u32], from: usize, doc: u32) -> usize {
    let mut step = 1;
    let mut low = from;
    while list.get(low + step).is_some_and(|found| *found < doc) {
        low += step;
        step *= 2;
    }
    let high = (low + step).min(list.len());
    low + list.get(low..high).unwrap_or(&[]).partition_point(|found| *found < doc)
}

/// The documents of a list that a rule keeps, in place if nobody shares it. Without a branch for each document: whether it
/// stays cannot be foreseen.
pub(crate) fn only(mut list: Arc<Vec<u32>>, mut keep: impl FnMut(u32) -> bool) -> Arc<Vec<u32>> {
    let mut count = 0;
    if let Some(own) = Arc::get_mut(&mut list) {
        for at in 0..own.len() {
            let doc = own[at];
            own[count] = doc;
            count += usize::from(keep(doc));
        }
        own.truncate(count);
        return list;
    }
    let mut kept = vec![0; list.len()];
    for doc in list.iter() {
        kept[count] = *doc;
        count += usize::from(keep(*doc));
    }
    kept.truncate(count);
    Arc::new(kept)
}

fn both(a: &[u32], b: &[u32]) -> Vec<u32> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let (mut found, mut count, mut at) = (vec![0; short.len()], 0, 0);
    if short.len() < long.len() / 8 {
        for doc in short {
            at = ahead(long, at, *doc);
            found[count] = *doc;
            count += usize::from(long.get(at) == Some(doc));
        }
    } else {
        let mut from = 0;
        while let (Some(x), Some(y)) = (short.get(from), long.get(at)) {
            found[count] = *x;
            count += usize::from(x == y);
            from += usize::from(x <= y);
            at += usize::from(y <= x);
        }
    }
    found.truncate(count);
    found
}

fn either(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut joined = Vec::with_capacity(a.len() + b.len());
    let (mut at_a, mut at_b) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(at_a), b.get(at_b)) {
        joined.push(*x.min(y));
        at_a += usize::from(x <= y);
        at_b += usize::from(y <= x);
    }
    joined.extend_from_slice(&a[at_a..]);
    joined.extend_from_slice(&b[at_b..]);
    joined
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    const DOCS: u32 = 200;

    fn set(list: &BTreeSet<u32>, as_bits: bool) -> Docs {
        let list: Vec<u32> = list.iter().copied().collect();
        if as_bits { Docs::Bits(Arc::new(Bits::of(DOCS, &list))) } else { Docs::list(list) }
    }

    fn listed(docs: &Docs) -> BTreeSet<u32> {
        let mut list = Vec::new();
        docs.each(DOCS, |doc| list.push(doc));
        assert!(list.is_sorted() && list.len() as u64 == docs.len(DOCS));
        list.into_iter().collect()
    }

    proptest! {
        #[test]
        fn sets_in_any_form_behave_like_sets(
            a in prop::collection::btree_set(0..DOCS, 0..150),
            b in prop::collection::btree_set(0..DOCS, 0..150),
            forms in any::<(bool, bool)>(),
        ) {
            let (x, y) = (set(&a, forms.0), set(&b, forms.1));
            prop_assert_eq!(listed(&x.clone().and(y.clone())), &a & &b);
            prop_assert_eq!(listed(&x.clone().minus(&y, DOCS)), &a - &b);
            prop_assert_eq!(listed(&x.clone().or(y, DOCS)), &a | &b);
            prop_assert_eq!(listed(&x.clone().settled(DOCS)), a.clone());
            let all: BTreeSet<u32> = (0..DOCS).collect();
            prop_assert_eq!(listed(&Docs::All.minus(&x, DOCS)), &all - &a);
            prop_assert_eq!(listed(&Docs::All.and(x.clone())), a);
            prop_assert!(x.minus(&Docs::All, DOCS).is_none());
        }
    }
}
