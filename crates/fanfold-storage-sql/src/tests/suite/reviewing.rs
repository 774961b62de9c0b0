//! What wants a person, and answers.

use crate::tests::builders::{
    AT, LATER, begins, commit, edit, library, new_version, uid, with, work,
};
use fanfold_model::{
    EditField, Finding, FindingCode, Identity, IdentityKind, ImportId, Suggestion, Viewer, Work,
    WorkId,
};
use fanfold_storage::{
    Answer, ChapterChoice, Entry, PairState, Removal, Store, StoredPair, WorkKey,
};

async fn asking(store: &dyn Store) -> Vec<i64> {
    let all = store.works_to_review(WorkId(0), 99).await.unwrap();
    all.into_iter().filter_map(|asking| asking.work.id.map(|id| id.0)).collect()
}

pub(super) async fn works_with_something_to_ask_are_listed_with_where_they_came_from(
    store: &dyn Store,
) {
    let finding = |code| vec![Finding::new(code, "“PG-15” is no rating we know")];
    let guess = Suggestion {
        field: "language".into(),
        value: "de".into(),
        confidence: 0.9,
        why: "The text looks like it.".into(),
    };
    let group = [
        work(1),
        Work { findings: finding(FindingCode::RATING_UNKNOWN), ..work(2) },
        Work { findings: finding(FindingCode::UNKNOWN_LABEL), ..work(3) },
        Work { findings: finding(FindingCode::DECODING), ..work(4) },
        Work { held: Some("policy".into()), ..work(5) },
        Work { suggestions: vec![guess], ..work(6) },
    ];
    let group = (1..).zip(group).map(|(n, work)| begins(with(work, n))).collect();
    commit(store, group).await;
    assert_eq!(asking(store).await, [2, 3, 5, 6]);
    let first = store.works_to_review(WorkId(2), 1).await.unwrap();
    let origins = store.origins_after(WorkId(4), 1).await.unwrap();
    assert_eq!((origins[0].work, origins[0].site.as_str()), (WorkId(5), "attic.example"));
    assert_eq!((first[0].work.id, &first[0].roots), (Some(WorkId(3)), &vec!["box".to_owned()]));
    store.add_edits(vec![edit(5, EditField::Held, None, Some("policy"))]).await.unwrap();
    store.remove(WorkId(6), Removal::Hide, "asked", "owner", LATER).await.unwrap();
    assert_eq!(asking(store).await, [2, 3]);
}

pub(super) async fn names_of_fandoms_are_learned_and_guesses_are_kept(store: &dyn Store) {
    let bare = Work { fandoms: Vec::new(), ..work(2) };
    let both = Work { fandoms: vec!["Oz".into(), "Dracula".into()], ..work(3) };
    let group = vec![begins(with(work(1), 1)), begins(with(bare, 2)), begins(with(both, 3))];
    commit(store, group).await;
    assert_eq!(store.works_without_fandom(9).await.unwrap(), [WorkId(2)]);
    let names = store.names_of_fandoms().await.unwrap();
    let told: Vec<(&str, &str, u32)> =
        names.iter().map(|one| (one.name.as_str(), one.fandom.as_str(), one.works)).collect();
    assert!(told.contains(&("Ben Gunn", "Treasure Island", 1)), "{told:?}");
    assert!(told.iter().all(|(_, fandom, _)| *fandom == "Treasure Island"), "{told:?}");
    let carrying = |name| store.works_with_relationship(name, "Treasure Island", 9);
    assert_eq!(carrying("Jim Hawkins & Ben Gunn").await.unwrap(), [WorkId(1)]);
    assert_eq!(carrying("Ben Gunn").await.unwrap(), []);
    let guess = Suggestion {
        field: "fandoms".into(),
        value: "Treasure Island".into(),
        confidence: 0.6,
        why: "The text speaks of Ben Gunn.".into(),
    };
    let kept = vec![(WorkId(2), guess.clone())];
    store.put_guesses(vec![WorkId(2)], kept).await.unwrap();
    let asking = store.works_to_review(WorkId(0), 9).await.unwrap();
    assert_eq!((asking.len(), &asking[0].guesses), (1, &vec![guess.clone()]));
    let (key, all) = (WorkKey::Id(WorkId(2)), ChapterChoice::All);
    let page = |viewer| store.work(key, viewer, all);
    let shown = page(Viewer::Owner).await.unwrap().unwrap();
    assert_eq!(shown.work.suggestions, [guess], "the owner sees what is suggested");
    assert_eq!(
        page(Viewer::Public).await.unwrap().map_or(0, |page| page.work.suggestions.len()),
        0
    );
    store.put_guesses(vec![WorkId(2)], Vec::new()).await.unwrap();
    assert_eq!(store.works_to_review(WorkId(0), 9).await.unwrap(), []);
    commit(store, vec![begins(with(work(4), 4))]).await;
    let brought = async |import| store.brought_without_fandom(ImportId(import)).await.unwrap();
    assert!(brought(1).await && !brought(2).await);
}

