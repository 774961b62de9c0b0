//! Every answer held against a slow and obvious one, over random small libraries and tag graphs.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use fanfold_model::query::{
    DateField, DateRange, Direction, Flag, Node, NumberField, NumberRange, Query, Sort, SortKey,
    TextField, TextMatch,
};
use fanfold_model::{PartialDate, Status, TagKind, Viewer, Visibility};
use fanfold_search::{
    BoardLimits, DayInterval, FacetCount, Index, IndexedTag, IndexedWork, SearchOptions, TagGraph,
};
use proptest::prelude::*;
use std::sync::{Arc, Mutex, MutexGuard};

/// Words that no stemmer touches and that begin differently.
const WORDS: [&str; 5] = ["oak", "elm", "fir", "box", "yew"];
const TODAY: i32 = 12_000;

/// A tag of the graph: 12 of them, three of a kind; each may be a synonym of an earlier one or stand under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct GraphTag {
    kind: TagKind,
    synonym_of: Option<usize>,
    metatag: Option<usize>,
}

const KINDS: [TagKind; 4] =
    [TagKind::Fandom, TagKind::Relationship, TagKind::Freeform, TagKind::Rating];

fn graph() -> impl Strategy<Value = Vec<GraphTag>> {
    prop::collection::vec((0_u8..4, 0_u8..4), 12).prop_map(|choices| {
        let mut tags: Vec<GraphTag> = Vec::new();
        for (index, (synonym, meta)) in choices.into_iter().enumerate() {
            let earlier: Vec<usize> = (0..index)
                .filter(|other| other % 4 == index % 4 && tags[*other].synonym_of.is_none())
                .collect();
            let synonym_of = (synonym == 0).then(|| earlier.last().copied()).flatten();
            let metatag =
                (meta < 2 && synonym_of.is_none()).then(|| earlier.first().copied()).flatten();
            tags.push(GraphTag { kind: KINDS[index % 4], synonym_of, metatag });
        }
        tags
    })
}

