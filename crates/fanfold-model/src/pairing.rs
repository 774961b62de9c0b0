//! Relationships as keys: "A/B" and "B/A" name one relationship, "A & B" another.
//!
//! A folded name is parsed into members, which are sorted. `/` and `&` part members outside brackets only; qualifiers in
//! brackets belong to their member, and what is said of the whole relationship ("past A/B", "A/B (one-sided)",
//! "A/B - Relationship") stays where it stands and is no member. Where both separators are used, `/` binds closer, but only
//! if the spaces around them show that this was meant ("A/B & C"). Whatever can be read in two ways keeps the order in which
//! it was written: two keys for one relationship are a wrangler's minute, one key for two is a lie.
//! Sources of the conventions: AO3's wrangling guidelines on relationships (`/` romantic, `&` not), and tags as people write
//! them.

use std::borrow::Cow;

/// Words that say something of a whole relationship when they stand in brackets or behind a dash.
const ASIDES: &[&str] = &[
    "past",
    "minor",
    "background",
    "implied",
    "hinted",
    "mention",
    "mentions",
    "mentioned",
    "referenced",
    "one-sided",
    "onesided",
    "one",
    "sided",
    "unrequited",
    "eventual",
    "established",
    "slight",
    "brief",
    "possible",
    "platonic",
    "romantic",
    "queerplatonic",
    "pre-relationship",
    "pre-slash",
    "preslash",
    "endgame",
    "relationship",
    "relationships",
    "friendship",
    "pairing",
    "pairings",
    "ship",
    "or",
    "and",
    "very",
];

/// Words that say it without brackets in front of the first member. None of them begins a character's name.
const OPENINGS: &[&str] = &[
    "past",
    "minor",
    "background",
    "implied",
    "hinted",
    "mentioned",
    "referenced",
    "one-sided",
    "onesided",
    "one sided",
    "unrequited",
    "eventual",
    "established",
    "slight",
    "brief",
    "platonic",
    "queerplatonic",
    "pre-relationship",
];

/// A relationship's folded name with its members in one order; any other name as it is.
pub(crate) fn ordered(folded: &str) -> Cow<'_, str> {
    if !folded.contains(['/', '&']) {
        return Cow::Borrowed(folded);
    }
    let Some(mut parsed) = Parsed::of(folded) else { return Cow::Borrowed(folded) };
    parsed.sort();
    let written = parsed.written();
    // In another order the parts may read otherwise ("w", "/" and "o" side by side): then nothing is gained by it.
    if Parsed::of(&written).is_some_and(|again| again == parsed) {
        Cow::Owned(written)
    } else {
        Cow::Borrowed(folded)
    }
}

/// A relationship taken apart.
#[derive(Debug, PartialEq, Eq)]
struct Parsed<'a> {
    /// What is said of the whole in front of it.
    opening: &'a str,
    /// Members joined by `/` in groups that are joined by `&`.
    groups: Vec<Vec<&'a str>>,
    /// What is said of the whole behind it.
    ending: &'a str,
}

impl<'a> Parsed<'a> {
    /// `None` for a name with one member, or that could be read in several ways.
    fn of(folded: &'a str) -> Option<Self> {
        let joints = joints(folded)?;
        let slashes = joints.iter().filter(|joint| joint.is_slash).count();
        let mixed = slashes > 0 && slashes < joints.len();
        if joints.is_empty() || (mixed && !joints.iter().all(Joint::shows_its_rank)) {
            return None;
        }
        let mut groups = vec![Vec::new()];
        let mut from = 0;
        for joint in &joints {
            groups.last_mut()?.push(folded.get(from..joint.at)?.trim());
            if !joint.is_slash {
                groups.push(Vec::new());
            }
            from = joint.at + 1;
        }
        groups.last_mut()?.push(folded.get(from..)?.trim());
        let named = |part: &&str| part.chars().any(char::is_alphanumeric);
        if !groups.iter().flatten().all(named) {
            return None;
        }
        Self { opening: "", groups, ending: "" }.with_asides()
    }

    /// Takes what is said of the whole off the first and the last member. Where others have the like, it is said of each.
    fn with_asides(mut self) -> Option<Self> {
        let all: Vec<&str> = self.groups.iter().flatten().copied().collect();
        let opened = all.iter().filter(|part| opening(part) > 0).count();
        let ended = all.iter().filter(|part| ending(part) < part.len()).count();
        let (first, last) = (*all.first()?, *all.last()?);
        if opened == 1 {
            let length = opening(first);
            // Said of one member inside: it would seem to be said of all, were that member the first.
            if length == 0 {
                return None;
            }
            self.opening = first.get(..length)?;
            *self.groups.first_mut()?.first_mut()? = first.get(length..)?;
        }
        if ended == 1 {
            let length = ending(last);
            if length == last.len() {
                return None;
            }
            self.ending = last.get(length..)?;
            *self.groups.last_mut()?.last_mut()? = last.get(..length)?;
        }
        let said_of_each = |count: usize| count <= 1 || count == all.len();
        (said_of_each(opened) && said_of_each(ended)).then_some(self)
    }

