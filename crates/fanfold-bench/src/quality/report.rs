//! The figures as a table for people, or as JSON lines for programs.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::fields::ALL;
use super::score::{Board, Judged, Tally};

/// A table by half: fields, then layouts, then the whole; then the worst documents.
pub(crate) fn table(board: &Board, worst: &[&Judged]) {
    for (split, (documents, total)) in &board.halves {
        head(&format!("{split}: fields"));
        let fields = &board.fields[split];
        ALL.iter()
            .filter_map(|field| Some((field, fields.get(field)?)))
            .for_each(|(field, tally)| row(field, *tally));
        head(&format!("{split}: layouts"));
        board.layouts[split].iter().for_each(|(layout, tally)| row(layout, *tally));
        head(&format!("{split}: all {documents} documents"));
        row("micro-average", *total);
    }
    for one in worst {
        println!("\n{} ({}, {})", one.gold.path.join(" + "), one.gold.split, one.gold.layout);
        for mistake in &one.mistakes {
            let (expected, read) = (joined(&mistake.expected), joined(&mistake.read));
            println!("  {:<18} expected {expected}\n  {:<18} read     {read}", mistake.field, "");
        }
    }
}

fn head(what: &str) {
    println!(
        "\n{what:<32} {:>9} {:>7} {:>7} {:>6} {:>6} {:>6}",
        "precision", "recall", "F1", "right", "wrong", "missed"
    );
}

fn row(name: &str, tally: Tally) {
    println!(
        "{name:<32} {:>9.3} {:>7.3} {:>7.3} {:>6} {:>6} {:>6}",
        tally.precision(),
        tally.recall(),
        tally.f1(),
        tally.right,
        tally.invented,
        tally.missed
    );
}

fn joined(values: &BTreeSet<String>) -> String {
    values.iter().map(|value| format!("[{value}]")).collect::<Vec<_>>().join(" ")
}

/// One object for each field, layout and half, and for each of the worst documents.
pub(crate) fn json(board: &Board, worst: &[&Judged]) {
    for (split, fields) in &board.fields {
        for (field, tally) in fields {
            println!("{}", line("field", split, field, *tally));
        }
    }
    for (split, layouts) in &board.layouts {
        for (layout, tally) in layouts {
            println!("{}", line("layout", split, layout, *tally));
        }
    }
    for (split, (documents, total)) in &board.halves {
        let mut line = line("all", split, "micro-average", *total);
        line["documents"] = json!(documents);
        println!("{line}");
    }
    for one in worst {
        let mistakes: Vec<Value> = one
            .mistakes
            .iter()
            .map(|found| json!({"field": found.field, "expected": found.expected, "read": found.read}))
            .collect();
        println!(
            "{}",
            json!({"type": "document", "path": one.gold.path, "split": one.gold.split,
                "layout": one.gold.layout, "mistakes": mistakes})
        );
    }
}

fn line(kind: &str, split: &str, name: &str, tally: Tally) -> Value {
    json!({"type": kind, "split": split, "name": name, "precision": tally.precision(),
        "recall": tally.recall(), "f1": tally.f1(), "right": tally.right,
        "wrong": tally.invented, "missed": tally.missed})
}
