//! What a tag that nobody has decided on probably means.

use super::TagRow;
use crate::Result;
use crate::archive::Archive;
use fanfold_model::{TagId, TagKind, Viewer};
use fanfold_tags::{Known, Suggester};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Names read at once.
const PAGE: u32 = 10_000;

/// A canonical tag that another may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct TagSuggestion {
    /// The canonical tag.
    pub tag: TagRow,
    /// Why, in words.
    pub why: String,
    /// From 0 to 1.
    pub score: f32,
    /// Whether nothing else comes near.
    pub sure: bool,
}

/// What was learnt of each kind's names, kept for those who ask often: for fifty times as long as the learning took, so
/// that a large library does not learn all day.
#[derive(Debug, Default)]
pub struct Suggesters(Mutex<BTreeMap<TagKind, Learnt>>);

#[derive(Debug, Clone)]
struct Learnt {
    suggester: Arc<Suggester>,
    at: Instant,
    took: Duration,
}

/// What is learnt faster is learnt again after every decision.
const QUICK: Duration = Duration::from_millis(500);

impl Suggesters {
    /// Something was decided: what is quickly learnt is not believed any more.
    pub fn refresh(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, own| own.took > QUICK);
    }

    /// What is known of a kind's names.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn of(&self, archive: &Archive, kind: TagKind) -> Result<Arc<Suggester>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&kind).cloned();
        if let Some(known) = known.filter(|known| known.at.elapsed() < known.took * 50) {
            return Ok(known.suggester);
        }
        let begun = Instant::now();
        let suggester = Arc::new(archive.suggester(kind).await?);
        let learnt =
            Learnt { suggester: Arc::clone(&suggester), at: Instant::now(), took: begun.elapsed() };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(kind, learnt);
        Ok(suggester)
    }
}

impl Archive {
    /// Everything that is known of a kind's names, ready to be asked.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn suggester(&self, kind: TagKind) -> Result<Suggester> {
        let (mut all, mut after) = (Vec::new(), TagId(0));
        loop {
            let page = self.store().known_names(kind, after, PAGE).await?;
            let Some((last, _)) = page.last() else { break };
            after = *last;
            all.extend(page.into_iter().map(|(_, known)| Known {
                id: known.canonical.number(),
                kind,
                name: known.name,
                uses: u32::try_from(known.uses).unwrap_or(u32::MAX),
                fandoms: known.fandoms.into_iter().map(TagId::number).collect(),
            }));
        }
        Ok(Suggester::of(all))
    }

    /// What a name may mean, the likeliest first; its works' fandoms speak for and against.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn suggest_tag(
        &self,
        suggester: &Suggester,
        row: &TagRow,
        most: usize,
    ) -> Result<Vec<TagSuggestion>> {
        let beside = self.store().fandoms_of_tag(row.id, Viewer::Owner).await?;
        let fandoms: Vec<u64> = beside.into_iter().map(|(fandom, _)| fandom.number()).collect();
        let mut found = suggester.suggest(row.kind, &row.name, &fandoms, most + 1);
        found.retain(|candidate| candidate.id != row.id.number());
        found.truncate(most);
        let ids: Vec<TagId> = found.iter().map(|one| TagId::of_number(one.id)).collect();
        let rows = self.store().tag_rows(&ids).await?;
        let suggestions = found.into_iter().filter_map(|candidate| {
            let tag = rows.iter().find(|row| row.id == TagId::of_number(candidate.id))?.clone();
            let why = if candidate.like == tag.name {
                candidate.why.to_string()
            } else {
                format!("{} as “{}”, which means it", candidate.why, candidate.like)
            };
            Some(TagSuggestion { tag, why, score: candidate.score, sure: candidate.sure })
        });
        Ok(suggestions.collect())
    }
}
