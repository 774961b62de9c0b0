//! A book that Fanfold wrote: the package says the kind of every tag, each page is one section, and summaries and
//! notes stand in asides of their own. Read back into the same places.

use super::package::Package;
use super::spine::{Part, number_and_title, push};
use crate::body::Body;
use crate::seen::{field, html_field};
use fanfold_model::{Extracted, ExtractedChapter, FieldKind};
use fanfold_text::document::{Document, Element};
use serde_json::Value;

/// The private block of the package.
const TAGS: &str = "fanfold:tags";
const RULE: &str = "fanfold-export";

/// Whether Fanfold wrote the book.
pub(crate) fn is_own(package: &Package) -> bool {
    package.value(TAGS).is_some_and(|block| block.starts_with('{'))
}

/// Adds tags with their kinds, notes and chapters to what the package's common metadata gave.
pub(crate) fn read_own(
    parts: &[Part],
    package: &Package,
    body: &mut Body,
    extracted: &mut Extracted,
) {
    extracted.fields.retain(|own| own.label != "dc:subject" && own.label != "dc:publisher");
    tags(package, extracted);
    for part in parts {
        let page = Document::parse_fragment(&part.html);
        let Some(section) = page.first("section") else { continue };
        match part.path.rsplit('/').next().unwrap_or_default() {
            "title.xhtml" => summary(&section, body, extracted),
            "notes.xhtml" => notes(FieldKind::Notes, &section, body, extracted),
            "end-notes.xhtml" => notes(FieldKind::EndNotes, &section, body, extracted),
            _ => chapter(part, &section, body, extracted),
        }
    }
    if let [only] = extracted.chapters.as_mut_slice()
        && only.title.as_deref() == package.value("title")
    {
        only.title = None;
    }
}

