//! Headers as people write them, in layouts of our own making.

use fanfold_model::{FieldKind as K, LinkRel};

use super::{STORY, codes, headed, reading, values};

#[test]
fn labels_in_any_dress_give_the_same_fields() {
    for header in [
        "Title: The Third Lamp\nAuthor: Wren Ashdown\nFandom: Sherlock Holmes\nRating: PG-13",
        "title: The Third Lamp\nauthor: Wren Ashdown\nfandom: Sherlock Holmes\nrating: PG-13",
        "TITLE - The Third Lamp\nAUTHOR - Wren Ashdown\nFANDOM - Sherlock Holmes\nRATING - PG-13",
        "Title: The Third Lamp\n\nAuthor: Wren Ashdown\n\nFandom: Sherlock Holmes\n\nRating: PG-13",
        "**Title:** The Third Lamp\n**Author:** Wren Ashdown\n**Fandom:** Sherlock Holmes\n**Rating:** PG-13",
        "Title:\n  The Third Lamp\nAuthor:\n  Wren Ashdown\nFandom:\n  Sherlock Holmes\nRating:\n  PG-13",
        "Title: The Third Lamp | Author: Wren Ashdown | Fandom: Sherlock Holmes | Rating: PG-13",
        "title....: The Third Lamp\nauthor...: Wren Ashdown\nfandom...: Sherlock Holmes\nrating...: PG-13",
        "Titel : The Third Lamp\nAuteur : Wren Ashdown\nFandom : Sherlock Holmes\nPublic : PG-13",
        "The Third Lamp\nby Wren Ashdown\n\nFandom: Sherlock Holmes\nRating: PG-13",
        "The Third Lamp\n\nA Sherlock Holmes fan fiction\n\nby Wren Ashdown\n\n(PG-13)",
        "The Third Lamp by Wren Ashdown\nFandom: Sherlock Holmes\nRating: PG-13\n",
        "Title: The Third Lamp\r\nAuthor: Wren Ashdown (wren@example.invalid)\r\nFandom: Sherlock Holmes\r\nRating: PG-13",
    ] {
        let read = headed(header);
        assert_eq!(values(&read, K::Title).first(), Some(&"The Third Lamp"), "{header}");
        assert_eq!(values(&read, K::Creator), ["Wren Ashdown"], "{header}");
        assert_eq!(values(&read, K::Fandom), ["Sherlock Holmes"], "{header}");
        assert_eq!(values(&read, K::Rating), ["PG-13"], "{header}");
        assert_eq!(read.chapters.len(), 1, "{header}");
    }
}

#[test]
fn the_story_begins_after_the_header_and_keeps_its_first_line() {
    for header in [
        "Title: A\nSummary: one line.",
        "A Lamp\nby Wren\n\n*****",
        "Title: A Lamp\nAuthor: Wren\n\n-----\n\nA Lamp",
    ] {
        let text = format!("{header}\n\n{STORY}");
        let read = reading(&text);
        assert!(text[read.chapters[0].start..].starts_with("Holmes put down"), "{header}");
        assert!(text[..read.chapters[0].end].ends_with("into the fog."), "{header}");
    }
}

#[test]
fn a_wrapped_summary_is_one_value_and_ends_where_the_next_label_begins() {
    let read = headed(
        "Title: The Lamp\nSummary: A lamp goes out in Baker Street and nobody knows the reason, not even the\n  man who lights it.\nDisclaimer: The usual one, which is that\nnothing of this is mine.\nRating: G",
    );
    assert_eq!(
        values(&read, K::Summary),
        [
            "A lamp goes out in Baker Street and nobody knows the reason, not even the man who lights it."
        ]
    );
    assert_eq!(
        values(&read, K::Disclaimer),
        ["The usual one, which is that nothing of this is mine."]
    );
    assert_eq!(values(&read, K::Rating), ["G"]);
}

#[test]
fn prose_above_the_labels_is_kept_as_what_it_speaks_of() {
    let read = headed(
        "Hello everybody! The people in this belong to Sir Arthur, I only borrowed them for an evening.\n\nTitle: The Lamp\nAuthor: Wren\nRating: G",
    );
    assert_eq!(values(&read, K::Disclaimer).len(), 1);
    assert_eq!(values(&read, K::Title), ["The Lamp"]);
}

#[test]
fn an_unlabelled_disclaimer_under_the_by_line_is_no_chapter_text() {
    let text = format!(
        "The Lamp\nby Wren\n\nI don't own Holmes or Watson and make no money with this story.\n\n{STORY}"
    );
    let read = reading(&text);
    assert_eq!(values(&read, K::Disclaimer).len(), 1);
    assert!(text[read.chapters[0].start..].starts_with("Holmes put"));
}

