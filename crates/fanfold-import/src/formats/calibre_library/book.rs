//! One book of a library: its best file is read, the others and the cover are kept, and what the library says joins
//! what the file says.

use super::catalogue::Entry;
use crate::body::Body;
use crate::formats::epub;
use crate::importer::Input;
use crate::reading;
use crate::seen::field;
use crate::text_work;
use fanfold_model::{
    Companion, Extracted, ExtractedField, FieldKind, Finding, FindingCode, ReadAs, fold_name,
};
use fanfold_source::Item;

/// Endings of files, the best to read first.
const BEST: [&str; 17] = [
    "epub", "kepub", "azw3", "mobi", "azw", "prc", "htmlz", "html", "fb2", "docx", "odt", "rtf",
    "doc", "txtz", "txt", "pdb", "pdf",
];
/// Files that lie beside a book and belong to it.
const BESIDE: [&str; 2] = ["metadata.opf", "cover.jpg"];
/// The rule that the library's own fields are read by.
const RULE: &str = "calibre-library";

/// Reads a book's files with what the library says about it.
pub(super) fn read(input: &Input<'_>, entry: &Entry) -> Extracted {
    let mut files: Vec<(&String, Option<Item>)> =
        entry.files.iter().map(|name| (name, find(input, entry, name))).collect();
    files.sort_by_key(|(name, _)| rank(name));
    let missing: Vec<&str> =
        files.iter().filter(|(_, item)| item.is_none()).map(|(name, _)| name.as_str()).collect();
    let findings: Vec<Finding> = missing.iter().map(|name| lost(entry, name)).collect();
    let beside = BESIDE.iter().filter_map(|name| find(input, entry, name));
    let items: Vec<Item> = files.into_iter().filter_map(|(_, item)| item).chain(beside).collect();
    let mut book = match best(input, &items) {
        Some((number, book)) => settled(book, number),
        None => card(entry),
    };
    for item in items {
        keep(input, item, &mut book);
    }
    book.findings.extend(findings);
    join(entry, &mut book);
    book
}

/// The first file that a story can be read from, and its place among the files.
fn best(input: &Input<'_>, items: &[Item]) -> Option<(usize, Extracted)> {
    let stories = items.iter().enumerate().filter(|(_, item)| rank(item.file_name()) < BEST.len());
    let mut refused = None;
    for (number, item) in stories {
        let Some(own) =
            reading::read_with(item, input.limits, input.converter()).extracted.into_iter().next()
        else {
            continue;
        };
        match own.read_as {
            ReadAs::Work | ReadAs::Part if !own.chapters.is_empty() => return Some((number, own)),
            _ => {
                refused.get_or_insert((number, own));
            }
        }
    }
    refused
}

/// A reading of a file that is number `number` of the work's companions.
fn settled(mut book: Extracted, number: usize) -> Extracted {
    let source = u32::try_from(number + 1).unwrap_or(u32::MAX);
    book.fields.iter_mut().for_each(|field| field.source = source);
    book.chapters.iter_mut().for_each(|chapter| chapter.source = source);
    book.findings.iter_mut().for_each(|finding| finding.source = Some(source));
    book
}

/// A book without a file: what the library says is kept, and meets the story when it comes.
fn card(entry: &Entry) -> Extracted {
    let mut card = Extracted::new(ReadAs::Work);
    if entry.files.is_empty() {
        let what = "The library lists the book without any file.";
        card.findings.push(Finding::new(FindingCode::CHAPTER_MISSING, what));
    }
    card.held = Some("no-text".to_owned());
    card
}

fn lost(entry: &Entry, name: &str) -> Finding {
    let what = format!("The library lists the file {}/{name}; it is not there.", entry.folder);
    Finding::new(FindingCode::CHAPTER_MISSING, what)
}

fn rank(name: &str) -> usize {
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    BEST.iter().position(|own| *own == ending).unwrap_or(BEST.len())
}

fn find(input: &Input<'_>, entry: &Entry, name: &str) -> Option<Item> {
    let beside = input.item.beside.as_ref()?;
    let from = input.item.member.as_deref().unwrap_or(&input.item.path);
    let wanted = match entry.folder.trim_matches('/') {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    };
    beside.find(from, &wanted, input.limits)
}

