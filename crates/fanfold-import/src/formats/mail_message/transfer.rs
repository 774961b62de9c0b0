//! What mail programs did to a text on its way: quoted-printable, `format=flowed`. Both are undone leniently, because
//! gateways and list programs cut and rewrapped what they carried.

/// Undoes quoted-printable (RFC 2045); a sign that begins no escape stays.
pub(super) fn unquoted(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        let rest = &bytes[at..];
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let end =
            [b"\r\n".as_slice(), b"\n"].into_iter().find(|end| rest[blanks..].starts_with(end));
        if let Some(end) = end {
            at += blanks + end.len();
        } else if let Some(value) = hex(rest) {
            out.push(value);
            at += 2;
        } else if blanks < rest.len() || !rest.is_empty() {
            out.push(byte);
        }
    }
    out
}

fn hex(rest: &[u8]) -> Option<u8> {
    let digits = rest.get(..2)?;
    let text = std::str::from_utf8(digits)
        .ok()
        .filter(|text| text.bytes().all(|c| c.is_ascii_hexdigit()))?;
    u8::from_str_radix(text, 16).ok()
}

/// Joins the lines of `format=flowed` (RFC 3676): a line that ends in a blank goes on in the next, the same depth of
/// quotes provided; the blank put before `From ` and `>` goes.
pub(super) fn unflowed(text: &str, delsp: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let depth = line.len() - line.trim_start_matches('>').len();
        let (quotes, rest) = line.split_at(depth);
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        let signature = rest.trim_end() == "--";
        if open == Some(depth) && !signature {
            out.push_str(rest);
        } else {
            if open.is_some() {
                out.push('\n');
            }
            out.push_str(quotes);
            if depth > 0 {
                out.push(' ');
            }
            out.push_str(rest);
        }
        if rest.ends_with(' ') && !signature {
            open = Some(depth);
            if delsp {
                out.pop();
            }
        } else {
            open = None;
            out.push('\n');
        }
    }
    if open.is_some() {
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_printable_is_undone_and_its_damage_stays() {
        assert_eq!(unquoted(b"caf=E9 =\r\nau lait=20\r\n"), b"caf\xE9 au lait \r\n");
        assert_eq!(unquoted(b"1 = 2 =3D =zz ="), b"1 = 2 = =zz ");
    }

    #[test]
    fn flowed_lines_join_and_fixed_lines_stay() {
        let text = "It burned \nall night.\n> He \n> said.\n From here\n-- \nWren\n";
        assert_eq!(
            unflowed(text, false),
            "It burned all night.\n> He said.\nFrom here\n-- \nWren\n"
        );
        assert_eq!(unflowed("ab \ncd\n", true), "abcd\n");
    }

    proptest::proptest! {
        #[test]
        fn nothing_but_line_ends_is_lost(text in "[a-z> \n]{0,80}") {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            proptest::prop_assert_eq!(letters(&unflowed(&text, false)), letters(&text));
        }
    }
}
