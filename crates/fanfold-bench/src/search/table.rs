//! The measurements as a table for people.

use std::collections::BTreeMap;

use super::Measured;

/// Prints one line a class: CPU milliseconds over all passes but the first (which warms), when there is more than one.
pub(crate) fn print(measured: &[Measured]) {
    let mut classes: BTreeMap<&str, (Vec<u64>, Vec<u64>)> = BTreeMap::new();
    for query in measured {
        let (cpu, wall) = classes.entry(&query.question.class).or_default();
        let warm = usize::from(query.cpu_us.len() > 1);
        cpu.extend(&query.cpu_us[warm..]);
        wall.extend(&query.wall_us[warm..]);
    }
    println!(
        "{:<18} {:>8} {:>8} {:>8} {:>9} {:>9}",
        "class", "cpu mean", "cpu p50", "cpu p95", "wall p50", "wall p95"
    );
    for (class, (mut cpu, mut wall)) in classes {
        cpu.sort_unstable();
        wall.sort_unstable();
        let mean = cpu.iter().sum::<u64>() as f64 / cpu.len().max(1) as f64 / 1_000.0;
        let at = |list: &[u64], share: usize| list[(list.len() - 1) * share / 100] as f64 / 1_000.0;
        println!(
            "{class:<18} {mean:>8.2} {:>8.2} {:>8.2} {:>9.2} {:>9.2}",
            at(&cpu, 50),
            at(&cpu, 95),
            at(&wall, 50),
            at(&wall, 95)
        );
    }
}
