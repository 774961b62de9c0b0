//! `quality DIR`: how much of a folder of documents the importer reads rightly. The folder has a file `gold.jsonl` that
//! says what is right; it is read by the code of `fanfold inspect`, and every field is compared as a set.

mod fields;
mod gold;
mod pairing;
pub(crate) mod reading;
mod report;
mod score;

use std::path::PathBuf;

pub(crate) use self::gold::{Entry, FILE};

use self::score::Board;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder with the documents and gold.jsonl.
    dir: PathBuf,
    /// Only this half: dev or test.
    #[arg(long)]
    split: Option<String>,
    /// Also shows so many documents with the most mistakes: what was expected, what was read.
    #[arg(long, default_value_t = 0)]
    worst: usize,
    /// Shows only documents with a mistake in this field.
    #[arg(long)]
    field: Option<String>,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Reads, compares, prints.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let gold = gold::read(&args.dir, args.split.as_deref())?;
    let records = reading::records(&args.dir)?;
    let judged: Vec<score::Judged> =
        pairing::pair(gold, records).into_iter().map(score::judge).collect();
    let board = Board::of(&judged);
    let worst = score::worst(&judged, args.worst, args.field.as_deref());
    if args.json {
        report::json(&board, &worst)
    } else {
        report::table(&board, &worst)
    }
    Ok(())
}
