//! Screening: every text that is new is laid beside all others, once.
//!
//! An import stores a sketch with each text, in the same commit. At its end the new sketches are held in memory and
//! all sketches of the library pass them, page by page; candidate pairs are compared word by word and stored. Killed
//! half way, the rest stays unscreened and is taken up by the next import, or by `fanfold duplicates`.

use super::pair::{AlikePair, Text, TextName, pair_of, sketch_of};
use crate::Result;
use crate::archive::Archive;
use fanfold_alike::{RULES, Screen, Sketch};
use fanfold_model::{Viewer, WorkId};
use fanfold_storage::{
    ChapterChoice, NewSketch, PairState, StorageError, StoredPair, StoredSketch, WorkKey,
};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

/// Works sketched at once, where their sketches are missing.
const PAGE: u32 = 64;
/// New texts held beside the library at once: about 20 MB.
const SCREENED: u32 = 2_000;
/// Sketches of the library read at once.
const PASSING: u32 = 2_000;
/// Texts that stay at hand while pairs are compared.
const AT_HAND: usize = 64;
/// Passages stored with a pair: the longest.
const PASSAGES: usize = 40;

impl Archive {
    /// Lays every text that has not been laid beside the others yet beside all of them, and stores the pairs that
    /// share passages. Gives the number of texts laid and of pairs found.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn screen(&self) -> Result<(u64, u64)> {
        self.sketch_missing().await?;
        let mut texts = 0;
        // Two new texts of different blocks find each other twice.
        let mut pairs = HashSet::new();
        loop {
            let new = self.store().unscreened(SCREENED).await?;
            if new.is_empty() {
                return Ok((texts, pairs.len() as u64));
            }
            texts += new.len() as u64;
            pairs.extend(self.screen_these(new).await?);
        }
    }

    /// Sketches of works that have none: those of an older library, or whose shown text was changed by hand.
    async fn sketch_missing(&self) -> Result<()> {
        let mut after = WorkId(0);
        loop {
            let ids = self.store().works_without_sketch(RULES, after, PAGE).await?;
            let Some(last) = ids.last() else { return Ok(()) };
            after = *last;
            let mut texts = Vec::with_capacity(ids.len());
            for id in ids {
                let text = self.text_of(id, Viewer::Owner).await?;
                texts.push((id, text.map(|text| text.chapters).unwrap_or_default()));
            }
            let sketches: Vec<(WorkId, NewSketch)> = texts
                .par_iter()
                .map(|(id, chapters)| (*id, to_store(sketch_of(chapters))))
                .collect();
            self.store().put_sketches(sketches).await?;
        }
    }

    /// Gives the pairs that were found.
    async fn screen_these(&self, new: Vec<StoredSketch>) -> Result<Vec<(WorkId, WorkId)>> {
        let works: Vec<WorkId> = new.iter().map(|sketch| sketch.work).collect();
        let candidates = self.candidates_of(new).await?;
        let mut at_hand = AtHand::default();
        let mut found: Vec<StoredPair> = Vec::new();
        for (one, other) in candidates {
            let a = at_hand.text(self, one, Viewer::Owner).await?;
            let b = at_hand.text(self, other, Viewer::Owner).await?;
            if let (Some(a), Some(b)) = (a, b)
                && let Some(pair) = pair_of(&a, &b)
            {
                found.push(stored(one, other, pair)?);
            }
        }
        let pairs = found.iter().map(|pair| (pair.a, pair.b)).collect();
        self.store().put_pairs(works, found).await?;
        Ok(pairs)
    }

    /// The pairs of these works with all others that share enough of their sketches.
    async fn candidates_of(&self, new: Vec<StoredSketch>) -> Result<Vec<(WorkId, WorkId)>> {
        let own: Vec<(u64, Sketch)> = new.into_iter().map(to_lay).collect();
        let mut screen = Screen::of(own.iter().map(|(name, sketch)| (*name, sketch)));
        drop(own);
        let mut after = WorkId(0);
        loop {
            let page = self.store().sketches_after(after, PASSING).await?;
            let Some(last) = page.last() else { break };
            after = last.work;
            for sketch in &page {
                screen.meet(sketch.work.0.unsigned_abs(), &sketch.shingles);
            }
        }
        let id = |name: u64| WorkId(i64::try_from(name).unwrap_or(i64::MAX));
        Ok(screen.pairs().into_iter().map(|(one, other)| (id(one), id(other))).collect())
    }

    pub(super) async fn text_of(&self, id: WorkId, viewer: Viewer) -> Result<Option<Text>> {
        let page = self.store().work(WorkKey::Id(id), viewer, ChapterChoice::All).await?;
        Ok(page.map(|page| Text {
            name: TextName { id: Some(id), path: None, title: page.work.title },
            chapters: page.work.chapters.into_iter().map(|chapter| chapter.html).collect(),
        }))
    }
}

/// A sketch as the store keeps it.
pub(crate) fn to_store(sketch: Sketch) -> NewSketch {
    NewSketch { rules: RULES.to_owned(), words: sketch.words as u64, shingles: sketch.shingles }
}

fn to_lay(stored: StoredSketch) -> (u64, Sketch) {
    let words = usize::try_from(stored.words).unwrap_or(usize::MAX);
    (stored.work.0.unsigned_abs(), Sketch { words, shingles: stored.shingles })
}

fn stored(one: WorkId, other: WorkId, mut pair: AlikePair) -> Result<StoredPair> {
    if pair.spans.len() > PASSAGES {
        pair.spans.sort_by_key(|span| std::cmp::Reverse(span.words));
        pair.spans.truncate(PASSAGES);
        pair.spans.sort_by_key(|span| (span.a.chapter, span.a.start));
    }
    let spans = serde_json::to_string(&pair.spans).map_err(|error| StorageError::Damaged {
        what: "the passages of a pair".to_owned(),
        reason: error.to_string(),
    })?;
    let share = |share: f64| (share * 10_000.0).round() as u32;
    Ok(StoredPair {
        a: one,
        b: other,
        verdict: pair.verdict.as_str().to_owned(),
        in_a: share(pair.in_a),
        in_b: share(pair.in_b),
        spans,
        state: PairState::Open,
    })
}

/// The texts that were needed last.
#[derive(Default)]
pub(super) struct AtHand {
    texts: HashMap<WorkId, Arc<Text>>,
    order: VecDeque<WorkId>,
}

impl AtHand {
    /// A work's shown text; `None` if the viewer may not see it.
    pub(super) async fn text(
        &mut self,
        archive: &Archive,
        id: WorkId,
        viewer: Viewer,
    ) -> Result<Option<Arc<Text>>> {
        if let Some(text) = self.texts.get(&id) {
            return Ok(Some(text.clone()));
        }
        let Some(text) = archive.text_of(id, viewer).await? else { return Ok(None) };
        let text = Arc::new(text);
        if self.order.len() >= AT_HAND
            && let Some(oldest) = self.order.pop_front()
        {
            self.texts.remove(&oldest);
        }
        self.order.push_back(id);
        self.texts.insert(id, text.clone());
        Ok(Some(text))
    }
}
