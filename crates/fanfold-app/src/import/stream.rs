//! Items that are read as a stream: those that hold many works (a dump, an export), and those too large to be kept in
//! memory beside their reading. A thread of their own reads them, a few works ahead of the committer, which commits
//! group by group.
//!
//! Between the first group and the last the library knows the item as begun, so that a killed import reads it again:
//! works that it committed are found by the uid that their place in the item gives them, and nothing happens twice.

use super::commit::{Committer, Group};
use super::read::{
    Around, One, Read, ReadContext, format_of, is_canonical, line_of, source_of, thing,
};
use crate::Result;
use crate::error::AppError;
use fanfold_import::Sink;
use fanfold_model::canonical::Record;
use fanfold_model::{Extracted, Finding, ReadAs};
use fanfold_source::Item;
use fanfold_storage::{Entry, ItemLine, Known, KnownAs};
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::mpsc;

/// Up to this size an item is read whole, whatever it holds.
const SMALL: u64 = 64 << 10;
/// From this size on an original is not taken into memory to be kept.
const LARGE: u64 = 64 << 20;
/// What closes a piece: the size of a group, or this much text.
const PIECE_WORKS: usize = 256;
const PIECE_TEXT: usize = 4 << 20;

/// Whether an item is read as a stream.
pub(super) fn is_streamed(item: &Item) -> bool {
    let many = || item.size > SMALL && fanfold_import::holds_many(item);
    item.has_bytes() && !item.is_refused() && (item.size > LARGE || many())
}

/// Some of what an item holds.
struct Piece {
    things: Vec<One>,
    last: bool,
}

impl Committer {
    /// Reads a streamed item and commits what it holds.
    pub(super) async fn take_streamed(&mut self, item: Item) -> Result<()> {
        self.let_pass(item.size).await?;
        let bare = Read::known(&item);
        self.matcher.load(self.target.as_ref(), std::slice::from_ref(&bare)).await?;
        let known = item.blake3.and_then(|hash| self.matcher.known(hash)).cloned();
        // One work of many may have been erased: its own uid keeps it out.
        let known = known.filter(|known| !matches!(known, KnownAs::Erased { .. }));
        let item = Arc::new(item);
        match known {
            Some(known) => self.take_known(&item, bare, &known).await,
            None => self.take_pieces(&item).await,
        }
    }

    async fn take_known(&mut self, item: &Arc<Item>, bare: Read, known: &KnownAs) -> Result<()> {
        let mut group = Group::default();
        if item.blake3.is_some_and(|hash| self.matcher.takes_back(hash)) {
            self.target.keep(item.clone()).await?;
            self.place_returned(bare.line, &mut group)?;
        } else {
            self.place_known(bare, known, &mut group)?;
        }
        self.commit(group).await
    }

    async fn take_pieces(&mut self, item: &Arc<Item>) -> Result<()> {
        let line = line_of(item, format_of(item));
        let (to_here, mut pieces) = mpsc::channel(1);
        let reader = {
            let (item, line, context) = (item.clone(), line.clone(), self.context.clone());
            tokio::task::spawn_blocking(move || read_pieces(&item, line, context, to_here))
        };
        let (mut place, mut kept, mut begun) = (0, false, false);
        while let Some(piece) = pieces.recv().await {
            let mut group = Group::default();
            if !kept && !piece.things.iter().all(is_canonical) {
                self.target.keep(item.clone()).await?;
                kept = true;
            }
            if let Some(hash) = item.blake3.filter(|_| kept && begun == piece.last) {
                begun = !piece.last;
                group.entries.push(if begun { Entry::Begun(hash) } else { Entry::Ended(hash) });
            }
            let things = piece.things.len() as u64;
            let many = place > 0 || things > 1 || !piece.last;
            let (line, around) = (line.clone(), Around::default());
            let read = Read { line, bytes: None, size: 0, around, things: piece.things };
            self.matcher.load(self.target.as_ref(), std::slice::from_ref(&read)).await?;
            self.place_things(read, place, many, kept, &mut group).await?;
            self.commit(group).await?;
            place += things;
            if self.stop.load(Ordering::Relaxed) {
                break;
            }
        }
        drop(pieces);
        reader.await.map_err(|_| AppError::Broken("a reader"))
    }
}

/// Reads the item to its end, or until nobody listens any more.
fn read_pieces(item: &Item, line: ItemLine, context: ReadContext, out: mpsc::Sender<Piece>) {
    let mut pieces =
        Pieces { item, line, context, out, things: Vec::new(), text: 0, findings: Vec::new() };
    let (limits, tools) = (pieces.context.limits.clone(), pieces.context.tools.clone());
    fanfold_import::read_into(item, &limits, &*tools, &mut pieces);
    if let Some(first) = pieces.findings.first() {
        let reason = first.message.clone();
        let findings = std::mem::take(&mut pieces.findings);
        pieces.push(One::NotWork { read_as: ReadAs::NotUnderstood, reason, findings }, 0);
    }
    pieces.send(true);
}

struct Pieces<'a> {
    item: &'a Item,
    line: ItemLine,
    context: ReadContext,
    out: mpsc::Sender<Piece>,
    things: Vec<One>,
    text: usize,
    findings: Vec<Finding>,
}

impl Pieces<'_> {
    fn push(&mut self, one: One, text: usize) {
        // A piece goes once something follows it, so that the last one is known as such.
        if self.things.len() >= PIECE_WORKS || self.text >= PIECE_TEXT {
            self.send(false);
        }
        self.things.push(one);
        self.text += text;
    }

    fn send(&mut self, last: bool) {
        self.text = 0;
        // Nobody listens when the import failed or was stopped; then that is what is told.
        let _ = self.out.blocking_send(Piece { things: std::mem::take(&mut self.things), last });
    }
}

impl Sink for Pieces<'_> {
    fn extracted(&mut self, extracted: Extracted) {
        let text = text_of(&extracted);
        let source = source_of(self.item, &self.line, extracted.encoding.clone());
        let one = thing(extracted, source, &self.line, false, &self.context);
        self.push(one, text);
    }

    fn record(&mut self, record: Record) {
        self.push(One::Record(Box::new(record)), 0);
    }

    fn finding(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    fn wants_more(&self) -> bool {
        !self.out.is_closed()
    }
}

fn text_of(extracted: &Extracted) -> usize {
    let own: usize = extracted.chapters.iter().map(|chapter| chapter.html.len()).sum();
    let whole = extracted.canonical.iter().flat_map(|work| &work.chapters);
    own + whole.map(|chapter| chapter.html.len()).sum::<usize>()
}

/// The bytes of an item as a stream that owns it.
pub(super) struct OwnBytes {
    item: Arc<Item>,
    at: u64,
}

impl OwnBytes {
    pub(super) fn of(item: Arc<Item>) -> Self {
        Self { item, at: 0 }
    }
}

impl io::Read for OwnBytes {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.item.random_access().map_err(io::Error::other)?;
        let count = bytes.read_at(self.at, buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}

/// What a batch hands to the committer.
pub(super) enum Arrived {
    /// An item that was read.
    Read(Box<Read>),
    /// An item that the committer reads as a stream.
    Streamed(Box<Item>),
}

/// Whether these known bytes need no look at what they hold.
pub(super) fn settles(known: &Known, item: &Item) -> bool {
    let erased = matches!(known.known, KnownAs::Erased { .. });
    !(erased && is_streamed(item) || known.absent && item.size > LARGE)
}
