//! The ends of files.

use fanfold_model::{FieldKind as K, LinkRel};

use super::{STORY, reading, texts, values};

fn ended(end: &str) -> String {
    format!("Title: The Lamp\nAuthor: Wren\n\n{STORY}\n{end}\n")
}

#[test]
fn the_end_is_evidence_of_completeness_and_stays_in_the_text() {
    for mark in ["The End", "~ Fin ~", "ENDE", "Конец", "（終）", "FINIS"] {
        let text = ended(mark);
        let read = reading(&text);
        assert_eq!(values(&read, K::Status), [mark]);
        assert!(texts(&read, &text)[0].ends_with(mark));
    }
}

#[test]
fn marks_that_part_a_work_for_posting_leave_the_text() {
    for mark in [
        "End (1/3)",
        "[end of part 1]",
        "To be continued...",
        "TBC",
        "Continued in Part 2: The Answer",
    ] {
        let text = ended(mark);
        let read = reading(&text);
        assert!(texts(&read, &text)[0].ends_with("into the fog."), "{mark}");
    }
}

#[test]
fn a_continuation_names_the_next_part() {
    let read = reading(&ended("Continued in Part 2: The Answer"));
    let link = &read.links[0];
    assert_eq!(
        (link.rel, link.part, link.title.as_deref()),
        (LinkRel::Next, Some(2), Some("The Answer"))
    );
    assert!(values(&read, K::Status).is_empty());
    assert_eq!(values(&reading(&ended("TBC")), K::Status), ["TBC"]);
}

#[test]
fn notes_after_the_end_and_signatures_are_parted_from_the_text() {
    let text = ended(
        "The End\n\nAuthor's note: Thank you for reading. There may be more.\n\n-- \nWren Ashdown\nhttp://www.example.invalid/wren",
    );
    let read = reading(&text);
    assert_eq!(
        values(&read, K::EndNotes),
        ["Author's note: Thank you for reading. There may be more."]
    );
    assert!(
        read.fields
            .iter()
            .any(|field| field.label == "footer" && field.value.contains("Wren Ashdown"))
    );
    assert!(texts(&read, &text)[0].ends_with("The End"));
}

#[test]
fn back_links_and_list_footers_are_footers() {
    for footer in [
        "Back to index",
        "Return to the Lamp Archive",
        "________________________________________\nLamps mailing list\nhttp://www.example.invalid/lamps",
        "You are visitor number 312",
        "Zurück zur Übersicht",
    ] {
        let text = ended(footer);
        let read = reading(&text);
        assert!(read.fields.iter().any(|field| field.label == "footer"), "{footer}");
        assert!(texts(&read, &text)[0].ends_with("into the fog."), "{footer}");
    }
}

#[test]
fn the_words_the_end_inside_a_story_end_nothing() {
    let text =
        format!("Title: The Lamp\nAuthor: Wren\n\n{STORY}\nThe end\n\n{STORY}\n{STORY}\n{STORY}");
    let read = reading(&text);
    assert!(values(&read, K::EndNotes).is_empty());
    assert!(texts(&read, &text)[0].ends_with("into the fog."));
}
