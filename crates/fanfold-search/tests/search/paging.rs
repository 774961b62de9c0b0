//! Pages go on behind the last hit to the very end, in every order, whatever happens in between.

use fanfold_model::query::{Sort, SortKey, parse};
use fanfold_search::{Cursor, Index, IndexError, IndexedWork, SearchOptions};

use crate::library::{answer, everything, index, work};

fn all_pages(index: &Index, sort: Sort, size: usize) -> Vec<u64> {
    let (mut ids, mut after): (Vec<u64>, Option<Cursor>) = (Vec::new(), None);
    loop {
        let options =
            SearchOptions { sort: Some(sort), limit: size, after: after.as_ref(), ..everything() };
        let page = answer(index, "", &options);
        assert_eq!(
            page.total,
            index.works().unwrap(),
            "the total is of the whole list on every page"
        );
        ids.extend(page.hits.iter().map(|hit| hit.id));
        let Some(last) = page.hits.last() else {
            return ids;
        };
        after = Some(last.cursor.to_string().parse().unwrap());
    }
}

fn shelf() -> Vec<IndexedWork> {
    let titles = ["Oz", "oz", "\u{d6}z", "Alice", "", "Dracula", "Alice again"];
    (1..=21_u64)
        .map(|id| IndexedWork {
            words: id % 4,
            kudos: (id % 3 > 0).then_some(id % 5),
            ..work(id, titles[id as usize % 7], "")
        })
        .collect()
}

#[test]
fn pages_of_any_size_give_the_whole_list_once_in_every_order() {
    let index = index(&shelf());
    for key in SortKey::ALL {
        let whole = all_pages(&index, Sort::by(key), 100);
        assert_eq!(whole.len(), 21);
        for size in [1, 2, 5, 20, 21] {
            assert_eq!(all_pages(&index, Sort::by(key), size), whole, "{key:?} by {size}");
        }
    }
}

#[test]
fn a_work_that_comes_or_goes_moves_no_other_off_the_next_page() {
    for key in [SortKey::Title, SortKey::Kudos] {
        let index = index(&shelf());
        let whole = all_pages(&index, Sort::by(key), 100);
        let options = SearchOptions { sort: Some(Sort::by(key)), limit: 10, ..everything() };
        let first = answer(&index, "", &options);
        let mut writer = index.try_writer(0).unwrap().unwrap();
        writer.remove(whole[9]);
        writer.put(&IndexedWork { kudos: Some(99), ..work(100, "Aaa", "") }).unwrap();
        writer.commit(2).unwrap();
        let after = &first.hits[9].cursor;
        let second = answer(&index, "", &SearchOptions { after: Some(after), ..options.clone() });
        assert_eq!(
            second.hits.iter().map(|hit| hit.id).collect::<Vec<_>>(),
            whole[10..20],
            "{key:?}"
        );
    }
}

#[test]
fn offsets_skip_and_a_cursor_of_another_order_is_refused() {
    let index = index(&shelf());
    let by = |key| SearchOptions { sort: Some(Sort::by(key)), limit: 3, ..everything() };
    let whole = all_pages(&index, Sort::by(SortKey::Words), 100);
    let page = answer(&index, "", &SearchOptions { offset: 4, ..by(SortKey::Words) });
    assert_eq!(page.hits.iter().map(|hit| hit.id).collect::<Vec<_>>(), whole[4..7]);
    let titled = answer(&index, "", &by(SortKey::Title)).hits[0].cursor.clone();
    let wrong = index
        .search(&parse("").unwrap(), &SearchOptions { after: Some(&titled), ..by(SortKey::Words) });
    assert!(matches!(wrong, Err(IndexError::BadCursor(_))));
}

#[test]
fn the_order_of_the_query_text_counts_unless_the_page_asks_for_another() {
    let index = index(&shelf());
    assert_eq!(
        answer(&index, "sort:>words", &everything()).sort,
        Sort::from_text(">words").unwrap()
    );
    let options = SearchOptions { sort: Some(Sort::by(SortKey::Title)), ..everything() };
    assert_eq!(answer(&index, "sort:>words", &options).sort.key, SortKey::Title);
    assert_eq!(answer(&index, "oz", &everything()).sort.key, SortKey::Relevance);
    assert_eq!(answer(&index, "words>1", &everything()).sort.key, SortKey::Updated);
}
