//! Rows that are read in more than one place: sources and edits.

use crate::db::{Row, Val, vals};
use fanfold_model::{BlobState, ContentHash, Edit, EditField, EditOp, Source};
use fanfold_storage::Result;

/// A source from the columns path, member, format, encoding, blake3, stored, url.
pub(crate) fn source_of(row: &mut Row, first: usize) -> Result<Source> {
    Ok(Source {
        path: row.text(first)?,
        member: row.text_or_null(first + 1)?,
        format: row.text(first + 2)?,
        encoding: row.text_or_null(first + 3)?,
        blake3: row.parsed(first + 4, |text| text.parse::<ContentHash>().ok())?,
        blob: if row.flag(first + 5)? { BlobState::Stored } else { BlobState::Absent },
        url: row.text_or_null(first + 6)?,
    })
}

/// An edit from the columns uid, work's uid, field, op, value, against, actor, at.
pub(crate) fn edit_of(row: &mut Row, first: usize) -> Result<Edit> {
    Ok(Edit {
        uid: row.parsed(first, |text| text.parse().ok())?,
        work: row.parsed(first + 1, |text| text.parse().ok())?,
        field: row.parsed(first + 2, EditField::from_name)?,
        op: row.parsed(first + 3, EditOp::from_name)?,
        value: row.text_or_null(first + 4)?,
        against: row.text_or_null(first + 5)?,
        actor: row.text(first + 6)?,
        at: row.text(first + 7)?,
    })
}

/// A row of `sources`.
pub(crate) fn source_row(
    work: i64,
    version: u32,
    place: i64,
    source: &Source,
    import: i64,
) -> Vec<Val> {
    let url = source.url.as_deref();
    vals![
        work,
        version,
        place,
        &source.path,
        source.member.as_deref(),
        &source.format,
        source.encoding.as_deref(),
        source.blake3.to_string(),
        source.blob == BlobState::Stored,
        url,
        url.and_then(tail_of),
        import,
    ]
}

/// What stands behind the host of an address: an old site's links are found by it.
pub(crate) fn tail_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let (_, tail) = rest.split_once('/')?;
    let tail = tail.split('#').next().unwrap_or(tail);
    (!tail.is_empty()).then_some(tail)
}
