//! Export: any selection leaves by open formats.

use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use fanfold_export::Format;
use fanfold_model::canonical::work_line;
use fanfold_model::query::Query;
use fanfold_model::{BlobState, ContentHash, Viewer, Work, WorkId};
use fanfold_storage::{ChapterChoice, WorkKey};
use fanfold_text::addresses::holds_address;
use std::io::Write;
use std::path::Path;

/// Works read at once during an export.
const PAGE: u32 = 64;

/// A file made of one work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedFile {
    /// A safe file name with its extension.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes: the same for the same version of the work.
    pub bytes: Vec<u8>,
}

/// What an export wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exported {
    /// Works written.
    pub works: u64,
    /// Other records written (tags, series, creators, edits, items).
    pub records: u64,
    /// Originals written beside them.
    pub originals: u64,
}

impl Archive {
    /// One work as a file in this format; `None` if the viewer may not see it.
    ///
    /// # Errors
    /// If the store fails or the work cannot be written in the format.
    pub async fn download(
        &self,
        id: WorkId,
        format: Format,
        viewer: Viewer,
    ) -> Result<Option<ExportedFile>> {
        let work = self.work_to_carry(WorkKey::Id(id), viewer).await?;
        work.map(|work| export_work(&work, format)).transpose()
    }

    /// One work as canonical JSON tells it, with all its text; `None` if the viewer may not see it. Strangers get no original
    /// labels, as in an export for them.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn work_to_carry(&self, key: WorkKey, viewer: Viewer) -> Result<Option<Work>> {
        let page = self.store().work(key, viewer, ChapterChoice::All).await?;
        Ok(page.map(|page| for_viewer(page.work, viewer)))
    }

    /// The ids a query selects, ascending; all the viewer may see without one.
    ///
    /// # Errors
    /// If the store or the index fails.
    pub async fn selection(&self, query: Option<&Query>, viewer: Viewer) -> Result<Vec<WorkId>> {
        if let Some(query) = query {
            return self.all_hits(query, viewer).await;
        }
        let mut ids = Vec::new();
        loop {
            let after = ids.last().copied().unwrap_or(WorkId(0));
            let page = self.store().work_ids_after(after, viewer, 10_000).await?;
            if page.is_empty() {
                return Ok(ids);
            }
            ids.extend(page);
        }
    }

    /// Writes one file a work into a folder.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub async fn export_files(
        &self,
        ids: &[WorkId],
        format: Format,
        viewer: Viewer,
        folder: &Path,
    ) -> Result<Exported> {
        std::fs::create_dir_all(folder)
            .map_err(|error| AppError::at(folder, &error, "choose another folder"))?;
        let mut done = Exported::default();
        for page in ids.chunks(PAGE as usize) {
            for work in self.store().whole_works(page, viewer).await? {
                let file = export_work(&work, format)?;
                let path = folder.join(numbered(&work, &file.name));
                std::fs::write(&path, &file.bytes)
                    .map_err(|error| AppError::at(path, &error, "make room there"))?;
                done.works += 1;
            }
        }
        Ok(done)
    }

    /// Writes canonical JSON lines, sorted by type, then uid. The whole library (`whole`) brings
    /// creators, edits, items, series and tags along; a selection brings works.
    ///
    /// With `originals`, a folder, the stored bytes come along as `ab/HASH` in it; an import of both gives them back.
    /// Without, sources are named as `absent`.
    ///
    /// # Errors
    /// If the store fails or the output cannot be written; a closed pipe is an error of kind
    /// `BrokenPipe` that the caller may take for an end.
    pub async fn export_lines(
        &self,
        ids: &[WorkId],
        viewer: Viewer,
        whole: bool,
        originals: Option<&Path>,
        out: &mut (dyn Write + Send),
    ) -> Result<Exported> {
        let mut done = Exported::default();
        let owner = whole && viewer == Viewer::Owner;
        if owner {
            done.records += lines(out, &self.store().creator_records().await?)?;
            done.records += lines(out, &self.store().edit_records().await?)?;
            self.item_lines(originals, out, &mut done).await?;
            done.records += lines(out, &self.store().series_records().await?)?;
            done.records += lines(out, &self.store().tag_records().await?)?;
        }
        let mut by_uid = Vec::with_capacity(ids.len());
        for page in ids.chunks(PAGE as usize) {
            let works = self.store().whole_works(page, viewer).await?;
            by_uid.extend(works.iter().filter_map(|work| Some((work.uid?, work.id?))));
        }
        by_uid.sort_unstable();
        let in_order: Vec<WorkId> = by_uid.into_iter().map(|(_, id)| id).collect();
        for page in in_order.chunks(PAGE as usize) {
            for mut work in self.store().whole_works(page, viewer).await? {
                work = for_viewer(work, viewer);
                for source in &mut work.sources {
                    if source.blob == BlobState::Stored {
                        source.blob = self.carry(source.blake3, originals, &mut done).await?;
                    }
                }
                writeln!(out, "{}", work_line(&work)).map_err(|error| AppError::output(&error))?;
                done.works += 1;
            }
        }
        out.flush().map_err(|error| AppError::output(&error))?;
        Ok(done)
    }

    /// Writes an original beside the lines, if there is a folder for it; tells whether the bytes come along.
    async fn carry(
        &self,
        hash: ContentHash,
        originals: Option<&Path>,
        done: &mut Exported,
    ) -> Result<BlobState> {
        let Some(folder) = originals else { return Ok(BlobState::Absent) };
        let name = hash.to_string();
        let shelf = folder.join(&name[..2]);
        let path = shelf.join(&name);
        let failed = |error| AppError::at(&path, &error, "make room there");
        if path.exists() {
            return Ok(BlobState::Stored);
        }
        // What is lost here is told by `check`; the export names it as absent and goes on.
        let Some(bytes) = self.blobs().get(hash).await? else { return Ok(BlobState::Absent) };
        std::fs::create_dir_all(&shelf).map_err(failed)?;
        let mut file = std::fs::File::create(&path).map_err(failed)?;
        std::io::copy(&mut bytes.into_reader(), &mut file).map_err(failed)?;
        done.originals += 1;
        Ok(BlobState::Stored)
    }

    async fn item_lines(
        &self,
        originals: Option<&Path>,
        out: &mut (dyn Write + Send),
        done: &mut Exported,
    ) -> Result<()> {
        let mut records = Vec::new();
        let mut after = 0;
        loop {
            let page = self.store().items_after(after, 1000).await?;
            let Some(last) = page.last() else { break };
            after = last.id;
            records.extend(page.into_iter().map(|row| row.record));
        }
        for record in &mut records {
            let hash = record.blake3.as_deref().and_then(|hash| hash.parse().ok());
            let state = match hash.filter(|_| record.blob == BlobState::Stored.as_str()) {
                Some(hash) => self.carry(hash, originals, done).await?,
                None => BlobState::Absent,
            };
            state.as_str().clone_into(&mut record.blob);
        }
        records.sort_by(|a, b| a.uid.cmp(&b.uid));
        done.records += lines(out, &records)?;
        Ok(())
    }
}

/// What leaves the house: to strangers go no original labels and no finding that quotes an address, because they may
/// hold private things that their author never published.
fn for_viewer(mut work: Work, viewer: Viewer) -> Work {
    if viewer == Viewer::Public {
        work.original.clear();
        work.suggestions.clear();
        work.findings.retain(|finding| !holds_address(&finding.message));
    }
    work
}

fn export_work(work: &Work, format: Format) -> Result<ExportedFile> {
    let file = fanfold_export::export(work, format).map_err(|error| {
        AppError::Refused(format!("“{}” cannot be written: {error}", work.title))
    })?;
    Ok(ExportedFile { name: file.name, media_type: format.media_type(), bytes: file.bytes })
}

/// Two works may have the same title; the number keeps their files apart.
fn numbered(work: &Work, name: &str) -> String {
    work.id.map_or_else(|| name.to_owned(), |id| format!("{id} {name}"))
}

fn lines<T: serde::Serialize>(out: &mut (dyn Write + Send), records: &[T]) -> Result<u64> {
    for record in records {
        let line =
            serde_json::to_string(record).map_err(|error| AppError::Refused(error.to_string()))?;
        writeln!(out, "{line}").map_err(|error| AppError::output(&error))?;
    }
    Ok(records.len() as u64)
}
