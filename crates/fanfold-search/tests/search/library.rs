//! Small libraries for tests.

use fanfold_model::query::parse;
use fanfold_model::{TagKind, Viewer};
use fanfold_search::{Index, IndexedTag, IndexedWork, NoTags, Results, SearchOptions};

/// Numbers that look random and are the same in each run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// An index in memory with these works.
pub(crate) fn index(works: &[IndexedWork]) -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = index.try_writer(0).unwrap().expect("nobody else writes");
    for work in works {
        writer.put(work).unwrap();
    }
    writer.commit(1).unwrap();
    index
}

/// A public work in English with a title and a chapter.
pub(crate) fn work(id: u64, title: &str, chapter: &str) -> IndexedWork {
    IndexedWork {
        id,
        title: Some(title.to_owned()),
        chapters: vec![chapter.to_owned()],
        language: Some("en".to_owned()),
        ..IndexedWork::default()
    }
}

/// A tag that stands for itself.
pub(crate) fn tag(id: u64, kind: TagKind, name: &str) -> IndexedTag {
    IndexedTag::new(id, kind, vec![name.to_owned()])
}

/// Everything at once, as the owner.
pub(crate) fn everything() -> SearchOptions<'static> {
    SearchOptions {
        viewer: Viewer::Owner,
        sort: None,
        limit: 1_000,
        offset: 0,
        after: None,
        facets: None,
        today: 20_000,
        tags: &NoTags,
    }
}

/// An answer to a query text.
pub(crate) fn answer(index: &Index, query: &str, options: &SearchOptions<'_>) -> Results {
    index.search(&parse(query).unwrap(), options).unwrap()
}

/// Ids found, in ascending order.
pub(crate) fn found(index: &Index, query: &str) -> Vec<u64> {
    let mut ids: Vec<u64> =
        answer(index, query, &everything()).hits.iter().map(|hit| hit.id).collect();
    ids.sort_unstable();
    ids
}