/// Keeps a file as an original of the work.
fn keep(input: &Input<'_>, item: Item, book: &mut Extracted) {
    let bytes = match item.bytes(input.limits.book_bytes) {
        Ok(bytes) => bytes.into_owned(),
        Err(error) => return book.findings.push(crate::ImportError::from(error).finding()),
    };
    if let Some(blake3) = item.blake3 {
        let (path, member) = (item.path, item.member);
        book.companions.push(Companion { path, member, blake3, encoding: None, bytes });
    }
}

/// What the library says joins what the file says: it fills what is not there, and stands beside what is. A file that
/// comes from a site knows best; of any other the library's title and names are the ones that a person has set right.
fn join(entry: &Entry, book: &mut Extracted) {
    let mut stated = Extracted::new(ReadAs::Work);
    let mut body = Body::default();
    epub::add_fields(&entry.package, &mut body, &mut stated);
    let from_site = is_from_site(book);
    if !from_site {
        set_right(&stated, book);
    }
    for field in stated.fields {
        join_field(field, from_site, book);
    }
    for (name, value) in &entry.columns {
        book.fields.push(column(name, value, book));
    }
    if let Some(changed) = &entry.changed {
        book.fields.push(field(FieldKind::Other, "calibre:last_modified", changed, RULE, 0.8));
    }
    if book.series.is_empty() {
        book.series = stated.series;
    }
    for identity in stated.identities {
        if !book.identities.iter().any(|own| own.kind == identity.kind) {
            book.identities.push(identity);
        }
    }
    book.findings.extend(body.findings());
}

fn is_known(book: &Extracted, kind: FieldKind) -> bool {
    book.fields_of(kind).next().is_some()
}

/// Whether the file itself names its kinds of tags, as sites' downloads do.
fn is_from_site(book: &Extracted) -> bool {
    let typed = [FieldKind::Fandom, FieldKind::Relationship, FieldKind::Character];
    typed.into_iter().any(|kind| is_known(book, kind))
}

/// The file's own title and names stand behind those of the library.
fn set_right(stated: &Extracted, book: &mut Extracted) {
    if let Some(title) = stated.fields_of(FieldKind::Title).next() {
        let at = book.fields.iter().position(|own| own.kind == FieldKind::Title);
        let title =
            ExtractedField { label: "calibre:title".to_owned(), rule: RULE, ..title.clone() };
        book.fields.insert(at.unwrap_or_default(), title);
    }
    if is_known(stated, FieldKind::Creator) {
        let names = book.fields.iter_mut().filter(|own| own.kind == FieldKind::Creator);
        for name in names.filter(|own| !stated.fields.iter().any(|other| other.value == own.value))
        {
            name.kind = FieldKind::Other;
            name.label = format!("in the file: {}", name.label);
        }
    }
}

fn join_field(field: ExtractedField, from_site: bool, book: &mut Extracted) {
    let stated = uncut(&field.value);
    let same = |own: &ExtractedField| own.kind != FieldKind::Other && uncut(&own.value) == stated;
    if book.fields.iter().any(same) || (field.html && is_known(book, field.kind)) {
        return;
    }
    let several = match field.kind {
        FieldKind::Freeform | FieldKind::Creator => !from_site,
        FieldKind::Title => true,
        _ => false,
    };
    let kind = if several || !is_known(book, field.kind) { field.kind } else { FieldKind::Other };
    let label = field.label.replace("dc:", "calibre:");
    let confidence = field.confidence.min(0.8);
    book.fields.push(ExtractedField { kind, label, rule: RULE, confidence, source: 0, ..field });
}

/// A name as it is compared: the library parts tags at commas and so writes a semicolon for those inside one, and a bar
/// for those in a name. The file has them as they were written.
fn uncut(name: &str) -> String {
    fold_name(&name.replace([';', '|'], ",").replace(" ,", ","))
}

/// A column of the owner's under its own name; what its name means counts where the file says nothing about it.
fn column(name: &str, value: &str, book: &Extracted) -> ExtractedField {
    let line = format!("{name}: {value}");
    let hits = text_work::labels(&line);
    let meant = hits.first().and_then(|hit| hit.kinds.first()).copied();
    let kind = meant.filter(|kind| book.fields_of(*kind).next().is_none());
    field(kind.unwrap_or(FieldKind::Other), name, value, RULE, 0.6)
}
