//! What makes two written relationships one, and what must not.

use crate::{TagKind, fold_name, fold_tag};
use proptest::prelude::*;

fn key(name: &str) -> String {
    fold_tag(TagKind::Relationship, name)
}

fn same(names: &[&str]) {
    for name in names {
        assert_eq!(key(name), key(names[0]), "{name} beside {}", names[0]);
    }
}

fn different(one: &str, other: &str) {
    assert_ne!(key(one), key(other), "{one} beside {other}");
}

#[test]
fn the_order_of_members_the_spaces_and_the_case_do_not_matter() {
    same(&["Holmes/Watson", "Watson/Holmes", "Watson / Holmes", "watson/HOLMES", "Watson／Holmes"]);
    same(&["Alice & Dinah", "Dinah & Alice", "dinah&alice"]);
    same(&["Tip/Jinjur/Mombi", "Mombi/Tip/Jinjur", "Jinjur / Mombi/Tip"]);
    assert_eq!(key("Sherlock Holmes/Dr. John Watson"), "dr. john watson/sherlock holmes");
}

#[test]
fn a_slash_is_never_an_ampersand_and_no_member_is_dropped() {
    different("Holmes/Watson", "Holmes & Watson");
    different("Holmes/Holmes", "Holmes");
    different("Holmes/Watson/Watson", "Holmes/Watson");
    different("Holmes/Watson/Moran", "Holmes/Watson & Moran");
    assert_eq!(key("Holmes/"), "holmes/");
    assert_eq!(key("/ Holmes"), "/ holmes");
    assert_eq!(key("Holmes//Watson"), "holmes//watson");
}

#[test]
fn where_both_separators_stand_the_slash_binds_closer_if_the_spaces_say_so() {
    same(&["Holmes/Watson & Mary", "Watson/Holmes & Mary", "Mary & Holmes/Watson"]);
    different("Holmes/Watson & Mary", "Holmes & Watson/Mary");
    different("Holmes / Watson & Mary", "Watson / Holmes & Mary");
    different("Holmes/Watson&Mary", "Watson/Holmes&Mary");
}

#[test]
fn a_qualifier_belongs_to_its_member() {
    same(&["Tip (Oz)/Jinjur", "Jinjur/Tip (Oz)"]);
    different("Tip (Oz)/Jinjur", "Tip/Jinjur (Oz)");
    same(&["Alice (Wonderland/Mirror)/Hatter", "Hatter/Alice (Wonderland/Mirror)"]);
    same(&["Ozma | Tip/Dorothy Gale", "Dorothy Gale/Ozma | Tip"]);
    different("Alice (as Queen/Hatter", "Hatter/Alice (as Queen");
}

#[test]
fn what_is_said_of_the_whole_is_no_member_and_is_not_lost() {
    for (before, behind) in [
        ("", " - Relationship"),
        ("", " (past)"),
        ("", " (one-sided)"),
        ("", " [minor, background]"),
        ("Past ", ""),
        ("Minor: ", ""),
        ("(implied) ", ""),
        ("One-Sided ", " (mentioned)"),
        ("Past Minor ", ""),
        ("Background Pairing: ", ""),
    ] {
        let (one, other) =
            (format!("{before}Tip/Mombi{behind}"), format!("{before}Mombi/Tip{behind}"));
        same(&[&one, &other]);
        different(&one, "Tip/Mombi");
        assert_eq!(key(&one), fold_name(&other), "the words stay where they stand");
    }
    different("Tip (past)/Mombi", "Tip/Mombi (past)");
    different("Zed/Minor Bob", "Minor Zed/Bob");
    same(&["Past Tip/Past Mombi", "Past Mombi/Past Tip"]);
    same(&["Past/Present", "Present/Past"]);
}

