//! `fanfold tag load`.

use crate::failure::{Exit, Failure};
use crate::open::ACTOR;
use crate::output::Output;
use fanfold_app::Archive;
use fanfold_app::tags::{LoadProgress, TagLoad};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;
use std::io::IsTerminal;
use std::path::PathBuf;

pub(super) async fn run(
    output: &Output,
    archive: &Archive,
    files: &[PathBuf],
) -> Result<Exit, Failure> {
    let bar = LoadBar::new(output.quiet);
    let loaded = archive.load_tags(files, ACTOR, &bar).await;
    bar.0.finish_and_clear();
    let load = loaded?;
    if output.json {
        output.object(&json!({
            "type": "tag-load", "tags": load.tags, "redacted": load.redacted,
            "unwrangled": load.unwrangled, "passed_over": load.passed_over,
            "unresolved": load.unresolved, "twins": load.twins, "works": load.works, "new": load.new,
            "known": load.known, "kept": load.kept,
        }));
    } else {
        print(output, &load);
    }
    Ok(Exit::Done)
}

fn print(output: &Output, load: &TagLoad) {
    output.line(format!("{} decisions are new, {} were known", load.new, load.known));
    for (count, what) in [
        (load.kept, "were decided otherwise here, and stay so"),
        (load.redacted, "tags have no name in the dump"),
        (load.unwrangled, "tags nobody had decided on there either"),
        (load.unresolved, "synonyms mean a tag that is not in the dump by name"),
        (load.twins, "relationships are others of the dump with their members in another order"),
        (load.passed_over, "lines are no tags that are wrangled here"),
        (load.works, "works were counted; none was made of them"),
    ] {
        if count > 0 {
            output.line(format!("{count} {what}"));
        }
    }
}

/// Bytes read, on a terminal.
struct LoadBar(ProgressBar);

impl LoadBar {
    fn new(quiet: bool) -> Self {
        let target = if quiet || !std::io::stderr().is_terminal() {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        if let Ok(style) =
            ProgressStyle::with_template("{bar:32} {bytes} of {total_bytes}, {eta} left  {msg}")
        {
            bar.set_style(style.progress_chars("━╸ "));
        }
        Self(bar)
    }
}

impl LoadProgress for LoadBar {
    fn total(&self, bytes: u64) {
        self.0.set_length(bytes);
    }

    fn bytes(&self, done: u64) {
        self.0.set_position(done);
    }

    fn doing(&self, what: &str) {
        self.0.set_message(what.to_owned());
    }
}
