//! `concurrency`: a server that many clients ask at once, while another process brings works into the same library.
//!
//! Clients ask mixed listings (words, tags, counts, orders, pages), each on a connection of its own, as fast as they are
//! answered or with a pause between. Meanwhile `fanfold import` runs once for each slice of time, with a pile written for it. At the end every
//! work has to be found by the server, and no answer may have been an error.

mod arrivals;
mod clients;
mod wishes;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::json;

use crate::program::Server;
use crate::serve::{self, Target};
use crate::{generate, meter, program};
use arrivals::Arrivals;
use clients::{Asked, Manner};

/// How long a work may take to be found once it was acknowledged.
const PATIENCE: Duration = Duration::from_secs(30);

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Works in the library before the run.
    #[arg(long, default_value_t = 10_000)]
    works: u64,
    /// Bytes of text in each.
    #[arg(long, default_value_t = 2_000)]
    bytes: usize,
    /// Where the library is, or is made if there is none; it stays, with the works that are brought in. Without: a
    /// library that is made and deleted.
    #[arg(long)]
    library: Option<PathBuf>,
    /// Clients that ask at the same time.
    #[arg(long, default_value_t = 32)]
    clients: usize,
    /// Milliseconds a client reads before it asks again.
    #[arg(long, default_value_t = 0)]
    pause: u64,
    /// Of a hundred words that are looked for, so many are drawn as they stand in texts: mostly small words that nearly
    /// every work has. The others are things and names.
    #[arg(long, default_value_t = 10)]
    common: u64,
    /// Seconds of asking before anything is measured: a server that was just started reads its index into memory first.
    #[arg(long, default_value_t = 5)]
    warm: u64,
    /// Seconds of asking and bringing in.
    #[arg(long, default_value_t = 30)]
    seconds: u64,
    /// Works brought in a second.
    #[arg(long, default_value_t = 50)]
    rate: u64,
    /// A program that is built already, instead of the release program built from these sources.
    #[arg(long)]
    fanfold: Option<PathBuf>,
}

/// Makes the library, serves it, asks and brings in, prints a line.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let fanfold = args.fanfold.clone().map_or_else(program::fanfold, Ok)?;
    let folder = tempfile::tempdir().context("making a temporary folder")?;
    let library = args.library.clone().unwrap_or_else(|| folder.path().join("library"));
    if !library.exists() {
        make_library(args, &fanfold, folder.path(), &library)?;
    }
    let (server, port, _) = serve::start(&fanfold, &library)?;
    let before = found(port)?;
    let bringing = arrivals::Plan {
        fanfold: &fanfold,
        library: &library,
        folder: folder.path(),
        bytes: args.bytes,
        rate: args.rate,
        seconds: args.seconds.max(1),
        first: before,
    };
    let manner = Manner {
        port,
        pause: Duration::from_millis(args.pause),
        common: args.common,
        seed: 0,
        end: Instant::now() + Duration::from_secs(args.warm),
    };
    let warming = clients::ask(args.clients, manner);
    let manner = Manner {
        seed: 1_000,
        end: Instant::now() + Duration::from_secs(args.seconds.max(1)),
        ..manner
    };
    let (arrivals, asked) = std::thread::scope(|scope| {
        let asking = scope.spawn(|| clients::ask(args.clients, manner));
        let arrivals = arrivals::bring_in(&bringing);
        (arrivals, asking.join())
    });
    let asked = asked.map_err(|_| anyhow::anyhow!("the clients stopped"))?;
    report(args, &server, port, before, &arrivals?, (warming, asked))
}

