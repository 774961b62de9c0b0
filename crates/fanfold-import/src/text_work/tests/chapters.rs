//! Chapters inside one file.

use fanfold_model::FieldKind as K;
use proptest::prelude::*;

use super::{STORY, codes, reading, texts, values};

/// A file with these mark lines, each over some text.
fn file(marks: &[&str]) -> String {
    let mut text = "Title: The Lamp\nAuthor: Wren\n\n".to_owned();
    for (index, mark) in marks.iter().enumerate() {
        text.push_str(&format!("{mark}\n\nText number {index} began here, and it went on for a while as texts do.\n\n{STORY}\n"));
    }
    text
}

fn numbers_and_titles(text: &str) -> Vec<(Option<String>, Option<String>)> {
    reading(text).chapters.into_iter().map(|chapter| (chapter.number, chapter.title)).collect()
}

#[test]
fn marks_of_many_languages_and_forms_divide_a_file() {
    for marks in [
        ["Chapter 1", "Chapter 2", "Chapter 3"],
        ["Chapter One", "Chapter Two", "Chapter Three"],
        ["CHAPTER I", "CHAPTER II", "CHAPTER III"],
        ["Ch. 1", "Ch. 2", "Ch. 3"],
        ["-- Chapter One --", "-- Chapter Two --", "-- Chapter Three --"],
        ["Kapitel 1", "Kapitel 2", "Kapitel 3"],
        ["Erstes Kapitel", "Zweites Kapitel", "Drittes Kapitel"],
        ["1. Kapitel", "2. Kapitel", "3. Kapitel"],
        ["Chapitre 1", "Chapitre 2", "Chapitre 3"],
        ["Capítulo uno", "Capítulo dos", "Capítulo tres"],
        ["Capitolo 1", "Capitolo 2", "Capitolo 3"],
        ["Глава 1", "Глава 2", "Глава 3"],
        ["Глава первая", "Глава вторая", "Глава третья"],
        ["第一章", "第二章", "第三章"],
        ["第1章 灯", "第2章 雾", "第3章 夜"],
        ["Part I", "Part II", "Part III"],
        ["1.", "2.", "3."],
        ["I", "II", "III"],
        ["I. The Lamp", "II. The Fog", "III. The Night"],
        ["Prologue", "Chapter 1", "Epilogue"],
        ["The Lamp - Chapter 1", "The Lamp - Chapter 2", "The Lamp - Chapter 3"],
        ["~*~ Act One ~*~", "~*~ Act Two ~*~", "~*~ Act Three ~*~"],
        ["Chapter 1 of 3", "Chapter 2 of 3", "Chapter 3 of 3"],
        ["Chaptre 1", "Chapter 2", "Chapter 3"],
        ["Chapter #1 - Chapter 1", "Chapter #2 - Chapter 2", "Chapter #3 - Chapter 3"],
        ["{Part 1}", "{Part 2}", "{Part 3}"],
    ] {
        let text = file(&marks);
        let read = reading(&text);
        assert_eq!(read.chapters.len(), 3, "{marks:?}");
        for (index, own) in texts(&read, &text).iter().enumerate() {
            assert!(own.starts_with(&format!("Text number {index}")), "{marks:?}: {own}");
        }
    }
}

#[test]
fn a_title_stands_after_the_number_or_on_the_next_line() {
    for marks in [
        ["Chapter 1: The Fog", "Chapter 2: The Lamp"],
        ["Chapter One - The Fog", "Chapter Two - The Lamp"],
        ["Chapter 1. The Fog", "Chapter 2. The Lamp"],
        ["Chapter 1\nThe Fog", "Chapter 2\nThe Lamp"],
        ["Chapter 1\n\nThe Fog", "Chapter 2\n\nThe Lamp"],
        ["Kapitel 1 – The Fog", "Kapitel 2 – The Lamp"],
        ["Chapter 1 \"The Fog\"", "Chapter 2 \"The Lamp\""],
    ] {
        let titles: Vec<_> =
            numbers_and_titles(&file(&marks)).into_iter().filter_map(|(_, title)| title).collect();
        assert_eq!(titles, ["The Fog", "The Lamp"], "{marks:?}");
    }
}

