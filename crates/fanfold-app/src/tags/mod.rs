//! Wrangling: tags are found by name, looked at, changed with a way back, and loaded from elsewhere.
//!
//! What creators wrote on their works stays as it is, and so does the index: what tags mean is asked with each question.
//! A change answers at once; counting the works of a large tag anew is left to whoever follows the change log
//! ([`crate::follow`]).

mod load;
mod suggest;

pub use load::{LoadProgress, TagLoad};
pub use suggest::{Suggesters, TagSuggestion};

/// What wranglers need of the store's types.
pub use fanfold_storage::{
    TagChange, TagChangeLine, TagChanged, TagDelta, TagEdge, TagEdgeKind, TagFilter, TagPreview,
    TagRow, TagStanding,
};

use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use fanfold_model::{TagId, TagKind, Viewer};
use fanfold_storage::{StorageError, TagPage};

/// Names offered for one that is not there.
const NEAR: u32 = 5;

/// A tag with all that is known of it.
#[derive(Debug, Clone)]
pub struct TagView {
    /// What it is.
    pub row: TagRow,
    /// Its neighbours.
    pub page: TagPage,
    /// Fandoms of the works that carry it, with how many of its newest works.
    pub fandoms: Vec<(TagRow, u64)>,
    /// What was decided about it, the newest first.
    pub history: Vec<TagChangeLine>,
}

impl Archive {
    /// The tag with this name; case, width and white space do not matter. Without a kind, it must be the only one.
    ///
    /// # Errors
    /// If there is none, with names that come near; if there are several, with their kinds.
    pub async fn find_tag(&self, kind: Option<TagKind>, name: &str) -> Result<TagRow> {
        let mut found = self.store().tag_rows_named(kind, name).await?;
        if found.len() > 1 {
            let kinds: Vec<String> =
                found.iter().map(|row| format!("{} ({})", row.kind, works(row.works))).collect();
            return Err(AppError::Refused(format!(
                "“{name}” is the name of several tags: {}; name the kind instead of `any`",
                kinds.join(", ")
            )));
        }
        match found.pop() {
            Some(row) => Ok(row),
            None => Err(self.no_such_tag(kind, name).await?),
        }
    }

    async fn no_such_tag(&self, kind: Option<TagKind>, name: &str) -> Result<AppError> {
        let what = kind.map_or("tag", TagKind::as_str);
        let mut near = Vec::new();
        for word in name.split_whitespace().filter(|word| word.chars().count() > 2) {
            let filter = TagFilter { kind, name: Some(word.to_owned()), ..TagFilter::default() };
            near.extend(self.store().wrangling_list(filter, NEAR).await?);
        }
        near.sort_by_key(|row| std::cmp::Reverse(row.works));
        near.dedup_by_key(|row| row.id);
        near.truncate(NEAR as usize);
        let names: Vec<String> = near.iter().map(|row| format!("“{}”", row.name)).collect();
        let hint = if names.is_empty() {
            "`fanfold tag list` shows what there is".to_owned()
        } else {
            format!("near it: {}", names.join(", "))
        };
        Ok(AppError::Refused(format!("there is no {what} “{name}” in this library; {hint}")))
    }

