//! The text of a book, unpacked: all its records, without what stands behind the text in each of them.

use super::header::Header;
use super::huff::Huff;
use super::palm::Palm;
use super::palmdoc;
use fanfold_model::{Finding, FindingCode};

/// Bytes of text that are read. The longest honest works have a quarter of that.
const MOST_TEXT_BYTES: usize = 64 << 20;
/// Bytes of text in one record; programs write 4096.
const MOST_RECORD_TEXT: usize = 1 << 17;

/// All the text there is, and what was noticed.
pub(super) fn read(palm: &Palm<'_>, header: &Header) -> (Vec<u8>, Vec<Finding>) {
    let mut findings = Vec::new();
    let huff = (header.compression == 17_480).then(|| tables(palm, header)).flatten();
    let mut text = Vec::new();
    let mut lost = 0;
    let mut steps = MOST_TEXT_BYTES * 2;
    for number in 1..=header.text_records {
        let Some(record) = palm.record(header.base + number) else {
            lost += 1;
            continue;
        };
        let packed = without_trail(&record, header.extra);
        match (header.compression, &huff) {
            (1, _) => text.extend_from_slice(packed),
            (2, _) => text.extend(palmdoc::unpack(packed, MOST_RECORD_TEXT)),
            (_, Some(huff)) => text.extend(huff.unpack(packed, MOST_RECORD_TEXT, &mut steps)),
            (_, None) => lost += 1,
        }
        if text.len() > MOST_TEXT_BYTES {
            text.truncate(MOST_TEXT_BYTES);
            let what = "The book's text is longer than is read of one book; the rest was not read.";
            findings.push(Finding::new(FindingCode::LIMIT_HIT, what));
            break;
        }
    }
    if lost > 0 {
        let what = format!(
            "{lost} of the {} pieces of the text are not in the file.",
            header.text_records
        );
        findings.push(Finding::new(FindingCode::TRUNCATED, what));
    }
    if header.text_length > 0 && header.text_length < text.len() {
        text.truncate(header.text_length);
    }
    (text, findings)
}

fn tables(palm: &Palm<'_>, header: &Header) -> Option<Huff> {
    let (first, count) = header.huff;
    let first = first.checked_add(header.base)?;
    let dictionaries: Vec<Vec<u8>> =
        (1..count.min(1_000)).filter_map(|number| palm.record(first + number)).collect();
    Huff::new(&palm.record(first)?, &dictionaries)
}

/// A record without its trailing entries: the flags say which there are, each tells its own length at its end.
fn without_trail(record: &[u8], flags: u16) -> &[u8] {
    let mut rest = record;
    for _ in 0..(flags >> 1).count_ones() {
        let length = length_at_end(rest);
        rest = rest.get(..rest.len().saturating_sub(length)).unwrap_or_default();
    }
    if flags & 1 == 1 {
        // Bytes of a letter that the next record begins with too.
        let length = rest.last().map_or(0, |last| usize::from(last & 3) + 1);
        rest = rest.get(..rest.len().saturating_sub(length)).unwrap_or_default();
    }
    rest
}

fn length_at_end(record: &[u8]) -> usize {
    let start = record.len().saturating_sub(4);
    let mut length = 0;
    for byte in &record[start..] {
        if byte & 0x80 != 0 {
            length = 0;
        }
        length = length << 7 | usize::from(byte & 0x7F);
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trailing_entries_go_whatever_they_claim() {
        assert_eq!(without_trail(b"text\x00", 1), b"text");
        assert_eq!(without_trail(b"text\xE2\x01", 1), b"text");
        assert_eq!(without_trail(b"textAB\x83", 2), b"text");
        assert_eq!(without_trail(b"text\x00\x81", 3), b"text");
        assert_eq!(without_trail(b"\xFF", 0xFFFF), b"");
        assert_eq!(without_trail(b"", 3), b"");
    }
}
