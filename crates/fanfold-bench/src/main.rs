//! Dev-only: each stage measured beside its reference in one run. One file per stage; a reference that is not installed
//! is named and left out. Figures are printed as JSON lines, so that two runs can be compared by a program.

use clap::{Parser, Subcommand};

mod clean;
mod completing;
mod concurrency;
mod duplicates;
mod epub;
mod generate;
mod gold;
mod import;
mod meter;
mod piles;
mod program;
mod quality;
mod search;
mod serve;
mod tag_dump;
mod vocabulary;
mod works;
mod wrangling;

/// Measures Fanfold's stages on generated data.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    stage: Stage,
}

#[derive(Subcommand)]
enum Stage {
    /// Imports generated stories into a fresh library, beside `calibredb add`.
    Import(import::Args),
    /// Writes an EPUB of 50,000 words, beside pandoc.
    Epub(epub::Args),
    /// Serves a story page of 60 KB, beside nginx; start, and memory when idle.
    Serve(serve::Args),
    /// Serves a library that many clients ask at once, while works come into it.
    Concurrency(concurrency::Args),
    /// Turns text and HTML into clean HTML, beside plain ammonia.
    Clean(clean::Args),
    /// Builds an index from the kit's files and times its queries.
    Search(search::Args),
    /// Writes works, tags and questions that `search` can read, where there is no kit.
    Works(works::Args),
    /// Asks for the canonical tag of invented tags that mean the same, and says how often it is found.
    Wrangling(wrangling::Args),
    /// Tags offered while a name is being typed.
    Completing(completing::Args),
    /// Writes a dump of tags and works of any size in the shape of AO3's, with invented names.
    TagDump(tag_dump::Args),
    /// Sketches and pairs invented stories that come back in every way there is.
    Duplicates(duplicates::Args),
    /// Writes the invented documents that the importer's reading is measured on, and what is right.
    Gold(gold::Args),
    /// Reads a folder that has a gold file and says how much of it was read rightly.
    Quality(quality::Args),
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().stage {
        Stage::Import(args) => import::run(&args),
        Stage::Epub(args) => epub::run(&args),
        Stage::Serve(args) => serve::run(&args),
        Stage::Concurrency(args) => concurrency::run(&args),
        Stage::Clean(args) => clean::run(&args),
        Stage::Search(args) => search::run(&args),
        Stage::Works(args) => works::run(&args),
        Stage::Wrangling(args) => wrangling::run(&args),
        Stage::Completing(args) => completing::run(&args),
        Stage::TagDump(args) => tag_dump::run(&args),
        Stage::Duplicates(args) => duplicates::run(&args),
        Stage::Gold(args) => gold::run(&args),
        Stage::Quality(args) => quality::run(&args),
    }
}
