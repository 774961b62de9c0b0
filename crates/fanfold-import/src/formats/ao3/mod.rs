//! What the Archive of Our Own writes into its downloads, HTML and EPUB alike, and its saved pages.
//!
//! A download has a preface (`dl.tags`, title, by-line, summary, notes, related works), the chapters with their own
//! summaries and notes, and an afterword. In an EPUB the same lies split over files; joined, it is read by this very
//! code, so both give the same values. Source of rules: formats.md of the project's notes, section 4; the archive's
//! download templates as seen from 2010 to now.

mod book;
mod calibre;
mod chapters;
mod flat;
mod page_kind;
mod preface;
mod style;
mod web_page;
mod white;

pub(crate) use book::{is_download, read_book, read_flat};
pub(crate) use flat::{is_association_line, is_tag_label};
pub(crate) use page_kind::{PageKind, page_kind};
pub(crate) use style::realigned;

use crate::body::Body;
use crate::decode::DecodedText;
use crate::seen::Places;
use crate::site_address;
use fanfold_model::{Extracted, Finding, FindingCode, Identity, IdentityKind, ReadAs};
use fanfold_text::document::Document;

/// Reads a download or a saved page of a work.
pub(crate) fn read(page: &Document, kind: PageKind, decoded: Option<&DecodedText>) -> Extracted {
    let mut extracted = Extracted::new(ReadAs::Work);
    let address = address_of(page);
    let mut body = Body::new(address.as_deref());
    if let Some(address) = &address {
        extracted.identities = identities(address);
        extracted.fields.push(crate::seen::field(
            fanfold_model::FieldKind::SourceUrl,
            "",
            address,
            "ao3-message",
            1.0,
        ));
    }
    let mut places = Places::new(decoded);
    match kind {
        PageKind::SavedWork => web_page::read(page, &mut places, &mut body, &mut extracted),
        _ => {
            preface::read(page, &mut places, &mut body, &mut extracted);
            chapters::read(page, &mut body, &mut extracted);
        }
    }
    extracted.findings.extend(body.findings());
    for text in texts_of(&mut extracted) {
        // What was clean stays so; damaged markup may still move.
        *text = body.clean(&white::tightened(text));
    }
    check(&mut extracted);
    extracted
}

/// Every text of the creators'.
fn texts_of(extracted: &mut Extracted) -> impl Iterator<Item = &mut String> {
    let fields =
        extracted.fields.iter_mut().filter(|field| field.html).map(|field| &mut field.value);
    let chapters = extracted.chapters.iter_mut().flat_map(|chapter| {
        let beside = [&mut chapter.summary, &mut chapter.notes, &mut chapter.end_notes];
        beside.into_iter().flatten().chain([&mut chapter.html])
    });
    fields.chain(chapters)
}

/// The work's address in its one spelling: scheme and host fixed, no chapter, no query. Other archives run the same
/// program: a work of theirs lies on their own host, and a link without a host is the archive's own only where no other
/// archive names itself.
fn address_of(page: &Document) -> Option<String> {
    let links = page.select("#preface .message a, p.message a, dl.work.meta a, link[rel=canonical], .chapter .title a, #feedback a, ul.work.navigation a, #share a");
    let places: Vec<(&str, String)> =
        links.iter().filter_map(|link| link.attr("href")).filter_map(work_place).collect();
    let told = || page.first("#preface .message, p.message").map(|own| own.line());
    let whole = places.iter().find(|(host, _)| !host.is_empty()).cloned();
    let whole = whole.map(|(host, number)| spelled(host, &number)).or_else(|| {
        let line = told()?;
        let (host, number) = line.split_whitespace().find_map(work_place)?;
        Some(spelled(host, &number))
    });
    whole.or_else(|| {
        let (_, number) = places.first().filter(|_| !is_of_another(page))?;
        Some(spelled("archiveofourown.org", number))
    })
}

/// The host, empty where there is none, and the number in an address of a work.
fn work_place(address: &str) -> Option<(&str, String)> {
    let (before, rest) = address.split_once("/works/")?;
    let host = before.rsplit_once("://").map_or(before, |(_, host)| host);
    let host = host.split('/').next().unwrap_or_default();
    let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let fits = host.is_empty() || host.contains('.');
    (fits && !number.is_empty() && number.len() < 19).then_some((host, number))
}

fn spelled(host: &str, number: &str) -> String {
    let host = host.trim_start_matches("www.").to_ascii_lowercase();
    let own = ["archiveofourown.org", "archiveofourown.com", "ao3.org"];
    let is_own = own.iter().any(|own| host == *own || host.ends_with(&format!(".{own}")));
    let host = if is_own { "archiveofourown.org" } else { host.as_str() };
    format!("https://{host}/works/{number}")
}

/// "The Lamp - Wren - Oz [SquidgeWorld]": the window names the archive in brackets.
fn is_of_another(page: &Document) -> bool {
    let title = page.title().unwrap_or_default();
    let named = title.trim().strip_suffix(']').and_then(|rest| rest.rsplit_once('['));
    named.is_some_and(|(_, name)| !name.to_ascii_lowercase().contains("archive of our own"))
}

fn identities(address: &str) -> Vec<Identity> {
    site_address::of(address).map_or_else(
        || vec![Identity::new(IdentityKind::Address, address)],
        |known| known.identities(),
    )
}

/// Tells what is missing: chapters that the counter states, chapters without text.
fn check(extracted: &mut Extracted) {
    let stated = extracted.fields_of(fanfold_model::FieldKind::Chapters).next();
    let stated =
        stated.and_then(|field| field.value.split('/').next()?.trim().parse::<usize>().ok());
    let found = extracted.chapters.len();
    if let Some(stated) = stated.filter(|stated| *stated != found && found > 0) {
        let what = format!("The header says {stated} chapters; {found} are here.");
        let code = if stated > found {
            FindingCode::CHAPTER_MISSING
        } else {
            FindingCode::CHAPTERS_DIFFER
        };
        extracted.findings.push(Finding::new(code, what));
    }
    for (index, chapter) in extracted.chapters.iter().enumerate() {
        if !crate::body::has_content(&chapter.html) {
            let what = format!("Chapter {} holds no text.", index + 1);
            extracted.findings.push(Finding::new(FindingCode::EMPTY_CHAPTER, what));
        }
    }
    if found == 0 {
        extracted
            .findings
            .push(Finding::new(FindingCode::TRUNCATED, "The header is here, the text is not."));
    }
}

#[cfg(test)]
mod tests;
