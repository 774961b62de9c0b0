//! The package document: metadata, manifest, spine.

use super::xml::{escape, identifier, language, modified};
use super::{Part, VOCABULARY};
use crate::colophon;
use fanfold_model::{TagKind, Work};
use serde_json::json;
use std::fmt::Write;

pub(crate) const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\
<rootfiles><rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles>\
</container>\n";

/// Subjects in the order readers' programs show them: what the work is about first.
const SUBJECTS: [TagKind; 7] = [
    TagKind::Fandom,
    TagKind::Relationship,
    TagKind::Character,
    TagKind::Freeform,
    TagKind::Rating,
    TagKind::Warning,
    TagKind::Category,
];

pub(crate) fn package(work: &Work, parts: &[Part]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let lang = language(work);
    let _ = write!(
        out,
        "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"uid\" \
         xml:lang=\"{lang}\" prefix=\"fanfold: {VOCABULARY}\">\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
    );
    identity(&mut out, work);
    creators(&mut out, work);
    subjects(&mut out, work);
    series(&mut out, work);
    accessibility(&mut out);
    let _ =
        writeln!(out, "<meta property=\"fanfold:tags\">{}</meta>", escape(&private_block(work)));
    out.push_str("</metadata>\n");
    manifest(&mut out, parts);
    out.push_str("</package>\n");
    out
}

fn identity(out: &mut String, work: &Work) {
    let _ = writeln!(out, "<dc:identifier id=\"uid\">{}</dc:identifier>", identifier(work));
    for url in colophon::addresses(work) {
        let _ = writeln!(out, "<dc:identifier>{}</dc:identifier>", escape(url));
    }
    let _ = writeln!(out, "<dc:title>{}</dc:title>", escape(&work.title));
    let _ = writeln!(out, "<dc:language>{}</dc:language>", language(work));
    if let Some(url) = colophon::addresses(work).first() {
        let _ = writeln!(out, "<dc:source>{}</dc:source>", escape(url));
        let host = url.split("//").nth(1).and_then(|rest| rest.split('/').next());
        if let Some(host) = host {
            let _ = writeln!(out, "<dc:publisher>{}</dc:publisher>", escape(host));
        }
    }
    if let Some(summary) = &work.summary {
        let plain = fanfold_text::document::text_of(summary);
        let _ = writeln!(out, "<dc:description>{}</dc:description>", escape(plain.trim()));
    }
    if let Some(date) = work.published.or(work.updated) {
        let _ = writeln!(out, "<dc:date>{date}</dc:date>");
    }
    let _ = writeln!(out, "<meta property=\"dcterms:modified\">{}</meta>", modified(work));
}

fn creators(out: &mut String, work: &Work) {
    for (place, credit) in work.creators.iter().enumerate() {
        let id = format!("creator{}", place + 1);
        let role = match credit.role {
            fanfold_model::CreatorRole::Author => "aut",
            fanfold_model::CreatorRole::Translator => "trl",
            fanfold_model::CreatorRole::Artist => "art",
            fanfold_model::CreatorRole::Beta => "edt",
        };
        let _ = writeln!(out, "<dc:creator id=\"{id}\">{}</dc:creator>", escape(&credit.name));
        let _ = writeln!(
            out,
            "<meta refines=\"#{id}\" property=\"role\" scheme=\"marc:relators\">{role}</meta>"
        );
    }
}

fn subjects(out: &mut String, work: &Work) {
    for kind in SUBJECTS {
        for tag in work.tags(kind) {
            let _ = writeln!(out, "<dc:subject>{}</dc:subject>", escape(tag));
        }
    }
    if let Some(status) = colophon::status(work.status) {
        let _ = writeln!(out, "<dc:subject>{status}</dc:subject>");
    }
}

/// All series in EPUB's own form; the first in calibre's, always with an index, because some
/// programs ignore a series without one.
fn series(out: &mut String, work: &Work) {
    for (place, entry) in work.series.iter().enumerate() {
        let id = format!("series{}", place + 1);
        let title = escape(&entry.title);
        let _ =
            writeln!(out, "<meta property=\"belongs-to-collection\" id=\"{id}\">{title}</meta>");
        let _ = writeln!(out, "<meta refines=\"#{id}\" property=\"collection-type\">series</meta>");
        if let Some(part) = entry.part {
            let _ =
                writeln!(out, "<meta refines=\"#{id}\" property=\"group-position\">{part}</meta>");
        }
    }
    if let Some(first) = work.series.first() {
        let index = first.part.unwrap_or(1);
        let _ =
            writeln!(out, "<meta name=\"calibre:series\" content=\"{}\"/>", escape(&first.title));
        let _ = writeln!(out, "<meta name=\"calibre:series_index\" content=\"{index}\"/>");
    }
}

fn accessibility(out: &mut String) {
    for (property, value) in [
        ("accessMode", "textual"),
        ("accessModeSufficient", "textual"),
        ("accessibilityFeature", "structuralNavigation"),
        ("accessibilityFeature", "tableOfContents"),
        ("accessibilityFeature", "readingOrder"),
        ("accessibilityHazard", "none"),
        (
            "accessibilitySummary",
            "Text with headings and a table of contents; no pictures, sound or motion.",
        ),
    ] {
        let _ = writeln!(out, "<meta property=\"schema:{property}\">{value}</meta>");
    }
}

/// The kinds of the tags, which `dc:subject` cannot say.
fn private_block(work: &Work) -> String {
    json!({
        "rating": work.rating.map(|rating| rating.as_str()),
        "warnings": work.warnings, "categories": work.categories, "fandoms": work.fandoms,
        "relationships": work.relationships, "characters": work.characters,
        "freeforms": work.freeforms, "status": work.status.as_str(),
        "chapters_expected": work.chapters_expected,
    })
    .to_string()
}

fn manifest(out: &mut String, parts: &[Part]) {
    out.push_str("<manifest>\n");
    out.push_str("<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n");
    out.push_str("<item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>\n");
    out.push_str("<item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>\n");
    for part in parts {
        let _ = writeln!(
            out,
            "<item id=\"{}\" href=\"{}\" media-type=\"application/xhtml+xml\"/>",
            part.id, part.file
        );
    }
    out.push_str("</manifest>\n<spine toc=\"ncx\">\n");
    for part in parts {
        let _ = writeln!(out, "<itemref idref=\"{}\"/>", part.id);
    }
    out.push_str("</spine>\n");
}
