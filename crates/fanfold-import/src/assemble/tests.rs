//! Parts over files: numbering that drifts, parts that repeat, parts that are missing.

use super::*;
use fanfold_model::{
    Extracted, ExtractedChapter, ExtractedField, FieldKind, Identity, IdentityKind, LinkRel,
    PartLink, PartMark, ReadAs,
};

fn part(title: &str, creator: Option<&str>, part: u32, of: Option<u32>) -> Extracted {
    let mut extracted = Extracted::new(ReadAs::Work);
    let field = |kind, value: &str| ExtractedField {
        kind,
        label: String::new(),
        value: value.to_owned(),
        html: false,
        source: 0,
        span: None,
        rule: "label",
        confidence: 1.0,
    };
    extracted.fields.push(field(FieldKind::Title, title));
    extracted.fields.extend(creator.map(|name| field(FieldKind::Creator, name)));
    extracted.part =
        Some(PartMark { part, through: part, of, written: format!("{part}"), span: None });
    extracted.chapters.push(ExtractedChapter {
        html: format!("<p>Text {part}.</p>"),
        ..ExtractedChapter::default()
    });
    extracted
}

fn cards(parts: &[(&str, Extracted)]) -> Vec<PartCard> {
    parts
        .iter()
        .enumerate()
        .filter_map(|(index, (path, extracted))| PartCard::of(index, path, extracted))
        .collect()
}

#[test]
fn parts_join_over_drifting_titles_and_a_missing_by_line() {
    let parts = [
        ("a/l1.txt", part("[OZ] The Lamps", Some("Ada Quill"), 1, Some(3))),
        ("a/l3.txt", part("the_lamps!", Some("ada quill"), 3, None)),
        ("a/l2.txt", part("NEW: The Lamps", None, 2, Some(3))),
    ];
    let groups = plan(&cards(&parts));
    assert_eq!(groups, [PartGroup { members: vec![0, 2, 1], duplicates: vec![], missing: vec![] }]);
}

#[test]
fn another_folder_another_creator_or_a_lone_part_joins_nothing() {
    let parts = [
        ("a/1.txt", part("Lamps", Some("Ada"), 1, None)),
        ("b/2.txt", part("Lamps", Some("Ada"), 2, None)),
        ("a/2.txt", part("Lamps", Some("Ben"), 2, None)),
    ];
    assert!(plan(&cards(&parts)).is_empty());
}

#[test]
fn a_gap_is_a_missing_part_and_so_is_a_stated_end() {
    let parts =
        [("1.txt", part("Lamps", None, 1, Some(5))), ("3.txt", part("Lamps", None, 3, Some(5)))];
    let groups = plan(&cards(&parts));
    assert_eq!(groups[0].missing, [2, 4, 5]);
}

#[test]
fn the_first_of_two_files_with_one_number_stays() {
    let parts = [
        ("1.txt", part("Lamps", None, 1, None)),
        ("1b.txt", part("Lamps", None, 1, None)),
        ("2.txt", part("Lamps", None, 2, None)),
    ];
    let groups = plan(&cards(&parts));
    assert_eq!((groups[0].members.clone(), groups[0].duplicates.clone()), (vec![0, 2], vec![1]));
    let all = cards(&parts)
        .into_iter()
        .zip(parts)
        .map(|(card, (_, extracted))| (card, extracted))
        .collect();
    let (joined, missing) = join(all);
    assert!(missing.is_empty());
    let repeated = joined.findings.iter().find(|finding| finding.code == "duplicate-part").unwrap();
    assert_eq!(repeated.source, Some(1));
}