#[test]
fn a_file_whose_first_mark_is_chapter_two_has_a_silent_first_chapter() {
    for mark in ["Chapter 2", "Chapter Two: The Fog", "II", "Kapitel 2"] {
        let third = mark.replace("Two", "Three").replace("II", "III").replace('2', "3");
        let text = format!("The Lamp\nby Wren\n\n{STORY}\n{mark}\n\n{STORY}\n{third}\n\n{STORY}");
        let read = reading(&text);
        assert_eq!(read.chapters.len(), 3, "{mark}");
        assert!(read.chapters[0].number.is_none());
        assert!(codes(&read).contains(&"silent-first-chapter"), "{mark}");
    }
}

#[test]
fn a_table_of_contents_is_no_row_of_chapters() {
    for contents in [
        "CONTENTS\n\nChapter 1 - The Fog .... 1\nChapter 2 - The Lamp .... 4\nChapter 3 - The Night .... 9",
        "Chapter 1 - The Fog\nChapter 2 - The Lamp\nChapter 3 - The Night",
    ] {
        let text = format!(
            "The Lamp\nby Wren\n\n{contents}\n\n\nChapter 1 - The Fog\n\n{STORY}\nChapter 2 - The Lamp\n\n{STORY}\nChapter 3 - The Night\n\n{STORY}"
        );
        let read = reading(&text);
        assert_eq!(read.chapters.len(), 3, "{contents}");
        assert!(!codes(&read).contains(&"empty-chapter"));
    }
}

#[test]
fn what_only_looks_like_a_mark_divides_nothing() {
    for line in [
        "Chapter 3 of the book was missing, and so was the lamp.",
        "December 19, 1892",
        "Baker Street, 7.35 pm",
        "WATSON'S POV",
        "Act like nothing happened",
        "Part of him knew.",
        "221B",
        "I",
        "12",
        "Part one of the plan was simple.",
        "1892",
        "*****",
        "Later that night",
    ] {
        let text = format!("The Lamp\nby Wren\n\n{STORY}\n{line}\n\n{STORY}");
        assert_eq!(reading(&text).chapters.len(), 1, "{line}");
    }
}

#[test]
fn numbers_out_of_order_are_left_in_the_text() {
    let text = file(&["Chapter 1", "Chapter 2", "Chapter 1", "Chapter 3"]);
    assert_eq!(reading(&text).chapters.len(), 3);
    let text = file(&["Part One", "Chapter 1", "Chapter 2", "Part Two", "Chapter 1"]);
    assert_eq!(reading(&text).chapters.len(), 5);
}

#[test]
fn a_part_heading_right_above_a_chapter_joins_its_title() {
    let text = format!(
        "The Lamp\nby Wren\n\nPART ONE\n\nChapter 1: Fog\n\n{STORY}\nChapter 2: Lamp\n\n{STORY}\nPART TWO\n\nChapter 3: Night\n\n{STORY}"
    );
    let titles: Vec<_> =
        numbers_and_titles(&text).into_iter().filter_map(|(_, title)| title).collect();
    assert_eq!(titles, ["PART ONE: Fog", "Lamp", "PART TWO: Night"]);
}

#[test]
fn notes_under_and_below_a_chapter_belong_to_it() {
    let text = format!(
        "The Lamp\nby Wren\n\nChapter 1\n\n{STORY}\nA/N: Thanks for reading.\n\nChapter 2\n\nWarning: a fire\n\n{STORY}"
    );
    let read = reading(&text);
    assert_eq!(
        read.chapters[0].end_notes.as_ref().map(|notes| notes.0.as_str()),
        Some("A/N: Thanks for reading.")
    );
    assert_eq!(
        read.chapters[1].notes.as_ref().map(|notes| notes.0.as_str()),
        Some("Warning: a fire")
    );
    assert!(texts(&read, &text)[1].starts_with("Holmes put"));
}

#[test]
fn a_foreword_before_chapter_one_is_a_note_and_an_opening_scene_a_chapter() {
    let text = format!(
        "The Lamp\nby Wren\n\n\"A lamp is a small sun.\"\n\nChapter 1\n\n{STORY}\nChapter 2\n\n{STORY}"
    );
    let read = reading(&text);
    assert_eq!((read.chapters.len(), values(&read, K::Notes).len()), (2, 1));
    let text = format!(
        "The Lamp\nby Wren\n\n{STORY}\n{STORY}\n{STORY}\nChapter 1\n\n{STORY}\nChapter 2\n\n{STORY}"
    );
    assert_eq!(reading(&text).chapters.len(), 3);
}