/// The tag's own number, its canonical form and everything above it.
fn expanded(graph: &[GraphTag], tag: usize) -> Vec<u64> {
    let mut ids = vec![tag as u64];
    let mut at = Some(tag);
    while let Some(tag) = at {
        ids.push(tag as u64);
        at = graph[tag].synonym_of.or(graph[tag].metatag);
    }
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn canonical(graph: &[GraphTag], tag: u64) -> u64 {
    graph[tag as usize].synonym_of.map_or(tag, |canonical| canonical as u64)
}

fn indexed_tag(graph: &[GraphTag], tag: usize) -> IndexedTag {
    IndexedTag::new(tag as u64, graph[tag].kind, vec![format!("tag{tag}")])
}

type Drawn = (Vec<usize>, Vec<usize>, u64, Option<u64>, Option<(i32, i32)>, u8, u8, bool, bool);

fn drawn_work() -> impl Strategy<Value = Drawn> {
    (
        prop::collection::vec(0_usize..12, 0..6),
        prop::collection::vec(0_usize..5, 0..6),
        0_u64..5,
        prop::option::of(0_u64..4),
        prop::option::of((11_990_i32..12_010, 0_i32..5)),
        0_u8..5,
        0_u8..8,
        any::<bool>(),
        prop::bool::weighted(0.2),
    )
}

fn work(graph: &[GraphTag], id: u64, drawn: &Drawn) -> IndexedWork {
    let (tags, words, number, kudos, updated, status, visibility, adult, held) = drawn;
    let mut tags = tags.clone();
    tags.sort_unstable();
    tags.dedup();
    let words: Vec<&str> = words.iter().map(|word| WORDS[*word]).collect();
    let half = words.len() / 2;
    IndexedWork {
        id,
        title: (half > 0).then(|| words[..half].join(" ")),
        chapters: vec![words[half..].join(" ")],
        tags: tags.into_iter().map(|tag| indexed_tag(graph, tag)).collect(),
        words: *number,
        kudos: *kudos,
        updated: updated.map(|(first, length)| DayInterval { first, last: first + length }),
        status: Status::ALL[usize::from(*status)],
        visibility: if *visibility == 0 { Visibility::Hidden } else { Visibility::Public },
        adult: *adult,
        held: *held,
        language: adult.then(|| "en".to_owned()),
        ..IndexedWork::default()
    }
}

fn leaf() -> impl Strategy<Value = Node> {
    let field = prop::sample::select(vec![TextField::Anywhere, TextField::Title, TextField::Text]);
    let text = prop_oneof![
        (0_usize..5).prop_map(|word| TextMatch::Word(WORDS[word].to_owned())),
        (0_usize..5, 0_usize..5)
            .prop_map(|(a, b)| TextMatch::Phrase(format!("{} {}", WORDS[a], WORDS[b]))),
        (0_usize..5).prop_map(|word| TextMatch::Prefix(WORDS[word][..2].to_owned())),
    ];
    let range = (0_u64..5, 0_u64..5)
        .prop_map(|(a, b)| NumberRange { from: Some(a.min(b)), to: Some(a.max(b)) });
    let number = prop::sample::select(vec![
        NumberField::Words,
        NumberField::Kudos,
        NumberField::Id,
        NumberField::Fandoms,
    ]);
    let date = (11_985_i32..12_015, 0_i32..12, 0_u8..4).prop_map(|(day, length, form)| {
        let date = |day| PartialDate::from_day(day).expect("a day of 2002");
        match form {
            0 => DateRange::Before(date(day)),
            1 => DateRange::After(date(day)),
            _ => DateRange::Inside(Some(date(day)), Some(date(day + length))),
        }
    });
    prop_oneof![
        (field, text).prop_map(|(field, what)| Node::Text { field, what }),
        (0_usize..12, any::<bool>()).prop_map(|(tag, any)| Node::Tag {
            kind: (!any).then_some(KINDS[tag % 4]),
            name: format!("Tag{tag}"),
            prefix: false
        }),
        (number, range).prop_map(|(field, range)| Node::Number { field, range }),
        date.prop_map(|range| Node::Date { field: DateField::Updated, range }),
        (
            prop::sample::select(vec![Flag::Otp, Flag::Crossover, Flag::Complete, Flag::Adult]),
            any::<bool>()
        )
            .prop_map(|(flag, yes)| Node::Flag(flag, yes)),
        (0_usize..5).prop_map(|status| Node::Status(Status::ALL[status])),
        prop::collection::vec(1_u64..32, 0..6).prop_map(|ids| Node::Or(
            ids.into_iter()
                .map(|id| Node::Number { field: NumberField::Id, range: NumberRange::exactly(id) })
                .collect()
        )),
        Just(Node::Language("en".to_owned())),
    ]
}

fn tree() -> impl Strategy<Value = Node> {
    leaf().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Node::And),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Node::Or),
            inner.prop_map(|node| Node::Not(Box::new(node))),
        ]
    })
}

/// The slow and obvious answer.
fn matches(graph: &[GraphTag], work: &IndexedWork, node: &Node) -> bool {
    match node {
        Node::And(nodes) => nodes.iter().all(|node| matches(graph, work, node)),
        Node::Or(nodes) => nodes.iter().any(|node| matches(graph, work, node)),
        Node::Not(node) => !matches(graph, work, node),
        Node::Text { field, what } => {
            texts(work, *field).iter().any(|text| text_matches(text, what))
        }
        Node::Tag { name, .. } => {
            let id: u64 = name[3..].parse().unwrap();
            work.tags.iter().any(|tag| expanded(graph, tag.id as usize).contains(&id))
        }
        Node::Number { field, range } => {
            number(graph, work, *field).is_some_and(|number| range.contains(number))
        }
        Node::Date { range, .. } => work.updated.is_some_and(|date| {
            let days = range.days(TODAY);
            days.from.is_none_or(|from| from <= date.first)
                && days.to.is_none_or(|to| date.last <= to)
        }),
        Node::Flag(flag, wanted) => flag_matches(graph, work, *flag, *wanted),
        Node::Status(status) => work.status == *status,
        Node::Language(code) => work.language.as_ref() == Some(code),
        Node::Only(_) => true,
    }
}

