//! The tag graph, changed by hand: what means what, what stands above what.
//!
//! The creator's wording on works is never rewritten; the graph is a layer above it. Rules that hold after every call:
//! a synonym points at one canonical tag of its kind, never in chains, and has nothing else; metatags are between
//! canonical tags of one kind and without cycles; a parent is a canonical fandom, and fandoms have none. Every change
//! has an actor, a time and a way back, and answers at once: works keep what their creators wrote, and what it means is
//! asked with each question. Only counting what lies under a large tag waits ([`TagStore::advance_tags`]).

use crate::Result;
use async_trait::async_trait;
use fanfold_model::canonical::TagRecord;
use fanfold_model::{TagId, TagKind, Viewer};

/// A change to the tag graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TagChange {
    /// The tag is canonical: it may be filtered by, and stand above others.
    Canonical(TagId),
    /// It is not. Only for a tag that nothing hangs on.
    NotCanonical(TagId),
    /// The tag means that one. If it is canonical, its synonyms, metatags, subtags and parents move along.
    Synonym {
        /// The tag.
        tag: TagId,
        /// The canonical tag it means.
        of: TagId,
    },
    /// The tag means no other any more.
    Split(TagId),
    /// A wider tag: who asks for it finds this one's works, too.
    Metatag {
        /// The tag.
        tag: TagId,
        /// The wider one.
        above: TagId,
    },
    /// That tag is not a metatag of it.
    NoMetatag {
        /// The tag.
        tag: TagId,
        /// The one that is not above it.
        above: TagId,
    },
    /// The fandom that a character, relationship or freeform belongs to.
    Parent {
        /// The tag.
        tag: TagId,
        /// The fandom.
        fandom: TagId,
    },
    /// It does not belong to that fandom.
    NoParent {
        /// The tag.
        tag: TagId,
        /// The fandom.
        fandom: TagId,
    },
    /// Nothing can be made of it; it is not asked about again.
    Unwrangleable(TagId),
    /// Something can be.
    Wrangleable(TagId),
    /// Another spelling of the same name: case, width, white space, and the order of a relationship's members.
    Rename {
        /// The canonical tag.
        tag: TagId,
        /// The spelling.
        name: String,
    },
}

impl TagChange {
    /// The tag that is changed.
    #[must_use]
    pub fn tag(&self) -> TagId {
        match self {
            Self::Canonical(tag)
            | Self::NotCanonical(tag)
            | Self::Split(tag)
            | Self::Unwrangleable(tag)
            | Self::Wrangleable(tag)
            | Self::Synonym { tag, .. }
            | Self::Metatag { tag, .. }
            | Self::NoMetatag { tag, .. }
            | Self::Parent { tag, .. }
            | Self::NoParent { tag, .. }
            | Self::Rename { tag, .. } => *tag,
        }
    }

    /// The other tag it is about.
    #[must_use]
    pub fn other(&self) -> Option<TagId> {
        match self {
            Self::Synonym { of: other, .. }
            | Self::Metatag { above: other, .. }
            | Self::NoMetatag { above: other, .. }
            | Self::Parent { fandom: other, .. }
            | Self::NoParent { fandom: other, .. } => Some(*other),
            _ => None,
        }
    }

    /// What is done, as the history names it.
    #[must_use]
    pub fn action(&self) -> &'static str {
        match self {
            Self::Canonical(_) => "canonical",
            Self::NotCanonical(_) => "not canonical",
            Self::Synonym { .. } => "merge",
            Self::Split(_) => "split",
            Self::Metatag { .. } => "metatag",
            Self::NoMetatag { .. } => "no metatag",
            Self::Parent { .. } => "parent",
            Self::NoParent { .. } => "no parent",
            Self::Unwrangleable(_) => "unwrangleable",
            Self::Wrangleable(_) => "wrangleable",
            Self::Rename { .. } => "rename",
        }
    }
}

/// How one tag stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TagEdgeKind {
    /// The child means the parent.
    Synonym,
    /// The parent is wider.
    Metatag,
    /// The parent is the child's fandom.
    Parent,
}

impl TagEdgeKind {
    /// The name in the store and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Synonym => "synonym",
            Self::Metatag => "metatag",
            Self::Parent => "parent",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Synonym, Self::Metatag, Self::Parent].into_iter().find(|kind| kind.as_str() == name)
    }
}

/// An edge of the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TagEdge {
    /// The tag below.
    pub child: TagId,
    /// The tag above.
    pub parent: TagId,
    /// What it says.
    pub kind: TagEdgeKind,
}

/// What is decided about a tag itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagState {
    /// Whether it is canonical.
    pub canonical: bool,
    /// Whether nothing can be made of it.
    pub unwrangleable: bool,
    /// Its name as shown.
    pub name: String,
}

