//! Duplicates: works of a library, or files, that share text. Proposals for a person; nothing is merged.
//!
//! Each text is read twice: once for its sketch, which alone is kept for all of them, and again when it is one of a
//! candidate pair. Notes and summaries do not count: they repeat from work to work and prove nothing.

use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use crate::inspect::{Stage, inspect};
use crate::settings::Settings;
use fanfold_alike::{Comparison, Passage, Sketch, Verdict, Word, candidates, compare, words};
use fanfold_model::{Viewer, WorkId};
use fanfold_storage::{ChapterChoice, WorkKey};
use rayon::prelude::*;
use serde_json::Value;
use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// Works sketched at once.
const PAGE: usize = 64;
/// Texts that stay at hand while pairs are compared.
const AT_HAND: usize = 64;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
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

impl Archive {
    /// All pairs of works that share text, by their numbers, each handed to `out` as it is found. Gives the number of
    /// works looked at.
    ///
    /// # Errors
    /// If the store fails, or `out` does.
    pub async fn duplicates(
        &self,
        viewer: Viewer,
        out: &mut (dyn FnMut(AlikePair) -> Result<()> + Send),
    ) -> Result<usize> {
        let ids = self.selection(None, viewer).await?;
        let mut sketches = Vec::with_capacity(ids.len());
        for page in ids.chunks(PAGE) {
            let mut texts = Vec::with_capacity(page.len());
            for id in page {
                texts.push(self.text_of(*id, viewer).await?.map(|(_, chapters)| chapters));
            }
            let made: Vec<Sketch> = texts
                .par_iter()
                .map(|text| sketch_of(text.as_deref().unwrap_or_default()))
                .collect();
            sketches.extend(made);
        }
        let mut at_hand = AtHand::default();
        for (one, other) in candidates(&sketches) {
            let a = at_hand.text(self, ids[one], viewer).await?;
            let b = at_hand.text(self, ids[other], viewer).await?;
            if let (Some(a), Some(b)) = (a, b)
                && let Some(pair) = pair_of(&a, &b)
            {
                out(pair)?;
            }
        }
        Ok(ids.len())
    }

    async fn text_of(&self, id: WorkId, viewer: Viewer) -> Result<Option<(String, Vec<String>)>> {
        let page = self.store().work(WorkKey::Id(id), viewer, ChapterChoice::All).await?;
        Ok(page.map(|page| {
            let chapters = page.work.chapters.into_iter().map(|chapter| chapter.html).collect();
            (page.work.title, chapters)
        }))
    }
}

/// The same for files that are in no library.
///
/// # Errors
/// If a path cannot be walked, or `out` fails.
pub async fn duplicates_among(
    roots: &[PathBuf],
    settings: &Settings,
    today: i32,
    out: &mut (dyn FnMut(AlikePair) -> Result<()> + Send),
) -> Result<usize> {
    let lines: Arc<Mutex<Vec<Text>>> = Arc::default();
    let keep = lines.clone();
    let sink = Box::new(move |line: Value| {
        if let (Some(text), Ok(mut texts)) = (Text::of_record(&line), keep.lock()) {
            texts.push(text);
        }
        Ok(())
    });
    inspect(roots, Stage::Normalize, settings, today, sink).await?;
    let texts = std::mem::take(&mut *lines.lock().map_err(|_| AppError::Broken("the texts"))?);
    let sketches: Vec<Sketch> = texts.par_iter().map(|text| sketch_of(&text.chapters)).collect();
    for (one, other) in candidates(&sketches) {
        if let Some(pair) = pair_of(&texts[one], &texts[other]) {
            out(pair)?;
        }
    }
    Ok(texts.len())
}

/// A text with its name.
struct Text {
    name: TextName,
    chapters: Vec<String>,
}

impl Text {
    /// The work of a canonical record; nothing for other records.
    fn of_record(record: &Value) -> Option<Self> {
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

/// The texts that were needed last.
#[derive(Default)]
struct AtHand {
    texts: HashMap<WorkId, Arc<Text>>,
    order: VecDeque<WorkId>,
}

impl AtHand {
    async fn text(
        &mut self,
        archive: &Archive,
        id: WorkId,
        viewer: Viewer,
    ) -> Result<Option<Arc<Text>>> {
        if let Some(text) = self.texts.get(&id) {
            return Ok(Some(text.clone()));
        }
        let Some((title, chapters)) = archive.text_of(id, viewer).await? else { return Ok(None) };
        let name = TextName { id: Some(id), path: None, title };
        let text = Arc::new(Text { name, chapters });
        if self.order.len() >= AT_HAND
            && let Some(oldest) = self.order.pop_front()
        {
            self.texts.remove(&oldest);
        }
        self.order.push_back(id);
        self.texts.insert(id, text.clone());
        Ok(Some(text))
    }
}

/// The words of all chapters, and where each chapter's begin.
fn read(chapters: &[String]) -> (Vec<Word>, Vec<usize>) {
    let (mut all, mut starts) = (Vec::new(), Vec::new());
    for chapter in chapters {
        starts.push(all.len());
        all.extend(words(chapter));
    }
    (all, starts)
}

fn sketch_of(chapters: &[String]) -> Sketch {
    Sketch::of(&read(chapters).0)
}

fn pair_of(a: &Text, b: &Text) -> Option<AlikePair> {
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
