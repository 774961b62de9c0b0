//! The file that a record names: its text, and what it says about itself besides what the list says.

use super::record::Record;
use crate::importer::{ImportError, Input};
use crate::reading;
use fanfold_model::{
    Companion, Extracted, ExtractedChapter, ExtractedField, FieldKind, Finding, FindingCode, ReadAs,
};
use fanfold_source::Item;
use fanfold_text::document::Document;
use fanfold_text::encoding;
use fanfold_text::paragraphs;

/// Endings that are looked for where the list names none.
const ENDINGS: [&str; 5] = ["html", "htm", "txt", "shtml", "text"];

/// Adds the text of the record's file, or tells that there is none.
pub(super) fn read(input: &Input<'_>, record: &Record, story: &mut Extracted) {
    match find(input, record) {
        Some(file) => take(input, file, story),
        None if record.elsewhere.is_some() => {
            let what = "The list only points to the story on another site; its text is not here.";
            story.findings.push(Finding::new(FindingCode::TRUNCATED, what));
            story.held = Some("no-text".to_owned());
        }
        None => {
            let named = record.location.as_deref().unwrap_or("without a name");
            let what = format!("The story's file ({named}) is not beside the list.");
            story.findings.push(Finding::new(FindingCode::CHAPTER_MISSING, what));
            story.held = Some("no-text".to_owned());
        }
    }
}

fn find(input: &Input<'_>, record: &Record) -> Option<Item> {
    let beside = input.item.beside.as_ref()?;
    let from = input.item.member.as_deref().unwrap_or(&input.item.path);
    let whole = record.location.as_deref()?.trim().replace('\\', "/");
    let parts: Vec<&str> =
        whole.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
    let ending = record.file_type.as_deref().map(|ending| ending.trim().trim_start_matches('.'));
    let ending = ending.filter(|ending| !ending.is_empty());
    // The whole location first, then what is left of it when the folder was moved.
    for start in 0..parts.len() {
        let stem = parts[start..].join("/");
        let mut names = vec![stem.clone()];
        names.splice(0..0, ending.map(|ending| format!("{stem}.{ending}")));
        names.extend(ENDINGS.iter().map(|ending| format!("{stem}.{ending}")));
        let found = names.iter().find_map(|name| beside.find(from, name, input.limits));
        if found.is_some() {
            return found;
        }
    }
    None
}

fn take(input: &Input<'_>, file: Item, story: &mut Extracted) {
    let bytes = match file.bytes(input.limits.text_bytes) {
        Ok(bytes) => bytes.into_owned(),
        Err(error) => return story.findings.push(ImportError::from(error).finding()),
    };
    let own =
        reading::read_with(&file, input.limits, input.converter()).extracted.into_iter().next();
    let encoding = own.as_ref().and_then(|own| own.encoding.clone());
    if let Some(blake3) = file.blake3 {
        let (path, member) = (file.path.clone(), file.member.clone());
        let bytes = bytes.clone();
        story.companions.push(Companion { path, member, blake3, encoding, bytes });
    }
    let is_story = |own: &Extracted| matches!(own.read_as, ReadAs::Work | ReadAs::Part);
    match own.filter(|own| is_story(own) && !own.chapters.is_empty()) {
        Some(own) => join(own, story),
        // The list says that it is a story, whatever it looks like.
        None => story.chapters.push(plain(&bytes)),
    }
    if !story.chapters.iter().any(|chapter| crate::body::has_content(&chapter.html)) {
        let what = "The story's file holds no text.";
        story.findings.push(Finding::new(FindingCode::EMPTY_CHAPTER, what));
    }
}

/// What the file says joins what the list says: title and names beside, the rest where the list says nothing.
fn join(own: Extracted, story: &mut Extracted) {
    story.chapters = own.chapters;
    for chapter in &mut story.chapters {
        chapter.source = 1;
    }
    story
        .findings
        .extend(own.findings.into_iter().map(|finding| Finding { source: Some(1), ..finding }));
    story.part = own.part;
    story.series = own.series;
    story.links = own.links;
    let listed: Vec<FieldKind> = story.fields.iter().map(|field| field.kind).collect();
    for field in own.fields {
        let beside = matches!(field.kind, FieldKind::Title | FieldKind::Creator | FieldKind::Other);
        let known = listed.contains(&field.kind);
        let same =
            story.fields.iter().any(|own| own.kind == field.kind && own.value == field.value);
        if same || (known && field.html) {
            continue;
        }
        let field = ExtractedField { source: 1, ..field };
        story.fields.push(match known && !beside {
            true => ExtractedField {
                kind: FieldKind::Other,
                label: format!("in the file: {}", field.label),
                ..field
            },
            false => field,
        });
    }
}

/// All of a file as one chapter.
fn plain(bytes: &[u8]) -> ExtractedChapter {
    let text = encoding::decode(bytes, None).text;
    let lower = text.to_ascii_lowercase();
    let is_page = ["<p", "<br", "<html", "<body"].iter().any(|tag| lower.contains(tag));
    let html = if is_page && crate::page::within(&text).is_ok() {
        let page = Document::parse(&text);
        let inner = page.first("body").unwrap_or(page.root()).inner_html();
        paragraphs::html_paragraphs(&inner).into_string()
    } else {
        paragraphs::to_html(&text).html.into_string()
    };
    ExtractedChapter { html, source: 1, ..ExtractedChapter::default() }
}