#[test]
fn a_chapter_may_name_its_own_creator() {
    let text = file(&["Part 1 by Ada Pike", "Part 2 by Wren"]);
    let creators: Vec<_> =
        reading(&text).chapters.into_iter().flat_map(|chapter| chapter.creators).collect();
    assert_eq!(creators, ["Ada Pike", "Wren"]);
}

proptest! {
    #[test]
    fn any_ascending_row_of_chapter_marks_is_cut_at_each_of_them(count in 2_usize..30, word in prop::sample::select(vec!["Chapter", "Kapitel", "Chapitre", "Part", "Глава", "CHAPTER"])) {
        let marks: Vec<String> = (1..=count).map(|number| format!("{word} {number}")).collect();
        let marks: Vec<&str> = marks.iter().map(String::as_str).collect();
        prop_assert_eq!(reading(&file(&marks)).chapters.len(), count);
    }
}

#[test]
fn a_chapter_title_between_mark_and_labels_is_not_the_title_of_the_work() {
    let text = format!("Chapter 4\nThe Fog\n\nDisclaimer: not mine\n\n{STORY}");
    let read = reading(&text);
    assert!(values(&read, K::Title).is_empty());
    assert_eq!(read.chapters[0].title.as_deref(), Some("The Fog"));
    assert_eq!(values(&read, K::Disclaimer), ["not mine"]);
    assert!(read.chapters[0].notes.is_none());
    assert_eq!(read.part.map(|part| part.part), Some(4));
}

#[test]
fn rules_around_a_mark_are_dress_and_a_contents_list_of_bare_numbers_is_contents() {
    let text = format!(
        "The Lamp\nby Wren\n\n***\nPart One\n***\n\n{STORY}\n***\nPart Two\n***\n\n{STORY}"
    );
    let read = reading(&text);
    assert!(texts(&read, &text).iter().all(|own| !own.contains("***")));
    let text = format!(
        "The Lamp\n\nby Wren\n\nTABLE OF CONTENTS\n\n\t1. Fog\n\t2. Lamp\n\n\t1. Fog\n\n{STORY}\n\t2. Lamp\n\n{STORY}"
    );
    let titles: Vec<_> =
        numbers_and_titles(&text).into_iter().filter_map(|(_, title)| title).collect();
    assert_eq!(titles, ["Fog", "Lamp"]);
}

#[test]
fn a_numbered_list_inside_a_story_is_no_row_of_chapters() {
    for gap in ["\n", "\n\n", "\n\n\n\n"] {
        let list = ["1. Three plain robes", "2. One plain pointed hat", "3. One pair of gloves"];
        let text = format!("The Lamp\n\nby Wren\n\n{STORY}\n{}\n\n{STORY}", list.join(gap));
        let reading = reading(&text);
        assert_eq!(reading.chapters.len(), 1, "{gap:?}");
        assert!(texts(&reading, &text)[0].contains("pointed hat"), "{gap:?}");
    }
}

#[test]
fn a_table_of_contents_with_page_numbers_leaves_no_empty_chapters() {
    let text = format!(
        "The Lamp\n\nby Wren\n\nThe Parts\n\nI. Of Oil 12\n\nII. Of Wicks 17\n\nIII. Of Glass 40\n\n{STORY}\n{STORY}"
    );
    let reading = reading(&text);
    assert!(reading.chapters.iter().all(|chapter| chapter.start < chapter.end));
    assert!(!codes(&reading).contains(&"empty-chapter"));
}

#[test]
fn a_heading_said_twice_is_one_chapter() {
    let text = format!(
        "Chapter 8 The Oath\n\nA word before: thanks to everybody who wrote to me about the goose and the lamp, you know who you are, and to Ada above all others, who read it twice.\n\nChapter Eight: The Oath\n\n{STORY}"
    );
    for text in [text.clone(), text.replace("Eight: The Oath", "Eight\n\nThe Oath")] {
        let reading = reading(&text);
        assert_eq!(reading.chapters.len(), 1, "{text}");
        assert_eq!(reading.chapters[0].number.as_deref(), Some("8"));
    }
}