#[test]
fn joined_fields_and_chapters_say_which_file_they_stand_in_and_numbers_stay() {
    let mut first = part("Lamps", Some("Ada"), 1, Some(3));
    first.chapters[0].number = Some("One".to_owned());
    first.links.push(PartLink { rel: LinkRel::Next, part: Some(2), title: None, url: None });
    let mut third = part("Lamps", Some("Ada"), 3, Some(3));
    let note = ExtractedField {
        kind: FieldKind::Notes,
        value: "Sorry <late>".to_owned(),
        ..third.fields[0].clone()
    };
    third.fields.push(note);
    third.fields.push(ExtractedField {
        kind: FieldKind::Rating,
        value: "PG".to_owned(),
        ..third.fields[0].clone()
    });
    let parts = [("3.txt", third), ("1.txt", first)];
    let all = cards(&parts)
        .into_iter()
        .zip(parts)
        .map(|(card, (_, extracted))| (card, extracted))
        .collect();
    let (joined, missing) = join(all);
    assert_eq!(missing, [2]);
    let chapters: Vec<(Option<&str>, u32)> =
        joined.chapters.iter().map(|own| (own.number.as_deref(), own.source)).collect();
    assert_eq!(chapters, [(Some("One"), 1), (Some("3"), 0)]);
    assert_eq!(joined.chapters[1].notes.as_deref(), Some("<p>Sorry &lt;late&gt;</p>"));
    assert_eq!(joined.fields_of(FieldKind::Rating).map(|own| own.source).collect::<Vec<_>>(), [0]);
    assert_eq!(joined.fields_of(FieldKind::Title).count(), 1);
    assert_eq!(joined.links.len(), 1, "the link to the missing part stays");
    assert!(joined.findings.iter().any(|finding| finding.code == "missing-part"));
}

#[test]
fn reviews_of_every_part_stay_and_follow_their_chapters() {
    let reviewed = |number: u32| {
        let mut own = part("Lamps", Some("Ada"), number, Some(2));
        let value = format!("{{\"chapter\":1,\"text\":\"review {number}\"}}");
        let field = ExtractedField {
            kind: FieldKind::Other,
            label: "Review".to_owned(),
            value,
            ..own.fields[0].clone()
        };
        own.fields.push(field);
        own
    };
    let parts = [("1.txt", reviewed(1)), ("2.txt", reviewed(2))];
    let all = cards(&parts).into_iter().zip(parts).map(|(card, (_, own))| (card, own)).collect();
    let (joined, _) = join(all);
    let reviews: Vec<serde_json::Value> = joined
        .fields
        .iter()
        .filter(|own| own.label == "Review")
        .map(|own| serde_json::from_str(&own.value).unwrap())
        .collect();
    assert_eq!((reviews.len(), &reviews[1]["chapter"]), (2, &2.into()), "{reviews:#?}");
}

#[test]
fn a_range_covers_its_parts() {
    let mut range = part("Lamps", None, 1, Some(4));
    if let Some(mark) = &mut range.part {
        mark.through = 3;
    }
    let parts = [
        ("1-3.txt", range),
        ("2.txt", part("Lamps", None, 2, None)),
        ("4.txt", part("Lamps", None, 4, None)),
    ];
    let groups = plan(&cards(&parts));
    assert_eq!(groups[0], PartGroup { members: vec![0, 2], duplicates: vec![1], missing: vec![] });
}

#[test]
fn a_number_in_a_file_name_counts_only_in_company() {
    let unmarked = |title: &str, creator| Extracted { part: None, ..part(title, creator, 1, None) };
    let beside_stated = [
        ("a/lamps1.txt", unmarked("Lamps", Some("Ada"))),
        ("a/lamps2.txt", part("Lamps", Some("Ada"), 2, None)),
    ];
    assert_eq!(plan(&cards(&beside_stated))[0].members, [0, 1]);
    let only_names = [
        ("a/lamps1.txt", unmarked("Lamps", Some("Ada"))),
        ("a/lamps2.txt", unmarked("Lamps", Some("Ada"))),
    ];
    assert_eq!(plan(&cards(&only_names))[0].members, [0, 1]);
    let unsigned =
        [("a/lamps1.txt", unmarked("Lamps", None)), ("a/lamps2.txt", unmarked("Lamps", None))];
    assert!(plan(&cards(&unsigned)).is_empty());
    assert!(plan(&cards(&[("a/rabbit2.txt", unmarked("Rabbit", Some("Ada")))])).is_empty());
}

