//! Two works become one: the text of the second joins the first as a version, or as a further copy where it is equal;
//! the second is hidden and leads to the first. Both steps can be taken back.

use crate::Result;
use crate::archive::Archive;
use crate::curate::missing_work;
use crate::error::AppError;
use crate::hashing;
use crate::import::keep_chapter_uids;
use fanfold_model::{ItemOutcome, Viewer, Work, WorkId};
use fanfold_storage::{
    ChapterChoice, Entry, ExtractedLayer, FurtherSource, ItemLine, NewImport, NewVersion,
    PairState, Removal, WorkKey,
};

impl Archive {
    /// Makes one work of two. The first keeps its number; the longer text is shown.
    ///
    /// # Errors
    /// If one of them is not there, or they are the same.
    pub async fn merge(&self, keep: WorkId, other: WorkId, actor: &str) -> Result<()> {
        if keep == other {
            return Err(AppError::Refused(format!("work {keep} cannot be merged with itself")));
        }
        let (kept, joined) = (self.whole(keep).await?, self.whole(other).await?);
        let begun = NewImport {
            actor: actor.to_owned(),
            at: self.stamp(),
            roots: vec![format!("merge of work {other} into work {keep}")],
        };
        let group = self.joining(&kept, joined, other).await?;
        let import = self.store().begin_import(begun).await?;
        self.store().commit(import, group, &self.stamp()).await?;
        self.store().finish_import(import, fanfold_model::Counts::default(), &self.stamp()).await?;
        let reason = format!("merged into work {keep}");
        self.store().remove(other, Removal::Hide, &reason, actor, &self.stamp()).await?;
        self.store().settle_pair((keep, other), PairState::Merged, actor, &self.stamp()).await?;
        self.catch_up().await?;
        self.screen().await.map(drop)
    }

    async fn whole(&self, id: WorkId) -> Result<Work> {
        let page = self.store().work(WorkKey::Id(id), Viewer::Owner, ChapterChoice::All).await?;
        page.map(|page| page.work).ok_or_else(|| missing_work(id))
    }

    async fn joining(&self, kept: &Work, joined: Work, other: WorkId) -> Result<Vec<Entry>> {
        let uid = kept.uid.ok_or(AppError::Broken("the store gave a work without uid and"))?;
        let identities = self.store().identities_of(other).await?;
        let text = hashing::text_hash(&joined);
        if text == hashing::text_hash(kept) {
            let copies = joined.sources.into_iter().map(|source| {
                let item = ItemLine {
                    path: source.path.clone(),
                    member: source.member.clone(),
                    blake3: Some(source.blake3),
                    format: Some(source.format.clone()),
                    outcome: ItemOutcome::Merged,
                    reason: format!("work {other} is the same work"),
                };
                let identities = identities.clone();
                Entry::Copy(Box::new(FurtherSource { uid, source, identities, item }))
            });
            return Ok(copies.collect());
        }
        let layers = self.store().sources_page(other, Viewer::Owner).await?;
        let layers = layers.ok_or_else(|| missing_work(other))?;
        let newest = kept.versions.iter().map(|version| version.number).max().unwrap_or(1);
        let show = joined.words > kept.words;
        let mut work = Work {
            id: None,
            uid: Some(uid),
            chapters: joined.chapters,
            sources: joined.sources,
            words: joined.words,
            versions: Vec::new(),
            ..layers.normalised
        };
        keep_chapter_uids(uid, newest + 1, &kept.chapters, &mut work);
        Ok(vec![Entry::Version(Box::new(NewVersion {
            uid,
            work,
            identities,
            text,
            extracted: ExtractedLayer { rules: layers.rules, json: layers.extracted },
            sketch: None,
            show,
            rendition: false,
            items: Vec::new(),
        }))])
    }
}
