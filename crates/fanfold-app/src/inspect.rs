//! Inspect: the import's pipeline on paths with no library. It prints what would be imported, or
//! what a single stage made of it.

use crate::Result;
use crate::error::AppError;
use crate::import::{ImportOptions, Memory, Policy, ReadContext, Target, run};
use crate::settings::Settings;
use async_trait::async_trait;
use fanfold_model::canonical::{EditRecord, ItemRecord, TagRecord, WorkRecord, extracted_json};
use fanfold_model::{Chapter, ContentHash, Counts, Identity, ImportId, ReadAs, Uid, Work, WorkId};
use fanfold_source::Item;
use fanfold_storage::{Entry, Known, StoredHead};
use serde_json::{Value, json};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// A stage of the pipeline to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Which importer, and why.
    Detect,
    /// The decoded text and the decisions about its encoding.
    Decode,
    /// What the importer saw: labels and values with their places.
    Extract,
    /// What was made of it: canonical records.
    Normalize,
}

/// Takes the lines; an error of kind `BrokenPipe` ends the walk without a failure.
pub type LineSink = Box<dyn FnMut(Value) -> std::io::Result<()> + Send>;

/// Reads paths and hands each item's lines of JSON to `out`, in the order of the walk.
///
/// # Errors
/// If a path cannot be walked, or `out` fails.
pub async fn inspect(
    roots: &[PathBuf],
    stage: Stage,
    settings: &Settings,
    today: i32,
    out: LineSink,
) -> Result<()> {
    let context = ReadContext {
        limits: settings.limits.clone(),
        tools: Arc::new(settings.tools.clone()),
        policy: Policy::default(),
        today,
        rules: Arc::default(),
        given: String::new(),
    };
    if stage == Stage::Normalize {
        let target = Arc::new(InspectTarget { out: Mutex::new(out) });
        let options = ImportOptions { dry_run: true, ..ImportOptions::default() };
        let read = run(roots, &options, &context, target, Arc::new(())).await;
        return read.map(|_| ()).or_else(closed_is_an_end);
    }
    let roots = roots.to_vec();
    let walk = tokio::task::spawn_blocking(move || inspect_stage(&roots, stage, &context, out));
    walk.await.map_err(|_| AppError::Broken("the walker"))?
}

