//! The form, the address and the query say the same.

use super::*;
use proptest::prelude::*;

fn read(pairs: &[(&str, &str)]) -> Wishes {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Wishes::from_pairs(&pairs.iter().map(own).collect::<Vec<_>>())
}

fn full() -> Wishes {
    read(&[
        ("q", "lantern OR candle"),
        ("with.character", "Jim Hawkins"),
        ("any.relationship", "Jim Hawkins/Ben Gunn"),
        ("any.relationship", "Long John Silver & Jim Hawkins"),
        ("without.warning", "Major Character Death"),
        ("status", "complete"),
        ("crossover", "false"),
        ("otp", "true"),
        ("language", "de"),
        ("language", "en"),
        ("words_from", "1,000"),
        ("chapters_to", "12"),
        ("fandoms_from", "1"),
        ("fandoms_to", "2"),
        ("relationships_to", "3"),
        ("only", "relationship"),
        ("only", "warning"),
        ("published_from", "1999"),
        ("updated_to", "2004-05"),
        ("sort", ">words"),
        ("show", "all"),
        ("colour", "blue"),
        ("with.colour", "blue"),
    ])
}

fn of_text(text: &str) -> Wishes {
    Wishes { text: text.to_owned(), ..Wishes::default() }
}

#[test]
fn a_form_becomes_one_query_that_reads_back_to_itself() {
    let query = full().query(Some(&(TagKind::Fandom, "Treasure Island".into()))).unwrap();
    assert_eq!(parse(&query.to_string()).unwrap(), query);
    let text = query.to_string();
    for piece in [
        "fandom:\"Treasure Island\"",
        "char:\"Jim Hawkins\"",
        "rel:\"Jim Hawkins/Ben Gunn\" OR ",
        "-warning",
        "otp:true",
        "lang:de OR lang:en",
        "chapters:<=12",
        "fandoms:1-2",
        "relationships:<=3",
        "only:rel",
        "published:>=1999",
        "sort:>words",
    ] {
        assert!(text.contains(piece), "{piece} is missing in {text}");
    }
}

#[test]
fn a_query_typed_by_hand_fills_the_form_and_only_the_rest_stays_text() {
    let typed = full().query(None).unwrap().to_string();
    assert_eq!(
        of_text(&typed).settled().unwrap(),
        Wishes { text: "lantern OR candle".into(), all: false, ..full() }
    );
    let settled =
        of_text("storm -(fandom:Oz OR fandom:Alice) complete:true words>999").settled().unwrap();
    assert_eq!(settled.text, "storm");
    assert_eq!(settled.without.len(), 2);
    assert_eq!((settled.status, settled.words), (Some(Status::Complete), (Some(1_000), None)));
}

#[test]
fn what_the_form_cannot_say_stays_in_the_query() {
    for text in [
        "char:jim*",
        "tag:storms",
        "updated:<30d",
        "fandom:Oz OR char:Toto",
        "-(storm candle)",
        "kudos:>=10",
        "complete:false",
        "only:freeform",
        "-only:rel",
        "fandoms:1 OR fandoms:3",
    ] {
        assert_eq!(of_text(text).settled().unwrap(), of_text(text), "{text}");
    }
    let twice = of_text(
        "words:10-20 words:30-40 (fandom:Oz OR fandom:Alice) (fandom:Peter OR fandom:Wendy)",
    );
    let settled = twice.settled().unwrap();
    assert_eq!(settled.text, "words:30-40 fandom:Peter OR fandom:Wendy");
    let column = of_text("fandom:Oz words:many").settled().unwrap_err().column;
    assert_eq!(column, 17);
}

#[test]
fn the_address_of_a_list_keeps_every_wish() {
    assert_eq!(Wishes::from_pairs(&full().pairs()), full());
    assert_eq!(Wishes::default().address("/works"), "/works");
}

#[test]
fn the_way_back_passes_the_same_pages() {
    let first = Wishes::default();
    let second = first.page_after("a");
    let third = second.page_after("b");
    assert_eq!(third.page_before(), second);
    assert_eq!(second.page_before(), first);
}

#[test]
fn every_condition_can_be_taken_away_and_no_other_goes_with_it() {
    let all = full().conditions("/works");
    assert_eq!(all.len(), 15);
    for condition in &all {
        assert_ne!(condition.remove_href, full().address("/works"));
    }
}

fn a_node() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec![
        "fandom:Oz",
        "char:\"Jim Hawkins\"",
        "rel:a/b",
        "tag:x",
        "freeform:fluff",
    ]);
    let other = prop::sample::select(vec![
        "storm",
        "\"spy glass\"",
        "words:10-20",
        "words:>=5",
        "chapters:1",
        "fandoms:1-2",
        "relationships:>2",
        "only:rel",
        "only:freeform",
        "lang:de",
        "otp:true",
        "crossover:false",
        "status:complete",
        "updated:2003..2004",
        "published:<2001",
        "m/m",
    ]);
    prop_oneof![
        tag.clone().prop_map(str::to_owned),
        other.prop_map(str::to_owned),
        tag.clone().prop_map(|one| format!("-{one}")),
        prop::collection::vec(tag, 2..4).prop_map(|some| format!("({})", some.join(" OR "))),
    ]
}

/// The conditions of a query, in no order and without repeats.
fn conditions(query: &Query) -> std::collections::BTreeSet<String> {
    taking::pieces(query.root.clone()).iter().map(ToString::to_string).collect()
}

proptest! {
    #[test]
    fn settling_keeps_the_meaning_and_is_done_in_one_step(
        nodes in prop::collection::vec(a_node(), 0..8)
    ) {
        let wishes = of_text(&nodes.join(" "));
        let settled = wishes.settled().unwrap();
        prop_assert_eq!(&settled.settled().unwrap(), &settled);
        let query = settled.query(None).unwrap();
        prop_assert_eq!(&parse(&query.to_string()).unwrap(), &query);
        // No condition is lost but those that were said twice or whose two ends became one range.
        let (before, after) = (conditions(&wishes.query(None).unwrap()), conditions(&query));
        for lost in before.difference(&after) {
            prop_assert!(lost.starts_with("words:") || lost.contains(" OR "), "{} of {:?}", lost, before);
        }
        prop_assert_eq!(Wishes::from_pairs(&settled.pairs()), settled);
    }
}