fn make_library(args: &Args, fanfold: &Path, folder: &Path, library: &Path) -> anyhow::Result<()> {
    let pile = folder.join("pile");
    for number in 0..args.works {
        let shelf = pile.join(format!("{:03}", number / 100));
        std::fs::create_dir_all(&shelf)?;
        let text = generate::plain_text(number, args.bytes);
        std::fs::write(shelf.join(format!("{number:06}.txt")), text)?;
    }
    let mut import = Command::new(fanfold);
    import.arg("--library").arg(library).args(["--quiet", "import"]).arg(&pile);
    let cost = program::run(&mut import, &[0, 3])?;
    eprintln!("{} works imported in {:.0} s", args.works, cost.wall.as_secs_f64());
    std::fs::remove_dir_all(pile).context("clearing the pile")
}

fn report(
    args: &Args,
    server: &Server,
    port: u16,
    before: u64,
    arrivals: &Arrivals,
    (warming, asked): (Asked, Asked),
) -> anyhow::Result<()> {
    let all = before + arrivals.works;
    let (at_end, seconds_until_all) = wait_for_all(port, all)?;
    let errors: Vec<_> = warming.errors.iter().chain(&asked.errors).collect();
    let mut times = asked.times_us;
    times.sort_unstable();
    let at = |share: f64| {
        let place = (times.len().saturating_sub(1) as f64 * share) as usize;
        times.get(place).copied().unwrap_or(0) as f64 / 1e3
    };
    println!(
        "{}",
        json!({
            "program": "fanfold serve", "works_before": before, "clients": args.clients, "pause_ms": args.pause, "common_words": args.common,
            "slowest_while_warming_ms": warming.slowest.0 as f64 / 1e3,
            "seconds": args.seconds, "requests": times.len(),
            "requests_per_second": times.len() as f64 / asked.seconds,
            "p50_ms": at(0.50), "p95_ms": at(0.95), "p99_ms": at(0.99), "max_ms": at(1.0),
            "fewest_of_a_client": asked.fewest, "most_of_a_client": asked.most,
            "slowest": asked.slowest.1, "errors": errors.len(), "first_error": errors.first(),
            "works_brought_in": arrivals.works, "brought_in_per_second": arrivals.works as f64 / arrivals.seconds,
            "slowest_import_ms": arrivals.slowest_ms, "works_at_end": at_end, "works_expected": all,
            "seconds_until_all_found": seconds_until_all,
            "server_bytes": meter::status_bytes(server.0.id(), "VmRSS:")?,
            "server_bytes_without_mapped_files": meter::status_bytes(server.0.id(), "RssAnon:")?,
        })
    );
    if let Some(error) = errors.first() {
        bail!("{} answers were errors, the first: {error}", errors.len());
    }
    if at_end != all {
        bail!(
            "the server finds {at_end} works of {all} {} s after the last import",
            PATIENCE.as_secs()
        );
    }
    Ok(())
}

/// Works the server finds, and after how many seconds it found them all; `None` if it does not.
fn wait_for_all(port: u16, all: u64) -> anyhow::Result<(u64, Option<f64>)> {
    let started = Instant::now();
    loop {
        let now = found(port)?;
        let waited = started.elapsed();
        if now == all || waited > PATIENCE {
            return Ok((now, (now == all).then_some(waited.as_secs_f64())));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// How many works the server lists.
fn found(port: u16) -> anyhow::Result<u64> {
    let page = serve::get(&Target { port, path: "/works".to_owned() })?;
    total(&String::from_utf8_lossy(&page)).context("the list does not say how many works there are")
}

/// The number that a listing's sentence begins with.
fn total(page: &str) -> Option<u64> {
    let (_, sentence) = page.split_once("<p class=\"sentence\">")?;
    let (number, _) = sentence.split_once(" work")?;
    number.replace('\u{202f}', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_of_a_listing_is_read_with_its_narrow_spaces() {
        let page = |count: &str| {
            format!("<h1>2 works</h1><p class=\"sentence\">{count}, newest first</p>")
        };
        assert_eq!(total(&page("1 work")), Some(1));
        assert_eq!(total(&page("10\u{202f}050 works in Robin Hood")), Some(10_050));
        assert_eq!(total(&page("No works")), None);
    }
}
