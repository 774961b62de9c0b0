//! E-mail addresses in text, as `name@host.tld` and as people spell them to hide them from programs: "wren \[at\] example
//! \[dot\] org", "wren AT example DOT com", "wren at example dot com". One place for everybody who keeps them private.
//!
//! Precise rather than complete: "at" and "dot" are words of every story. In brackets or capitals they are enough; in
//! small letters the end must be a top-level domain, and the text must speak of mail just before, or hold nothing else.

use std::ops::Range;

/// Places of all addresses, in order, not overlapping: two without a gap between them are one place.
pub fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, sign) in at_signs(text) {
        let place = match sign {
            Sign::Plain => around_sign(text, at),
            Sign::Spelled(end, how) => around_word(text, at..end, how),
        };
        if let Some(mut place) = place {
            // Two that are written without a gap share what stands between their signs.
            while let Some(last) = found.pop_if(|last| place.start < last.end) {
                place = place.start.min(last.start)..place.end.max(last.end);
            }
            found.push(place);
        }
    }
    found
}

/// Whether a text holds an address.
#[must_use]
pub fn holds_address(text: &str) -> bool {
    !addresses(text).is_empty()
}

/// Whether a text is one address and nothing else but signs around it.
#[must_use]
pub fn is_address(text: &str) -> bool {
    let mut found = addresses(text).into_iter();
    let (Some(only), None) = (found.next(), found.next()) else { return false };
    let outside = text[..only.start].chars().chain(text[only.end..].chars());
    !outside.into_iter().any(char::is_alphanumeric)
}

/// How an "at" is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Bracketed,
    Capitals,
    Small,
}

enum Sign {
    Plain,
    Spelled(usize, How),
}

/// Every "@" and every word that may stand for one, with its place.
fn at_signs(text: &str) -> impl Iterator<Item = (usize, Sign)> {
    text.char_indices().filter_map(move |(at, c)| match c {
        '@' => Some((at, Sign::Plain)),
        'a' | 'A' => spelled_at(text, at).map(|(start, end, how)| (start, Sign::Spelled(end, how))),
        _ => None,
    })
}

/// The word "at" that begins here, with the brackets or blanks around it.
fn spelled_at(text: &str, at: usize) -> Option<(usize, usize, How)> {
    let rest = &text[at..];
    let len = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let word = &rest[..len];
    if !word.eq_ignore_ascii_case("at") {
        return None;
    }
    bracketed(text, at..at + len).map(|place| (place.start, place.end, How::Bracketed)).or_else(
        || {
            let parted = text[..at].ends_with(' ') && rest[len..].starts_with(' ');
            let how = if word == "AT" { How::Capitals } else { How::Small };
            parted.then_some((at, at + len, how))
        },
    )
}

/// The place of a word with the brackets around it.
fn bracketed(text: &str, word: Range<usize>) -> Option<Range<usize>> {
    let before = text[..word.start].trim_end_matches(' ');
    let after = text[word.end..].trim_start_matches(' ');
    let pairs = [('[', ']'), ('(', ')'), ('{', '}'), ('<', '>'), ('*', '*'), ('_', '_')];
    pairs
        .iter()
        .any(|(open, close)| before.ends_with(*open) && after.starts_with(*close))
        .then(|| before.len() - 1..text.len() - after.len() + 1)
}

fn is_local(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-')
}

/// `name@host.tld` around an at sign.
fn around_sign(text: &str, at: usize) -> Option<Range<usize>> {
    let host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let before = start_of(text, at);
    let rest = &text[at + 1..];
    let after = rest.find(|c| !host(c)).unwrap_or(rest.len());
    let name = rest[..after].trim_end_matches(['.', '-']);
    let has_dot =
        name.split_once('.').is_some_and(|(first, last)| !first.is_empty() && last.len() >= 2);
    (before < at && has_dot).then_some(before..at + 1 + name.len())
}

fn start_of(text: &str, end: usize) -> usize {
    text[..end]
        .rfind(|c| !is_local(c))
        .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8))
}