    /// The tag with this name, made without any use if it is not there: a canonical tag may come before its works.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn find_or_coin_tag(&self, kind: TagKind, name: &str) -> Result<TagRow> {
        let id = self.store().coin_tag(kind, name).await?;
        self.tag_row(id).await
    }

    /// A tag by its number.
    ///
    /// # Errors
    /// If there is none.
    pub async fn tag_row(&self, id: TagId) -> Result<TagRow> {
        let row = self.store().tag_rows(&[id]).await?.pop();
        row.ok_or_else(|| AppError::Missing {
            what: "tag",
            name: id.to_string(),
            hint: "`fanfold tag list` shows what there is",
        })
    }

    /// Tags for wranglers, the most used first.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn wrangling_list(&self, filter: TagFilter, limit: u32) -> Result<Vec<TagRow>> {
        Ok(self.store().wrangling_list(filter, limit).await?)
    }

    /// A tag with all that is known of it.
    ///
    /// # Errors
    /// If there is no such tag.
    pub async fn tag_view(&self, row: TagRow) -> Result<TagView> {
        let page = self.store().tag(row.id, Viewer::Owner).await?;
        // A name that nothing was decided about and no work carries has no page, and neighbours neither.
        let page = page.unwrap_or_else(|| bare_page(&row));
        let beside = self.store().fandoms_of_tag(row.id, Viewer::Owner).await?;
        let ids: Vec<TagId> = beside.iter().map(|(id, _)| *id).collect();
        let rows = self.store().tag_rows(&ids).await?;
        let fandoms = beside.into_iter().filter_map(|(id, works)| {
            let fandom = rows.iter().find(|row| row.id == id)?.clone();
            (id != row.id).then_some((fandom, works))
        });
        let fandoms = fandoms.collect();
        let history = self.tag_history(Some(row.id), 50).await?;
        Ok(TagView { row, page, fandoms, history })
    }

    /// What was decided about a tag, or about all, the newest first.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn tag_history(&self, tag: Option<TagId>, limit: u32) -> Result<Vec<TagChangeLine>> {
        Ok(self.store().tag_history(tag, None, limit).await?)
    }

    /// What a change would do.
    ///
    /// # Errors
    /// If the change breaks a rule.
    pub async fn preview_tag_change(&self, change: TagChange) -> Result<TagPreview> {
        Ok(self.store().preview_tag_change(change).await?)
    }

    /// Makes a change; it is in force with the next question.
    ///
    /// # Errors
    /// If the change breaks a rule.
    pub async fn change_tag(&self, change: TagChange, actor: &str) -> Result<TagChanged> {
        let changed = self.store().change_tag(change, actor, &self.stamp()).await?;
        self.follow_if_free().await?;
        Ok(changed)
    }

    /// Makes several changes, one after the other; gives how many were made, and why the others were not.
    ///
    /// # Errors
    /// If the store or the index fails.
    pub async fn decide_tags(
        &self,
        changes: Vec<TagChange>,
        actor: &str,
    ) -> Result<(usize, Vec<String>)> {
        let (mut made, mut refused) = (0, Vec::new());
        for change in changes {
            match self.store().change_tag(change, actor, &self.stamp()).await {
                Ok(_) => made += 1,
                Err(StorageError::Refused(why)) => refused.push(why),
                Err(error) => return Err(error.into()),
            }
        }
        self.follow_if_free().await?;
        Ok((made, refused))
    }

    /// Takes a change back: this one, or the newest that is in force.
    ///
    /// # Errors
    /// If there is none, or what it changed was changed again since.
    pub async fn undo_tag_change(&self, id: Option<i64>, actor: &str) -> Result<(i64, TagChanged)> {
        let id = match id {
            Some(id) => id,
            None => self.newest_tag_change().await?,
        };
        let changed = self.store().undo_tag_change(id, actor, &self.stamp()).await?;
        self.follow_if_free().await?;
        Ok((id, changed))
    }

    async fn newest_tag_change(&self) -> Result<i64> {
        let mut before = None;
        loop {
            let lines = self.store().tag_history(None, before, 100).await?;
            let in_force = |line: &&TagChangeLine| {
                line.undone_by.is_none() && line.undoes.is_none() && line.action != "load"
            };
            match (lines.iter().find(in_force), lines.last()) {
                (Some(line), _) => return Ok(line.id),
                (None, Some(last)) => before = Some(last.id),
                (None, None) => {
                    return Err(AppError::Missing {
                        what: "change of a tag",
                        name: "that could be taken back".to_owned(),
                        hint: "`fanfold tag history` lists what was done",
                    });
                }
            }
        }
    }

    /// Counts what lies under changed tags, and lets the index learn their names. Stopping in between loses nothing: whoever
    /// follows next goes on. `progress` is told how many tags are to be counted.
    ///
    /// # Errors
    /// If the store or the index fails.
    pub async fn settle_tags(&self, mut progress: impl FnMut(u64)) -> Result<()> {
        loop {
            progress(self.store().tags_to_count().await?);
            if !self.follow_a_piece().await? {
                break;
            }
        }
        self.catch_up().await
    }
}

/// "1 work", "2 works".
fn works(count: u64) -> String {
    if count == 1 { "1 work".to_owned() } else { format!("{count} works") }
}

fn bare_page(row: &TagRow) -> TagPage {
    let tag = fanfold_storage::TagRef {
        id: row.id,
        kind: row.kind,
        name: row.name.clone(),
        works: row.works,
    };
    TagPage {
        tag,
        canonical: row.standing == TagStanding::Canonical,
        synonym_of: None,
        synonyms: Vec::new(),
        metatags: Vec::new(),
        subtags: Vec::new(),
        parents: Vec::new(),
        written: Vec::new(),
    }
}
