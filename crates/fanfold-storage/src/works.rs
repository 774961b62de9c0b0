//! Reading works, and the pages around them. One call is one page on one connection.

use crate::Result;
use async_trait::async_trait;
use fanfold_model::{
    CreatorId, Edit, ImportId, PartLink, SeriesId, TagId, TagKind, Uid, Viewer, Work, WorkId,
};

/// How a work is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkKey {
    /// By its number.
    Id(WorkId),
    /// By its uid.
    Uid(Uid),
}

/// Which chapter texts to load with a work; the list of chapters is always whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChapterChoice {
    /// None: cards, headers, tables of contents.
    None,
    /// The chapter at this position.
    One(u32),
    /// All of them.
    All,
}

/// A creator as a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatorRef {
    /// The creator.
    pub id: CreatorId,
    /// The name as written on the work.
    pub name: String,
}

/// A neighbour in a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesNeighbour {
    /// The work.
    pub id: WorkId,
    /// Its title.
    pub title: String,
}

/// How a series came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SeriesOrigin {
    /// A source or a person says so.
    #[default]
    Stated,
    /// Found: the works' own links ("sequel to", "continued in") chain them.
    Links,
}

/// A work's place in a series, with its neighbours as the viewer may see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesPlace {
    /// The series.
    pub id: SeriesId,
    /// Its title.
    pub title: String,
    /// The place, if stated.
    pub part: Option<u32>,
    /// Whether it was stated or found.
    pub origin: SeriesOrigin,
    /// The work before.
    pub previous: Option<SeriesNeighbour>,
    /// The work after.
    pub next: Option<SeriesNeighbour>,
}

/// A work as its page needs it: edits applied, chapters as chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkPage {
    /// The shown work. `html` is empty for chapters that were not chosen.
    pub work: Work,
    /// Its creators with their ids, in the order of `work.creators`.
    pub creators: Vec<CreatorRef>,
    /// Its series.
    pub series: Vec<SeriesPlace>,
    /// Links to other parts, with the work they lead to if it is here.
    pub links: Vec<(PartLink, Option<WorkId>)>,
    /// When it was first imported, RFC 3339 UTC.
    pub imported: String,
    /// Number of its last change; part of its `ETag`.
    pub changed: i64,
}

/// A work in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The work without chapters, sources, evidence, originals, suggestions and versions.
    pub work: Work,
    /// Its creators.
    pub creators: Vec<CreatorRef>,
    /// Chapters it has.
    pub chapters: u32,
    /// When it was first imported, RFC 3339 UTC.
    pub imported: String,
}

/// A selection that SQL answers without the index. Newest import first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListFilter {
    /// Everything.
    All,
    /// With a tag (its own, or a synonym of it).
    Tag(TagId),
    /// Brought by an import.
    Import(ImportId),
    /// Held.
    Held,
    /// With findings of level review or damage.
    NeedsPerson,
    /// Removed, not erased (the owner only).
    Removed,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListPage {
    /// The works.
    pub cards: Vec<Card>,
    /// Pass this id as `after` for the next page; `None` at the end.
    pub next: Option<WorkId>,
}

/// A tag as a link with its use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagRef {
    /// The tag.
    pub id: TagId,
    /// Its kind.
    pub kind: TagKind,
    /// Its name as first written (canonical tags: the canonical name).
    pub name: String,
    /// Works that carry it and that the viewer may see.
    pub works: u64,
}

/// A tag and its neighbours in the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagPage {
    /// The tag.
    pub tag: TagRef,
    /// Whether it is canonical.
    pub canonical: bool,
    /// The canonical tag it is a synonym of.
    pub synonym_of: Option<TagRef>,
    /// Its synonyms.
    pub synonyms: Vec<TagRef>,
    /// Its metatags, nearest first.
    pub metatags: Vec<TagRef>,
    /// Its subtags.
    pub subtags: Vec<TagRef>,
    /// Parents (the fandom of a character …).
    pub parents: Vec<TagRef>,
    /// Written forms in use.
    pub written: Vec<String>,
}

/// A creator's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatorPage {
    /// The creator.
    pub id: CreatorId,
    /// The name.
    pub name: String,
    /// The site the name belongs to, if known.
    pub site: Option<String>,
    /// Works the viewer may see.
    pub works: u64,
    /// Fandoms of those works, most used first.
    pub fandoms: Vec<TagRef>,
}

