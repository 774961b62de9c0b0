//! Parts that drift apart in subject, numbering and sender, given as messages in any order; and messages that look like
//! it and are not.

use super::*;
use fanfold_model::{Extracted, ReadAs};
use fanfold_source::{Item, Limits};

const TEXT: &str = "The rain had not stopped since Tuesday, and nobody at the inn could say where the old lamp had gone.\n\n\"It was on the sill,\" said Alice, \"and it was lit.\" She looked at the window again, and at the wet garden behind it, and nobody answered her.\n\nThen the door opened.\n";

/// One message; `more` are further headers, each with its line end.
fn message(from: &str, subject: &str, id: &str, more: &str) -> String {
    let day = id.bytes().map(u64::from).sum::<u64>() % 28 + 1;
    format!(
        "From: {from}\nSubject: {subject}\nDate: {day} Mar 1997 10:00:00 +0000\nMessage-ID: <{id}@oz.example>\n{more}\n{TEXT}\nNumber {id}.\n"
    )
}

fn refers(id: &str) -> String {
    format!("References: <{id}@oz.example>\n")
}

/// The readings of messages in a mailbox of this name.
fn readings(mailbox: &str, messages: &[String]) -> Vec<(PartCard, Extracted)> {
    let read = |(at, text): (usize, &String)| {
        let name = format!("{:06}", at + 1);
        let item = Item::from_bytes(mailbox, text.clone().into_bytes()).inside(name.as_str());
        let extracted = crate::read(&item, &Limits::default()).extracted.remove(0);
        assert!(matches!(extracted.read_as, ReadAs::Work | ReadAs::Part), "{text}");
        let card = PartCard::of(at, &format!("{mailbox}/{name}"), &extracted);
        card.map(|card| (card, extracted))
    };
    messages.iter().enumerate().filter_map(read).collect()
}

fn groups(messages: &[String]) -> Vec<PartGroup> {
    let cards: Vec<PartCard> =
        readings("oz.mbox", messages).into_iter().map(|(card, _)| card).collect();
    plan(&cards)
}

/// The one group, forwards and backwards; its members as the messages were given.
fn one_group(messages: &[String]) -> PartGroup {
    let forwards = groups(messages);
    assert_eq!(forwards.len(), 1, "{forwards:?} of {messages:#?}");
    let turned: Vec<String> = messages.iter().rev().cloned().collect();
    let backwards = groups(&turned);
    assert_eq!(backwards.len(), 1, "{backwards:?} turned");
    let as_given: Vec<usize> =
        backwards[0].members.iter().map(|at| messages.len() - 1 - at).collect();
    assert_eq!(as_given, forwards[0].members, "{messages:#?}");
    forwards[0].clone()
}

const WREN: &str = "Wren <wren@oz.example>";

#[test]
fn numbering_styles_drift_under_one_title() {
    let group = one_group(&[
        message(WREN, "NEW: The Long Arrow (1/5)", "a", ""),
        message(WREN, "[oz] The Long Arrow, Part Two of Five", "b", ""),
        message(WREN, "Re: THE LONG ARROW pt. 3/?", "c", ""),
        message(WREN, "part 4 of the Long Arrow", "d", ""),
        message(WREN, "FIC: The Long Arrow [5 of 5] PG-13", "e", ""),
    ]);
    assert_eq!((group.members, group.missing), (vec![0, 1, 2, 3, 4], vec![]));
}

#[test]
fn misspelt_and_shortened_titles_join_by_sender_and_numbers() {
    for (first, second) in [
        ("The Emerald Staircase 1/2", "The Emerald Stiarcase 2/2"),
        ("Lamplight (1/2)", "Lamp Light (2/2)"),
        ("The Long Road to Camelot 1/2", "Long Road 2/2"),
        ("The Long Road to Camelot 1/2", "TLRTC 2/2"),
        ("The Chronicles of Wonderland 1/2", "Chron. of Wonderland 2/2"),
        ("A Lamp in the Attic (Part 1 of 2)", "Lamp in the Attic, part II of II"),
    ] {
        let both = [message(WREN, first, "a", ""), message(WREN, second, "b", "")];
        assert_eq!(one_group(&both).members, [0, 1], "{first} / {second}");
        let other = "Toto <toto@oz.example>";
        let strangers = [message(WREN, first, "a", ""), message(other, second, "b", "")];
        if !first.contains("A Lamp") {
            assert!(groups(&strangers).is_empty(), "{first} / {second}");
        }
    }
}

