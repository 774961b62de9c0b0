//! YAML between two lines of `---` at the top of a file.

use crate::decode::DecodedText;
use crate::seen::{Places, field};
use crate::text_work;
use fanfold_model::{
    Extracted, ExtractedChapter, ExtractedField, FieldKind, Finding, FindingCode, PartMark,
    SeriesEntry,
};
use serde_json::{Map, Value};

/// Front matter is no longer than this.
const MOST: usize = 64 * 1024;

/// Front matter, if there is any, and the rest.
pub(super) fn split(text: &str) -> (Option<&str>, &str) {
    let start = text.trim_start_matches(['\u{feff}', '\n', '\r']);
    let Some(rest) = start
        .strip_prefix("---")
        .and_then(|rest| rest.strip_prefix('\n').or_else(|| rest.strip_prefix("\r\n")))
    else {
        return (None, text);
    };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if at > MOST {
            break;
        }
        if matches!(line.trim_end(), "---" | "...") {
            return (Some(&rest[..at]), &rest[at + line.len()..]);
        }
        at += line.len();
    }
    (None, text)
}

/// What front matter says.
#[derive(Default)]
pub(super) struct Labels {
    fields: Vec<ExtractedField>,
    series: Vec<SeriesEntry>,
    chapter: Chapter,
    /// Why it is no YAML, if it is none.
    damage: Option<String>,
}

/// The chapter that the file is, where front matter names it.
#[derive(Default)]
struct Chapter {
    number: Option<u32>,
    title: Option<String>,
}

impl Labels {
    /// Puts these before what the text says, which is kept as the second choice.
    pub(super) fn put_before(self, extracted: &mut Extracted) {
        let stated = |kind: FieldKind| self.fields.iter().any(|own| own.kind == kind);
        let doubled: Vec<FieldKind> = [FieldKind::Creator, FieldKind::Title]
            .into_iter()
            .filter(|kind| stated(*kind))
            .collect();
        extracted.fields.retain(|own| {
            let same =
                self.fields.iter().any(|field| field.kind == own.kind && field.value == own.value);
            !(doubled.contains(&own.kind) && (same || own.confidence < 0.6))
        });
        extracted.fields.splice(0..0, self.fields);
        extracted.series.splice(0..0, self.series);
        if let [only] = extracted.chapters.as_mut_slice() {
            self.chapter.name(only);
        }
        if let Some(number) = self.chapter.number.filter(|_| extracted.part.is_none()) {
            let written = number.to_string();
            extracted.part =
                Some(PartMark { part: number, through: number, of: None, written, span: None });
        }
        extracted
            .findings
            .extend(self.damage.map(|what| Finding::new(FindingCode::MARKUP_DAMAGED, what)));
    }
}

impl Chapter {
    /// What is stated wins over what the text's only heading says.
    fn name(&self, chapter: &mut ExtractedChapter) {
        if let Some(number) = self.number {
            chapter.number = Some(number.to_string());
        }
        if let Some(title) = &self.title {
            chapter.title = Some(title.clone());
        }
    }
}

/// Reads front matter. What is no YAML is read line by line as far as it goes.
pub(super) fn read(front: &str, decoded: &DecodedText) -> Labels {
    let mut labels = Labels::default();
    let map = match serde_saphyr::from_str(front) {
        Ok(Value::Object(map)) => map,
        Ok(_) => by_lines(front, "The front matter is not a list of labels", &mut labels),
        Err(error) => {
            let error = error.to_string();
            let line = error.lines().next().unwrap_or_default();
            by_lines(front, &format!("The front matter is not valid YAML ({line})"), &mut labels)
        }
    };
    let mut places = Places::new(Some(decoded));
    for (key, value) in &map {
        places.skip_to(key);
        one(key, value, &mut places, &mut labels);
    }
    series(&map, &mut labels);
    labels.chapter = chapter(&map);
    labels
}

