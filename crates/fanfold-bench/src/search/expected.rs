//! The kit's own reading of its data: `expect2.py` counts with bitmaps of its own, straight from the files.

use std::fs;
use std::path::Path;

use anyhow::Context;
use serde_json::Value;

use super::asking::Measured;

/// Fails at the first total, or the first page, that is not the expected one.
pub(crate) fn check(path: &Path, measured: &[Measured]) -> anyhow::Result<()> {
    let read = |path: &Path| -> anyhow::Result<Value> {
        let text =
            fs::read_to_string(path).with_context(|| format!("opening {}", path.display()))?;
        serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))
    };
    let counts = read(path)?;
    let stem = path.file_stem().and_then(|stem| stem.to_str()).context("a name that is text")?;
    let tops = read(&path.with_file_name(format!("{stem}_top.json")))?;
    let (mut totals, mut pages) = (0, 0);
    for query in measured {
        let id = query.question.id.to_string();
        let Some(total) = counts["counts"][&id].as_u64() else {
            continue; // only some of the queries were counted
        };
        anyhow::ensure!(
            query.answer.total == total,
            "query {id}: {} matches, expected {total}",
            query.answer.total
        );
        totals += 1;
        if let Some(top) = tops[&id].as_array() {
            let expected: Vec<u64> = top.iter().filter_map(Value::as_u64).collect();
            let found: Vec<u64> = query.answer.hits.iter().map(|hit| hit.id).collect();
            anyhow::ensure!(found == expected, "query {id}: {found:?}, expected {expected:?}");
            pages += 1;
        }
    }
    println!("as expected: {totals} totals, {pages} first pages");
    Ok(())
}
