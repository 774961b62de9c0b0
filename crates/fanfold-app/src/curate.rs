//! A curator's hand: edit, hold, release, remove, bring back, take back.

use crate::archive::Archive;
use crate::error::AppError;
use crate::{Result, hashing};
use fanfold_model::{Edit, EditField, EditOp, Viewer, Work, WorkId, apply_edits, fold_name};
use fanfold_storage::{ChapterChoice, HistoryLine, Removal, WorkKey};

/// What a removal did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Removed {
    /// Originals that were deleted with it.
    pub blobs_deleted: usize,
}

impl Archive {
    /// Edits one field of a work. For a list field the value is the whole list, parted by commas,
    /// or single changes `+Name` and `-Name`; what differs from the shown list is stored as
    /// additions and removals. An empty value clears.
    ///
    /// # Errors
    /// If there is no such work, or the value does not fit the field.
    pub async fn edit(
        &self,
        id: WorkId,
        field: EditField,
        value: &str,
        actor: &str,
    ) -> Result<Work> {
        let work = self.shown(id).await?;
        let edits = self.edits_for(&work, field, value, actor)?;
        if edits.is_empty() {
            return Ok(work);
        }
        let mut probe = work.clone();
        apply_edits(&mut probe, &edits).map_err(|error| AppError::Refused(error.to_string()))?;
        self.store().add_edits(edits).await?;
        self.follow_if_free().await?;
        self.shown(id).await
    }

    /// Takes back the newest edit of a work and names its field.
    ///
    /// # Errors
    /// If there is no edit to take back.
    pub async fn take_back_edit(&self, id: WorkId, actor: &str) -> Result<String> {
        let field = self.store().take_back_last_edit(id, actor, &self.stamp()).await?;
        self.follow_if_free().await?;
        field.ok_or_else(|| AppError::Missing {
            what: "edit of work",
            name: id.to_string(),
            hint: "`fanfold show ID --json` lists the curated fields",
        })
    }

    /// Holds a work back from everyone but its curators, with a reason.
    ///
    /// # Errors
    /// If there is no such work.
    pub async fn hold(&self, id: WorkId, reason: &str, actor: &str) -> Result<Work> {
        self.edit(id, EditField::Held, reason, actor).await
    }

    /// Releases a held work.
    ///
    /// # Errors
    /// If there is no such work, or it is not held.
    pub async fn release(&self, id: WorkId, reason: &str, actor: &str) -> Result<Work> {
        if self.shown(id).await?.held.is_none() {
            return Err(AppError::Refused(format!("work {id} is not held")));
        }
        let released = self.edit(id, EditField::Held, "", actor).await?;
        let line = HistoryLine {
            actor: actor.to_owned(),
            at: self.stamp(),
            action: "reason".to_owned(),
            subject: Some(EditField::Held.as_str().to_owned()),
            before: None,
            after: Some(reason.to_owned()),
        };
        self.store().note(id, line).await?;
        Ok(released)
    }

    /// Removes a work: hidden (and able to come back), or erased for good.
    ///
    /// # Errors
    /// If there is no such work.
    pub async fn remove(
        &self,
        id: WorkId,
        how: Removal,
        reason: &str,
        actor: &str,
    ) -> Result<Removed> {
        let orphans = self.store().remove(id, how, reason, actor, &self.stamp()).await?;
        let orphans = orphans.ok_or_else(|| missing_work(id))?;
        for hash in &orphans {
            self.blobs().delete(*hash).await?;
        }
        self.follow_if_free().await?;
        Ok(Removed { blobs_deleted: orphans.len() })
    }

    /// Brings a removed (not erased) work back.
    ///
    /// # Errors
    /// If the work is not among the removed ones.
    pub async fn bring_back(&self, id: WorkId, actor: &str) -> Result<()> {
        if !self.store().bring_back(id, actor, &self.stamp()).await? {
            return Err(AppError::Missing {
                what: "removed work",
                name: id.to_string(),
                hint: "`fanfold list --removed` lists them",
            });
        }
        self.follow_if_free().await
    }

