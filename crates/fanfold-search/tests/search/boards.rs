//! Boards give what the plain way gives, to the last page and the last facet: over libraries that are large enough for
//! every way of counting and ordering, in several segments, with updates and deletions, before and after commits.

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use fanfold_model::query::{Direction, Sort, SortKey, parse};
use fanfold_model::{Status, TagKind, Viewer, Visibility};
use fanfold_search::{
    BoardLimits, Cursor, DayInterval, Index, IndexedTag, IndexedWork, Results, SearchOptions,
};

use crate::library::{Dice, everything, tag};

fn drawn_tags(dice: &mut Dice) -> Vec<IndexedTag> {
    let mut tags = Vec::new();
    let rating = dice.below(4);
    if rating < 3 {
        tags.push(tag(rating, TagKind::Rating, "rating"));
    }
    for (kind, base, of, upto) in [
        (TagKind::Fandom, 10, 12, 3),
        (TagKind::Character, 40, 60, 4),
        (TagKind::Freeform, 200, 900, 9),
    ] {
        for _ in 0..dice.below(upto) {
            // Small numbers come up more often than large ones.
            let number = dice.below(of).min(dice.below(of)).min(dice.below(of));
            tags.push(tag(base + number, kind, "some tag"));
        }
    }
    tags
}

pub(crate) fn drawn_work(id: u64, dice: &mut Dice) -> IndexedWork {
    let titles = ["Oak", "elm tree", "Fir", "box", "", "yew", "oak"];
    let day = |dice: &mut Dice| {
        let first = 11_000 + dice.below(400) as i32;
        (dice.below(10) > 0).then_some(DayInterval { first, last: first + dice.below(3) as i32 })
    };
    IndexedWork {
        id,
        title: Some(titles[dice.below(7) as usize].to_owned()),
        creators: (0..dice.below(2)).map(|_| format!("Creator {}", dice.below(90))).collect(),
        summary: vec![["north", "south", "east of oak"][dice.below(3) as usize].to_owned()],
        tags: drawn_tags(dice),
        words: dice.below(50) * dice.below(2_000),
        chapter_count: 1 + dice.below(4),
        kudos: (dice.below(5) > 0).then(|| dice.below(30)),
        hits: (dice.below(2) > 0).then(|| dice.below(100_000)),
        published: day(dice),
        updated: day(dice),
        language: (dice.below(9) > 0)
            .then(|| ["en", "en-GB", "fr", "zh"][dice.below(4) as usize].to_owned()),
        status: Status::ALL[dice.below(5) as usize],
        visibility: if dice.below(12) == 0 { Visibility::Hidden } else { Visibility::Public },
        // Those with the fewest bookmarks: a walk from the top finds none of them for long.
        adult: id % 450 < 150,
        bookmarks: Some(id % 450),
        ..IndexedWork::default()
    }
}

const QUESTIONS: [&str; 24] = [
    "",
    "fandom:f0",
    "fandom:f0 character:c0",
    "fandom:f0 character:c0 -freeform:x0",
    "freeform:x3 freeform:x1 freeform:x0 -freeform:x2 -fandom:f1",
    "freeform:x700",
    "-fandom:f0",
    "-fandom:f0 -freeform:x0",
    "fandom:f0 | freeform:x1 | character:c50",
    "(fandom:f1 | fandom:f2) -(freeform:x1 freeform:x0)",
    "words:1000-30000",
    "rating:r1 words:1000-30000",
    "-words:1000-30000 fandom:f0",
    "updated:2000-05..2000-12",
    "complete:yes lang:en",
    "otp:no adult:yes",
    "kudos>3 hits>1000",
    "oak",
    "oak fandom:f0 sort:updated",
    "\"east of\" -freeform:x0 sort:kudos",
    "\"east of oak\" freeform:x20",
    "\"of oak\" kudos:7 hits>50000",
    "status:complete | lang:fr",
    "freeform:nothing",
];

