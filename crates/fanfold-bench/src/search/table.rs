//! The measurements as a table for people.

use std::collections::BTreeMap;

use fanfold_search::Index;

use super::asking::Measured;

#[derive(Default)]
struct Class {
    cpu: Vec<u64>,
    wall: Vec<u64>,
    plain: Vec<u64>,
}

/// Prints one line a class: CPU milliseconds over all passes but the first (which warms), when there is more than one; the
/// same without boards, and how many times as long that took on the average.
pub(crate) fn print(measured: &[Measured]) {
    let mut classes: BTreeMap<&str, Class> = BTreeMap::new();
    for query in measured {
        let class = classes.entry(&query.question.class).or_default();
        let warm = usize::from(query.cpu_us.len() > 1);
        class.cpu.extend(&query.cpu_us[warm..]);
        class.wall.extend(&query.wall_us[warm..]);
        class.plain.extend(&query.plain_cpu_us[warm..]);
    }
    println!(
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
    for (class, Class { mut cpu, mut wall, mut plain }) in classes {
        cpu.sort_unstable();
        wall.sort_unstable();
        plain.sort_unstable();
        let (mean, plain_mean) = (mean_ms(&cpu), mean_ms(&plain));
        println!(
            "{class:<15} {mean:>8.3} {:>8.3} {:>8.3} {:>9.3} {plain_mean:>10.3} {:>10.3} {:>10.3} {:>6.1}",
            at(&cpu, 50),
            at(&cpu, 95),
            at(&wall, 95),
            at(&plain, 50),
            at(&plain, 95),
            plain_mean / mean.max(0.001),
        );
    }
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
