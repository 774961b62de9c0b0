//! `fanfold show`.

use super::work_key;
use crate::arguments::{Globals, ShowArgs};
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::Output;
use fanfold_app::{ChapterChoice, HistoryLine, SeriesOrigin, SeriesPlace};
use fanfold_model::canonical::WorkRecord;
use fanfold_model::{TagKind, Work};
use serde_json::{Value, json};

pub(crate) async fn run(
    globals: &Globals,
    output: &Output,
    args: ShowArgs,
) -> Result<Exit, Failure> {
    let archive = open::existing(globals).await?;
    let page = archive.need_work(work_key(&args.id)?, ChapterChoice::All).await?;
    let work = &page.work;
    if args.history {
        let history = match work.id {
            Some(id) => archive.history(id).await?,
            None => Vec::new(),
        };
        history.iter().for_each(|line| print_history(output, line));
    } else if output.json {
        output.object(&serde_json::to_value(WorkRecord::from(work)).unwrap_or(Value::Null));
    } else {
        print(output, work);
        print_found_series(output, &page.series);
        if args.sources {
            print_sources(output, work);
        }
    }
    Ok(Exit::Done)
}

fn print(output: &Output, work: &Work) {
    output.line(output.strong(&work.title));
    let names: Vec<&str> = work.creators.iter().map(|credit| credit.name.as_str()).collect();
    if !names.is_empty() {
        output.line(format!("by {}", names.join(", ")));
    }
    for kind in TagKind::ALL {
        let tags = work.tags(kind);
        if !tags.is_empty() {
            output.line(format!("{:<14}{}", kind.as_str(), tags.join(", ")));
        }
    }
    for entry in &work.series {
        let part = entry.part.map(|part| format!(", part {part}")).unwrap_or_default();
        output.line(format!("{:<14}{}{part}", "series", entry.title));
    }
    let facts = format!("{} words in {} chapters", work.words, work.chapters.len());
    output.line(format!("{:<14}{facts}, {}", "length", work.status.as_str()));
    if let Some(held) = &work.held {
        output.line(format!("{:<14}{held}", "held"));
    }
    for finding in &work.findings {
        output.line(output.muted(&format!("  {}: {}", finding.code, finding.message)));
    }
}

/// Series that nobody states: the works' own links make them.
fn print_found_series(output: &Output, places: &[SeriesPlace]) {
    for place in places.iter().filter(|place| place.origin == SeriesOrigin::Links) {
        let part = place.part.map(|part| format!(", part {part}")).unwrap_or_default();
        let line = format!("{:<14}{}{part} (found by the works' links)", "series", place.title);
        output.line(output.muted(&line));
    }
}

fn print_sources(output: &Output, work: &Work) {
    output.line("");
    for source in &work.sources {
        let member =
            source.member.as_ref().map(|member| format!(" › {member}")).unwrap_or_default();
        let encoding = source.encoding.as_deref().unwrap_or("binary");
        output.line(format!("from {}{member} ({}, {encoding})", source.path, source.format));
    }
    for (field, found) in &work.evidence {
        let sure = (found.confidence * 100.0).round();
        output.line(format!("  {field:<14}by rule {}, {sure} % sure", found.rule));
    }
    for (label, values) in &work.original {
        output.line(output.muted(&format!("  {label}: {}", values.join(" | "))));
    }
}

fn print_history(output: &Output, line: &HistoryLine) {
    if output.json {
        output.object(&json!({
            "at": line.at, "actor": line.actor, "action": line.action, "subject": line.subject,
            "before": line.before, "after": line.after,
        }));
        return;
    }
    let subject = line.subject.as_ref().map(|subject| format!(" {subject}")).unwrap_or_default();
    let change = match (&line.before, &line.after) {
        (Some(before), Some(after)) => format!(": {before} → {after}"),
        (None, Some(after)) => format!(": {after}"),
        (Some(before), None) => format!(": {before} → (nothing)"),
        (None, None) => String::new(),
    };
    output.line(format!("{} {} {}{subject}{change}", line.at, line.actor, line.action));
}
