//! The scorer judges as it says.

use super::*;
use crate::quality::reading::Record;
use serde_json::json;

fn map(value: Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap()
}

fn judged(gold: Entry, read: Option<Value>) -> Judged {
    let read = read.map(|fields| Record { files: Vec::new(), fields: map(fields) });
    judge(Pair { gold, read, surplus: Vec::new() })
}

fn gold(fields: Value) -> Entry {
    Entry {
        read_as: "work".to_owned(),
        split: "dev".to_owned(),
        layout: "labels".to_owned(),
        fields: map(fields),
        ..Entry::default()
    }
}

#[test]
fn a_value_is_right_invented_or_missed() {
    let gold = gold(json!({"title": "A", "creators": ["Wren", "Jay"]}));
    let one = judged(
        gold,
        Some(json!({"read_as": "work", "title": "A",
        "creators": [{"name": "Wren"}, {"name": "Editor"}]})),
    );
    assert_eq!(one.tallies["title"], Tally { right: 1, invented: 0, missed: 0 });
    assert_eq!(one.tallies["creators"], Tally { right: 1, invented: 1, missed: 1 });
    assert_eq!(one.mistakes.len(), 1);
    let board = Board::of(&[one]);
    let total = board.halves["dev"].1;
    assert_eq!(total, Tally { right: 3, invented: 1, missed: 1 });
    assert!((total.precision() - 0.75).abs() < 1e-9 && (total.f1() - 0.75).abs() < 1e-9);
}

#[test]
fn a_document_that_was_not_read_has_missed_everything() {
    let one = judged(gold(json!({"title": "A", "rating": "Mature"})), None);
    let missed: usize = one.tallies.values().map(|tally| tally.missed).sum();
    assert_eq!(missed, 3);
}

#[test]
fn what_is_optional_neither_helps_nor_hurts_and_what_is_unjudged_is_not_looked_at() {
    let mut entry = gold(json!({}));
    entry.optional = map(json!({"language": "de"}));
    entry.unjudged = vec!["rating".to_owned()];
    let read = json!({"read_as": "work", "language": "de", "rating": "Mature"});
    assert_eq!(judged(entry, Some(read)).mistakes, []);
}

#[test]
fn words_may_be_a_little_off_and_are_judged_only_where_they_are_said() {
    let read = |words| Some(json!({"read_as": "work", "words": words}));
    assert_eq!(judged(gold(json!({})), read(7)).mistakes, []);
    assert_eq!(judged(gold(json!({"words": 100})), read(104)).mistakes, []);
    assert_eq!(judged(gold(json!({"words": 100})), read(110)).mistakes.len(), 1);
}

#[test]
fn a_work_too_many_is_an_invention() {
    let read = Record { files: Vec::new(), fields: map(json!({"read_as": "work"})) };
    let pair =
        Pair { gold: gold(json!({})), read: Some(read.clone()), surplus: vec![read.clone(), read] };
    assert_eq!(judge(pair).tallies["read_as"], Tally { right: 1, invented: 2, missed: 0 });
}

#[test]
fn the_document_with_most_mistakes_comes_first() {
    let few = judged(gold(json!({"title": "A"})), Some(json!({"read_as": "work"})));
    let many = judged(gold(json!({"title": "B", "rating": "Mature"})), None);
    let all = [few, many];
    let first = worst(&all, 1, None);
    assert_eq!(first[0].gold.fields["title"], "B");
    assert!(worst(&all, 9, Some("series")).is_empty());
    assert_eq!(worst(&all, 9, Some("rating")).len(), 1);
}
