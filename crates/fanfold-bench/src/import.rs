//! `import N`: generated stories into a fresh library by the program itself, hashed, committed and indexed; beside it
//! `calibredb add` of the same files into a fresh Calibre library.

use std::path::Path;
use std::process::Command;

use anyhow::Context;
use serde_json::{Value, json};

use crate::{generate, program};

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many stories.
    #[arg(default_value_t = 5_000)]
    stories: u64,
    /// Bytes of text in each.
    #[arg(long, default_value_t = 20_000)]
    bytes: usize,
    /// In which form.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    form: Form,
    /// Stories that Calibre is given; its cost a story does not depend on how many.
    #[arg(long, default_value_t = 100)]
    reference: u64,
}

/// The form of the generated stories.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Form {
    /// Hard-wrapped plain text with a header block.
    Text,
    /// Pages with bold labels.
    Html,
}

/// Generates, imports, prints a line each.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let fanfold = program::fanfold()?;
    let folder = tempfile::tempdir().context("making a temporary folder")?;
    let pile = folder.path().join("pile");
    write_pile(args, args.stories, &pile)?;
    let library = folder.path().join("library");
    let cost = program::run(
        Command::new(&fanfold).arg("--library").arg(&library).args(["--json", "import"]).arg(&pile),
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
            "program": "fanfold import", "stories": args.stories, "bytes_each": args.bytes,
            "taken": report["taken"], "refused": report["refused"],
            "seconds_to_last_acknowledged": acknowledged,
            "stories_per_second": (stories / acknowledged).round(),
            "seconds_to_searchable": cost.wall.as_secs_f64(),
            "cpu_ms_per_story": cpu_ms,
            "peak_bytes": cost.peak_bytes,
        })
    );
    beside(args, cpu_ms, folder.path())
}

fn write_pile(args: &Args, stories: u64, pile: &Path) -> anyhow::Result<()> {
    for number in 0..stories {
        let shelf = pile.join(format!("{:02}", number % 100));
        std::fs::create_dir_all(&shelf)?;
        let (name, text) = match args.form {
            Form::Text => (format!("story{number}.txt"), generate::plain_text(number, args.bytes)),
            Form::Html => (format!("story{number}.html"), generate::html_page(number, args.bytes)),
        };
        std::fs::write(shelf.join(name), text).context("writing a generated story")?;
    }
    Ok(())
}

/// The same kind of files into Calibre.
fn beside(args: &Args, ours_ms: f64, folder: &Path) -> anyhow::Result<()> {
    if !program::installed("calibredb") {
        println!("{}", json!({"program": "calibredb add", "left_out": "calibre is not installed"}));
        return Ok(());
    }
    let pile = folder.join("reference");
    write_pile(args, args.reference, &pile)?;
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
