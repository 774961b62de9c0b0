//! Plain text: a header block that every importer of ours and of others reads, then the chapters.

use crate::colophon::{self, chapter_heading};
use fanfold_model::Work;
use fanfold_text::CleanHtml;
use fanfold_text::export_text::html_to_text;
use std::fmt::Write;

/// Columns of a line.
const WIDTH: usize = 72;

pub(crate) fn write(work: &Work) -> String {
    let mut out = String::new();
    line(&mut out, "Title", &work.title);
    if let Some(names) = colophon::by_line(work) {
        line(&mut out, "Author", &names);
    }
    for entry in colophon::lines(work) {
        line(&mut out, entry.label, &entry.values.join(", "));
    }
    for url in colophon::addresses(work) {
        line(&mut out, "Source", url);
    }
    block(&mut out, "Summary", work.summary.as_deref());
    block(&mut out, "Notes", work.notes.as_deref());
    let single = work.chapters.len() == 1;
    for chapter in &work.chapters {
        out.push('\n');
        if !single || chapter.title.is_some() || chapter.number.is_some() {
            let _ = write!(out, "\n{}\n\n", chapter_heading(chapter));
        }
        block(&mut out, "Chapter Summary", chapter.summary.as_deref());
        block(&mut out, "Chapter Notes", chapter.notes.as_deref());
        out.push_str(&plain(&chapter.html));
        out.push('\n');
        block(&mut out, "Chapter End Notes", chapter.end_notes.as_deref());
    }
    block(&mut out, "End Notes", work.end_notes.as_deref());
    out
}

fn line(out: &mut String, label: &str, value: &str) {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let _ = writeln!(out, "{label}: {value}");
}

fn block(out: &mut String, label: &str, html: Option<&str>) {
    if let Some(html) = html {
        let _ = write!(out, "\n{label}:\n\n{}\n", plain(html));
    }
}

fn plain(html: &str) -> String {
    html_to_text(&CleanHtml::trusted_from_store(html.to_owned()), WIDTH).trim_end().to_owned()
}
