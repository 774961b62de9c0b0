//! `fanfold edit`, `hold`, `release`, `remove`.

use super::work_id;
use crate::arguments::{EditArgs, Globals, HoldArgs, ReleaseArgs, RemoveArgs};
use crate::failure::{Exit, Failure};
use crate::open::{self, ACTOR};
use crate::output::Output;
use fanfold_model::canonical::WorkRecord;
use fanfold_model::{EditField, Work};
use fanfold_storage::Removal;
use serde_json::{Value, json};

pub(crate) async fn edit(
    globals: &Globals,
    output: &Output,
    args: EditArgs,
) -> Result<Exit, Failure> {
    let archive = open::existing(globals).await?;
    let id = work_id(&archive, &args.id).await?;
    let (Some(field), Some(value)) = (&args.field, &args.value) else {
        let field = archive.take_back_edit(id, ACTOR).await?;
        say(
            output,
            json!({"id": id.0, "undone": field}),
            &format!("took back the edit of {field}"),
        );
        return Ok(Exit::Done);
    };
    let known = EditField::ALL.map(EditField::as_str).join(", ");
    let field = EditField::from_name(field).ok_or_else(|| {
        Failure::usage(
            format!("`{field}` is no field that can be edited"),
            format!("use one of: {known}"),
        )
    })?;
    let work = archive.edit(id, field, value, ACTOR).await?;
    changed(output, &work, &format!("{field} of “{}” is now {}", work.title, shown(&work, field)));
    Ok(Exit::Done)
}

pub(crate) async fn hold(
    globals: &Globals,
    output: &Output,
    args: HoldArgs,
) -> Result<Exit, Failure> {
    let archive = open::existing(globals).await?;
    let id = work_id(&archive, &args.id).await?;
    let work = archive.hold(id, &args.reason, ACTOR).await?;
    changed(output, &work, &format!("“{}” is held: {}", work.title, args.reason));
    Ok(Exit::Done)
}

pub(crate) async fn release(
    globals: &Globals,
    output: &Output,
    args: ReleaseArgs,
) -> Result<Exit, Failure> {
    let archive = open::existing(globals).await?;
    let id = work_id(&archive, &args.id).await?;
    let work = archive.release(id, &args.reason, ACTOR).await?;
    changed(output, &work, &format!("“{}” is released: {}", work.title, args.reason));
    Ok(Exit::Done)
}

pub(crate) async fn remove(
    globals: &Globals,
    output: &Output,
    args: RemoveArgs,
) -> Result<Exit, Failure> {
    let archive = open::existing(globals).await?;
    let id = work_id(&archive, &args.id).await?;
    if args.undo {
        archive.bring_back(id, ACTOR).await?;
        say(output, json!({"id": id.0, "removed": false}), &format!("work {id} is back"));
        return Ok(Exit::Done);
    }
    let how = if args.erase { Removal::Erase } else { Removal::Hide };
    let done = archive.remove(id, how, &args.reason, ACTOR).await?;
    let text = if args.erase {
        format!(
            "work {id} is erased, and {} originals with it; its uid and hashes stay",
            done.blobs_deleted
        )
    } else {
        format!("work {id} is removed; `fanfold remove {id} --undo` brings it back")
    };
    say(output, json!({"id": id.0, "removed": true, "erased": args.erase}), &text);
    Ok(Exit::Done)
}

fn shown(work: &Work, field: EditField) -> String {
    work.field_value(field).unwrap_or_else(|| "empty".to_owned())
}

fn changed(output: &Output, work: &Work, text: &str) {
    let record = || serde_json::to_value(WorkRecord::from(work)).unwrap_or(Value::Null);
    if output.json { output.object(&record()) } else { output.line(text) }
}

fn say(output: &Output, value: Value, text: &str) {
    if output.json { output.object(&value) } else { output.line(text) }
}
