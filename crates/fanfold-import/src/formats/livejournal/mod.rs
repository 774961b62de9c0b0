//! What all journals of the LiveJournal family share, however an entry came here: its markup, its subject line, the
//! lists beside it, who may read it, and whether it tells a story.
//!
//! An entry that its owner kept for friends, for a group or for himself is held and never public by itself. Source of
//! rules: formats.md of the project's notes, section 3; the exports of the sites and of ljdump, saved pages of several
//! styles.

mod markup;
mod signs;

use super::{html_page, mail_message};
use crate::body::without_outer_rules;
use crate::page;
use crate::rich::lines_of;
use crate::seen::{field, html_field};
use crate::text_work;
use fanfold_model::{Extracted, FieldKind, Finding, FindingCode, Identity, IdentityKind, ReadAs};
use fanfold_text::document;

pub(crate) use markup::with_breaks;

const RULE: &str = "journal-entry";

/// One entry of a journal, as an export or a page tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its subject line, as text.
    pub(crate) subject: String,
    /// Its text with the journals' own tags, line breaks written as tags.
    pub(crate) html: String,
    /// Who posted it.
    pub(crate) poster: Option<String>,
    /// The day, as written.
    pub(crate) posted: Option<String>,
    /// The owner's tags.
    pub(crate) tags: Vec<String>,
    /// What else stands beside it: mood, music, location.
    pub(crate) beside: Vec<(String, String)>,
    /// Why not everybody may read it.
    pub(crate) closed: Option<&'static str>,
    /// Its address.
    pub(crate) url: Option<String>,
}

/// HTML without the journals' own tags.
pub(crate) fn in_plain_html(html: &str) -> String {
    markup::plain(html).html
}

/// Reads an entry as a story, or says why it is none.
pub(crate) fn read(entry: &Entry) -> Extracted {
    let plain = markup::plain(&entry.html);
    let piece = match page::parse_piece(&plain.html) {
        Ok(piece) => piece,
        Err(finding) => return refused(ReadAs::NotUnderstood, finding),
    };
    let lines = lines_of(&piece.root());
    let text: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    let text = text.join("\n\n");
    if !text.chars().any(char::is_alphanumeric) {
        return not_a_work("the journal entry holds no words");
    }
    let mut read = html_page::read_lines(lines, &piece, None, entry.url.as_deref());
    if !matches!(read.read_as, ReadAs::Work | ReadAs::Part) {
        return read;
    }
    let subject = mail_message::under_subject(&entry.subject, &mut read);
    if let Some(reason) = signs::reason(entry, &plain, &subject, &text, &read) {
        return not_a_work(reason);
    }
    if let Some(head) = plain.first_cut.and_then(|cut| plain.html.get(..cut)) {
        before_cut(head, &mut read);
    }
    around(entry, &plain.cuts, &mut read);
    if plain.collapsed {
        let what =
            "The page shows only what stands before the cut; the text behind it is not here.";
        read.findings.push(Finding::new(FindingCode::TRUNCATED, what));
    }
    read
}

/// What an owner says before the cut, besides the labels, is a note, and the story stands behind it; unless it tells:
/// some stories begin before their cut.
fn before_cut(head: &str, read: &mut Extracted) {
    let labels = read.fields.iter().filter(|own| own.rule == "label").count();
    let Some(first) = read.chapters.first_mut().filter(|_| labels >= 2) else { return };
    let head = document::text_of(head);
    let said: Vec<String> = head.split("\n\n").map(one_line).collect();
    let mut notes = 0;
    while let Some(end) = first.html[notes..].find("</p>").map(|at| notes + at + "</p>".len()) {
        let paragraph = document::text_of(&first.html[notes..end]);
        let is_note =
            said.contains(&one_line(&paragraph)) && !text_work::reads_as_telling(&paragraph);
        if !is_note || !crate::body::has_content(&first.html[end..]) {
            break;
        }
        notes = end;
    }
    if notes > 0 {
        let html = first.html[..notes].trim().to_owned();
        first.html = without_outer_rules(&first.html[notes..]).to_owned();
        first.span = None;
        read.fields.push(html_field(FieldKind::Notes, "", html, "before-cut", 0.7));
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands beside the text.
fn around(entry: &Entry, cuts: &[String], read: &mut Extracted) {
    if let Some(poster) = &entry.poster {
        read.fields.push(field(FieldKind::Poster, "Journal", poster, RULE, 0.9));
    }
    if let Some(posted) = &entry.posted {
        read.fields.push(field(FieldKind::Published, "Date", posted, RULE, 0.8));
        for chapter in &mut read.chapters {
            chapter.published = Some(posted.clone());
        }
    }
    for tag in &entry.tags {
        let (kind, value) = typed(tag, read);
        read.fields.push(field(kind, "Tags", value, RULE, 0.7));
    }
    for (label, value) in &entry.beside {
        read.fields.push(field(FieldKind::Other, label, value, RULE, 0.9));
    }
    for cut in cuts {
        read.fields.push(field(FieldKind::Other, "Cut", cut, RULE, 0.9));
    }
    if let Some(url) = entry.url.as_deref().and_then(address) {
        read.fields.push(field(FieldKind::SourceUrl, "", &url, RULE, 0.9));
        if let [only] = read.chapters.as_mut_slice() {
            only.url = Some(url.clone());
        }
        read.identities.push(Identity::new(IdentityKind::Address, url));
    }
    if let Some(closed) = entry.closed {
        read.held = Some(closed.to_owned());
    }
}

/// "fandom: oz": a tag that says what it is, where the story itself does not.
fn typed<'t>(tag: &'t str, read: &Extracted) -> (FieldKind, &'t str) {
    let said = tag.split_once(':').and_then(|(label, value)| {
        let kind = text_work::kind_of_label(label.trim())?;
        let value = value.trim();
        let of_works = matches!(
            kind,
            FieldKind::Fandom
                | FieldKind::Relationship
                | FieldKind::Character
                | FieldKind::Rating
                | FieldKind::Genre
                | FieldKind::Warning
        );
        let told = |own: &&fanfold_model::ExtractedField| own.kind == kind && own.rule != RULE;
        (of_works && !value.is_empty() && !read.fields.iter().any(|own| told(&own)))
            .then_some((kind, value))
    });
    said.unwrap_or((FieldKind::Other, tag))
}

/// An entry's address in one spelling: no query, no place in the page.
fn address(url: &str) -> Option<String> {
    let (scheme, rest) = url.trim().split_once("://")?;
    let rest = rest.split(['?', '#']).next()?.trim_end_matches('/');
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let (host, path) = rest.split_once('/')?;
    (web && host.contains('.') && path.chars().any(|c| c.is_ascii_digit()))
        .then(|| format!("https://{}/{path}", host.to_ascii_lowercase()))
}

/// A refusal.
pub(crate) fn not_a_work(reason: &str) -> Extracted {
    let what = crate::from_text::sentence(reason);
    refused(ReadAs::NotAWork, Finding::new(FindingCode::NOT_A_WORK, what))
}

fn refused(read_as: ReadAs, finding: Finding) -> Extracted {
    let mut read = Extracted::new(read_as);
    read.findings.push(finding);
    read
}

#[cfg(test)]
mod tests;
