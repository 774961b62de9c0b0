//! Works and originals as files.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};
use fanfold_app::{ChapterChoice, Format, OriginalBytes, WorkKey};
use fanfold_model::WorkId;
use fanfold_model::canonical::work_line;
use futures::Stream;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::io;
use tokio::io::AsyncReadExt;

use crate::answer::{Answer, found_at};
use crate::error::Problem;
use crate::present;
use crate::reader::Reader;
use crate::site::{Shared, Site};
use crate::urls;

const OCTETS: &str = "application/octet-stream";
/// A large file is sent in pieces of this size.
const PIECE: usize = 64 << 10;

/// `/downloads/ID/TITLE.epub` and the other formats; the title is for people, the ending decides.
pub(crate) async fn work(
    State(site): Shared,
    reader: Reader,
    Path((id, file)): Path<(i64, String)>,
) -> Answer {
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    if let Some(stop) = stopped_at_the_gate(&site, &reader, id).await? {
        return Ok(stop);
    }
    let format = match extension {
        "epub" => Format::Epub,
        "html" => Format::Html,
        "txt" => Format::Text,
        "md" => Format::Markdown,
        "json" => return json(&site, id, &file).await,
        _ => return Err(Problem::Missing),
    };
    let made =
        site.archive.download(WorkId(id), format, site.viewer()).await?.ok_or(Problem::Missing)?;
    Ok(attachment(made.bytes, made.media_type, &file))
}

async fn json(site: &Site, id: i64, file: &str) -> Answer {
    let key = WorkKey::Id(WorkId(id));
    let work = site.archive.work_to_carry(key, site.viewer()).await?.ok_or(Problem::Missing)?;
    Ok(attachment((work_line(&work) + "\n").into_bytes(), "application/json; charset=utf-8", file))
}

/// `/works/ID/sources/PLACE`: the original, byte for byte. It is never shown in the page's own origin as a
/// page: it is a file to keep.
pub(crate) async fn original(
    State(site): Shared,
    reader: Reader,
    Path((id, place)): Path<(i64, usize)>,
) -> Answer {
    if let Some(stop) = stopped_at_the_gate(&site, &reader, id).await? {
        return Ok(stop);
    }
    let original =
        site.archive.original(WorkId(id), site.viewer(), place).await?.ok_or(Problem::Missing)?;
    let body = match original.bytes {
        OriginalBytes::Memory(bytes) => Body::from(bytes),
        OriginalBytes::File(file) => Body::from_stream(pieces(tokio::fs::File::from_std(file))),
    };
    Ok(attachment(body, OCTETS, &original.name))
}

/// A file is a way to read a work too: who has not passed the gate is sent to it.
async fn stopped_at_the_gate(
    site: &Site,
    reader: &Reader,
    id: i64,
) -> Result<Option<Response>, Problem> {
    if !site.settings.adult_gate || reader.adult {
        return Ok(None);
    }
    let stored = site
        .archive
        .work(WorkId(id), site.viewer(), ChapterChoice::None)
        .await?
        .ok_or(Problem::Missing)?;
    Ok(stored.work.is_adult().then(|| found_at(&urls::work(present::number(id)))))
}

/// A large file, piece by piece.
fn pieces(file: tokio::fs::File) -> impl Stream<Item = io::Result<Vec<u8>>> {
    futures::stream::try_unfold(file, |mut file| async move {
        let mut piece = Vec::with_capacity(PIECE);
        let count = file.read_buf(&mut piece).await?;
        Ok((count > 0).then_some((piece, file)))
    })
}

fn attachment(body: impl Into<Body>, media_type: &str, name: &str) -> Response {
    let mut response = body.into().into_response();
    let headers = response.headers_mut();
    let media_type = HeaderValue::from_str(media_type).unwrap_or(HeaderValue::from_static(OCTETS));
    headers.insert(header::CONTENT_TYPE, media_type);
    let disposition =
        format!("attachment; filename*=UTF-8''{}", utf8_percent_encode(name, NON_ALPHANUMERIC));
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}
