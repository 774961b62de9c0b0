//! Stored forms: how a work, a chapter and a text lie in a row, and back.

use fanfold_model::canonical::{WorkRecord, brief_work, work_line};
use fanfold_model::{Chapter, ContentHash, CreatorRole, Credit, PartialDate, Uid, Work};
use fanfold_storage::{Result, StorageError};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use zstd::bulk::{Compressor, Decompressor};

/// Good for texts of some kilobytes, and fast enough to import hundreds a second.
const LEVEL: i32 = 3;
/// More than any text here; a damaged length must not ask for all memory.
const MOST: u64 = 1 << 31;

thread_local! {
    // Making a context costs more than compressing a page of text.
    static PACKER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static UNPACKER: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// Compressed bytes.
pub(crate) fn pack(bytes: &[u8]) -> Result<Vec<u8>> {
    PACKER.with_borrow_mut(|packer| {
        let packer = match packer {
            Some(packer) => packer,
            None => packer.insert(Compressor::new(LEVEL).map_err(|error| unpackable(&error))?),
        };
        packer.compress(bytes).map_err(|error| unpackable(&error))
    })
}

/// The bytes that were packed.
pub(crate) fn unpack(packed: &[u8]) -> Result<Vec<u8>> {
    let length = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten();
    let length = length.filter(|length| *length <= MOST);
    let Some(length) = length.and_then(|length| usize::try_from(length).ok()) else {
        return Err(unpackable(&"its length cannot be read"));
    };
    UNPACKER.with_borrow_mut(|unpacker| {
        let unpacker = match unpacker {
            Some(unpacker) => unpacker,
            None => unpacker.insert(Decompressor::new().map_err(|error| unpackable(&error))?),
        };
        unpacker.decompress(packed, length).map_err(|error| unpackable(&error))
    })
}

/// A packed text.
pub(crate) fn unpack_text(packed: &[u8]) -> Result<String> {
    String::from_utf8(unpack(packed)?).map_err(|error| unpackable(&error))
}

fn unpackable(reason: &dyn std::fmt::Display) -> StorageError {
    StorageError::Damaged { what: "a compressed value".to_owned(), reason: reason.to_string() }
}

/// A work's record without its chapters, packed.
pub(crate) fn pack_work(work: &Work) -> Result<Vec<u8>> {
    debug_assert!(work.chapters.is_empty(), "chapters lie in rows of their own");
    pack(work_line(work).as_bytes())
}

/// The work of such a record.
pub(crate) fn unpack_work(packed: &[u8]) -> Result<Work> {
    let bytes = unpack(packed)?;
    let record: WorkRecord = serde_json::from_slice(&bytes).map_err(|e| unpackable(&e))?;
    Work::try_from(record).map_err(|error| unpackable(&error))
}

/// The same without what lists do not show.
pub(crate) fn unpack_brief(packed: &[u8]) -> Result<Work> {
    brief_work(&unpack(packed)?).map_err(|error| unpackable(&error))
}

/// A chapter as a row, its text apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChapterRow {
    pub(crate) position: u32,
    pub(crate) uid: Option<String>,
    pub(crate) number: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) words: u64,
    pub(crate) text: ContentHash,
    pub(crate) meta: Option<String>,
}

/// What few chapters have, as JSON.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct ChapterMeta {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    creators: Vec<(String, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_notes: Option<String>,
}

impl ChapterRow {
    /// The row of the chapter at this position; gives the text back as well.
    pub(crate) fn of(chapter: Chapter, position: u32) -> (Self, String) {
        let meta = ChapterMeta {
            creators: chapter.creators.iter().map(credit_pair).collect(),
            published: chapter.published.map(|date| date.to_string()),
            url: chapter.url,
            summary: chapter.summary,
            notes: chapter.notes,
            end_notes: chapter.end_notes,
        };
        let meta = (meta != ChapterMeta::default())
            .then(|| serde_json::to_string(&meta).unwrap_or_default());
        let row = Self {
            position,
            uid: chapter.uid.map(|uid| uid.to_string()),
            number: chapter.number,
            title: chapter.title,
            words: chapter.words,
            text: text_hash(&chapter.html),
            meta,
        };
        (row, chapter.html)
    }

    /// The chapter with this text.
    pub(crate) fn into_chapter(self, html: String) -> Result<Chapter> {
        let meta: ChapterMeta = match &self.meta {
            Some(meta) => serde_json::from_str(meta).map_err(|error| unpackable(&error))?,
            None => ChapterMeta::default(),
        };
        let uid = self.uid.map(|uid| uid.parse::<Uid>()).transpose();
        let date = meta.published.map(|date| date.parse::<PartialDate>());
        Ok(Chapter {
            uid: uid.map_err(|error| unpackable(&error))?,
            position: self.position,
            title: self.title,
            number: self.number,
            words: self.words,
            creators: meta.creators.into_iter().map(credit_of).collect(),
            published: date.transpose().map_err(|error| unpackable(&error))?,
            url: meta.url,
            summary: meta.summary,
            notes: meta.notes,
            end_notes: meta.end_notes,
            html,
        })
    }
}

fn credit_pair(credit: &Credit) -> (String, String) {
    (credit.name.clone(), credit.role.as_str().to_owned())
}

fn credit_of((name, role): (String, String)) -> Credit {
    let role = CreatorRole::from_name(&role).unwrap_or_default();
    Credit { name, role }
}

/// The name of a chapter's text.
pub(crate) fn text_hash(html: &str) -> ContentHash {
    ContentHash(*blake3::hash(html.as_bytes()).as_bytes())
}

/// The first 16 bytes of the BLAKE3 hash of these parts, kept apart by a zero byte.
pub(crate) fn sixteen(parts: &[&str]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            hasher.update(&[0]);
        }
        hasher.update(part.as_bytes());
    }
    let mut first = [0; 16];
    hasher.finalize_xof().fill(&mut first);
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_was_packed_comes_out_again(bytes in proptest::collection::vec(0_u8.., 0..2000)) {
            proptest::prop_assert_eq!(unpack(&pack(&bytes).unwrap()).unwrap(), bytes);
        }

        #[test]
        fn arbitrary_bytes_in_a_packed_column_are_an_error_and_no_panic(
            bytes in proptest::collection::vec(0_u8.., 0..200)
        ) {
            if let Ok(made) = unpack(&bytes) {
                proptest::prop_assert!(made.len() as u64 <= MOST);
            }
        }
    }

    #[test]
    fn a_chapter_comes_out_of_its_row_as_it_went_in() {
        let chapter = Chapter {
            position: 3,
            number: Some("III".into()),
            title: Some("The Apple Barrel".into()),
            words: 12,
            creators: vec![Credit::author("Wren")],
            published: "2003-05".parse().ok(),
            notes: Some("<p>Tea.</p>".into()),
            html: "<p>He listened.</p>".into(),
            ..Chapter::default()
        };
        let (row, html) = ChapterRow::of(chapter.clone(), 3);
        assert_eq!(row.into_chapter(html).unwrap(), chapter);
    }
}
