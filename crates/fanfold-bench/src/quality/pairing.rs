//! Which record answers which gold line: by file, and where a file holds several works, by title.

use std::collections::HashMap;

use super::gold::Entry;
use super::reading::Record;

/// A gold line with the record that answers it, and the records of its files that answer nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pair {
    pub(crate) gold: Entry,
    pub(crate) read: Option<Record>,
    pub(crate) surplus: Vec<Record>,
}

/// One pair a gold line. What the folder holds beside the gold's files is not judged.
pub(crate) fn pair(gold: Vec<Entry>, records: Vec<Record>) -> Vec<Pair> {
    let mut left: Vec<Option<Record>> = records.into_iter().map(Some).collect();
    let mut by_file: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, record) in left.iter().enumerate() {
        for file in record.iter().flat_map(|record| &record.files) {
            by_file.entry(file.clone()).or_default().push(place);
        }
    }
    let of = |entry: &Entry| -> Vec<usize> {
        entry.path.iter().filter_map(|path| by_file.get(path)).flatten().copied().collect()
    };
    let mut pairs: Vec<Pair> = gold
        .into_iter()
        .map(|gold| Pair { read: take_best(&gold, &of(&gold), &mut left), gold, surplus: vec![] })
        .collect();
    for pair in &mut pairs {
        pair.surplus = of(&pair.gold).into_iter().filter_map(|place| left[place].take()).collect();
    }
    pairs
}

/// The record with the same title, or else the first that is left.
fn take_best(gold: &Entry, places: &[usize], left: &mut [Option<Record>]) -> Option<Record> {
    let title = |place: &usize| left[*place].as_ref().map(|record| record.fields.get("title"));
    let same = places.iter().find(|place| title(place) == Some(gold.fields.get("title")));
    let first = places.iter().find(|place| left[**place].is_some());
    same.or(first).copied().and_then(|place| left[place].take())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn record(title: &str) -> Record {
        let fields = json!({"title": title}).as_object().cloned().unwrap();
        Record { files: vec!["box.txt".to_owned()], fields }
    }

    fn line(title: &str) -> Entry {
        let fields = record(title).fields;
        Entry { path: vec!["box.txt".to_owned()], fields, ..Entry::default() }
    }

    #[test]
    fn works_of_one_file_find_their_lines_by_title_and_one_too_many_is_surplus() {
        let records = vec![record("Three"), record("Two"), record("One")];
        let pairs = pair(vec![line("One"), line("Two")], records);
        let title = |pair: &Pair| pair.read.as_ref().unwrap().fields["title"].clone();
        assert_eq!((title(&pairs[0]), title(&pairs[1])), (json!("One"), json!("Two")));
        assert_eq!(pairs[0].surplus.len() + pairs[1].surplus.len(), 1);
    }

    #[test]
    fn a_file_of_which_nothing_came_has_no_record() {
        assert!(pair(vec![line("One")], Vec::new())[0].read.is_none());
    }
}