#[test]
fn a_first_sentence_with_a_cue_word_stays_in_the_story() {
    for first in [
        "The house was owned by nobody.",
        "Thanks to the fog they came too late.",
        "It was the property of a duke, and it was not mine.",
    ] {
        let text = format!("The Lamp\nby Wren\n\n{first}\n\n{STORY}");
        let read = reading(&text);
        assert!(text[read.chapters[0].start..].starts_with(first), "{first}");
    }
}

#[test]
fn speakers_of_a_script_are_no_labels() {
    let text = "Title: The Lamp, a Play\nAuthor: Wren\nRating: G\n\nHOLMES: Quick, Watson!\nWATSON: Coming.\nHOLMES: The lamp is out.\n\nThey went down the stairs.\n\nWATSON: It is foggy.\n";
    let read = reading(text);
    assert!(read.fields.iter().all(|field| !field.value.contains("Coming")));
    assert!(text[read.chapters[0].start..].starts_with("HOLMES: Quick"));
}

#[test]
fn an_unknown_label_between_known_ones_is_kept_and_noted() {
    let read =
        headed("Title: The Lamp\nAuthor: Wren\nMuse: the neighbour's cat\nRating: G\nFandom: Oz");
    assert!(codes(&read).contains(&"unknown-label"));
    let muse = read.fields.iter().find(|field| field.label == "Muse").expect("kept");
    assert_eq!((muse.kind, muse.value.as_str()), (K::Other, "the neighbour's cat"));
}

#[test]
fn unknown_labels_that_close_a_run_are_no_part_of_the_value_above() {
    for last in [
        "Muse: the neighbour's cat",
        "Muse: the neighbour's cat\nMood: windy",
        "Mood: windy\nMuse: the neighbour's cat",
    ] {
        let read = headed(&format!(
            "Title: The Lamp\nAuthor: Wren\nRating: G\nSummary: A lamp goes out.\n{last}"
        ));
        assert_eq!(values(&read, K::Summary), ["A lamp goes out."], "{last}");
        let muse = read.fields.iter().find(|field| field.label == "Muse").expect("kept");
        assert_eq!((muse.kind, muse.value.as_str()), (K::Other, "the neighbour's cat"), "{last}");
    }
    // A value that goes on is one, whatever sign stands in it.
    let read = headed(
        "Title: The Lamp\nAuthor: Wren\nRating: G\nSummary: Nobody in the whole of that long and windy street had one wish\nMore: that the lamp would stay.",
    );
    assert!(values(&read, K::Summary)[0].contains("would stay"));
}

#[test]
fn a_text_without_header_has_no_title_and_no_creator() {
    for text in [
        STORY.to_owned(),
        format!("It was the ninth day of rain.\n\n{STORY}"),
        format!("\"Well?\" said Watson.\n\n{STORY}"),
    ] {
        let read = reading(&text);
        assert!(
            values(&read, K::Title).is_empty() && values(&read, K::Creator).is_empty(),
            "{text}"
        );
        assert_eq!(read.chapters[0].start, 0);
    }
}

#[test]
fn the_label_wins_over_the_line_above_the_story_and_the_loser_is_kept() {
    let read =
        headed("Title: The Third Lamp\nAuthor: Wren\n\nLight in Wigmore Street\nby Tamsin Quill");
    assert_eq!(values(&read, K::Title), ["The Third Lamp", "Light in Wigmore Street"]);
    assert_eq!(values(&read, K::Creator), ["Wren", "Tamsin Quill"]);
    assert!(
        codes(&read).contains(&"title-alternatives")
            && codes(&read).contains(&"creator-alternatives")
    );
}

#[test]
fn the_same_title_again_above_the_story_is_no_alternative() {
    let read = headed("Title: The Third Lamp\nAuthor: Wren\n\nTHE THIRD LAMP\nby Wren");
    assert_eq!(values(&read, K::Title)[0], "The Third Lamp");
    assert!(codes(&read).is_empty(), "{:?}", codes(&read));
}

#[test]
fn a_combined_label_gives_both_fields_and_series_of_a_show_is_the_fandom() {
    let read = headed("Title: A\nGenre/Pairing: Humor, Holmes/Adler\nSeries: TNG\nRating: G");
    assert_eq!(values(&read, K::Genre), values(&read, K::Relationship));
    assert_eq!(values(&read, K::Fandom), ["TNG"]);
    let read = headed("Title: A\nSeries: Lamps of London, part 2\nRating: G");
    assert_eq!(values(&read, K::Series), ["Lamps of London, part 2"]);
    assert_eq!((read.series[0].title.as_str(), read.series[0].part), ("Lamps of London", Some(2)));
}

