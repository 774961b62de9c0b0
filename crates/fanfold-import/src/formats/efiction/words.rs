//! Values of a dump as text: encodings, the slashes that old servers added, dates in their three forms.

use crate::body::Body;
use crate::sql_dump::Cell;
use fanfold_model::{Finding, FindingCode};
use fanfold_text::document::Document;
use fanfold_text::encoding::{DecodeNoteKind, EncodingHint, decode};
use fanfold_text::mojibake;
use fanfold_text::paragraphs::{Newlines, html_paragraphs_with};

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
        let again = mojibake::repair(&decoded.text);
        let finding = if again.is_some() || decoded.misread.is_some() {
            let what = "A value was UTF-8 that had been read as Windows-1252; it was turned back.";
            Some(Finding::new(FindingCode::MOJIBAKE_REPAIRED, what))
        } else if decoded.encoding != "utf-8" || lost {
            let what = format!("A value was read as {}.", decoded.encoding);
            Some(Finding::new(FindingCode::DECODING, what))
        } else {
            None
        };
        let text = again.map_or(decoded.text, |again| again.text);
        (without_slashes(&text), decoded.encoding, finding)
    }
}

/// A text as eFiction shows it: line ends are breaks unless the text holds one of three tags, in lower case. In a text
/// of other makers' tags they are looked up in it, so that lines wrapped at a fixed width join.
pub(super) fn shown(text: &str, body: &mut Body) -> String {
    let is_html = ["<br>", "<p>", "<br />"].iter().any(|tag| text.contains(tag));
    let lower = text.to_ascii_lowercase();
    let has_blocks = ["<p", "<br", "<div", "<table"].iter().any(|tag| lower.contains(tag));
    let newlines = match (is_html, has_blocks) {
        (true, _) => Newlines::Space,
        (false, true) => Newlines::Breaks,
        (false, false) => Newlines::Detect,
    };
    html_paragraphs_with(&body.clean(text), newlines).into_string()
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

/// The entries of a list in one value: numbers or names parted by commas; zeros and blanks stand for none.
pub(super) fn list(text: &str) -> Vec<String> {
    list_of(text, &|_| false)
}

/// The same, where a name of the site may hold commas of its own ("Watson, Dr. John").
pub(super) fn list_of(text: &str, is_known: &dyn Fn(&str) -> bool) -> Vec<String> {
    const LONGEST: usize = 4;
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let mut list: Vec<String> = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        let most = LONGEST.min(parts.len() - at);
        let joined = (2..=most).rev().map(|count| (count, parts[at..at + count].join(", ")));
        let (count, entry) = joined
            .into_iter()
            .find(|(_, name)| is_known(name))
            .unwrap_or_else(|| (1, parts[at].to_owned()));
        at += count;
        if !entry.is_empty() && entry != "0" && !list.contains(&entry) {
            list.push(entry);
        }
    }
    list
}

/// The widths of eFiction's list columns. An old server cut a longer list there without a word.
const WIDTHS: [usize; 4] = [100, 200, 250, 255];

/// Whether a list of numbers fills its column, so that its last number may be half of one.
pub(super) fn is_cut(bytes: &[u8]) -> bool {
    let numbers = bytes.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b' '));
    numbers && WIDTHS.contains(&bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> Cell {
        Cell::Text(value.as_bytes().to_vec())
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
    fn line_ends_are_breaks_unless_one_of_three_tags_is_there() {
        let shown = |text: &str| shown(text, &mut Body::default());
        for (text, paragraphs) in [
            ("One.\r\n\r\nTwo.", 2),
            ("One.<br>\n<br>\nTwo.", 2),
            ("<p>One.\n\nStill one.</p>\n\n<p>Two.</p>", 2),
            ("One <i>lamp</i>.\n\nTwo with a <br/> inside.", 2),
            ("<P>One.</P>\n\n<P>Two.</P>", 2),
        ] {
            assert_eq!(shown(text).matches("<p>").count(), paragraphs, "{text}: {}", shown(text));
        }
    }

    #[test]
    fn twice_encoded_values_are_turned_back_and_told() {
        let words = Words::default();
        let (text, _, finding) =
            words.read("Zo\u{c3}\u{ab}\u{e2}\u{20ac}\u{2122}s lamp".as_bytes());
        assert_eq!(text, "Zo\u{eb}\u{2019}s lamp");
        assert_eq!(finding.unwrap().code, "mojibake-repaired");
    }

    #[test]
    fn a_name_with_a_comma_is_one_entry_where_the_site_knows_it() {
        let known = |name: &str| name == "Watson, Dr. John";
        assert_eq!(
            list_of("Holmes, Watson, Dr. John, Hudson", &known),
            ["Holmes", "Watson, Dr. John", "Hudson"]
        );
        assert!(is_cut("123,".repeat(25).as_bytes()));
        assert!(!is_cut(b"1,2,3") && !is_cut("Jim,".repeat(25).as_bytes()));
    }

    #[test]
    fn a_list_has_each_entry_once_and_no_zeros() {
        assert_eq!(list("0,3, 10,16,3,"), ["3", "10", "16"]);
        assert_eq!(list("0"), [""; 0]);
    }
}
