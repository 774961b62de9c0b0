//! How addresses are spelt: names are percent-encoded, and the characters that a path cannot carry in
//! every server and client are written with AO3's escapes (`/` is `*s*`, `&` is `*a*`, `.` is `*d*`,
//! `?` is `*q*`, `#` is `*h*`), so that old links and habits keep working.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'~')
    .remove(b'*')
    .remove(b'(')
    .remove(b')')
    .remove(b'\'');

/// The last is ours: a star is written so only in a name where it would be taken for part of an escape.
const ESCAPES: [(char, &str); 6] =
    [('/', "*s*"), ('&', "*a*"), ('.', "*d*"), ('?', "*q*"), ('#', "*h*"), ('*', "*t*")];

/// A name as one segment of a path.
pub fn segment(name: &str) -> String {
    let plain_stars = escaped(name, &ESCAPES[..5]);
    let escaped = match name_of_segment(&plain_stars) == name {
        true => plain_stars,
        false => escaped(name, &ESCAPES),
    };
    utf8_percent_encode(&escaped, SEGMENT).to_string()
}

fn escaped(name: &str, escapes: &[(char, &str)]) -> String {
    let mut escaped = String::with_capacity(name.len());
    for c in name.chars() {
        match escapes.iter().find(|(plain, _)| *plain == c) {
            Some((_, code)) => escaped.push_str(code),
            None => escaped.push(c),
        }
    }
    escaped
}

/// The name behind a segment that the router has already percent-decoded. No name holds a NUL, and no
/// database takes one.
pub fn name_of_segment(segment: &str) -> String {
    let mut name = String::with_capacity(segment.len());
    let mut rest = segment;
    while let Some(c) = rest.chars().next() {
        let escape = ESCAPES.iter().find(|(_, code)| rest.starts_with(code));
        let (plain, length) =
            escape.map_or((c, c.len_utf8()), |(plain, code)| (*plain, code.len()));
        name.extend(Some(plain).filter(|plain| *plain != '\0'));
        rest = &rest[length..];
    }
    name
}

/// A value in the query part of an address.
pub fn query_value(value: &str) -> String {
    utf8_percent_encode(value, NON_ALPHANUMERIC).to_string()
}

/// The page of a tag.
pub fn tag(kind: &str, name: &str) -> String {
    format!("/tags/{kind}/{}", segment(name))
}

/// The works of a tag.
pub fn tag_works(kind: &str, name: &str) -> String {
    format!("{}/works", tag(kind, name))
}

/// A work.
pub fn work(id: u64) -> String {
    format!("/works/{id}")
}

/// A chapter of a work, counted from 1.
pub fn chapter(id: u64, position: u32) -> String {
    format!("/works/{id}/chapters/{position}")
}

/// A creator; the name is for people, the number finds the creator.
pub fn creator(id: u64, name: &str) -> String {
    format!("/creators/{id}/{}", segment(name))
}

/// A series.
pub fn series(id: u64) -> String {
    format!("/series/{id}")
}

/// The feed of a creator's works.
pub fn creator_feed(id: u64) -> String {
    format!("/feeds/creators/{id}")
}

/// The feed of a series.
pub fn series_feed(id: u64) -> String {
    format!("/feeds/series/{id}")
}

/// The feed of what a saved filter finds.
pub fn filter_feed(name: &str) -> String {
    format!("/feeds/filters/{}", segment(name))
}

/// A search.
pub fn search(query: &str) -> String {
    format!("/search?q={}", query_value(query))
}

/// A file to carry away; `extension` without the dot.
pub fn download(id: u64, title: &str, extension: &str) -> String {
    let name: String = title.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let name = name.split('_').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_");
    let name: String = name.chars().take(80).collect();
    let name = if name.is_empty() { "work".to_owned() } else { name };
    format!("/downloads/{id}/{}.{extension}", utf8_percent_encode(&name, SEGMENT))
}

/// A path of this site to come back to, or the home page when the given one leads elsewhere.
pub fn own_path(given: &str) -> &str {
    let safe = given.starts_with('/')
        && !given.starts_with("//")
        && !given.contains('\\')
        && !given.chars().any(char::is_control);
    if safe { given } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_relationship_is_one_segment_as_ao3_readers_know_it() {
        assert_eq!(
            tag("relationship", "Jim Hawkins/Ben Gunn"),
            "/tags/relationship/Jim%20Hawkins*s*Ben%20Gunn"
        );
    }

    #[test]
    fn coming_back_never_leads_to_another_site() {
        for hostile in [
            "https://elsewhere.example/",
            "//elsewhere.example",
            "/\\elsewhere.example",
            "works",
            "/a\nb",
        ] {
            assert_eq!(own_path(hostile), "/");
        }
        assert_eq!(own_path("/works/12?view=full"), "/works/12?view=full");
    }

    #[test]
    fn a_title_of_signs_only_still_gives_a_file_name() {
        assert_eq!(download(3, "???", "epub"), "/downloads/3/work.epub");
        assert_eq!(download(3, "In the Attic", "txt"), "/downloads/3/In_the_Attic.txt");
    }

    #[test]
    fn signs_beside_letters_of_escapes_are_not_mixed_up() {
        for name in [".s#", "*s*", "**d**", "*", "***", "a*s*b/c", "*t*"] {
            let encoded = segment(name);
            assert!(!encoded.contains('/'), "{encoded}");
            let decoded = percent_encoding::percent_decode_str(&encoded).decode_utf8().unwrap();
            assert_eq!(name_of_segment(&decoded), name);
        }
        assert_eq!(segment("M*A*S*H"), "M*A*S*H");
    }

    proptest! {
        #[test]
        fn a_name_comes_back_from_its_segment(name in "([^\\x00]|[*sadqht./#]){0,20}") {
            let encoded = segment(&name);
            prop_assert!(!encoded.contains('/') && !encoded.contains('?') && !encoded.contains('#'));
            let decoded = percent_encoding::percent_decode_str(&encoded).decode_utf8().unwrap();
            prop_assert_eq!(name_of_segment(&decoded), name);
        }
    }
}