#[test]
fn a_part_mark_is_taken_from_the_title_the_label_or_its_own_line() {
    for (header, part, of) in [
        ("Title: The Lamp (2/3)\nAuthor: Wren", 2, Some(3)),
        ("Title: The Lamp\nPart: 2/3\nAuthor: Wren", 2, Some(3)),
        ("The Lamp\n\nby Wren\n\nPart 2 of 3", 2, Some(3)),
        ("Title: The Lamp\nAuthor: Wren\n\nChapter Two: The Fog", 2, None),
        ("Subject: NEW: The Lamp [2/?]\nFrom: wren@example.invalid\n\nRating: G", 2, None),
        ("Title: The Lamp\nNotes: Second of three parts.", 2, Some(3)),
    ] {
        let read = headed(header);
        let mark = read.part.as_ref().unwrap_or_else(|| panic!("{header}"));
        assert_eq!((mark.part, mark.of), (part, of), "{header}");
        assert_eq!(values(&read, K::Title), ["The Lamp"], "{header}");
    }
}

#[test]
fn permissions_and_sequels_are_read_from_labels_and_prose() {
    let read = headed(
        "Title: The Lamp\nArchive: Ask first.\nNotes: This is a sequel to \"The First Lamp\".",
    );
    assert_eq!(values(&read, K::Permission), ["Ask first."]);
    assert_eq!(
        (read.links[0].rel, read.links[0].title.as_deref()),
        (LinkRel::SequelTo, Some("The First Lamp"))
    );
    let read = headed(
        "The Lamp\nby Wren\n\nThis story may not be reposted. Please do not archive it anywhere.",
    );
    assert_eq!(values(&read, K::Permission).len(), 1);
}

#[test]
fn a_letter_in_the_story_is_not_a_mail_header() {
    let text = "Title: The Lamp\nAuthor: Wren\n\nTo: Sherlock Holmes\nFrom: The Lamplighter\nSubject: My light\n\nSir, it was stolen, and I saw the man.\n";
    let read = reading(text);
    assert!(values(&read, K::Poster).is_empty());
    assert!(text[read.chapters[0].start..].starts_with("To: Sherlock"));
}

#[test]
fn a_double_spaced_file_is_read_as_if_it_were_not() {
    let wrapped = "Title: The Lamp\nAuthor: Wren\nSummary: A lamp goes out in Baker Street and nobody knows\nthe reason, not even the man who lights it.\n\nHolmes put down the violin and went to the window of\nthe room because the lamp in the street had gone out\nand the whole of the house over the way was as black\nas the inside of a hat, and somebody laughed in the\nstreet below them, as if that had been a great joke.\n\"It is the third this week,\" he said to his friend.\n";
    let read = reading(&wrapped.replace('\n', "\n\n"));
    assert_eq!(
        values(&read, K::Summary),
        [
            "A lamp goes out in Baker Street and nobody knows the reason, not even the man who lights it."
        ]
    );
}

#[test]
fn the_line_above_fan_fiction_by_is_the_fandom_when_a_title_follows() {
    let read = headed("Treasure Island\nfan fiction by Wren\n\nThe Map Maker\n\n(PG)");
    assert_eq!(values(&read, K::Title), ["The Map Maker"]);
    assert_eq!(values(&read, K::Fandom), ["Treasure Island"]);
}

#[test]
fn odd_layouts_of_our_own_making_are_read() {
    for (header, title, creator) in [
        ("THE LAMP\nBY WREN ASHDOWN\nRATED G", "THE LAMP", "WREN ASHDOWN"),
        ("# The Lamp\n\n**by Wren**\n\n*Rating:* PG", "The Lamp", "Wren"),
        ("\"The Lamp\"\nby Wren Ashdown (c) 1999", "The Lamp", "Wren Ashdown"),
        (
            "The Lamp\nCopyright 1997 by Wren Ashdown\n\nStandard disclaimers apply.",
            "The Lamp",
            "Wren Ashdown",
        ),
        ("The Lamp\nPG-13, Holmes/Adler, drama\nby Wren", "The Lamp", "Wren"),
        (
            "Subject: [HOLMES-L] FIC: The Lamp (Part 3 of 7)\nFrom: wren@example.invalid\n\nThe Lamp\nPart Three\nby Wren",
            "The Lamp",
            "Wren",
        ),
        (
            "The Lantern Main Archive\n\nThe Lamp by Wren [Reviews - 3] Printer\nTable of Contents",
            "The Lamp",
            "Wren",
        ),
        ("Death by Candle\n\nAuthor: Wren\nRating: G", "Death by Candle", "Wren"),
        ("The Lamp\n(formerly Wick)\n\nby Wren", "The Lamp", "Wren"),
        ("03 - The Lamp\n\nby Wren", "The Lamp", "Wren"),
    ] {
        let read = headed(header);
        assert_eq!(values(&read, K::Title).first(), Some(&title), "{header}");
        assert_eq!(values(&read, K::Creator).first(), Some(&creator), "{header}");
    }
}

#[test]
fn a_story_right_under_a_short_last_label_is_no_part_of_its_value() {
    let text = format!("Title: The Lamp\nAuthor: Wren\nWarnings: none\n{STORY}");
    let read = reading(&text);
    assert_eq!(values(&read, K::Warning), ["none"]);
    assert!(text[read.chapters[0].start..].starts_with("Holmes put"));
}
