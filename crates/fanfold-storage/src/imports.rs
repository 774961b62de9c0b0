//! Imports: finding what is known, committing groups, taking an import back.

use crate::Result;
use crate::alike::NewSketch;
use async_trait::async_trait;
use fanfold_model::{
    ContentHash, Counts, Finding, Identity, ImportId, ItemOutcome, ReadAs, Source, Uid, Work,
    WorkId,
};

/// An import that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewImport {
    /// Who imports.
    pub actor: String,
    /// When, RFC 3339 UTC.
    pub at: String,
    /// The paths as given.
    pub roots: Vec<String>,
}

/// What is known about some bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The bytes' hash.
    pub hash: ContentHash,
    /// As what they are known.
    pub known: KnownAs,
    /// Whether the library has only the name of the bytes: they came with an export that left the originals behind.
    pub absent: bool,
}

/// As what bytes are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KnownAs {
    /// A source of this work, which may be removed (hidden behind a tombstone that can be undone).
    Source {
        /// The work.
        work: WorkId,
        /// Its uid.
        uid: Uid,
        /// Whether the work is removed.
        removed: bool,
    },
    /// An item that is not a work.
    Item,
    /// Erased: the same bytes are not taken again.
    Erased {
        /// Why it was erased.
        reason: String,
    },
}

/// What an import needs to know of a stored work to compare a new reading with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredHead {
    /// The work.
    pub id: WorkId,
    /// Its uid.
    pub uid: Uid,
    /// Hash of the shown version's normalised text.
    pub text: ContentHash,
    /// Words of the shown version.
    pub words: u64,
    /// Number of the newest version.
    pub version: u32,
    /// Whether it is removed.
    pub removed: bool,
    /// Why it waits, if it does.
    pub held: Option<String>,
}

/// One item of an import and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemLine {
    /// Path relative to the import's root.
    pub path: String,
    /// Path inside a container.
    pub member: Option<String>,
    /// The bytes' hash, if they could be read.
    pub blake3: Option<ContentHash>,
    /// The importer's name, if one was found.
    pub format: Option<String>,
    /// What became of it.
    pub outcome: ItemOutcome,
    /// Why, in a sentence.
    pub reason: String,
}

/// What the importer saw, kept apart from what was made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractedLayer {
    /// Version of the rules that read it.
    pub rules: String,
    /// `canonical::extracted_json` as text, one element per source.
    pub json: String,
}

/// A work that begins.
#[derive(Debug, Clone, PartialEq)]
pub struct NewWork {
    /// The normalised work, with uid, chapter uids, sources; `id` is kept if it is free, else given.
    pub work: Work,
    /// Its identities; text identity included.
    pub identities: Vec<Identity>,
    /// Hash of its normalised text.
    pub text: ContentHash,
    /// What the importer saw.
    pub extracted: ExtractedLayer,
    /// The sketch of its text, by which it is found again; without one it is made later.
    pub sketch: Option<NewSketch>,
    /// Whether it is a part whose work could not be assembled.
    pub lone_part: bool,
    /// The items it came from.
    pub items: Vec<ItemLine>,
}

/// Another text of a known work, from the same source identity; or, with `rendition`, the same
/// sources read by better rules (reprocess), which replaces the lower layers and makes no version.
#[derive(Debug, Clone, PartialEq)]
pub struct NewVersion {
    /// The known work.
    pub uid: Uid,
    /// The new reading; chapter uids already matched with the old ones by the caller.
    pub work: Work,
    /// Identities to add.
    pub identities: Vec<Identity>,
    /// Hash of the normalised text.
    pub text: ContentHash,
    /// What the importer saw.
    pub extracted: ExtractedLayer,
    /// The sketch of its text, by which it is found again; without one it is made later.
    pub sketch: Option<NewSketch>,
    /// Whether it becomes the shown text (a shorter one does not without a person).
    pub show: bool,
    /// Whether it replaces the shown version's lower layers without being a version of its own.
    pub rendition: bool,
    /// The items it came from.
    pub items: Vec<ItemLine>,
}

