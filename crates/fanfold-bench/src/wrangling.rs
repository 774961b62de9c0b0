//! `wrangling N`: N invented canonical tags in fandoms of very different size, and for each some ways in which people
//! write the same tag. Asked for each such writing, how often is the canonical tag first, among the first five, and
//! sure; and is a slash ever taken for an ampersand, or a "no" left out.
//!
//! Names of one fandom share surnames, and pairs share persons, as they do in any fandom. The writings are made by the
//! rules that are known of wrangled tags; what no string can tell (translations, nicknames) is not among them.

use std::collections::BTreeMap;
use std::time::Instant;

use fanfold_model::TagKind;
use fanfold_tags::{Known, Suggester};
use serde_json::json;

use crate::generate::Dice;
use crate::vocabulary;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many canonical tags.
    #[arg(default_value_t = 100_000)]
    tags: u64,
    /// How many writings are asked for.
    #[arg(long, default_value_t = 20_000)]
    asked: usize,
}

/// A writing of a known tag.
struct Writing {
    how: &'static str,
    kind: TagKind,
    text: String,
    fandom: u64,
    means: u64,
}

/// What was found for the writings of one kind.
#[derive(Default)]
struct Tally {
    asked: u32,
    first: u32,
    first_five: u32,
    sure: u32,
    sure_and_right: u32,
}

/// Builds, asks, prints a line for each way of writing and one for all.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let mut dice = Dice::new(11);
    let known = vocabulary::tags(args.tags, &mut dice);
    let writings = writings(&known, args.asked, &mut dice);
    let contraries = contraries(&known, args.asked / 20);
    let started = Instant::now();
    let suggester = Suggester::of(known);
    let built = started.elapsed();
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut cost = Vec::new();
    for writing in &writings {
        let before = Instant::now();
        let found = suggester.suggest(writing.kind, &writing.text, &[writing.fandom], 5);
        cost.push(u64::try_from(before.elapsed().as_nanos())?);
        for name in [writing.how, "all"] {
            tallies.entry(name).or_default().count(&found, writing.means);
        }
    }
    for (how, tally) in &tallies {
        println!("{}", tally.line(how));
    }
    let confused = contraries.iter().filter(|(writing, not)| {
        let found = suggester.suggest(writing.kind, &writing.text, &[writing.fandom], 1);
        found.first().is_some_and(|first| first.id == *not)
    });
    let (confused, of) = (confused.count(), contraries.len());
    cost.sort_unstable();
    let percentile = |share: usize| cost.get(cost.len() * share / 100).map_or(0, |ns| ns / 1_000);
    println!(
        "{}",
        json!({
            "tags": args.tags, "built_seconds": built.as_secs_f64(), "contraries": of, "confused": confused,
            "wall_us_p50": percentile(50), "wall_us_p95": percentile(95),
        })
    );
    Ok(())
}

impl Tally {
    fn count(&mut self, found: &[fanfold_tags::Candidate], means: u64) {
        let is = |candidate: &fanfold_tags::Candidate| candidate.id == means;
        self.asked += 1;
        self.first += u32::from(found.first().is_some_and(is));
        self.first_five += u32::from(found.iter().any(is));
        let sure = found.first().filter(|candidate| candidate.sure);
        self.sure += u32::from(sure.is_some());
        self.sure_and_right += u32::from(sure.is_some_and(is));
    }

    fn line(&self, how: &str) -> serde_json::Value {
        let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1));
        json!({
            "writing": how, "asked": self.asked, "recall_at_1": share(self.first, self.asked),
            "recall_at_5": share(self.first_five, self.asked), "sure": share(self.sure, self.asked),
            "precision_when_sure": share(self.sure_and_right, self.sure),
        })
    }
}

fn writings(known: &[Known], most: usize, dice: &mut Dice) -> Vec<Writing> {
    let mut writings = Vec::new();
    while writings.len() < most && !known.is_empty() {
        let Some(tag) = known.get(dice.below(known.len() as u64) as usize) else { break };
        if let Some((how, text)) = written(tag, dice).filter(|(_, text)| *text != tag.name) {
            let fandom = tag.fandoms.first().copied().unwrap_or(0);
            writings.push(Writing { how, kind: tag.kind, text, fandom, means: tag.id });
        }
    }
    writings
}

/// One of the ways in which people write this tag.
fn written(tag: &Known, dice: &mut Dice) -> Option<(&'static str, String)> {
    let name = &tag.name;
    Some(match (tag.kind, dice.below(6)) {
        (_, 0) => ("typing error", vocabulary::typing_error(name, dice)),
        (_, 1) => ("case and marks", format!("{}!", name.to_lowercase().replace(' ', "  "))),
        (TagKind::Character, 2) => {
            let (first, last) = name.split_once(' ')?;
            ("surname first", format!("{last}, {first}"))
        }
        (TagKind::Character, 3) => {
            let (first, last) = name.split_once(' ')?;
            ("initial and surname", format!("{}. {last}", first.chars().next()?))
        }
        (TagKind::Character, _) => ("with its fandom", format!("{name} ({})", "the Tales")),
        (TagKind::Relationship, how) => relationship(name, how)?,
        (_, 2) => ("words in another order", {
            let (first, rest) = name.split_once(' ')?;
            format!("{rest} - {first}")
        }),
        (_, 3) => ("words run together", name.replace(' ', "")),
        _ => ("hyphens", name.replace(' ', "-")),
    })
}

fn relationship(name: &str, how: u64) -> Option<(&'static str, String)> {
    let joint = if name.contains('/') { "/" } else { " & " };
    let (a, b) = name.split_once(joint)?;
    let first = |person: &str| person.split(' ').next().map(str::to_owned);
    Some(match how {
        2 => ("pair turned round", format!("{b}{joint}{a}")),
        3 => ("first names", format!("{}{joint}{}", first(b)?, first(a)?)),
        4 if joint == "/" => ("an x between", format!("{} x {}", first(a)?, b)),
        5 if joint == "/" => {
            let (a, b) = (first(a)?, first(b)?);
            let tail = b.char_indices().nth_back(2).map(|(at, _)| &b[at..])?;
            let head = a.char_indices().nth(3).map(|(at, _)| &a[..at])?;
            ("run together", format!("{head}{tail}"))
        }
        _ => ("blanks at the joint", format!("{a}  {}  {b}", joint.trim())),
    })
}

/// Writings that mean the contrary of a tag that is known: it must not be offered first.
fn contraries(known: &[Known], most: usize) -> Vec<(Writing, u64)> {
    let contrary = |tag: &Known| -> Option<String> {
        match tag.kind {
            TagKind::Relationship if tag.name.contains('/') => Some(tag.name.replace('/', " & ")),
            TagKind::Relationship => Some(tag.name.replace(" & ", "/")),
            TagKind::Freeform => Some(format!("No {}", tag.name)),
            _ => None,
        }
    };
    let every = (known.len() / most.max(1)).max(1);
    let some = known.iter().step_by(every).filter_map(|tag| {
        let fandom = tag.fandoms.first().copied().unwrap_or(0);
        let text = contrary(tag)?;
        Some((Writing { how: "contrary", kind: tag.kind, text, fandom, means: 0 }, tag.id))
    });
    some.collect()
}
