//! Review: one queue of things that want a person, and what becomes of the answers.
//!
//! Works that ask the same of the same source make one question, so that one answer serves them all. An answer about
//! how a source writes (a label, a rating, the order of its dates) is a rule: it is kept, the works are read again
//! under it, and so is everything that still comes from there. Other answers settle the works that asked.

mod apply;
mod count;
mod gather;
mod guess;
mod merge;
mod question;
mod rules;
mod wording;

pub use apply::Answered;
pub(crate) use count::QuestionCount;
pub use question::{Choice, Question, QuestionEvidence, QuestionKind};
pub(crate) use rules::{RuleBook, given_name, origin_of};
pub use wording::MERGE;

use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use apply::no_such_choice;
use fanfold_model::{Viewer, WorkId};
use fanfold_storage::{Answer, PairState, StoredPair};
use gather::Gathering;
use std::time::Instant;

/// Works looked through at once.
const PAGE: u32 = 256;

impl Archive {
    /// Everything that waits for a person.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn questions(&self) -> Result<Vec<Question>> {
        self.questions_with_rests(0).await
    }

    /// The same for somebody who does not wait: after each page it rests for so many times as long as the page took.
    async fn questions_with_rests(&self, rests: u32) -> Result<Vec<Question>> {
        let mut gathering = Gathering::new(self.store().answers().await?);
        let mut after = WorkId(0);
        loop {
            let begun = Instant::now();
            let page = self.store().works_to_review(after, PAGE).await?;
            let Some(last) = page.last().and_then(|asking| asking.work.id) else { break };
            after = last;
            page.iter().for_each(|asking| gathering.add(asking));
            if rests > 0 {
                tokio::time::sleep(begun.elapsed() * rests).await;
            }
        }
        let mut questions = gathering.questions();
        let at = questions.partition_point(|question| question.kind < QuestionKind::Pair);
        let pairs = self.questions_of_pairs().await?;
        questions.splice(at..at, pairs);
        Ok(questions)
    }

    async fn questions_of_pairs(&self) -> Result<Vec<Question>> {
        let mut questions = Vec::new();
        let mut after = (WorkId(0), WorkId(0));
        loop {
            let page = self.store().pairs_after(after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(questions) };
            after = (last.a, last.b);
            for pair in page.into_iter().filter(|pair| pair.state == PairState::Open) {
                questions.push(self.question_of_pair(pair).await?);
            }
        }
    }

    async fn question_of_pair(&self, pair: StoredPair) -> Result<Question> {
        let cards = self.store().cards(&[pair.a, pair.b], Viewer::Owner).await?;
        let share = |part: u32| format!("{} % of it stands in the other", part.div_ceil(100));
        let evidence = |id: WorkId, part: u32| {
            let card = cards.iter().find(|card| card.work.id == Some(id));
            let (title, words) =
                card.map(|card| (card.work.title.clone(), card.work.words)).unwrap_or_default();
            QuestionEvidence {
                work: id,
                title,
                path: String::new(),
                says: format!("{words} words; {}", share(part)),
            }
        };
        let (asks, choices) = wording::pair(&pair.verdict);
        let subject = format!("{}+{}", pair.a, pair.b);
        Ok(Question {
            id: question::id_of(QuestionKind::Pair, "", &subject),
            kind: QuestionKind::Pair,
            origin: String::new(),
            subject,
            asks,
            works: vec![pair.a, pair.b],
            evidence: vec![evidence(pair.a, pair.in_a), evidence(pair.b, pair.in_b)],
            choices,
        })
    }

    /// Answers a question. `choice` is one of its choices; a title or a suggestion may be answered in own words.
    ///
    /// # Errors
    /// If it has no such answer, or the store fails.
    pub async fn answer(&self, question: &Question, choice: &str, actor: &str) -> Result<Answered> {
        let open = matches!(question.kind, QuestionKind::Title | QuestionKind::Suggestion);
        if choice.trim().is_empty()
            || !(open || question.choices.iter().any(|known| known.name == choice))
        {
            return Err(no_such_choice(question, choice));
        }
        self.apply(question, choice, actor).await
    }

    /// One question that waits.
    ///
    /// # Errors
    /// If there is none of this name.
    pub async fn question(&self, id: &str) -> Result<Question> {
        let found = self.questions().await?.into_iter().find(|question| question.id == id);
        found.ok_or_else(|| AppError::Missing {
            what: "open question",
            name: id.to_owned(),
            hint: "`fanfold review list` shows what waits",
        })
    }

    /// The answers in force, each with the name of its question.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn answers(&self) -> Result<Vec<(String, Answer)>> {
        let named = |answer: Answer| {
            let kind = QuestionKind::from_name(&answer.kind)?;
            Some((question::id_of(kind, &answer.origin, &answer.subject), answer))
        };
        Ok(self.store().answers().await?.into_iter().filter_map(named).collect())
    }

    /// Takes an answer back: the question is asked again, and works that were read under it are read anew. Edits that
    /// an answer made stay; each can be taken back by itself.
    ///
    /// # Errors
    /// If there is no such answer.
    pub async fn take_back_answer(&self, id: &str, actor: &str) -> Result<Answered> {
        let found = self.answers().await?.into_iter().find(|(name, _)| name == id);
        let Some((_, answer)) = found else {
            return Err(AppError::Missing {
                what: "answer",
                name: id.to_owned(),
                hint: "`fanfold review answers` shows those in force",
            });
        };
        let Answer { kind, origin, subject, .. } = &answer;
        let at = self.stamp();
        self.store().take_back_answer(kind, origin, subject, actor, &at).await?;
        let rule = QuestionKind::from_name(kind).is_some_and(QuestionKind::makes_rules);
        if !rule {
            return Ok(Answered::default());
        }
        let works = self.works_from(origin).await?;
        let done = self.reprocess(&works, actor).await?;
        Ok(Answered { changed: done.changed, skipped: done.skipped })
    }

    /// The works that came from here.
    async fn works_from(&self, origin: &str) -> Result<Vec<WorkId>> {
        let mut found = Vec::new();
        let mut after = WorkId(0);
        loop {
            let page = self.store().origins_after(after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(found) };
            after = last.work;
            let here = page.iter().filter(|own| match own.site.as_str() {
                "" => given_name(&own.roots) == origin,
                site => site == origin,
            });
            found.extend(here.map(|own| own.work));
        }
    }
}
