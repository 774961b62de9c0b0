//! Duplicates: works of a library, or files, that share text. Proposals for a person; nothing is merged.
//!
//! Notes and summaries do not count: they repeat from work to work and prove nothing.

mod pair;
mod screen;

pub(crate) use pair::sketch_of;
pub use pair::{AlikePair, SharedSpan, TextName, TextPlace};
pub(crate) use screen::to_store;

use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use crate::inspect::{Stage, inspect};
use crate::settings::Settings;
use fanfold_alike::{Sketch, Verdict, candidates};
use fanfold_model::{Viewer, WorkId};
use fanfold_storage::{PairState, StoredPair};
use pair::{Text, pair_of};
use rayon::prelude::*;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// Pairs read at once.
const PAGE: u32 = 256;

impl Archive {
    /// All pairs of works that share text and that nobody has set apart, by their numbers, each handed to `out`.
    /// Texts that have not been laid beside the others yet are laid first. Gives the number of works.
    ///
    /// # Errors
    /// If the store fails, or `out` does.
    pub async fn duplicates(
        &self,
        out: &mut (dyn FnMut(AlikePair) -> Result<()> + Send),
    ) -> Result<u64> {
        self.screen().await?;
        let mut after = (WorkId(0), WorkId(0));
        loop {
            let page = self.store().pairs_after(after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = (last.a, last.b);
            for pair in page.into_iter().filter(|pair| pair.state == PairState::Open) {
                out(self.named(pair).await?)?;
            }
        }
        Ok(self.store().status().await?.works)
    }

    /// A stored pair with the titles of its works.
    pub(crate) async fn named(&self, pair: StoredPair) -> Result<AlikePair> {
        let cards = self.store().cards(&[pair.a, pair.b], Viewer::Owner).await?;
        let name = |id: WorkId| {
            let card = cards.iter().find(|card| card.work.id == Some(id));
            let title = card.map(|card| card.work.title.clone()).unwrap_or_default();
            TextName { id: Some(id), path: None, title }
        };
        Ok(AlikePair {
            a: name(pair.a),
            b: name(pair.b),
            verdict: Verdict::from_name(&pair.verdict).unwrap_or(Verdict::SharedPassage),
            in_a: f64::from(pair.in_a) / 10_000.0,
            in_b: f64::from(pair.in_b) / 10_000.0,
            spans: serde_json::from_str(&pair.spans).unwrap_or_default(),
        })
    }
}

/// The same for files that are in no library.
///
/// # Errors
/// If a path cannot be walked, or `out` fails.
pub async fn duplicates_among(
    roots: &[PathBuf],
    settings: &Settings,
    today: i32,
    out: &mut (dyn FnMut(AlikePair) -> Result<()> + Send),
) -> Result<usize> {
    let lines: Arc<Mutex<Vec<Text>>> = Arc::default();
    let keep = lines.clone();
    let sink = Box::new(move |line: Value| {
        if let (Some(text), Ok(mut texts)) = (Text::of_record(&line), keep.lock()) {
            texts.push(text);
        }
        Ok(())
    });
    inspect(roots, Stage::Normalize, settings, today, sink).await?;
    let texts = std::mem::take(&mut *lines.lock().map_err(|_| AppError::Broken("the texts"))?);
    let sketches: Vec<Sketch> = texts.par_iter().map(|text| sketch_of(&text.chapters)).collect();
    for (one, other) in candidates(&sketches) {
        if let Some(pair) = pair_of(&texts[one], &texts[other]) {
            out(pair)?;
        }
    }
    Ok(texts.len())
}
