//! The style sheet, the script, the fonts: named by their hash, kept by browsers for good.

use std::sync::LazyLock;

use axum::body::Bytes;
use axum::http::Uri;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};

use crate::answer::{Answer, moved_to};
use crate::assets::{Asset, assets};
use crate::cache::{accepts, brotli, gzip};
use crate::error::Problem;
use crate::reader::Reader;

const FOR_GOOD: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

struct Packed {
    plain: Bytes,
    gzip: Bytes,
    brotli: Bytes,
}

static CSS: LazyLock<Packed> = LazyLock::new(|| pack(&assets().css));
static JS: LazyLock<Packed> = LazyLock::new(|| pack(&assets().js));

fn pack(asset: &'static Asset) -> Packed {
    Packed {
        plain: Bytes::from_static(&asset.bytes),
        gzip: gzip(&asset.bytes),
        brotli: brotli(&asset.bytes),
    }
}

/// `/static/…`
pub(crate) async fn file(reader: Reader, uri: Uri) -> Answer {
    let assets = assets();
    let asset = assets.at(uri.path()).ok_or(Problem::Missing)?;
    let (body, encoding) = if std::ptr::eq(asset, &assets.css) {
        chosen(&CSS, &reader)
    } else if std::ptr::eq(asset, &assets.js) {
        chosen(&JS, &reader)
    } else {
        (Bytes::from_static(&asset.bytes), None)
    };
    Ok(sent(asset, body, encoding))
}

/// Browsers that know no other address for the icon ask here.
pub(crate) async fn icon() -> Response {
    moved_to(&assets().icon.address)
}

fn chosen(packed: &Packed, reader: &Reader) -> (Bytes, Option<&'static str>) {
    if accepts(&reader.encodings, "br") {
        (packed.brotli.clone(), Some("br"))
    } else if accepts(&reader.encodings, "gzip") {
        (packed.gzip.clone(), Some("gzip"))
    } else {
        (packed.plain.clone(), None)
    }
}

fn sent(asset: &Asset, body: Bytes, encoding: Option<&'static str>) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type));
    headers.insert(header::CACHE_CONTROL, FOR_GOOD);
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}
