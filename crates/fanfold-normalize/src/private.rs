//! Addresses of persons. An archive never publishes them: they stay in the original labels, the owner's record, and
//! go out of everything that is shown.

/// What stands where an address stood in prose.
const MASK: &str = "[e-mail address]";

/// The text with every e-mail address taken out, together with brackets that held nothing else.
pub(crate) fn without_addresses(text: &str) -> String {
    let mut bare = replaced(text, "");
    for hull in ["mailto:", "MAILTO:", "<>", "()", "[]", "{}", "< >", "( )", "[ ]"] {
        bare = bare.replace(hull, " ");
    }
    for masked in ["[email protected]", "[email\u{a0}protected]", "(email suppressed)"] {
        bare = bare.replace(masked, " ");
    }
    bare
}

/// Prose with every e-mail address masked; HTML is the caller's to clean again.
pub(crate) fn masked(text: &str) -> String {
    replaced(text, MASK)
}

/// Whether a text holds an e-mail address.
pub(crate) fn has_address(text: &str) -> bool {
    text.match_indices('@').any(|(at, _)| address_around(text, at).is_some())
}

fn replaced(text: &str, with: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (at, _) in text.match_indices('@') {
        if at < done {
            continue;
        }
        if let Some((start, end)) = address_around(text, at).filter(|(start, _)| *start >= done) {
            out.push_str(&text[done..start]);
            out.push_str(with);
            done = end;
        }
    }
    out.push_str(&text[done..]);
    out
}

/// The borders of `name@host.tld` around an at sign.
fn address_around(text: &str, at: usize) -> Option<(usize, usize)> {
    let local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let before = text[..at]
        .rfind(|c| !local(c))
        .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    let rest = &text[at + 1..];
    let after = rest.find(|c| !host(c)).unwrap_or(rest.len());
    let name = rest[..after].trim_end_matches(['.', '-']);
    let has_dot =
        name.split_once('.').is_some_and(|(first, last)| !first.is_empty() && last.len() >= 2);
    (before < at && has_dot).then_some((before, at + 1 + name.len()))
}

#[cfg(test)]
mod tests {
    use super::{has_address, masked, without_addresses};

    #[test]
    fn addresses_go_and_names_stay() {
        for (written, left) in [
            ("Wren <wren@example.invalid>", "Wren"),
            ("wren.ash+fic@mail.example.invalid (Wren)", "(Wren)"),
            ("Wren [mailto:wren@example.invalid]", "Wren"),
            ("wren@example.invalid", ""),
            ("@wren on the blog", "@wren on the blog"),
            ("wren @ home", "wren @ home"),
        ] {
            assert_eq!(without_addresses(written).trim(), left, "{written}");
        }
    }

    #[test]
    fn prose_says_where_an_address_stood() {
        assert_eq!(masked("Write to é.wren@example.invalid."), "Write to [e-mail address].");
        assert!(!has_address("a@b"));
    }

    proptest::proptest! {
        #[test]
        fn no_address_survives(text in "[a-c@. <>]{0,30}") {
            proptest::prop_assert!(!has_address(&masked(&text)));
        }
    }
}
