//! `fanfold undo`.

use crate::arguments::{Globals, UndoArgs};
use crate::failure::{Exit, Failure};
use crate::open::{self, ACTOR};
use crate::output::Output;
use fanfold_model::ImportId;
use serde_json::json;

pub(crate) async fn run(
    globals: &Globals,
    output: &Output,
    args: UndoArgs,
) -> Result<Exit, Failure> {
    let archive = open::existing(globals).await?;
    let report = archive.undo(ImportId(args.import), ACTOR).await?;
    if output.json {
        let kept = report.kept.iter().map(|(id, why)| json!({"id": id.0, "why": why}));
        output.object(&json!({
            "type": "undo", "import": args.import,
            "removed": report.removed.iter().map(|id| id.0).collect::<Vec<_>>(),
            "kept": kept.collect::<Vec<_>>(), "detached": report.detached,
        }));
    } else {
        let removed = report.removed.len();
        output.line(format!("import {} is taken back: {removed} works are gone", args.import));
        if report.detached > 0 {
            output.line(format!(
                "{} sources and versions were taken off older works",
                report.detached
            ));
        }
        for (id, why) in &report.kept {
            output.line(format!("  work {id} stays: {why}"));
        }
    }
    Ok(if report.kept.is_empty() { Exit::Done } else { Exit::NeedsPerson })
}
