//! `epub`: a work of 50,000 words in ten chapters as EPUB, by the exporter that the site and the command line use; beside
//! it pandoc, from the same text as HTML.

use std::process::Command;

use anyhow::Context;
use fanfold_export::Format;
use fanfold_model::{Chapter, Credit, Work};
use serde_json::json;

use crate::{generate, meter, program};

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Words in all.
    #[arg(long, default_value_t = 50_000)]
    words: usize,
    /// Chapters that share them.
    #[arg(long, default_value_t = 10)]
    chapters: u32,
    /// How often; the figure is the median.
    #[arg(long, default_value_t = 31)]
    passes: usize,
}

/// Writes the book, prints a line each.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let work = work(args);
    let mut costs = Vec::new();
    let mut bytes = 0;
    for _ in 0..args.passes.max(1) {
        let before = meter::thread_cpu_ns()?;
        let file = fanfold_export::export(&work, Format::Epub)?;
        costs.push(meter::thread_cpu_ns()? - before);
        bytes = file.bytes.len();
    }
    let ours = meter::median_ms(costs);
    println!(
        "{}",
        json!({"program": "fanfold", "words": args.words, "chapters": args.chapters, "cpu_ms": ours, "bytes": bytes})
    );
    beside(&work, ours)
}

fn work(args: &Args) -> Work {
    let chapters = (1..=args.chapters).map(|position| Chapter {
        position,
        title: Some(format!("The {position}. Evening")),
        html: generate::chapter_html(
            u64::from(position),
            args.words / args.chapters.max(1) as usize,
        ),
        ..Chapter::default()
    });
    Work {
        title: "The Lamp".to_owned(),
        creators: vec![Credit::author("Wren")],
        fandoms: vec!["Treasure Island".to_owned()],
        language: Some("en".to_owned()),
        chapters: chapters.collect(),
        words: args.words as u64,
        ..Work::default()
    }
}

fn beside(work: &Work, ours: f64) -> anyhow::Result<()> {
    if !program::installed("pandoc") {
        println!("{}", json!({"program": "pandoc", "left_out": "pandoc is not installed"}));
        return Ok(());
    }
    let folder = tempfile::tempdir().context("making a temporary folder")?;
    let page = folder.path().join("book.html");
    std::fs::write(&page, fanfold_export::export(work, Format::Html)?.bytes)?;
    let cost = program::run(
        Command::new("pandoc")
            .args(["--from", "html", "--to", "epub3", "--output"])
            .arg(folder.path().join("book.epub"))
            .arg(&page),
        &[0],
    )?;
    let cpu_ms = cost.cpu.as_secs_f64() * 1e3;
    println!("{}", json!({"program": "pandoc", "cpu_ms": cpu_ms, "times_ours": cpu_ms / ours}));
    Ok(())
}
