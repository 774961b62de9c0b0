//! The `fanfold` command: one binary and one folder.
//!
//! This crate parses the command line, builds the store that fits the settings, hands it to
//! `fanfold-app` as a trait object, and prints what comes back. Everything else is elsewhere.

mod allocator;
mod arguments;
mod clock;
mod commands;
mod failure;
mod open;
mod output;
mod progress;

use arguments::{Arguments, Command};
use clap::Parser;
use failure::{Exit, Failure};
use output::Output;
use std::process::ExitCode;

/// Threads that wait for the disk. Each keeps some memory for itself, so the hundreds that tokio allows cost an import
/// a hundred megabytes and gain it nothing.
const BLOCKING_THREADS: usize = 12;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    allocator::fit(match arguments.command {
        Command::Serve(_) => allocator::Use::Answers,
        _ => allocator::Use::Pieces,
    });
    start_log(arguments.globals.quiet);
    let output = Output::new(&arguments.globals);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(BLOCKING_THREADS)
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            let failure = Failure::from(anyhow::Error::from(error).context("starting the runtime"));
            return output.fail(&failure);
        }
    };
    match runtime.block_on(run(arguments, &output)) {
        Ok(exit) => exit.into(),
        Err(failure) => output.fail(&failure),
    }
}

async fn run(arguments: Arguments, output: &Output) -> Result<Exit, Failure> {
    let globals = &arguments.globals;
    match arguments.command {
        Command::Import(args) => commands::import::run(globals, output, args).await,
        Command::Duplicates(args) => commands::duplicates::run(globals, output, args).await,
        Command::Review(args) => commands::review::run(globals, output, args).await,
        Command::Inspect(args) => commands::inspect::run(globals, output, args).await,
        Command::Tag(args) => commands::tag::run(globals, output, args).await,
        Command::Text(args) => commands::text::run(output, &args),
        Command::Search(args) => commands::search::run(globals, output, args).await,
        Command::List(args) => commands::list::run(globals, output, args).await,
        Command::Show(args) => commands::show::run(globals, output, args).await,
        Command::Edit(args) => commands::curate::edit(globals, output, args).await,
        Command::Hold(args) => commands::curate::hold(globals, output, args).await,
        Command::Release(args) => commands::curate::release(globals, output, args).await,
        Command::Remove(args) => commands::curate::remove(globals, output, args).await,
        Command::Export(args) => commands::export::run(globals, output, args).await,
        Command::Undo(args) => commands::undo::run(globals, output, args).await,
        Command::Check(args) => commands::check::run(globals, output, args).await,
        Command::Backup(args) => commands::backup::backup(globals, output, args).await,
        Command::Restore(args) => commands::backup::restore(globals, output, args).await,
        Command::Reindex => commands::upkeep::reindex(globals, output).await,
        Command::Reprocess(args) => commands::upkeep::reprocess(globals, output, args).await,
        Command::Gc => commands::upkeep::gc(globals, output).await,
        Command::Status => commands::status::run(globals, output).await,
        Command::Config(args) => commands::config::run(globals, output, &args),
        Command::Serve(args) => commands::serve::run(globals, output, args).await,
        Command::Completions(args) => commands::packaging::completions(&args),
        Command::Man => commands::packaging::man(),
    }
}

/// Logs go to stderr; `FANFOLD_LOG` sets how much.
fn start_log(quiet: bool) {
    // What a driver thinks slow is for those who ask for it: bringing a large library to a new format is.
    let level = if quiet { "error" } else { "warn,sqlx=error" };
    let filter = tracing_subscriber::EnvFilter::try_from_env("FANFOLD_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(level));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