fn inspect_stage(
    roots: &[PathBuf],
    stage: Stage,
    context: &ReadContext,
    mut out: LineSink,
) -> Result<()> {
    let mut fault = Ok(());
    let mut take = |item: Item| {
        for line in stage_lines(&item, stage, context) {
            if let Err(error) = out(line) {
                fault = closed_is_an_end(AppError::output(&error));
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    };
    fanfold_source::walk(roots, &context.limits, &mut take)
        .map_err(|error| AppError::Refused(error.to_string()))?;
    fault
}

fn closed_is_an_end(error: AppError) -> Result<()> {
    if error.is_closed_pipe() { Ok(()) } else { Err(error) }
}

/// Prints what an import would commit, and knows nothing.
struct InspectTarget {
    out: Mutex<LineSink>,
}

#[async_trait]
impl Target for InspectTarget {
    async fn known(&self, _: &[ContentHash]) -> Result<Vec<Known>> {
        Ok(Vec::new())
    }

    async fn identify(&self, _: &[Identity]) -> Result<Vec<(Identity, StoredHead)>> {
        Ok(Vec::new())
    }

    async fn heads(&self, _: &[Uid]) -> Result<Vec<StoredHead>> {
        Ok(Vec::new())
    }

    async fn text_of(&self, _: Uid) -> Result<Option<Work>> {
        Ok(None)
    }

    async fn commit(
        &self,
        _: Vec<(ContentHash, Vec<u8>)>,
        group: Vec<Entry>,
    ) -> Result<Vec<(Uid, WorkId)>> {
        let mut out = self.out.lock().map_err(|_| AppError::Broken("the output"))?;
        for line in group.iter().filter_map(entry_line) {
            out(line).map_err(|error| AppError::output(&error))?;
        }
        Ok(Vec::new())
    }

    async fn keep(&self, _: Arc<Item>) -> Result<()> {
        Ok(())
    }

    async fn put_records(&self, _: Vec<TagRecord>, _: Vec<EditRecord>) -> Result<()> {
        Ok(())
    }

    async fn finish(&self, _: Counts) -> Result<()> {
        Ok(())
    }

    fn import(&self) -> Option<ImportId> {
        None
    }

    fn memory(&self) -> Memory {
        Memory::None
    }
}

fn stage_lines(item: &Item, stage: Stage, context: &ReadContext) -> Vec<Value> {
    let place = json!({ "path": item.path, "member": item.member });
    match stage {
        Stage::Detect => vec![detect_line(item, &place)],
        Stage::Decode => vec![decode_line(item, context, &place)],
        Stage::Extract | Stage::Normalize => extract_lines(item, context, &place),
    }
}

fn detect_line(item: &Item, place: &Value) -> Value {
    let detection = match item.is_refused() || item.size == 0 {
        true => fanfold_import::Detection::default(),
        false => fanfold_import::detect(item),
    };
    let candidates: Vec<Value> = detection
        .candidates
        .iter()
        .map(|found| json!({"format": found.format, "score": found.score, "reason": found.reason}))
        .collect();
    json!({
        "type": "detection", "path": place["path"], "member": place["member"],
        "format": detection.best().map(|best| best.format), "candidates": candidates,
    })
}

fn decode_line(item: &Item, context: &ReadContext, place: &Value) -> Value {
    let decoded = fanfold_import::read_with(item, &context.limits, &*context.tools).decoded;
    let notes = decoded
        .iter()
        .flat_map(|decoded| &decoded.findings)
        .map(|finding| finding.message.as_str());
    json!({
        "type": "decoded", "path": place["path"], "member": place["member"],
        "encoding": decoded.as_ref().map(|decoded| decoded.encoding),
        "confidence": decoded.as_ref().map(|decoded| decoded.confidence),
        "notes": notes.collect::<Vec<_>>(),
        "text": decoded.as_ref().map(|decoded| decoded.text.as_str()),
    })
}

fn extract_lines(item: &Item, context: &ReadContext, place: &Value) -> Vec<Value> {
    let reading = fanfold_import::read_with(item, &context.limits, &*context.tools);
    let line = |extracted| {
        let mut line = json!({
            "type": "extracted", "path": place["path"], "member": place["member"],
            "format": reading.format,
        });
        line["extracted"] = extracted_json(extracted);
        line
    };
    reading.extracted.iter().map(line).collect()
}

/// The record of an entry. A work has no id and no uid, because no library gave it one.
fn entry_line(entry: &Entry) -> Option<Value> {
    match entry {
        Entry::Work(new) => {
            let bare =
                Work { id: None, uid: None, chapters: without_uids(&new.work), ..new.work.clone() };
            let outcome = if new.lone_part { ReadAs::Part } else { ReadAs::Work };
            serde_json::to_value(WorkRecord::from(&bare).with_outcome(outcome)).ok()
        }
        Entry::Item(new) => {
            let line = &new.item;
            let member = line.member.as_deref();
            let mut record = ItemRecord::new(new.read_as, &line.path, member, &line.reason)
                .with_findings(&new.findings);
            record.format.clone_from(&line.format);
            record.blake3 = line.blake3.map(|hash| hash.to_string());
            serde_json::to_value(record).ok()
        }
        Entry::Version(_)
        | Entry::Copy(_)
        | Entry::Unchanged(_)
        | Entry::Returned(_)
        | Entry::Begun(_)
        | Entry::Ended(_) => None,
    }
}

fn without_uids(work: &Work) -> Vec<Chapter> {
    let bare = |chapter: &Chapter| Chapter { uid: None, ..chapter.clone() };
    work.chapters.iter().map(bare).collect()
}
