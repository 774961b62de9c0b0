//! One item through detection and extraction: the only way in for the import, `inspect` and the tests.

mod unread;

use crate::convert::{Converter, NoConverter};
use crate::detect::{Detection, detect};
use crate::importer::{Importer, Input, Sink};
use crate::registry::importers;
use fanfold_model::canonical::Record;
use fanfold_model::{Extracted, Finding, FindingCode, ReadAs};
use fanfold_source::{Item, Limits};

/// Everything that was seen in an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Which formats it might be.
    pub detection: Detection,
    /// Id of the format that read it; `None` where none did.
    pub format: Option<&'static str>,
    /// How its bytes were decoded, if they are text.
    pub decoded: Option<crate::DecodedText>,
    /// Works, and things that are none. Never empty, unless there are records.
    pub extracted: Vec<Extracted>,
    /// Records of canonical JSON that are no works.
    pub records: Vec<Record>,
    /// What was noticed about the item as a whole, when it holds many works.
    pub findings: Vec<Finding>,
}

/// What is known once all of an item has been pushed into a sink.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Which formats it might be.
    pub detection: Detection,
    /// Id of the format that read it.
    pub format: Option<&'static str>,
    /// How its bytes were decoded, if they are text.
    pub decoded: Option<crate::DecodedText>,
}

/// Reads an item whole. For items that hold many works, [`read_into`] takes less memory.
#[must_use]
pub fn read(item: &Item, limits: &Limits) -> Reading {
    read_with(item, limits, &NoConverter)
}

/// Reads an item whole, with what reads formats that only foreign programs read.
#[must_use]
pub fn read_with(item: &Item, limits: &Limits, converter: &dyn Converter) -> Reading {
    let mut collected = Collected::default();
    let summary = read_into(item, limits, converter, &mut collected);
    Reading {
        detection: summary.detection,
        format: summary.format,
        decoded: summary.decoded,
        extracted: collected.extracted,
        records: collected.records,
        findings: collected.findings,
    }
}

/// Reads an item and pushes what is seen as it is seen. The item's own findings go with the first thing pushed.
pub fn read_into(
    item: &Item,
    limits: &Limits,
    converter: &dyn Converter,
    sink: &mut dyn Sink,
) -> Summary {
    let input = Input::with(item, limits, converter);
    let mut counting = Counting { sink, own: item.findings.clone(), input: &input, seen: 0 };
    if item.is_refused() || item.size == 0 {
        let extracted = without_bytes(&input);
        counting.extracted(extracted);
        return Summary { detection: Detection::default(), format: None, decoded: None };
    }
    let detection = detect(item);
    let chosen = detection.best().and_then(|best| importer_of(best.format));
    let format = chosen.map(|importer| importer.format().id);
    match chosen.map(|importer| importer.extract(&input, &mut counting)) {
        Some(Ok(())) => {}
        Some(Err(error)) => {
            counting.extracted(input.refusal(ReadAs::NotUnderstood, error.finding()))
        }
        None => counting.extracted(not_understood(&input)),
    }
    if counting.seen == 0 {
        counting.extracted(not_understood(&input));
    }
    let decoded = input.decoded().cloned();
    Summary { detection, format, decoded }
}

/// Whether the format that reads this item may find many works in it. Only its beginning is looked at.
#[must_use]
pub fn holds_many(item: &Item) -> bool {
    let best = detect(item).best().and_then(|best| importer_of(best.format));
    best.is_some_and(Importer::holds_many)
}

fn importer_of(id: &str) -> Option<&'static dyn Importer> {
    importers().iter().copied().find(|importer| importer.format().id == id)
}

fn without_bytes(input: &Input<'_>) -> Extracted {
    if input.item.is_refused() {
        return Extracted::new(ReadAs::NotUnderstood);
    }
    let finding = Finding::new(FindingCode::EMPTY, "The file is empty.");
    input.refusal(ReadAs::NotAWork, finding)
}

fn not_understood(input: &Input<'_>) -> Extracted {
    let what = unread::advice(input.item.probe())
        .unwrap_or("No importer understands this file; its bytes are kept.");
    input.refusal(ReadAs::NotUnderstood, Finding::new(FindingCode::NOT_UNDERSTOOD, what))
}

/// Hands on to the real sink, adds the item's own findings to the first reading, and counts.
struct Counting<'s> {
    sink: &'s mut dyn Sink,
    own: Vec<Finding>,
    input: &'s Input<'s>,
    seen: usize,
}

impl Sink for Counting<'_> {
    fn extracted(&mut self, mut extracted: Extracted) {
        self.seen += 1;
        let item = self.input.item;
        crate::project_note::refuse(item.file_name(), &mut extracted);
        crate::neighbours::catalogue::settle(item, &mut extracted);
        crate::neighbours::reviews::settle(item, &mut extracted);
        crate::downloaded::settle(&mut extracted);
        // Of many works in one text the text says nothing of each.
        let decoded = self.input.decoded().filter(|_| self.seen == 1);
        crate::holes::settle(decoded, &mut extracted);
        extracted.findings.splice(0..0, self.own.drain(..));
        self.sink.extracted(extracted);
    }

    fn record(&mut self, record: Record) {
        self.seen += 1;
        self.sink.record(record);
    }

    fn finding(&mut self, finding: Finding) {
        self.sink.finding(finding);
    }

    fn wants_more(&self) -> bool {
        self.sink.wants_more()
    }
}

#[derive(Default)]
struct Collected {
    extracted: Vec<Extracted>,
    records: Vec<Record>,
    findings: Vec<Finding>,
}

impl Sink for Collected {
    fn extracted(&mut self, extracted: Extracted) {
        self.extracted.push(extracted);
    }

    fn record(&mut self, record: Record) {
        self.records.push(record);
    }

    fn finding(&mut self, finding: Finding) {
        self.findings.push(finding);
    }
}
