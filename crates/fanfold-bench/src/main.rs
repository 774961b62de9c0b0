//! Dev-only: each stage measured beside its reference in one run. One file per stage.

use clap::{Parser, Subcommand};

mod search;

/// Measures Fanfold's stages on generated data.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    stage: Stage,
}

#[derive(Subcommand)]
enum Stage {
    /// Builds an index from the kit's files and times its queries.
    Search(search::Args),
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().stage {
        Stage::Search(args) => search::run(&args),
    }
}
