//! One download of the archive in every form it is given out in: each carrier gives the same work.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its ground has failed")]

use fanfold_import::read;
use fanfold_model::canonical::extracted_json;
use fanfold_model::{Extracted, FieldKind, ReadAs};
use fanfold_source::{Beside, Item, Limits};
use serde_json::{Value, json};
use std::path::Path;

fn fixture(path: &str) -> Extracted {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(path);
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let item = Item::from_bytes(name, std::fs::read(&file).unwrap());
    let mut reading = read(&item, &Limits::default());
    assert_eq!(reading.extracted.len(), 1, "{path}");
    reading.extracted.remove(0)
}

/// Everything that the work is: its fields and who it is, its chapters with all that belongs to them.
fn work(extracted: &Extracted) -> Value {
    assert_eq!(extracted.read_as, ReadAs::Work);
    let whole = extracted_json(extracted);
    let fields: Vec<Value> = extracted
        .fields
        .iter()
        .map(|field| json!([format!("{:?}", field.kind), field.label, field.value, field.html]))
        .collect();
    let chapters: Vec<Value> = extracted
        .chapters
        .iter()
        .map(|own| {
            json!({"number": own.number, "title": own.title, "creators": own.creators, "summary": own.summary,
                "notes": own.notes, "end_notes": own.end_notes, "html": own.html})
        })
        .collect();
    let related: Vec<Value> = extracted
        .related
        .iter()
        .map(|own| json!([own.rel, own.title, own.creator, own.url]))
        .collect();
    json!({"fields": fields, "chapters": chapters, "related": related, "identities": whole["identities"], "series": whole["series"]})
}

fn assert_same(one: &str, other: &str) {
    let (first, second) = (work(&fixture(one)), work(&fixture(other)));
    let shown = |value: &Value| serde_json::to_string_pretty(value).unwrap();
    assert_eq!(shown(&first), shown(&second), "{one} and {other}");
}

#[test]
fn an_azw3_gives_what_the_html_of_the_same_work_gives() {
    assert_same("ao3_html/clean/three_chapters/input.html", "mobi/clean/ao3_kf8/input.azw3");
}

/// The older form has one name for both emphases, and the book is read as the archive's editor would write them: what
/// a page slants with `i` is `em` in its book, and nothing else differs.
fn assert_same_but_emphases(page: &str, book: &str) {
    let shown = |path: &str| serde_json::to_string_pretty(&work(&fixture(path))).unwrap();
    let edited =
        [("i>", "em>"), ("b>", "strong>")].iter().fold(shown(page), |whole, (old, new)| {
            whole
                .replace(&format!("<{old}"), &format!("<{new}"))
                .replace(&format!("</{old}"), &format!("</{new}"))
        });
    assert_eq!(edited, shown(book));
}

#[test]
fn a_mobi_gives_what_the_html_of_the_same_work_gives() {
    let book = "mobi/clean/ao3_mobi6/input.mobi";
    assert_same_but_emphases("ao3_html/clean/three_chapters/input.html", book);
    assert!(fixture(book).chapters.iter().any(|own| own.html.contains("<em>")));
}

#[test]
fn an_epub_gives_what_the_html_of_the_same_work_gives() {
    assert_same(
        "ao3_html/clean/three_chapters/input.html",
        "ao3_epub/clean/as_converted/input.epub",
    );
}

#[test]
fn margins_that_became_quotations_are_none() {
    assert_same_but_emphases(
        "ao3_html/clean/many_chapters/input.html",
        "mobi/legacy/ao3_with_margins/input.mobi",
    );
}

#[test]
fn a_summary_is_told_from_the_text_behind_it_though_both_stand_in_margins() {
    assert_same(
        "ao3_html/clean/one_chapter/input.html",
        "mobi/legacy/ao3_one_chapter_with_margins/input.mobi",
    );
}

#[test]
fn of_a_file_that_holds_both_forms_the_newer_is_read() {
    assert_same("ao3_html/clean/three_chapters/input.html", "mobi/clean/ao3_both_forms/input.mobi");
}

fn bytes_of(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(path)).unwrap()
}

fn first(bytes: Vec<u8>) -> Extracted {
    read(&Item::from_bytes("book", bytes), &Limits::default()).extracted.remove(0)
}

#[test]
fn a_book_with_copy_protection_is_refused_with_what_to_do() {
    let mut bytes = bytes_of("mobi/clean/ao3_mobi6/input.mobi");
    let record = u32::from_be_bytes(bytes[78..82].try_into().unwrap()) as usize;
    bytes[record + 13] = 2;
    let refused = first(bytes);
    assert_eq!(refused.read_as, ReadAs::NotUnderstood);
    assert!(refused.findings[0].message.contains("copy protection"), "{:?}", refused.findings);
}

