//! `fanfold check`.

use crate::arguments::{CheckArgs, Globals};
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::Output;
use fanfold_app::maintain::ReadData;
use serde_json::json;

pub(crate) async fn run(
    globals: &Globals,
    output: &Output,
    args: CheckArgs,
) -> Result<Exit, Failure> {
    let read = args.read_data.as_deref().map_or(Ok(ReadData::No), share)?;
    let archive = open::existing(globals).await?;
    let report = archive.check(read).await?;
    if output.json {
        let faults =
            report.faults.iter().map(|fault| json!({"what": fault.what, "reason": fault.reason}));
        output.object(&json!({
            "type": "check", "faults": faults.collect::<Vec<_>>(), "blobs_named": report.blobs_named,
            "blobs_read": report.blobs_read, "blobs_unnamed": report.blobs_unnamed,
            "works": report.works.0, "indexed": report.works.1,
        }));
    } else {
        for fault in &report.faults {
            output.line(format!("{}: {}", fault.what, fault.reason));
        }
        let sound = if report.faults.is_empty() {
            "The library is sound"
        } else {
            "The library is damaged"
        };
        let read = format!("{} of {} originals read", report.blobs_read, report.blobs_named);
        output.line(format!("{sound}: {} works, {read}.", report.works.0));
    }
    Ok(if report.faults.is_empty() { Exit::Done } else { Exit::NeedsPerson })
}

/// "1/30" as a share; "1/1" is all.
fn share(text: &str) -> Result<ReadData, Failure> {
    let wrong = || {
        Failure::usage(
            format!("`{text}` is no share of the originals"),
            "write 1/30, or nothing for all",
        )
    };
    let parts = text.split_once('/').ok_or_else(wrong)?;
    match (parts.0.trim(), parts.1.trim().parse::<u32>()) {
        ("1", Ok(1)) => Ok(ReadData::All),
        ("1", Ok(n)) if n > 1 => Ok(ReadData::OneIn(n)),
        _ => Err(wrong()),
    }
}
