//! Wattpad JSON: a story as the site's programs told it, with the texts of its parts, as download programs keep it.
//!
//! Recognised by a list of parts beside the author and the site's counters. Read: title, author, description, tags, the
//! mature flag, whether it is complete, days, language, parts with titles, days and addresses. A description without the
//! texts is no work. Known damage: parts whose text could not be had (told for each).
//!
//! Not read: comments, votes, reading lists.

use super::site_page;
use crate::body::Body;
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use crate::seen::{field, html_field};
use crate::site_address;
use fanfold_model::{
    Extracted, ExtractedChapter, FieldKind, Finding, FindingCode, Identity, IdentityKind, ReadAs,
};
use fanfold_text::paragraphs::{self, html_paragraphs};
use serde_json::Value;

/// The importer.
pub(crate) struct WattpadJson;

const RULE: &str = "wattpad-json";

impl Importer for WattpadJson {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "wattpad-json",
            name: "Wattpad JSON",
            description: "A story of Wattpad as JSON, with the texts of its parts",
            docs: "Title, author, description, tags, days, and every part. A description without texts is refused.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        let head = probe.text().trim_start_matches('\u{feff}').trim_start();
        if !probe.is_text()
            || !head.starts_with('{')
            || !head.contains("\"parts\"") && !head.contains("\"title\"")
        {
            return None;
        }
        let keys = [
            "\"parts\"",
            "\"user\"",
            "\"readCount\"",
            "\"voteCount\"",
            "\"commentCount\"",
            "\"mature\"",
            "\"text_url\"",
            "wattpad.com",
        ];
        let found = keys.iter().filter(|key| head.contains(**key)).count();
        (found >= 3).then_some(Match { score: 930, reason: "It is a story of Wattpad as JSON." })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let decoded = input.text()?;
        let text = decoded.text.trim_start_matches('\u{feff}');
        let mut read = match serde_json::from_str::<Value>(text) {
            Ok(story) => read(&story),
            Err(error) => {
                let what = format!("It is JSON of Wattpad that is damaged: {error}.");
                input
                    .refusal(ReadAs::NotUnderstood, Finding::new(FindingCode::NOT_UNDERSTOOD, what))
            }
        };
        read.findings.splice(0..0, decoded.findings.iter().cloned());
        read.encoding = Some(decoded.encoding.to_owned());
        sink.extracted(read);
        Ok(())
    }
}

fn read(story: &Value) -> Extracted {
    let mut body = Body::new(story["url"].as_str());
    let mut extracted = Extracted::new(ReadAs::Work);
    let none = Vec::new();
    let parts = story["parts"].as_array().unwrap_or(&none);
    for (number, part) in (1_u32..).zip(parts) {
        chapter(number, part, parts.len() > 1, &mut body, &mut extracted);
    }
    if extracted.chapters.is_empty() {
        return site_page::not_a_work("It describes a story of Wattpad without its texts.");
    }
    facts(story, &mut extracted);
    extracted.findings.extend(body.findings());
    extracted
}

fn chapter(number: u32, part: &Value, several: bool, body: &mut Body, extracted: &mut Extracted) {
    let title = part["title"].as_str().unwrap_or_default();
    let text = ["text", "content", "html", "storytext"].iter().find_map(|key| part[*key].as_str());
    let Some(text) = text.filter(|text| crate::body::has_content(text)) else {
        let what = format!("The text of part {number}, “{title}”, is not here.");
        extracted.findings.push(Finding::new(FindingCode::CHAPTER_MISSING, what));
        return;
    };
    let html = if text.contains("<p") || text.contains("<br") {
        body.clean(&html_paragraphs(text).into_string())
    } else {
        paragraphs::to_html(text).html.into_string()
    };
    let url = part["url"].as_str().map(str::to_owned);
    extracted
        .identities
        .extend(url.iter().map(|url| Identity::new(IdentityKind::ChapterAddress, url.as_str())));
    extracted.chapters.push(ExtractedChapter {
        number: several.then(|| number.to_string()),
        title: Some(site_page::without_number(title).to_owned()).filter(|own| !own.is_empty()),
        published: day(&part["createDate"]),
        url,
        html,
        ..ExtractedChapter::default()
    });
}

