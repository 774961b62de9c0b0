//! What is typed and what is meant.

use super::*;
use proptest::prelude::*;

fn entry(id: u64, kind: TagKind, name: &str, uses: u32) -> Entry {
    Entry { id, kind, name: name.to_owned(), uses, means: None, fandoms: Vec::new() }
}

fn library() -> Completer {
    let (character, freeform) = (TagKind::Character, TagKind::Freeform);
    let of = |fandom, own: Entry| Entry { fandoms: vec![fandom], ..own };
    Completer::of(vec![
        of(1, entry(10, character, "Jim Hawkins", 400)),
        of(1, entry(11, character, "Ben Gunn", 90)),
        of(1, entry(12, character, "Long John Silver", 300)),
        Entry { means: Some(12), ..entry(13, character, "The Sea Cook", 4) },
        of(2, entry(14, character, "Silver the Horse", 900)),
        entry(15, freeform, "Hawks", 2_000),
        entry(16, freeform, "Caf\u{e9} Fluff", 70),
        entry(17, freeform, "Ben", 1),
        entry(18, freeform, "Benevolent Ghosts", 5_000),
        entry(19, freeform, "\u{6708}\u{306e}\u{7269}\u{8a9e}", 3),
        entry(20, TagKind::Relationship, "Jim Hawkins/Ben Gunn", 44),
    ])
}

fn names(completer: &Completer, text: &str) -> Vec<String> {
    let found = completer.complete(&Typed { text, limit: 5, ..Typed::default() });
    found.into_iter().map(|own| own.name).collect()
}

#[test]
fn any_word_of_a_name_may_be_begun_in_any_order() {
    let all = library();
    assert_eq!(names(&all, "haw"), ["Hawks", "Jim Hawkins", "Jim Hawkins/Ben Gunn"]);
    assert_eq!(names(&all, "gunn be"), ["Ben Gunn", "Jim Hawkins/Ben Gunn"]);
    assert_eq!(names(&all, "cafe"), ["Caf\u{e9} Fluff"]);
    assert_eq!(names(&all, "\u{7269}\u{8a9e}"), ["\u{6708}\u{306e}\u{7269}\u{8a9e}"]);
    assert_eq!(names(&all, "hawkins/ben"), ["Jim Hawkins/Ben Gunn"]);
    for nothing in ["", "  ", "!?", "zzzz"] {
        assert_eq!(names(&all, nothing), [""; 0], "{nothing:?}");
    }
}

#[test]
fn the_name_itself_comes_first_then_what_begins_so_then_the_most_used() {
    let all = library();
    assert_eq!(
        names(&all, "ben"),
        ["Ben", "Benevolent Ghosts", "Ben Gunn", "Jim Hawkins/Ben Gunn"]
    );
    assert_eq!(names(&all, "silver"), ["Silver the Horse", "Long John Silver"]);
}

#[test]
fn slips_are_forgiven_when_nothing_else_is_found() {
    let all = library();
    let found = all.complete(&Typed { text: "hakwins", limit: 5, ..Typed::default() });
    assert!(found[0].slipped && found[0].name == "Jim Hawkins", "{found:?}");
    assert_eq!(names(&all, "jmi hawkns"), [""; 0], "three letters are too few for a slip");
    assert_eq!(names(&all, "slver"), ["Silver the Horse", "Long John Silver"]);
}

#[test]
fn another_name_leads_to_the_canonical_tag_and_says_so() {
    let all = library();
    let found = all.complete(&Typed { text: "sea co", limit: 5, ..Typed::default() });
    assert_eq!((found.len(), found[0].id, found[0].uses), (1, 12, 300));
    assert_eq!(found[0].also.as_deref(), Some("The Sea Cook"));
}

#[test]
fn a_chosen_fandom_comes_before_all_others_and_a_kind_shuts_others_out() {
    let all = library();
    let typed = Typed { text: "silver", fandoms: &[1], limit: 5, ..Typed::default() };
    let found: Vec<u64> = all.complete(&typed).iter().map(|own| own.id).collect();
    assert_eq!(found, [12, 14]);
    let typed = Typed { text: "haw", kind: Some(TagKind::Freeform), limit: 5, ..Typed::default() };
    let found: Vec<u64> = all.complete(&typed).iter().map(|own| own.id).collect();
    assert_eq!(found, [15]);
}

proptest! {
    #[test]
    fn no_text_is_too_odd_and_every_answer_is_a_tag_once(text in "\\PC{0,40}", limit in 0_usize..6) {
        let found = library().complete(&Typed { text: &text, limit, ..Typed::default() });
        prop_assert!(found.len() <= limit);
        let ids: HashSet<u64> = found.iter().map(|own| own.id).collect();
        prop_assert_eq!(ids.len(), found.len());
    }

    #[test]
    fn a_name_is_found_by_any_of_its_words(
        names in prop::collection::vec("[a-z]{1,5}( [a-z]{1,5}){0,3}", 1..30),
        pick in any::<prop::sample::Index>(),
    ) {
        let entries = (1..).zip(&names).map(|(id, name)| entry(id, TagKind::Freeform, name, 0)).collect();
        let all = Completer::of(entries);
        let name = &names[pick.index(names.len())];
        for word in name.split(' ') {
            let found = all.complete(&Typed { text: word, limit: 40, ..Typed::default() });
            prop_assert!(found.iter().any(|own| &own.name == name), "{:?} by {:?}", name, word);
        }
    }
}
