//! Decisions about tags while boards answer: what is counted is what the plain way counts, at once, whatever was decided,
//! and whichever works came and went in between.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use fanfold_model::TagKind;
use fanfold_search::{BoardLimits, Index, TagGraph};

use crate::boards::{answers, drawn_work, opened, same};
use crate::library::{Dice, tag};

/// What was decided so far.
#[derive(Default)]
struct Decided {
    /// Synonyms with their canonical tags.
    forms: BTreeMap<u64, u64>,
    /// Which tags changed with each decision.
    changed: Vec<Vec<u64>>,
}

#[derive(Default)]
struct Graph(Mutex<Decided>);

impl Graph {
    fn now(&self) -> MutexGuard<'_, Decided> {
        self.0.lock().unwrap()
    }

    /// One tag means another; what meant the one does too. A tag that means itself is canonical.
    fn decide(&self, tag: u64, means: u64) {
        let mut now = self.now();
        let form = now.forms.get(&means).copied().unwrap_or(means);
        if form == tag {
            return;
        }
        let mut changed: Vec<u64> = now
            .forms
            .iter()
            .filter(|(_, form)| **form == tag)
            .map(|(synonym, _)| *synonym)
            .collect();
        changed.push(tag);
        for tag in &changed {
            if tag == &means {
                now.forms.remove(tag);
            } else {
                now.forms.insert(*tag, form);
            }
        }
        now.changed.push(changed);
    }

    /// A decision among tags of one kind, sometimes about one that no work carries.
    fn decide_something(&self, dice: &mut Dice) {
        let (base, of) = [(0, 3), (10, 12), (40, 60), (200, 900)][dice.below(4) as usize];
        let (tag, means) = (base + dice.below(of + 1), base + dice.below(of));
        if dice.below(4) > 0 {
            self.decide(tag, means);
        } else {
            self.decide(tag, tag);
        }
    }
}

impl TagGraph for Graph {
    fn version(&self) -> u64 {
        self.now().changed.len() as u64
    }

    fn canonical(&self, tags: &[u64]) -> Result<Vec<(u64, u64)>, String> {
        let now = self.now();
        Ok(tags.iter().filter_map(|tag| Some((*tag, *now.forms.get(tag)?))).collect())
    }

    fn above(&self, _tags: &[u64]) -> Result<Vec<(u64, u64)>, String> {
        Ok(Vec::new())
    }

    fn changed_since(&self, version: u64) -> Result<Option<Vec<u64>>, String> {
        let now = self.now();
        // Now and then nobody knows what changed.
        let known = !now.changed.len().is_multiple_of(17);
        Ok(known.then(|| now.changed[version as usize..].concat()))
    }
}

fn decided(limits: BoardLimits) {
    let dir = tempfile::tempdir().unwrap();
    let (plain, fast) = opened(dir.path(), limits);
    let graph = Arc::new(Graph::default());
    for index in [&plain, &fast] {
        index.ask(Arc::clone(&graph) as Arc<dyn TagGraph>);
    }
    let mut dice = Dice(limits.at_once + 3);
    for round in 0..8_u64 {
        let mut writer = plain.try_writer(0).unwrap().unwrap();
        for id in round * 200..(round + 1) * 200 {
            writer.add(&drawn_work(id, &mut dice)).unwrap();
        }
        (0..20).for_each(|_| writer.remove(dice.below((round + 1) * 200)));
        writer.commit(round).unwrap();
        if round == 5 {
            writer.close().unwrap();
        }
        for number in 0..4 {
            (0..=round + number).for_each(|_| graph.decide_something(&mut dice));
            same(&plain, &fast, "after decisions");
        }
    }
}

#[test]
fn what_is_decided_about_tags_is_counted_at_once() {
    decided(BoardLimits { kept_counts_from: 5, ..BoardLimits::default() });
}

#[test]
fn what_is_decided_is_counted_while_boards_are_made_behind() {
    decided(BoardLimits { at_once: 0, lag: Duration::ZERO, ..BoardLimits::default() });
}

#[test]
fn what_is_decided_about_very_many_works_is_counted_before_their_rows_are_written() {
    let limits = BoardLimits { at_once: 200, amended_at_once: 100, ..BoardLimits::default() };
    decided(BoardLimits { lag: Duration::ZERO, ..limits });
}

#[test]
fn decisions_about_tags_beyond_the_frequent_ones_are_counted_too() {
    let (plain, fast) = (Index::in_memory().unwrap(), Index::in_memory().unwrap());
    let graph = Arc::new(Graph::default());
    for index in [&plain, &fast] {
        index.ask(Arc::clone(&graph) as Arc<dyn TagGraph>);
        let (mut writer, mut dice) = (index.try_writer(0).unwrap().unwrap(), Dice(11));
        for id in 0..1_200_u64 {
            let mut work = drawn_work(id, &mut dice);
            // 72,000 freeforms of which each work has its own, and one of two frequent ones.
            work.tags
                .extend((0..60).map(|own| tag(2_000 + id * 60 + own, TagKind::Freeform, "own")));
            work.tags.push(tag(1_000 + id % 2, TagKind::Freeform, "frequent"));
            writer.add(&work).unwrap();
        }
        writer.commit(1).unwrap();
    }
    fast.prepare(BoardLimits::default()).unwrap();
    // A rare one means a frequent one, frequent ones rare ones, and one what nobody carries.
    let decisions =
        [(2_000, 1_000), (2_001, 70_000), (1_001, 70_001), (200, 70_002), (201, 99_999)];
    decisions.into_iter().for_each(|(tag, means)| graph.decide(tag, means));
    for (plain, fast) in answers(&plain).into_iter().zip(answers(&fast)) {
        assert_eq!(plain, fast);
    }
}
