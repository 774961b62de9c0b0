//! `fanfold config check`: each value, and where it came from.

use crate::arguments::{ConfigArgs, ConfigWhat, Globals};
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::Output;
use serde_json::json;

pub(crate) fn run(globals: &Globals, output: &Output, args: &ConfigArgs) -> Result<Exit, Failure> {
    let ConfigWhat::Check = args.what;
    let paths = open::library_paths(globals)?;
    let settings = open::settings(globals, &paths)?;
    let origin = if globals.library.is_some() { "flag or environment" } else { "default" };
    let library = paths.root().display().to_string();
    print(output, "library", &library, origin);
    for line in &settings.lines {
        print(output, line.key, &line.value, line.origin.as_str());
    }
    Ok(Exit::Done)
}

fn print(output: &Output, key: &str, value: &str, origin: &str) {
    if output.json {
        output.object(&json!({"key": key, "value": value, "origin": origin}));
    } else {
        output.line(format!("{key:<28}{value:<40} {}", output.muted(origin)));
    }
}