    pub(crate) async fn shown(&self, id: WorkId) -> Result<Work> {
        let page = self.store().work(WorkKey::Id(id), Viewer::Owner, ChapterChoice::None).await?;
        page.map(|page| page.work).ok_or_else(|| missing_work(id))
    }

    fn edits_for(
        &self,
        work: &Work,
        field: EditField,
        value: &str,
        actor: &str,
    ) -> Result<Vec<Edit>> {
        let uid = work.uid.ok_or(AppError::Broken("the store gave a work without uid and"))?;
        let at = self.stamp();
        let against = work.field_value(field);
        let changes = if field.is_list() {
            list_changes(against.as_deref().unwrap_or_default(), value)
        } else {
            let value = clean_single(field, value);
            if value == against { Vec::new() } else { vec![(EditOp::Set, value)] }
        };
        let edits = changes.into_iter().enumerate().map(|(place, (op, value))| Edit {
            uid: hashing::edit_uid(uid, &at, value.as_deref().unwrap_or_default(), place as u64),
            work: uid,
            field,
            op,
            value,
            against: against.clone(),
            actor: actor.to_owned(),
            at: at.clone(),
        });
        Ok(edits.collect())
    }
}

pub(crate) fn missing_work(id: WorkId) -> AppError {
    AppError::Missing {
        what: "work",
        name: id.to_string(),
        hint: "`fanfold list` shows what there is",
    }
}

/// HTML fields pass the one sanitiser here too; an empty value clears.
fn clean_single(field: EditField, value: &str) -> Option<String> {
    let value = value.trim();
    let html = matches!(field, EditField::Summary | EditField::Notes | EditField::EndNotes);
    let value = if html {
        fanfold_text::paragraphs::html_paragraphs(value).into_string()
    } else {
        value.to_owned()
    };
    (!value.is_empty()).then_some(value)
}

/// The additions and removals that turn the shown list into the asked one.
fn list_changes(shown: &str, asked: &str) -> Vec<(EditOp, Option<String>)> {
    let entries = |text: &str| -> Vec<String> {
        text.split(',')
            .map(|entry| entry.trim().to_owned())
            .filter(|entry| !entry.is_empty())
            .collect()
    };
    let (shown, asked) = (entries(shown), entries(asked));
    let single = !asked.is_empty() && asked.iter().all(|entry| entry.starts_with(['+', '-']));
    if single {
        let change = |entry: &String| {
            let op = if entry.starts_with('+') { EditOp::Add } else { EditOp::Remove };
            (op, Some(entry[1..].trim().to_owned()))
        };
        return asked.iter().map(change).collect();
    }
    let has =
        |list: &[String], name: &str| list.iter().any(|entry| fold_name(entry) == fold_name(name));
    let removed = shown
        .iter()
        .filter(|name| !has(&asked, name))
        .map(|name| (EditOp::Remove, Some(name.clone())));
    let added = asked
        .iter()
        .filter(|name| !has(&shown, name))
        .map(|name| (EditOp::Add, Some(name.clone())));
    removed.chain(added).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_list_becomes_the_additions_and_removals_that_lead_to_it() {
        let changes = list_changes("Oz, Wonderland", "wonderland, Neverland");
        let text: Vec<_> =
            changes.iter().map(|(op, name)| (op.as_str(), name.as_deref().unwrap())).collect();
        assert_eq!(text, [("remove", "Oz"), ("add", "Neverland")]);
    }

    #[test]
    fn single_changes_leave_the_rest_of_a_list_alone() {
        let changes = list_changes("Oz, Wonderland", "+Neverland, -Oz");
        assert_eq!(changes.len(), 2);
        assert_eq!(changes[0], (EditOp::Add, Some("Neverland".into())));
    }
}
