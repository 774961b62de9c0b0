//! Canonical forms of the tags that works carry. The index holds what was written on works and nothing of what it means:
//! that is asked of the tag graph and remembered until the graph says that it changed, so a decision about a tag with a
//! million works is in force with the next question, and no work has to be indexed again for it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::error::IndexError;

/// What the tag graph knows of tags. Asked from threads that may wait.
pub trait TagGraph: Send + Sync {
    /// Grows whenever a tag may have another canonical form than before.
    fn version(&self) -> u64;

    /// Those of these tags that are synonyms, each with its canonical form.
    ///
    /// # Errors
    /// When the graph cannot be read; what is said goes to the one who searched.
    fn canonical(&self, tags: &[u64]) -> Result<Vec<(u64, u64)>, String>;

    /// Of these canonical tags each with every tag above it, at any depth.
    ///
    /// # Errors
    /// As for [`TagGraph::canonical`].
    fn above(&self, tags: &[u64]) -> Result<Vec<(u64, u64)>, String>;

    /// Tags whose canonical form may have changed after a version; `None` when it may be any.
    ///
    /// # Errors
    /// As for [`TagGraph::canonical`].
    fn changed_since(&self, version: u64) -> Result<Option<Vec<u64>>, String>;
}

/// Every tag stands for itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoGraph;

impl TagGraph for NoGraph {
    fn version(&self) -> u64 {
        0
    }

    fn canonical(&self, _tags: &[u64]) -> Result<Vec<(u64, u64)>, String> {
        Ok(Vec::new())
    }

    fn above(&self, _tags: &[u64]) -> Result<Vec<(u64, u64)>, String> {
        Ok(Vec::new())
    }

    fn changed_since(&self, _version: u64) -> Result<Option<Vec<u64>>, String> {
        Ok(Some(Vec::new()))
    }
}

/// Canonical forms of synonyms; every other tag is its own.
pub(crate) type Forms = Arc<HashMap<u64, u64>>;

/// What a tag is counted as.
pub(crate) fn form_of(forms: &HashMap<u64, u64>, tag: u64) -> u64 {
    forms.get(&tag).copied().unwrap_or(tag)
}

/// So many tags that came to mean something else are told one by one; of more, whoever counts begins anew.
const TOLD: usize = 50_000;

/// What came to mean something else since somebody last looked.
pub(crate) struct Changed {
    /// As [`Canonical::refresh`] numbers it.
    pub(crate) meanings: u64,
    /// The tags.
    pub(crate) moved: Vec<Moved>,
    /// What each of them was and is counted as, with every tag that was asked about and is counted as it now, ascending.
    pub(crate) families: BTreeMap<u64, Vec<u64>>,
}

/// A tag, as works carry it, that was counted as one and is counted as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moved {
    pub(crate) tag: u64,
    pub(crate) from: u64,
    pub(crate) to: u64,
}

/// See the module comment.
pub(crate) struct Canonical {
    known: Mutex<Known>,
}

struct Known {
    graph: Arc<dyn TagGraph>,
    version: u64,
    /// How often what was told before turned out to be no longer right.
    changed: u64,
    asked: Numbers,
    forms: Forms,
    /// Tags that were asked about and changed, each with the number of the change and the form it had; the last ones.
    log: Vec<(u64, u64, u64)>,
    /// The log is complete after this change.
    complete_after: u64,
}

/// Numbers by blocks of 64: those of tags lie close together.
#[derive(Default)]
struct Numbers(HashMap<u64, u64>);

impl Numbers {
    fn add(&mut self, tag: u64) -> bool {
        let block = self.0.entry(tag / 64).or_default();
        let bit = 1 << (tag % 64);
        let new = *block & bit == 0;
        *block |= bit;
        new
    }

    fn remove(&mut self, tag: u64) -> bool {
        let Some(block) = self.0.get_mut(&(tag / 64)) else {
            return false;
        };
        let bit = 1 << (tag % 64);
        let there = *block & bit != 0;
        *block &= !bit;
        there
    }
}

impl Default for Canonical {
    fn default() -> Self {
        let known = Known {
            graph: Arc::new(NoGraph),
            version: 0,
            changed: 0,
            asked: Numbers::default(),
            forms: Forms::default(),
            log: Vec::new(),
            complete_after: 0,
        };
        Self { known: Mutex::new(known) }
    }
}