/// Canonical forms of a kind.
fn forms(graph: &[GraphTag], work: &IndexedWork, kind: TagKind) -> BTreeSet<u64> {
    let of_kind = work.tags.iter().filter(|tag| tag.kind == kind);
    of_kind.map(|tag| canonical(graph, tag.id)).collect()
}

fn texts(work: &IndexedWork, field: TextField) -> Vec<&str> {
    let (title, text) =
        (work.title.as_deref().into_iter(), work.chapters.iter().map(String::as_str));
    match field {
        TextField::Title => title.collect(),
        TextField::Text => text.collect(),
        _ => title.chain(text).collect(),
    }
}

fn text_matches(text: &str, what: &TextMatch) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    match what {
        TextMatch::Word(word) => words.contains(&word.as_str()),
        TextMatch::Prefix(start) => words.iter().any(|word| word.starts_with(start)),
        TextMatch::Phrase(phrase) => {
            let asked: Vec<&str> = phrase.split(' ').collect();
            words.windows(asked.len()).any(|row| row == asked)
        }
    }
}

fn number(graph: &[GraphTag], work: &IndexedWork, field: NumberField) -> Option<u64> {
    match field {
        NumberField::Id => Some(work.id),
        NumberField::Kudos => work.kudos,
        NumberField::Fandoms => Some(forms(graph, work, TagKind::Fandom).len() as u64),
        _ => Some(work.words),
    }
}

fn flag_matches(graph: &[GraphTag], work: &IndexedWork, flag: Flag, wanted: bool) -> bool {
    let of = |kind| work.tags.iter().filter(move |tag: &&IndexedTag| tag.kind == kind);
    match flag {
        Flag::Complete if wanted => work.status == Status::Complete,
        Flag::Complete => !matches!(work.status, Status::Complete | Status::Unknown),
        Flag::Adult => work.adult == wanted,
        Flag::Otp => (forms(graph, work, TagKind::Relationship).len() == 1) == wanted,
        Flag::Crossover => {
            let fandoms: Vec<&IndexedTag> = of(TagKind::Fandom).collect();
            let joined = |one: &IndexedTag| {
                let own = expanded(graph, one.id as usize);
                fandoms.iter().all(|other| {
                    expanded(graph, other.id as usize).iter().any(|id| own.contains(id))
                })
            };
            (!fandoms.is_empty() && !fandoms.iter().any(|one| joined(one))) == wanted
        }
    }
}

/// Sort key of the slow answer: unknown last, then the value, then the id.
fn place(work: &IndexedWork, sort: Sort) -> (bool, i64, Option<String>, u64) {
    let value = match sort.key {
        SortKey::Words => Some(work.words as i64),
        SortKey::Kudos => work.kudos.map(|kudos| kudos as i64),
        SortKey::Updated => work.updated.map(|date| i64::from(date.first)),
        _ => None,
    };
    let name = (sort.key == SortKey::Title).then(|| work.title.clone()).flatten();
    let sign = if sort.direction == Direction::Descending { -1 } else { 1 };
    (value.is_none() && name.is_none(), sign * value.unwrap_or(0), name, work.id)
}

fn in_order(mut works: Vec<&IndexedWork>, sort: Sort) -> Vec<u64> {
    works.sort_by(|a, b| {
        let (a, b) = (place(a, sort), place(b, sort));
        let names =
            if sort.direction == Direction::Descending { b.2.cmp(&a.2) } else { a.2.cmp(&b.2) };
        a.0.cmp(&b.0).then(a.1.cmp(&b.1)).then(names).then(a.3.cmp(&b.3))
    });
    works.into_iter().map(|work| work.id).collect()
}

