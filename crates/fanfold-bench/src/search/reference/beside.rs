//! Taking turns: each engine is built, asked every question after ours, timed, and its answers held against ours.

use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use fanfold_search::Results;
use serde_json::{Value, json};

use super::row::{Meaning, Row};
use super::{Answer, Choice, PATIENCE, Reference, Reply, Size};
use crate::search::asked::{Asked, By};
use crate::search::kit::{self, Tags};
use crate::search::question::Question;

/// Differences that are listed one by one.
const LISTED: usize = 20;

/// An engine beside ours, with its figures.
pub(crate) struct Beside {
    name: &'static str,
    engine: Option<Box<dyn Reference>>,
    /// Why there is none, or none any more.
    left_out: Option<String>,
    build_seconds: f64,
    size: Size,
    turns: Vec<Turns>,
    differences: Vec<String>,
}

/// What one question took, pass by pass.
#[derive(Default)]
pub(crate) struct Turns {
    pub(crate) wall_us: Vec<u64>,
    /// Empty where CPU cannot be told.
    pub(crate) cpu_us: Vec<u64>,
    /// Passes in which the time was up; they are in the figures with what they took until then.
    pub(crate) too_slow: usize,
    checked: bool,
}

/// Builds the chosen engines one after the other, each in a folder of its own.
pub(crate) fn build(
    choices: &[Choice],
    works: &Path,
    tags: &Tags,
    folder: &Path,
) -> anyhow::Result<Vec<Beside>> {
    let mut all: Vec<Beside> = Vec::new();
    for choice in choices {
        anyhow::ensure!(
            all.iter().all(|known| known.name != choice.name()),
            "{} is named twice",
            choice.name()
        );
        let folder = folder.join(choice.name());
        std::fs::create_dir_all(&folder).context("making a folder for a reference")?;
        all.push(Beside::new(choice, works, tags, &folder));
    }
    Ok(all)
}

impl Beside {
    fn new(choice: &Choice, works: &Path, tags: &Tags, folder: &Path) -> Self {
        let started = Instant::now();
        let built =
            filled(choice, works, tags, folder).and_then(|mut engine| Ok((engine.size()?, engine)));
        let mut beside = Self {
            name: choice.name(),
            engine: None,
            left_out: None,
            build_seconds: started.elapsed().as_secs_f64(),
            size: Size::default(),
            turns: Vec::new(),
            differences: Vec::new(),
        };
        match built {
            Ok((size, engine)) => {
                eprintln!("{}: built in {:.0} s", beside.name, beside.build_seconds);
                beside.size = size;
                beside.engine = Some(engine);
            }
            Err(error) => beside.leave_out(&error),
        }
        beside
    }

    fn leave_out(&mut self, error: &anyhow::Error) {
        eprintln!("{} is left out: {error:#}", self.name);
        self.left_out = Some(format!("{error:#}"));
        self.engine = None;
        self.turns.clear();
    }