impl Canonical {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks this graph from now on.
    pub(crate) fn ask(&self, graph: Arc<dyn TagGraph>) {
        let mut known = self.known();
        *known = Known {
            version: graph.version(),
            graph,
            changed: known.changed + 1,
            asked: Numbers::default(),
            forms: Forms::default(),
            log: Vec::new(),
            complete_after: known.changed + 1,
        };
    }

    /// Takes notice of what changed in the graph. Gives a number that is another one whenever what was told before is no
    /// longer right.
    pub(crate) fn refresh(&self) -> Result<u64, IndexError> {
        let mut known = self.known();
        let version = known.graph.version();
        if version == known.version {
            return Ok(known.changed);
        }
        let changed = known.graph.changed_since(known.version).map_err(IndexError::Graph)?;
        match changed {
            None => known.forget_all(),
            Some(tags) => known.forget(&tags),
        }
        known.version = version;
        Ok(known.changed)
    }

    /// What came to mean something else after a number that [`Canonical::refresh`] gave; `None` when it may be anything.
    pub(crate) fn changed_after(&self, meanings: u64) -> Result<Option<Changed>, IndexError> {
        let mut known = self.known();
        if meanings < known.complete_after {
            return Ok(None);
        }
        let later = known.log.iter().filter(|(change, ..)| *change > meanings);
        let former: Vec<(u64, u64)> = later.map(|(_, tag, form)| (*tag, *form)).collect();
        let forms = known.of(former.iter().map(|(tag, _)| *tag))?;
        let moved = |(tag, from)| Moved { tag, from, to: form_of(&forms, tag) };
        let moved: Vec<Moved> = former.into_iter().map(moved).collect();
        let own = |form: u64| if form_of(&forms, form) == form { vec![form] } else { Vec::new() };
        let counted = moved.iter().flat_map(|moved| [moved.from, moved.to]);
        let mut families: BTreeMap<u64, Vec<u64>> = counted.map(|form| (form, own(form))).collect();
        for (tag, form) in forms.iter() {
            if let Some(family) = families.get_mut(form).filter(|_| tag != form) {
                family.push(*tag);
            }
        }
        families.values_mut().for_each(|family| family.sort_unstable());
        Ok(Some(Changed { meanings: known.changed, moved, families }))
    }

    /// The version of the graph that was last taken notice of.
    pub(crate) fn version(&self) -> u64 {
        self.known().version
    }

    /// The number that [`Canonical::refresh`] gave last.
    pub(crate) fn meanings(&self) -> u64 {
        self.known().changed
    }

    /// What stands above each of these canonical tags.
    pub(crate) fn above(
        &self,
        tags: impl IntoIterator<Item = u64>,
    ) -> Result<HashMap<u64, Vec<u64>>, IndexError> {
        let graph = Arc::clone(&self.known().graph);
        let tags: Vec<u64> = tags.into_iter().collect();
        let mut above: HashMap<u64, Vec<u64>> = HashMap::new();
        for (tag, higher) in graph.above(&tags).map_err(IndexError::Graph)? {
            above.entry(tag).or_default().push(higher);
        }
        Ok(above)
    }

    /// The forms of these tags, and of all that were asked about before.
    pub(crate) fn of(&self, tags: impl IntoIterator<Item = u64>) -> Result<Forms, IndexError> {
        self.known().of(tags)
    }
}

impl Known {
    fn of(&mut self, tags: impl IntoIterator<Item = u64>) -> Result<Forms, IndexError> {
        let unknown: Vec<u64> = tags.into_iter().filter(|tag| self.asked.add(*tag)).collect();
        if !unknown.is_empty() {
            match self.graph.canonical(&unknown) {
                Ok(found) if found.is_empty() => {}
                Ok(found) => Arc::make_mut(&mut self.forms).extend(found),
                Err(error) => {
                    for tag in unknown {
                        self.asked.remove(tag);
                    }
                    return Err(IndexError::Graph(error));
                }
            }
        }
        Ok(Arc::clone(&self.forms))
    }

