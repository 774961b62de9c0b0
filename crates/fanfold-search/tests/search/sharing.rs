//! Folders, versions, the writer's lock, and what one holder sees of another.

use std::fs;
use std::path::Path;

use fanfold_search::{Index, IndexError, IndexedWork};

use crate::library::{found, work};

#[test]
fn one_writer_at_a_time_and_its_commits_are_seen_by_another_opening_of_the_folder() {
    let dir = tempfile::tempdir().unwrap();
    let writing = Index::open_or_create(dir.path()).unwrap();
    let reading = Index::open_or_create(dir.path()).unwrap();
    assert_eq!((reading.seq().unwrap(), reading.works().unwrap()), (0, 0));
    let mut writer = writing.try_writer(0).unwrap().unwrap();
    assert!(reading.try_writer(0).unwrap().is_none(), "the lock is held");
    for (seq, word) in (1..).zip(["oak", "elm", "fir"]) {
        writer.put(&work(7, word, "")).unwrap();
        writer.commit(seq * 10).unwrap();
        assert_eq!(
            found(&reading, word),
            [7],
            "a commit is seen at once and replaces the former text"
        );
        assert_eq!((reading.seq().unwrap(), reading.works().unwrap()), (seq * 10, 1));
    }
    assert_eq!(found(&reading, "oak"), Vec::<u64>::new());
    writer.remove(7);
    writer.commit(31).unwrap();
    assert_eq!(reading.works().unwrap(), 0);
    writer.close().unwrap();
    assert!(reading.try_writer(0).unwrap().is_some(), "the lock is given back");
}

#[test]
fn what_was_not_committed_is_forgotten_and_the_number_stays() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(dir.path()).unwrap();
    let mut writer = index.try_writer(0).unwrap().unwrap();
    writer.put(&work(1, "oak", "")).unwrap();
    writer.commit(5).unwrap();
    writer.put(&work(2, "elm", "")).unwrap();
    drop(writer);
    let again = Index::open_or_create(dir.path()).unwrap();
    assert_eq!((again.seq().unwrap(), again.works().unwrap()), (5, 1));
}

#[test]
fn an_index_of_another_format_or_a_damaged_one_asks_to_be_rebuilt() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(dir.path()).unwrap();
    let mut writer = index.try_writer(0).unwrap().unwrap();
    writer.put(&work(1, "oak", "")).unwrap();
    writer.commit(5).unwrap();
    writer.close().unwrap();
    drop(index);
    let meta = dir.path().join("meta.json");
    let text = fs::read_to_string(&meta).unwrap();
    fs::write(&meta, text.replace("\\\"format\\\":", "\\\"format\\\":9")).unwrap();
    let outdated = Index::open_or_create(dir.path()).err().expect("refused");
    assert!(
        matches!(&outdated, IndexError::Outdated { .. }) && outdated.needs_rebuild(),
        "{outdated}"
    );
    fs::write(&meta, "{").unwrap();
    let damaged = Index::open_or_create(dir.path()).err().expect("refused");
    assert!(damaged.needs_rebuild() && damaged.to_string().contains("reindex"), "{damaged}");
    let fresh = Index::recreate(dir.path()).unwrap();
    assert_eq!((fresh.seq().unwrap(), fresh.works().unwrap()), (0, 0));
}

#[test]
fn an_index_in_use_is_not_deleted() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(dir.path()).unwrap();
    let writer = index.try_writer(0).unwrap().unwrap();
    assert!(matches!(Index::recreate(dir.path()), Err(IndexError::Busy { .. })));
    drop(writer);
    assert!(Index::recreate(dir.path()).is_ok());
}

/// How many segments the index in a folder has.
fn segments_in(dir: &Path) -> usize {
    fs::read_to_string(dir.join("meta.json")).unwrap().matches("\"segment_id\"").count()
}

#[test]
fn a_writer_tells_until_when_segments_are_merged_and_works_are_put_meanwhile() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(dir.path()).unwrap();
    let segments = || segments_in(dir.path());
    let mut writer = index.try_writer(0).unwrap().unwrap();
    assert!(!writer.is_merging().unwrap());
    let mut most = 0;
    for id in 1..=8 {
        writer.put(&work(id, "oak", "A chapter.")).unwrap();
        writer.commit(id).unwrap();
        most = most.max(segments());
    }
    let begun = std::time::Instant::now();
    while writer.is_merging().unwrap() {
        assert!(begun.elapsed().as_secs() < 60, "eight small segments are merged");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(segments() < most, "{} of {most} segments", segments());
    writer.put(&work(9, "oak", "")).unwrap();
    writer.commit(9).unwrap();
    writer.close().unwrap();
    assert_eq!(found(&index, "oak").len(), 9);
}

#[test]
fn who_brings_few_works_leaves_large_segments_to_the_tidier() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(dir.path()).unwrap();
    let segments = || segments_in(dir.path());
    assert!(index.try_tidier().unwrap().is_none(), "there is nothing yet");
    let mut id = 0;
    for seq in 1..=8 {
        let mut writer = index.try_writer(10).unwrap().unwrap();
        for _ in 0..24_000 {
            writer.add(&IndexedWork { id, ..IndexedWork::default() }).unwrap();
            id += 1;
        }
        writer.commit(seq).unwrap();
        writer.close().unwrap();
    }
    let before = segments();
    assert!(before >= 8, "none of {before} is small enough for who is in a hurry");
    let mut tidier = index.try_tidier().unwrap().expect("eight are enough to be merged");
    tidier.commit(8).unwrap();
    tidier.close().unwrap();
    assert!(segments() < before, "{} of {before} segments", segments());
    assert!(index.try_tidier().unwrap().is_none());
    assert_eq!((index.works().unwrap(), index.seq().unwrap()), (id, 8));
}
