//! Journal export: an entry of LiveJournal, Dreamwidth or a kindred site, as the sites' own exports and download programs
//! write it.
//!
//! Recognised by its root: `<event>` of ljdump (`L-12`), `<livejournal>` or `<entry>` of a month's export and of the
//! programs that followed it; a month's file is taken apart before, so that each entry is an item of its own. Read:
//! the subject as title, part, rating and pairing; the text with its line ends, cuts and user tags; tags, mood, music
//! and location as original labels; the poster of a community's entry; the address. An entry for friends, for a group
//! or for its owner waits and is never public by itself. Diary entries, lists, quizzes and polls are no works, nor are
//! readers' comments. Known damage: files that break off, bytes of another encoding, mail addresses (left out).
//!
//! Readers' comments in the entry, or in the file that ljdump lays beside it, are kept as reviews with the poster's
//! replies; deleted and screened ones are not.
//!
//! Not read: user pictures, Semagic's and LJArchive's own binary files.

use super::livejournal::{self, Entry};
use super::office::{Events, walk};
use crate::comments::settle;
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use fanfold_model::{Extracted, FieldKind, Finding, FindingCode, ReadAs};
use quick_xml::events::BytesStart;

mod comments;

use comments::Values;

/// The importer.
pub(crate) struct LivejournalExport;

impl Importer for LivejournalExport {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "livejournal-export",
            name: "Journal export",
            description: "An entry exported from LiveJournal, Dreamwidth or a kindred site",
            docs: "Files of ljdump and the sites' monthly XML exports. Subject, text, cuts, tags and mood are kept; \
                   parts over several entries become one work. Entries that were not public wait for a person. Diary \
                   entries, lists, quizzes and files of comments are refused; comments on a story are kept as its reviews.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        if !probe.is_text() {
            return None;
        }
        let head = probe.lower();
        let start = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let root = root_of(start)?;
        let keyed = KEYS.iter().filter(|key| start.contains(&format!("<{key}>"))).count();
        match root {
            "livejournal" => Some(Match { score: 950, reason: "Its root is a journal's export." }),
            "event" | "entry" if keyed >= 2 => {
                Some(Match { score: 940, reason: "It has the elements of a journal's entry." })
            }
            "comments" if start.contains("<parentid>") || start.contains("<comment>") => {
                Some(Match {
                    score: 930,
                    reason: "It holds the comments of a journal's entry, as ljdump writes them.",
                })
            }
            _ => None,
        }
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let decoded = input.text()?;
        let mut reader = Reader::default();
        let whole = walk(&decoded.text, &mut reader);
        let mut read = match (reader.comments, reader.seen) {
            (true, _) => livejournal::not_a_work(
                "it holds readers' comments on a journal's entry, which are read with that entry",
            ),
            (false, false) => {
                livejournal::not_a_work("it is an export of a journal without an entry")
            }
            (false, true) => livejournal::read(&reader.entry()),
        };
        if matches!(read.read_as, ReadAs::Work | ReadAs::Part) {
            reader.readers_words(input, &mut read);
        }
        if !whole {
            let what = "The entry's file breaks off or its tags do not match; it was read as far as it goes.";
            read.findings.push(Finding::new(FindingCode::TRUNCATED, what));
        }
        read.findings.splice(0..0, decoded.findings.iter().cloned());
        read.encoding = Some(decoded.encoding.to_owned());
        sink.extracted(read);
        Ok(())
    }
}

/// Elements that an entry has and hardly another document.
const KEYS: [&str; 8] = [
    "itemid",
    "ditemid",
    "eventtime",
    "logtime",
    "event_timestamp",
    "anum",
    "event",
    "current_mood",
];

/// The name of the first element.
fn root_of(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        let inside = rest[rest.find('<')?..].strip_prefix('<')?;
        if inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = inside.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'));
            return inside.get(..end.unwrap_or(inside.len()));
        }
        rest = inside.get(inside.find('>')? + 1..)?;
    }
}

/// The values of an entry by the names of their elements.
#[derive(Default)]
struct Reader {
    open: Vec<String>,
    values: Vec<(String, String)>,
    seen: bool,
    comments: bool,
    /// Inside a comment that stands in the entry.
    aside: usize,
    said: Vec<Values>,
}

