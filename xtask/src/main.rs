//! Automation of the house: rules that a test can hold, and measures that a reader can weigh.
//!
//! Every rule is one module with one function that takes the [`repository::Repository`] and returns its faults as
//! sentences. The tests of this crate hold the repository to all of them; `cargo xtask rules` prints the same
//! sentences, and `cargo xtask tidy` prints the measures of the review checklist.

mod ci;
mod deny;
mod domain_words;
mod edges;
mod fixtures;
mod functions;
mod fuzz_targets;
mod lexer;
mod measures;
mod named_paths;
mod panics;
mod purity;
mod repository;
mod rules;
mod shape;
mod spdx;
mod test_files;
mod unused;

use repository::Repository;
use std::process::{Command, ExitCode};

const USAGE: &str = "usage: cargo xtask <command>
  check   everything that has to pass before a change lands (runs scripts/test)
  rules   the faults that the rules of the house find, one a line
  tidy    lengths of files and functions, and the shares of documented files";

fn main() -> ExitCode {
    let repository = Repository::this();
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("check") => check(&repository, arguments),
        Some("rules") => print_faults(&rules::all_faults(&repository)),
        Some("tidy") => {
            print!("{}", measures::report(&repository));
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn check(repository: &Repository, arguments: impl Iterator<Item = String>) -> ExitCode {
    let script = repository.path("scripts/test");
    match Command::new(&script).args(arguments).status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cannot run {}: {error}", script.display());
            ExitCode::FAILURE
        }
    }
}

fn print_faults(faults: &[String]) -> ExitCode {
    for fault in faults {
        println!("{fault}");
    }
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
