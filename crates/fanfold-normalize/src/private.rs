//! Addresses of persons. An archive never publishes them: they stay in the original labels, the owner's record, and
//! go out of everything that is shown. What an address is, spelled out or not, `fanfold_text::addresses` says.

use fanfold_text::addresses;

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
    addresses::holds_address(text)
}

fn replaced(text: &str, with: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for place in addresses::addresses(text) {
        out.push_str(&text[done..place.start]);
        out.push_str(with);
        done = place.end;
    }
    out.push_str(&text[done..]);
    out
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
            ("Wren (wren [at] example [dot] org)", "Wren"),
            ("Wren, wren AT example DOT com", "Wren,"),
            ("@wren on the blog", "@wren on the blog"),
            ("wren @ home", "wren @ home"),
        ] {
            assert_eq!(without_addresses(written).trim(), left, "{written}");
        }
    }

    #[test]
    fn prose_says_where_an_address_stood() {
        assert_eq!(masked("Write to é.wren@example.invalid."), "Write to [e-mail address].");
        assert_eq!(
            masked("Feedback to wren at example dot com, please."),
            "Feedback to [e-mail address], please."
        );
        assert_eq!(masked("He was at the dot of noon."), "He was at the dot of noon.");
        assert!(!has_address("a@b"));
    }

    proptest::proptest! {
        #[test]
        fn no_address_survives(text in "[a-c@. <>]{0,30}") {
            proptest::prop_assert!(!has_address(&masked(&text)));
        }
    }
}
