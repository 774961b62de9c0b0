//! Rendered pages of texts, bounded, with their compressed forms. A page is good as long as nothing in the
//! library has changed since it was made; the next request after a change makes it anew.

use std::collections::{HashMap, VecDeque};
use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::body::Bytes;
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::answer::{Page, send};
use crate::reader::Reader;
use crate::views::frame::Preferences;

/// What a page is kept under: its address in one spelling, and the settings it was rendered with.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PageKey {
    pub(crate) path: String,
    pub(crate) preferences: Preferences,
}

/// A page with its compressed forms, each made when first asked for.
#[derive(Debug)]
pub(crate) struct KeptPage {
    made_at: i64,
    page: Page,
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
}

impl KeptPage {
    /// A page made when the newest change had this number.
    pub(crate) fn new(made_at: i64, page: Page) -> Arc<Self> {
        Arc::new(Self { made_at, page, gzip: OnceLock::new(), brotli: OnceLock::new() })
    }

    /// The page as an answer, in the best form that the reader takes.
    pub(crate) fn answer(&self, reader: &Reader) -> Response {
        if accepts(&reader.encodings, "br") {
            send(reader, &self.page.tag, Some("br"), || {
                self.brotli.get_or_init(|| brotli(&self.page.html)).clone()
            })
        } else if accepts(&reader.encodings, "gzip") {
            send(reader, &self.page.tag, Some("gzip"), || {
                self.gzip.get_or_init(|| gzip(&self.page.html)).clone()
            })
        } else {
            send(reader, &self.page.tag, None, || self.page.html.clone())
        }
    }

    fn size(&self) -> usize {
        // Both compressed forms together are about the size of the page.
        self.page.html.len() * 2
    }
}

#[derive(Debug, Default)]
struct Kept {
    pages: HashMap<PageKey, Arc<KeptPage>>,
    order: VecDeque<PageKey>,
    bytes: usize,
}

/// The cache. The oldest pages leave first.
#[derive(Debug, Default)]
pub(crate) struct PageCache(Mutex<Kept>);

/// Bytes of pages that are kept at most, compressed forms included.
const MOST: usize = 24 << 20;

impl PageCache {
    /// The page, if nothing has changed since it was made.
    pub(crate) fn get(&self, key: &PageKey, newest: i64) -> Option<Arc<KeptPage>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.pages.get(key).filter(|page| page.made_at == newest).cloned()
    }

    /// Keeps a page; one that would fill a quarter of the cache by itself is not kept.
    pub(crate) fn put(&self, key: PageKey, page: &Arc<KeptPage>) {
        if page.size() > MOST / 4 {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.bytes += page.size();
        match kept.pages.insert(key.clone(), page.clone()) {
            Some(old) => kept.bytes -= old.size(),
            None => kept.order.push_back(key),
        }
        while kept.bytes > MOST
            && let Some(oldest) = kept.order.pop_front()
        {
            if let Some(gone) = kept.pages.remove(&oldest) {
                kept.bytes -= gone.size();
            }
        }
    }
}

/// Whether an `Accept-Encoding` takes a coding. A quality of zero refuses it.
pub(crate) fn accepts(header: &str, coding: &str) -> bool {
    header.split(',').any(|offer| {
        let mut parts = offer.split(';');
        let named = parts.next().is_some_and(|name| name.trim().eq_ignore_ascii_case(coding));
        let refused = parts
            .any(|p| p.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()) == Some(0.0));
        named && !refused
    })
}

/// Compressed once and sent often: a middle level pays.
pub(crate) fn gzip(bytes: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(6));
    // Writing into memory does not fail; if it did, the reader would be given an empty page, so the
    // uncompressed bytes in a stored block are no option here and the error is logged.
    let done = encoder.write_all(bytes).and_then(|()| encoder.finish());
    done.map(Bytes::from).unwrap_or_else(|error| {
        tracing::error!(%error, "a page could not be compressed");
        Bytes::new()
    })
}

/// As [`gzip`], smaller.
pub(crate) fn brotli(bytes: &[u8]) -> Bytes {
    let mut packed = Vec::with_capacity(bytes.len() / 3);
    {
        let mut writer = brotli::CompressorWriter::new(&mut packed, 64 * 1024, 6, 20);
        if let Err(error) = writer.write_all(bytes) {
            tracing::error!(%error, "a page could not be compressed");
        }
    }
    Bytes::from(packed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use std::io::Read;

    fn page(size: usize) -> Arc<KeptPage> {
        KeptPage::new(
            1,
            Page { html: Bytes::from(vec![b'a'; size]), tag: HeaderValue::from_static("W/\"x\"") },
        )
    }

    fn key(n: usize) -> PageKey {
        PageKey { path: format!("/works/{n}"), preferences: Preferences::default() }
    }

    #[test]
    fn the_cache_never_holds_more_than_its_bound_and_keeps_the_newest() {
        let cache = PageCache::default();
        for n in 0..200 {
            cache.put(key(n), &page(200_000));
            assert!(cache.0.lock().unwrap().bytes <= MOST);
        }
        assert!(cache.get(&key(199), 1).is_some());
        assert!(cache.get(&key(0), 1).is_none());
    }

    #[test]
    fn a_page_made_before_the_last_change_is_not_given_out() {
        let cache = PageCache::default();
        cache.put(key(1), &page(10));
        assert!(cache.get(&key(1), 1).is_some());
        assert!(cache.get(&key(1), 2).is_none());
    }

    #[test]
    fn putting_a_page_again_counts_it_once() {
        let cache = PageCache::default();
        for _ in 0..50 {
            cache.put(key(1), &page(1000));
        }
        assert_eq!(cache.0.lock().unwrap().bytes, 2000);
    }

    #[test]
    fn codings_are_taken_by_name_and_refused_by_quality_zero() {
        assert!(accepts("gzip, deflate, br", "br"));
        assert!(accepts("GZIP;q=0.5", "gzip"));
        assert!(!accepts("br;q=0, gzip", "br"));
        assert!(!accepts("", "gzip"));
        assert!(!accepts("brotli", "br"));
    }

    #[test]
    fn compressed_pages_unpack_to_the_page() {
        let text = "The letter came on a Tuesday. ".repeat(500);
        let mut unpacked = String::new();
        flate2::read::GzDecoder::new(&gzip(text.as_bytes())[..])
            .read_to_string(&mut unpacked)
            .unwrap();
        assert_eq!(unpacked, text);
        let mut unpacked = String::new();
        brotli::Decompressor::new(&brotli(text.as_bytes())[..], 4096)
            .read_to_string(&mut unpacked)
            .unwrap();
        assert_eq!(unpacked, text);
    }
}
