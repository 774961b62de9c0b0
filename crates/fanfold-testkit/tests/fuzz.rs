//! Every function that eats bytes, over the fixtures, the attic, and 20,000 seeded mutations of them each.
//!
//! The seed is fixed, so that a change is judged on the same inputs as the one before. `FANFOLD_FUZZ_SEED` and
//! `FANFOLD_FUZZ_RUNS`, read when this file is compiled, let a longer hunt use others.

use fanfold_testkit::mutate;
use std::fs;
use std::path::Path;

const RUNS: usize = 20_000;
const SEED: u64 = 20_261_120;

/// Larger files are left to the tests of limits: a mutation of them costs much and shows little.
const LARGEST_SEED: u64 = 48 * 1024;

/// Queries that use every part of the language, and some that are wrong on purpose.
const QUERIES: [&str; 12] = [
    "attic -\"wooden leg\" OR (rel:\"Jim Hawkins/Ben Gunn\" NOT rating:mature)",
    "words:>1000 words:1000-5000 words:<10k kudos:3",
    "updated:2003-05..2004 published:<30d imported:>2001",
    "otp:true crossover:false complete:true words>1000 sort:>words m/m",
    "fandom:\"Treasure Island\" char:jim* tag:\"Post-Canon\" lang:de status:complete",
    "a b || c (d || -e) -(f g) \"h i\"",
    "title:x creator:y series:z collection:w source:v text:u id:12",
    "ship:\"A & B\" relationship:a/b category:gen warning:\"no archive warnings apply\"",
    "\"never closed (and (deep",
    "updated:31.12.2003 words:many sort:nothing nofield:x",
    ": - \" ( ) * || OR NOT",
    "",
];

/// Documents of office files as they lie in the archives, with every element that changes how they are read.
const OFFICE: [&str; 2] = [
    r#"<w:document xmlns:w="w"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/><w:jc w:val="center"/></w:pPr><w:r><w:t>The Lamp</w:t></w:r></w:p><w:p><w:r><w:rPr><w:i/><w:b w:val="0"/><w:u w:val="single"/></w:rPr><w:t xml:space="preserve">Holmes &amp; </w:t></w:r><w:del><w:r><w:delText>not</w:delText></w:r></w:del><w:r><w:footnoteReference w:id="2"/><w:br/><w:tab/></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>oil</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>one</w:t></w:r></w:p></w:body><w:footnote w:id="2"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote><w:style w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Heading1"/></w:style></w:document>"#,
    r#"<office:document><office:automatic-styles><style:style style:name="T1" style:parent-style-name="T1"><style:text-properties fo:font-style="italic"/></style:style></office:automatic-styles><office:body><office:text><text:h text:outline-level="1">One</text:h><text:p text:style-name="P1">It <text:span text:style-name="T1">rained<text:s text:c="9"/></text:span><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Much.</text:p></text:note-body></text:note><text:line-break/></text:p><text:list><text:list-item><text:p>tent</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table><office:annotation><text:p>no</text:p></office:annotation></office:text></office:body></office:document>"#,
];

#[test]
fn decoding_holds_on_any_bytes() {
    hunt("decode", &files(), fanfold_text::fuzz::fuzz_decode);
}

#[test]
fn the_sanitiser_holds_on_any_bytes() {
    hunt("sanitize", &files(), fanfold_text::fuzz::fuzz_sanitize);
}

#[test]
fn paragraphs_hold_on_any_bytes() {
    hunt("paragraphs", &files(), fanfold_text::fuzz::fuzz_paragraphs);
}

#[test]
fn archives_hold_on_any_bytes() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fanfold-source/tests/containers");
    let of_every_kind =
        fs::read_dir(kept).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap());
    let zips = files().into_iter().filter(|bytes| bytes.starts_with(b"PK"));
    let containers: Vec<Vec<u8>> = zips.chain(of_every_kind).collect();
    assert!(
        containers.len() > 12,
        "the fixtures hold EPUB files, the attic a zip, the source crate the rest"
    );
    hunt("archive", &containers, fanfold_source::fuzz::fuzz_archive);
}

#[test]
fn queries_hold_on_any_bytes() {
    let seeds: Vec<Vec<u8>> = QUERIES.iter().map(|query| query.as_bytes().to_vec()).collect();
    hunt("query", &seeds, fanfold_model::query::fuzz::fuzz_query);
}

#[test]
fn detection_holds_on_any_bytes() {
    hunt("detect", &small(), fanfold_import::fuzz::fuzz_detect);
}

#[test]
fn importers_hold_on_any_bytes() {
    hunt("import", &small(), fanfold_import::fuzz::fuzz_import);
}

#[test]
fn books_hold_on_any_bytes() {
    let books: Vec<Vec<u8>> =
        files().into_iter().filter(|bytes| bytes.starts_with(b"PK")).collect();
    hunt("epub", &books, fanfold_import::fuzz::fuzz_epub);
}

#[test]
fn office_documents_hold_on_any_bytes() {
    let seeds: Vec<Vec<u8>> = OFFICE.iter().map(|xml| xml.as_bytes().to_vec()).collect();
    hunt("office", &seeds, fanfold_import::fuzz::fuzz_office);
}

