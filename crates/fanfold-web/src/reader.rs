//! Who asks: the settings and the consent that the cookies carry, and what the browser already has.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::{self, HeaderMap, HeaderName};
use axum::http::request::Parts;

use crate::site::Site;
use crate::views::frame::{Frame, Preferences, Section};

/// The cookie of reading settings.
pub(crate) const READING_COOKIE: &str = "fanfold_reading";
/// The cookie that remembers a "continue" at the adult gate.
pub(crate) const ADULT_COOKIE: &str = "fanfold_adult";

/// What a request says about its reader.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reader {
    /// Reading settings.
    pub(crate) preferences: Preferences,
    /// Whether the adult gate was passed.
    pub(crate) adult: bool,
    /// Path and query that were asked for.
    pub(crate) path: String,
    /// The `Host` header, as it was sent.
    pub(crate) host: String,
    /// The `If-None-Match` header.
    pub(crate) has: Option<String>,
    /// The `Accept-Encoding` header.
    pub(crate) encodings: String,
}

impl Reader {
    /// Reads the headers and the address of a request.
    pub(crate) fn of(headers: &HeaderMap, path: String) -> Self {
        let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let cookies = text(&header::COOKIE).unwrap_or_default();
        Self {
            preferences: cookie(cookies, READING_COOKIE)
                .map(Preferences::from_cookie)
                .unwrap_or_default(),
            adult: cookie(cookies, ADULT_COOKIE) == Some("yes"),
            path,
            host: text(&header::HOST).unwrap_or_default().to_owned(),
            has: text(&header::IF_NONE_MATCH).map(str::to_owned),
            encodings: text(&header::ACCEPT_ENCODING).unwrap_or_default().to_owned(),
        }
    }

    /// The frame of a page for this reader.
    pub(crate) fn frame(&self, site: &Site, title: impl Into<String>, section: Section) -> Frame {
        Frame {
            title: title.into(),
            path: self.path.clone(),
            section,
            preferences: self.preferences,
            owner: site.is_owners(),
            query: String::new(),
            feed: None,
        }
    }

    /// Whether the browser already has the page with this tag. Tags are compared weakly.
    pub(crate) fn has_already(&self, tag: &str) -> bool {
        let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
        self.has.as_deref().is_some_and(|has| {
            has.split(',').any(|had| bare(had) == bare(tag) || had.trim() == "*")
        })
    }
}

fn cookie<'a>(cookies: &'a str, name: &str) -> Option<&'a str> {
    cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(n, _)| *n == name)
        .map(|(_, v)| v)
}

impl<S: Send + Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        Ok(Self::of(&parts.headers, path.to_owned()))
    }
}
