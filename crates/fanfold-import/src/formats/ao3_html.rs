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
use super::site_page::{self, SitePage};
use crate::importer::{FormatInfo, Input, Match};
use fanfold_model::Extracted;
use fanfold_text::document::Document;

/// The importer.
pub(crate) struct Ao3Html;

impl SitePage for Ao3Html {
    const FORMAT: FormatInfo = FormatInfo {
        id: "ao3-html",
        name: "AO3 HTML download",
        description: "A work downloaded from the Archive of Our Own as HTML, or its saved page",
        docs: "Every tag keeps its kind, its words and its place. Pages that are no works (a login page, a listing, \
               an adult gate) are recognised and refused with the reason.",
    };

    fn recognise(&self, head: &str) -> Option<Match> {
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

    fn read(&self, page: &Document, input: &Input<'_>) -> Extracted {
        match page_kind(page) {
            PageKind::Other(what) => site_page::not_a_work(&format!("It is {what}.")),
            kind => ao3::read(page, kind, input.decoded()),
        }
    }
}