/// Lines "key: value"; a line without a key goes on with the value before it. Quotes around a value and brackets
/// around a list go.
fn by_lines(front: &str, why: &str, labels: &mut Labels) -> Map<String, Value> {
    labels.damage = Some(format!("{why}; it was read as lines."));
    let mut read: Vec<(String, String)> = Vec::new();
    for line in front.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let is_key = |key: &str| {
            (1..=32).contains(&key.len())
                && key.split_whitespace().count() <= 3
                && !key.starts_with(['-', '#', '"', '\''])
        };
        let pair = line.split_once(':').filter(|(key, rest)| {
            is_key(key) && (rest.is_empty() || rest.starts_with([' ', '\t']))
        });
        match (pair, read.last_mut()) {
            (Some((key, value)), _) => read.push((key.to_owned(), value.trim().to_owned())),
            (None, Some((_, before))) => {
                before.push(' ');
                before.push_str(line);
            }
            (None, None) => read.push(("note".to_owned(), line.to_owned())),
        }
    }
    let quotes = ['"', '\'', '>', '|', '[', ']'];
    let value = |text: &str| match text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        Some(list) => Value::Array(list.split(',').map(|one| bare(one, &quotes)).collect()),
        None => bare(text, &quotes),
    };
    let mut map = Map::new();
    for (key, text) in read {
        map.entry(key).or_insert_with(|| value(&text));
    }
    map
}

fn bare(text: &str, quotes: &[char]) -> Value {
    Value::String(text.trim().trim_matches(quotes).trim().to_owned())
}

/// `chapter: 3`, `chapter_no: 3` with `chapter_title: The Stairs`.
fn chapter(map: &Map<String, Value>) -> Chapter {
    let folded = |key: &str| key.to_lowercase().replace(['_', '-', ' '], "");
    let of = |names: &[&str]| {
        map.iter().find(|(key, _)| names.contains(&folded(key).as_str())).map(|(_, value)| value)
    };
    let number = of(&["chapter", "chapterno", "chapternumber", "chapternum", "chapterindex"])
        .and_then(|value| match value {
            Value::String(text) => text.trim().parse().ok(),
            value => value.as_u64().and_then(|n| u32::try_from(n).ok()),
        })
        .filter(|number| (1..=2000).contains(number));
    let title = of(&["chaptertitle", "chaptername"])
        .and_then(Value::as_str)
        .map(|title| title.trim().to_owned())
        .filter(|title| !title.is_empty());
    Chapter { number, title }
}

fn one(key: &str, value: &Value, places: &mut Places<'_>, labels: &mut Labels) {
    let kind = kind_of(key);
    let mut values = Vec::new();
    plain_values(value, &mut values);
    for value in values {
        let (kind, shown) = match kind {
            FieldKind::Freeform => prefixed(&value),
            kind => (kind, value.as_str()),
        };
        let span = places.of(shown);
        labels
            .fields
            .push(ExtractedField { span, ..field(kind, key, shown, "front-matter", 0.99) });
    }
}

/// `f: Oz`, `c:Dorothy`, `p: A/B` among tags.
fn prefixed(tag: &str) -> (FieldKind, &str) {
    let kinds =
        [("f:", FieldKind::Fandom), ("c:", FieldKind::Character), ("p:", FieldKind::Relationship)];
    let found =
        kinds.iter().find_map(|(prefix, kind)| Some((*kind, tag.strip_prefix(prefix)?.trim())));
    found.filter(|(_, value)| !value.is_empty()).unwrap_or((FieldKind::Freeform, tag))
}

fn kind_of(key: &str) -> FieldKind {
    let folded = key.to_lowercase().replace(['_', '-'], " ");
    match folded.as_str() {
        "title" => FieldKind::Title,
        "author" | "authors" | "creator" | "creators" | "by" => FieldKind::Creator,
        "tags" | "tag" | "freeforms" | "additional tags" | "keywords" => FieldKind::Freeform,
        "lang" | "language" => FieldKind::Language,
        "description" | "summary" | "excerpt" | "blurb" => FieldKind::Summary,
        "date" | "published" | "posted" | "publish date" => FieldKind::Published,
        "updated" | "modified" | "lastmod" | "last modified" => FieldKind::Updated,
        "altlink" | "source" | "url" | "link" | "canonical" | "canonical url" => {
            FieldKind::SourceUrl
        }
        "ship" | "ships" | "pairing" | "pairings" | "relationship" | "relationships" => {
            FieldKind::Relationship
        }
        "categories" | "category" => FieldKind::Classification,
        _ => by_label(key),
    }
}

fn by_label(key: &str) -> FieldKind {
    let line = format!("{key}: x");
    let hits = text_work::labels(&line);
    hits.first().and_then(|hit| hit.kinds.first().copied()).unwrap_or(FieldKind::Other)
}

/// Strings, numbers and lists of them as they are written.
fn plain_values(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Null => {}
        Value::String(text) if text.trim().is_empty() => {}
        Value::String(text) => out.push(text.trim().to_owned()),
        Value::Array(list) => list.iter().for_each(|value| plain_values(value, out)),
        Value::Object(map) => match map.get("name").or_else(|| map.get("title")) {
            Some(name) => plain_values(name, out),
            None => out.push(value.to_string()),
        },
        other => out.push(other.to_string()),
    }
}