/// Everything that a change does to the graph: applied the other way round, it takes the change back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TagDelta {
    /// Tags that change themselves: before, after.
    pub states: Vec<(TagId, TagState, TagState)>,
    /// Edges that go.
    pub removed: Vec<TagEdge>,
    /// Edges that come.
    pub added: Vec<TagEdge>,
}

/// A change that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagChanged {
    /// Its number, for taking it back.
    pub id: i64,
    /// Works that are found under other tags because of it.
    pub works: u64,
}

/// What a change would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagPreview {
    /// What would change in the graph.
    pub delta: TagDelta,
    /// Every tag that the delta names.
    pub tags: Vec<TagRow>,
    /// Works that would be found under other tags than now.
    pub works: u64,
    /// Canonical tags whose counts change: works now, works then; `None` where counting would take too long.
    pub counts: Vec<(TagId, u64, Option<u64>)>,
}

/// A line of the graph's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagChangeLine {
    /// Its number.
    pub id: i64,
    /// What was done, as [`TagChange::action`] names it, or "undo".
    pub action: String,
    /// The tag.
    pub tag: TagId,
    /// Its name then; for a rename the spelling before.
    pub name: String,
    /// The other tag's name, or the new spelling.
    pub other: Option<String>,
    /// Who.
    pub actor: String,
    /// When, RFC 3339 UTC.
    pub at: String,
    /// The change that this one takes back.
    pub undoes: Option<i64>,
    /// The change that took this one back.
    pub undone_by: Option<i64>,
}

/// What a tag is, for wranglers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagStanding {
    /// Canonical.
    Canonical,
    /// A synonym of a canonical tag.
    Synonym,
    /// Set aside.
    Unwrangleable,
    /// Nobody has decided.
    Unwrangled,
}

impl TagStanding {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Canonical => "canonical",
            Self::Synonym => "synonym",
            Self::Unwrangleable => "unwrangleable",
            Self::Unwrangled => "unwrangled",
        }
    }
}

/// A tag as wranglers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagRow {
    /// The tag.
    pub id: TagId,
    /// Its kind.
    pub kind: TagKind,
    /// Its name.
    pub name: String,
    /// What it is.
    pub standing: TagStanding,
    /// The canonical tag that it means.
    pub means: Option<(TagId, String)>,
    /// Works under it, those of its synonyms with it, each once.
    pub works: u64,
    /// How many works carried it in the archive whose wrangling was loaded.
    pub elsewhere: u64,
}

/// Which tags to list; the most used come first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TagFilter {
    /// Of this kind; without it fandoms, relationships, characters and freeforms.
    pub kind: Option<TagKind>,
    /// That this fandom is the parent of, or that works of this fandom carry (of its newest
    /// [`TagFilter::NEWEST`] works).
    pub fandom: Option<TagId>,
    /// With this standing. Unwrangled tags are only listed while a work carries them.
    pub standing: Option<TagStanding>,
    /// With this in the folded name.
    pub name: Option<String>,
    /// Tags to pass over.
    pub offset: u32,
}

impl TagFilter {
    /// How many works of a fandom are looked at for the tags they carry.
    pub const NEWEST: u32 = 5_000;
}

/// A name from another archive's wrangling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedTag {
    /// Its kind.
    pub kind: TagKind,
    /// Its name.
    pub name: String,
    /// Whether it is canonical there; otherwise it is there to become a synonym.
    pub canonical: bool,
    /// Whether it was set aside there.
    pub unwrangleable: bool,
    /// How many works carry it there.
    pub uses: u64,
}

/// How another archive uses a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedUse {
    /// The tag.
    pub tag: TagId,
    /// Works that carry it there.
    pub works: u64,
    /// The fandoms that most of them are of, with how many; `None` leaves what is known of that.
    pub fandoms: Option<Vec<(TagId, u64)>>,
}

/// What loading did with a batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Decisions that are new here.
    pub new: u64,
    /// Decisions that were here already.
    pub known: u64,
    /// Decisions that this library has made otherwise; its own stand.
    pub kept: u64,
}

impl std::ops::AddAssign for Loaded {
    fn add_assign(&mut self, other: Self) {
        self.new += other.new;
        self.known += other.known;
        self.kept += other.kept;
    }
}

/// Wrangling.
#[async_trait]
pub trait TagStore: Send + Sync {
    /// Makes a change. `Refused` where it breaks a rule, with what would have to come first.
    async fn change_tag(&self, change: TagChange, actor: &str, at: &str) -> Result<TagChanged>;

    /// What a change would do; changes nothing. `Refused` as the change itself.
    async fn preview_tag_change(&self, change: TagChange) -> Result<TagPreview>;

    /// Takes a change back, which is a change itself. `Refused` if what it changed was changed again since.
    async fn undo_tag_change(&self, id: i64, actor: &str, at: &str) -> Result<TagChanged>;