#[test]
fn a_title_that_changes_joins_by_references_sender_and_numbers_together() {
    let first = message(WREN, "Untold Nights 1/3", "a", "");
    let second = message(WREN, "Baker Street Blues 2/3", "b", &refers("a"));
    let third = message("Wren Ash <wren@oz.example>", "Baker Street Blues 3/3", "c", &refers("b"));
    let group = one_group(&[first.clone(), second, third]);
    assert_eq!(group.members, [0, 1, 2]);
    // Without references, by another sender, or with another total it is another story.
    for other in [
        message(WREN, "Baker Street Blues 2/3", "b", ""),
        message("Toto <toto@oz.example>", "Baker Street Blues 2/3", "b", &refers("a")),
        message(WREN, "Baker Street Blues 2/4", "b", &refers("a")),
        message(WREN, "Baker Street Blues 2/?", "b", &refers("a")),
    ] {
        assert!(groups(&[first.clone(), other.clone()]).is_empty(), "{other}");
    }
}

#[test]
fn two_stories_of_one_thread_stay_two() {
    let all = [
        message(WREN, "The Lamp 1/2", "a", ""),
        message(WREN, "The Lamp 2/2", "b", &refers("a")),
        message(WREN, "The Stairs 1/2", "c", &refers("a")),
        message(WREN, "The Stairs 2/2", "d", &refers("a")),
        message(WREN, "The Lamp II 1/3", "e", &refers("b")),
        message(WREN, "The Lamp II 3/3", "f", &refers("b")),
    ];
    let members: Vec<Vec<usize>> = groups(&all).into_iter().map(|own| own.members).collect();
    assert_eq!(members, [vec![0, 1], vec![2, 3], vec![4, 5]]);
}

#[test]
fn a_revised_part_wins_in_either_order_and_a_plain_repeat_does_not() {
    for mark in ["REVISED: ", "REPOST ", "Corrected: "] {
        let all = [
            message(WREN, "The Lamp 1/2", "a", ""),
            message(WREN, "The Lamp 2/2", "b", ""),
            message(WREN, &format!("{mark}The Lamp 2/2"), "c", ""),
        ];
        let group = one_group(&all);
        assert_eq!((group.members, group.duplicates), (vec![0, 2], vec![1]), "{mark}");
    }
    let plain = [
        message(WREN, "The Lamp 1/2", "a", ""),
        message(WREN, "The Lamp 2/2", "b", ""),
        message(WREN, "The Lamp (2/2)", "c", ""),
    ];
    assert_eq!(groups(&plain)[0].duplicates, [2]);
}

#[test]
fn of_two_revisions_the_later_posting_wins_and_both_are_told() {
    // "b" is posted on the 15th, "c" on the 16th.
    let all = [
        message(WREN, "The Lamp 1/2", "a", ""),
        message(WREN, "The Lamp 2/2", "x", ""),
        message(WREN, "The Lamp 2/2 (corrected)", "c", ""),
        message(WREN, "The Lamp 2/2 - revised", "b", ""),
    ];
    assert_eq!(one_group(&all).members, [0, 2]);
    let readings = readings("oz.mbox", &all);
    let (joined, missing) = join(readings);
    assert!(missing.is_empty());
    let told = joined.findings.iter().filter(|own| own.code == "part-revised").count();
    assert_eq!((told, joined.chapters.len()), (2, 2), "{:?}", joined.findings);
    assert!(joined.chapters[1].html.contains("Number c."), "{}", joined.chapters[1].html);
}

#[test]
fn a_part_under_another_title_is_told_and_its_title_kept() {
    let all = [
        message(WREN, "Untold Nights 1/2", "a", ""),
        message(WREN, "Baker Street Blues 2/2", "b", &refers("a")),
    ];
    let (joined, _) = join(readings("oz.mbox", &all));
    let told = joined.findings.iter().find(|own| own.code == "part-renamed").unwrap();
    assert!(told.message.contains("baker street blues") && told.source == Some(1));
    assert!(joined.fields.iter().any(|own| own.value == "Baker Street Blues 2/2"));
}

#[test]
fn a_range_takes_the_place_of_the_parts_in_it() {
    let all = [
        message(WREN, "The Lamp 2/4", "b", ""),
        message(WREN, "The Lamp (1-3/4)", "a", ""),
        message(WREN, "The Lamp 4/4", "c", ""),
    ];
    let group = &groups(&all)[0];
    assert_eq!((group.members.clone(), group.duplicates.clone()), (vec![1, 2], vec![0]));
}

#[test]
fn ten_thousand_open_messages_of_one_sender_are_planned_in_a_moment() {
    let (card, _) = readings("oz.mbox", &[message(WREN, "The Lamp 1/9", "a", "")]).remove(0);
    let cards: Vec<PartCard> = (0..10_000)
        .map(|index| {
            let key = format!("tale number {index}");
            PartCard { index, titles: vec![key.clone()], title_key: key, ..card.clone() }
        })
        .collect();
    assert!(plan(&cards).is_empty());
}
