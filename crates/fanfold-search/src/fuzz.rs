//! Entry points for fuzzing: any bytes, no panic.

use fanfold_model::query::{Node, Query, TextField, TextMatch, parse};

use crate::order::Cursor;
use crate::snippets::{Passage, snippets};
use crate::words::query_words;

/// Splits any text into words and looks in it for its own first words. Must not panic; asserts that each snippet is text
/// with nothing but balanced marks, and that a text is found in itself.
pub fn fuzz_words(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let words = query_words(&text);
    let start: String = text.chars().take(60).collect();
    let what = TextMatch::Phrase(start.clone());
    let root = Some(Node::Text { field: TextField::Text, what });
    let passages = [Passage { chapter: Some(1), text: text.as_ref().into() }];
    let found = snippets(&Query { root, sort: None }, passages, Some("en"), 3);
    for snippet in &found {
        let marks = snippet.html.matches("<mark>").count();
        assert_eq!(marks, snippet.html.matches("</mark>").count());
        assert_eq!(marks * 2, snippet.html.matches('<').count(), "{}", snippet.html);
    }
    let whole = start.len() == text.len() && !words.is_empty();
    assert!(!whole || !found.is_empty(), "a text is found in itself: {text:?}");
}

/// Reads any bytes as a cursor, and looks for any query in a fixed text. Must not panic; asserts that a cursor that was
/// read prints as it was written or to text that reads the same.
pub fn fuzz_request(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(cursor) = text.parse::<Cursor>() {
        assert_eq!(cursor.to_string().parse::<Cursor>().ok().as_ref(), Some(&cursor));
    }
    if let Ok(query) = parse(&text) {
        let passages = [Passage {
            chapter: None,
            text: "The old map lay in the attic: l\u{2019}\u{ee}le, \u{6771}\u{4eac}\u{90fd}, sailors\u{2019} songs."
                .into(),
        }];
        let found = snippets(&query, passages, Some("en"), 2);
        assert!(found.len() <= 2);
    }
}
