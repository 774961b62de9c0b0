//! Whatever the text, no line of it disappears.

use proptest::prelude::*;

use crate::text_work::fuzz::fuzz_text_work;

/// Lines as headers and stories have them, and lines as no one would write them.
fn line() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "Title: The Lamp (1/3)",
        "by Wren Ashdown",
        "Rating: PG-13 | Author: Wren",
        "Summary:",
        "Disclaimer - not mine",
        "*****",
        "",
        "",
        "",
        "Chapter One",
        "Chapter 2 - The Door",
        "III",
        "\"Come in,\" said Holmes.",
        "He went to the window and looked out, and the street was empty as it had been all the morning.",
        "The End",
        "TBC",
        "-- ",
        "Continued in Part 2: The Answer",
        "A Sherlock Holmes fan fiction",
        "(Oz, PG, no pairings)",
        "Author's note: thanks to all.",
        "WATSON: Come here.",
        "Contents",
        "Back to index",
        "第一章",
        "Глава 2",
        "© 1999 by Wren",
        "wren@example.invalid",
        "Part: 2/3",
        "Muse: a cat",
        "Subject: NEW: The Lamp (1/2)",
        "    indented speech went on",
        "Title:",
        "The Lamp",
        "PROLOGUE",
        "End (1/3)",
        "A/N: hello",
        "   ",
        "\u{feff}x",
        "I don't own them.",
    ]);
    prop_oneof![6 => known.prop_map(str::to_owned), 1 => "\\PC{0,60}", 1 => "[a-zA-Z :|*()/#.0-9'-]{0,70}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn every_line_with_words_ends_in_a_field_a_heading_or_a_chapter(lines in prop::collection::vec(line(), 0..40), crlf in any::<bool>()) {
        let text = lines.join(if crlf { "\r\n" } else { "\n" });
        fuzz_text_work(text.as_bytes());
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(data in prop::collection::vec(any::<u8>(), 0..400)) {
        fuzz_text_work(&data);
    }
}
