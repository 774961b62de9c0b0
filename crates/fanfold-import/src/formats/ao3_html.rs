//! AO3 HTML: the download of a work from the Archive of Our Own, and a work's page saved by a browser.
//!
//! Written by the archive since 2010. Recognised by `#preface` and the message "Posted originally on the Archive of
//! Our Own at …". Read: every tag by its kind, language, series with part and address, collections, dates and
//! counters, several creators or none, recipients, related works, summary and notes of work and chapters. The work's
//! number is its identity. Archives that run the same program (SquidgeWorld and others) are read the same, under their
//! own addresses. Known damage: downloads cut off in the middle (the chapters that are there are taken), and
//! pages that only look like works: login, listing, 404, the question before adult content, unrevealed works.
//!
//! Not read: comments below a saved page.

use super::ao3::{self, PageKind, page_kind};
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use crate::page;
use fanfold_model::{Finding, FindingCode, ReadAs};

/// The importer.
pub(crate) struct Ao3Html;

impl Importer for Ao3Html {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "ao3-html",
            name: "AO3 HTML download",
            description: "A work downloaded from the Archive of Our Own as HTML, or its saved page",
            docs: "Every tag keeps its kind, its words and its place. Pages that are no works (a login page, a listing, \
                   an adult gate) are recognised and refused with the reason.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        if !probe.is_text() {
            return None;
        }
        let head = probe.lower();
        if !head.contains('<') {
            return None;
        }
        let names_archive =
            head.contains("archive of our own") || head.contains("archiveofourown.org");
        let is_download = head.contains("id=\"preface\"")
            && (names_archive || head.contains("class=\"userstuff\""));
        if is_download {
            return Some(Match { score: 980, reason: "It has the preface of an AO3 download." });
        }
        if names_archive && head.contains("work meta group") {
            return Some(Match { score: 960, reason: "It is a work's page saved from AO3." });
        }
        // SquidgeWorld and others run the archive's program on hosts of their own.
        if head.contains("work meta group") && head.contains("workskin") {
            return Some(Match {
                score: 955,
                reason: "It is a work's page saved from an archive that runs AO3's program.",
            });
        }
        let titled = head
            .find("<title")
            .and_then(|at| head[at..].find("</title>").map(|end| &head[at..at + end]));
        titled
            .filter(|title| title.contains("archive of our own"))
            .map(|_| Match { score: 900, reason: "Its title says that it is a page of AO3." })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let decoded = input.text()?;
        let page = match page::parse(&decoded.text) {
            Ok(page) => page,
            Err(finding) => {
                sink.extracted(input.refusal(ReadAs::NotUnderstood, finding));
                return Ok(());
            }
        };
        let kind = page_kind(&page);
        if let PageKind::Other(what) = kind {
            let finding = Finding::new(FindingCode::NOT_A_WORK, format!("It is {what}."));
            sink.extracted(input.refusal(ReadAs::NotAWork, finding));
            return Ok(());
        }
        let mut extracted = ao3::read(&page, kind, Some(decoded));
        extracted.fields.extend(page::captured(input));
        extracted.findings.extend(page::cut_off(&decoded.text));
        extracted.findings.splice(0..0, decoded.findings.iter().cloned());
        extracted.encoding = Some(decoded.encoding.to_owned());
        sink.extracted(extracted);
        Ok(())
    }
}
