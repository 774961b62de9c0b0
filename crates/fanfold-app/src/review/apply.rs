//! What an answer does. Rules change how works are read, so these are read again; the rest are edits, decisions about
//! pairs and versions, or only the knowledge that somebody has looked.

use super::question::{Question, QuestionKind};
use super::wording::{ACCEPT, KEEP, MERGE, RELEASE, SHOW};
use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use fanfold_model::{EditField, WorkId};
use fanfold_storage::{Answer, PairState};

/// What an answer did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answered {
    /// Works that are different now.
    pub changed: u64,
    /// Works that could not be changed, each with why.
    pub skipped: Vec<(WorkId, String)>,
}

impl Archive {
    pub(super) async fn apply(
        &self,
        question: &Question,
        choice: &str,
        actor: &str,
    ) -> Result<Answered> {
        match question.kind {
            QuestionKind::Label
            | QuestionKind::Rating
            | QuestionKind::Warning
            | QuestionKind::Dates => self.make_rule(question, choice, actor).await,
            QuestionKind::Held => self.settle_hold(question, choice, actor).await,
            QuestionKind::Suggestion => self.settle_guess(question, choice, actor).await,
            QuestionKind::Title => self.settle_title(question, choice, actor).await,
            QuestionKind::Version => self.settle_version(question, choice, actor).await,
            QuestionKind::Pair => self.settle_alike(question, choice, actor).await,
            QuestionKind::Look => self.settle_by_edits(question, None, choice, actor).await,
        }
    }

    /// Keeps the answer; `through` the last of the works that asked, unless it is a rule.
    async fn keep(&self, question: &Question, choice: &str, rule: bool, actor: &str) -> Result<()> {
        let answer = Answer {
            kind: question.kind.as_str().to_owned(),
            origin: question.origin.clone(),
            subject: question.subject.clone(),
            choice: choice.to_owned(),
            through: question.works.last().copied().filter(|_| !rule),
            actor: actor.to_owned(),
            at: self.stamp(),
        };
        Ok(self.store().put_answer(answer).await?)
    }

    async fn make_rule(&self, question: &Question, choice: &str, actor: &str) -> Result<Answered> {
        self.keep(question, choice, true, actor).await?;
        self.read_with_answers(question, choice, actor).await
    }

    /// Reads the works again under the answers as they are now. A work whose original is not here gets its rating as
    /// an edit; other fields of it are left to the curator.
    pub(super) async fn read_with_answers(
        &self,
        question: &Question,
        choice: &str,
        actor: &str,
    ) -> Result<Answered> {
        let done = self.reprocess(&question.works, actor).await?;
        let mut answered = Answered { changed: done.changed, skipped: Vec::new() };
        for (work, why) in done.skipped {
            if question.kind == QuestionKind::Rating && choice != KEEP {
                self.edit(work, EditField::Rating, choice, actor).await?;
                answered.changed += 1;
            } else {
                answered.skipped.push((work, why));
            }
        }
        Ok(answered)
    }

    async fn settle_hold(
        &self,
        question: &Question,
        choice: &str,
        actor: &str,
    ) -> Result<Answered> {
        // What speaks of underage content is looked at work by work, always.
        let rule = choice == RELEASE && question.subject != "underage";
        let mut answered = Answered::default();
        if choice == RELEASE {
            for work in &question.works {
                self.release(*work, "answered in review", actor).await?;
                answered.changed += 1;
            }
        }
        self.keep(question, choice, rule, actor).await?;
        Ok(answered)
    }

    async fn settle_guess(
        &self,
        question: &Question,
        choice: &str,
        actor: &str,
    ) -> Result<Answered> {
        let (field, value) = question.subject.split_once('=').unwrap_or_default();
        let field = EditField::from_name(field).ok_or_else(|| no_such_choice(question, choice))?;
        let value = if choice == ACCEPT { value } else { choice };
        let added = if field.is_list() { format!("+{value}") } else { value.to_owned() };
        let edit = (choice != KEEP).then_some((field, added.as_str()));
        self.settle_by_edits(question, edit, choice, actor).await
    }

    async fn settle_title(
        &self,
        question: &Question,
        choice: &str,
        actor: &str,
    ) -> Result<Answered> {
        let edit = (choice != KEEP).then_some((EditField::Title, choice));
        self.settle_by_edits(question, edit, choice, actor).await
    }

    /// Makes the same edit in all works of a question, if there is one, and keeps the answer.
    async fn settle_by_edits(
        &self,
        question: &Question,
        edit: Option<(EditField, &str)>,
        choice: &str,
        actor: &str,
    ) -> Result<Answered> {
        let mut answered = Answered::default();
        if let Some((field, value)) = edit {
            for work in &question.works {
                self.edit(*work, field, value, actor).await?;
                answered.changed += 1;
            }
        }
        self.keep(question, choice, false, actor).await?;
        Ok(answered)
    }

    async fn settle_version(
        &self,
        question: &Question,
        choice: &str,
        actor: &str,
    ) -> Result<Answered> {
        let mut answered = Answered::default();
        if choice == SHOW {
            for work in &question.works {
                let shown = self.shown(*work).await?;
                let newest = shown.versions.iter().map(|version| version.number).max();
                let number = newest.unwrap_or(1);
                if self.store().show_version(*work, number, actor, &self.stamp()).await? {
                    answered.changed += 1;
                } else {
                    answered.skipped.push((*work, format!("version {number} has no text here")));
                }
            }
            self.follow_if_free().await?;
            self.screen().await?;
        } else {
            self.keep(question, choice, false, actor).await?;
        }
        Ok(answered)
    }

    async fn settle_alike(
        &self,
        question: &Question,
        choice: &str,
        actor: &str,
    ) -> Result<Answered> {
        let [a, b] = question.works[..] else { return Err(no_such_choice(question, choice)) };
        if choice == MERGE {
            self.merge(a, b, actor).await?;
            return Ok(Answered { changed: 2, skipped: Vec::new() });
        }
        self.store().settle_pair((a, b), PairState::Apart, actor, &self.stamp()).await?;
        Ok(Answered::default())
    }
}

/// The error for an answer that the question does not know.
pub(super) fn no_such_choice(question: &Question, choice: &str) -> AppError {
    let known: Vec<&str> = question.choices.iter().map(|choice| choice.name.as_str()).collect();
    AppError::Refused(format!(
        "`{choice}` is no answer to question {}; use one of: {}",
        question.id,
        known.join(", ")
    ))
}
