//! Fimfarchive: the index of an archive of Fimfiction's stories, with the EPUBs that it lists.
//!
//! Recognised by `index.json` with the place of each story's book. Read: every story's title, author, tags by their kinds
//! (series as fandom, genre, character, warning, content), content rating, status, descriptions, days, counters, the
//! story that it follows; the chapters from the book, under the titles and days of the index. The story's number is its
//! identity. The index is read line by line, whatever its size. Known damage: books that are missing (told for each,
//! the entry waits), broken lines (told, the others are taken).
//!
//! Not read: pictures, groups, comments.

use super::epub::Book;
use super::epub_book;
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use crate::seen::{field, html_field};
use crate::site_address;
use fanfold_model::{Companion, Extracted, FieldKind, Finding, FindingCode, ReadAs, Related};
use fanfold_text::paragraphs::{self, html_paragraphs};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};

/// The importer.
pub(crate) struct Fimfarchive;

const RULE: &str = "fimfarchive";
/// More broken lines than this are counted, not told one by one.
const MOST_TOLD: u32 = 20;

impl Importer for Fimfarchive {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "fimfarchive",
            name: "Fimfarchive",
            description: "The index of an archive of Fimfiction, with its EPUBs",
            docs: "Every story of the index with typed tags, rating and status; the text from the EPUB that it names. Give \
                   the folder or the ZIP that holds both.",
        }
    }

    fn holds_many(&self) -> bool {
        true
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        let head = probe.text().trim_start_matches('\u{feff}').trim_start();
        if !probe.is_text() || !head.starts_with('{') || !head.contains("\"archive\"") {
            return None;
        }
        let keys = [
            "\"content_rating\"",
            "\"completion_status\"",
            "\"date_published\"",
            "\"num_words\"",
            "fimfiction",
        ];
        let found = keys.iter().filter(|key| head.contains(**key)).count();
        (found >= 2)
            .then_some(Match { score: 950, reason: "It is the index of an archive of Fimfiction." })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let mut lines = BufReader::new(input.item.reader()?);
        let (mut stories, mut broken) = (0_u32, 0_u32);
        loop {
            let mut line = Vec::new();
            let most = input.limits.text_bytes;
            let read = (&mut lines).take(most).read_until(b'\n', &mut line);
            let read =
                read.map_err(|source| ImportError::Io { path: input.item.path.clone(), source })?;
            if read == 0 || !sink.wants_more() {
                break;
            }
            match entry(&String::from_utf8_lossy(&line)) {
                Line::Story(story) => {
                    stories += 1;
                    sink.extracted(one(input, &story));
                }
                Line::Broken if broken < MOST_TOLD => {
                    broken += 1;
                    let what = "A line of the index is broken; its story was not read.";
                    sink.finding(Finding::new(FindingCode::TRUNCATED, what));
                }
                Line::Broken | Line::Nothing => {}
            }
        }
        if stories == 0 {
            let what = "It is an index without stories that could be read.";
            sink.extracted(
                input.refusal(ReadAs::NotAWork, Finding::new(FindingCode::NOT_A_WORK, what)),
            );
        }
        Ok(())
    }
}

enum Line {
    Story(Box<Value>),
    Broken,
    Nothing,
}

/// `"42": {…},` as the index writes one story a line.
fn entry(line: &str) -> Line {
    let line = line.trim().trim_start_matches('\u{feff}').trim_start_matches('{').trim_start();
    let line = line.trim_end_matches(',');
    let Some((_, object)) = line.strip_prefix('"').and_then(|rest| rest.split_once("\":")) else {
        return Line::Nothing;
    };
    let object = object.trim();
    // The index's own last brace may stand in the line of the last story.
    let whole = serde_json::from_str(object).or_else(|error| {
        object.strip_suffix('}').map_or(Err(error), |bare| serde_json::from_str(bare.trim_end()))
    });
    match whole {
        Ok(story @ Value::Object(_)) if story["title"].is_string() => Line::Story(Box::new(story)),
        Ok(_) => Line::Nothing,
        Err(_) => Line::Broken,
    }
}

fn one(input: &Input<'_>, story: &Value) -> Extracted {
    let mut extracted = Extracted::new(ReadAs::Work);
    facts(story, &mut extracted);
    let path =
        story["archive"]["path"].as_str().or_else(|| story["path"].as_str()).unwrap_or_default();
    match book(input, path) {
        Some((own, companion)) => {
            join(own, story, &mut extracted);
            extracted.companions.push(companion);
        }
        None => {
            let what =
                format!("The story's book ({path}) is not beside the index, or cannot be read.");
            extracted.findings.push(Finding::new(FindingCode::CHAPTER_MISSING, what));
            extracted.held = Some("no-text".to_owned());
        }
    }
    extracted
}

