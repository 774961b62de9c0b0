//! Works, groups and edits for tests.

use fanfold_model::{
    BlobState, Chapter, ContentHash, Credit, Edit, EditField, EditOp, Identity, IdentityKind,
    ImportId, ItemOutcome, ReadAs, SeriesEntry, Source, Uid, UidMint, Work, WorkId,
};
use fanfold_storage::{
    Committed, Entry, ExtractedLayer, FurtherSource, ItemLine, NewImport, NewItem, NewSketch,
    NewVersion, NewWork, Store,
};

pub(crate) const AT: &str = "2026-01-02T03:04:05Z";
pub(crate) const LATER: &str = "2026-01-03T03:04:05Z";

pub(crate) fn uid(kind: &str, n: u32) -> Uid {
    UidMint.mint(crate::forms::sixteen(&[kind, &n.to_string()]))
}

pub(crate) fn hash(text: &str) -> ContentHash {
    crate::forms::text_hash(text)
}

pub(crate) fn source(n: u32) -> Source {
    Source {
        path: format!("box/tale-{n}.txt"),
        member: None,
        format: "plain-text".into(),
        encoding: Some("utf-8".into()),
        blake3: hash(&format!("bytes {n}")),
        blob: BlobState::Stored,
        url: Some(format!("http://attic.example/viewstory.php?sid={n}")),
    }
}

pub(crate) fn chapter(n: u32, position: u32) -> Chapter {
    Chapter {
        uid: Some(uid("chapter", n * 100 + position)),
        position,
        title: Some(format!("Chapter of lamp {position}")),
        number: Some(position.to_string()),
        words: 10,
        notes: (position == 2).then(|| "<p>Thanks to the lamplighter.</p>".into()),
        html: format!("<p>Lamp {n} burned in room {position} of the attic.</p>"),
        ..Chapter::default()
    }
}

/// A work with two chapters, tags of every kind and a place in a series.
pub(crate) fn work(n: u32) -> Work {
    Work {
        uid: Some(uid("work", n)),
        title: format!("Lamp {n}"),
        creators: vec![Credit::author("Wren"), Credit::author(format!("Ghost {n}"))],
        fandoms: vec!["Treasure Island".into()],
        relationships: vec!["Jim Hawkins & Ben Gunn".into()],
        characters: vec!["Jim Hawkins".into(), "Ben Gunn".into()],
        categories: vec!["Gen".into()],
        warnings: vec!["No Archive Warnings Apply".into()],
        freeforms: vec!["Post-Canon".into(), format!("Lamp Number {n}")],
        rating: fanfold_model::Rating::from_name("Teen And Up Audiences"),
        summary: Some("<p>A lamp, an attic.</p>".into()),
        series: vec![SeriesEntry {
            title: "Attic Tales".into(),
            part: Some(n),
            ..SeriesEntry::default()
        }],
        chapters: vec![chapter(n, 1), chapter(n, 2)],
        words: 20,
        original: vec![("Rating".into(), vec!["PG-13".into()])],
        sources: vec![source(n)],
        ..Work::default()
    }
}

pub(crate) fn line(n: u32, outcome: ItemOutcome) -> ItemLine {
    let source = source(n);
    ItemLine {
        path: source.path,
        member: None,
        blake3: Some(source.blake3),
        format: Some(source.format),
        outcome,
        reason: "it reads like a work".into(),
    }
}

pub(crate) fn extracted(rules: &str) -> ExtractedLayer {
    ExtractedLayer { rules: rules.into(), json: "[{\"fields\":[]}]".into() }
}

pub(crate) fn sketch(n: u32) -> NewSketch {
    NewSketch { rules: "alike-1".into(), words: 20, shingles: vec![n, n + 1] }
}

pub(crate) fn text_of(work: &Work) -> ContentHash {
    let all: String = work.chapters.iter().map(|chapter| chapter.html.as_str()).collect();
    hash(&all)
}

pub(crate) fn new_work(n: u32) -> NewWork {
    with(work(n), n)
}

/// This work as the start of something, from item `n`.
pub(crate) fn with(work: Work, n: u32) -> NewWork {
    NewWork {
        text: text_of(&work),
        identities: vec![Identity::new(IdentityKind::SiteId, format!("attic:{n}"))],
        extracted: extracted("rules-1"),
        sketch: Some(sketch(n)),
        items: vec![line(n, ItemOutcome::Taken)],
        lone_part: false,
        work,
    }
}

pub(crate) fn begins(new: NewWork) -> Entry {
    Entry::Work(Box::new(new))
}

/// Another text of work `n`, from item `from`.
pub(crate) fn new_version(n: u32, from: u32, html: &str) -> NewVersion {
    let mut work = work(n);
    work.sources = vec![source(from)];
    work.chapters[1].html = html.to_owned();
    NewVersion {
        uid: uid("work", n),
        text: text_of(&work),
        work,
        identities: Vec::new(),
        extracted: extracted("rules-1"),
        sketch: Some(sketch(n + 1_000)),
        show: true,
        rendition: false,
        items: vec![line(from, ItemOutcome::Merged)],
    }
}

pub(crate) fn copy(n: u32, from: u32) -> Entry {
    Entry::Copy(Box::new(FurtherSource {
        uid: uid("work", n),
        source: source(from),
        identities: vec![Identity::new(IdentityKind::SiteId, format!("mirror:{from}"))],
        item: line(from, ItemOutcome::Merged),
    }))
}

pub(crate) fn item(n: u32) -> Entry {
    Entry::Item(Box::new(NewItem {
        uid: uid("item", n),
        read_as: ReadAs::NotAWork,
        item: ItemLine { reason: "a recipe".into(), ..line(n, ItemOutcome::Refused) },
        stored: true,
        findings: vec![fanfold_model::Finding::new(
            fanfold_model::FindingCode::NOT_A_WORK,
            "it lists flour and butter",
        )],
    }))
}

pub(crate) fn edit(n: u32, field: EditField, value: Option<&str>, against: Option<&str>) -> Edit {
    edit_op(n, field, EditOp::Set, value, against)
}

pub(crate) fn edit_op(
    n: u32,
    field: EditField,
    op: EditOp,
    value: Option<&str>,
    against: Option<&str>,
) -> Edit {
    let text = format!("{n} {field} {} {value:?}", op.as_str());
    Edit {
        uid: UidMint.mint(crate::forms::sixteen(&[&text])),
        work: uid("work", n),
        field,
        op,
        value: value.map(str::to_owned),
        against: against.map(str::to_owned),
        actor: "owner".into(),
        at: LATER.into(),
    }
}

pub(crate) async fn begin(store: &dyn Store) -> ImportId {
    let import = NewImport { actor: "owner".into(), at: AT.into(), roots: vec!["box".into()] };
    store.begin_import(import).await.unwrap()
}

/// Commits a group in an import of its own.
pub(crate) async fn commit(store: &dyn Store, group: Vec<Entry>) -> (ImportId, Committed) {
    let import = begin(store).await;
    let committed = store.commit(import, group, AT).await.unwrap();
    (import, committed)
}

/// Begins works `1..=count` and gives their ids.
pub(crate) async fn library(store: &dyn Store, count: u32) -> Vec<WorkId> {
    let group = (1..=count).map(|n| begins(new_work(n))).collect();
    let (_, committed) = commit(store, group).await;
    (1..=count).map(|n| id_in(&committed, uid("work", n))).collect()
}

pub(crate) fn id_in(committed: &Committed, uid: Uid) -> WorkId {
    committed.works.iter().find(|(other, _)| *other == uid).unwrap().1
}