/// `series: X` with `part: 2`, or `series: {name: X, part: 2}`.
fn series(map: &Map<String, Value>, labels: &mut Labels) {
    let number = |value: &Value| value.as_u64().and_then(|n| u32::try_from(n).ok());
    let part = |map: &Map<String, Value>| {
        ["part", "series_part", "series_index", "number", "position"]
            .iter()
            .find_map(|key| number(map.get(*key)?))
    };
    let title = |map: &Map<String, Value>| {
        ["name", "title"].iter().find_map(|key| map.get(*key)?.as_str().map(str::to_owned))
    };
    let entry = match map.get("series") {
        Some(Value::String(title)) => Some((title.clone(), part(map))),
        Some(Value::Object(own)) => title(own).map(|title| (title, part(own))),
        _ => None,
    };
    if let Some((title, Some(part))) = entry {
        labels.series.push(SeriesEntry { title, part: Some(part), ..SeriesEntry::default() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(front: &str) -> Vec<(FieldKind, String)> {
        let decoded = crate::decode::whole(front.as_bytes());
        let read = read(front, &decoded);
        read.fields.into_iter().map(|field| (field.kind, field.value)).collect()
    }

    #[test]
    fn lists_give_one_value_each_and_prefixes_give_kinds() {
        let found = labels(
            "title: Thatch\ntags: [f: Oz, hens, 'c: Jellia']\npairing:\n  - A/B\n  - C & D\npublished: 2003-05-17\nwords: 812\n",
        );
        let expected = [
            (FieldKind::Title, "Thatch"),
            (FieldKind::Fandom, "Oz"),
            (FieldKind::Freeform, "hens"),
            (FieldKind::Character, "Jellia"),
            (FieldKind::Relationship, "A/B"),
            (FieldKind::Relationship, "C & D"),
            (FieldKind::Published, "2003-05-17"),
            (FieldKind::Words, "812"),
        ];
        // In a flow list `f: Oz` is a map to YAML; block lists and quotes keep it a string.
        let found: Vec<(FieldKind, &str)> =
            found.iter().map(|(kind, value)| (*kind, value.as_str())).collect();
        assert_eq!(found[0], expected[0]);
        assert_eq!(found[found.len() - 6..], expected[2..]);
    }

    #[test]
    fn a_rule_at_the_top_is_no_front_matter() {
        assert_eq!(split("---\n\nThe hut sat.\n").0, None);
        assert_eq!(split("---\r\ntitle: X\r\n---\r\nText").0, Some("title: X\r\n"));
        assert_eq!(split("Text\n---\nmore\n---\n").0, None);
    }

    #[test]
    fn what_is_no_map_is_told() {
        let decoded = crate::decode::whole(b"- a\n- b\n");
        assert!(read("- a\n- b\n", &decoded).damage.is_some());
        assert!(read("title: a: b: c\n", &decoded).damage.is_some());
        assert!(read("title: a\n", &decoded).damage.is_none());
    }

    #[test]
    fn broken_yaml_gives_its_lines_all_the_same() {
        let front = "title: The Lamp: A Tale\nchapter_no: 3\nchapter_title: \"Oil\"\nsummary: \"Tom says \"no\" and\n  goes.\"\ntags: [lamps, \"hens\"]\nword_count: 812 # about\n";
        let found = labels(front);
        let of = |kind: FieldKind| {
            found
                .iter()
                .filter(|(own, _)| *own == kind)
                .map(|(_, value)| value.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(of(FieldKind::Title), ["The Lamp: A Tale"]);
        assert_eq!(of(FieldKind::Summary), ["Tom says \"no\" and goes."]);
        assert_eq!(of(FieldKind::Freeform), ["lamps", "hens"]);
        let decoded = crate::decode::whole(front.as_bytes());
        let chapter = read(front, &decoded).chapter;
        assert_eq!((chapter.number, chapter.title.as_deref()), (Some(3), Some("Oil")));
    }

    #[test]
    fn a_stated_chapter_is_the_files_part() {
        for (front, number) in [
            ("chapter: 2\n", Some(2)),
            ("chapterNumber: \"12\"\n", Some(12)),
            ("chapter: The Lamp\n", None),
            ("chapters: 12\n", None),
            ("chapter: 0\n", None),
        ] {
            let decoded = crate::decode::whole(front.as_bytes());
            assert_eq!(read(front, &decoded).chapter.number, number, "{front}");
        }
    }
}
