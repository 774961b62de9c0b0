//! Entry point for fuzzing: any bytes, no panic, and a printed query reads back as the same tree.

use super::parse;

/// Parses any bytes as a query. Must not panic; asserts that an error points inside the text, and that a query that
/// was read prints to text that reads the same.
pub fn fuzz_query(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match parse(&text) {
        Ok(query) => {
            let printed = query.to_string();
            // Escapes can make the printed form longer than what may be read; that is no fault.
            if printed.chars().count() <= super::MAX_LENGTH {
                assert_eq!(parse(&printed).as_ref(), Ok(&query), "printed as {printed}");
            }
        }
        Err(error) => assert!((1..=text.chars().count() + 1).contains(&error.column), "{error}"),
    }
}
