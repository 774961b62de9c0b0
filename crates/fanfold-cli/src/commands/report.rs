//! The report of an import, for people and for programs.

use crate::output::Output;
use fanfold_app::import::{Attention, Report};
use fanfold_model::ItemOutcome;
use serde_json::{Map, Value, json};

/// Things that want a person are listed up to here on a terminal; `--json` gives all.
const LISTED: usize = 20;

/// The report line of `import --json`.
pub(crate) fn json(report: &Report) -> Value {
    let counts = &report.counts;
    let by_outcome: Map<String, Value> =
        report.by_outcome.iter().map(|(name, count)| (name.clone(), json!(count))).collect();
    json!({
        "type": "report", "import": report.import.map(|import| import.0), "seen": counts.seen(),
        "taken": counts.taken, "merged": counts.merged, "unchanged": counts.unchanged,
        "held": counts.held, "refused": counts.refused, "by_outcome": by_outcome,
        "needs_person": report.needs_person, "alike": report.alike,
        "attention": report.attention.iter().map(attention).collect::<Vec<_>>(),
        "stopped": report.stopped, "seconds": (report.seconds * 1000.0).round() / 1000.0,
    })
}

fn attention(item: &Attention) -> Value {
    json!({
        "path": item.path, "member": item.member, "title": item.title, "code": item.code,
        "level": item.level.as_str(), "message": item.message,
    })
}

/// The report in words.
pub(crate) fn print(output: &Output, report: &Report, dry_run: bool) {
    let counts = &report.counts;
    let items = if counts.seen() == 1 { "item" } else { "items" };
    let name = match report.import {
        Some(import) if !dry_run => format!("Import {import}"),
        _ => "Nothing was changed; an import".to_owned(),
    };
    let verb = if dry_run { "would see" } else { "saw" };
    output.line(output.strong(&format!("{name} {verb} {} {items}", counts.seen())));
    for outcome in ItemOutcome::ALL {
        let count = counts.of(outcome);
        if count > 0 {
            output.line(format!(
                "{count:>8} {:<10}{}",
                outcome.as_str(),
                output.muted(meaning(outcome))
            ));
        }
    }
    if report.stopped {
        output.line(
            "Stopped before the end. What was taken stays; the same command goes on from here.",
        );
    } else if report.changed_nothing() && counts.unchanged > 0 && !dry_run {
        output.line("Everything in it was already here. Nothing has changed.");
    }
    if report.alike > 0 {
        let pairs = if report.alike == 1 { "pair of works shares" } else { "pairs of works share" };
        output.line(format!("{:>8} {pairs} text; `fanfold duplicates` tells which", report.alike));
    }
    print_attention(output, report);
    if report.attention.len() > 1 && !dry_run {
        output.line(output.muted("`fanfold review list` asks each question once for all works."));
    }
}

fn meaning(outcome: ItemOutcome) -> &'static str {
    match outcome {
        ItemOutcome::Taken => "began a new work",
        ItemOutcome::Merged => "joined a work as a part, a version or a further copy",
        ItemOutcome::Unchanged => "was already here",
        ItemOutcome::Held => "waits for you before anyone else may see it",
        ItemOutcome::Refused => "is not a work, or could not be read",
    }
}

fn print_attention(output: &Output, report: &Report) {
    if report.attention.is_empty() {
        return;
    }
    let total = report.attention.len();
    output.line("");
    output.line(output.strong(&format!("{total} things want a person:")));
    for item in report.attention.iter().take(LISTED) {
        let place = match &item.member {
            Some(member) => format!("{} › {member}", item.path),
            None => item.path.clone(),
        };
        let title = item.title.as_ref().map(|title| format!(" “{title}”")).unwrap_or_default();
        output.line(format!("  {place}{title}"));
        output.line(format!("    {}: {}", item.code, item.message));
    }
    if total > LISTED {
        output.line(format!("  … and {} more; --json lists them", total - LISTED));
    }
}
