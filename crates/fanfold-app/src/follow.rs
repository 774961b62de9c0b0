//! The index follows the store's change log. Whoever holds the index writer's lock follows; a
//! process that does not get it waits until the index has caught up, because another one follows.

use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use crate::indexed::{indexed_tag, indexed_work, tags_of};
use fanfold_model::{TagId, WorkId};
use fanfold_search::{IndexError, IndexedTag, IndexedWork, Writer};
use fanfold_storage::{ChangeKind, IndexRecord};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Changes read at once, and works whose texts are in memory at once.
const CHANGES: u32 = 4_096;
const WORKS: usize = 64;
const WORDS: u64 = 500_000;
/// Tags whose names are read at once.
const TAGS: usize = 2_000;
/// How long a long piece of work is put off being found: the fewer commits, the larger the segments.
const COMMIT_AFTER: Duration = Duration::from_secs(5);
/// A merge that takes longer is taken for one that failed.
const LONGEST_MERGE: Duration = Duration::from_secs(3_600);
/// How often a server looks whether others have left it segments to merge.
const TIDY_AFTER: Duration = Duration::from_secs(60);
/// How long to wait before looking again whether another process has followed.
const PATIENCE: Duration = Duration::from_millis(100);

impl Archive {
    /// The change-log number the index has followed to.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn indexed(&self) -> Result<i64> {
        self.index().seq()
    }

    /// Follows the change log to its end, or waits until the process that holds the lock has.
    ///
    /// # Errors
    /// If the store or the index fails.
    pub async fn catch_up(&self) -> Result<()> {
        let goal = self.last_change().await?;
        while self.indexed()? < goal {
            if !self.follow().await? {
                tokio::time::sleep(PATIENCE).await;
            }
        }
        Ok(())
    }

    /// Follows if nobody else does; does not wait. What changes of the tag graph left to be done goes on by one batch.
    ///
    /// # Errors
    /// If the store or the index fails.
    pub async fn follow_if_free(&self) -> Result<()> {
        self.follow_a_piece().await.map(drop)
    }

    /// As [`Archive::follow_if_free`]; gives whether more waits because of changed tags.
    pub(crate) async fn follow_a_piece(&self) -> Result<bool> {
        let counted = self.store().advance_tags().await?;
        if self.indexed()? < self.last_change().await? {
            self.follow().await?;
        }
        Ok(counted)
    }

    /// Follows for as long as it is polled: a server's background task.
    pub async fn keep_following(self) {
        if let Err(error) = self.meanings().refresh().await {
            tracing::error!(%error, "the tag graph could not be read");
        }
        let archive = self.clone();
        let prepared = tokio::task::spawn_blocking(move || archive.index().prepare()).await;
        if let Ok(Err(error)) = prepared {
            tracing::error!(%error, "the search index could not be read into memory");
        }
        let mut tidied = Instant::now();
        loop {
            match self.follow_a_piece().await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => tracing::error!(%error, "the search index could not follow"),
            }
            if tidied.elapsed() > TIDY_AFTER {
                if let Err(error) = self.tidy().await {
                    tracing::error!(%error, "segments of the search index could not be merged");
                }
                tidied = Instant::now();
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    /// Builds the index again from the store. Gives the number of works in it.
    ///
    /// # Errors
    /// If another process is writing the index, or the store or the index fails.
    pub async fn reindex(&self) -> Result<u64> {
        let archive = self.clone();
        let emptied = tokio::task::spawn_blocking(move || archive.index().recreate()).await;
        emptied.map_err(|_| AppError::Broken("the search index"))??;
        self.catch_up().await?;
        self.index().count()
    }

    /// Follows to the end; `false` if another process holds the lock.
    async fn follow(&self) -> Result<bool> {
        let coming = self.last_change().await? - self.indexed()?;
        let coming = u64::try_from(coming).unwrap_or(0);
        match self.index().get().try_writer(coming)? {
            Some(writer) => self.follow_with(writer).await.map(|()| true),
            None => Ok(false),
        }
    }

    /// Merges what many small additions have left, if there is much of it and nobody else writes, and follows meanwhile.
    async fn tidy(&self) -> Result<()> {
        let Some(writer) = self.index().get().try_tidier()? else { return Ok(()) };
        let here = self.indexed()?;
        self.follow_with(commit(writer, here).await?).await
    }

    async fn follow_with(&self, mut writer: Writer) -> Result<()> {
        let begun = Instant::now();
        loop {
            writer = self.follow_names(writer).await?;
            writer = self.follow_changes(writer).await?;
            // Nobody else can follow until the writer is closed, and large segments are merged for minutes.
            if begun.elapsed() > LONGEST_MERGE || !writer.is_merging()? {
                break;
            }
            tokio::time::sleep(PATIENCE).await;
        }
        let closed = tokio::task::spawn_blocking(move || writer.close()).await;
        closed.map_err(|_| AppError::Broken("the index writer"))??;
        Ok(())
    }

    /// Follows to the end of the log as it is now.
    async fn follow_changes(&self, mut writer: Writer) -> Result<Writer> {
        // Only who holds the lock knows where the index is: another process may have followed until now.
        let (mut from, mut committed) = (self.indexed()?, Instant::now());
        loop {
            let changes = self.store().changes_after(from, CHANGES).await?;
            let Some(last) = changes.last() else { break };
            from = last.seq;
            // Of several changes to a work only the last matters: the store is read as it is now.
            let works = changes.iter().filter(|change| change.kind != ChangeKind::Graph);
            let latest: BTreeMap<WorkId, ChangeKind> =
                works.map(|change| (change.work, change.kind)).collect();
            for id in latest.keys() {
                writer.remove(id.number());
            }
            let put: Vec<WorkId> = latest
                .iter()
                .filter(|(_, kind)| **kind == ChangeKind::Put)
                .map(|(id, _)| *id)
                .collect();
            let lengths = self.store().words_of(&put).await?;
            for ids in pages(&lengths) {
                let records = self.store().index_records(&ids).await?;
                writer = add_all(writer, records).await?;
            }
            if changes.len() < CHANGES as usize || committed.elapsed() > COMMIT_AFTER {
                writer = commit(writer, from).await?;
                committed = Instant::now();
            }
        }
        if from > self.indexed()? {
            writer = commit(writer, from).await?;
        }
        Ok(writer)
    }
}

impl Archive {
    /// Names of tags that mean something else now, or are written otherwise.
    async fn follow_names(&self, mut writer: Writer) -> Result<Writer> {
        let known = i64::try_from(self.index().get().names_version()?).unwrap_or(i64::MAX);
        let version = self.store().tag_version().await?;
        if known >= version {
            return Ok(writer);
        }
        match self.store().renamed_tags(known).await? {
            Some(tags) => {
                for some in tags.chunks(TAGS) {
                    writer = self.rename(writer, some).await?;
                }
            }
            None => {
                let mut after = TagId(0);
                loop {
                    let some = self.store().carried_tags_after(after, TAGS as u32).await?;
                    let Some(last) = some.last() else { break };
                    after = *last;
                    writer = self.rename(writer, &some).await?;
                }
            }
        }
        writer.names_followed(u64::try_from(version).unwrap_or(0));
        Ok(writer)
    }

    async fn rename(&self, mut writer: Writer, tags: &[TagId]) -> Result<Writer> {
        let tags = self.store().index_tags(tags).await?;
        let tags: Vec<IndexedTag> = tags.iter().map(indexed_tag).collect();
        let work = move || writer.rename(&tags).map(|()| writer);
        let done = tokio::task::spawn_blocking(work).await;
        Ok(done.map_err(|_| AppError::Broken("the index writer"))??)
    }
}

/// Works packed into pages that fit in memory: so many, or so many words, or one that is longer than that.
fn pages(lengths: &[(WorkId, u64)]) -> Vec<Vec<WorkId>> {
    let mut pages: Vec<Vec<WorkId>> = Vec::new();
    let mut words = 0;
    for (id, length) in lengths {
        words += length;
        match pages.last_mut() {
            Some(page) if page.len() < WORKS && words <= WORDS => page.push(*id),
            _ => {
                words = *length;
                pages.push(vec![*id]);
            }
        }
    }
    pages
}

async fn add_all(writer: Writer, records: Vec<IndexRecord>) -> Result<Writer> {
    let work = move || -> std::result::Result<Writer, IndexError> {
        let mut writer = writer;
        let tags = tags_of(&records);
        let works: Vec<IndexedWork> =
            records.into_par_iter().map(|record| indexed_work(&record, &tags)).collect();
        works.iter().try_for_each(|work| writer.add(work))?;
        Ok(writer)
    };
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|_| AppError::Broken("the index writer"))??)
}

async fn commit(mut writer: Writer, seq: i64) -> Result<Writer> {
    let seq = u64::try_from(seq).unwrap_or(0);
    let work = move || writer.commit(seq).map(|()| writer);
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|_| AppError::Broken("the index writer"))??)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_works_go_alone_and_short_ones_together_in_their_order() {
        let lengths: Vec<(WorkId, u64)> = [10, 20, 4_000_000, 5, 499_990, 6, 7]
            .into_iter()
            .zip(1..)
            .map(|(words, id)| (WorkId(id), words))
            .collect();
        let pages: Vec<Vec<i64>> =
            pages(&lengths).iter().map(|page| page.iter().map(|id| id.0).collect()).collect();
        assert_eq!(pages, [vec![1, 2], vec![3], vec![4, 5], vec![6, 7]]);
        let many: Vec<(WorkId, u64)> = (1..=130).map(|id| (WorkId(id), 1)).collect();
        assert_eq!(super::pages(&many).iter().map(Vec::len).collect::<Vec<_>>(), [64, 64, 2]);
    }
}