fn lookup() -> HashMap<(Option<TagKind>, String), Vec<u64>> {
    let kinds = [
        ("r", TagKind::Rating, 0, 3),
        ("f", TagKind::Fandom, 10, 12),
        ("c", TagKind::Character, 40, 60),
        ("x", TagKind::Freeform, 200, 900),
    ];
    let named = kinds.into_iter().flat_map(|(letter, kind, base, of)| {
        (0..of).map(move |number| {
            let mut under = vec![base + number];
            if (letter, number) == ("f", 0) {
                under.extend((9..of).map(|number| base + number)); // they stand under the first
            }
            ((Some(kind), format!("{letter}{number}")), under)
        })
    });
    named.collect()
}

/// Every answer to every question: each order, each viewer, with facets, and every page of some.
pub(crate) fn answers(index: &Index) -> Vec<(String, Results)> {
    let tags = lookup();
    let mut answers = Vec::new();
    for (number, question) in QUESTIONS.iter().enumerate() {
        let query = parse(question).unwrap();
        for (place, key) in SortKey::ALL.into_iter().enumerate() {
            let up = (number + place).is_multiple_of(2);
            let direction = if up { Direction::Ascending } else { Direction::Descending };
            let viewer = if number % 3 == 0 { Viewer::Owner } else { Viewer::Public };
            let options = SearchOptions {
                viewer,
                sort: Some(Sort { key, direction }),
                limit: [20, 3, 150][place % 3],
                offset: place % 2,
                facets: (place % 4 < 3).then_some([10, 3, 1_000][place % 3]),
                tags: &tags,
                ..everything()
            };
            let answer = index.search(&query, &options).unwrap();
            let named = format!("{question} by {:?} for {viewer:?}", options.sort);
            if place == number % SortKey::ALL.len() {
                pages(index, &query, &options, &answer, &named, &mut answers);
            }
            answers.push((named, answer));
        }
    }
    answers
}

fn pages(
    index: &Index,
    query: &fanfold_model::query::Query,
    options: &SearchOptions<'_>,
    first: &Results,
    named: &str,
    answers: &mut Vec<(String, Results)>,
) {
    let (mut last, mut seen): (Option<Cursor>, usize) = (None, 0);
    loop {
        let options =
            SearchOptions { after: last.as_ref(), limit: 100, offset: 0, ..options.clone() };
        let page = index.search(query, &options).unwrap();
        seen += page.hits.len();
        let Some(hit) = page.hits.last() else {
            break;
        };
        last = Some(hit.cursor.clone());
        answers.push((format!("{named}, page to {seen}"), page));
    }
    assert_eq!(seen as u64, first.total, "{named}: all pages together are everything");
}

pub(crate) fn same(plain: &Index, fast: &Index, when: &str) {
    for (plain, fast) in answers(plain).into_iter().zip(answers(fast)) {
        assert_eq!(plain, fast, "{when}");
    }
}

/// Two openings of one folder: one answers the plain way.
pub(crate) fn opened(dir: &Path, limits: BoardLimits) -> (Index, Index) {
    let (plain, fast) = (Index::open_or_create(dir).unwrap(), Index::open_or_create(dir).unwrap());
    fast.prepare(limits).unwrap();
    (plain, fast)
}

fn grown(limits: BoardLimits) {
    let dir = tempfile::tempdir().unwrap();
    let (plain, fast) = opened(dir.path(), limits);
    let mut writer = plain.try_writer(0).unwrap().unwrap();
    let mut dice = Dice(limits.at_once + 7);
    for commit in 0..4_u64 {
        for id in commit * 900..(commit + 1) * 900 {
            writer.add(&drawn_work(id, &mut dice)).unwrap();
        }
        for _ in 0..commit * 60 {
            let id = dice.below(commit * 900);
            if id.is_multiple_of(2) {
                writer.remove(id);
            } else {
                writer.put(&drawn_work(id, &mut dice)).unwrap();
            }
        }
        writer.commit(commit).unwrap();
        same(&plain, &fast, "after a commit");
        if commit == 1 {
            fast.prepare(limits).unwrap();
            same(&plain, &fast, "prepared again");
        }
    }
    writer.close().unwrap();
    same(&plain, &fast, "after merging");
}

