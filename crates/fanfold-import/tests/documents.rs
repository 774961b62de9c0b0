//! Office files and FictionBooks made in the test: what single elements mean, and what hostile ones must not do.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its ground has failed")]

use fanfold_import::read;
use fanfold_model::{Extracted, FieldKind, ReadAs};
use fanfold_source::{Item, Limits};
use std::io::{Cursor, Write};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

const PROSE: &str = "Holmes put down the violin and went to the window, because the lamp in the street had gone out again that night, and he did not like it.";
const SPEECH: &str =
    "“Watson,” he said, “bring your hat, and the lantern, and if you can find it the other boot.”";

fn zipped(members: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in members {
        writer
            .start_file(
                *name,
                SimpleFileOptions::default().compression_method(CompressionMethod::Stored),
            )
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn one(name: &str, bytes: Vec<u8>) -> Extracted {
    let mut reading = read(&Item::from_bytes(name, bytes), &Limits::default());
    assert_eq!(reading.extracted.len(), 1, "{name}");
    reading.extracted.remove(0)
}

fn word(paragraphs: &str, more: &[(&str, &str)]) -> Extracted {
    let prose = format!(
        "<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p><w:p><w:r><w:t>{SPEECH}</w:t></w:r></w:p>"
    );
    let document =
        format!("<w:document xmlns:w=\"w\"><w:body>{paragraphs}{prose}</w:body></w:document>");
    let mut members = vec![("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document)];
    members.extend_from_slice(more);
    one("lamp.docx", zipped(&members))
}

fn text(story: &str, styles: &str) -> Extracted {
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{story}<text:p>{PROSE}</text:p><text:p>{SPEECH}</text:p></office:text></office:body></office:document-content>"
    );
    one(
        "lamp.odt",
        zipped(&[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", &content),
        ]),
    )
}

fn rich(inside: &[u8]) -> Extracted {
    let prose = PROSE.replace('’', "'");
    let begin = format!("{{\\rtf1\\ansi\\ansicpg1252 {prose}\\par {prose}\\par ");
    one("lamp.rtf", [begin.as_bytes(), inside, format!(" {prose}\\par}}").as_bytes()].concat())
}

fn book(sections: &str, info: &str) -> Extracted {
    let xml = format!(
        "<?xml version=\"1.0\"?><FictionBook><description><title-info><book-title>The Lamp</book-title>{info}</title-info></description><body>{sections}</body></FictionBook>"
    );
    one("lamp.fb2", xml.into_bytes())
}

fn story(extracted: &Extracted) -> String {
    assert_eq!(extracted.read_as, ReadAs::Work, "{:?}", extracted.findings);
    extracted.chapters.iter().map(|chapter| chapter.html.as_str()).collect()
}

fn told(extracted: &Extracted) -> Vec<&str> {
    extracted.findings.iter().map(|finding| finding.code.as_str()).collect()
}

fn values(extracted: &Extracted, kind: FieldKind) -> Vec<&str> {
    extracted.fields_of(kind).map(|field| field.value.as_str()).collect()
}

#[test]
fn a_heading_style_is_known_by_its_english_name_whatever_its_id() {
    let styles = r#"<w:styles xmlns:w="w"><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="Mein"><w:name w:val="Mein Stil"/><w:basedOn w:val="berschrift1"/></w:style></w:styles>"#;
    let heads: String = ["berschrift1", "Mein"]
        .iter()
        .enumerate()
        .map(|(at, id)| format!("<w:p><w:pPr><w:pStyle w:val=\"{id}\"/></w:pPr><w:r><w:t>Chapter {}</w:t></w:r></w:p><w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>", at + 1))
        .collect();
    let numbers: Vec<Option<String>> = word(&heads, &[("word/styles.xml", styles)])
        .chapters
        .into_iter()
        .map(|own| own.number)
        .collect();
    assert_eq!(numbers, [Some("1".to_owned()), Some("2".to_owned())]);
}

#[test]
fn emphasis_that_a_style_turns_on_a_run_may_turn_off() {
    let styles = r#"<w:styles xmlns:w="w"><w:style w:styleId="T"><w:name w:val="Thought"/><w:rPr><w:i/></w:rPr></w:style></w:styles>"#;
    let runs = r#"<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>How dark it is, </w:t></w:r><w:r><w:rPr><w:i w:val="0"/></w:rPr><w:t>Alice</w:t></w:r><w:r><w:t> thought.</w:t></w:r></w:p>"#;
    let html = story(&word(runs, &[("word/styles.xml", styles)]));
    assert!(html.contains("<i>How dark it is, </i>Alice<i> thought.</i>"), "{html}");
}

#[test]
fn the_files_author_is_never_a_creator_and_its_title_only_where_the_text_has_none() {
    let core = "<cp:coreProperties><dc:title>The Grey Lamp</dc:title><dc:creator>Registered Owner</dc:creator></cp:coreProperties>";
    let read = word("", &[("docProps/core.xml", core)]);
    assert!(values(&read, FieldKind::Creator).is_empty());
    let written = serde_json::to_string(&fanfold_model::canonical::extracted_json(&read)).unwrap();
    assert!(!written.contains("Registered Owner"), "{written}");
    assert!(written.contains("The Grey Lamp"), "{written}");
    let generic = core.replace("The Grey Lamp", "Microsoft Word - lamp.doc");
    let read = word("", &[("docProps/core.xml", &generic)]);
    assert!(!values(&read, FieldKind::Title).iter().any(|title| title.contains("Microsoft")));
}

#[test]
fn a_locked_document_is_refused_with_what_to_do() {
    let manifest = "<manifest><manifest:encryption-data/></manifest>";
    let bytes = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", "xx"),
        ("META-INF/manifest.xml", manifest),
    ]);
    let read = one("lamp.odt", bytes);
    assert_eq!(read.read_as, ReadAs::NotUnderstood);
    assert!(read.findings.iter().any(|finding| finding.message.contains("password")));
}

#[test]
fn a_footnote_leaves_its_paragraph_whole() {
    let note = "<text:p>He was<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Once.</text:p><text:p>Twice.</text:p></text:note-body></text:note> oiled daily.</text:p>";
    let html = story(&text(note, ""));
    assert!(html.contains("He was<sup>[1]</sup> oiled daily."), "{html}");
    assert!(html.contains("Once.<br>Twice."), "{html}");
}

#[test]
fn spans_inside_spans_add_their_emphasis() {
    let styles = r#"<style:style style:name="I"><style:text-properties fo:font-style="italic"/></style:style><style:style style:name="B"><style:text-properties fo:font-weight="700"/></style:style>"#;
    let html = story(&text(
        r#"<text:p>a <text:span text:style-name="I">b <text:span text:style-name="B">c</text:span> d</text:span> e</text:p>"#,
        styles,
    ));
    assert!(html.contains("a <i>b </i><b><i>c</i></b><i> d</i> e"), "{html}");
}

#[test]
fn letters_of_every_code_page_come_through() {
    let table = b"{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}{\\f2\\fcharset134 C;}{\\f3\\fcharset238 D;}}";
    let lines: &[u8] = b"\\f0 It\\'92s \\f1\\'cb\\'e0\\'ec\\'ef\\'e0 \\f2\\'b5\\'c6 \\f3\\'e8aj \\f0 \\u8220?quoted\\u8221?\\par";
    let html = story(&rich(&[table.as_slice(), lines].concat()));
    assert!(html.contains("It’s Лампа 灯 čaj “quoted”"), "{html}");
}

#[test]
fn stand_ins_behind_unicode_letters_are_skipped_by_their_number() {
    let html = story(&rich(
        b"{\\uc2\\u1051\\'cb\\'cbx}{\\uc0\\u1052 y}\\u1053?z \\u-10179?\\u-8704?\\par",
    ));
    assert!(html.contains("ЛxМyНz 😀"), "{html}");
}

#[test]
fn what_a_rich_text_file_hides_stays_out() {
    let html = story(&rich(b"{\\info{\\author Owner}}{\\*\\generator Msftedit;}{\\pict\\bin5 }}}}}}{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt the link}}{\\v secret}{\\*\\unknown vanished{\\b vanished}} seen\\par"));
    assert!(html.contains("the link") && html.contains("seen"), "{html}");
    assert!(
        !html.contains("secret") && !html.contains("Owner") && !html.contains("vanished"),
        "{html}"
    );
}

#[test]
fn sections_inside_sections_are_chapters_and_the_groups_title_stays_with_the_first() {
    let section = |title: &str, inside: &str| {
        format!("<section><title><p>{title}</p></title>{inside}</section>")
    };
    let prose = format!("<p>{PROSE}</p><p>{SPEECH}</p>");
    let nested = section(
        "Part One",
        &format!("{}{}", section("Chapter 1", &prose), section("Chapter 2", &prose)),
    );
    let read = book(
        &format!(
            "<epigraph><p>Light is where it was left.</p></epigraph>{nested}{}",
            section("Chapter 3", &prose)
        ),
        "",
    );
    let numbers: Vec<Option<&str>> =
        read.chapters.iter().map(|own| own.number.as_deref()).collect();
    assert_eq!(numbers, [Some("1"), Some("2"), Some("3")]);
    let first = &read.chapters[0].html;
    assert!(first.contains("Part One") && first.contains("Light is where"), "{first}");
    assert!(!read.chapters[1].html.contains("Part One"));
}

#[test]
fn the_pen_name_is_the_creator_and_the_name_beside_it_is_not_told() {
    let info = "<author><first-name>Real</first-name><last-name>Person</last-name><nickname>tarn</nickname></author><sequence name=\"Lights\" number=\"3\"/>";
    let read = book(&format!("<section><p>{PROSE}</p><p>{SPEECH}</p></section>"), info);
    assert_eq!(values(&read, FieldKind::Creator), ["tarn"]);
    assert_eq!((read.series[0].title.as_str(), read.series[0].part), ("Lights", Some(3)));
}

#[test]
fn a_book_that_breaks_off_keeps_what_is_there_and_says_so() {
    let xml = format!("<FictionBook><body><section><p>{PROSE}</p><p>{SPEECH}</p><p>Then he");
    let read = one("lamp.fb2", xml.into_bytes());
    assert!(story(&read).contains("Then he"));
    assert!(told(&read).contains(&"truncated"));
}

#[test]
fn one_note_that_is_called_without_end_does_not_fill_the_memory() {
    let note = format!(
        "<w:footnotes><w:footnote w:id=\"2\"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote></w:footnotes>",
        "oil ".repeat(50_000)
    );
    let calls = "<w:p><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>".repeat(5_000);
    let html = story(&word(&calls, &[("word/footnotes.xml", &note)]));
    assert!(html.len() < 20 << 20, "{} bytes", html.len());
    let book_notes = format!(
        "<body name=\"notes\"><section id=\"n\"><p>{}</p></section></body>",
        "oil ".repeat(50_000)
    );
    let sections = format!("<section><p>{PROSE}<a href=\"#n\">1</a></p></section>").repeat(2_000);
    let xml = format!("<FictionBook><body>{sections}</body>{book_notes}</FictionBook>");
    assert!(story(&one("lamp.fb2", xml.into_bytes())).len() < 20 << 20);
}

#[test]
fn depth_breaks_nothing() {
    let deep = 100_000;
    let groups = [b"{\\rtf1 ".as_slice(), &b"{\\i ".repeat(deep), PROSE.as_bytes()].concat();
    assert!(story(&one("deep.rtf", groups)).contains("violin"));
    let sections =
        format!("<FictionBook><body>{}<p>{PROSE}</p><p>{SPEECH}</p>", "<section>".repeat(deep));
    assert!(story(&one("deep.fb2", sections.into_bytes())).contains("violin"));
    let spans = format!(
        "<text:p>{}{PROSE}{}</text:p>",
        "<text:span>".repeat(deep),
        "</text:span>".repeat(deep)
    );
    assert!(story(&text(&spans, "")).contains("violin"));
    let tables =
        format!("{}<w:p><w:r><w:t>cell</w:t></w:r></w:p>", "<w:tbl><w:tr><w:tc>".repeat(deep));
    assert!(story(&word(&tables, &[])).contains("cell"));
}