/// An address around a word that stands for the sign.
fn around_word(text: &str, sign: Range<usize>, how: How) -> Option<Range<usize>> {
    let name_end = text[..sign.start].trim_end_matches(' ').len();
    let mut name_start = start_of(text, name_end);
    if let Some(longer) = dotted_name(text, name_start) {
        name_start = longer;
    }
    let name = &text[name_start..name_end];
    if !name.starts_with(char::is_alphanumeric) {
        return None;
    }
    let blanks = text[sign.end..].len() - text[sign.end..].trim_start_matches(' ').len();
    let host = host(text, sign.end + blanks)?;
    let place = name_start..host.end;
    let shouted = how == How::Capitals && name.chars().any(char::is_lowercase) && host.dot_shouted;
    let sure = how == How::Bracketed && (host.known || !host.small_dot)
        || shouted
        || host.known && (is_unlike_a_word(name) || speaks_of_mail(text, &place));
    sure.then_some(place)
}

/// "wren dot ash" before the sign: where it begins.
fn dotted_name(text: &str, from: usize) -> Option<usize> {
    let before = text[..from].trim_end_matches(' ');
    let word = before.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| at + 1);
    let (start, is_dot) = match before.get(word..)? {
        dot if dot.eq_ignore_ascii_case("dot") => (word, true),
        _ => {
            let inner = before.strip_suffix([']', ')', '}'])?.trim_end_matches(' ');
            let open = inner.rfind(['[', '(', '{'])?;
            (open, inner[open + 1..].trim().eq_ignore_ascii_case("dot"))
        }
    };
    let end = text[..start].trim_end_matches(' ').len();
    let begin = start_of(text, end);
    (is_dot && begin < end).then_some(begin)
}

struct Host {
    end: usize,
    /// Whether it ends in a top-level domain that people use.
    known: bool,
    /// Whether a dot is a small word without brackets.
    small_dot: bool,
    /// Whether every dot is a sign, a word in capitals or in brackets.
    dot_shouted: bool,
}

/// "example dot com", "example \[dot\] co \[dot\] uk", "example.org" from here on.
fn host(text: &str, start: usize) -> Option<Host> {
    let mut end = start + label(&text[start..])?;
    let (mut last, mut dots, mut small_dot) = (start..end, 0, false);
    while let Some((gap, small)) = dot(&text[end..]) {
        let Some(length) = label(&text[end + gap..]) else { break };
        last = end + gap..end + gap + length;
        end = last.end;
        small_dot |= small;
        dots += 1;
    }
    let top = text[last].to_ascii_lowercase();
    let sane = dots > 0 && top.len() >= 2 && top.chars().all(|c| c.is_ascii_alphabetic());
    sane.then(|| Host {
        end,
        known: TOP_LEVEL.contains(&top.as_str()),
        small_dot,
        dot_shouted: !small_dot,
    })
}

fn label(text: &str) -> Option<usize> {
    let length = text.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(text.len());
    (length > 0).then_some(length)
}

/// A dot as a sign or a word: its length with what stands around it, and whether it is a small bare word.
fn dot(text: &str) -> Option<(usize, bool)> {
    if text.starts_with('.') {
        return Some((1, false));
    }
    let trimmed = text.trim_start_matches(' ');
    let blanks = text.len() - trimmed.len();
    let inner =
        trimmed.strip_prefix(['[', '(', '{', '<']).map(|inner| inner.trim_start_matches(' '));
    if let Some(inner) = inner {
        let word = inner.get(..3).filter(|word| word.eq_ignore_ascii_case("dot")).map(str::len);
        let length = word.or_else(|| inner.starts_with('.').then_some(1))?;
        let rest = inner[length..].trim_start_matches(' ');
        let rest = rest.strip_prefix([']', ')', '}', '>'])?.trim_start_matches(' ');
        return Some((text.len() - rest.len(), false));
    }
    let word = trimmed.get(..3).filter(|word| word.eq_ignore_ascii_case("dot"))?;
    let rest = trimmed[3..].strip_prefix(' ').filter(|_| blanks > 0)?.trim_start_matches(' ');
    Some((text.len() - rest.len(), word != "DOT"))
}