    /// Forgets what was asked about these.
    fn forget(&mut self, tags: &[u64]) {
        let asked: Vec<u64> = tags.iter().copied().filter(|tag| self.asked.remove(*tag)).collect();
        if asked.is_empty() {
            return;
        }
        self.changed += 1;
        let forms = Arc::make_mut(&mut self.forms);
        for tag in asked {
            let form = forms.remove(&tag).unwrap_or(tag);
            self.log.push((self.changed, tag, form));
        }
        let surplus = self.log.len().checked_sub(TOLD).and_then(|last| self.log.get(last));
        if let Some((before, ..)) = surplus.copied() {
            self.complete_after = before;
            self.log.retain(|(change, ..)| *change > before);
        }
    }

    fn forget_all(&mut self) {
        self.changed += 1;
        self.asked = Numbers::default();
        self.forms = Forms::default();
        self.log = Vec::new();
        self.complete_after = self.changed;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    /// 1 means 10 until version 2, from then on 20; nothing else changes.
    #[derive(Default)]
    struct Changing(AtomicU64);

    impl TagGraph for Changing {
        fn version(&self) -> u64 {
            self.0.load(Ordering::Relaxed)
        }

        fn canonical(&self, tags: &[u64]) -> Result<Vec<(u64, u64)>, String> {
            let form = if self.version() < 2 { 10 } else { 20 };
            if self.version() == 9 {
                return Err("the graph is gone".to_owned());
            }
            Ok(tags.iter().filter(|tag| **tag == 1).map(|tag| (*tag, form)).collect())
        }

        fn above(&self, _tags: &[u64]) -> Result<Vec<(u64, u64)>, String> {
            Ok(Vec::new())
        }

        fn changed_since(&self, version: u64) -> Result<Option<Vec<u64>>, String> {
            Ok((version < 3).then(|| if version < 2 { vec![1] } else { Vec::new() }))
        }
    }

    #[test]
    fn forms_are_remembered_until_the_graph_says_that_they_changed() {
        let (canonical, graph) = (Canonical::default(), Arc::new(Changing::default()));
        canonical.ask(Arc::clone(&graph) as Arc<dyn TagGraph>);
        let before = canonical.refresh().unwrap();
        let form = |tag: u64| form_of(&canonical.of([1, 2, 70]).unwrap(), tag);
        assert_eq!((form(1), form(2)), (10, 2));
        graph.0.store(2, Ordering::Relaxed);
        assert_eq!(form(1), 10, "nobody has asked whether anything changed");
        let after = canonical.refresh().unwrap();
        assert_ne!(before, after);
        assert_eq!((form(1), form(70)), (20, 70));
        graph.0.store(3, Ordering::Relaxed);
        assert_eq!(canonical.refresh().unwrap(), after, "what changed is none of what was asked");
        graph.0.store(4, Ordering::Relaxed);
        assert_ne!(canonical.refresh().unwrap(), after, "anything may have changed");
    }

    #[test]
    fn what_changed_is_told_with_everything_it_was_and_is_counted_with() {
        let (canonical, graph) = (Canonical::default(), Arc::new(Changing::default()));
        assert!(
            canonical.changed_after(0).unwrap().is_some_and(|changed| changed.moved.is_empty())
        );
        canonical.ask(Arc::clone(&graph) as Arc<dyn TagGraph>);
        let before = canonical.refresh().unwrap();
        assert!(canonical.changed_after(before - 1).unwrap().is_none(), "another graph");
        canonical.of([1, 2, 10]).unwrap();
        graph.0.store(2, Ordering::Relaxed);
        let now = canonical.refresh().unwrap();
        let changed = canonical.changed_after(before).unwrap().unwrap();
        let moved = Moved { tag: 1, from: 10, to: 20 };
        assert_eq!((changed.meanings, changed.moved), (now, vec![moved]));
        assert_eq!(changed.families, BTreeMap::from([(10, vec![10]), (20, vec![1, 20])]));
        for version in [3, 4] {
            graph.0.store(version, Ordering::Relaxed);
            canonical.refresh().unwrap();
        }
        assert!(canonical.changed_after(now).unwrap().is_none(), "anything may have changed");
    }

    #[test]
    fn a_graph_that_fails_is_asked_again() {
        let (canonical, graph) = (Canonical::default(), Arc::new(Changing::default()));
        canonical.ask(Arc::clone(&graph) as Arc<dyn TagGraph>);
        graph.0.store(9, Ordering::Relaxed);
        assert!(canonical.of([1]).is_err());
        graph.0.store(1, Ordering::Relaxed);
        assert_eq!(form_of(&canonical.of([1]).unwrap(), 1), 10);
    }
}
