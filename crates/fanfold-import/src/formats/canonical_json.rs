//! Canonical JSON lines: what `fanfold export --format jsonl` writes and other archives may write too.
//!
//! One record a line (docs/canonical-json.md). Works come whole and need no reading of labels; tags, series, creators
//! and edits are handed on as records; items that are no works keep their outcome. A line that is no record is a
//! finding with its number, and the good lines are still taken. Recognised by a first line that is a JSON object with
//! a known `type`. Lines longer than the limit for text files are passed over. A byte order mark is accepted.
//!
//! Not read here: JSON arrays, other programs' JSON.

use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use fanfold_model::canonical::{Record, parse_line};
use fanfold_model::{Extracted, Finding, FindingCode, ReadAs, Span, Work};
use std::io::{BufRead, BufReader, Read};

/// The importer.
pub(crate) struct CanonicalJson;

const TYPES: [&str; 11] = [
    "work",
    "item",
    "tag",
    "series",
    "creator",
    "edit",
    "collection",
    "bookmark",
    "comment",
    "import",
    "source",
];

/// More bad lines than this are counted, not told one by one.
const MOST_TOLD: usize = 100;

impl Importer for CanonicalJson {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "canonical-json",
            name: "Canonical JSON lines",
            description: "Fanfold's own lossless export, one record a line",
            docs: "Works are taken whole, with their ids where these are free. Tags, series, creators and edits come \
                   along. A line that is no record is told with its number; the others are taken.",
        }
    }

    fn holds_many(&self) -> bool {
        true
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        let text = probe.head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(probe.head);
        let line = text.trim_ascii_start();
        let end = line.iter().position(|byte| *byte == b'\n').unwrap_or(line.len());
        let start = &line[..end.min(400)];
        if !start.starts_with(b"{") {
            return None;
        }
        let start = String::from_utf8_lossy(start);
        let squeezed: String = start.chars().filter(|c| !c.is_whitespace()).collect();
        if TYPES.iter().any(|name| squeezed.starts_with(&format!("{{\"type\":\"{name}\""))) {
            return Some(Match {
                score: 950,
                reason: "The first line is a record of canonical JSON.",
            });
        }
        let later = squeezed.contains("\"type\":\"work\"");
        later.then_some(Match {
            score: 700,
            reason: "The first line is a JSON object of type work.",
        })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let mut lines = Lines {
            reader: BufReader::new(input.item.reader()?),
            most: input.limits.text_bytes,
            at: 0,
        };
        let mut bad = 0;
        for number in 1_u64.. {
            let line = lines
                .next()
                .map_err(|source| ImportError::Io { path: input.item.path.clone(), source })?;
            let Some(line) = line.filter(|_| sink.wants_more()) else { break };
            let what = match read_line(&line, number) {
                Ok(Some(read)) => {
                    push(read, &line, sink);
                    continue;
                }
                Ok(None) => continue,
                Err(what) => what,
            };
            bad += 1;
            if bad <= MOST_TOLD {
                let span = Span {
                    start: line.start,
                    end: line.end,
                    unit: fanfold_model::SpanUnit::Source,
                };
                sink.finding(Finding::new(FindingCode::UNKNOWN_RECORD, what).at(Some(span)));
            }
        }
        if bad > MOST_TOLD {
            let what = format!("{} more lines are no records.", bad - MOST_TOLD);
            sink.finding(Finding::new(FindingCode::UNKNOWN_RECORD, what));
        }
        Ok(())
    }
}

fn read_line(line: &Line, number: u64) -> Result<Option<Record>, String> {
    if line.too_long {
        return Err(format!("Line {number} is longer than is read at once."));
    }
    let text = std::str::from_utf8(&line.bytes).map_err(|error| {
        format!("Line {number} is not UTF-8 at byte {}.", error.valid_up_to() + 1)
    })?;
    let text = text.trim_start_matches('\u{FEFF}').trim();
    if text.is_empty() {
        return Ok(None);
    }
    let record = parse_line(text).map_err(|error| format!("Line {number}: {error}."))?;
    match record {
        Record::Other(kind) if !TYPES.contains(&kind.as_str()) => {
            Err(format!("Line {number} is a record of the unknown type `{kind}`."))
        }
        record => Ok(Some(record)),
    }
}

fn push(record: Record, line: &Line, sink: &mut dyn Sink) {
    match record {
        Record::Work(work) => sink.extracted(whole_work(*work, &line.bytes)),
        other => sink.record(other),
    }
}

/// A work that needs no reading of labels. Its HTML is cleaned like anybody's: a line may come from anywhere.
fn whole_work(mut work: Work, line: &[u8]) -> Extracted {
    let outcome = serde_json::from_slice::<Outcome>(line).ok().map(|line| line.outcome);
    clean_work(&mut work);
    let mut extracted = Extracted::new(match outcome.as_deref() {
        Some("part") => ReadAs::Part,
        _ => ReadAs::Work,
    });
    extracted.encoding = Some("utf-8".to_owned());
    extracted.canonical = Some(Box::new(work));
    extracted
}

#[derive(serde::Deserialize)]
struct Outcome {
    #[serde(default)]
    outcome: String,
}

fn clean_work(work: &mut Work) {
    let own = [&mut work.summary, &mut work.notes, &mut work.end_notes];
    own.into_iter().flatten().for_each(clean);
    for chapter in &mut work.chapters {
        clean(&mut chapter.html);
        let beside = [&mut chapter.summary, &mut chapter.notes, &mut chapter.end_notes];
        beside.into_iter().flatten().for_each(clean);
    }
}

fn clean(html: &mut String) {
    *html = fanfold_text::sanitize::clean(html).html.into_string();
}

/// A line with its place in the file.
struct Line {
    bytes: Vec<u8>,
    start: u64,
    end: u64,
    too_long: bool,
}

struct Lines<R> {
    reader: BufReader<R>,
    most: u64,
    at: u64,
}

impl<R: Read> Lines<R> {
    fn next(&mut self) -> std::io::Result<Option<Line>> {
        let start = self.at;
        let mut bytes = Vec::new();
        let taken = (&mut self.reader).take(self.most).read_until(b'\n', &mut bytes)? as u64;
        if taken == 0 {
            return Ok(None);
        }
        let too_long = taken == self.most && !bytes.ends_with(b"\n");
        let passed = if too_long { skip_line(&mut self.reader)? } else { 0 };
        self.at = start + taken + passed;
        Ok(Some(Line { bytes, start, end: self.at, too_long }))
    }
}

/// Passes over the rest of a line without keeping it.
fn skip_line(reader: &mut impl BufRead) -> std::io::Result<u64> {
    let mut passed = 0;
    loop {
        let buffer = reader.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let count = end.map_or(buffer.len(), |end| end + 1);
        reader.consume(count);
        passed += count as u64;
        if end.is_some() || count == 0 {
            return Ok(passed);
        }
    }
}