#[test]
fn boards_that_are_made_at_once_answer_like_the_plain_way() {
    grown(BoardLimits::default());
}

#[test]
fn while_boards_are_made_behind_answers_are_the_same() {
    grown(BoardLimits { at_once: 0, lag: Duration::ZERO, ..BoardLimits::default() });
}

#[test]
fn while_boards_are_made_behind_answers_come_from_the_view_before_and_soon_from_the_newest() {
    let dir = tempfile::tempdir().unwrap();
    let limits = BoardLimits { at_once: 0, ..BoardLimits::default() };
    let (plain, fast) = opened(dir.path(), limits);
    let mut writer = plain.try_writer(0).unwrap().unwrap();
    let mut dice = Dice(5);
    let (query, begun) = (parse("words>0").unwrap(), Instant::now());
    for commit in 0..5_u64 {
        let before = fast.search(&query, &everything()).unwrap();
        (commit * 400..(commit + 1) * 400)
            .for_each(|id| writer.add(&drawn_work(id, &mut dice)).unwrap());
        writer.commit(commit).unwrap();
        let newest = plain.search(&query, &everything()).unwrap();
        loop {
            let answer = fast.search(&query, &everything()).unwrap();
            if answer == newest {
                break;
            }
            assert_eq!(answer.total, before.total, "nothing between the two");
            assert!(begun.elapsed() < Duration::from_secs(60));
        }
    }
}

#[test]
fn without_room_for_anything_beside_the_boards_answers_are_the_same() {
    let room = BoardLimits { kept_bytes: 2_000, kept_bytes_a_work: 0, ..BoardLimits::default() };
    grown(BoardLimits { at_once: 1_000_000, ..room });
}

#[test]
fn counts_that_are_kept_of_a_tags_works_lead_to_the_same_answers() {
    grown(BoardLimits { kept_counts_from: 5, ..BoardLimits::default() });
}

#[test]
fn tags_beyond_the_frequent_ones_are_counted_too() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.try_writer(0).unwrap().unwrap();
    let mut dice = Dice(3);
    for id in 0..2_600_u64 {
        let mut work = drawn_work(id, &mut dice);
        // 78,000 tags of which most works carry none: more than rows have numbers for.
        for number in 0..30 {
            let own = 1_000 + dice.below(4) * 40_000 + id * 30 % 40_000 + number;
            work.tags.push(tag(own, TagKind::ALL[number as usize % 7], "own"));
        }
        writer.add(&work).unwrap();
        if id == 1_500 {
            writer.commit(1).unwrap();
        }
    }
    writer.commit(2).unwrap();
    let plain = answers(&index);
    for kept_counts_from in [5, u64::MAX] {
        index.prepare(BoardLimits { kept_counts_from, ..BoardLimits::default() }).unwrap();
        for (plain, fast) in plain.iter().zip(answers(&index)) {
            assert_eq!(*plain, fast);
        }
    }
}

#[test]
fn numbers_that_do_not_fit_boards_are_answered_all_the_same() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.try_writer(0).unwrap().unwrap();
    for id in 0..50_u64 {
        let work = IndexedWork {
            id: id << 40,
            words: id << 30,
            kudos: Some(u64::MAX - id),
            tags: vec![tag(id << 50, TagKind::Fandom, "far")],
            ..IndexedWork::default()
        };
        writer.add(&work).unwrap();
    }
    writer.commit(1).unwrap();
    let plain = answers(&index);
    index.prepare(BoardLimits::default()).unwrap();
    for (plain, fast) in plain.into_iter().zip(answers(&index)) {
        assert_eq!(plain, fast);
    }
}