/// A further source of a known work with equal text.
#[derive(Debug, Clone, PartialEq)]
pub struct FurtherSource {
    /// The known work (it may begin in the same group).
    pub uid: Uid,
    /// The source.
    pub source: Source,
    /// Identities that the source adds.
    pub identities: Vec<Identity>,
    /// The item.
    pub item: ItemLine,
}

/// An item that is not a work, kept with why.
#[derive(Debug, Clone, PartialEq)]
pub struct NewItem {
    /// Its uid.
    pub uid: Uid,
    /// As what it was read.
    pub read_as: ReadAs,
    /// The item.
    pub item: ItemLine,
    /// Whether its bytes were put into the blob store.
    pub stored: bool,
    /// What was noticed.
    pub findings: Vec<Finding>,
}

/// One thing of a group.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// A work begins. If its uid is there already, or was erased, nothing changes: an import never
    /// undoes a removal ([`ImportStore::known`] and [`ImportStore::heads`] tell).
    Work(Box<NewWork>),
    /// Another text of a known work.
    Version(Box<NewVersion>),
    /// A further source with equal text.
    Copy(Box<FurtherSource>),
    /// Bytes already stored, seen again. The path is remembered if it is new; nothing else changes.
    Unchanged(ItemLine),
    /// Bytes that the library knew by name only, and now has: their sources and items say so.
    Returned(ItemLine),
    /// These bytes hold many works, of which this group brings the first: until they have ended, they do not count as
    /// known.
    Begun(ContentHash),
    /// All that these bytes hold is here, with this group.
    Ended(ContentHash),
    /// Not a work. An item with the same hash and path is not stored twice.
    Item(Box<NewItem>),
}

/// What a group's commit gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// The newest change-log number of the group; 0 if it changed no work.
    pub seq: i64,
    /// The ids of the works the group touched, by uid.
    pub works: Vec<(Uid, WorkId)>,
}

/// An import as a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportSummary {
    /// Its number.
    pub id: ImportId,
    /// Who.
    pub actor: String,
    /// When it began, RFC 3339 UTC.
    pub started: String,
    /// When it ended; `None` while it runs or if it was cut off.
    pub finished: Option<String>,
    /// When it was taken back.
    pub undone: Option<String>,
    /// The paths as given.
    pub roots: Vec<String>,
    /// Items by outcome.
    pub counts: Counts,
}

/// What taking an import back did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UndoReport {
    /// Works that only this import brought; they are gone, and may be imported again.
    pub removed: Vec<WorkId>,
    /// Works kept, each with why (edited since, joined by a later import).
    pub kept: Vec<(WorkId, String)>,
    /// Sources and versions taken off works that were there before.
    pub detached: u64,
}

/// What imports need of the store.
#[async_trait]
pub trait ImportStore: Send + Sync {
    /// Begins an import and gives its number.
    async fn begin_import(&self, import: NewImport) -> Result<ImportId>;

    /// What is known about these bytes; unknown hashes are left out.
    async fn known(&self, hashes: &[ContentHash]) -> Result<Vec<Known>>;

    /// The works with these identities; unknown identities are left out.
    async fn identify(&self, identities: &[Identity]) -> Result<Vec<(Identity, StoredHead)>>;

    /// The works with these uids.
    async fn heads(&self, uids: &[Uid]) -> Result<Vec<StoredHead>>;

    /// Commits a group in one transaction: rows, item lines, history and change log.
    /// The blobs it names are already durable. `at` is RFC 3339 UTC.
    async fn commit(&self, import: ImportId, group: Vec<Entry>, at: &str) -> Result<Committed>;

    /// Ends an import with its counts.
    async fn finish_import(&self, import: ImportId, counts: Counts, at: &str) -> Result<()>;

    /// Imports, newest first.
    async fn imports(&self, limit: u32) -> Result<Vec<ImportSummary>>;

    /// One import; `None` if there is none of this number.
    async fn import(&self, id: ImportId) -> Result<Option<ImportSummary>>;

    /// One import's items in the order they were handled, from `offset`.
    async fn import_items(
        &self,
        import: ImportId,
        offset: u64,
        limit: u32,
    ) -> Result<Vec<(ItemLine, Option<WorkId>)>>;

    /// Takes back what only this import brought.
    async fn undo_import(&self, import: ImportId, actor: &str, at: &str) -> Result<UndoReport>;
}
