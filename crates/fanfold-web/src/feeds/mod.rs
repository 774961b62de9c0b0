//! `/feeds`: the lists of the site as Atom (RFC 4287), page after page (RFC 5005). A feed asks the question that its page
//! asks, on behalf of the same reader, so both find the same works; only the order is its own: the newest here first,
//! unless the question names one.

mod atom;
mod entry;
mod questions;

pub(crate) use questions::{creator, filter, series, works};

use axum::http::header::{self, HeaderValue};
use fanfold_app::Card;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use crate::answer::{Answer, document};
use crate::error::Problem;
use crate::reader::Reader;
use crate::site::Site;

/// Works in a document.
const ENTRIES: usize = 30;

const ATOM: &str = "application/atom+xml; charset=utf-8";

/// A document of a feed. Addresses are paths of this site.
struct Feed {
    /// The feed's name in this library; its id is made of it.
    name: String,
    /// What it is called.
    title: String,
    /// The page that shows the same.
    page: String,
    /// The first document.
    first: String,
    /// This document.
    here: String,
    /// The next document.
    next: Option<String>,
    /// Works in all documents together.
    total: u64,
    /// Works in this one.
    cards: Vec<Card>,
}

/// Answers with a document. `If-None-Match` is obeyed; the date says when the newest entry changed and nothing more, because
/// a work that goes does not change it.
async fn answer(site: &Site, reader: &Reader, feed: &Feed) -> Answer {
    let id = site.archive.uid_of("feed", &feed.name).await?;
    let entries: Vec<entry::Entry> =
        feed.cards.iter().filter_map(|card| entry::entry(card, site.archive.today())).collect();
    let updated = entries.iter().map(|own| own.updated).max().unwrap_or(Timestamp::UNIX_EPOCH);
    let head = atom::Head { id, updated, base: &base(site, reader) };
    let body = atom::document(feed, &head, &entries)
        .map_err(|error| Problem::Template(error.to_string()))?;
    let mut response = document(reader, ATOM, body)?;
    let printed = DateTimePrinter::new().timestamp_to_rfc9110_string(&updated).ok();
    let date = printed.and_then(|date| HeaderValue::from_str(&date).ok());
    if let Some(date) = date {
        response.headers_mut().insert(header::LAST_MODIFIED, date);
    }
    Ok(response)
}

/// What stands before paths, so that a feed can be read anywhere: the address that the settings give, else the one that was
/// asked.
fn base(site: &Site, reader: &Reader) -> String {
    match &site.settings.base_url {
        Some(own) => own.trim_end_matches('/').to_owned(),
        None if is_host(&reader.host) => format!("http://{}", reader.host),
        None => String::new(),
    }
}

fn is_host(host: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    !host.is_empty() && host.chars().all(fits)
}
