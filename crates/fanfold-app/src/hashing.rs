//! Hashes and the uids made of them. One place, because they are a promise: the same bytes give
//! the same uid on every run and in every library.

use fanfold_model::{ContentHash, Uid, UidMint, Work};
use fanfold_text::CleanHtml;

/// The hash of original bytes.
pub(crate) fn hash(bytes: &[u8]) -> ContentHash {
    ContentHash(*blake3::hash(bytes).as_bytes())
}

/// The hash of a work's text as the eye reads it: case, quotes, dashes and white space do not count.
pub(crate) fn text_hash(work: &Work) -> ContentHash {
    let mut hasher = blake3::Hasher::new();
    for chapter in &work.chapters {
        hasher.update(text_key(&chapter.html).as_bytes());
        hasher.update(b"\n");
    }
    ContentHash(*hasher.finalize().as_bytes())
}

/// A chapter's text as the eye reads it.
pub(crate) fn text_key(html: &str) -> String {
    fanfold_text::fold::same_text_key(&CleanHtml::trusted_from_store(html.to_owned()))
}

/// The uid of the `place`th thing of this kind in the bytes with this hash.
pub(crate) fn uid_in(kind: &str, origin: ContentHash, place: u64) -> Uid {
    mint(kind, &origin.0, place)
}

/// The uid of a work's chapter at a position, as minted with the version that brought it.
pub(crate) fn chapter_uid(work: Uid, version: u32, position: u32) -> Uid {
    mint("chapter", work.0.as_bytes(), (u64::from(version) << 32) | u64::from(position))
}

/// The uid of an edit: the work, the moment and its place among the edits of that moment.
pub(crate) fn edit_uid(work: Uid, at: &str, value: &str, place: u64) -> Uid {
    let mut hasher = blake3::Hasher::new();
    hasher.update(work.0.as_bytes()).update(at.as_bytes()).update(&[0]).update(value.as_bytes());
    mint("edit", hasher.finalize().as_bytes(), place)
}

/// The uid of something that is made of a library and kept in none, such as one of its feeds.
pub(crate) fn uid_named(kind: &str, library: &str, name: &str) -> Uid {
    let mut hasher = blake3::Hasher::new();
    hasher.update(library.as_bytes()).update(&[0]).update(name.as_bytes());
    mint(kind, hasher.finalize().as_bytes(), 0)
}

/// A key for a library that has none: nobody else makes one in the same place at the same nanosecond.
pub(crate) fn library_key(place: &str, nanosecond: i128) -> String {
    let mut hasher = blake3::Hasher::new_derive_key("fanfold 2026 library key v1");
    hasher.update(place.as_bytes()).update(&nanosecond.to_le_bytes());
    hasher.finalize().to_hex()[..32].to_owned()
}

fn mint(kind: &str, origin: &[u8], place: u64) -> Uid {
    let mut hasher = blake3::Hasher::new_derive_key("fanfold 2026 uid v1");
    hasher.update(kind.as_bytes()).update(&[0]).update(origin).update(&place.to_le_bytes());
    let mut first = [0_u8; 16];
    first.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    UidMint.mint(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bytes_give_the_same_uid_and_another_place_another() {
        let origin = hash(b"It was a dark and stormy night");
        assert_eq!(uid_in("work", origin, 0), uid_in("work", origin, 0));
        assert_ne!(uid_in("work", origin, 0), uid_in("work", origin, 1));
        assert_ne!(uid_in("work", origin, 0), uid_in("item", origin, 0));
    }
}
