//! Entry points for mutated bytes. None may panic; each asserts its invariants.

use crate::{Probe, Reading, detect, importers, read};
use fanfold_model::{Extracted, ReadAs, Span, SpanUnit};
use fanfold_source::{Item, Limits};
use fanfold_text::sanitize;

/// Any bytes as a probe: scores stay in their range, every answer has a reason, and the answer is repeatable.
pub fn fuzz_detect(data: &[u8]) {
    let item = Item::from_bytes("item", data.to_vec());
    let detection = detect(&item);
    for candidate in &detection.candidates {
        assert!(candidate.score <= 1000 && candidate.reason.ends_with('.'));
    }
    assert_eq!(detection, detect(&item));
    let probe = Probe::new(&data[..data.len().min(64 * 1024)], "item.html", data.len() as u64);
    let best =
        importers().iter().filter_map(|importer| importer.probe(&probe)).map(|own| own.score).max();
    assert!(best.is_none_or(|score| score <= 1000));
}

/// Any bytes through detection and extraction: something always comes out, HTML is clean, places lie inside.
pub fn fuzz_import(data: &[u8]) {
    check(&Item::from_bytes("item", data.to_vec()), data.len());
}

/// Any bytes as a book.
pub fn fuzz_epub(data: &[u8]) {
    check(&Item::from_bytes("item.epub", data.to_vec()), data.len());
}

/// Any bytes as the documents inside office files, which a zip archive's checksums would shield from mutations.
pub fn fuzz_office(data: &[u8]) {
    let member = |name: &str| crate::formats::office_file(name, data);
    for name in ["word/document.xml", "content.xml"] {
        html(&member(name));
    }
}

/// Any bytes as a FictionBook.
pub fn fuzz_fb2(data: &[u8]) {
    let whole = [b"<FictionBook>".as_slice(), data].concat();
    check(&Item::from_bytes("item.fb2", whole), data.len() + 13);
}

/// Any bytes as a rich text file.
pub fn fuzz_rtf(data: &[u8]) {
    let whole = [b"{\\rtf1 ".as_slice(), data].concat();
    check(&Item::from_bytes("item.rtf", whole), data.len() + 7);
}

/// Any bytes as a Mobipocket or Kindle book, and as the packed text of one.
pub fn fuzz_mobi(data: &[u8]) {
    check(&Item::from_bytes("item.mobi", data.to_vec()), data.len());
    let mut book = vec![0; 78 + 16];
    book[60..68].copy_from_slice(b"BOOKMOBI");
    book[77] = 2;
    book[81] = 94;
    book[89] = 94 + 40;
    // One record of PalmDoc text in the older form, UTF-8.
    let mut head = [0; 40];
    head[1] = 2;
    head[9] = 1;
    head[16..20].copy_from_slice(b"MOBI");
    head[23] = 24;
    head[28..32].copy_from_slice(&65_001_u32.to_be_bytes());
    head[39] = 6;
    book.extend(head);
    book.extend_from_slice(data);
    // What is packed says more than its size.
    check(&Item::from_bytes("item.prc", book), data.len() * 8 + 200);
}

/// Any bytes as a PDF, and as what a page of one shows.
pub fn fuzz_pdf(data: &[u8]) {
    check(&Item::from_bytes("item.pdf", data.to_vec()), data.len());
    let head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[3 0 R]>>endobj 3 0 obj<</Type/Page/Contents 4 0 R\
        /Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Times-Bold/Encoding/WinAnsiEncoding>>>>/XObject<</X 4 0 R>>>>>>endobj\n\
        4 0 obj<</Subtype/Form>>stream\nBT /F1 12 Tf 1 0 0 1 72 700 Tm ";
    let page = [head.as_slice(), data, b"\nendstream endobj"].concat();
    check(&Item::from_bytes("page.pdf", page.clone()), page.len());
}

/// Any bytes as the catalogue of a library of books, with one of its books beside it.
pub fn fuzz_library(data: &[u8]) {
    let mut item = Item::from_bytes("metadata.db", data.to_vec());
    let names = ["A/B (1)/B - A.txt", "A/B (1)/metadata.opf"];
    let texts =
        ["The lamp was lit.", "<package><metadata><dc:title>B</dc:title></metadata></package>"];
    let beside = names.iter().zip(texts).map(|(name, text)| {
        ((*name).to_owned(), Item::from_bytes(*name, text.as_bytes().to_vec()))
    });
    item.beside = Some(std::sync::Arc::new(fanfold_source::Beside::of(beside.collect())));
    check(&item, data.len());
}

/// Any bytes behind the headers of a message that was encoded for transport.
pub fn fuzz_mail(data: &[u8]) {
    const HEADS: [&str; 3] = [
        "Content-Type: multipart/mixed; boundary=oz",
        "Content-Transfer-Encoding: quoted-printable",
        "Content-Type: text/plain; format=flowed",
    ];
    // One head an input: the lengths of the mutations differ, so each has its share.
    let head = HEADS[data.len() % HEADS.len()];
    let mut bytes = format!("From: a\nSubject: The Lamp (1/2)\nDate: now\n{head}\n\n").into_bytes();
    bytes.extend_from_slice(data);
    check(&Item::from_bytes("item.eml", bytes.clone()), bytes.len());
}

