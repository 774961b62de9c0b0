//! Turning a group's entries into rows before the transaction begins: hashing and compressing.

use crate::forms::{ChapterRow, pack, pack_work};
use fanfold_model::{ContentHash, Identity, IdentityKind, ItemOutcome, Uid, Work};
use fanfold_storage::{
    Entry, FurtherSource, ItemLine, NewItem, NewSketch, NewVersion, NewWork, Result, StorageError,
};

/// A group as rows.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    pub(super) works: Vec<Text>,
    pub(super) versions: Vec<Version>,
    pub(super) copies: Vec<FurtherSource>,
    pub(super) items: Vec<NewItem>,
    /// Bytes seen again.
    pub(super) seen: Vec<ItemLine>,
    /// Bytes that were known by name only.
    pub(super) returned: Vec<ContentHash>,
    /// Bytes of which this group brings the first works, and others follow.
    pub(super) begun: Vec<ContentHash>,
    /// Bytes of which this group brings the last.
    pub(super) ended: Vec<ContentHash>,
    /// All item lines in the order of the group, with the work they belong to.
    pub(super) lines: Vec<(ItemLine, Option<Uid>)>,
}

/// A reading of a work, its chapters and layers packed.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) uid: Uid,
    /// The normalised work, its chapters taken out.
    pub(super) work: Work,
    pub(super) normalised: Vec<u8>,
    pub(super) extracted: Vec<u8>,
    pub(super) rules: String,
    pub(super) chapters: Vec<ChapterRow>,
    pub(super) texts: Vec<(ContentHash, Vec<u8>)>,
    pub(super) hash: ContentHash,
    pub(super) identities: Vec<Identity>,
    /// The sketch of the text.
    pub(super) sketch: Option<NewSketch>,
    /// A part whose work could not be assembled.
    pub(super) lone_part: bool,
}

/// Another reading of a known work.
#[derive(Debug)]
pub(super) struct Version {
    pub(super) text: Text,
    pub(super) show: bool,
    pub(super) rendition: bool,
}

pub(super) fn prepare(group: Vec<Entry>) -> Result<Prepared> {
    let mut prepared = Prepared::default();
    for entry in group {
        match entry {
            Entry::Work(work) => prepared.add_work(*work)?,
            Entry::Version(version) => prepared.add_version(*version)?,
            Entry::Copy(copy) => {
                prepared.lines.push((copy.item.clone(), Some(copy.uid)));
                prepared.copies.push(*copy);
            }
            Entry::Unchanged(line) => {
                prepared.lines.push((line.clone(), None));
                prepared.seen.push(line);
            }
            Entry::Returned(line) => {
                prepared.returned.extend(line.blake3);
                prepared.lines.push((line, None));
            }
            Entry::Begun(hash) => prepared.begun.push(hash),
            Entry::Ended(hash) => prepared.ended.push(hash),
            Entry::Item(item) => {
                prepared.lines.push((item.item.clone(), None));
                prepared.items.push(*item);
            }
        }
    }
    Ok(prepared)
}

impl Prepared {
    fn add_work(&mut self, new: NewWork) -> Result<()> {
        let uid = new.work.uid.ok_or_else(|| {
            StorageError::Refused(format!("“{}” has no uid and cannot be stored", new.work.title))
        })?;
        self.add_lines(new.items, uid);
        let extracted = (new.extracted.json, new.extracted.rules);
        let mut text = text(uid, new.work, extracted, new.text, new.identities)?;
        text.lone_part = new.lone_part;
        text.sketch = new.sketch;
        self.works.push(text);
        Ok(())
    }

    fn add_version(&mut self, new: NewVersion) -> Result<()> {
        self.add_lines(new.items, new.uid);
        let extracted = (new.extracted.json, new.extracted.rules);
        let mut text = text(new.uid, new.work, extracted, new.text, new.identities)?;
        text.sketch = new.sketch;
        self.versions.push(Version { text, show: new.show, rendition: new.rendition });
        Ok(())
    }

    /// The first item of a work is the one that began it; further ones are remembered with it.
    fn add_lines(&mut self, lines: Vec<ItemLine>, uid: Uid) {
        for line in lines {
            if line.outcome == ItemOutcome::Unchanged {
                self.seen.push(line.clone());
            }
            self.lines.push((line, Some(uid)));
        }
    }
}

fn text(
    uid: Uid,
    mut work: Work,
    (extracted, rules): (String, String),
    hash: ContentHash,
    mut identities: Vec<Identity>,
) -> Result<Text> {
    let (mut chapters, mut texts) = (Vec::new(), Vec::new());
    for (position, chapter) in (1..).zip(std::mem::take(&mut work.chapters)) {
        let (row, html) = ChapterRow::of(chapter, position);
        texts.push((row.text, pack(html.as_bytes())?));
        chapters.push(row);
    }
    let own = Identity::new(IdentityKind::Text, hash.to_string());
    if !identities.contains(&own) {
        identities.push(own);
    }
    // What the store keeps in rows of its own is not stored a second time.
    let mut lower = work.clone();
    lower.id = None;
    lower.sources.clear();
    lower.versions.clear();
    Ok(Text {
        uid,
        normalised: pack_work(&lower)?,
        extracted: pack(extracted.as_bytes())?,
        work,
        rules,
        chapters,
        texts,
        hash,
        identities,
        sketch: None,
        lone_part: false,
    })
}