fn counted(graph: &[GraphTag], works: &[&IndexedWork]) -> BTreeMap<TagKind, Vec<FacetCount>> {
    let mut counts: BTreeMap<TagKind, BTreeMap<u64, u64>> =
        TagKind::ALL.into_iter().map(|kind| (kind, BTreeMap::new())).collect();
    for work in works {
        let carried: BTreeSet<_> =
            work.tags.iter().map(|tag| (tag.kind, canonical(graph, tag.id))).collect();
        for (kind, id) in carried {
            *counts.entry(kind).or_default().entry(id).or_default() += 1;
        }
    }
    let top = |counts: BTreeMap<u64, u64>| {
        let mut list: Vec<_> =
            counts.into_iter().map(|(id, count)| FacetCount { id, count }).collect();
        list.sort_by_key(|facet| (std::cmp::Reverse(facet.count), facet.id));
        list.truncate(2);
        list
    };
    counts.into_iter().map(|(kind, counts)| (kind, top(counts))).collect()
}

/// The library, written in several commits, some works twice and some removed.
fn written(library: &[IndexedWork]) -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = index.try_writer(0).unwrap().unwrap();
    for (number, batch) in library.chunks(5).enumerate() {
        for work in batch {
            writer
                .put(&IndexedWork { words: 9, title: Some("yew box fir".into()), ..work.clone() })
                .unwrap();
            writer.put(&IndexedWork { id: work.id + 1_000, ..work.clone() }).unwrap();
        }
        writer.commit(number as u64).unwrap();
        for work in batch {
            writer.put(work).unwrap();
            writer.remove(work.id + 1_000);
        }
    }
    writer.commit(100).unwrap();
    index
}

fn lookup(graph: &[GraphTag]) -> HashMap<(Option<TagKind>, String), Vec<u64>> {
    let under = |tag: usize| -> Vec<u64> {
        let all = (0..graph.len()).filter(|other| expanded(graph, *other).contains(&(tag as u64)));
        all.map(|other| other as u64).collect()
    };
    let entries = graph.iter().enumerate().flat_map(|(tag, known)| {
        [Some(known.kind), None].map(|kind| ((kind, format!("tag{tag}")), under(tag)))
    });
    entries.collect()
}

/// The graph as the index asks it; it can be exchanged for another. Tells what changed with the last exchange.
struct Asked(Mutex<(u64, Vec<GraphTag>, Vec<u64>)>);

impl Asked {
    fn now(&self) -> MutexGuard<'_, (u64, Vec<GraphTag>, Vec<u64>)> {
        self.0.lock().unwrap()
    }

    fn exchange(&self, graph: &[GraphTag]) {
        let mut now = self.now();
        let others = (0..).zip(now.1.iter().zip(graph));
        let others = others.filter(|(_, (before, after))| before.synonym_of != after.synonym_of);
        let changed = others.map(|(tag, _)| tag).collect();
        *now = (now.0 + 1, graph.to_vec(), changed);
    }
}

impl TagGraph for Asked {
    fn version(&self) -> u64 {
        self.now().0
    }

    fn canonical(&self, tags: &[u64]) -> Result<Vec<(u64, u64)>, String> {
        let now = self.now();
        let form = |tag: u64| now.1.get(tag as usize)?.synonym_of;
        Ok(tags.iter().filter_map(|tag| Some((*tag, form(*tag)? as u64))).collect())
    }

    fn above(&self, tags: &[u64]) -> Result<Vec<(u64, u64)>, String> {
        let now = self.now();
        let above = tags.iter().flat_map(|tag| {
            let higher = expanded(&now.1, *tag as usize).into_iter();
            higher.filter(move |higher| higher != tag).map(move |higher| (*tag, higher))
        });
        Ok(above.collect())
    }