fn tags(package: &Package, extracted: &mut Extracted) {
    let block: Value =
        package.value(TAGS).and_then(|block| serde_json::from_str(block).ok()).unwrap_or_default();
    let kinds = [
        ("rating", FieldKind::Rating),
        ("warnings", FieldKind::Warning),
        ("categories", FieldKind::Category),
        ("fandoms", FieldKind::Fandom),
        ("relationships", FieldKind::Relationship),
        ("characters", FieldKind::Character),
        ("freeforms", FieldKind::Freeform),
        ("status", FieldKind::Status),
        ("chapters_expected", FieldKind::Chapters),
    ];
    for (key, kind) in kinds {
        let values = match &block[key] {
            Value::Array(values) => {
                values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            Value::String(value) if value != "unknown" => vec![value.clone()],
            Value::Number(value) => vec![value.to_string()],
            _ => Vec::new(),
        };
        extracted.fields.extend(values.iter().map(|value| field(kind, key, value, RULE, 1.0)));
    }
}

/// The summary with its markup, in place of the package's plain one.
fn summary(section: &Element<'_>, body: &mut Body, extracted: &mut Extracted) {
    let heading = section.select("h2").into_iter().find(|heading| heading.line() == "Summary");
    let Some(html) =
        heading.and_then(|heading| body.clean_some(&heading.next_element()?.inner_html()))
    else {
        return;
    };
    extracted.fields.retain(|own| own.kind != FieldKind::Summary);
    extracted.fields.push(html_field(FieldKind::Summary, "Summary", html, RULE, 1.0));
}

fn notes(kind: FieldKind, section: &Element<'_>, body: &mut Body, extracted: &mut Extracted) {
    let html = text_of(section).and_then(|html| body.clean_some(&html));
    extracted.fields.extend(html.map(|html| html_field(kind, "Notes", html, RULE, 1.0)));
}

/// The section's own text: its only `div` that is no aside's.
fn text_of(section: &Element<'_>) -> Option<String> {
    section.children().find(|child| child.name() == "div").map(|text| text.inner_html())
}

fn chapter(part: &Part, section: &Element<'_>, body: &mut Body, extracted: &mut Extracted) {
    let html = text_of(section).map(|html| body.clean(&html)).unwrap_or_default();
    let heading =
        section.children().find(|child| child.name() == "h1").map(|heading| heading.line());
    let mut aside = |label: &str| {
        let own = section.children().find(|child| {
            child.name() == "aside" && child.first("b").is_some_and(|own| own.line() == label)
        })?;
        body.clean_some(&own.first("div")?.inner_html())
    };
    let (summary, notes, end_notes) = (aside("Summary"), aside("Notes"), aside("End notes"));
    match (heading, extracted.chapters.last_mut()) {
        (None, Some(last)) => {
            last.html.push_str(&html);
            last.end_notes = last.end_notes.take().or(end_notes);
        }
        (heading, _) => {
            let (number, title) = number_and_title(&heading.unwrap_or_default());
            let url = part.url.clone();
            push(
                ExtractedChapter {
                    number,
                    title,
                    url,
                    summary,
                    notes,
                    end_notes,
                    html,
                    ..ExtractedChapter::default()
                },
                extracted,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;
    use fanfold_source::{Item, Limits};
    use std::io::{Cursor, Write};

    #[test]
    fn an_export_comes_back_with_kinds_notes_and_pieces_joined() {
        let opf = r##"<package version="3.0" unique-identifier="uid"><metadata><dc:identifier id="uid">urn:uuid:01920000-0000-7000-8000-000000009101</dc:identifier>
            <dc:title>Thatch</dc:title><dc:creator id="creator1">Ludmila Fern</dc:creator><dc:subject>Hens</dc:subject><dc:subject>Gen</dc:subject>
            <meta property="fanfold:tags">{&quot;rating&quot;:&quot;General Audiences&quot;,&quot;categories&quot;:[&quot;Gen&quot;],&quot;freeforms&quot;:[&quot;Hens &amp; more&quot;],&quot;status&quot;:&quot;complete&quot;,&quot;chapters_expected&quot;:1}</meta></metadata>
            <manifest><item id="t" href="title.xhtml"/><item id="a" href="chapter-1.xhtml"/><item id="b" href="chapter-1-2.xhtml"/><item id="e" href="end-notes.xhtml"/></manifest>
            <spine><itemref idref="t"/><itemref idref="a"/><itemref idref="b"/><itemref idref="e"/></spine></package>"##;
        let page = |body: &str| {
            format!(
                "<html><head><title>x</title><meta name=\"chapterurl\" content=\"https://hens.example.org/1\"/></head><body><section>{body}</section></body></html>"
            )
        };
        let files = [
            ("mimetype", "application/epub+zip".to_owned()),
            ("META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"EPUB/package.opf\"/></rootfiles></container>".to_owned()),
            ("EPUB/package.opf", opf.to_owned()),
            ("EPUB/title.xhtml", page("<h1>Thatch</h1><dl><dt>Rating</dt><dd>G</dd></dl><h2>Summary</h2><div><p>It <em>sat</em>.</p></div>")),
            ("EPUB/chapter-1.xhtml", page("<h1>Chapter 1: Spring</h1><aside class=\"notes\"><p><b>Notes</b></p><div><p>First.</p></div></aside><div><p>One.</p></div>")),
            ("EPUB/chapter-1-2.xhtml", page("<div><p>Two.</p></div><aside class=\"notes\"><p><b>End notes</b></p><div><p>Last.</p></div></aside>")),
            ("EPUB/end-notes.xhtml", page("<h1>End notes</h1><div><p>Thanks.</p></div>")),
        ];
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        let item = Item::from_bytes("thatch.epub", zip.finish().unwrap().into_inner());
        let reading = read(&item, &Limits::default());
        let own = &reading.extracted[0];
        let values =
            |kind| own.fields_of(kind).map(|field| field.value.as_str()).collect::<Vec<_>>();
        assert_eq!(values(FieldKind::Freeform), ["Hens & more"]);
        assert_eq!(values(FieldKind::Category), ["Gen"]);
        assert_eq!(values(FieldKind::Summary), ["<p>It <em>sat</em>.</p>"]);
        assert_eq!(values(FieldKind::EndNotes), ["<p>Thanks.</p>"]);
        let [chapter] = own.chapters.as_slice() else { panic!("{:?}", own.chapters) };
        assert_eq!(
            (chapter.number.as_deref(), chapter.title.as_deref()),
            (Some("1"), Some("Spring"))
        );
        assert_eq!(chapter.html, "<p>One.</p><p>Two.</p>");
        assert_eq!(
            (chapter.notes.as_deref(), chapter.end_notes.as_deref()),
            (Some("<p>First.</p>"), Some("<p>Last.</p>"))
        );
        assert_eq!(own.identities.len(), 2);
    }
}