    /// The history of a tag, or of all, the newest first, before this number.
    async fn tag_history(
        &self,
        tag: Option<TagId>,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<TagChangeLine>>;

    /// How many tags wait for their works to be counted anew because of changes.
    async fn tags_to_count(&self) -> Result<u64>;

    /// Counts the next of them; `false` when none waits.
    async fn advance_tags(&self) -> Result<bool>;

    /// Tags for wranglers.
    async fn wrangling_list(&self, filter: TagFilter, limit: u32) -> Result<Vec<TagRow>>;

    /// These tags, by id; unknown ids are left out.
    async fn tag_rows(&self, ids: &[TagId]) -> Result<Vec<TagRow>>;

    /// The tags that go by this name, whatever they are; the order of a relationship's members does not matter.
    async fn tag_rows_named(&self, kind: Option<TagKind>, name: &str) -> Result<Vec<TagRow>>;

    /// Canonical tags and their synonyms of a kind, ascending by id, after this one: the canonical tag's id, the name,
    /// works or uses elsewhere, the fandoms it belongs to.
    async fn known_names(
        &self,
        kind: TagKind,
        after: TagId,
        limit: u32,
    ) -> Result<Vec<(TagId, KnownName)>>;

    /// The synonyms of these tags.
    async fn synonyms_of(&self, tags: &[TagId]) -> Result<Vec<TagId>>;

    /// Names under which the viewer can find works, ascending by id, after this one: tags that works carry, tags that stand
    /// above others, and synonyms of these. To strangers, a synonym that only works carry which they may not see is none.
    async fn names_in_use(
        &self,
        viewer: Viewer,
        after: TagId,
        limit: u32,
    ) -> Result<Vec<NameInUse>>;

    /// Grows with every change to the graph.
    async fn tag_version(&self) -> Result<i64>;

    /// Tags whose canonical form may have changed after a version; `None` when it may be any.
    async fn reformed_tags(&self, after: i64) -> Result<Option<Vec<TagId>>>;

    /// Tags that works carry and whose names in the index may have changed after a version; `None` when it may be any.
    async fn renamed_tags(&self, after: i64) -> Result<Option<Vec<TagId>>>;

    /// Those of these tags that are synonyms, each with its canonical tag.
    async fn canonical_tags(&self, tags: &[TagId]) -> Result<Vec<(TagId, TagId)>>;

    /// Of these canonical tags each with every metatag above it, at any depth.
    async fn metatags(&self, tags: &[TagId]) -> Result<Vec<(TagId, TagId)>>;

    /// Every tag whose works are found under these canonical tags: they themselves, their synonyms, and all below them.
    async fn tags_under(&self, tags: &[TagId]) -> Result<Vec<TagId>>;

    /// The fandoms of the newest works that carry a tag, the most frequent first: where it may belong.
    async fn fandoms_of_tag(&self, tag: TagId, viewer: Viewer) -> Result<Vec<(TagId, u64)>>;

    /// The tag with this name; made without any use if it is not there.
    async fn coin_tag(&self, kind: TagKind, name: &str) -> Result<TagId>;

    /// Takes over names from another archive's wrangling; gives their ids in the same order. Those that are neither
    /// canonical there nor here get nothing but their row.
    async fn load_tags(&self, tags: Vec<LoadedTag>) -> Result<(Vec<TagId>, Loaded)>;

    /// Takes over records of an export, as far as this library has not decided otherwise.
    async fn load_records(&self, tags: Vec<TagRecord>) -> Result<Loaded>;

    /// Takes over edges from another archive's wrangling. Those that break a rule here are not taken.
    async fn load_edges(&self, edges: Vec<TagEdge>) -> Result<Loaded>;

    /// How many works carry these tags in another archive, and which fandoms these works are of; what was known of that
    /// before is replaced.
    async fn load_uses(&self, uses: Vec<LoadedUse>) -> Result<()>;

    /// Notes in the history that wrangling was loaded; what it was and how much.
    async fn note_tag_load(&self, what: &str, loaded: Loaded, actor: &str, at: &str) -> Result<()>;
}

/// A name that leads to a canonical tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownName {
    /// The canonical tag.
    pub canonical: TagId,
    /// The name, its own or a synonym's.
    pub name: String,
    /// Works under the name here, or uses elsewhere if that is more.
    pub uses: u64,
    /// The fandoms of the canonical tag.
    pub fandoms: Vec<TagId>,
}

/// A name under which works are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameInUse {
    /// The tag.
    pub id: TagId,
    /// Its kind.
    pub kind: TagKind,
    /// Its name.
    pub name: String,
    /// Works under it that the viewer may see.
    pub uses: u64,
    /// The canonical tag, if it is another name of one.
    pub means: Option<TagId>,
    /// The fandoms that it, or its canonical tag, belongs to.
    pub fandoms: Vec<TagId>,
}
