//! The measurements as a table for people.

use std::collections::BTreeMap;

use fanfold_search::Index;

use super::asking::Measured;
use super::reference::beside::{Beside, Turns};

/// The figures of one class of questions.
#[derive(Default)]
struct Class {
    cpu: Vec<u64>,
    wall: Vec<u64>,
    plain: Vec<u64>,
    /// One for each engine beside ours.
    others: Vec<Other>,
}

#[derive(Default)]
struct Other {
    /// CPU where it is known, else wall.
    figures: Vec<u64>,
    wall: Vec<u64>,
    by_wall: bool,
    too_slow: usize,
}

/// Prints one line a class: CPU milliseconds over all passes but the first (which warms), when there is more than one; the
/// same without boards, and how many times as long that took on the average; the same of each engine beside ours.
pub(crate) fn print(measured: &[Measured], others: &[Beside]) {
    let mut heading = format!(
        "{:<15} {:>8} {:>8} {:>8} {:>9} {:>10} {:>10} {:>10} {:>6}",
        "class",
        "cpu mean",
        "cpu p50",
        "cpu p95",
        "wall p95",
        "plain mean",
        "plain p50",
        "plain p95",
        "ratio"
    );
    for beside in others {
        heading
            .push_str(&format!(" | {:>10} mean      p50      p95 wall p95  ratio", beside.name()));
    }
    println!("{heading}");
    for (name, class) in classes(measured, others) {
        println!("{}", row(name, class));
    }
}

fn classes<'a>(measured: &'a [Measured], others: &[Beside]) -> BTreeMap<&'a str, Class> {
    let mut classes: BTreeMap<&str, Class> = BTreeMap::new();
    for (number, query) in measured.iter().enumerate() {
        let class = classes.entry(&query.question.class).or_default();
        class.cpu.extend(warm(&query.cpu_us));
        class.wall.extend(warm(&query.wall_us));
        class.plain.extend(warm(&query.plain_cpu_us));
        class.others.resize_with(others.len(), Other::default);
        for (other, beside) in class.others.iter_mut().zip(others) {
            if let Some(turns) = beside.turns(number) {
                other.add(turns);
            }
        }
    }
    classes
}

fn row(name: &str, Class { mut cpu, mut wall, mut plain, others }: Class) -> String {
    cpu.sort_unstable();
    wall.sort_unstable();
    plain.sort_unstable();
    let (mean, plain_mean) = (mean_ms(&cpu), mean_ms(&plain));
    let mut row = format!(
        "{name:<15} {mean:>8.3} {:>8.3} {:>8.3} {:>9.3}",
        at(&cpu, 50),
        at(&cpu, 95),
        at(&wall, 95),
    );
    if plain.is_empty() {
        row.push_str(&format!(" {:>10} {:>10} {:>10} {:>6}", "–", "–", "–", "–"));
    } else {
        let (half, most) = (at(&plain, 50), at(&plain, 95));
        let ratio = plain_mean / mean.max(0.001);
        row.push_str(&format!(" {plain_mean:>10.3} {half:>10.3} {most:>10.3} {ratio:>6.1}"));
    }
    for other in others {
        let ours = if other.by_wall { mean_ms(&wall) } else { mean };
        row.push_str(&other.cells(ours));
    }
    row
}

impl Other {
    fn add(&mut self, turns: &Turns) {
        self.by_wall |= turns.cpu_us.is_empty();
        self.figures.extend(warm(if self.by_wall { &turns.wall_us } else { &turns.cpu_us }));
        self.wall.extend(warm(&turns.wall_us));
        self.too_slow += usize::from(turns.too_slow > 0);
    }

    /// `ours`: the mean of the same figures.
    fn cells(mut self, ours: f64) -> String {
        if self.figures.is_empty() {
            return format!(" | {:>48}", "left out");
        }
        self.figures.sort_unstable();
        self.wall.sort_unstable();
        let mean = mean_ms(&self.figures);
        let mut cells = format!(
            " | {mean:>15.3} {:>8.3} {:>8.3} {:>8.3} {:>6.1}",
            at(&self.figures, 50),
            at(&self.figures, 95),
            at(&self.wall, 95),
            mean / ours.max(0.001),
        );
        if self.by_wall {
            cells.push_str(" by wall");
        }
        if self.too_slow > 0 {
            cells.push_str(&format!(" {} too slow", self.too_slow));
        }
        cells
    }
}

/// All but the first pass, if there are more.
fn warm(passes: &[u64]) -> &[u64] {
    &passes[usize::from(passes.len() > 1)..]
}

fn mean_ms(list: &[u64]) -> f64 {
    list.iter().sum::<u64>() as f64 / list.len().max(1) as f64 / 1_000.0
}

fn at(sorted: &[u64], share: usize) -> f64 {
    sorted.get(sorted.len().saturating_sub(1) * share / 100).copied().unwrap_or(0) as f64 / 1_000.0
}

/// Prints what each part of the index takes, in bytes a work, the largest first.
pub(crate) fn print_sizes(index: &Index) -> anyhow::Result<()> {
    let works = index.works()?.max(1) as f64;
    let mut sizes: Vec<_> = index.sizes()?.into_iter().collect();
    sizes.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    for ((part, field), bytes) in sizes {
        println!("{part:<8} {field:<20} {:>8.2} bytes a work", bytes as f64 / works);
    }
    Ok(())
}
