//! FicHub HTML: a story exported by FicHub as one page.
//!
//! Recognised by the note of its export. Read: title, author, description, the labels of the introduction, the line that
//! FicHub took over from the story's site as it stands there ("Rated: Fiction T - Language: English, Genre: …"), the
//! address of the story, which is its identity; chapters under their headings. FicHub's EPUBs are read as books, with
//! this introduction.
//!
//! Not read: the page's own table of contents, styles.

use super::site_page::{self, SitePage};
use crate::body::{Body, without_outer_rules};
use crate::importer::{FormatInfo, Input, Match};
use crate::rich::{Kind, Line, lines_of};
use crate::seen::{field, html_field};
use crate::text_work;
use fanfold_model::{Extracted, ExtractedChapter, ExtractedField, FieldKind, ReadAs};
use fanfold_text::document::Document;
use fanfold_text::paragraphs::html_paragraphs;

/// The importer.
pub(crate) struct FichubHtml;

const RULE: &str = "fichub";

impl SitePage for FichubHtml {
    const FORMAT: FormatInfo = FormatInfo {
        id: "fichub-html",
        name: "FicHub HTML",
        description: "A story exported by FicHub as one HTML page",
        docs: "The introduction with every label, also those that FicHub runs together in one line, and all \
               chapters. The story's address is its identity.",
    };

    fn recognise(&self, head: &str) -> Option<Match> {
        let says = head.contains("fichub") && head.contains("exported with");
        says.then_some(Match { score: 955, reason: "It says that FicHub exported it." })
    }

    fn read(&self, page: &Document, _input: &Input<'_>) -> Extracted {
        read(page).unwrap_or_else(|| {
            site_page::not_a_work("It is FicHub's introduction to a story without the story.")
        })
    }
}

fn read(page: &Document) -> Option<Extracted> {
    let mut extracted = Extracted::new(ReadAs::Work);
    let lines = lines_of(&page.first("body").unwrap_or(page.root()));
    let end = lines.iter().position(|line| is_export_note(&line.text)).unwrap_or(0);
    extracted.fields = introduction(&lines[..end]);
    let address = extracted.fields_of(FieldKind::SourceUrl).next().map(|own| own.value.clone());
    let mut body = Body::new(address.as_deref());
    let boxed = page.select("[id^=chap_], [id^=chapter_], .chapter");
    if boxed.is_empty() {
        under_headings(&lines[(end + 1).min(lines.len())..], &mut body, &mut extracted);
    }
    for chapter in boxed {
        let heading = chapter.first("h1, h2, h3");
        let mut html = chapter.inner_html();
        if let Some(heading) = heading {
            html = html.replacen(&heading.outer_html(), "", 1);
        }
        let html = body.clean(&html_paragraphs(&html).into_string());
        push(heading.map(|own| own.line()), html, &mut extracted);
    }
    extracted.findings.extend(body.findings());
    (!extracted.chapters.is_empty()).then_some(extracted)
}

/// Chapters that nothing holds but their headings.
fn under_headings(lines: &[Line], body: &mut Body, extracted: &mut Extracted) {
    let is_heading = |line: &Line| matches!(line.kind, Kind::Heading(1 | 2));
    let starts: Vec<usize> = (0..lines.len()).filter(|at| is_heading(&lines[*at])).collect();
    for (place, start) in starts.iter().enumerate() {
        let end = starts.get(place + 1).copied().unwrap_or(lines.len());
        let rich = crate::rich::RichText::new(lines[start + 1..end].to_vec());
        let html = body.clean(&rich.html_between(0..rich.text.len()));
        push(Some(lines[*start].text.clone()), html, extracted);
    }
}

fn push(heading: Option<String>, html: String, extracted: &mut Extracted) {
    if !crate::body::has_content(&html) {
        return;
    }
    let heading = heading.unwrap_or_default();
    let mark = text_work::chapter_mark(&heading);
    let number = mark.as_ref().and_then(|own| heading.get(own.written.clone())).map(str::to_owned);
    let title = match &mark {
        Some(own) => own.title.clone().and_then(|range| heading.get(range)).map(str::to_owned),
        None => Some(heading.clone()).filter(|own| !own.is_empty()),
    };
    let html = without_outer_rules(&html).to_owned();
    extracted.chapters.push(ExtractedChapter {
        number,
        title,
        html,
        ..ExtractedChapter::default()
    });
}

/// "Exported with the assistance of FicHub.net".
pub(crate) fn is_export_note(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.contains("exported with") && lower.contains("fichub")
}

