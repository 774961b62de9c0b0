//! `completing N`: N invented tags, a seventh of them other names of one, and names of them being typed: from any of their
//! words on, a letter more each time, in a tenth with a typing error. How long is each answer awaited, and is the tag among
//! the ten that are offered.

use std::time::Instant;

use fanfold_tags::{Completer, Entry, Known, Typed};
use serde_json::json;

use crate::generate::Dice;
use crate::{meter, vocabulary};

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many tags.
    #[arg(default_value_t = 100_000)]
    tags: u64,
    /// How many names are typed.
    #[arg(long, default_value_t = 2_000)]
    names: usize,
}

/// A name in the making.
struct Keys {
    text: String,
    letters: usize,
    slip: bool,
    means: u64,
    fandom: Vec<u64>,
}

/// Builds, types, prints a line for each number of letters and one for all.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let mut dice = Dice::new(12);
    let known = vocabulary::tags(args.tags, &mut dice);
    let entries = entries(known, &mut dice);
    let typed = typing(&entries, args.names, &mut dice);
    let (before, started) = (meter::resident_bytes("VmRSS:")?, Instant::now());
    let completer = Completer::of(entries);
    let built = started.elapsed();
    let grown = meter::resident_bytes("VmRSS:")?.saturating_sub(before);
    let mut costs: Vec<(usize, bool, bool, u64)> = Vec::with_capacity(typed.len());
    for keys in &typed {
        let asked = Typed { text: &keys.text, kind: None, fandoms: &keys.fandom, limit: 10 };
        let begun = meter::thread_cpu_ns()?;
        let found = completer.complete(&asked);
        let cost = meter::thread_cpu_ns()?.saturating_sub(begun);
        let there = found.iter().any(|own| own.id == keys.means);
        costs.push((keys.letters.min(8), keys.slip, there, cost));
    }
    for letters in 1..=8 {
        let some = costs.iter().filter(|own| own.0 == letters);
        println!("{}", line(&format!("{letters} letters"), some));
    }
    println!("{}", line("with a slip", costs.iter().filter(|own| own.1 && own.0 >= 5)));
    println!("{}", line("all", costs.iter()));
    println!(
        "{}",
        json!({"tags": completer.len(), "built_seconds": built.as_secs_f64(), "resident_bytes": grown})
    );
    Ok(())
}

fn line<'a>(
    what: &str,
    costs: impl Iterator<Item = &'a (usize, bool, bool, u64)>,
) -> serde_json::Value {
    let costs: Vec<_> = costs.collect();
    let found = costs.iter().filter(|own| own.2).count();
    let mut cpu: Vec<u64> = costs.iter().map(|own| own.3).collect();
    cpu.sort_unstable();
    let percentile = |share: usize| cpu.get(cpu.len() * share / 100).map_or(0, |ns| ns / 1_000);
    json!({
        "typed": what, "asked": costs.len(), "among_ten": found as f64 / costs.len().max(1) as f64,
        "cpu_us_p50": percentile(50), "cpu_us_p95": percentile(95), "cpu_us_max": cpu.last().map_or(0, |ns| ns / 1_000),
    })
}

/// A seventh of the tags are other names of the tag before them.
fn entries(known: Vec<Known>, dice: &mut Dice) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::with_capacity(known.len());
    for own in known {
        let before = entries.last().filter(|last| last.kind == own.kind && last.means.is_none());
        let means = before.map(|last| last.id).filter(|_| dice.below(7) == 0);
        let Known { id, kind, name, uses, fandoms } = own;
        entries.push(Entry { id, kind, name, uses, means, fandoms });
    }
    entries
}

fn typing(known: &[Entry], names: usize, dice: &mut Dice) -> Vec<Keys> {
    let mut typed = Vec::new();
    for _ in 0..names {
        let Some(tag) = known.get(dice.below(known.len() as u64) as usize) else { break };
        let slip = dice.below(10) == 0;
        let name = if slip { vocabulary::typing_error(&tag.name, dice) } else { tag.name.clone() };
        let words: Vec<&str> = name.split(' ').collect();
        let from = dice.below(words.len() as u64) as usize;
        let text = words.get(from..).unwrap_or_default().join(" ");
        let fandom = if dice.below(2) == 0 { tag.fandoms.clone() } else { Vec::new() };
        for (letters, (end, letter)) in (1..=12).zip(text.char_indices()) {
            let text = text.get(..end + letter.len_utf8()).unwrap_or_default().to_owned();
            typed.push(Keys {
                text,
                letters,
                slip,
                means: tag.means.unwrap_or(tag.id),
                fandom: fandom.clone(),
            });
        }
    }
    typed
}
