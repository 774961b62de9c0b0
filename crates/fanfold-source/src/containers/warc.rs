//! Captures of the web: WARC (ISO 28500) and its forerunner ARC. Each response is an item whose hints are its address
//! and the time it was taken; requests and notes about the capture are passed over.
//!
//! Old captures are damaged in known ways: a last record that breaks off, addresses in angle brackets or with spaces
//! in them, a wrong length. Where a record does not begin where the last one said, the next one is looked for.

use super::{Kind, Place, Sink, too_many_members};
use crate::item::Item;
use crate::limits::Limits;
use crate::names;
use fanfold_model::{Finding, FindingCode};
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

mod http;

/// WARC and ARC files.
pub(super) struct Warc;

/// A header block that is longer is none.
const MOST_HEADER: usize = 64 << 10;

impl Kind for Warc {
    fn is(&self, item: &Item) -> bool {
        let head = item.probe();
        head.starts_with(b"WARC/") || head.starts_with(b"filedesc://")
    }

    /// The addresses stand at the records, so that the whole capture would have to be gone through to know.
    fn can_tell(&self, _item: &Item) -> bool {
        true
    }

    fn walk(
        &self,
        place: &Place<'_>,
        item: Item,
        limits: &Limits,
        sink: Sink<'_>,
    ) -> ControlFlow<()> {
        let Ok(reader) = item.reader() else { return ControlFlow::Continue(()) };
        let mut records = Records { reader: BufReader::new(reader) };
        let mut seen = 0;
        loop {
            let record = match records.next(limits) {
                Ok(Some(record)) => record,
                Ok(None) => break,
                Err(error) => return place.broken_off(seen, &error.to_string(), sink),
            };
            if !record.is_response {
                continue;
            }
            seen += 1;
            if seen > limits.container_entries {
                return place.broken_off(seen - 1, &too_many_members(limits).message, sink);
            }
            let name = format!("{seen:06} {}", names::clean(&record.url).replacen(":/", "://", 1));
            place.hand_on(record.item(place.path, limits), &name, limits, sink)?;
        }
        if seen == 0 {
            drop(records);
            let why = Finding::new(FindingCode::EMPTY, "The capture holds no response.");
            return place.give_back(item, why, sink);
        }
        ControlFlow::Continue(())
    }
}

/// One record.
#[derive(Default)]
struct Record {
    is_response: bool,
    url: String,
    captured: Option<String>,
    /// Whether the bytes begin with HTTP's own header.
    has_http: bool,
    bytes: Vec<u8>,
    /// Stated bytes that are not here.
    missing: u64,
    too_large: bool,
}

impl Record {
    fn item(self, path: &str, limits: &Limits) -> Item {
        let (mut findings, mut refused) = (Vec::new(), None);
        let mut body = self.bytes;
        let mut charset = None;
        if self.has_http {
            let answer = http::Answer::parse(body, limits.member_bytes);
            if answer.status != 200 {
                let what = format!("The site answered with status {}.", answer.status);
                refused = Some(Finding::new(FindingCode::NOT_A_WORK, what));
            }
            charset = answer.charset;
            body = answer.body;
            findings.extend(
                answer.damage.map(|what| Finding::new(FindingCode::MEMBER_UNREADABLE, what)),
            );
        }
        if self.missing > 0 {
            let what = format!("The capture breaks off {} bytes before its end.", self.missing);
            findings.push(Finding::new(FindingCode::CONTAINER_DAMAGED, what));
        }
        if self.too_large {
            refused = Some(super::member_too_large(limits.member_bytes));
        }
        let mut item = Item::from_bytes(path, body);
        item.hints.url = Some(self.url);
        item.hints.captured = self.captured;
        item.hints.charset = charset;
        item.findings = findings;
        refused.into_iter().for_each(|why| item.refuse(why));
        item
    }
}

struct Records<R> {
    reader: BufReader<R>,
}

impl<R: Read> Records<R> {
    fn next(&mut self, limits: &Limits) -> io::Result<Option<Record>> {
        loop {
            let Some(line) = self.line()? else { return Ok(None) };
            if line.starts_with("WARC/") {
                return self.warc(limits).map(Some);
            }
            if let Some((record, length)) = arc_line(&line) {
                return self.body(record, length, limits).map(Some);
            }
        }
    }

    fn warc(&mut self, limits: &Limits) -> io::Result<Record> {
        let mut record = Record::default();
        let (mut length, mut kind, mut media) = (0, String::new(), String::new());
        let mut taken = 0;
        while let Some(line) = self.line()? {
            taken += line.len();
            if line.is_empty() || taken > MOST_HEADER {
                break;
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap_or(0),
                "warc-type" => kind = value.to_ascii_lowercase(),
                "warc-target-uri" => record.url = address(value),
                "warc-date" => record.captured = Some(value.to_owned()),
                "content-type" => media = value.to_ascii_lowercase(),
                _ => {}
            }
        }
        record.is_response = matches!(kind.as_str(), "response" | "resource" | "conversion")
            && !record.url.starts_with("dns:");
        record.has_http = kind == "response" && media.starts_with("application/http");
        self.body(record, length, limits)
    }

    fn body(&mut self, mut record: Record, length: u64, limits: &Limits) -> io::Result<Record> {
        record.too_large = length > limits.member_bytes.min(limits.text_bytes);
        let mut stretch = (&mut self.reader).take(length);
        if record.is_response && !record.too_large {
            stretch.read_to_end(&mut record.bytes)?;
        } else {
            io::copy(&mut stretch, &mut io::sink())?;
        }
        record.missing = stretch.limit();
        Ok(record)
    }

    fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        let count = (&mut self.reader).take(MOST_HEADER as u64).read_until(b'\n', &mut line)?;
        let text = String::from_utf8_lossy(line.trim_ascii_end()).into_owned();
        Ok((count > 0).then_some(text))
    }
}

/// `URL IP date type length`, with two more fields before the length in later files. Addresses may hold spaces.
fn arc_line(line: &str) -> Option<(Record, u64)> {
    let parts: Vec<&str> = line.split(' ').collect();
    let length = parts.last()?.parse().ok()?;
    let date = parts
        .iter()
        .rposition(|part| part.len() == 14 && part.bytes().all(|byte| byte.is_ascii_digit()))?;
    let url = parts.get(..date.checked_sub(1)?)?.join(" ");
    if !url.contains(':') {
        return None;
    }
    let is_response = url.starts_with("http");
    let captured = Some(parts[date].to_owned());
    Some((
        Record { is_response, has_http: is_response, url, captured, ..Record::default() },
        length,
    ))
}

fn address(value: &str) -> String {
    value.trim_matches(['<', '>']).to_owned()
}