/// The book that the index names, read as any book.
fn book(input: &Input<'_>, path: &str) -> Option<(Extracted, Companion)> {
    let beside = input.item.beside.as_ref()?;
    let from = input.item.member.as_deref().unwrap_or(&input.item.path);
    let parts: Vec<&str> =
        path.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
    let file = (0..parts.len())
        .find_map(|start| beside.find(from, &parts[start..].join("/"), input.limits))?;
    let bytes = file.bytes(input.limits.book_bytes).ok()?.into_owned();
    let book = Book::open(file.random_access().ok()?, input.limits).ok()?;
    let mut own = epub_book::read(&book);
    own.findings.splice(0..0, book.findings());
    let (path, member, blake3) = (file.path.clone(), file.member.clone(), file.blake3?);
    Some((own, Companion { path, member, blake3, encoding: None, bytes }))
}

/// The book's chapters under the index's titles and days; what only the book says is kept beside.
fn join(own: Extracted, story: &Value, extracted: &mut Extracted) {
    extracted.chapters = own.chapters;
    let none = Vec::new();
    let listed = story["chapters"].as_array().unwrap_or(&none);
    let same = listed.len() == extracted.chapters.len();
    for (at, chapter) in extracted.chapters.iter_mut().enumerate() {
        chapter.source = 1;
        let Some(told) = listed.get(at).filter(|_| same) else { continue };
        chapter.title = told["title"].as_str().map(str::to_owned).or(chapter.title.take());
        chapter.published = day(&told["date_published"]);
    }
    for own in own.fields {
        if extracted.fields_of(own.kind).next().is_none() {
            extracted.fields.push(fanfold_model::ExtractedField { source: 1, ..own });
        }
    }
    let findings = own.findings.into_iter().map(|finding| Finding { source: Some(1), ..finding });
    extracted.findings.extend(findings);
    if !extracted.chapters.iter().any(|chapter| crate::body::has_content(&chapter.html)) {
        extracted
            .findings
            .push(Finding::new(FindingCode::EMPTY_CHAPTER, "The story's book holds no text."));
    }
}

fn day(value: &Value) -> Option<String> {
    value
        .as_str()
        .and_then(|stamp| stamp.get(..10))
        .filter(|day| !day.starts_with("1970-01-01"))
        .map(str::to_owned)
}

