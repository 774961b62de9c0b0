//! The fuzz entry points over seeded mutations, so that they run in every check.

use fanfold_search::fuzz::{fuzz_request, fuzz_words};

const SEEDS: [&str; 6] = [
    "The old map lay in the attic: l\u{2019}\u{ee}le au tr\u{e9}sor, na\u{ef}ve caf\u{e9}s.",
    "\u{6771}\u{4eac}\u{90fd}\u{306e}\u{732b}\u{3002}\u{ff76}\u{ff9e}\u{ff97}\u{ff7d} \u{bcf4}\u{bb3c}\u{c12c} \u{e01}\u{e32}\u{e23}",
    "fandom:\"Treasure Island\" (attic OR -tr*) words:1k-5000 updated:<30d sort:>kudos \"",
    "n1f.12 t6f7a.3 m.4",
    "e\u{301}\u{301}\u{ad}\u{200d} \u{5e9}\u{5b8}\u{5dc}\u{5d5}\u{5b9}\u{5dd} \u{645}\u{64e} \u{928}\u{92e}\u{938}\u{94d}\u{924}\u{947}",
    "<mark>&amp;</mark> '\"\u{0}\u{1}\u{2}en\u{2}burning",
];

#[test]
fn mutated_texts_queries_and_cursors_never_panic() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap()
    };
    for round in 0..20_000 {
        let mut bytes = SEEDS[round % SEEDS.len()].as_bytes().to_vec();
        for _ in 0..random() % 6 {
            let (at, other) = (random() % bytes.len().max(1), random() % bytes.len().max(1));
            match random() % 4 {
                0 if !bytes.is_empty() => bytes[at] = (random() % 256) as u8,
                1 => bytes.truncate(at),
                2 => bytes.insert(at.min(bytes.len()), (random() % 256) as u8),
                _ => bytes.extend_from_within(at.min(other)..at.max(other)),
            }
        }
        fuzz_words(&bytes);
        fuzz_request(&bytes);
    }
}
