//! Names that somebody may be typing, with how many works they find for this reader.

use super::Names;
use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use crate::search::{NumberedTags, creators_name};
use crate::shelf::Standing;
use fanfold_model::query::Node;
use fanfold_model::{TagId, TagKind, Viewer};
use fanfold_tags::{Completion, Typed};

/// Most answers.
const MOST: usize = 25;
/// Names that are looked at for each answer that is wanted, since some of them find nothing for this reader, and since
/// those of the chosen fandoms come first.
const LOOKED_AT: usize = 4;
/// Longest text that is looked at, in characters.
const LONGEST: usize = 200;

/// What kind of name is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// A tag of any kind.
    AnyTag,
    /// A tag of this kind.
    Tag(TagKind),
    /// A creator.
    Creator,
}

impl NameKind {
    /// The kind in JSON: `tag`, `creator`, or the name of a tag's kind.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AnyTag => "tag",
            Self::Tag(kind) => kind.as_str(),
            Self::Creator => "creator",
        }
    }
}

/// What is being typed, and by whom.
#[derive(Debug, Clone)]
pub struct CompletionRequest {
    /// The text so far.
    pub text: String,
    /// What it is the beginning of.
    pub kind: NameKind,
    /// Names of fandoms that are chosen already: what stands on their works comes first.
    pub fandoms: Vec<String>,
    /// Most answers; never more than 25.
    pub limit: usize,
    /// On whose behalf.
    pub viewer: Viewer,
    /// Whose mutes and usual filter are obeyed.
    pub standing: Option<Standing>,
}

/// A name that may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completed {
    /// The kind of tag; `None` for a creator.
    pub kind: Option<TagKind>,
    /// The name to ask for.
    pub name: String,
    /// How many works it finds for this reader; never 0.
    pub works: u64,
    /// How many of them are of the chosen fandoms, if any is chosen.
    pub here: Option<u64>,
    /// The other name under which it was found, which means it.
    pub also: Option<String>,
    /// Whether a slip was forgiven.
    pub slipped: bool,
}

impl Archive {
    /// Names that may be meant, the likeliest first. Only names that find works for this reader are among them.
    ///
    /// # Errors
    /// If the store or the index fails.
    pub async fn complete(&self, request: &CompletionRequest) -> Result<Vec<Completed>> {
        let Some(names) = self.names_soon(request.viewer).await? else { return Ok(Vec::new()) };
        let mut chosen = Vec::new();
        for name in &request.fandoms {
            chosen.extend(self.store().tag_ids(Some(TagKind::Fandom), name).await?);
        }
        let asked = request.clone();
        let fandoms: Vec<u64> = chosen.iter().map(|id| id.number()).collect();
        let look = move || candidates(&names, &asked, &fandoms);
        let found = tokio::task::spawn_blocking(look).await;
        let found = found.map_err(|_| AppError::Broken("looking names up"))?;
        let mut completed = self.counted(found, request, &chosen).await?;
        completed.retain(|own| own.works > 0);
        // What is on works of the chosen fandoms comes first; among them the order stays.
        completed.sort_by_key(|own| own.here == Some(0));
        completed.truncate(request.limit.min(MOST));
        Ok(completed)
    }

    async fn counted(
        &self,
        found: Vec<Completion>,
        request: &CompletionRequest,
        chosen: &[TagId],
    ) -> Result<Vec<Completed>> {
        let is_creator = request.kind == NameKind::Creator;
        let (nodes, tags) = conditions(&found, is_creator, chosen);
        let totals = self.totals(nodes, tags, request.viewer, request.standing.as_ref()).await?;
        let (works, here) = totals.split_at(found.len().min(totals.len()));
        let completed = found.into_iter().enumerate().map(|(at, own)| Completed {
            kind: (!is_creator).then_some(own.kind),
            name: own.name,
            works: works.get(at).copied().unwrap_or_default(),
            here: here.get(at).copied(),
            also: own.also,
            slipped: own.slipped,
        });
        Ok(completed.collect())
    }
}

/// What finds each name, and then what finds each in the chosen fandoms, if any is chosen.
fn conditions(
    found: &[Completion],
    is_creator: bool,
    chosen: &[TagId],
) -> (Vec<Node>, NumberedTags) {
    let mut tags = NumberedTags::default();
    let mut node = |own: &Completion| match is_creator {
        true => creators_name(&own.name),
        false => tags.node(TagId::of_number(own.id)),
    };
    let mut nodes: Vec<Node> = found.iter().map(&mut node).collect();
    if !chosen.is_empty() {
        let one_of: Vec<Node> = chosen.iter().map(|fandom| tags.node(*fandom)).collect();
        let here = |own: &Node| Node::And(vec![own.clone(), Node::Or(one_of.clone())]);
        let within: Vec<Node> = nodes.iter().map(here).collect();
        nodes.extend(within);
    }
    (nodes, tags)
}

fn candidates(names: &Names, asked: &CompletionRequest, fandoms: &[u64]) -> Vec<Completion> {
    let text: String = asked.text.chars().take(LONGEST).collect();
    let limit = asked.limit.min(MOST) * LOOKED_AT;
    let typed = |kind| Typed { text: &text, kind, fandoms, limit };
    match asked.kind {
        NameKind::AnyTag => names.tags.complete(&typed(None)),
        NameKind::Tag(kind) => names.tags.complete(&typed(Some(kind))),
        NameKind::Creator => names.creators.complete(&typed(None)),
    }
}