    /// Asks the question that ours has just answered; questions come in the same order in every pass.
    pub(crate) fn take_turn(&mut self, number: usize, question: &Question, ours: &Results) {
        let Some(engine) = &mut self.engine else {
            return;
        };
        if self.turns.len() <= number {
            self.turns.resize_with(number + 1, Turns::default);
        }
        let turns = &mut self.turns[number];
        match turns.ask(&mut **engine, &question.asked) {
            Ok(Reply::TooSlow) => turns.too_slow += 1,
            Ok(Reply::Answer(_)) if turns.checked => {}
            Ok(Reply::Answer(theirs)) => {
                turns.checked = true;
                let differences = differences(&question.asked, ours, &theirs);
                self.differences.extend(differences.map(|what| {
                    format!("{}: question {} ({}): {what}", self.name, question.id, question.class)
                }));
            }
            Err(error) => self.leave_out(&error.context(format!("question {}", question.id))),
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// What a question took; `None` when the engine was left out.
    pub(crate) fn turns(&self, number: usize) -> Option<&Turns> {
        self.turns.get(number)
    }

    /// One object about the engine.
    pub(crate) fn about(&self) -> Value {
        if let Some(why) = &self.left_out {
            return json!({ "left_out": why });
        }
        let slow = self.turns.iter().filter(|turns| turns.too_slow > 0).count();
        json!({
            "build_seconds": self.build_seconds,
            "bytes": self.size.bytes,
            "index_bytes": self.size.index_bytes,
            "questions": self.turns.len(),
            "held_against_ours": self.turns.iter().filter(|turns| turns.checked).count(),
            "differences": self.differences.len(),
            "too_slow": slow,
        })
    }

    /// The same in a sentence.
    pub(crate) fn sentence(&self) -> String {
        if let Some(why) = &self.left_out {
            return format!("{}: left out: {why}", self.name);
        }
        let about = self.about();
        let indexes =
            self.size.index_bytes.map(|bytes| format!(" ({} MB of them indexes)", bytes >> 20));
        format!(
            "{}: built in {:.0} s, {} MB{}; {} of {} questions held against ours (totals, facets, first pages but those \
             by rank), {} different; {} too slow (over {} s)",
            self.name,
            self.build_seconds,
            self.size.bytes >> 20,
            indexes.unwrap_or_default(),
            about["held_against_ours"],
            about["questions"],
            about["differences"],
            about["too_slow"],
            PATIENCE.as_secs(),
        )
    }
}

/// Says what each engine answered otherwise than ours.
///
/// # Errors
/// If any did.
pub(crate) fn all_equal(all: &[Beside]) -> anyhow::Result<()> {
    let differences: Vec<&String> = all.iter().flat_map(|beside| &beside.differences).collect();
    for difference in differences.iter().take(LISTED) {
        eprintln!("{difference}");
    }
    anyhow::ensure!(
        differences.is_empty(),
        "{} answers of references are not ours (the first {} are listed)",
        differences.len(),
        differences.len().min(LISTED)
    );
    Ok(())
}

impl Turns {
    fn ask(&mut self, engine: &mut dyn Reference, asked: &Asked) -> anyhow::Result<Reply> {
        let cpu = engine.cpu_ns()?;
        let wall = Instant::now();
        let reply = engine.ask(asked)?;
        let took = wall.elapsed();
        self.wall_us.push(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
        if let (Some(before), Some(after)) = (cpu, engine.cpu_ns()?) {
            self.cpu_us.push(after.saturating_sub(before) / 1_000);
        }
        // Not every engine can be stopped.
        Ok(if took > PATIENCE { Reply::TooSlow } else { reply })
    }
}

fn filled(
    choice: &Choice,
    works: &Path,
    tags: &Tags,
    folder: &Path,
) -> anyhow::Result<Box<dyn Reference>> {
    let mut building = choice.building(folder)?;
    let mut added: u64 = 0;
    let meaning = |id: u64| {
        let place = usize::try_from(id).unwrap_or(usize::MAX);
        Meaning { canonical: tags.canonical(place) as u64, expanded: tags.expanded(place) }
    };
    kit::for_each_work(works, tags, |work| {
        building.add(&Row::of(&work, meaning))?;
        added += 1;
        if added.is_multiple_of(100_000) {
            eprintln!("{}: {added} works", choice.name());
        }
        Ok(())
    })?;
    eprintln!("{}: {added} works, making it ready", choice.name());
    building.finish()
}

fn differences(asked: &Asked, ours: &Results, theirs: &Answer) -> impl Iterator<Item = String> {
    let total = (theirs.total != ours.total)
        .then(|| format!("{} matches, ours {}", theirs.total, ours.total));
    let top: Vec<u64> = ours.hits.iter().map(|hit| hit.id).collect();
    // How well words fit is every engine's own opinion.
    let other_top = asked.sort != By::Rank && theirs.top != top;
    let other_top = other_top.then(|| format!("first page {:?}, ours {top:?}", theirs.top));
    let counted = ours.facets.iter().flat_map(|facets| &facets.tags);
    let facets: Vec<_> = counted
        .flat_map(|(kind, list)| list.iter().map(|entry| (*kind, entry.id, entry.count)))
        .collect();
    let mut pairs = theirs.facets.iter().zip(&facets);
    let first = pairs.find(|(theirs, ours)| theirs != ours);
    let other_facets =
        (theirs.facets != facets).then(|| format!("facets: the first that differ: {first:?}"));
    total.into_iter().chain(other_top).chain(other_facets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanfold_model::query::{Sort, SortKey};

    #[test]
    fn another_total_and_another_first_page_are_differences_but_not_another_rank() {
        let ours =
            Results { total: 1, hits: Vec::new(), facets: None, sort: Sort::by(SortKey::Kudos) };
        let theirs = Answer { total: 2, top: vec![4], facets: Vec::new() };
        let by = |sort| Asked { sort, ..Asked::default() };
        assert_eq!(differences(&by(By::Kudos), &ours, &theirs).count(), 2);
        assert_eq!(differences(&by(By::Rank), &ours, &theirs).count(), 1);
        let same = Answer { total: 1, ..Answer::default() };
        assert_eq!(differences(&by(By::Kudos), &ours, &same).count(), 0);
    }
}
