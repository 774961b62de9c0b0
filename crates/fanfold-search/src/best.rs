//! The best of many hits in an order, over several segments.

use std::collections::BinaryHeap;

use crate::columns::Keys;
use crate::error::IndexError;
use crate::order::{By, Cursor, CursorKey, Order};

/// The smallest (key, id) pairs offered, up to a number of them.
#[derive(Clone)]
pub(crate) struct Top {
    heap: BinaryHeap<(u64, u64)>,
    capacity: usize,
}

impl Top {
    pub(crate) fn new(capacity: usize) -> Self {
        Self { heap: BinaryHeap::new(), capacity }
    }

    /// Whether a pair with this key could still enter.
    pub(crate) fn may_take(&self, key: u64) -> bool {
        self.heap.len() < self.capacity || self.heap.peek().is_some_and(|worst| key <= worst.0)
    }

    /// The worst of them, once there are as many as are wanted.
    pub(crate) fn worst(&self) -> Option<(u64, u64)> {
        self.heap.peek().filter(|_| self.heap.len() >= self.capacity).copied()
    }

    pub(crate) fn offer(&mut self, key: u64, id: u64) {
        if self.heap.len() < self.capacity {
            self.heap.push((key, id));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && (key, id) < *worst
        {
            *worst = (key, id);
        }
    }

    pub(crate) fn into_sorted(self) -> Vec<(u64, u64)> {
        self.heap.into_sorted_vec()
    }
}

/// See the module comment.
pub(crate) struct Best {
    order: Order,
    capacity: usize,
    /// Best by numbers over all segments, or by names in the current one.
    pub(crate) top: Top,
    /// Best by names over the finished segments.
    named: Vec<(Option<String>, u64)>,
}

impl Best {
    pub(crate) fn new(order: Order, capacity: usize) -> Self {
        Self { order, capacity, top: Top::new(capacity), named: Vec::new() }
    }

    /// Takes a hit if it is good enough and stands behind the cursor; its id is asked for only then.
    #[inline]
    pub(crate) fn offer(
        &mut self,
        key: u64,
        after: Option<(u64, u64)>,
        id: impl FnOnce() -> Option<u64>,
    ) {
        if !self.top.may_take(key) || after.is_some_and(|after| key < after.0) {
            return;
        }
        let Some(id) = id() else {
            return;
        };
        if after.is_none_or(|after| (key, id) > after) {
            self.top.offer(key, id);
        }
    }

    /// Places of names are comparable inside one segment only: they become names here.
    pub(crate) fn finish_segment(&mut self, keys: &Keys) -> Result<(), IndexError> {
        if matches!(self.order.by, By::Text(_)) {
            let top = std::mem::replace(&mut self.top, Top::new(self.capacity));
            for (key, id) in top.into_sorted() {
                self.named.push((keys.name(self.order, key)?, id));
            }
        }
        Ok(())
    }

    /// The best of all, in order.
    pub(crate) fn finish(mut self) -> Vec<Cursor> {
        if matches!(self.order.by, By::Text(_)) {
            self.sort_named();
            let cursors = self.named.into_iter().map(|(name, id)| {
                let key = name.map_or(CursorKey::Nameless, CursorKey::Text);
                Cursor { key, id }
            });
            cursors.take(self.capacity).collect()
        } else {
            let sorted = self.top.into_sorted().into_iter();
            sorted.map(|(key, id)| Cursor { key: CursorKey::Number(key), id }).collect()
        }
    }

    fn sort_named(&mut self) {
        let descending = self.order.descending;
        self.named.sort_by(|(a, a_id), (b, b_id)| {
            let names = match (a, b) {
                (Some(a), Some(b)) if descending => b.cmp(a),
                (Some(a), Some(b)) => a.cmp(b),
                (a, b) => a.is_none().cmp(&b.is_none()),
            };
            names.then(a_id.cmp(b_id))
        });
    }
}
