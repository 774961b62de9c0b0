//! Works that come in while others are read: one import for each second, of a pile of its own.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::{generate, program};

/// Generated works have numbers from here on, so that they are none of those in the library.
const NUMBERS: u64 = 1_000_000_000;

/// What is brought in.
pub(super) struct Plan<'a> {
    pub(super) fanfold: &'a Path,
    pub(super) library: &'a Path,
    /// Where the piles are written.
    pub(super) folder: &'a Path,
    pub(super) bytes: usize,
    /// Works a second.
    pub(super) rate: u64,
    pub(super) seconds: u64,
    /// Works that are there already: a second run over the same library brings others.
    pub(super) first: u64,
}

/// What came in.
pub(super) struct Arrivals {
    pub(super) works: u64,
    /// From the first import's start to the last one's end.
    pub(super) seconds: f64,
    /// The slowest of the imports.
    pub(super) slowest_ms: f64,
}

/// Brings in a pile each second. An import that takes longer than its second delays those behind it.
pub(super) fn bring_in(plan: &Plan<'_>) -> anyhow::Result<Arrivals> {
    let started = Instant::now();
    let mut slowest = Duration::ZERO;
    for slice in 0..plan.seconds {
        let pile = write(plan, slice)?;
        if let Some(early) = Duration::from_secs(slice).checked_sub(started.elapsed()) {
            std::thread::sleep(early);
        }
        let mut import = Command::new(plan.fanfold);
        import.arg("--library").arg(plan.library).args(["--quiet", "import"]).arg(&pile);
        slowest = slowest.max(program::run(&mut import, &[0, 3])?.wall);
        std::fs::remove_dir_all(pile).context("clearing a pile")?;
    }
    Ok(Arrivals {
        works: plan.rate * plan.seconds,
        // The last second is not over when its import was quick.
        seconds: started.elapsed().as_secs_f64().max(plan.seconds as f64),
        slowest_ms: slowest.as_secs_f64() * 1e3,
    })
}

fn write(plan: &Plan<'_>, slice: u64) -> anyhow::Result<std::path::PathBuf> {
    let pile = plan.folder.join(format!("slice-{slice:05}"));
    std::fs::create_dir_all(&pile).context("making a pile")?;
    for place in 0..plan.rate {
        let number = NUMBERS + plan.first + slice * plan.rate + place;
        let text = generate::plain_text(number, plan.bytes);
        std::fs::write(pile.join(format!("{number}.txt")), text)?;
    }
    Ok(pile)
}
