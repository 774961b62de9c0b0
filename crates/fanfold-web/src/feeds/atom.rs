//! A document of a feed as Atom. Rules: RFC 4287 for elements, RFC 5005 for pages, OpenSearch 1.1 for the total.

use std::io;

use fanfold_model::Uid;
use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::entry::Entry;
use super::{ENTRIES, Feed};

/// Kinds of tags as schemes of categories; an id of the vocabulary, and nowhere to go.
const SCHEME: &str = "urn:fanfold:";

type Out = Writer<Vec<u8>>;

/// What a document says of itself.
pub(super) struct Head<'a> {
    pub(super) id: Uid,
    pub(super) updated: Timestamp,
    /// What stands before paths.
    pub(super) base: &'a str,
}

/// The document's bytes.
pub(super) fn document(feed: &Feed, head: &Head<'_>, entries: &[Entry]) -> io::Result<Vec<u8>> {
    let mut out = Writer::new(Vec::with_capacity(2_048 * (entries.len() + 1)));
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let names = [
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xmlns:opensearch", "http://a9.com/-/spec/opensearch/1.1/"),
    ];
    out.create_element("feed").with_attributes(names).write_inner_content(|out| {
        text(out, "id", &format!("urn:uuid:{}", head.id))?;
        text(out, "title", &format!("{} – Fanfold", feed.title))?;
        text(out, "updated", &head.updated.to_string())?;
        person(out, "Fanfold", None)?;
        text(out, "generator", "Fanfold")?;
        text(out, "opensearch:totalResults", &feed.total.to_string())?;
        text(out, "opensearch:itemsPerPage", &ENTRIES.to_string())?;
        let at = |path: &str| format!("{}{path}", head.base);
        link(out, "self", "application/atom+xml", &at(&feed.here))?;
        link(out, "alternate", "text/html", &at(&feed.page))?;
        link(out, "first", "application/atom+xml", &at(&feed.first))?;
        if let Some(next) = &feed.next {
            link(out, "next", "application/atom+xml", &at(next))?;
        }
        entries.iter().try_for_each(|own| entry(out, own, head.base))
    })?;
    Ok(out.into_inner())
}

fn entry(out: &mut Out, own: &Entry, base: &str) -> io::Result<()> {
    let language = own.language.as_deref();
    out.create_element("entry").write_inner_content(|out| {
        text(out, "id", &format!("urn:uuid:{}", own.uid))?;
        spoken(out, "title", language, None, &said(&own.title, "Untitled"))?;
        text(out, "updated", &own.updated.to_string())?;
        if let Some(published) = own.published {
            text(out, "published", &published.to_string())?;
        }
        for creator in &own.creators {
            person(out, &creator.name, Some(&format!("{base}{}", creator.href)))?;
        }
        if own.creators.is_empty() {
            person(out, "Creator not stated", None)?;
        }
        link(out, "alternate", "text/html", &format!("{base}{}", own.path))?;
        for (kind, name) in &own.tags {
            let name = allowed(name);
            if name.trim().is_empty() {
                continue;
            }
            let scheme = format!("{SCHEME}{kind}");
            let named = [("term", name.as_str()), ("scheme", &scheme), ("label", &name)];
            out.create_element("category").with_attributes(named).write_empty()?;
        }
        spoken(out, "summary", language, Some("html"), &own.summary)
    })?;
    Ok(())
}

fn text(out: &mut Out, name: &str, content: &str) -> io::Result<()> {
    spoken(out, name, None, None, content)
}

/// Text in a language, and of a type where it is not plain.
fn spoken(
    out: &mut Out,
    name: &str,
    language: Option<&str>,
    kind: Option<&str>,
    content: &str,
) -> io::Result<()> {
    let mut element = out.create_element(name);
    if let Some(language) = language {
        element = element.with_attribute(("xml:lang", language));
    }
    if let Some(kind) = kind {
        element = element.with_attribute(("type", kind));
    }
    element.write_text_content(BytesText::new(&allowed(content)))?;
    Ok(())
}

fn person(out: &mut Out, name: &str, uri: Option<&str>) -> io::Result<()> {
    out.create_element("author").write_inner_content(|out| {
        text(out, "name", &said(name, "Creator not stated"))?;
        uri.map_or(Ok(()), |uri| text(out, "uri", uri))
    })?;
    Ok(())
}

fn link(out: &mut Out, rel: &str, kind: &str, href: &str) -> io::Result<()> {
    let said = [("rel", rel), ("type", kind), ("href", href)];
    out.create_element("link").with_attributes(said).write_empty()?;
    Ok(())
}

/// What a name says, or something else where XML can hold nothing of it that is seen: names must say something.
fn said(name: &str, otherwise: &str) -> String {
    let said = allowed(name);
    if said.trim().is_empty() { otherwise.to_owned() } else { said }
}

/// The text without what XML 1.0 cannot hold in any form. A bare carriage return would be read as a line break.
fn allowed(text: &str) -> String {
    let fits = |c: &char| matches!(c, '\t' | '\n' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}');
    text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(fits).collect()
}