fn day(value: &Value) -> Option<String> {
    value.as_str().and_then(|stamp| stamp.get(..10)).map(str::to_owned)
}

fn facts(story: &Value, extracted: &mut Extracted) {
    let mut push = |kind, label: &str, value: Option<&str>| {
        if let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) {
            extracted.fields.push(field(kind, label, value, RULE, 0.97));
        }
    };
    push(FieldKind::Title, "title", story["title"].as_str());
    let author = story["user"]["name"].as_str().or_else(|| story["user"].as_str());
    push(FieldKind::Creator, "user", author.or_else(|| story["author"].as_str()));
    for tag in story["tags"].as_array().into_iter().flatten() {
        push(FieldKind::Freeform, "tags", tag.as_str());
    }
    push(FieldKind::Rating, "mature", (story["mature"] == true).then_some("Mature"));
    let status = match story["completed"].as_bool() {
        Some(true) => Some("Complete"),
        Some(false) => Some("In Progress"),
        None => None,
    };
    push(FieldKind::Status, "completed", status);
    push(FieldKind::Published, "createDate", day(&story["createDate"]).as_deref());
    push(FieldKind::Updated, "modifyDate", day(&story["modifyDate"]).as_deref());
    let language = story["language"]["name"].as_str().or_else(|| story["language"].as_str());
    push(FieldKind::Language, "language", language);
    let number = match &story["id"] {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    };
    let numbered = number.map(|number| format!("https://www.wattpad.com/story/{number}"));
    let address = numbered.as_deref().or_else(|| story["url"].as_str()).and_then(site_address::of);
    if let Some(address) = address {
        extracted.fields.push(field(FieldKind::SourceUrl, "url", &address.work, RULE, 0.97));
        extracted.identities.extend(address.identities());
    }
    if let Some(description) = story["description"].as_str() {
        let html = paragraphs::to_html(description).html.into_string();
        if crate::body::has_content(&html) {
            extracted.fields.push(html_field(FieldKind::Summary, "description", html, RULE, 0.97));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_story_with_its_texts_is_a_work_and_a_lost_part_is_told() {
        let story = json!({"id": "42", "title": "The Lamp", "user": {"name": "wrenash"}, "mature": true, "completed": true, "tags": ["oz"],
            "description": "A lamp goes out.", "createDate": "2013-05-17T10:00:00Z", "readCount": 3,
            "parts": [{"id": 7, "title": "1. The Cellar", "url": "https://www.wattpad.com/7", "text": "<p>\"Is it lit?\"</p>"}, {"id": 8, "title": "The Sill"}, {"id": 9, "title": "Oil", "text": "It was.\n\nIt is."}]});
        let read = read(&story);
        let first = |kind| read.fields_of(kind).next().map(|own| own.value.as_str());
        assert_eq!(
            (first(FieldKind::Title), first(FieldKind::Creator), first(FieldKind::Rating)),
            (Some("The Lamp"), Some("wrenash"), Some("Mature"))
        );
        let chapters: Vec<(Option<&str>, Option<&str>)> =
            read.chapters.iter().map(|own| (own.number.as_deref(), own.title.as_deref())).collect();
        assert_eq!(chapters, [(Some("1"), Some("The Cellar")), (Some("3"), Some("Oil"))]);
        assert!(read.findings.iter().any(|own| own.message.contains("“The Sill”")));
        assert!(read.identities.iter().any(|own| own.value == "wattpad:42"));
    }

    #[test]
    fn a_description_without_texts_is_no_work() {
        assert_eq!(
            read(&json!({"title": "The Lamp", "parts": [{"title": "The Cellar"}]})).read_as,
            ReadAs::NotAWork
        );
    }
}
