//! Values of a dump as text: encodings, the slashes that old servers added, dates in their three forms.

use crate::sql_dump::Cell;
use fanfold_model::{Finding, FindingCode};
use fanfold_text::document::Document;
use fanfold_text::encoding::{DecodeNoteKind, EncodingHint, decode};

/// How a site's bytes are read. Most sites mix UTF-8 with the encoding of their first years, value by value.
#[derive(Debug, Default, Clone)]
pub(super) struct Words {
    sample: Vec<u8>,
    old: Option<&'static str>,
}

/// Bytes that are looked at for the old encoding.
const SAMPLE: usize = 256 << 10;

impl Words {
    /// Looks at a value on the way.
    pub(super) fn notice(&mut self, cell: &Cell) {
        let bytes = cell.bytes();
        if self.sample.len() < SAMPLE && !bytes.is_ascii() && std::str::from_utf8(bytes).is_err() {
            self.sample.extend_from_slice(bytes);
            self.sample.push(b'\n');
        }
    }

    /// Decides, once everything was noticed.
    pub(super) fn decide(&mut self) {
        if !self.sample.is_empty() {
            self.old = Some(decode(&self.sample, None).encoding);
            self.sample = Vec::new();
        }
    }

    /// A short value as text, with the finding if something had to be decided.
    pub(super) fn text(&self, cell: &Cell) -> String {
        self.read(cell.bytes()).0
    }

    /// A name's bytes as text.
    pub(super) fn name(&self, bytes: &[u8]) -> String {
        self.read(bytes).0
    }

    /// A long text: its own bytes decide before the site's habit.
    pub(super) fn read(&self, bytes: &[u8]) -> (String, &'static str, Option<Finding>) {
        let hint = self.old.filter(|_| bytes.len() < 2_000).map(EncodingHint::declared);
        let decoded = decode(bytes, hint);
        let lost = decoded.notes.iter().any(|note| note.kind == DecodeNoteKind::Lossy);
        let finding =
            (decoded.encoding != "utf-8" || lost || decoded.misread.is_some()).then(|| {
                let what = format!("A value was read as {}.", decoded.encoding);
                Finding::new(FindingCode::DECODING, what)
            });
        (without_slashes(&decoded.text), decoded.encoding, finding)
    }
}

/// A name without HTML's references and tags.
pub(super) fn plain(name: &str) -> String {
    if name.contains(['&', '<']) {
        return Document::parse_fragment(name).root().line();
    }
    name.to_owned()
}

/// Old servers put a backslash before each quote, and eFiction takes it off when it shows a page.
fn without_slashes(text: &str) -> String {
    if !text.contains("\\'") && !text.contains("\\\"") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letters.peek() {
            Some(next @ ('\'' | '"' | '\\')) if letter == '\\' => {
                out.push(*next);
                letters.next();
            }
            _ => out.push(letter),
        }
    }
    out
}

/// A date, as partial as it is: "2006-02-09 22:21:35", seconds since 1970, or zeros for none.
pub(super) fn date(cell: &Cell) -> Option<String> {
    let text = String::from_utf8_lossy(cell.bytes()).trim().to_owned();
    if let Ok(seconds) = text.parse::<i64>() {
        let long = text.len() == 14;
        return if long { timestamp(&text) } else { (seconds > 0).then(|| day_of(seconds)) };
    }
    let day = text.get(..10)?;
    let shape = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let (year, rest) = day.split_at(4);
    match rest {
        _ if !shape || year == "0000" => None,
        "-00-00" => Some(year.to_owned()),
        _ if rest.ends_with("-00") => Some(day[..7].to_owned()),
        _ => Some(day.to_owned()),
    }
}

/// MySQL's old way to write a timestamp: 20060209222135.
fn timestamp(text: &str) -> Option<String> {
    let (year, month, day) = (text.get(..4)?, text.get(4..6)?, text.get(6..8)?);
    (year != "0000").then(|| format!("{year}-{month}-{day}"))
}

/// The day of a moment, in UTC. Source of the rule: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
pub(crate) fn day_of(seconds: i64) -> String {
    let days = seconds.div_euclid(86_400) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The entries of a list in one value: numbers or names parted by commas; zeros and blanks stand for none.
pub(super) fn list(text: &str) -> Vec<String> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty() && *part != "0");
    let mut list: Vec<String> = Vec::new();
    for part in parts {
        if !list.iter().any(|known| known == part) {
            list.push(part.to_owned());
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> Cell {
        Cell::Text(value.as_bytes().to_vec())
    }

    #[test]
    fn dates_are_read_in_all_their_forms_and_zeros_are_none() {
        let cases = [
            ("2006-02-09 22:21:35", Some("2006-02-09")),
            ("0000-00-00 00:00:00", None),
            ("2003-00-00", Some("2003")),
            ("2003-05-00", Some("2003-05")),
            ("1139523695", Some("2006-02-09")),
            ("0", None),
            ("", None),
            ("20060209222135", Some("2006-02-09")),
            ("951782400", Some("2000-02-29")),
        ];
        for (written, expected) in cases {
            assert_eq!(date(&text(written)).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn added_slashes_go_and_honest_ones_stay() {
        let words = Words::default();
        assert_eq!(
            words.text(&text("It\\'s \\\"here\\\" in C:\\lamps")),
            "It's \"here\" in C:\\lamps"
        );
        assert_eq!(words.text(&text("C:\\lamps\\n")), "C:\\lamps\\n");
    }

    #[test]
    fn a_short_value_is_read_by_the_habit_of_its_site() {
        let mut words = Words::default();
        words.notice(&Cell::Text(
            b"Zo\xeb said \x93caf\xe9\x94 and went home, for it was late in the d\xe9cade."
                .to_vec(),
        ));
        words.decide();
        assert_eq!(words.text(&Cell::Text(b"Zo\xeb".to_vec())), "Zoë");
        assert_eq!(words.text(&text("Zoë")), "Zoë");
    }

    #[test]
    fn a_list_has_each_entry_once_and_no_zeros() {
        assert_eq!(list("0,3, 10,16,3,"), ["3", "10", "16"]);
        assert_eq!(list("0"), [""; 0]);
    }
}