    fn sort(&mut self) {
        self.groups.iter_mut().for_each(|group| group.sort_unstable());
        self.groups.sort_unstable();
    }

    fn written(&self) -> String {
        let groups: Vec<String> = self.groups.iter().map(|group| group.join("/")).collect();
        format!("{}{}{}", self.opening, groups.join(" & "), self.ending)
    }
}

/// A separator between members.
#[derive(Debug)]
struct Joint {
    at: usize,
    is_slash: bool,
    space_before: bool,
    space_behind: bool,
}

impl Joint {
    /// Whether its spaces say that `/` binds closer than `&`.
    fn shows_its_rank(&self) -> bool {
        self.space_before == self.space_behind && self.space_before != self.is_slash
    }
}

/// The separators outside brackets; `None` if brackets do not close as they open.
fn joints(folded: &str) -> Option<Vec<Joint>> {
    let (mut joints, mut open) = (Vec::new(), Vec::new());
    let mut part = 0;
    for (at, c) in folded.char_indices() {
        match c {
            '(' => open.push(')'),
            '[' => open.push(']'),
            '{' => open.push('}'),
            ')' | ']' | '}' if open.pop() != Some(c) => return None,
            '/' | '&' if open.is_empty() => {
                let (before, behind) = (folded.get(..at)?, folded.get(at + 1..)?);
                if c == '/' && is_inside_a_word(folded.get(part..at)?, behind) {
                    continue;
                }
                joints.push(Joint {
                    at,
                    is_slash: c == '/',
                    space_before: before.ends_with(' '),
                    space_behind: behind.starts_with(' '),
                });
                part = at + 1;
            }
            _ => {}
        }
    }
    open.is_empty().then_some(joints)
}

/// Whether a slash belongs to a word: "w/", "w/o", "and/or", "n/a". `before` begins with the member.
fn is_inside_a_word(before: &str, behind: &str) -> bool {
    let word = before.rsplit(' ').next().unwrap_or_default();
    let next = behind.split([' ', '/', '&', '(']).next().unwrap_or_default();
    match word {
        "w" => before != "w" || matches!(next, "" | "o" | "out"),
        "and" => next == "or",
        "n" => before == "n" && behind == "a",
        _ => false,
    }
}

/// How many bytes of a member's beginning are said of the whole; never all of it.
fn opening(part: &str) -> usize {
    let mut length = 0;
    while let Some(more) = part.get(length..).and_then(one_opening) {
        length += more;
    }
    length
}

fn one_opening(part: &str) -> Option<usize> {
    let bare = OPENINGS.iter().find_map(|word| {
        let rest = part.strip_prefix(word)?;
        rest.strip_prefix(": ").or_else(|| rest.strip_prefix(' '))
    });
    let headed = || part.split_once(": ").filter(|(head, _)| is_aside(head)).map(|(_, rest)| rest);
    let bracketed = || {
        let (inner, rest) = part.strip_prefix('(')?.split_once(") ")?;
        is_aside(inner).then_some(rest)
    };
    let rest = bare.or_else(headed).or_else(bracketed)?;
    (!rest.is_empty()).then(|| part.len() - rest.len())
}

/// Where in a member begins what is said of the whole; never at its beginning.
fn ending(part: &str) -> usize {
    let mut length = part.len();
    while let Some(less) = part.get(..length).and_then(one_ending) {
        length = less;
    }
    length
}

fn one_ending(part: &str) -> Option<usize> {
    let behind =
        |(head, inner): (&str, &str)| (!head.is_empty() && is_aside(inner)).then_some(head.len());
    let bracketed = |open: &str, close: char| part.strip_suffix(close)?.rsplit_once(open);
    let found = bracketed(" (", ')').and_then(behind);
    let found = found.or_else(|| bracketed(" [", ']').and_then(behind));
    let dashes = [" - ", " \u{2013} ", " \u{2014} "];
    found.or_else(|| dashes.iter().find_map(|dash| part.rsplit_once(dash).and_then(behind)))
}

/// Whether a text consists of words that say something of a whole relationship.
fn is_aside(text: &str) -> bool {
    let mut words =
        text.split([' ', ',', ';', '/', '&']).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| ASIDES.contains(&word))
}

#[cfg(test)]
mod tests;
