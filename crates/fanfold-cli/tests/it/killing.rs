//! kill -9 in the middle of an import, again and again: no acknowledged work is lost, `check` finds
//! no fault, and in the end the library is the one of an undisturbed run.
//!
//! `FANFOLD_KILLS` sets how many kills (default 200), `FANFOLD_SEED` repeats a run.

use crate::program::{Chance, Library, pile};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Kills that one library survives before it is finished and compared.
const KILLS_A_LIBRARY: u64 = 10;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var_os(name).and_then(|value| value.to_str()?.parse().ok()).unwrap_or(default)
}

#[test]
fn an_import_killed_again_and_again_ends_as_if_it_had_never_been_killed() {
    let seed = setting("FANFOLD_SEED", 20_261_120);
    let kills = setting("FANFOLD_KILLS", 200);
    println!("seed {seed}, {kills} kills");
    let piles = tempfile::tempdir().unwrap();
    let pile_folder = piles.path().join("pile");
    pile(&pile_folder, 60);
    let started = Instant::now();
    let undisturbed = Library::new();
    undisturbed.import(&pile_folder);
    let whole = started.elapsed();
    let wanted = timeless(&undisturbed.export());
    let libraries = kills.div_ceil(KILLS_A_LIBRARY);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..2_u64)
            .map(|worker| {
                let (pile_folder, wanted) = (&pile_folder, &wanted);
                scope.spawn(move || {
                    for number in (worker..libraries).step_by(2) {
                        let chance = Chance(seed.wrapping_add(number));
                        survive(number, chance, pile_folder, wanted, whole);
                    }
                })
            })
            .collect();
        workers.into_iter().for_each(|worker| worker.join().unwrap());
    });
}

fn survive(number: u64, mut chance: Chance, pile_folder: &Path, wanted: &str, whole: Duration) {
    let library = Library::new();
    let mut acknowledged = BTreeSet::new();
    for kill in 0..KILLS_A_LIBRARY {
        let micros = u64::try_from(whole.as_micros()).unwrap();
        let after = Duration::from_micros(chance.below(micros + micros / 4));
        acknowledged.extend(killed_import(&library, pile_folder, after));
        if !library.path().join("library.sqlite").exists() {
            assert!(acknowledged.is_empty(), "works were acknowledged before there was a library");
            continue;
        }
        let report = library.json(&["check", "--read-data"]).pop().unwrap();
        let faults = report["faults"].as_array().unwrap();
        assert!(faults.is_empty(), "library {number}, kill {kill} after {after:?}: {faults:?}");
        let held = works(&library);
        let lost: Vec<_> = acknowledged.difference(&held).collect();
        assert!(
            lost.is_empty(),
            "library {number}, kill {kill} after {after:?} lost works {lost:?}"
        );
    }
    library.import(pile_folder);
    let got = timeless(&library.export());
    let differs = got.lines().zip(wanted.lines()).find(|(got, wanted)| got != wanted);
    assert!(got == *wanted, "library {number} differs from an undisturbed one: {differs:?}");
}

/// Runs an import, kills it, and gives the works it acknowledged before.
fn killed_import(library: &Library, pile_folder: &Path, after: Duration) -> Vec<i64> {
    let mut child = library
        .command(&["--json", "import", pile_folder.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let stdout = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let lines = BufReader::new(stdout).lines().map_while(Result::ok);
        let items = lines.filter_map(|line| serde_json::from_str::<Value>(&line).ok());
        items.filter_map(|item| item["work"].as_i64()).collect::<Vec<_>>()
    });
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

/// An export without the moments at which versions were stored, the one thing that may differ.
fn timeless(export: &str) -> String {
    let mut parts = export.split("\"stored\":\"");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str("\"stored\":\"");
        text.push_str(part.get("2026-01-01T00:00:00Z".len()..).unwrap_or_default());
    }
    text
}

fn works(library: &Library) -> BTreeSet<i64> {
    let listed = library.json(&["search", "--limit", "10000", "words:>=0 OR words:0"]);
    let hits = listed[0]["hits"].as_array().unwrap();
    hits.iter().filter_map(|hit| hit["id"].as_i64()).collect()
}