/// What the introduction says: title, author, description, labels.
pub(crate) fn introduction(lines: &[Line]) -> Vec<ExtractedField> {
    let mut fields = Vec::new();
    let mut description = String::new();
    for line in lines.iter().filter(|line| !line.text.trim().is_empty()) {
        let text = line.text.trim();
        let labels = text_work::labels(text);
        let by = text
            .strip_prefix("By: ")
            .or_else(|| text.strip_prefix("by "))
            .or_else(|| text.strip_prefix("By "));
        if let (Some(name), true) =
            (by, fields.iter().all(|own: &ExtractedField| own.kind != FieldKind::Creator))
        {
            fields.push(field(FieldKind::Creator, "By", name, RULE, 0.97));
        } else if matches!(line.kind, Kind::Heading(_)) {
            if fields.iter().all(|own| own.kind != FieldKind::Title) {
                fields.push(field(FieldKind::Title, "", text, RULE, 0.97));
            }
        } else if let Some((label, url)) =
            text.split_once(':').filter(|(label, _)| label.eq_ignore_ascii_case("original source"))
        {
            fields.push(field(FieldKind::SourceUrl, label, url.trim(), RULE, 0.97));
        } else if labels.is_empty()
            || (description.is_empty() && text.split_whitespace().count() > 40)
        {
            description.push_str(&format!("<p>{}</p>", line.html));
        } else {
            for hit in labels {
                let (label, value) = (hit.label_in(text), hit.value_in(text));
                fields.extend(
                    hit.kinds.iter().take(1).map(|kind| field(*kind, label, value, RULE, 0.95)),
                );
            }
        }
    }
    let html = Body::default().clean(&description);
    if crate::body::has_content(&html) {
        fields.push(html_field(FieldKind::Summary, "", html, RULE, 0.8));
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read as read_item;
    use fanfold_source::{Item, Limits};

    const INTRO: &str = "<h1><a href=\"https://www.fanfiction.net/s/42/1/\">The Lamp</a></h1><h3>By: <a href=\"x\">Wren Ash</a></h3><div><p>A lamp goes out in <i>Oz</i>.</p></div><p>Status: complete</p><p>Published: 2003-05-17</p><p>Words: 3,210</p><p>Rated: Fiction T - Language: English, Genre: Humor/Hurt/Comfort, Characters: [Dorothy, Ozma] Toto, id: 42</p><p>Original source: <a href=\"https://www.fanfiction.net/s/42\">https://www.fanfiction.net/s/42</a></p><p>Exported with the assistance of <a href=\"https://fichub.net\">FicHub.net</a></p>";
    const TEXT: &str = "<p>\"Is it lit?\" asked Dorothy.</p><p>\"It was,\" said Toto.</p>";

    #[test]
    fn the_introduction_and_the_line_taken_over_are_read_whole() {
        for chapters in [
            format!(
                "<div id=\"chap_1\"><h2>1. The Cellar</h2>{TEXT}</div><div id=\"chap_2\"><h2>2. The Sill</h2>{TEXT}</div>"
            ),
            format!("<h2>1. The Cellar</h2>{TEXT}<h2>2. The Sill</h2>{TEXT}"),
        ] {
            let html = format!(
                "<html><head><title>The Lamp</title></head><body>{INTRO}{chapters}</body></html>"
            );
            let reading =
                read_item(&Item::from_bytes("lamp.html", html.into_bytes()), &Limits::default());
            assert_eq!(reading.format, Some("fichub-html"));
            let read = &reading.extracted[0];
            let of = |kind| read.fields_of(kind).map(|own| own.value.as_str()).collect::<Vec<_>>();
            assert_eq!(
                (of(FieldKind::Title), of(FieldKind::Creator)),
                (vec!["The Lamp"], vec!["Wren Ash"])
            );
            assert_eq!(of(FieldKind::Summary), ["<p>A lamp goes out in <i>Oz</i>.</p>"]);
            assert_eq!(of(FieldKind::Genre), ["Humor", "Hurt/Comfort"]);
            assert_eq!(of(FieldKind::Relationship), ["Dorothy/Ozma"]);
            assert_eq!(of(FieldKind::Character), ["Dorothy", "Ozma", "Toto"]);
            assert_eq!(of(FieldKind::Language), ["English"]);
            let titles: Vec<(Option<&str>, Option<&str>)> = read
                .chapters
                .iter()
                .map(|own| (own.number.as_deref(), own.title.as_deref()))
                .collect();
            assert_eq!(titles, [(Some("1"), Some("The Cellar")), (Some("2"), Some("The Sill"))]);
            assert!(read.identities.iter().any(|own| own.value == "ffn:42"));
        }
    }
}
