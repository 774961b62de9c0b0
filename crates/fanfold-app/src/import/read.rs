//! Reading one item: detection, extraction, normalisation. Pure work on bytes, on any core.

use super::policy::Policy;
use crate::review::{RuleBook, origin_of};
use crate::tools::Tools;
use crate::{duplicates, hashing};
use fanfold_import::assemble::PartCard;
use fanfold_model::canonical::{Record, extracted_json};
use fanfold_model::{
    BlobState, Companion, ContentHash, Extracted, Finding, FindingCode, Identity, IdentityKind,
    ItemOutcome, ReadAs, Source, Uid, Work,
};
use fanfold_source::{Beside, Hints, Item, Limits};
use fanfold_storage::{ExtractedLayer, ItemLine, NewSketch};
use serde_json::json;
use std::sync::Arc;

/// What reading depends on besides the bytes.
#[derive(Clone)]
pub(crate) struct ReadContext {
    pub(crate) limits: Limits,
    /// The programs that read what Fanfold does not.
    pub(crate) tools: Arc<Tools>,
    pub(crate) policy: Policy,
    /// Days since 1970-01-01 UTC: a date in the future is a misreading.
    pub(crate) today: i32,
    /// What was answered about sources of works.
    pub(crate) rules: Arc<RuleBook>,
    /// The name of what was given to the import.
    pub(crate) given: String,
}

/// What one item was read as.
pub(crate) struct Read {
    /// The item without its outcome yet.
    pub(crate) line: ItemLine,
    /// Its original bytes, if they are to be kept.
    pub(crate) bytes: Option<Vec<u8>>,
    /// Its size as it lay there.
    pub(crate) size: u64,
    /// What is known of it besides its bytes.
    pub(crate) around: Around,
    /// The things in it; empty if its bytes are already known.
    pub(crate) things: Vec<One>,
}

/// What is known of an item besides its bytes: what its container says, and its neighbours.
#[derive(Clone, Default)]
pub(crate) struct Around {
    hints: Hints,
    beside: Option<Arc<Beside>>,
}

impl Around {
    pub(crate) fn of(item: &Item) -> Self {
        Self { hints: item.hints.clone(), beside: item.beside.clone() }
    }

    /// Lays it around an item of the same bytes.
    pub(crate) fn lay(&self, item: &mut Item) {
        item.hints = self.hints.clone();
        item.beside.clone_from(&self.beside);
    }
}

/// One thing read from an item.
pub(crate) enum One {
    /// A work.
    Work(Box<ReadWork>),
    /// A part of a work in several files, which waits for the others.
    Part(Option<Box<PartCard>>),
    /// Not a work.
    NotWork {
        /// What it is.
        read_as: ReadAs,
        /// Why, in a sentence.
        reason: String,
        /// What was noticed.
        findings: Vec<Finding>,
    },
    /// A tag, an edit, a series of an export.
    Record(Box<Record>),
}

/// A work as read, before anything is known about it.
pub(crate) struct ReadWork {
    pub(crate) work: Work,
    pub(crate) identities: Vec<Identity>,
    pub(crate) text: ContentHash,
    pub(crate) extracted: ExtractedLayer,
    /// The sketch of its text.
    pub(crate) sketch: NewSketch,
    /// Whether it came whole from canonical JSON and keeps its own uid and sources.
    pub(crate) canonical: bool,
    /// A part whose work could not be assembled.
    pub(crate) lone_part: bool,
    /// The known work that it continues: parts that came later.
    pub(crate) continues: Option<Uid>,
    /// Its card, if its file's name says that it may be a part.
    pub(crate) card: Option<PartCard>,
    /// Originals of files beside the item, which it was read from too.
    pub(crate) companions: Vec<(ContentHash, Vec<u8>)>,
}

impl One {
    /// The card of a part: stated, or perhaps one by its file's name.
    pub(crate) fn part_card(&self) -> Option<&PartCard> {
        match self {
            Self::Part(card) => card.as_deref(),
            Self::Work(read) => read.card.as_ref(),
            _ => None,
        }
    }
}

impl Read {
    /// An item whose bytes are known, so that it is not read again.
    pub(crate) fn known(item: &Item) -> Self {
        let (line, around) = (line_of(item, None), Around::of(item));
        Self { line, bytes: None, size: item.size, around, things: Vec::new() }
    }

    /// An item whose bytes are known by name only: they are kept, and not read again either.
    pub(crate) fn returned(item: &Item) -> Self {
        Self { bytes: original_of(item), ..Self::known(item) }
    }
}

/// Reads an item. Never fails on content.
pub(crate) fn read_item(item: Item, context: &ReadContext) -> Read {
    let reading = fanfold_import::read_with(&item, &context.limits, &*context.tools);
    let line = line_of(&item, reading.format);
    let mut things = Vec::new();
    let alone = reading.extracted.len() == 1;
    for extracted in reading.extracted {
        let source = source_of(&item, &line, extracted.encoding.clone());
        things.push(thing(extracted, source, &line, alone, context));
    }
    if let Some(first) = reading.findings.first() {
        let reason = first.message.clone();
        let findings = reading.findings;
        things.push(One::NotWork { read_as: ReadAs::NotUnderstood, reason, findings });
    }
    things.extend(reading.records.into_iter().map(|record| One::Record(Box::new(record))));
    let bytes = if things.iter().all(is_canonical) { None } else { original_of(&item) };
    Read { line, bytes, size: item.size, around: Around::of(&item), things }
}

/// The bytes to keep. Large items are streamed and do not come here.
fn original_of(item: &Item) -> Option<Vec<u8>> {
    item.bytes(u64::MAX).ok().map(|bytes| bytes.to_vec())
}