impl Events for Reader {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) {
        let name = name.to_ascii_lowercase();
        self.comments |= self.open.is_empty() && name == "comments";
        self.aside += usize::from(name == "comment" || name == "comments");
        let inside =
            self.open.iter().any(|own| own == "entry" || own == "event" || own == "livejournal");
        self.seen |= name == "entry" || name == "event";
        if name == "comment" {
            self.said.push(Values::of(tag));
        } else if let Some(last) = self.said.last_mut().filter(|_| self.aside > 0) {
            last.start(&name);
        }
        if inside && self.aside == 0 {
            self.values.push((name.clone(), String::new()));
        }
        self.open.push(name);
    }

    fn end(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        if name == "comment" || name == "comments" {
            self.aside = self.aside.saturating_sub(1);
        }
        if let Some(at) = self.open.iter().rposition(|own| *own == name) {
            self.open.truncate(at);
        }
    }

    fn text(&mut self, text: &str) {
        let Some(open) = self.open.last() else { return };
        if self.aside > 0 {
            if let Some(last) = self.said.last_mut() {
                last.text(open, text);
            }
            return;
        }
        if let Some((_, value)) = self.values.last_mut().filter(|(name, _)| name == open) {
            value.push_str(text);
        }
    }
}

impl Reader {
    /// The first value of a name that says anything.
    fn value(&self, name: &str) -> Option<&str> {
        let mut found = self.values.iter().filter(|(own, _)| own == name);
        found.find_map(|(_, value)| Some(value.trim()).filter(|value| !value.is_empty()))
    }

    fn text_of(&self, name: &str) -> Option<String> {
        self.value(name).map(str::to_owned)
    }

    /// Readers' comments, from the entry itself and from the file beside it.
    fn readers_words(&self, input: &Input<'_>, read: &mut Extracted) {
        let mut said: Vec<_> = self.said.iter().filter_map(Values::said).collect();
        if let Some((more, companion)) = comments::beside(input) {
            said.extend(more);
            read.companions.push(companion);
        }
        let authors: Vec<String> = self.text_of("poster").into_iter().collect();
        let owner = read.fields_of(FieldKind::Poster).map(|own| own.value.clone());
        let authors: Vec<String> = authors.into_iter().chain(owner).collect();
        settle(said, &authors, "journal-comment", read);
    }

    fn entry(&self) -> Entry {
        let body = self.value("event").or_else(|| self.value("body")).unwrap_or_default();
        let formatted = self.value("opt_preformatted").is_some_and(|value| value != "0")
            || self.value("editor").is_some_and(|value| value.starts_with("rte"));
        let html = if formatted { body.to_owned() } else { livejournal::with_breaks(body) };
        let tags = self.value("taglist").or_else(|| self.value("tags")).unwrap_or_default();
        let beside = BESIDE.iter().filter_map(|(name, label)| {
            let value = self.value(name)?;
            Some(((*label).to_owned(), value.to_owned()))
        });
        Entry {
            subject: self.text_of("subject").unwrap_or_default(),
            html,
            poster: self.text_of("poster").filter(|name| !name.contains('@')),
            posted: self.text_of("eventtime").or_else(|| self.text_of("logtime")),
            tags: tags
                .split(',')
                .map(str::trim)
                .filter(|tag| !tag.is_empty())
                .map(str::to_owned)
                .collect(),
            beside: beside.collect(),
            closed: closed(self.value("security"), self.value("allowmask")),
            url: self.text_of("url"),
        }
    }
}

/// What stands beside an entry, by element and label.
const BESIDE: [(&str, &str); 4] = [
    ("current_mood", "Current Mood"),
    ("current_music", "Current Music"),
    ("current_location", "Current Location"),
    ("current_coords", "Current Coordinates"),
];

/// Who may read an entry. Everything that is not said to be public is closed.
fn closed(security: Option<&str>, mask: Option<&str>) -> Option<&'static str> {
    let mask = mask.and_then(|mask| mask.parse::<u64>().ok()).unwrap_or(0);
    match security.unwrap_or("public").to_ascii_lowercase().as_str() {
        "public" => None,
        "private" => Some("private"),
        "friends" | "access" => Some("friends-only"),
        "usemask" if mask == 1 => Some("friends-only"),
        "usemask" if mask == 0 => Some("private"),
        _ => Some("custom-group"),
    }
}

#[cfg(test)]
mod tests;