#[test]
fn a_slash_inside_a_word_parts_nothing() {
    assert_eq!(key("Zoe w/ Anna"), "zoe w/ anna");
    assert_eq!(key("Zoe w/o Anna"), "zoe w/o anna");
    assert_eq!(key("Zoe and/or Anna"), "zoe and/or anna");
    assert_eq!(key("N/A"), "n/a");
    same(&["W/H", "H/W"]);
    assert_eq!(key("Zoe x Anna"), "zoe x anna", "a suggestion, and no separator");
}

#[test]
fn names_of_other_kinds_keep_their_order() {
    assert_eq!(fold_tag(TagKind::Freeform, "Hurt/Comfort"), "hurt/comfort");
    assert_eq!(fold_tag(TagKind::Category, "M/F"), "m/f");
    assert_eq!(fold_tag(TagKind::Fandom, "Z & A"), "z & a");
}

/// Plain members: letters, spaces and brackets, none of which says anything of a whole.
fn member() -> impl Strategy<Value = String> {
    "[B-VZÉß][a-zé]{1,6}( [B-VZ][a-zé]{2,6})?( \\((Oz|Book)\\))?"
        .prop_filter("a member", |name| !fold_name(name).starts_with("one sided"))
}

/// Texts of everything that parsing looks at.
fn odd() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "/",
        "&",
        " ",
        " ",
        "(",
        ")",
        "[",
        "]",
        "past",
        "minor",
        "one",
        "sided",
        "one-sided",
        "w",
        "o",
        "and",
        "or",
        "n",
        "a",
        "b",
        "é",
        "ß",
        "İ",
        " - ",
        ": ",
        "relationship",
        "pairing",
        "(past)",
        " x ",
        "|",
        "／",
        "＆",
        "\u{1f49c}",
        ",",
        "\u{2014}",
    ]);
    prop::collection::vec(pieces, 0..14).prop_map(|pieces| pieces.concat())
}

fn letters(text: &str) -> Vec<char> {
    let mut all: Vec<char> = text.chars().filter(|c| *c != ' ').collect();
    all.sort_unstable();
    all
}

proptest! {
    #[test]
    fn any_order_of_any_members_is_one_relationship(
        members in prop::collection::vec(member(), 2..6).prop_shuffle(),
        joint in prop::sample::select(vec!["/", " / ", " & ", "&"]),
        turn in 0_usize..6,
    ) {
        let written = members.join(joint);
        let mut turned = members.clone();
        turned.rotate_left(turn % members.len());
        turned.reverse();
        prop_assert_eq!(key(&written), key(&turned.join(joint)));
        let parts = key(&written);
        let parts = if joint.contains('/') { parts.split('/') .count() } else { parts.split(" & ").count() };
        prop_assert_eq!(parts, members.len(), "no member is dropped");
        let other = if joint.contains('/') { "&" } else { "/" };
        prop_assert_ne!(key(&written), key(&members.join(other)));
    }

    #[test]
    fn a_key_of_a_key_is_the_key_and_nothing_written_is_lost(text in odd()) {
        let folded = fold_name(&text);
        let once = key(&text);
        prop_assert_eq!(&key(&once), &once);
        prop_assert_eq!(&key(&folded), &once);
        prop_assert_eq!(letters(&once), letters(&folded));
    }

    #[test]
    fn no_text_breaks_it(text in "\\PC{0,60}") {
        let once = key(&text);
        prop_assert_eq!(&key(&once), &once);
        prop_assert_eq!(letters(&once), letters(&fold_name(&text)));
    }

    #[test]
    fn groups_turn_as_wholes(
        groups in prop::collection::vec(prop::collection::vec(member(), 1..4), 2..4),
    ) {
        let written = |groups: &[Vec<String>]| {
            groups.iter().map(|group| group.join("/")).collect::<Vec<_>>().join(" & ")
        };
        let mut turned = groups.clone();
        turned.iter_mut().for_each(|group| group.reverse());
        turned.reverse();
        prop_assert_eq!(key(&written(&groups)), key(&written(&turned)));
    }
}
