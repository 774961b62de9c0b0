//! One HTML file that stands alone: no script, no request, readable anywhere, and laid out so that
//! our importer reads it back.

use crate::colophon::{self, chapter_heading};
use fanfold_model::Work;
use fanfold_text::sanitize::escape_text;
use std::fmt::Write;

const STYLE: &str = "body{font:1.1rem/1.6 Georgia,serif;max-width:40em;margin:2em auto;padding:0 1em}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2em 1em;font-size:.85em}dd{margin:0}\
dt{font-weight:bold}aside{border-left:2px dotted;padding-left:1em;font-size:.95em}\
hr{border:0;text-align:center}hr::before{content:'* * *'}\
@media(prefers-color-scheme:dark){body{background:#191715;color:#e6e0d6}a{color:#d9b38c}}";

pub(crate) fn write(work: &Work) -> String {
    let mut out = String::new();
    let lang = work
        .language
        .as_deref()
        .map(|code| format!(" lang=\"{}\"", escape(code)))
        .unwrap_or_default();
    let title = escape(&work.title);
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html{lang}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"generator\" content=\"Fanfold\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n"
    );
    if let Some(names) = colophon::by_line(work) {
        let _ = writeln!(out, "<p class=\"byline\">by {}</p>", escape(&names));
    }
    out.push_str("<dl>\n");
    for line in colophon::lines(work) {
        let values = escape(&line.values.join(", "));
        let _ = writeln!(out, "<dt>{}</dt><dd>{values}</dd>", line.label);
    }
    for url in colophon::addresses(work) {
        let _ = writeln!(out, "<dt>Source</dt><dd>{}</dd>", escape(url));
    }
    out.push_str("</dl>\n");
    aside(&mut out, "Summary", work.summary.as_deref());
    aside(&mut out, "Notes", work.notes.as_deref());
    out.push_str("</header>\n<main>\n");
    let single = work.chapters.len() == 1;
    for chapter in &work.chapters {
        out.push_str("<article>\n");
        if !single || chapter.title.is_some() || chapter.number.is_some() {
            let _ = writeln!(out, "<h2>{}</h2>", escape(&chapter_heading(chapter)));
        }
        aside(&mut out, "Chapter summary", chapter.summary.as_deref());
        aside(&mut out, "Chapter notes", chapter.notes.as_deref());
        out.push_str(&chapter.html);
        out.push('\n');
        aside(&mut out, "Chapter end notes", chapter.end_notes.as_deref());
        out.push_str("</article>\n");
    }
    aside(&mut out, "End notes", work.end_notes.as_deref());
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn aside(out: &mut String, label: &str, html: Option<&str>) {
    if let Some(html) = html {
        let _ = writeln!(out, "<aside>\n<p><b>{label}</b></p>\n{html}\n</aside>");
    }
}

fn escape(text: &str) -> String {
    escape_text(text).into_string()
}