/// A name that is no word of a sentence.
fn is_unlike_a_word(name: &str) -> bool {
    name.contains(|c: char| c.is_ascii_digit() || matches!(c, '_' | '.' | '+'))
}

/// Whether mail is spoken of just before, or nothing but the address stands here.
fn speaks_of_mail(text: &str, place: &Range<usize>) -> bool {
    let before = &text[..place.start];
    let from = before.char_indices().rev().nth(48).map_or(0, |(at, _)| at);
    let near = before[from..].to_lowercase();
    let alone = !before.chars().chain(text[place.end..].chars()).any(char::is_alphanumeric);
    alone
        || near.ends_with(['<', '(', '[', '{'])
        || [
            "mail", "feedback", "contact", "kontakt", "write to", "write me", "reach me", "adress",
            "address", "schreib", "courriel", "correo", "mél",
        ]
        .iter()
        .any(|word| near.contains(word))
}

/// Top-level domains that addresses in stories end in, and those kept for examples.
const TOP_LEVEL: &[&str] = &[
    "com", "net", "org", "edu", "gov", "info", "biz", "name", "mil", "int", "io", "me", "tv", "us",
    "uk", "ca", "au", "nz", "ie", "za", "de", "at", "ch", "fr", "be", "nl", "it", "es", "pt", "br",
    "mx", "ar", "cl", "ru", "su", "ua", "by", "pl", "cz", "sk", "hu", "ro", "gr", "se", "no", "dk",
    "fi", "is", "jp", "cn", "tw", "hk", "kr", "sg", "my", "ph", "in", "il", "eu", "example",
    "invalid", "test",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        addresses(text).into_iter().map(|place| &text[place]).collect()
    }

    #[test]
    fn spelled_addresses_are_found_whole() {
        for (text, address) in [
            ("Write to wren@example.org.", "wren@example.org"),
            ("wren [at] example [dot] org", "wren [at] example [dot] org"),
            ("wren(at)example(dot)co(dot)uk, please", "wren(at)example(dot)co(dot)uk"),
            ("to wren{at}example.org!", "wren{at}example.org"),
            ("Wren AT example DOT com", "Wren AT example DOT com"),
            ("e-mail: wren at example dot com", "wren at example dot com"),
            ("feedback to wren dot ash at example dot org.", "wren dot ash at example dot org"),
            ("wren at example dot com", "wren at example dot com"),
            ("Ask wren_ash at example dot net", "wren_ash at example dot net"),
            ("My address is wren at mail.example.de", "wren at mail.example.de"),
            ("(wren at example dot com)", "wren at example dot com"),
            ("wren <at> example <dot> net", "wren <at> example <dot> net"),
            ("(a@b.ccx@y.example)", "a@b.ccx@y.example"),
            ("toto@oz.examplewren@lamp.example.", "toto@oz.examplewren@lamp.example"),
        ] {
            assert_eq!(found(text), [address], "{text}");
        }
    }

    #[test]
    fn sentences_that_say_at_and_dot_hold_no_address() {
        for text in [
            "They met at noon on the dot.",
            "She pointed at the dot on the map.",
            "He arrived at ten. Nobody was there.",
            "She worked at Amazon dot com until the flood.",
            "Look at example.com for more.",
            "The hens (at home) were quiet.",
            "AT THE INN DOT AND MAY",
            "He was good at it. Me, less so.",
            "at dot com",
            "wren @ home",
            "@wren on the blog",
            "a@b",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn nothing_but_an_address_is_an_address() {
        assert!(is_address("<wren [at] example [dot] org>"));
        assert!(!is_address("Wren <wren@example.org>"));
        assert!(!is_address("no address"));
    }

    proptest::proptest! {
        #[test]
        fn places_are_in_order_and_whole(text in "([a-zA-Zé@.() ]|at|dot| at | dot |\\[at\\])(){0,30}") {
            let mut end = 0;
            for place in addresses(&text) {
                proptest::prop_assert!(place.start >= end && text.get(place.clone()).is_some());
                end = place.end;
            }
        }
    }
}
