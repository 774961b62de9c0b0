//! `fanfold review`.

use crate::arguments::{Globals, ReviewArgs, ReviewCommand};
use crate::failure::{Exit, Failure};
use crate::open::{self, ACTOR};
use crate::output::Output;
use fanfold_app::Archive;
use fanfold_app::review::{Answered, MERGE, Question, QuestionKind};
use serde_json::{Value, json};

pub(crate) async fn run(
    globals: &Globals,
    output: &Output,
    args: ReviewArgs,
) -> Result<Exit, Failure> {
    let archive = open::existing(globals).await?;
    match args.command {
        ReviewCommand::List { kind, limit } => {
            let kind = kind.as_deref().map(kind_named).transpose()?;
            let mut all = archive.questions().await?;
            all.retain(|question| kind.is_none_or(|kind| question.kind == kind));
            list(output, &all, limit);
            Ok(if all.is_empty() { Exit::Done } else { Exit::NeedsPerson })
        }
        ReviewCommand::Accept { id, choice } => {
            let question = archive.question(&id).await?;
            let choice = choice.unwrap_or_else(|| question.first().to_owned());
            answer(output, &archive, &question, &choice).await
        }
        ReviewCommand::Edit { id, value } => {
            answer(output, &archive, &archive.question(&id).await?, &value).await
        }
        ReviewCommand::Merge { id } => {
            answer(output, &archive, &archive.question(&id).await?, MERGE).await
        }
        ReviewCommand::Reject { id } => {
            let question = archive.question(&id).await?;
            answer(output, &archive, &question, question.leaves_it()).await
        }
        ReviewCommand::Answers => in_force(output, &archive).await,
        ReviewCommand::Undo { id } => take_back(output, &archive, &id).await,
    }
}

/// The answers in force.
async fn in_force(output: &Output, archive: &Archive) -> Result<Exit, Failure> {
    for (id, answer) in archive.answers().await? {
        if output.json {
            output.object(&json!({
                "id": id, "kind": answer.kind, "origin": answer.origin,
                "subject": answer.subject, "choice": answer.choice,
                "rule": answer.through.is_none(), "actor": answer.actor, "at": answer.at,
            }));
        } else {
            let about = format!("{} {}", answer.kind, answer.subject);
            let origin = output.muted(&answer.origin);
            output.line(format!("{id}  {} → {}  {origin}", about.trim(), answer.choice));
        }
    }
    Ok(Exit::Done)
}

async fn take_back(output: &Output, archive: &Archive, id: &str) -> Result<Exit, Failure> {
    let done = archive.take_back_answer(id, ACTOR).await?;
    if output.json {
        output.object(&json!({ "id": id, "undone": true, "changed": done.changed }));
    } else {
        let changed = done.changed;
        output.line(format!("answer {id} is taken back; {changed} works read otherwise now"));
    }
    Ok(Exit::Done)
}

fn kind_named(name: &str) -> Result<QuestionKind, Failure> {
    let known = QuestionKind::ALL.map(QuestionKind::as_str).join(", ");
    QuestionKind::from_name(name).ok_or_else(|| {
        Failure::usage(format!("`{name}` is no kind of question"), format!("use one of: {known}"))
    })
}

fn list(output: &Output, questions: &[Question], limit: usize) {
    for question in questions.iter().take(limit) {
        match output.json {
            true => output.object(&record(question)),
            false => print(output, question),
        }
    }
    if questions.is_empty() {
        output.note("Nothing waits for you.");
    } else if questions.len() > limit {
        let more = questions.len() - limit;
        output.note(format!("… and {more} more; --limit {} shows them", questions.len()));
    }
}

fn record(question: &Question) -> Value {
    let evidence = question.evidence.iter().map(
        |own| json!({ "work": own.work.0, "title": own.title, "path": own.path, "says": own.says }),
    );
    let choices =
        question.choices.iter().map(|own| json!({ "choice": own.name, "means": own.means }));
    json!({
        "id": question.id, "kind": question.kind.as_str(), "origin": question.origin,
        "subject": question.subject, "question": question.asks,
        "works": question.works.iter().map(|work| work.0).collect::<Vec<_>>(),
        "evidence": evidence.collect::<Vec<_>>(), "choices": choices.collect::<Vec<_>>(),
        "count": question.works.len(),
    })
}

fn print(output: &Output, question: &Question) {
    let count = question.works.len();
    let works = if count == 1 { "1 work".to_owned() } else { format!("{count} works") };
    let origin = match question.origin.as_str() {
        "" => String::new(),
        origin => format!(" of {origin}"),
    };
    output.line(format!("{}  {}", output.strong(&question.id), question.asks));
    output.line(output.muted(&format!("          {works}{origin}")));
    for own in &question.evidence {
        output.line(format!("          {} “{}”: {}", own.work, own.title, own.says));
    }
    let names: Vec<&str> = question.choices.iter().map(|choice| choice.name.as_str()).collect();
    output.line(output.muted(&format!("          answers: {}", names.join(" | "))));
}

async fn answer(
    output: &Output,
    archive: &Archive,
    question: &Question,
    choice: &str,
) -> Result<Exit, Failure> {
    let done = archive.answer(question, choice, ACTOR).await?;
    tell(output, question, choice, &done);
    Ok(Exit::Done)
}

fn tell(output: &Output, question: &Question, choice: &str, done: &Answered) {
    if output.json {
        let skipped = done.skipped.iter().map(|(work, why)| json!({ "work": work.0, "why": why }));
        output.object(&json!({
            "id": question.id, "choice": choice, "changed": done.changed,
            "skipped": skipped.collect::<Vec<_>>(),
        }));
        return;
    }
    output.line(format!("{} → {choice}: {} works changed", question.id, done.changed));
    for (work, why) in &done.skipped {
        output.line(format!("  work {work} is as it was: {why}"));
    }
}
