//! `fanfold inspect`.

use crate::arguments::{Globals, InspectArgs, StageArg};
use crate::clock::SystemClock;
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::Output;
use fanfold_app::Clock;
use fanfold_app::inspect::{Stage, inspect};
use serde_json::Value;
use std::io::Write;

pub(crate) async fn run(
    globals: &Globals,
    output: &Output,
    args: InspectArgs,
) -> Result<Exit, Failure> {
    let settings = match open::library_paths(globals) {
        Ok(paths) if paths.exists() => open::settings(globals, &paths)?,
        _ => fanfold_app::settings::Settings::default(),
    };
    let stage = match args.stage {
        StageArg::Detect => Stage::Detect,
        StageArg::Decode => Stage::Decode,
        StageArg::Extract => Stage::Extract,
        StageArg::Normalize => Stage::Normalize,
    };
    let json = output.json;
    let print = move |value: Value| {
        let mut stdout = std::io::stdout().lock();
        if json { writeln!(stdout, "{value}") } else { writeln!(stdout, "{value:#}") }
    };
    inspect(&args.paths, stage, &settings, SystemClock.today(), Box::new(print)).await?;
    Ok(Exit::Done)
}
