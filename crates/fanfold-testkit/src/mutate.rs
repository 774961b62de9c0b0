//! Seeded mutations for functions that eat bytes: fuzzing that runs on the stable toolchain, in the ordinary tests.
//!
//! Input number `n` depends on the seed inputs, the seed and `n` alone, so a failure is reproduced by its two numbers on
//! any machine, whatever the order in which threads ran. What a mutation does is what time and programs do to files:
//! bits rot, ends are cut off, pieces are copied twice or pasted into other files, marks stand in the wrong place.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// An input that takes longer than this is a fault of its own: someone would call it a hang.
const LONGEST_RUN: Duration = Duration::from_secs(20);

/// Mutated inputs do not grow beyond this, unless the seed input is larger.
const LARGEST: usize = 64 * 1024;

/// Pieces that mean something to one of our readers.
const TOKENS: [&[u8]; 40] = [
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xFE\xFF",
    b"\0",
    b"\r",
    b"\r\n\r\n",
    b"\x1A",
    b"\xC2\x85",
    b"\xE2\x80\xA8",
    b"\xF0\x9F\x92\x94",
    b"\xED\xA0\x80",
    b"\x93quoted\x94",
    b"\x83\x65\x83\x58\x83\x67",
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"mimetypeapplication/epub+zip",
    b"<p>",
    b"</p>",
    b"<div>",
    b"<!--",
    b"<![CDATA[",
    b"<script>",
    b"<table><tr>",
    b"<svg><math>",
    b"<a href=\"javascript:",
    b"&#0;",
    b"&#x110000;",
    b"&amp",
    b"Title: ",
    b"Rating: NC-17\n",
    b"Chapter 2\n",
    b"Pairing: A/B\n",
    b"\n\n* * *\n\n",
    b"---\ntitle: \"",
    b"{\"type\":\"work\",",
    b"\"chapters\":[[[[",
    b"From - Mon Jan  1 00:00:00 2001\n",
    b"-\"(NOT words:>",
    b"18446744073709551616",
];

/// Runs `f` over the seed inputs and then over mutations of them, `runs` inputs in all, on every core.
///
/// Prints the seed first, so that even an abort (a stack that overflows) can be run again. When `f` panics or takes
/// longer than 20 seconds, the input is written to `target/fuzz-failures/NAME-SEED-N`.
///
/// # Panics
/// When any input made `f` panic or hang; the message says how to run that input again.
pub fn run(name: &str, seeds: &[Vec<u8>], runs: usize, seed: u64, f: impl Fn(&[u8]) + Sync) {
    println!("{name}: {runs} inputs from {} seed inputs, seed {seed}", seeds.len());
    let Some((number, why)) = first_failure(seeds, runs, seed, &f) else {
        return;
    };
    let path = keep(name, seed, number, &input(seeds, seed, number));
    panic!(
        "{name}: input {number} of seed {seed} {why}\n  it is kept in {}\n  \
         to run it alone: the function under test on that file, or on `mutate::input(&seeds, {seed}, {number})`",
        path.display()
    );
}

/// Input number `number`: the seed inputs themselves come first, then their mutations.
pub fn input(seeds: &[Vec<u8>], seed: u64, number: usize) -> Vec<u8> {
    if let Some(untouched) = seeds.get(number) {
        return untouched.clone();
    }
    let mut chance = Chance(seed ^ (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut bytes = chance.pick(seeds).cloned().unwrap_or_default();
    let most = LARGEST.max(bytes.len());
    for _ in 0..=chance.below(6) {
        mutate(&mut bytes, seeds, &mut chance);
        bytes.truncate(most);
    }
    bytes
}

/// The failing input with the lowest number among those found before the threads stopped, and what it did.
fn first_failure(
    seeds: &[Vec<u8>],
    runs: usize,
    seed: u64,
    f: &(impl Fn(&[u8]) + Sync),
) -> Option<(usize, String)> {
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    let lane = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= runs {
                break;
            }
            if let Some(why) = fault_of(&input(seeds, seed, number), f) {
                next.store(runs, Ordering::Relaxed);
                failures
                    .lock()
                    .unwrap_or_else(|poisoned| poisoned.into_inner())
                    .push((number, why));
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(lane);
        }
    });
    failures.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner()).into_iter().min()
}

fn fault_of(bytes: &[u8], f: &impl Fn(&[u8])) -> Option<String> {
    let begin = Instant::now();
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| f(bytes))) {
        let said = panic.downcast_ref::<String>().cloned();
        let said = said.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string));
        return Some(format!("panicked: {}", said.unwrap_or_default()));
    }
    let took = begin.elapsed();
    (took > LONGEST_RUN).then(|| format!("took {} s", took.as_secs()))
}

fn keep(name: &str, seed: u64, number: usize, bytes: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/fuzz-failures");
    let path = folder.join(format!("{name}-{seed}-{number}"));
    let kept = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, bytes));
    if let Err(error) = kept {
        println!("{name}: the input could not be kept: {error}");
    }
    path
}

