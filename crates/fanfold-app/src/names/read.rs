//! Names from the store.

use super::Names;
use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use fanfold_model::{CreatorId, TagId, TagKind, Viewer};
use fanfold_tags::{Completer, Entry};

/// Names read at once.
const PAGE: u32 = 10_000;

impl Archive {
    pub(super) async fn names_from_store(&self, viewer: Viewer) -> Result<Names> {
        let (tags, creators) = (self.tag_entries(viewer).await?, self.creators_of(viewer).await?);
        let order = move || Names { tags: Completer::of(tags), creators: Completer::of(creators) };
        let ordered = tokio::task::spawn_blocking(order).await;
        ordered.map_err(|_| AppError::Broken("ordering the names"))
    }

    async fn tag_entries(&self, viewer: Viewer) -> Result<Vec<Entry>> {
        let (mut all, mut after) = (Vec::new(), TagId(0));
        loop {
            let page = self.store().names_in_use(viewer, after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = last.id;
            all.extend(page.into_iter().map(|own| Entry {
                id: own.id.number(),
                kind: own.kind,
                name: own.name,
                uses: u32::try_from(own.uses).unwrap_or(u32::MAX),
                means: own.means.map(TagId::number),
                fandoms: own.fandoms.into_iter().map(TagId::number).collect(),
            }));
        }
        Ok(all)
    }

    /// Creators stand in a book of their own, so the kind that an entry must have says nothing there.
    async fn creators_of(&self, viewer: Viewer) -> Result<Vec<Entry>> {
        let (mut all, mut after) = (Vec::new(), CreatorId(0));
        loop {
            let page = self.store().creator_names(viewer, after, PAGE).await?;
            let Some((last, _)) = page.last() else { break };
            after = *last;
            all.extend(page.into_iter().map(|(id, name)| Entry {
                id: u64::try_from(id.0).unwrap_or_default(),
                kind: TagKind::Character,
                name,
                uses: 0,
                means: None,
                fandoms: Vec::new(),
            }));
        }
        Ok(all)
    }
}
