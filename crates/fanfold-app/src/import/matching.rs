//! What a reading is to the library: new, unchanged, a version, a further copy
//! (contract section 2, "Identity at re-import", in its order).

use super::read::{One, Read, ReadWork};
use super::target::{Memory, Target};
use crate::{Result, hashing};
use fanfold_model::{ContentHash, Identity, IdentityKind, Uid};
use fanfold_storage::{KnownAs, StoredHead};
use std::collections::hash_map::Entry as MapEntry;
use std::collections::{HashMap, HashSet};

/// What a work as read is to the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing like it is known.
    New,
    /// The same identity and the same text from the same place: nothing to do.
    Same(StoredHead),
    /// Equal text from another original.
    Copy(StoredHead),
    /// The same identity with another text.
    Version(StoredHead),
}

impl Verdict {
    /// A work that was committed from this very place, by an import that was cut off in the middle of a large item, is
    /// no further copy.
    pub(super) fn of_same_place(
        self,
        read: &ReadWork,
        origin: Option<ContentHash>,
        place: u64,
    ) -> Self {
        match self {
            Self::Copy(head) if !read.canonical && head.uid == uid_of(read, origin, place) => {
                Self::Same(head)
            }
            other => other,
        }
    }
}

/// What is known, for the batch at hand and for what the batch itself brings.
#[derive(Default)]
pub(super) struct Matcher {
    by_hash: HashMap<ContentHash, KnownAs>,
    by_identity: HashMap<Identity, StoredHead>,
    by_uid: HashMap<Uid, StoredHead>,
    /// Bytes that are known by name only.
    absent: HashSet<ContentHash>,
    compares: bool,
}

impl Matcher {
    /// Whether items are compared at all.
    pub(super) fn compares(&self) -> bool {
        self.compares
    }

    /// Asks the target about everything a batch holds: three questions, whatever its size.
    pub(super) async fn load(&mut self, target: &dyn Target, batch: &[Read]) -> Result<()> {
        self.compares = target.memory() != Memory::None;
        if target.memory() == Memory::Target {
            *self = Self { compares: true, ..Self::default() };
        }
        let hashes: Vec<ContentHash> = batch.iter().filter_map(|read| read.line.blake3).collect();
        let works = || batch.iter().flat_map(|read| &read.things).filter_map(as_work);
        let identities: HashSet<Identity> =
            works().flat_map(|read| read.identities.iter().cloned()).collect();
        let uids: Vec<Uid> =
            works().flat_map(|read| read.work.uid.into_iter().chain(read.continues)).collect();
        for known in target.known(&hashes).await? {
            if known.absent {
                self.absent.insert(known.hash);
            }
            // What was refused once and became a work later is that work.
            let is_work = matches!(self.by_hash.get(&known.hash), Some(KnownAs::Source { .. }));
            if !(is_work && known.known == KnownAs::Item) {
                self.by_hash.insert(known.hash, known.known);
            }
        }
        let identities: Vec<Identity> = identities.into_iter().collect();
        for (identity, head) in target.identify(&identities).await? {
            self.by_uid.insert(head.uid, head.clone());
            self.by_identity.insert(identity, head);
        }
        for head in target.heads(&uids).await? {
            self.by_uid.insert(head.uid, head);
        }
        Ok(())
    }

    /// As what these bytes are known.
    pub(super) fn known(&self, hash: ContentHash) -> Option<&KnownAs> {
        self.by_hash.get(&hash)
    }

    /// Whether the library lacks these bytes and knows their name; asked once, for then it has them.
    pub(super) fn takes_back(&mut self, hash: ContentHash) -> bool {
        self.absent.remove(&hash)
    }

    /// What a work as read is to the library.
    pub(super) fn verdict(&self, read: &ReadWork) -> Verdict {
        if read.canonical
            && let Some(head) = read.work.uid.and_then(|uid| self.by_uid.get(&uid))
        {
            let same = head.text == read.text;
            return if same { Verdict::Same(head.clone()) } else { Verdict::Version(head.clone()) };
        }
        if let Some(head) = read.continues.and_then(|uid| self.by_uid.get(&uid)) {
            let equal = head.text == read.text;
            return if equal {
                Verdict::Copy(head.clone())
            } else {
                Verdict::Version(head.clone())
            };
        }
        for identity in &read.identities {
            // None of these says by itself which work it is.
            let proves_nothing = matches!(
                identity.kind,
                IdentityKind::Text | IdentityKind::ChapterAddress | IdentityKind::Parts
            );
            if proves_nothing {
                continue;
            }
            if let Some(head) = self.by_identity.get(identity) {
                let equal = head.text == read.text;
                return if equal {
                    Verdict::Copy(head.clone())
                } else {
                    Verdict::Version(head.clone())
                };
            }
        }
        let text = Identity::new(IdentityKind::Text, read.text.to_string());
        match self.by_identity.get(&text) {
            Some(head) => Verdict::Copy(head.clone()),
            None => Verdict::New,
        }
    }

    /// Remembers a work that the batch brings, so that a copy in the same batch finds it.
    pub(super) fn learn(&mut self, hash: Option<ContentHash>, read: &ReadWork, head: &StoredHead) {
        if !self.compares {
            return;
        }
        if let Some(hash) = hash {
            let known = KnownAs::Source { work: head.id, uid: head.uid, removed: head.removed };
            self.by_hash.insert(hash, known);
        }
        for identity in &read.identities {
            self.by_identity.entry(identity.clone()).or_insert_with(|| head.clone());
        }
        self.by_uid.insert(head.uid, head.clone());
        for known in self.by_identity.values_mut().filter(|known| known.uid == head.uid) {
            *known = head.clone();
        }
    }

    /// Remembers the originals that a work of an export names: they may follow in the same batch.
    pub(super) fn learn_names(&mut self, read: &ReadWork, head: &StoredHead) {
        for source in read.work.sources.iter().filter(|_| self.compares && read.canonical) {
            if let MapEntry::Vacant(unknown) = self.by_hash.entry(source.blake3) {
                let (work, uid, removed) = (head.id, head.uid, head.removed);
                unknown.insert(KnownAs::Source { work, uid, removed });
                self.absent.insert(source.blake3);
            }
        }
    }

    /// Remembers a file that a work was read from beside its item: it may follow in the same batch.
    pub(super) fn learn_companion(&mut self, hash: ContentHash, known: KnownAs) {
        // Even where nothing is compared: the file was shown with its work.
        self.by_hash.entry(hash).or_insert(known);
    }

    /// Remembers bytes that are not a work; `absent` if only their name is here.
    pub(super) fn learn_item(&mut self, hash: ContentHash, absent: bool) {
        if !self.compares {
            return;
        }
        let is_new = self.by_hash.insert(hash, KnownAs::Item).is_none();
        if is_new && absent {
            self.absent.insert(hash);
        }
    }
}

fn as_work(one: &One) -> Option<&ReadWork> {
    match one {
        One::Work(read) => Some(read),
        _ => None,
    }
}

/// The head that a new work will have.
pub(super) fn head_of(read: &ReadWork, uid: Uid) -> StoredHead {
    StoredHead {
        id: fanfold_model::WorkId(0),
        uid,
        text: read.text,
        words: read.work.words,
        version: 1,
        removed: false,
        held: read.work.held.clone(),
    }
}

/// The uid of a new work: its own, or minted from its first original and its place there.
pub(super) fn uid_of(read: &ReadWork, origin: Option<ContentHash>, place: u64) -> Uid {
    read.work.uid.unwrap_or_else(|| hashing::uid_in("work", origin.unwrap_or(read.text), place))
}