fn mutate(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], chance: &mut Chance) {
    match chance.below(9) {
        0 => flip_bits(bytes, chance),
        1 => {
            let keep = chance.below(bytes.len() + 1);
            bytes.truncate(keep);
        }
        2 => drop(bytes.drain(range(bytes.len(), chance))),
        3 => duplicate(bytes, chance),
        4 => splice(bytes, seeds, chance),
        5 => swap_ends(bytes, chance),
        6 => insert_run(bytes, chance),
        _ => insert(bytes, chance.pick(&TOKENS).copied().unwrap_or_default(), chance),
    }
}

fn flip_bits(bytes: &mut [u8], chance: &mut Chance) {
    for _ in 0..=chance.below(8) {
        let at = chance.below(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte = if chance.below(3) == 0 {
                chance.next() as u8
            } else {
                *byte ^ (1 << chance.below(8))
            };
        }
    }
}

fn duplicate(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let chunk = bytes[range(bytes.len(), chance)].to_vec();
    let times = 1 + chance.below(4);
    insert(bytes, &chunk.repeat(times), chance);
}

/// A piece of another seed input in the middle of this one.
fn splice(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], chance: &mut Chance) {
    if let Some(other) = chance.pick(seeds) {
        let piece = &other[range(other.len(), chance)];
        insert(bytes, piece, chance);
    }
}

fn swap_ends(bytes: &mut [u8], chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    bytes.rotate_left(at);
}

/// One token or byte many times over: deep nesting, endless lines, endless blank.
fn insert_run(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let any = [chance.next() as u8];
    let piece =
        if chance.below(2) == 0 { &any[..] } else { chance.pick(&TOKENS).copied().unwrap_or(&any) };
    let times = 1 << chance.below(12);
    insert(bytes, &piece.repeat(times), chance);
}

fn insert(bytes: &mut Vec<u8>, piece: &[u8], chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    bytes.splice(at..at, piece.iter().copied());
}

fn range(length: usize, chance: &mut Chance) -> std::ops::Range<usize> {
    let (a, b) = (chance.below(length + 1), chance.below(length + 1));
    a.min(b)..a.max(b)
}

/// SplitMix64 (Steele, Lea and Flood, 2014): small, seeded, good enough to choose mutations with.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; 0 when there is none.
    fn below(&mut self, bound: usize) -> usize {
        self.next().checked_rem(bound as u64).unwrap_or(0) as usize
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let at = self.below(list.len());
        list.get(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seeds() -> Vec<Vec<u8>> {
        vec![
            b"Title: The Chest\n\nIt was dark.".to_vec(),
            b"<p>Jim &amp; Ben</p>".to_vec(),
            Vec::new(),
        ]
    }

    /// Eats bytes and falls over a tag that is opened twice in a row.
    fn fragile(bytes: &[u8]) {
        assert!(!bytes.windows(10).any(|window| window == b"<div><div>"), "two in a row");
    }

    #[test]
    fn a_planted_panic_is_found_kept_and_reproduced_by_its_two_numbers() {
        let result = catch_unwind(|| run("planted", &seeds(), 20_000, 7, fragile));
        let said = *result.unwrap_err().downcast::<String>().unwrap();
        let number =
            said.split("input ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
        assert!(said.contains("of seed 7 panicked: two in a row"), "{said}");
        let again = input(&seeds(), 7, number);
        assert!(catch_unwind(|| fragile(&again)).is_err());
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/fuzz-failures");
        let kept = kept.join(format!("planted-7-{number}"));
        assert_eq!(std::fs::read(&kept).unwrap(), again);
        std::fs::remove_file(kept).unwrap();
    }

    #[test]
    fn the_seed_inputs_themselves_come_first_and_every_input_is_run_once() {
        let seen = Mutex::new(Vec::new());
        run("counted", &seeds(), 500, 1, |bytes| seen.lock().unwrap().push(bytes.to_vec()));
        let mut seen = seen.into_inner().unwrap();
        let mut expected: Vec<_> = (0..500).map(|number| input(&seeds(), 1, number)).collect();
        assert_eq!(&expected[..3], seeds());
        seen.sort();
        expected.sort();
        assert_eq!(seen, expected);
    }

    #[test]
    fn another_seed_gives_other_inputs_and_most_of_them_differ_from_each_other() {
        let inputs =
            |seed| (3..1000).map(|number| input(&seeds(), seed, number)).collect::<Vec<_>>();
        let (mut one, two) = (inputs(1), inputs(2));
        assert_ne!(one, two);
        one.sort();
        one.dedup();
        assert!(one.len() > 800, "{}", one.len());
        assert!(one.iter().all(|bytes| bytes.len() <= LARGEST));
    }

    #[test]
    fn no_seed_inputs_at_all_still_gives_something_to_eat() {
        let eaten = AtomicUsize::new(0);
        run("from-nothing", &[], 200, 3, |bytes| {
            eaten.fetch_add(bytes.len(), Ordering::Relaxed);
        });
        assert!(eaten.into_inner() > 0);
    }
}
