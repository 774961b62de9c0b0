//! Markdown with YAML front matter. Values are JSON strings, which are YAML too: nothing in a
//! title can break out of its line.

use crate::colophon::{self, chapter_heading};
use fanfold_model::Work;
use fanfold_text::CleanHtml;
use fanfold_text::export_text::html_to_markdown;
use serde_json::Value;
use std::fmt::Write;

pub(crate) fn write(work: &Work) -> String {
    let mut out = front_matter(work);
    let single = work.chapters.len() == 1;
    section(&mut out, "Notes", work.notes.as_deref());
    for chapter in &work.chapters {
        if !single || chapter.title.is_some() || chapter.number.is_some() {
            let heading = chapter_heading(chapter).replace('\n', " ");
            let _ = write!(out, "## {}\n\n", escaped(&heading));
        }
        section(&mut out, "Chapter summary", chapter.summary.as_deref());
        section(&mut out, "Chapter notes", chapter.notes.as_deref());
        out.push_str(markdown(&chapter.html).trim_end());
        out.push_str("\n\n");
        section(&mut out, "Chapter end notes", chapter.end_notes.as_deref());
    }
    section(&mut out, "End notes", work.end_notes.as_deref());
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn front_matter(work: &Work) -> String {
    let mut out = String::from("---\n");
    let mut entry = |key: &str, value: Value| {
        let _ = writeln!(out, "{key}: {value}");
    };
    entry("title", work.title.clone().into());
    let names: Vec<&str> = work.creators.iter().map(|credit| credit.name.as_str()).collect();
    entry("author", names.into());
    let lists = [
        ("fandoms", &work.fandoms),
        ("relationships", &work.relationships),
        ("characters", &work.characters),
        ("tags", &work.freeforms),
        ("warnings", &work.warnings),
        ("categories", &work.categories),
    ];
    for (key, list) in lists {
        if !list.is_empty() {
            entry(key, list.clone().into());
        }
    }
    let series: Vec<String> = work.series.iter().map(colophon::series).collect();
    let single = [
        ("rating", work.rating.map(|rating| rating.to_string())),
        ("language", work.language.clone()),
        ("status", colophon::status(work.status).map(str::to_owned)),
        ("published", work.published.map(|date| date.to_string())),
        ("updated", work.updated.map(|date| date.to_string())),
        ("series", (!series.is_empty()).then(|| series.join("; "))),
        ("summary", work.summary.as_deref().map(markdown)),
        ("source", colophon::addresses(work).first().map(|url| (*url).to_owned())),
    ];
    for (key, value) in single {
        if let Some(value) = value {
            entry(key, value.trim().into());
        }
    }
    out.push_str("---\n\n");
    out
}

fn section(out: &mut String, label: &str, html: Option<&str>) {
    if let Some(html) = html {
        let text = markdown(html);
        let quoted: Vec<String> = text.trim_end().lines().map(|line| format!("> {line}")).collect();
        let _ = write!(out, "> **{label}**\n>\n{}\n\n", quoted.join("\n"));
    }
}

fn markdown(html: &str) -> String {
    html_to_markdown(&CleanHtml::trusted_from_store(html.to_owned()))
}

fn escaped(text: &str) -> String {
    markdown(fanfold_text::sanitize::escape_text(text).as_str()).trim().to_owned()
}
