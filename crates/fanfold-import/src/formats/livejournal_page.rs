//! Journal page: an entry of LiveJournal, Dreamwidth, InsaneJournal, JournalFen or a kindred site, as a browser saved it.
//!
//! Recognised by what all styles of these sites share (user boxes, reply links, the sites' own class names), not by one
//! style. Read: the entry's own text and nothing of the comments below it; subject, poster, day, tags, mood and music
//! from wherever the style puts them, or from the window's title; the address. Cuts are boundaries, user boxes are
//! names. An entry with a lock is held. Pages of several entries (their texts are behind cuts), profiles, closed
//! entries and questions before adult content are no works. Known damage: the light format and own styles have no
//! class names, so that the longest part of the page before the comments is taken. Readers' comments are kept as reviews,
//! with the poster's replies; where the story goes on in comments of the poster, they are chapters.
//! On pages without class names comments are found by their structure: a run of blocks behind the entry, each with a
//! name, a day and links that carry its number.

use super::livejournal::{self, Entry};
use super::site_page::SitePage;
use crate::comments::settle;
use crate::importer::{FormatInfo, Input, Match};
use fanfold_model::{Extracted, FieldKind, ReadAs};
use fanfold_text::document::Document;

mod around;
mod comments;
mod text;
mod threads;

/// The importer.
pub(crate) struct LivejournalPage;

impl SitePage for LivejournalPage {
    const FORMAT: FormatInfo = FormatInfo {
        id: "livejournal-page",
        name: "Journal page",
        description: "An entry's page saved from LiveJournal, Dreamwidth or a kindred site",
        docs: "The entry's text, subject, poster, day, tags and mood in any style; readers' comments as reviews. \
               Parts over several entries become one work. Entries with a lock wait for a person. Pages of several \
               entries, profiles and closed entries are refused.",
    };

    fn recognise(&self, head: &str) -> Option<Match> {
        let count = |signs: &[&str]| signs.iter().filter(|sign| head.contains(**sign)).count();
        let (own, shared, hosts) = (count(OWN), count(SHARED), count(HOSTS));
        // A page that only links to a journal names a host and has nothing of its pages.
        let fits = own >= 2 || own >= 1 && shared + hosts.min(1) >= 1;
        fits.then_some(Match {
            score: 930,
            reason: "It has the user boxes and links of a journal's page.",
        })
    }

    fn read(&self, page: &Document, input: &Input<'_>) -> Extracted {
        let mut entry = read(page, input.url());
        if entry.read_as != ReadAs::NotAWork {
            language(page, &mut entry);
        }
        entry
    }
}

/// What only these sites' pages hold.
const OWN: &[&str] = &[
    "lj:user=",
    "class=\"ljuser",
    "class='ljuser",
    "b-singlepost",
    "aentry-post",
    "?mode=reply",
    "talkpost.bml",
    "talkread.bml",
    "userinfo.bml",
    "class=\"ljtags",
    "class='ljtags",
    "id=\"entrysubj",
    "id='entrysubj",
    "entry-interaction-links",
    "entry-management-links",
    "/tools/memadd",
    "?format=light",
    "style=mine",
    "content=\"livejournal\"",
    "site.siteroot",
    "lj-currents",
];

/// What other pages hold too.
const SHARED: &[&str] = &[
    "entry-content",
    "asset-body",
    "asset-name",
    "entry-title",
    "entry-poster",
    "currents",
    "currentmood",
    "current mood",
    "current music",
    "leave a comment",
    "post a new comment",
    "cutid1",
    "entrytext",
    "entry_text",
];

const HOSTS: &[&str] = &[
    "livejournal.com",
    "dreamwidth.org",
    "insanejournal.com",
    "journalfen.net",
    "deadjournal.com",
    "greatestjournal.com",
    "scribbld.com",
    "inksome.com",
];

fn read(page: &Document, url: Option<&str>) -> Extracted {
    if let Some(reason) = text::closed_page(page) {
        return livejournal::not_a_work(reason);
    }
    let found = match text::of(page) {
        Ok(found) => found,
        Err(reason) => return livejournal::not_a_work(reason),
    };
    let url = around::address(page, url);
    let entry = Entry {
        subject: around::subject(page),
        html: found.html,
        poster: around::poster(page, url.as_deref()),
        posted: around::posted(page),
        tags: around::tags(page),
        beside: around::lists(page),
        closed: around::closed(page),
        url,
    };
    let mut read = livejournal::read(&entry);
    if matches!(read.read_as, ReadAs::Work | ReadAs::Part) {
        let authors: Vec<String> = entry.poster.into_iter().collect();
        settle(comments::of(page), &authors, "journal-comment", &mut read);
    }
    read
}

fn language(page: &Document, read: &mut Extracted) {
    let lang = page.first("html").and_then(|html| html.attr("lang").map(str::to_owned));
    let Some(lang) = lang.filter(|lang| !lang.trim().is_empty()) else { return };
    // The page's language is the reader's interface; it says something only of the text where they agree.
    if read.fields_of(FieldKind::Language).next().is_none() {
        read.fields.push(crate::seen::field(FieldKind::Other, "lang", &lang, "page-language", 0.3));
    }
}

#[cfg(test)]
mod tests;
