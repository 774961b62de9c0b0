//! Screening: every text that is new is laid beside all others, once.
//!
//! An import stores a sketch with each text, in the same commit. At its end the new sketches are held in memory, and
//! those of the library that may have something in common with them pass. Which these are is looked up in the lists of
//! shingles when few texts are new; when many are, all sketches pass, page by page. Candidate pairs are compared word by
//! word and stored. Killed half way, the rest stays unscreened and is taken up by the next import, or by
//! `fanfold duplicates`.

use super::pair::{AlikePair, Text, TextName, pair_of, sketch_of};
use crate::Result;
use crate::archive::Archive;
use fanfold_alike::{RULES, Screen, Sketch};
use fanfold_model::{Viewer, WorkId};
use fanfold_storage::{
    ChapterChoice, NewSketch, PairState, StorageError, StoredPair, StoredSketch, WorkKey,
};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;

/// Works sketched at once, where their sketches are missing.
const PAGE: u32 = 64;
/// Shingles of new texts held beside the library at once: about 40 MB.
const SHINGLES: usize = 2_000_000;
/// New texts read at once, and noted as screened at once.
const SCREENED: u32 = 2_000;
/// Looking a shingle up in one list takes about as long as reading so many sketches.
const LOOKED_UP: u64 = 3;
/// Works that have a shingle and are looked at for it. Far more than those that make it boilerplate, because some may have
/// had it in an earlier text only.
const MOST_WORKS: usize = 500;
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
            let new = self.some_new().await?;
            if new.is_empty() {
                return Ok((texts, pairs.len() as u64));
            }
            texts += new.len() as u64;
            pairs.extend(self.screen_these(new).await?);
        }
    }

    /// As many unscreened sketches as are held at once.
    async fn some_new(&self) -> Result<Vec<StoredSketch>> {
        let (mut new, mut held, mut after) = (Vec::new(), 0, WorkId(0));
        while held < SHINGLES {
            let page = self.store().unscreened(after, SCREENED).await?;
            let Some(last) = page.last() else { break };
            after = last.work;
            held += page.iter().map(|sketch| sketch.shingles.len()).sum::<usize>();
            new.extend(page);
        }
        Ok(new)
    }

    /// Sketches of works that have none: those of an older library, or whose shown text was changed by hand.
    async fn sketch_missing(&self) -> Result<()> {
        loop {
            let ids = self.store().works_without_sketch(RULES, PAGE).await?;
            if ids.is_empty() {
                return Ok(());
            }
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
        let mut candidates = self.candidates_of(new).await?;
        // A pair is noted with the later of its new works: what is noted of a work takes the place of all before.
        let noted_with = |(one, other): &(WorkId, WorkId)| {
            if works.binary_search(other).is_ok() { *other } else { *one }
        };
        candidates.sort_by_key(noted_with);
        let mut candidates = candidates.into_iter().peekable();
        let mut at_hand = AtHand::default();
        let mut pairs = Vec::new();
        for some in works.chunks(SCREENED as usize) {
            let mut found: Vec<StoredPair> = Vec::new();
            while let Some((one, other)) =
                candidates.next_if(|pair| some.last().is_some_and(|last| noted_with(pair) <= *last))
            {
                found.extend(self.compared(one, other, &mut at_hand).await?);
            }
            pairs.extend(found.iter().map(|pair| (pair.a, pair.b)));
            self.store().put_pairs(some.to_vec(), found).await?;
        }
        Ok(pairs)
    }

    async fn compared(
        &self,
        one: WorkId,
        other: WorkId,
        at_hand: &mut AtHand,
    ) -> Result<Option<StoredPair>> {
        let a = at_hand.text(self, one, Viewer::Owner).await?;
        let b = at_hand.text(self, other, Viewer::Owner).await?;
        let (Some(a), Some(b)) = (a, b) else { return Ok(None) };
        pair_of(&a, &b).map(|pair| stored(one, other, pair)).transpose()
    }

    /// The pairs of these works with all others that share enough of their sketches.
    async fn candidates_of(&self, new: Vec<StoredSketch>) -> Result<Vec<(WorkId, WorkId)>> {
        // Libraries that had no lists.
        while self.store().list_some(SCREENED).await? {}
        let shingles: u64 = new.iter().map(|sketch| sketch.shingles.len() as u64).sum();
        let listed = self.store().listed().await?;
        let pairs = match shingles * listed.runs * LOOKED_UP < listed.texts {
            true => self.candidates_listed(new).await?,
            false => self.candidates_among_all(new).await?,
        };
        let id = |name: u64| WorkId(i64::try_from(name).unwrap_or(i64::MAX));
        Ok(pairs.into_iter().map(|(one, other)| (id(one), id(other))).collect())
    }

    /// All sketches pass.
    async fn candidates_among_all(&self, new: Vec<StoredSketch>) -> Result<Vec<(u64, u64)>> {
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
        Ok(screen.pairs())
    }

    /// Only those pass that are listed with one of the new texts' shingles, and the new ones.
    async fn candidates_listed(&self, new: Vec<StoredSketch>) -> Result<Vec<(u64, u64)>> {
        let own: BTreeMap<u64, Sketch> = new.into_iter().map(to_lay).collect();
        let mut screen = Screen::of(own.iter().map(|(name, sketch)| (*name, sketch)));
        let shingles = screen.shingles().to_vec();
        let sharing = self.store().works_sharing(shingles, MOST_WORKS).await?;
        for (name, sketch) in &own {
            screen.meet(*name, &sketch.shingles);
        }
        for works in sharing.works.chunks(PASSING as usize) {
            for sketch in self.store().sketches_of(works).await? {
                let name = sketch.work.0.unsigned_abs();
                if !own.contains_key(&name) {
                    screen.meet(name, &sketch.shingles);
                }
            }
        }
        sharing.common.iter().for_each(|shingle| screen.call_common(*shingle));
        Ok(screen.pairs())
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
