//! Names from outside as text for people. A name is shown and recorded, never used to open or to write anything.

use std::path::Path;

/// The name of a member of an archive: `flagged_utf8` is the archive's own statement. Undeclared names are UTF-8 when
/// they are valid UTF-8, else code page 437 as the format says.
pub(crate) fn decode(raw: &[u8], flagged_utf8: bool) -> String {
    let text = match std::str::from_utf8(raw) {
        Ok(text) => text.to_owned(),
        Err(_) if flagged_utf8 => String::from_utf8_lossy(raw).into_owned(),
        Err(_) => raw.iter().map(|byte| cp437(*byte)).collect(),
    };
    clean(&text)
}

/// A path for display: forward slashes, no root, no drive, no `.` and `..`, no control characters.
pub(crate) fn clean(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for part in path.split(['/', '\\']) {
        let drive = part.len() == 2 && part.ends_with(':');
        if part.is_empty() || part == "." || part == ".." || drive {
            continue;
        }
        if !out.is_empty() {
            out.push('/');
        }
        out.extend(part.chars().map(visible));
    }
    if out.is_empty() { "unnamed".to_owned() } else { out }
}

/// A file's path relative to its root, with forward slashes; bytes that are no UTF-8 show as U+FFFD.
pub(crate) fn relative(path: &Path, root: &Path) -> String {
    let rest = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<String> = rest
        .components()
        .map(|part| part.as_os_str().to_string_lossy().chars().map(visible).collect())
        .collect();
    parts.join("/")
}

fn visible(c: char) -> char {
    if c.is_control() { '\u{FFFD}' } else { c }
}

fn cp437(byte: u8) -> char {
    const HIGH: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
    match byte.checked_sub(128) {
        None => char::from(byte),
        Some(high) => HIGH.chars().nth(usize::from(high)).unwrap_or('\u{FFFD}'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_name_never_keeps_a_way_out_of_its_folder() {
        assert_eq!(clean("../../etc/passwd"), "etc/passwd");
        assert_eq!(clean("/abs/tale.txt"), "abs/tale.txt");
        assert_eq!(clean("C:\\temp\\..\\tale.txt"), "temp/tale.txt");
        assert_eq!(clean("a\0b/c\nd"), "a\u{FFFD}b/c\u{FFFD}d");
        assert_eq!(clean("./.././/"), "unnamed");
    }

    #[test]
    fn an_undeclared_name_is_utf8_when_valid_and_dos_otherwise() {
        assert_eq!(decode("Zoë.txt".as_bytes(), false), "Zoë.txt");
        assert_eq!(decode(b"Zo\x89.txt", false), "Zoë.txt");
        assert_eq!(decode(b"\xff\xa0x", false), "\u{a0}áx");
        assert_eq!(decode(b"Zo\x89.txt", true), "Zo\u{FFFD}.txt");
    }

    proptest::proptest! {
        #[test]
        fn any_name_becomes_one_that_has_no_root_and_no_parent(raw: Vec<u8>, flag: bool) {
            let name = decode(&raw, flag);
            proptest::prop_assert!(!name.is_empty() && !name.starts_with('/'));
            proptest::prop_assert!(name.split('/').all(|part| part != ".." && part != "." && !part.is_empty()));
            proptest::prop_assert!(!name.contains(char::is_control));
        }
    }
}
