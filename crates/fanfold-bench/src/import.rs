//! `import N`: generated stories into a fresh library by the program itself, hashed, committed and indexed; beside it
//! `calibredb add` of the same files into a fresh Calibre library.

use std::path::Path;
use std::process::Command;

use anyhow::Context;
use serde_json::{Value, json};

use crate::piles::{self, Form};
use crate::program;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many stories.
    #[arg(default_value_t = 5_000)]
    stories: u64,
    /// Bytes of text in each.
    #[arg(long, default_value_t = 20_000)]
    bytes: usize,
    /// In which forms, parted by commas: a line each, with its cost beside plain text's if that is the first.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "text")]
    form: Vec<Form>,
    /// Stories that Calibre is given; its cost a story does not depend on how many.
    #[arg(long, default_value_t = 100)]
    reference: u64,
}

/// Generates, imports, prints a line for each form.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let fanfold = program::fanfold()?;
    let folder = tempfile::tempdir().context("making a temporary folder")?;
    let mut plain = None;
    for form in &args.form {
        let cpu_ms = one(args, *form, &fanfold, folder.path(), plain)?;
        if *form == Form::Text {
            plain = Some(cpu_ms);
        }
    }
    plain.map_or(Ok(()), |cpu_ms| beside(args, cpu_ms, folder.path()))
}

/// Imports a pile of one form; gives CPU milliseconds a story. `plain`: the same for plain text.
fn one(
    args: &Args,
    form: Form,
    fanfold: &Path,
    folder: &Path,
    plain: Option<f64>,
) -> anyhow::Result<f64> {
    let (pile, library) = (folder.join("pile"), folder.join("library"));
    piles::write(form, args.stories, args.bytes, &pile)?;
    let cost = program::run(
        Command::new(fanfold).arg("--library").arg(&library).args(["--json", "import"]).arg(&pile),
        &[0, 3],
    )?;
    let report: Value = cost
        .printed
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .rfind(|line: &Value| line["seconds"].is_number())
        .context("the import printed no report")?;
    let acknowledged = report["seconds"].as_f64().context("a report without its seconds")?;
    let stories = args.stories as f64;
    let cpu_ms = cost.cpu.as_secs_f64() * 1e3 / stories;
    println!(
        "{}",
        json!({
            "program": "fanfold import", "form": format!("{form:?}").to_lowercase(),
            "stories": args.stories, "bytes_each": args.bytes,
            "taken": report["taken"], "refused": report["refused"],
            "seconds_to_last_acknowledged": acknowledged,
            "stories_per_second": (stories / acknowledged).round(),
            "seconds_to_searchable": cost.wall.as_secs_f64(),
            "cpu_ms_per_story": cpu_ms,
            "times_plain_text": plain.map(|plain| cpu_ms / plain),
            "peak_bytes": cost.peak_bytes,
        })
    );
    for done in [pile, library] {
        std::fs::remove_dir_all(done).context("clearing a measured pile")?;
    }
    Ok(cpu_ms)
}

/// The same kind of files into Calibre.
fn beside(args: &Args, ours_ms: f64, folder: &Path) -> anyhow::Result<()> {
    if !program::installed("calibredb") {
        println!("{}", json!({"program": "calibredb add", "left_out": "calibre is not installed"}));
        return Ok(());
    }
    let pile = folder.join("reference");
    piles::write(Form::Text, args.reference, args.bytes, &pile)?;
    let cost = program::run(
        Command::new("calibredb")
            .env("QT_QPA_PLATFORM", "offscreen")
            .args(["add", "--recurse", "--duplicates", "--library-path"])
            .arg(folder.join("calibre"))
            .arg(&pile),
        &[0],
    )?;
    let cpu_ms = cost.cpu.as_secs_f64() * 1e3 / args.reference as f64;
    println!(
        "{}",
        json!({
            "program": "calibredb add", "stories": args.reference, "bytes_each": args.bytes,
            "seconds": cost.wall.as_secs_f64(), "cpu_ms_per_story": cpu_ms, "peak_bytes": cost.peak_bytes,
            "times_ours": cpu_ms / ours_ms,
        })
    );
    Ok(())
}