fn facts(story: &Value, extracted: &mut Extracted) {
    let mut push = |kind, label: &str, value: Option<&str>| {
        if let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) {
            extracted.fields.push(field(kind, label, value, RULE, 0.98));
        }
    };
    push(FieldKind::Title, "title", story["title"].as_str());
    push(FieldKind::Creator, "author", story["author"]["name"].as_str());
    for tag in story["tags"].as_array().into_iter().flatten() {
        let (kind, label) = match tag["type"].as_str().unwrap_or_default() {
            "series" => (FieldKind::Fandom, "series"),
            "genre" => (FieldKind::Genre, "genre"),
            "character" => (FieldKind::Character, "character"),
            "warning" => (FieldKind::Warning, "warning"),
            _ => (FieldKind::Freeform, "content"),
        };
        push(kind, label, tag["name"].as_str());
    }
    let rating = story["content_rating"].as_str().map(|own| match own {
        "everyone" => "Everyone",
        "teen" => "Teen",
        "mature" => "Mature",
        other => other,
    });
    push(FieldKind::Rating, "content_rating", rating);
    push(FieldKind::Status, "completion_status", story["completion_status"].as_str());
    push(FieldKind::Published, "date_published", day(&story["date_published"]).as_deref());
    let updated = day(&story["date_updated"]).or_else(|| day(&story["date_modified"]));
    push(FieldKind::Updated, "date_updated", updated.as_deref());
    let counters = [
        ("num_words", FieldKind::Words),
        ("num_comments", FieldKind::Comments),
        ("num_views", FieldKind::Hits),
        ("num_likes", FieldKind::Kudos),
    ];
    for (key, kind) in counters {
        push(kind, key, story[key].as_u64().map(|count| count.to_string()).as_deref());
    }
    let numbered = |number: &Value| {
        number.as_u64().map(|own| format!("https://www.fimfiction.net/story/{own}"))
    };
    let address = story["url"].as_str().map(str::to_owned).or_else(|| numbered(&story["id"]));
    if let Some(address) = address.as_deref().and_then(site_address::of) {
        extracted.fields.push(field(FieldKind::SourceUrl, "url", &address.work, RULE, 0.98));
        extracted.identities = address.identities();
    }
    if let Some(url) = numbered(&story["prequel"]) {
        let rel = "sequel to".to_owned();
        extracted.related.push(Related { rel, title: None, creator: None, url: Some(url) });
    }
    let html = story["description_html"].as_str().map(|html| html_paragraphs(html).into_string());
    let plain = || {
        story["short_description"].as_str().map(|own| paragraphs::to_html(own).html.into_string())
    };
    if let Some(html) = html.or_else(plain).filter(|html| crate::body::has_content(html)) {
        extracted.fields.push(html_field(FieldKind::Summary, "description", html, RULE, 0.98));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;
    use fanfold_source::{Beside, Item, Limits};
    use std::io::{Cursor, Write};
    use std::sync::Arc;

    fn epub() -> Vec<u8> {
        let files = [
            ("mimetype", "application/epub+zip"),
            (
                "META-INF/container.xml",
                "<container><rootfiles><rootfile full-path=\"book.opf\"/></rootfiles></container>",
            ),
            (
                "book.opf",
                "<package><metadata><dc:title>The Lamp</dc:title><dc:language>en</dc:language></metadata><manifest><item id=\"a\" href=\"a.html\"/><item id=\"b\" href=\"b.html\"/></manifest><spine><itemref idref=\"a\"/><itemref idref=\"b\"/></spine></package>",
            ),
            (
                "a.html",
                "<html><body><h1>The Cellar</h1><p>\"Is it lit?\" asked Dorothy, and went down to the cellar.</p></body></html>",
            ),
            (
                "b.html",
                "<html><body><h1>The Sill</h1><p>\"It was,\" said Toto, who had come late and wet.</p><div class='authors-note'><h1>Author's Note</h1><p>Thanks.</p></div></body></html>",
            ),
        ];
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    const INDEX: &str = "{\n\"42\": {\"id\": 42, \"title\": \"The Lamp\", \"archive\": {\"path\": \"epub/w/wren-7/the_lamp-42.epub\"}, \"author\": {\"id\": 7, \"name\": \"Wren\"}, \"chapters\": [{\"title\": \"The Cellar\", \"date_published\": \"2013-05-17T21:04:00+00:00\"}, {\"title\": \"The Sill\"}], \"completion_status\": \"complete\", \"content_rating\": \"teen\", \"date_published\": \"2013-05-17T21:04:00+00:00\", \"num_words\": 22, \"prequel\": 41, \"tags\": [{\"name\": \"Oz\", \"type\": \"series\"}, {\"name\": \"Adventure\", \"type\": \"genre\"}], \"url\": \"https://www.fimfiction.net/story/42/the-lamp\"},\n\"43\": {\"id\": 43, \"title\": \"Lost\", \"archive\": {\"path\": \"epub/none.epub\"}, \"content_rating\": \"everyone\"},\n\"44\": {\"id\": 44, \"title\n}\n";

    #[test]
    fn each_story_has_the_indexs_facts_and_the_books_text() {
        let mut item = Item::from_bytes("index.json", INDEX.as_bytes().to_vec());
        let name = "epub/w/wren-7/the_lamp-42.epub";
        item.beside =
            Some(Arc::new(Beside::of(vec![(name.to_owned(), Item::from_bytes(name, epub()))])));
        let reading = read(&item, &Limits::default());
        assert_eq!(reading.format, Some("fimfarchive"));
        let [lamp, lost] = reading.extracted.as_slice() else { panic!("{:?}", reading.extracted) };
        let of = |kind| lamp.fields_of(kind).map(|own| own.value.as_str()).collect::<Vec<_>>();
        assert_eq!(
            (of(FieldKind::Title), of(FieldKind::Creator)),
            (vec!["The Lamp"], vec!["Wren"])
        );
        assert_eq!(
            (of(FieldKind::Fandom), of(FieldKind::Genre), of(FieldKind::Rating)),
            (vec!["Oz"], vec!["Adventure"], vec!["Teen"])
        );
        assert_eq!(of(FieldKind::Language), ["en"]);
        let chapters: Vec<Option<&str>> =
            lamp.chapters.iter().map(|own| own.title.as_deref()).collect();
        assert_eq!(chapters, [Some("The Cellar"), Some("The Sill")]);
        assert_eq!(lamp.chapters[1].end_notes.as_deref(), Some("<p>Thanks.</p>"));
        assert_eq!(lamp.chapters[0].published.as_deref(), Some("2013-05-17"));
        assert_eq!(lamp.related[0].url.as_deref(), Some("https://www.fimfiction.net/story/41"));
        assert_eq!((lamp.companions.len(), lamp.held.as_deref()), (1, None));
        assert_eq!((lost.held.as_deref(), lost.chapters.len()), (Some("no-text"), 0));
        assert_eq!(reading.findings.len(), 1);
    }
}
