//! Two texts side by side: what they are to each other, and where each shared passage stands.

use fanfold_alike::{Comparison, Passage, Sketch, Verdict, Word, compare, words};
use fanfold_model::WorkId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Which text a pair names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextName {
    /// The work's number, in a library.
    pub id: Option<WorkId>,
    /// Where the file lies, without a library.
    pub path: Option<String>,
    /// The title.
    pub title: String,
}

/// A place in a work's text: chapters count from 1, bytes in the chapter's HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextPlace {
    /// The chapter where it begins.
    pub chapter: usize,
    /// Where it begins there.
    pub start: usize,
    /// The chapter where it ends.
    pub end_chapter: usize,
    /// Where it ends there.
    pub end: usize,
}

/// A passage that both texts have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedSpan {
    /// In the first text.
    pub a: TextPlace,
    /// In the second.
    pub b: TextPlace,
    /// Words that are equal in it.
    pub words: usize,
    /// Its first words, as the first text has them.
    pub begins: String,
}

/// Two texts that share passages.
#[derive(Debug, Clone, PartialEq)]
pub struct AlikePair {
    /// The first text.
    pub a: TextName,
    /// The second text.
    pub b: TextName,
    /// What they are to each other.
    pub verdict: Verdict,
    /// Share of the first text that stands in the second.
    pub in_a: f64,
    /// Share of the second text that stands in the first.
    pub in_b: f64,
    /// The passages.
    pub spans: Vec<SharedSpan>,
}

/// A text with its name.
pub(super) struct Text {
    pub(super) name: TextName,
    pub(super) chapters: Vec<String>,
}

impl Text {
    /// The work of a canonical record; nothing for other records.
    pub(super) fn of_record(record: &Value) -> Option<Self> {
        if record["type"] != "work" {
            return None;
        }
        let source = &record["sources"][0];
        let path = source["path"].as_str().unwrap_or_default();
        let path = match source["member"].as_str() {
            Some(member) => format!("{path}/{member}"),
            None => path.to_owned(),
        };
        let title = record["title"].as_str().unwrap_or_default().to_owned();
        let chapters = record["chapters"].as_array()?.iter();
        let chapters = chapters.filter_map(|chapter| Some(chapter["html"].as_str()?.to_owned()));
        let name = TextName { id: None, path: Some(path), title };
        Some(Self { name, chapters: chapters.collect() })
    }
}

/// The words of all chapters, and where each chapter's begin.
fn read(chapters: &[impl AsRef<str>]) -> (Vec<Word>, Vec<usize>) {
    let (mut all, mut starts) = (Vec::new(), Vec::new());
    for chapter in chapters {
        starts.push(all.len());
        all.extend(words(chapter.as_ref()));
    }
    (all, starts)
}

/// The sketch of a text in chapters.
pub(crate) fn sketch_of(chapters: &[impl AsRef<str>]) -> Sketch {
    Sketch::of(&read(chapters).0)
}

/// Two texts laid side by side; `None` if they share no passage.
pub(super) fn pair_of(a: &Text, b: &Text) -> Option<AlikePair> {
    let ((words_a, starts_a), (words_b, starts_b)) = (read(&a.chapters), read(&b.chapters));
    let Comparison { verdict, in_a, in_b, passages } = compare(&words_a, &words_b)?;
    let span = |passage: &Passage| {
        let place = place_of(&passage.a, &words_a, &starts_a)?;
        let begins = begins(&a.chapters, place);
        let b = place_of(&passage.b, &words_b, &starts_b)?;
        Some(SharedSpan { a: place, b, words: passage.equal, begins })
    };
    let spans = passages.iter().filter_map(span).collect();
    Some(AlikePair { a: a.name.clone(), b: b.name.clone(), verdict, in_a, in_b, spans })
}

fn place_of(range: &std::ops::Range<usize>, words: &[Word], starts: &[usize]) -> Option<TextPlace> {
    let chapter_of = |word: usize| starts.partition_point(|start| *start <= word);
    let (first, last) = (range.start, range.end.checked_sub(1)?);
    Some(TextPlace {
        chapter: chapter_of(first),
        start: words.get(first)?.place.start,
        end_chapter: chapter_of(last),
        end: words.get(last)?.place.end,
    })
}

/// The first words of a passage as a reader sees them.
fn begins(chapters: &[String], place: TextPlace) -> String {
    const SHOWN: usize = 120;
    let Some(html) = chapters.get(place.chapter.saturating_sub(1)) else { return String::new() };
    let end = html.len().min(place.start + SHOWN * 2);
    let end = if place.chapter == place.end_chapter { end.min(place.end) } else { end };
    let piece = html.get(place.start..html.floor_char_boundary(end)).unwrap_or_default();
    let text =
        fanfold_text::document::text_of(piece).split_whitespace().collect::<Vec<_>>().join(" ");
    text.chars().take(SHOWN).collect()
}