/// A series' page.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesPage {
    /// The series.
    pub id: SeriesId,
    /// Its uid.
    pub uid: Uid,
    /// Its title.
    pub title: String,
    /// Whether it was stated or found.
    pub origin: SeriesOrigin,
    /// Works in order, with their part: as stated, or as the links order those that the viewer may see.
    pub works: Vec<(Option<u32>, Card)>,
}

/// Where a work comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct SourcesPage {
    /// The shown work without chapter texts.
    pub work: Work,
    /// The normalised layer (no edits), as a work without chapter texts.
    pub normalised: Work,
    /// The extracted layer as JSON text.
    pub extracted: String,
    /// Version of the rules that read it.
    pub rules: String,
    /// The edits, oldest first.
    pub edits: Vec<Edit>,
}

/// Reading works.
#[async_trait]
pub trait WorkStore: Send + Sync {
    /// A work as the viewer may see it.
    async fn work(
        &self,
        key: WorkKey,
        viewer: Viewer,
        chapters: ChapterChoice,
    ) -> Result<Option<WorkPage>>;

    /// Cards for these works, in this order; works the viewer may not see are left out.
    async fn cards(&self, ids: &[WorkId], viewer: Viewer) -> Result<Vec<Card>>;

    /// A page of a list, newest import first (highest id first), keyset paging by id.
    async fn list(
        &self,
        filter: ListFilter,
        viewer: Viewer,
        after: Option<WorkId>,
        limit: u32,
    ) -> Result<ListPage>;

    /// Where a work comes from.
    async fn sources_page(&self, id: WorkId, viewer: Viewer) -> Result<Option<SourcesPage>>;

    /// An earlier or hidden version of a work's text, with all chapters.
    async fn version(&self, id: WorkId, viewer: Viewer, number: u32) -> Result<Option<Work>>;

    /// A creator.
    async fn creator(&self, id: CreatorId, viewer: Viewer) -> Result<Option<CreatorPage>>;

    /// Creators with this folded name.
    async fn creators_named(&self, folded: &str, viewer: Viewer) -> Result<Vec<CreatorPage>>;

    /// Names of creators of whose works the viewer may see any, ascending by id, after this one.
    async fn creator_names(
        &self,
        viewer: Viewer,
        after: CreatorId,
        limit: u32,
    ) -> Result<Vec<(CreatorId, String)>>;

    /// The works of a creator that the viewer may see, by id.
    async fn works_of_creator(&self, id: CreatorId, viewer: Viewer) -> Result<Vec<WorkId>>;

    /// The tags that works carry, each as its canonical form and once for a work, by work and tag.
    async fn tags_of_works(&self, works: &[WorkId]) -> Result<Vec<(WorkId, TagId)>>;

    /// A series with its works.
    async fn series(&self, id: SeriesId, viewer: Viewer) -> Result<Option<SeriesPage>>;

    /// Tags of a kind with their use, by name; `fandoms` uses this.
    async fn tags(
        &self,
        kind: TagKind,
        viewer: Viewer,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<TagRef>>;

    /// Tags that go by this name, of any kind; case, width, white space and the order of a relationship's members do not
    /// matter ([`fold_tag`](fanfold_model::fold_tag)).
    async fn tags_named(&self, name: &str, viewer: Viewer) -> Result<Vec<TagRef>>;

    /// The ids under which a tag of this kind (or of any) that goes by this name is found: the
    /// canonical tag's for a synonym, its own otherwise. Empty if there is no such tag.
    async fn tag_ids(&self, kind: Option<TagKind>, name: &str) -> Result<Vec<TagId>>;

    /// These tags' names; `works` counts what the owner sees. Unknown ids are left out.
    async fn tag_refs(&self, ids: &[TagId]) -> Result<Vec<TagRef>>;

    /// A tag's page.
    async fn tag(&self, id: TagId, viewer: Viewer) -> Result<Option<TagPage>>;

    /// The work that an old address leads to (`viewstory.php?sid=12`, a canonical address).
    async fn work_at(&self, address: &str, viewer: Viewer) -> Result<Option<WorkId>>;
}
