//! What wants a person, and what a person answered.

use crate::Result;
use async_trait::async_trait;
use fanfold_model::{Identity, ImportId, Suggestion, TagKind, Work, WorkId};

/// A work that has something to ask.
#[derive(Debug, Clone, PartialEq)]
pub struct ToReview {
    /// The shown work without chapters.
    pub work: Work,
    /// The paths that were given to the import that brought it.
    pub roots: Vec<String>,
    /// What the library's own tags suggest for it.
    pub guesses: Vec<Suggestion>,
}

/// A name that works of one fandom carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FandomName {
    /// As most works write it.
    pub name: String,
    /// Whether it is a character or a relationship.
    pub kind: TagKind,
    /// The fandom.
    pub fandom: String,
    /// Works that carry both and no other fandom.
    pub works: u32,
}

/// Where a work came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkOrigin {
    /// The work.
    pub work: WorkId,
    /// The site, empty if unknown.
    pub site: String,
    /// The paths that were given to the import that brought it.
    pub roots: Vec<String>,
}

/// What a person answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The kind of question ("label", "rating" …).
    pub kind: String,
    /// Whose works it is about: a site, or the name of the folder that was given.
    pub origin: String,
    /// What was asked about: a label, a wording, a work's uid.
    pub subject: String,
    /// The answer.
    pub choice: String,
    /// It settles the works up to this number; without it, it is a rule for all, also those that are still to come.
    pub through: Option<WorkId>,
    /// Who answered.
    pub actor: String,
    /// When, RFC 3339 UTC.
    pub at: String,
}

/// The queue of things that want a person.
#[async_trait]
pub trait ReviewStore: Send + Sync {
    /// Works that have something to ask, ascending, after this one; removed works are left out.
    async fn works_to_review(&self, after: WorkId, limit: u32) -> Result<Vec<ToReview>>;

    /// Works that name no fandom, the newest first, at most so many; removed works are left out.
    async fn works_without_fandom(&self, limit: u32) -> Result<Vec<WorkId>>;

    /// Whether this import brought a work that names no fandom.
    async fn brought_without_fandom(&self, import: ImportId) -> Result<bool>;

    /// Characters and relationships of works that name one fandom, with that fandom.
    async fn names_of_fandoms(&self) -> Result<Vec<FandomName>>;

    /// Works that carry this relationship and this fandom, the newest first, at most so many; names as in
    /// [`FandomName`], removed works are left out.
    async fn works_with_relationship(
        &self,
        relationship: &str,
        fandom: &str,
        limit: u32,
    ) -> Result<Vec<WorkId>>;

    /// Keeps what is suggested for these works; what was suggested for them before is forgotten.
    async fn put_guesses(
        &self,
        works: Vec<WorkId>,
        guesses: Vec<(WorkId, Suggestion)>,
    ) -> Result<()>;

    /// All answers, by kind, origin and subject.
    async fn answers(&self) -> Result<Vec<Answer>>;

    /// Keeps an answer; an earlier one to the same question is replaced. The history tells both.
    async fn put_answer(&self, answer: Answer) -> Result<()>;

    /// Takes an answer back; `false` if there is none. `subject` as in the answer.
    async fn take_back_answer(
        &self,
        kind: &str,
        origin: &str,
        subject: &str,
        actor: &str,
        at: &str,
    ) -> Result<bool>;

    /// The identities of a work.
    async fn identities_of(&self, work: WorkId) -> Result<Vec<Identity>>;

    /// The paths that were given to the import that brought a work; empty if there is no such work.
    async fn roots_of(&self, work: WorkId) -> Result<Vec<String>>;

    /// Where works came from, ascending, after this one; removed works are left out.
    async fn origins_after(&self, after: WorkId, limit: u32) -> Result<Vec<WorkOrigin>>;

    /// The work that this removed work was merged into.
    async fn merged_into(&self, work: WorkId) -> Result<Option<WorkId>>;

    /// Shows another version of a work; `false` if there is no such version with a text.
    async fn show_version(&self, work: WorkId, number: u32, actor: &str, at: &str) -> Result<bool>;
}