#[test]
fn pages_of_one_story_join_by_its_number_over_folders_and_titles_and_other_pages_by_their_titles() {
    let page = |title: &str, number: u32, address: &str| {
        let mut extracted = part(title, Some("Wren"), number, Some(2));
        extracted.identities.push(Identity::new(IdentityKind::Address, address));
        extracted
    };
    let story = "https://www.fanfiction.net/s/4242";
    let apart = [
        PartCard::of(0, "a/1.html", &page("The Lamp", 1, story)).unwrap(),
        PartCard::of(1, "b/x/2.html", &page("The Lamp (renamed)", 2, story)).unwrap(),
    ];
    assert_eq!(plan(&apart)[0].members, [0, 1]);
    let own_addresses = [
        PartCard::of(0, "a/1.html", &page("The Lamp", 1, "http://lamps.example/1.html")).unwrap(),
        PartCard::of(1, "a/2.html", &page("The Lamp", 2, "http://lamps.example/2.html")).unwrap(),
    ];
    assert_eq!(plan(&own_addresses)[0].members, [0, 1]);
}

fn marked(part_of: Extracted, number: u32, written: &str, total: Option<u32>) -> Extracted {
    let (written, through) = (written.to_owned(), number);
    let mark = PartMark { part: number, through, of: total, written, span: None };
    Extracted { part: Some(mark), ..part_of }
}

#[test]
fn pieces_of_a_part_a_prologue_and_an_epilogue_are_parts_of_their_own() {
    let lamps = || part("Lamps", None, 1, None);
    let parts = [
        ("e.txt", marked(lamps(), 0, "Epilogue", None)),
        ("1b.txt", marked(lamps(), 1, "(1b/2)", Some(2))),
        ("p.txt", marked(lamps(), 0, "Prologue", None)),
        ("2.txt", marked(lamps(), 2, "(2/2)", Some(2))),
        ("1a.txt", marked(lamps(), 1, "(1a/2)", Some(2))),
        ("again.txt", marked(lamps(), 1, "[1A/2]", Some(2))),
    ];
    let groups = plan(&cards(&parts));
    assert_eq!(groups.len(), 1);
    assert_eq!(groups[0].members, [2, 4, 1, 3, 0]);
    assert_eq!((groups[0].duplicates.clone(), groups[0].missing.clone()), (vec![5], vec![]));
}

fn posted(by: &str, number: u32) -> Extracted {
    let mut message = part("The Letter", None, number, Some(2));
    let field = |kind, label: &str, value: &str| ExtractedField {
        kind,
        label: label.to_owned(),
        value: value.to_owned(),
        ..message.fields[0].clone()
    };
    let own = [
        field(FieldKind::Poster, "From", by),
        field(FieldKind::Other, "Subject", &format!("The Letter ({number}/2)")),
    ];
    message.fields.extend(own);
    message
}

#[test]
fn messages_join_over_the_mailboxes_of_one_folder_though_the_sender_drifts() {
    let parts = [
        ("list/1997-01.mbox/000004", posted("Wren", 1)),
        ("list/1997-02.mbox/000001", posted("Wren Ash", 2)),
        ("other/1997-02.mbox/000001", posted("Wren", 2)),
    ];
    let groups = plan(&cards(&parts));
    assert_eq!(groups.len(), 1);
    assert_eq!(groups[0].members, [0, 1]);
}

#[test]
fn two_senders_with_parts_of_one_title_and_the_same_numbers_wrote_two_works() {
    let parts = [
        ("a.mbox/000001", posted("Wren", 1)),
        ("a.mbox/000002", posted("Toto", 1)),
        ("a.mbox/000003", posted("Wren", 2)),
        ("a.mbox/000004", posted("Toto", 2)),
    ];
    let members: Vec<Vec<usize>> =
        plan(&cards(&parts)).into_iter().map(|own| own.members).collect();
    assert_eq!(members, [[0, 2], [1, 3]]);
    let reposted = [
        ("a.mbox/000001", posted("Wren", 1)),
        ("a.mbox/000002", posted("Wren", 2)),
        ("a.mbox/000003", posted("Finch", 2)),
    ];
    let groups = plan(&cards(&reposted));
    assert_eq!((groups.len(), groups[0].duplicates.clone()), (1, vec![2]));
}

#[test]
fn a_hundred_thousand_cards_are_planned_in_a_moment() {
    let all: Vec<PartCard> = (0..100_000_usize)
        .filter_map(|index| {
            let number = u32::try_from(index % 5 + 1).ok()?;
            let tale = part(&format!("Lamp {}", index / 5), None, number, Some(5));
            PartCard::of(index, "list.mbox/000001", &tale)
        })
        .collect();
    assert_eq!(plan(&all).len(), 20_000);
}