    fn changed_since(&self, version: u64) -> Result<Option<Vec<u64>>, String> {
        let now = self.now();
        Ok((version > 1).then(|| now.2.clone()))
    }
}

fn check(
    graph: &[GraphTag],
    library: &[IndexedWork],
    index: &Index,
    node: &Node,
    sort: Sort,
    viewer: Viewer,
) -> Result<(), TestCaseError> {
    let tags = lookup(graph);
    let query = Query { root: Some(node.clone()), sort: None };
    let options = SearchOptions {
        viewer,
        sort: Some(sort),
        limit: 3,
        offset: 0,
        after: None,
        facets: Some(2),
        today: TODAY,
        tags: &tags,
    };
    let expected: Vec<&IndexedWork> = library
        .iter()
        .filter(|work| {
            viewer.may_see(work.visibility, work.held, false) && matches(graph, work, node)
        })
        .collect();
    let first = index.search(&query, &options).unwrap();
    prop_assert_eq!(first.total, expected.len() as u64, "{}", query);
    prop_assert_eq!(&first.facets.as_ref().unwrap().tags, &counted(graph, &expected), "{}", query);
    let (mut ids, mut page) = (Vec::new(), first);
    while let Some(last) = page.hits.last().cloned() {
        ids.extend(page.hits.iter().map(|hit| hit.id));
        page = index
            .search(
                &query,
                &SearchOptions { after: Some(&last.cursor), facets: None, ..options.clone() },
            )
            .unwrap();
    }
    if sort.key == SortKey::Relevance {
        ids.sort_unstable();
    }
    prop_assert_eq!(ids, in_order(expected, sort), "{} {}", query, sort);
    let count = index.search(&query, &SearchOptions { limit: 0, facets: None, ..options }).unwrap();
    prop_assert_eq!(count.total, counted_total(graph, library, node, viewer));
    Ok(())
}

fn counted_total(graph: &[GraphTag], library: &[IndexedWork], node: &Node, viewer: Viewer) -> u64 {
    library
        .iter()
        .filter(|work| {
            viewer.may_see(work.visibility, work.held, false) && matches(graph, work, node)
        })
        .count() as u64
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn totals_orders_facets_and_visibility_equal_the_slow_answer(
        graphs in (graph(), graph()),
        drawn in prop::collection::vec(drawn_work(), 1..30),
        questions in prop::collection::vec((tree(), 0_usize..5, any::<bool>(), any::<bool>()), 30),
    ) {
        let library = |graph: &[GraphTag]| -> Vec<IndexedWork> {
            (1..).zip(&drawn).map(|(id, drawn)| work(graph, id, drawn)).collect()
        };
        let (mut graph, mut now) = (&graphs.0, library(&graphs.0));
        let index = written(&now);
        let asked = Arc::new(Asked(Mutex::new((1, graph.clone(), Vec::new()))));
        index.ask(Arc::clone(&asked) as Arc<dyn TagGraph>);
        for (number, (node, key, up, public)) in questions.iter().enumerate() {
            if number == questions.len() / 2 {
                index.prepare(BoardLimits::default()).unwrap(); // from here on the boards answer
            }
            if number % 5 == 4 {
                // Tags come to mean something else; the index is as it was.
                graph = if number % 10 == 4 { &graphs.1 } else { &graphs.0 };
                now = library(graph);
                asked.exchange(graph);
            }
            let key = [SortKey::Words, SortKey::Kudos, SortKey::Updated, SortKey::Title, SortKey::Relevance][*key];
            let direction = if *up { Direction::Ascending } else { Direction::Descending };
            let viewer = if *public { Viewer::Public } else { Viewer::Owner };
            check(graph, &now, &index, node, Sort { key, direction }, viewer)?;
        }
    }
}