pub(super) async fn an_answer_is_kept_replaced_and_taken_back(store: &dyn Store) {
    let answer = |choice: &str, through| Answer {
        kind: "label".into(),
        origin: "attic.example".into(),
        subject: "category".into(),
        choice: choice.into(),
        through,
        actor: "owner".into(),
        at: AT.into(),
    };
    store.put_answer(answer("genre", Some(WorkId(3)))).await.unwrap();
    store.put_answer(answer("fandom", None)).await.unwrap();
    assert_eq!(store.answers().await.unwrap(), [answer("fandom", None)]);
    let back = async |subject: &str| {
        store.take_back_answer("label", "attic.example", subject, "owner", LATER).await.unwrap()
    };
    assert!(!back("class").await);
    assert!(back("category").await);
    assert_eq!(store.answers().await.unwrap(), []);
}

pub(super) async fn another_version_is_shown_when_a_person_says_so(store: &dyn Store) {
    library(store, 1).await;
    let mut short = new_version(1, 2, "<p>A short lamp.</p>");
    short.show = false;
    commit(store, vec![Entry::Version(Box::new(short))]).await;
    let show = async |number| store.show_version(WorkId(1), number, "owner", LATER).await.unwrap();
    assert!(show(2).await);
    let page = store.work(WorkKey::Id(WorkId(1)), Viewer::Owner, ChapterChoice::All).await;
    let shown = page.unwrap().unwrap().work;
    assert_eq!(shown.chapters[1].html, "<p>A short lamp.</p>");
    assert!(shown.findings.iter().all(|finding| finding.code != "version-shorter"));
    assert!(store.history(WorkId(1)).await.unwrap().iter().any(|l| l.action == "version shown"));
    assert!(!show(7).await);
    assert!(!store.show_version(WorkId(9), 1, "owner", LATER).await.unwrap());
}

pub(super) async fn a_merged_work_leads_to_the_one_it_became(store: &dyn Store) {
    library(store, 2).await;
    let pair = StoredPair {
        a: WorkId(1),
        b: WorkId(2),
        verdict: "revision".into(),
        in_a: 9_000,
        in_b: 9_000,
        spans: "[]".into(),
        state: PairState::Open,
    };
    store.put_pairs(Vec::new(), vec![pair]).await.unwrap();
    assert_eq!(store.merged_into(WorkId(2)).await.unwrap(), None);
    store.settle_pair((WorkId(1), WorkId(2)), PairState::Merged, "owner", LATER).await.unwrap();
    store.remove(WorkId(2), Removal::Hide, "merged", "owner", LATER).await.unwrap();
    assert_eq!(store.merged_into(WorkId(2)).await.unwrap(), Some(WorkId(1)));
    let own = store.identities_of(WorkId(2)).await.unwrap();
    assert!(own.contains(&Identity::new(IdentityKind::SiteId, "attic:2")), "{own:?}");
    let known = store.identify(&own).await.unwrap();
    assert_eq!(known.last().map(|(_, head)| head.uid), Some(uid("work", 2)));
}