/// The format that reads an item, without reading it.
pub(super) fn format_of(item: &Item) -> Option<&'static str> {
    fanfold_import::detect(item).best().map(|best| best.format)
}

pub(super) fn is_canonical(one: &One) -> bool {
    match one {
        One::Work(read) => read.canonical,
        One::Record(_) => true,
        One::Part(_) | One::NotWork { .. } => false,
    }
}

/// What one reading is. A part among many works in one item waits for nobody.
pub(super) fn thing(
    extracted: Extracted,
    source: Option<Source>,
    line: &ItemLine,
    alone: bool,
    context: &ReadContext,
) -> One {
    if !matches!(extracted.read_as, ReadAs::Work | ReadAs::Part) {
        let reason = refusal(&extracted.findings);
        return One::NotWork { read_as: extracted.read_as, reason, findings: extracted.findings };
    }
    let card = alone.then(|| PartCard::of(0, &place(line), &extracted)).flatten();
    if card.is_some() && extracted.part.is_some() {
        return One::Part(card.map(Box::new));
    }
    let companions = extracted.companions.iter().map(|own| beside(own, line));
    let sources = source.into_iter().chain(companions).collect();
    let mut read = read_work(extracted, sources, Vec::new(), context);
    read.card = card;
    One::Work(Box::new(read))
}

/// Why something is no work: the finding that says so, else the first.
fn refusal(findings: &[Finding]) -> String {
    let codes = [
        FindingCode::NOT_A_WORK,
        FindingCode::NOT_UNDERSTOOD,
        FindingCode::EMPTY,
        FindingCode::LIMIT_HIT,
    ];
    let says = |finding: &&Finding| codes.iter().any(|code| code.code == finding.code);
    let found = findings.iter().find(says).or(findings.first());
    found.map_or_else(|| "it is not a work".to_owned(), |finding| finding.message.clone())
}

/// Where an item lies: container and member as one path.
pub(crate) fn place(line: &ItemLine) -> String {
    match &line.member {
        Some(member) => format!("{}/{member}", line.path),
        None => line.path.clone(),
    }
}

/// Normalises what was extracted from these sources.
pub(crate) fn read_work(
    mut extracted: Extracted,
    sources: Vec<Source>,
    missing_parts: Vec<u32>,
    context: &ReadContext,
) -> ReadWork {
    let mut layer = extracted_json(&extracted);
    layer["sources"] = sources.len().into();
    layer["companions"] = extracted.companions.len().into();
    if !extracted.learnt.is_empty() {
        let learnt = extracted.learnt.iter().map(|own| json!([own.path, own.text]));
        layer["learnt"] = learnt.collect();
    }
    let layer = ExtractedLayer {
        rules: format!("{}/{}", fanfold_import::RULES, fanfold_normalize::RULES),
        json: layer.to_string(),
    };
    let canonical = extracted.canonical.take();
    let companions = std::mem::take(&mut extracted.companions);
    let mut identities = std::mem::take(&mut extracted.identities);
    let lone_part = extracted.read_as == ReadAs::Part;
    let is_canonical = canonical.is_some();
    let mut work = match canonical {
        Some(work) => *work,
        None => {
            let origin = origin_of(&sources, &context.given);
            let answers = context.rules.for_origin(&origin);
            let normal = fanfold_normalize::Context { today: context.today, answers };
            let mut work = fanfold_normalize::normalize(&extracted, &normal);
            work.sources = sources;
            work.missing_parts = missing_parts;
            context.policy.apply(&mut work);
            if work.held.as_deref().is_some_and(|reason| context.rules.releases(&origin, reason)) {
                work.held = None;
            }
            work
        }
    };
    absent_where_not_kept(&mut work, is_canonical);
    let text = hashing::text_hash(&work);
    let chapters: Vec<&str> = work.chapters.iter().map(|chapter| chapter.html.as_str()).collect();
    let sketch = duplicates::to_store(duplicates::sketch_of(&chapters));
    if work.words > 0 {
        identities.push(Identity::new(IdentityKind::Text, text.to_string()));
    }
    ReadWork {
        work,
        identities,
        text,
        extracted: layer,
        sketch,
        canonical: is_canonical,
        lone_part,
        continues: None,
        card: None,
        companions: companions.into_iter().map(|own| (own.blake3, own.bytes)).collect(),
    }
}

/// An export names originals whose bytes do not come with it.
fn absent_where_not_kept(work: &mut Work, canonical: bool) {
    if canonical {
        for source in &mut work.sources {
            source.blob = BlobState::Absent;
        }
    }
}

pub(super) fn line_of(item: &Item, format: Option<&str>) -> ItemLine {
    ItemLine {
        path: item.path.clone(),
        member: item.member.clone(),
        blake3: item.blake3,
        format: format.map(str::to_owned),
        outcome: ItemOutcome::Refused,
        reason: String::new(),
    }
}

/// The source that a file beside the item is.
pub(super) fn beside(own: &Companion, line: &ItemLine) -> Source {
    Source {
        path: own.path.clone(),
        member: own.member.clone(),
        format: line.format.clone().unwrap_or_else(|| "unknown".to_owned()),
        encoding: own.encoding.clone(),
        blake3: own.blake3,
        blob: BlobState::Stored,
        url: None,
    }
}

pub(super) fn source_of(item: &Item, line: &ItemLine, encoding: Option<String>) -> Option<Source> {
    Some(Source {
        path: line.path.clone(),
        member: line.member.clone(),
        format: line.format.clone().unwrap_or_else(|| "unknown".to_owned()),
        encoding,
        blake3: item.blake3?,
        blob: BlobState::Stored,
        url: item.hints.url.clone(),
    })
}