/// Wherever a book breaks off or a byte of it has gone bad: something is said about it, and nothing stops.
#[test]
fn books_that_break_off_or_have_bad_bytes_are_read_as_far_as_they_go() {
    for path in [
        "mobi/clean/ao3_mobi6/input.mobi",
        "mobi/clean/ao3_kf8/input.azw3",
        "mobi/legacy/huff_cdic_1252/input.prc",
    ] {
        let whole = bytes_of(path);
        let mut works = 0;
        for end in (0..whole.len()).step_by(whole.len() / 150 + 1) {
            let cut = first(whole[..end].to_vec());
            works += usize::from(cut.read_as == ReadAs::Work);
            assert!(cut.read_as == ReadAs::Work || !cut.findings.is_empty(), "{path} cut at {end}");
        }
        assert!(works > 10, "{path}: {works}");
        let mut state = 20_261_121_u64;
        for _ in 0..300 {
            let mut bad = whole.clone();
            for _ in 0..4 {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let at = (state >> 33) as usize % bad.len();
                bad[at] = (state >> 20) as u8;
            }
            first(bad);
        }
    }
}

/// The library with what lies beside its catalogue, as a walk over its folder would hand it on.
fn library(folder: &str, catalogue: Vec<u8>) -> Vec<Extracted> {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(folder).join("beside");
    let (mut items, mut open) = (Vec::new(), vec![root.clone()]);
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
                items.push((name.clone(), Item::from_bytes(name, std::fs::read(&path).unwrap())));
            }
        }
    }
    let mut item = Item::from_bytes("metadata.db", catalogue);
    item.beside = Some(std::sync::Arc::new(Beside::of(items)));
    read(&item, &Limits::default()).extracted
}

fn names(book: &Extracted, kind: FieldKind) -> Vec<&str> {
    book.fields_of(kind).map(|field| field.value.as_str()).collect()
}

#[test]
fn a_book_of_a_library_is_one_work_with_all_its_files() {
    let folder = "calibre_library/clean/three_books";
    let books = library(folder, bytes_of(&format!("{folder}/input.db")));
    assert_eq!(books.len(), 3);
    let bell = &books[0];
    assert_eq!(names(bell, FieldKind::Title)[0], "The Bell Under the Hill");
    assert_eq!(names(bell, FieldKind::Creator), ["Mabel Tarn", "Tansy Wick"]);
    assert_eq!(names(bell, FieldKind::Fandom), ["Robin Hood"]);
    assert!(bell.fields.iter().any(|own| own.label == "Word Count" && own.value == "61"));
    assert_eq!((bell.series[0].title.as_str(), bell.series[0].part), ("Greenwood Sounds", Some(2)));
    let kept: Vec<&str> =
        bell.companions.iter().filter_map(|own| own.path.rsplit('.').next()).collect();
    assert_eq!(kept, ["epub", "txt", "opf"]);
    assert!(bell.chapters.iter().all(|chapter| chapter.source == 1), "the EPUB is read");
    let barrel = &books[1];
    assert_eq!(names(barrel, FieldKind::Creator), ["cutlass_and_quill", "squidink"]);
    assert_eq!(names(barrel, FieldKind::Freeform), ["Apples", "Cheese, Mostly", "Post-Canon"]);
    assert_eq!(books[2].held.as_deref(), Some("no-text"));
}

#[test]
fn a_catalogue_that_cannot_be_read_loses_no_book() {
    let folder = "calibre_library/clean/three_books";
    let whole = bytes_of(&format!("{folder}/input.db"));
    let titles = |catalogue: Vec<u8>| {
        let books = library(folder, catalogue);
        let mut titles: Vec<String> = books
            .iter()
            .filter_map(|book| book.fields_of(FieldKind::Title).next())
            .map(|title| title.value.to_lowercase())
            .collect();
        titles.sort();
        titles.dedup();
        titles
    };
    let known = titles(whole.clone());
    assert_eq!(known.len(), 3);
    for end in [20, 512, 5_000, 12_000, 20_000, 30_000] {
        assert_eq!(titles(whole[..end].to_vec()), known, "cut at {end}");
    }
}

