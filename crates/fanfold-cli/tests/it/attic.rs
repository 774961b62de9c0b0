//! The attic and its manifest: what a careful person would make of each file is what the import
//! makes of it.

use crate::program::{Library, repository};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

fn manifest() -> Value {
    let text = fs::read_to_string(repository("examples/attic.manifest.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Imports the attic; gives the item lines by place, and the works by id.
fn imported() -> (BTreeMap<String, Value>, BTreeMap<i64, Value>) {
    let library = Library::new();
    let attic = repository("examples/attic");
    let told = library.json(&["import", attic.to_str().unwrap()]);
    let items = told.into_iter().filter(|line| line["type"] == "item");
    let items = items.map(|line| (place(&line), line)).collect();
    let works =
        library.json(&["list"]).into_iter().map(|work| (work["id"].as_i64().unwrap(), work));
    (items, works.collect())
}

fn place(line: &Value) -> String {
    match line["member"].as_str() {
        Some(member) => format!("{} › {member}", line["path"].as_str().unwrap()),
        None => line["path"].as_str().unwrap().to_owned(),
    }
}

#[test]
fn every_file_of_the_attic_becomes_what_the_manifest_says() {
    let manifest = manifest();
    let (items, works) = imported();
    let mut wrong = Vec::new();
    let mut of_work: BTreeMap<String, i64> = BTreeMap::new();
    for wanted in manifest["items"].as_array().unwrap() {
        let place = place(wanted);
        let Some(got) = items.get(&place) else {
            wrong.push(format!("{place}: not seen"));
            continue;
        };
        if !outcome_fits(wanted, got) {
            wrong.push(format!(
                "{place}: {} where {} was wanted ({})",
                got["outcome"], wanted["outcome"], got["reason"]
            ));
        }
        if let (Some(key), Some(id)) = (wanted["work"].as_str(), got["work"].as_i64()) {
            of_work.entry(key.to_owned()).or_insert(id);
        }
    }
    for wanted in manifest["works"].as_array().unwrap() {
        let key = wanted["key"].as_str().unwrap();
        match of_work.get(key).and_then(|id| works.get(id)) {
            Some(got) => wrong.extend(differences(wanted, got)),
            None => wrong.push(format!("{key}: no work came of it")),
        }
    }
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

/// Which file of a work comes first is the walk's business: `taken` and `merged` stand for each other
/// where the manifest says that several files make one work.
fn outcome_fits(wanted: &Value, got: &Value) -> bool {
    let got = got["outcome"].as_str().unwrap();
    let joined = ["taken", "merged", "unchanged"];
    let also = wanted["also_accept"].as_array().into_iter().flatten().filter_map(Value::as_str);
    wanted["outcome"] == got
        || also.into_iter().any(|other| other == got)
        || (joined.contains(&got)
            && wanted["outcome"].as_str().is_some_and(|outcome| joined.contains(&outcome)))
}

fn differences(wanted: &Value, got: &Value) -> Vec<String> {
    let key = wanted["key"].as_str().unwrap();
    let mut wrong = Vec::new();
    let plain = [
        "title",
        "title_is_placeholder",
        "fandoms",
        "relationships",
        "characters",
        "warnings",
        "categories",
        "rating",
        "language",
        "status",
        "missing_parts",
        "published",
        "chapters_expected",
        "held",
    ];
    for field in plain {
        if !wanted[field].is_null() && wanted[field] != got[field] {
            wrong.push(format!(
                "{key}: {field} is {} where {} was wanted",
                got[field], wanted[field]
            ));
        }
    }
    if let Some(names) = wanted["creators"].as_array() {
        let got: Vec<&Value> =
            got["creators"].as_array().unwrap().iter().map(|credit| &credit["name"]).collect();
        if names.iter().collect::<Vec<_>>() != got {
            wrong.push(format!("{key}: creators are {got:?} where {names:?} were wanted"));
        }
    }
    let chapters = got["chapters"].as_array().unwrap();
    if let Some(count) = wanted["chapters"].as_u64()
        && count != chapters.len() as u64
    {
        wrong.push(format!("{key}: {} chapters where {count} were wanted", chapters.len()));
    }
    let fields = ["summary", "notes", "html", "end_notes"];
    let pieces = chapters
        .iter()
        .flat_map(|chapter| fields.map(|field| chapter[field].as_str().unwrap_or_default()));
    let text = pieces.map(plain_text).collect::<Vec<_>>().join(" ");
    for phrase in wanted["contains"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !text.contains(&collapsed(phrase)) {
            wrong.push(format!("{key}: the text lacks “{phrase}”"));
        }
    }
    for phrase in wanted["not_contains"].as_array().into_iter().flatten().filter_map(Value::as_str)
    {
        if text.contains(&collapsed(phrase)) {
            wrong.push(format!("{key}: the text has “{phrase}”"));
        }
    }
    wrong
}

fn plain_text(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let text =
        text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ");
    collapsed(&text)
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
