//! The best fitting works are the same whether every match is scored or most are passed over, to the last page.

use fanfold_model::query::{Sort, SortKey, parse};
use fanfold_model::{TagKind, Viewer};
use fanfold_search::{BoardLimits, Cursor, Hit, Index, IndexedWork, SearchOptions};

use crate::library::{Dice, everything, tag};

/// Words from those that every text has to those that few have.
const WORDS: [&str; 12] = [
    "the", "of", "sea", "lamp", "night", "garden", "river", "queen", "rabbit", "lantern", "anchor",
    "unicorn",
];

fn drawn_words(dice: &mut Dice, count: u64) -> String {
    let many = WORDS.len() as u64;
    let word = |dice: &mut Dice| WORDS[dice.below(many).min(dice.below(many)) as usize];
    let words: Vec<&str> = (0..count).map(|_| word(dice)).collect();
    words.join(" ")
}

/// Texts of very different length; later works are longer, so that no segment is like another.
fn drawn_work(id: u64, dice: &mut Dice) -> IndexedWork {
    let mut tags = Vec::new();
    for (number, name) in ["Sea Stories", "Lamp/Lantern", "A Queen of Oz"].into_iter().enumerate() {
        if dice.below(3 + 9 * number as u64) == 0 {
            tags.push(tag(number as u64, TagKind::Freeform, name));
        }
    }
    let length = 1 + dice.below(4 + id / 50) * dice.below(6);
    IndexedWork {
        id,
        title: Some(drawn_words(dice, 2)),
        summary: vec![drawn_words(dice, 6)],
        chapters: vec![drawn_words(dice, length)],
        series: (dice.below(4) == 0).then(|| drawn_words(dice, 2)).into_iter().collect(),
        language: Some("en".to_owned()),
        tags,
        words: length,
        ..IndexedWork::default()
    }
}

/// Words of all kinds: alone, together, either of two, in names and in series, in rows, begun, with conditions, and in
/// ways whose score is no plain sum.
const QUESTIONS: [&str; 16] = [
    "the",
    "anchor",
    "unicorn",
    "sea",
    "queen",
    "sea lamp",
    "the the of",
    "anchor | unicorn | lamp",
    "lamp words>20",
    "garden -lamp -freeform:\"Sea Stories\"",
    "series:sea | title:river",
    "series:the",
    "sea | words:3",
    "\"sea of\" river",
    "lan*",
    "(sea lamp) | anchor",
];

fn best(index: &Index, question: &str, limit: usize, after: Option<&Cursor>) -> (u64, Vec<Hit>) {
    let query = parse(question).unwrap();
    let sort = Some(Sort::by(SortKey::Relevance));
    let options = SearchOptions { viewer: Viewer::Public, sort, limit, after, ..everything() };
    let found = index.search(&query, &options).unwrap();
    (found.total, found.hits)
}

/// Sums that were added in another order may differ in their last digit, and so may the order of what is as good.
fn are_alike(one: &[Hit], other: &[Hit]) -> bool {
    let score = |hit: &Hit| hit.score.unwrap();
    let near = |one: f32, other: f32| (one - other).abs() <= one.abs() * 1e-5;
    let has = |hits: &[Hit], hit: &Hit| {
        let last = hits.last().is_some_and(|last| near(score(last), score(hit)));
        last || hits.iter().any(|known| known.id == hit.id)
    };
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| near(score(one), score(other)))
        && one.iter().all(|hit| has(other, hit))
}

fn all_pages(index: &Index, question: &str) -> (u64, Vec<Hit>) {
    let (mut hits, mut after): (Vec<Hit>, Option<Cursor>) = (Vec::new(), None);
    loop {
        let (total, page) = best(index, question, 250, after.as_ref());
        let Some(last) = page.last() else {
            return (total, hits);
        };
        after = Some(last.cursor.clone());
        hits.extend(page);
    }
}

fn passed_over(scored_all: u64) {
    let dir = tempfile::tempdir().unwrap();
    let (plain, fast) =
        (Index::open_or_create(dir.path()).unwrap(), Index::open_or_create(dir.path()).unwrap());
    fast.prepare(BoardLimits { scored_all, ..BoardLimits::default() }).unwrap();
    let mut writer = plain.try_writer(0).unwrap().unwrap();
    let mut dice = Dice(11);
    for (commit, upto) in [4_000, 4_100, 8_000].into_iter().enumerate() {
        for id in plain.works().unwrap()..upto {
            writer.put(&drawn_work(id, &mut dice)).unwrap();
        }
        (0..40).for_each(|_| writer.remove(dice.below(upto)));
        writer.commit(commit as u64 + 1).unwrap();
        for question in QUESTIONS {
            let (total, slow) = best(&plain, question, 25, None);
            let (counted, quick) = best(&fast, question, 25, None);
            assert_eq!(total, counted, "{question}");
            assert!(are_alike(&slow, &quick), "{question}: {slow:?}\n{quick:?}");
        }
    }
    for question in QUESTIONS {
        let (total, hits) = all_pages(&fast, question);
        let mut ids: Vec<u64> = hits.iter().map(|hit| hit.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((ids.len(), hits.len()), (total as usize, total as usize), "{question}");
        let (_, slow) = all_pages(&plain, question);
        assert!(are_alike(&slow, &hits), "{question}");
    }
}

#[test]
fn passing_over_what_cannot_be_among_the_best_changes_no_page() {
    passed_over(BoardLimits::default().scored_all);
}

#[test]
fn passing_over_from_the_first_work_on_changes_no_page_either() {
    passed_over(0);
}
