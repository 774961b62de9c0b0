//! Pages as answers: rendered, tagged by their content, and not sent again to who has them.

use askama::Template;
use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};

use crate::error::Problem;
use crate::reader::Reader;

/// The result of a handler.
pub(crate) type Answer = Result<Response, Problem>;

/// The media type of JSON.
pub(crate) const JSON: &str = "application/json; charset=utf-8";
const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");
/// Pages depend on the reader's cookies and may change: a browser keeps them and asks each time.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("private, no-cache");
const VARY: HeaderValue = HeaderValue::from_static("cookie, accept-encoding");

/// A page that was rendered, with its tag.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) html: Bytes,
    pub(crate) tag: HeaderValue,
}

impl Page {
    /// Renders a view. The tag is a hash of the content, so settings and versions are part of it.
    pub(crate) fn render(view: &impl Template) -> Result<Self, Problem> {
        let html =
            Bytes::from(view.render().map_err(|error| Problem::Template(error.to_string()))?);
        let tag = tag_of(&html)?;
        Ok(Self { html, tag })
    }
}

/// The `ETag` of a content.
pub(crate) fn tag_of(content: &[u8]) -> Result<HeaderValue, Problem> {
    let hash = blake3::hash(content).to_hex();
    HeaderValue::from_str(&format!("W/\"{}\"", &hash.as_str()[..20]))
        .map_err(|error| Problem::Template(error.to_string()))
}

/// Answers with a view.
pub(crate) fn page(reader: &Reader, view: &impl Template) -> Answer {
    let page = Page::render(view)?;
    let body = page.html.clone();
    Ok(send(reader, &page.tag, None, || body))
}

/// Answers with the body, or with "not modified" where the reader has it.
pub(crate) fn send(
    reader: &Reader,
    tag: &HeaderValue,
    encoding: Option<&'static str>,
    body: impl FnOnce() -> Bytes,
) -> Response {
    let has = reader.has.is_some() && tag.to_str().is_ok_and(|tag| reader.has_already(tag));
    let mut response = if has {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(Body::from(body()))
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, tag.clone());
    headers.insert(header::CACHE_CONTROL, ASK_AGAIN);
    headers.insert(header::VARY, VARY);
    if !has {
        headers.insert(header::CONTENT_TYPE, HTML);
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
    }
    response
}

/// Answers with a document that is no page, as pages are answered: tagged, and not sent again to who has it.
pub(crate) fn document(reader: &Reader, kind: &'static str, body: impl Into<Bytes>) -> Answer {
    let body = body.into();
    let tag = tag_of(&body)?;
    let mut response = send(reader, &tag, None, || body);
    if let Some(own) = response.headers_mut().get_mut(header::CONTENT_TYPE) {
        *own = HeaderValue::from_static(kind);
    }
    Ok(response)
}

/// Sends the reader on to another page of this site after a form.
pub(crate) fn see_other(path: &str) -> Response {
    redirect(StatusCode::SEE_OTHER, path)
}

/// Sends the reader to where the thing is found.
pub(crate) fn found_at(path: &str) -> Response {
    redirect(StatusCode::FOUND, path)
}

/// Sends the reader to where the thing is from now on.
pub(crate) fn moved_to(path: &str) -> Response {
    redirect(StatusCode::MOVED_PERMANENTLY, path)
}

fn redirect(status: StatusCode, path: &str) -> Response {
    match HeaderValue::from_str(path) {
        Ok(path) => (status, [(header::LOCATION, path)]).into_response(),
        Err(_) => Problem::Missing.into_response(),
    }
}
