//! What stands around a text that was mailed: signatures, list footers, the advertisements of free mail and list
//! hosts. Parted from the text and kept.

use crate::text_work::{is_furniture, reads_as_telling};
use std::ops::Range;

/// A stretch that is no text of the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Around {
    /// What it is: "signature", "list-footer", "advertisement".
    pub(super) what: &'static str,
    /// Where it stands.
    pub(super) place: Range<usize>,
}

/// Lines that a footer may have.
const MOST: usize = 40;

/// Stretches around and inside a text that are not part of it, in order.
pub(super) fn around(text: &str) -> Vec<Around> {
    let lines = lines(text);
    let mut found = sponsors(text, &lines);
    let inside = |line: &Range<usize>| {
        found.iter().any(|own: &Around| own.place.start <= line.start && line.end <= own.place.end)
    };
    let open: Vec<Range<usize>> = lines.into_iter().filter(|line| !inside(line)).collect();
    if let Some(tail) = tail(text, &open) {
        found.retain(|own| own.place.end <= tail.place.start);
        found.push(Around { place: tail.place.start..text.len(), ..tail });
    }
    found
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(|line| {
            at += line.len();
            at - line.len()..at
        })
        .collect()
}

/// "---- Yahoo! Groups Sponsor ----~-->" with what it praises, wherever the host put it.
fn sponsors(text: &str, lines: &[Range<usize>]) -> Vec<Around> {
    let mut found = Vec::new();
    let mut index = 0;
    while index < lines.len() {
        let line = text[lines[index].clone()].trim();
        let lower = line.to_lowercase();
        let opens = lower.contains("sponsor")
            && line.contains("---")
            && ["yahoo", "egroups", "onelist"].iter().any(|host| lower.contains(host));
        if !opens {
            index += 1;
            continue;
        }
        let behind = index + 1..lines.len().min(index + 16);
        let last = behind.into_iter().find(|at| is_rule(text[lines[*at].clone()].trim()));
        let last = last.unwrap_or(index);
        let place = lines[index].start..lines[last].end;
        found.push(Around { what: "advertisement", place });
        index = last + 1;
    }
    found
}

fn is_rule(line: &str) -> bool {
    let signs = line.trim_end_matches(['>', '~']);
    line.len() >= 10 && signs.chars().all(|c| matches!(c, '-' | '_' | '=' | '*' | '~' | '<'))
}

/// The first line of the last forty from which on nothing is told.
fn tail(text: &str, lines: &[Range<usize>]) -> Option<Around> {
    let filled: Vec<usize> =
        (0..lines.len()).filter(|at| !text[lines[*at].clone()].trim().is_empty()).collect();
    let from = filled.len().saturating_sub(MOST).max(1);
    filled[from.min(filled.len())..].iter().enumerate().find_map(|(order, at)| {
        let left = filled.len() - from - order - 1;
        let what = begins(text, lines, *at, left)?;
        let place = lines[*at].start..text.len();
        (!holds_prose(&text[place.clone()])).then_some(Around { what, place })
    })
}

/// Whether a paragraph of the tail is written to be read: it tells, or it is long and names no address.
fn holds_prose(tail: &str) -> bool {
    let tail = tail.replace("\r\n", "\n");
    let prose = |paragraph: &str| {
        let address = paragraph.contains(['@']) || paragraph.contains("://");
        let words = paragraph.split_whitespace().count();
        words >= 20 && !address && !paragraph.lines().any(|line| is_footer(line.trim()))
    };
    reads_as_telling(&tail) || tail.split("\n\n").any(prose)
}

/// What begins at a line; `left`: filled lines behind it.
fn begins(text: &str, lines: &[Range<usize>], at: usize, left: usize) -> Option<&'static str> {
    let line = text[lines[at].clone()].trim_end_matches(['\r', '\n']);
    if line == "-- " || line == "--" {
        return (left > 0 && left <= 12).then_some("signature");
    }
    let next =
        lines[at + 1..].iter().map(|line| text[line.clone()].trim()).find(|line| !line.is_empty());
    if is_rule(line.trim()) {
        return next.filter(|next| is_footer(next)).map(|_| "list-footer");
    }
    is_footer(line.trim()).then_some("list-footer")
}

/// The words with which lists and free mail hosts end what they carry.
fn is_footer(line: &str) -> bool {
    const STARTS: [&str; 26] = [
        "to unsubscribe",
        "to subscribe",
        "to post a message",
        "unsubscribe",
        "do you yahoo",
        "do you, yahoo",
        "yahoo! groups links",
        "your use of yahoo",
        "get your private, free",
        "get free email",
        "get your free",
        "sent via deja",
        "sent by remarq",
        "posted via",
        "community email addresses",
        "post message:",
        "list owner:",
        "shortcut url",
        "*** to unsubscribe",
        "this message was sent to",
        "you are currently subscribed",
        "mailing list:",
        "send instant messages",
        "join the world",
        "the archives are at",
        "visit the archive",
    ];
    let folded = line.trim_start_matches(['-', '=', '*', ' ', '_', '>', '#']).to_lowercase();
    let long = line.len() > 160;
    !long
        && (STARTS.iter().any(|start| folded.starts_with(start))
            || is_furniture(line) && folded.contains("yahoo"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(text: &str) -> Vec<(&'static str, &str)> {
        around(text).into_iter().map(|own| (own.what, text[own.place].trim())).collect()
    }

    const STORY: &str = "The lamp burned all night.\n\n\"Who lit it?\" asked Alice.\n\nNobody knew, and nobody said so.\n";

    #[test]
    fn signatures_and_footers_are_parted_from_the_text() {
        let signed = format!("{STORY}\n-- \nWren\nhttp://example.org/\n");
        assert_eq!(parted(&signed), [("signature", "-- \nWren\nhttp://example.org/")]);
        let list = format!(
            "{STORY}\n________________________________\nTo unsubscribe from this list, write to\nleave@example.org\n"
        );
        assert_eq!(parted(&list).len(), 1);
        assert_eq!(parted(&list)[0].0, "list-footer");
        assert!(parted(STORY).is_empty());
    }

    #[test]
    fn an_advertisement_in_the_middle_goes_and_the_story_behind_it_stays() {
        let text = format!(
            "{STORY}\n---- Yahoo! Groups Sponsor ------~-->\nBuy lamps\nhttp://example.org\n--------------------~->\n\n{STORY}"
        );
        let found = parted(&text);
        assert_eq!(found.len(), 1);
        assert!(found[0].1.contains("Buy lamps") && !found[0].1.contains("Alice"));
    }

    #[test]
    fn dashes_between_two_scenes_are_no_signature() {
        assert!(parted(&format!("{STORY}\n--\n\n{STORY}")).is_empty());
    }
}