#[test]
fn fiction_books_hold_on_any_bytes() {
    let books = small().into_iter().filter(|bytes| has(bytes, b"<FictionBook")).collect::<Vec<_>>();
    assert!(!books.is_empty(), "the fixtures hold FictionBooks");
    hunt("fb2", &books, fanfold_import::fuzz::fuzz_fb2);
}

#[test]
fn rich_text_holds_on_any_bytes() {
    let texts =
        small().into_iter().filter(|bytes| bytes.starts_with(b"{\\rtf")).collect::<Vec<_>>();
    assert!(!texts.is_empty(), "the fixtures hold rich text files");
    hunt("rtf", &texts, fanfold_import::fuzz::fuzz_rtf);
}

#[test]
fn mobipocket_books_hold_on_any_bytes() {
    let books: Vec<Vec<u8>> = files()
        .into_iter()
        .filter(|bytes| {
            bytes.len() < 13_000 && matches!(bytes.get(60..68), Some(b"BOOKMOBI" | b"TEXtREAd"))
        })
        .collect();
    assert!(books.len() > 4, "the fixtures hold books of both forms");
    hunt("mobi", &books, fanfold_import::fuzz::fuzz_mobi);
}

#[test]
fn printed_pages_hold_on_any_bytes() {
    let mut files: Vec<Vec<u8>> = files()
        .into_iter()
        .filter(|bytes| bytes.len() < 12_000 && bytes.starts_with(b"%PDF"))
        .collect();
    assert!(files.len() > 2, "the fixtures hold PDFs");
    files.push(
        b"(The lamp) Tj 0 -14 Td [(was) -300 (lit)] TJ q 2 0 0 2 0 0 cm /X Do Q 72 90 300 1 re f"
            .to_vec(),
    );
    hunt("pdf", &files, fanfold_import::fuzz::fuzz_pdf);
}

#[test]
fn catalogues_of_libraries_hold_on_any_bytes() {
    let catalogues: Vec<Vec<u8>> =
        files().into_iter().filter(|bytes| bytes.starts_with(b"SQLite format 3")).collect();
    assert!(catalogues.len() > 3, "the fixtures hold catalogues");
    hunt("library", &catalogues, fanfold_import::fuzz::fuzz_library);
}

fn has(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|at| at == needle)
}

#[test]
fn messages_hold_on_any_bytes() {
    hunt("mail", &small(), fanfold_import::fuzz::fuzz_mail);
}

#[test]
fn journals_and_sites_pages_hold_on_any_bytes() {
    hunt("journal", &small(), fanfold_import::fuzz::fuzz_journal);
    hunt("site_page", &small(), fanfold_import::fuzz::fuzz_site_page);
}

#[test]
fn what_lies_beside_a_file_holds_on_any_bytes() {
    hunt("neighbours", &small(), fanfold_import::fuzz::fuzz_neighbours);
}

#[test]
fn header_blocks_hold_on_any_bytes() {
    hunt("text_work", &small(), fanfold_import::text_work::fuzz::fuzz_text_work);
}

#[test]
fn normalisation_holds_on_any_bytes() {
    hunt("normalize", &small(), fanfold_normalize::fuzz::fuzz_normalize);
}

#[test]
fn words_of_the_index_hold_on_any_bytes() {
    hunt("words", &small(), fanfold_search::fuzz::fuzz_words);
}

#[test]
fn requests_hold_on_any_bytes() {
    let seeds: Vec<Vec<u8>> = QUERIES.iter().map(|query| query.as_bytes().to_vec()).collect();
    hunt("request", &seeds, fanfold_search::fuzz::fuzz_request);
}

/// Files small enough that 20,000 of them are read in a minute or two.
fn small() -> Vec<Vec<u8>> {
    files().into_iter().filter(|bytes| bytes.len() < 3_000).collect()
}

fn hunt(name: &str, seeds: &[Vec<u8>], entry: fn(&[u8])) {
    let runs = option_env!("FANFOLD_FUZZ_RUNS").and_then(|text| text.parse().ok());
    let seed = option_env!("FANFOLD_FUZZ_SEED").and_then(|text| text.parse().ok());
    mutate::run(name, seeds, runs.unwrap_or(RUNS), seed.unwrap_or(SEED), entry);
}

/// Every fixture and every file of the attic, in a fixed order.
#[test]
fn dumps_and_lists_of_archives_hold_on_any_bytes() {
    let (mut dumps, mut lists) = (Vec::new(), Vec::new());
    collect(&root().join("fixtures/efiction"), &mut dumps);
    collect(&root().join("fixtures/automated_archive"), &mut lists);
    hunt("dump", &dumps, fanfold_import::fuzz::fuzz_dump);
    hunt("archive_list", &lists, fanfold_import::fuzz::fuzz_archive_list);
}

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    for folder in ["fixtures", "examples/attic"] {
        collect(&root.join(folder), &mut found);
    }
    assert!(found.len() > 40, "the fixtures and the attic are the seeds, and they are not there");
    found
}

fn collect(folder: &Path, found: &mut Vec<Vec<u8>>) {
    let Ok(listing) = fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = listing.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, found);
        } else if path.metadata().is_ok_and(|metadata| metadata.len() <= LARGEST_SEED) {
            found.extend(fs::read(&path));
        }
    }
}