/// Any bytes as the text of a journal's entry, exported and saved, and as the mail inside a group's message.
pub fn fuzz_journal(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let escaped = fanfold_text::entities::escape(&text);
    let entry = format!(
        "<event><itemid>1</itemid><eventtime>2003</eventtime><subject>FIC: {escaped}</subject><event>{escaped}</event></event>"
    );
    let page = format!(
        "<a class=\"ljuser\" lj:user=\"a\">a</a><a href=\"?mode=reply\">x</a><div class=\"entry-content\">{text}</div>"
    );
    let message = serde_json::json!({"msgId": 1, "rawEmail": escaped}).to_string();
    // One form an input: the lengths of the mutations differ, so each has its share.
    let (name, whole) = match data.len() % 3 {
        0 => ("L-1", entry),
        1 => ("1.html", page),
        _ => ("1.json", message),
    };
    let size = whole.len();
    check(&Item::from_bytes(name, whole.into_bytes()), size);
}

/// Any bytes behind the beginning of a page of each site that has a reader of its own.
pub fn fuzz_site_page(data: &[u8]) {
    const HEADS: [&str; 8] = [
        "<div class=\"message--post bbWrapper\"><article class=\"message\" data-author=\"a\"><div class=\"bbWrapper\">",
        "<div class=\"postprofile\"></div><span class=\"name\">a</span><span class=\"postbody\">",
        "<p>Exported with the assistance of FicHub.net</p><h2>1. A</h2>",
        "<a href=\"https://www.fimfiction.net/story/1/a\">A</a><article>",
        "//------------------------------//\n// A\n// Story: B\n// by C\n//------------------------------//\n",
        "<title>TtH x</title><select name=\"chapnav\"></select><div id=\"storyinnerbody\">",
        "<meta content=\"Wattpad\"><pre><p data-p-id=\"a\">",
        "{\"user\": {}, \"readCount\": 1, \"mature\": true, \"parts\": [{\"text\": \"",
    ];
    let whole = [HEADS[data.len() % HEADS.len()].as_bytes(), data].concat();
    let size = whole.len();
    check(&Item::from_bytes("item.html", whole), size);
}

/// Any bytes as a folder's catalogue and as the pages beside a page.
pub fn fuzz_neighbours(data: &[u8]) {
    let story = b"<p>It rained for nine days, and on the tenth the hens came out.</p>".to_vec();
    let half = data.len() / 2;
    let files = [
        ("a/1.html", story),
        ("a/2.html", data.to_vec()),
        ("a/3.html", data[half..].to_vec()),
        ("a/4.html", data[..half].to_vec()),
        ("a/descript.ion", data.to_vec()),
        ("a/index.html", data.to_vec()),
    ];
    let items = || {
        let made = |(name, bytes): &(&str, Vec<u8>)| {
            ((*name).to_owned(), Item::from_bytes(*name, bytes.clone()))
        };
        files.iter().map(made).collect::<Vec<_>>()
    };
    let beside = std::sync::Arc::new(fanfold_source::Beside::of(items()));
    for (_, mut item) in items().into_iter().take(2) {
        item.beside = Some(beside.clone());
        let size = usize::try_from(item.size).unwrap_or_default();
        check(&item, size);
    }
}

/// Any bytes as a database dump, with a chapter's file beside it.
pub fn fuzz_dump(data: &[u8]) {
    let mut item = Item::from_bytes("item.sql", data.to_vec());
    let file = Item::from_bytes("stories/1/1.txt", b"The lamp was lit.".to_vec());
    item.beside = Some(std::sync::Arc::new(fanfold_source::Beside::of(vec![(
        "stories/1/1.txt".to_owned(),
        file,
    )])));
    check(&item, data.len());
}

/// Any bytes as the list of an Automated Archive.
pub fn fuzz_archive_list(data: &[u8]) {
    check(&Item::from_bytes("archive_db.pl", data.to_vec()), data.len());
}

fn check(item: &Item, size: usize) {
    let limits = Limits { book_bytes: 4 << 20, ..Limits::default() };
    let reading = read(item, &limits);
    assert!(
        !reading.extracted.is_empty() || !reading.records.is_empty(),
        "every item ends in something"
    );
    let decoded = reading.decoded.as_ref().map_or(0, |decoded| decoded.text.len());
    for extracted in &reading.extracted {
        spans(extracted, size, decoded);
        if matches!(extracted.read_as, ReadAs::NotAWork | ReadAs::NotUnderstood) {
            assert!(!extracted.findings.is_empty(), "a refusal says why");
        }
        html(extracted);
    }
    values(&reading);
}

fn spans(extracted: &Extracted, size: usize, decoded: usize) {
    let inside = |span: &Span| {
        let most = if span.unit == SpanUnit::Source { size } else { decoded.max(size * 4) };
        span.start <= span.end && span.end <= most as u64
    };
    assert!(extracted.fields.iter().filter_map(|field| field.span.as_ref()).all(inside));
    assert!(extracted.chapters.iter().filter_map(|chapter| chapter.span.as_ref()).all(inside));
    assert!(extracted.part.iter().filter_map(|part| part.span.as_ref()).all(inside));
}

fn html(extracted: &Extracted) {
    for chapter in &extracted.chapters {
        let beside = [&chapter.summary, &chapter.notes, &chapter.end_notes];
        for html in beside.into_iter().flatten().chain([&chapter.html]) {
            assert_eq!(sanitize::clean(html).html.as_str(), html, "HTML is its own cleaning");
        }
    }
    for field in extracted.fields.iter().filter(|field| field.html) {
        assert_eq!(sanitize::clean(&field.value).html.as_str(), field.value);
    }
}

/// Where the text is the source, the value at a field's place is the value.
fn values(reading: &Reading) {
    let Some(decoded) = &reading.decoded else { return };
    for field in reading.extracted.iter().flat_map(|extracted| &extracted.fields) {
        assert!((0.0..=1.0).contains(&field.confidence));
        let Some(span) = field.span.filter(|span| span.unit == SpanUnit::Decoded) else { continue };
        let range = crate::from_text::range_of(span);
        assert!(decoded.text.get(range).is_some(), "a place cuts no letter");
    }
}