/// A work without the markup inside its texts: what a print of it still tells.
fn without_markup(mut work: Value) -> Value {
    let plain = |value: &mut Value| {
        if let Some(html) = value.as_str() {
            let spaced = html.replace("</p>", "</p> ").replace("<br>", " ");
            let text = fanfold_text::document::text_of(&spaced);
            *value = json!(text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    };
    for field in work["fields"].as_array_mut().into_iter().flatten() {
        if field[3] == json!(true) {
            plain(&mut field[2]);
        }
    }
    for chapter in work["chapters"].as_array_mut().into_iter().flatten() {
        for part in ["summary", "notes", "end_notes", "html"] {
            plain(&mut chapter[part]);
        }
    }
    work
}

#[test]
fn a_pdf_gives_all_but_the_fine_structure_of_the_html_of_the_same_work() {
    let (page, print) = (
        fixture("ao3_html/clean/three_chapters/input.html"),
        fixture("pdf/clean/ao3_three_chapters/input.pdf"),
    );
    let shown = |value: Value| serde_json::to_string_pretty(&value).unwrap();
    assert_eq!(shown(without_markup(work(&page))), shown(without_markup(work(&print))));
    let paragraphs = |own: &Extracted| {
        let all = own.chapters.iter().flat_map(|chapter| chapter.html.split("<p").skip(1));
        all.filter(|html| !html.is_empty()).count()
    };
    assert_eq!(paragraphs(&page), paragraphs(&print), "every paragraph is one");
}

/// Labels over their values, notes and text with the same margins, lines drawn below the notes.
#[test]
fn an_early_pdf_gives_what_its_html_gives() {
    for (page, print) in [
        ("ao3_html/clean/many_chapters/input.html", "pdf/legacy/ao3_with_margins/input.pdf"),
        (
            "ao3_html/clean/one_chapter/input.html",
            "pdf/legacy/ao3_one_chapter_with_margins/input.pdf",
        ),
    ] {
        let both = [fixture(page), fixture(print)].map(|own| without_markup(work(&own)));
        assert_eq!(both[0], both[1], "{print}");
    }
}

/// A print of a work whose chapters have no titles: their headings stand at one height with a number each.
#[test]
fn headings_of_chapters_are_no_page_numbers() {
    let show = |page: usize, number: usize| {
        let text = "Jim walked down the beach and looked for the tide as far as the second rock.";
        let lines: String =
            (0..6).map(|at| format!("1 0 0 1 72 {} Tm ({text}) Tj\n", 600 - at * 14)).collect();
        let content = format!(
            "BT /F1 12 Tf 1 0 0 1 72 700 Tm (Chapter {number}) Tj\n{lines}1 0 0 1 300 40 Tm ({}) Tj ET",
            page + 1
        );
        let at = 10 + page * 2;
        format!(
            "{at} 0 obj<</Type/Page/Parent 2 0 R/Contents {} 0 R>>endobj\n{} 0 obj<</Length {}>>stream\n{content}\nendstream endobj\n",
            at + 1,
            at + 1,
            content.len()
        )
    };
    let pages: String = (0..5).map(|page| show(page, page + 1)).collect();
    let kids: String = (0..5).map(|page| format!("{} 0 R ", 10 + page * 2)).collect();
    let file = format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[{kids}]/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>>>>>>>endobj\n{pages}trailer<</Root 1 0 R>>\n%%EOF"
    );
    let read = first(file.into_bytes());
    assert_eq!(read.chapters.len(), 5, "{:?}", read.chapters);
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    assert!(read.chapters.iter().all(|own| own.html.ends_with("rock.</p>")), "{:?}", read.chapters);
}

#[test]
fn a_print_loses_its_running_heads_and_joins_what_pages_and_line_ends_part() {
    let print = fixture("pdf/legacy/indented_with_running_heads/input.pdf");
    let text: String = print.chapters.iter().map(|chapter| chapter.html.as_str()).collect();
    assert!(!text.contains("THE SEA"), "{text}");
    assert!(text.contains("nobody had sat in it for a long time"), "a page's end: {text}");
    assert!(text.contains("it was a remarkably comfortable chair"), "a line's end: {text}");
    assert!(text.contains("manners.</p><p>At six"), "page numbers: {text}");
    assert_eq!(print.chapters.len(), 2);
}

#[test]
fn prints_that_break_off_or_have_bad_bytes_are_read_as_far_as_they_go() {
    let whole = bytes_of("pdf/legacy/indented_with_running_heads/input.pdf");
    let works = (0..whole.len())
        .step_by(61)
        .filter(|end| first(whole[..*end].to_vec()).read_as == ReadAs::Work)
        .count();
    assert!(works > 10, "{works}");
    let mut state = 7_u64;
    for _ in 0..300 {
        let mut bad = whole.clone();
        for _ in 0..6 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let at = (state >> 33) as usize % bad.len();
            bad[at] = (state >> 20) as u8;
        }
        first(bad);
    }
}

#[test]
fn a_pdf_with_a_password_and_one_of_pictures_are_refused_with_what_to_do() {
    let mut locked = bytes_of("pdf/legacy/indented_with_running_heads/input.pdf");
    let at = locked.windows(5).rposition(|own| own == b"/Info").unwrap();
    locked.splice(at..at, *b"/Encrypt 9 0 R");
    let refused = first(locked);
    assert_eq!(refused.read_as, ReadAs::NotUnderstood);
    assert!(refused.findings[0].message.contains("password"), "{:?}", refused.findings);
    let picture = b"%PDF-1.4 1 0 obj<</Type/Page/Contents 2 0 R>>endobj 2 0 obj<<>>stream\nq Q\nendstream endobj";
    let refused = first(picture.to_vec());
    assert!(refused.findings[0].message.contains("text recognition"), "{:?}", refused.findings);
}
