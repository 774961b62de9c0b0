//! Headers without labels: a rating in brackets, several facts in one bracket, "Rated PG-13 for ...",
//! "Fandom -- A/B", and the grey line of portals ("Fandom - Rated: T - English - ... - Words: 2,844").

use std::ops::Range;

use fanfold_model::FieldKind;

use super::label_line::trimmed;
use super::lines::{fold, word_count};

/// Facts of one line, each with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Codes {
    pub(super) facts: Vec<(FieldKind, Range<usize>)>,
}

/// Reads a line of codes.
pub(super) fn codes(line: &str) -> Option<Codes> {
    if line.len() > 400 {
        return None;
    }
    portal_line(line)
        .or_else(|| cells(line))
        .or_else(|| breadcrumb(line))
        .or_else(|| bracket(line))
        .or_else(|| bare_list(line))
        .or_else(|| dashed(line))
        .or_else(|| rated_line(line))
}

/// Rating codes of the known schemes, folded.
const KNOWN: &[&str] = &[
    "g",
    "pg",
    "pg-13",
    "pg13",
    "pg 13",
    "pg-15",
    "r",
    "nc-17",
    "nc17",
    "nc-21",
    "k",
    "k+",
    "t",
    "m",
    "ma",
    "u",
    "a",
    "x",
    "frc",
    "frt",
    "frm",
    "frao",
    "fr7",
    "fr13",
    "fr15",
    "fr18",
    "fr21",
    "p6",
    "p12",
    "p16",
    "p18",
    "p-12",
    "p-16",
    "p-18",
    "12+",
    "13+",
    "16+",
    "18+",
    "0+",
    "6+",
    "gen",
    "all ages",
    "teen",
    "teens",
    "mature",
    "explicit",
    "adult",
    "general",
    "general audiences",
    "not rated",
    "unrated",
    "r-16",
    "r-15",
    "hard r",
    "soft r",
    "light r",
    "mild r",
    "strong r",
    "g-rated",
    "tout public",
    "verde",
    "giallo",
    "arancione",
    "rosso",
    "全年龄",
    "全年齢",
];

/// Whether a text is a rating code of a known scheme.
pub(crate) fn is_rating(text: &str) -> bool {
    let folded = fold(text.trim_matches(['(', ')', '[', ']', '.', ' ', '*']));
    KNOWN.contains(&folded.as_str())
        || folded
            .split_once('/')
            .is_some_and(|(left, right)| KNOWN.contains(&left) && KNOWN.contains(&right))
}

/// "Books > Oz", "folder 1 > Oz > Gen": where a portal shelves it; the last shelf is the fandom.
fn breadcrumb(line: &str) -> Option<Codes> {
    let joint =
        [" > ", " \u{203a} ", " \u{bb} ", " >> "].into_iter().find(|joint| line.contains(joint))?;
    let shelves = split_on(line, joint);
    let short = shelves.iter().all(|range| (1..=5).contains(&word_count(&line[range.clone()])));
    if !(2..=4).contains(&shelves.len()) || !short || line.ends_with(['.', '"', '!']) {
        return None;
    }
    let last = shelves.len() - 1;
    let kind =
        |index: usize| if index == last { FieldKind::Fandom } else { FieldKind::Classification };
    Some(Codes {
        facts: shelves.into_iter().enumerate().map(|(index, range)| (kind(index), range)).collect(),
    })
}

/// "PG-13, Holmes/Adler, drama" as a line of its own.
fn bare_list(line: &str) -> Option<Codes> {
    if line.len() > 100 || line.ends_with(['.', '!', '?', '"', ',']) {
        return None;
    }
    let facts = pieces(line, &[',', '|', ';'], 0);
    let short = facts.iter().all(|range| word_count(&line[range.clone()]) <= 4);
    let rated = facts.iter().any(|range| range.len() >= 2 && is_rating(&line[range.clone()]));
    let plain = facts.iter().all(|range| fold(&line[range.clone()]) != "general");
    (facts.len() >= 2 && short && rated && plain).then(|| Codes {
        facts: facts.into_iter().map(|range| (kind_of(&line[range.clone()]), range)).collect(),
    })
}

/// "(PG-13)", "[PG]", "(Treasure Island, PG, no pairings)".
fn bracket(line: &str) -> Option<Codes> {
    let inner = line.strip_prefix(['(', '[', '{'])?.strip_suffix([')', ']', '}'])?;
    let facts = pieces(inner, &[',', '|', ';'], 1);
    let rated = facts.iter().any(|range| is_rating(&line[range.clone()]));
    rated.then(|| Codes {
        facts: facts.into_iter().map(|range| (kind_of(&line[range.clone()]), range)).collect(),
    })
}

fn pieces(text: &str, separators: &[char], offset: usize) -> Vec<Range<usize>> {
    let mut from = 0;
    let mut found = Vec::new();
    let ends =
        text.match_indices(separators).map(|(at, sign)| (at, sign.len())).chain([(text.len(), 0)]);
    for (at, len) in ends {
        let range = trimmed(text, from..at);
        if !range.is_empty() {
            found.push(range.start + offset..range.end + offset);
        }
        from = at + len;
    }
    found
}

fn kind_of(piece: &str) -> FieldKind {
    let folded = fold(piece);
    if is_rating(piece) {
        FieldKind::Rating
    } else if is_pair(piece) {
        FieldKind::Relationship
    } else if is_language(&folded) {
        FieldKind::Language
    } else if ["complete", "completed", "wip", "in progress", "work in progress"]
        .contains(&folded.as_str())
    {
        FieldKind::Status
    } else {
        FieldKind::Classification
    }
}

/// "A/B" with names on both sides, no blanks around many words.
fn is_pair(text: &str) -> bool {
    let Some((left, right)) = text.split_once('/') else { return false };
    let name = |side: &str| {
        !side.trim().is_empty() && word_count(side) <= 4 && side.chars().any(char::is_alphabetic)
    };
    name(left)
        && name(right)
        && left.starts_with(char::is_uppercase)
        && !text.contains("://")
        && !fold(text).contains("hurt/comfort")
}

fn is_language(folded: &str) -> bool {
    [
        "english",
        "german",
        "deutsch",
        "french",
        "francais",
        "italian",
        "italiano",
        "spanish",
        "espanol",
        "portuguese",
        "portugues",
        "russian",
        "русский",
        "chinese",
        "japanese",
    ]
    .contains(&folded)
}

/// "Pride & Prejudice -- Mary/Bingley": the fandom and a pair.
fn dashed(line: &str) -> Option<Codes> {
    let (at, joint) = [" -- ", " – ", " — ", " - "]
        .into_iter()
        .find_map(|joint| line.find(joint).map(|at| (at, joint)))?;
    let right = trimmed(line, at + joint.len()..line.len());
    let left = trimmed(line, 0..at);
    let pair = &line[right.clone()];
    let fits = is_pair(pair)
        && word_count(pair) <= 4
        && word_count(&line[left.clone()]) <= 6
        && !line.ends_with(['.', '!', '?', '"', ',']);
    fits.then(|| Codes {
        facts: vec![(FieldKind::Classification, left), (FieldKind::Relationship, right)],
    })
}

/// "Rated PG-13 at least." as a line of its own.
fn rated_line(line: &str) -> Option<Codes> {
    let range = rated_in(line).filter(|range| range.start <= 12)?;
    let rest = &line[range.end..];
    (rest.len() < 90 && word_count(line) <= 16)
        .then(|| Codes { facts: vec![(FieldKind::Rating, range)] })
}

/// Where a rating stands in prose: behind "Rated" or "rating of", up to the end of the clause.
pub(super) fn rated_in(text: &str) -> Option<Range<usize>> {
    for word in
        ["Rated ", "rated ", "RATED ", "Rating is ", "rating is ", "rating of ", "Rating of "]
    {
        for (at, _) in text.match_indices(word) {
            let from = at + word.len();
            let rest = &text[from..];
            let code_len = rest
                .find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | ')' | '!' | '('))
                .unwrap_or(rest.len());
            let code = rest[..code_len].trim_end_matches(['.', '"', '”']);
            let is_code = is_rating(code)
                && (code.starts_with(char::is_uppercase)
                    || code.contains(|c: char| c.is_ascii_digit()));
            if !is_code || text[..at].ends_with(char::is_alphanumeric) {
                continue;
            }
            let end = rest
                .find(['.', ';', ':', '\n', ',', '(', ')'])
                .map_or(rest.len(), |stop| stop.max(code.len()));
            return Some(trimmed(text, from..from + end));
        }
    }
    None
}

/// "Fandom - Rated: T - English - Fantasy - Chapters: 3 - Words: 2,844 - ...".
pub(super) fn portal_line(line: &str) -> Option<Codes> {
    let rated = line.find("Rated: ")?;
    let counted =
        ["Words: ", "Chapters: ", "words: ", "chapters: "].iter().any(|word| line.contains(word));
    let joint = [" - ", ", "].into_iter().find(|joint| line.matches(joint).count() >= 3)?;
    if !counted || joint == ", " && rated > 0 {
        return None;
    }
    let mut facts = Vec::new();
    for (index, range) in dates_whole(line, split_on(line, joint)).into_iter().enumerate() {
        let piece = &line[range.clone()];
        let parted = piece.split_once(": ").map(|(label, value)| (capital(label), value));
        let parted = parted.as_ref().map(|(label, value)| (label.as_str(), *value));
        let (kind, label) = match parted {
            Some(("Rated", value)) => (FieldKind::Rating, piece.len() - value.len()),
            Some(("Chapters", value)) => (FieldKind::Chapters, piece.len() - value.len()),
            Some(("Words", value)) => (FieldKind::Words, piece.len() - value.len()),
            Some(("Published", value)) => (FieldKind::Published, piece.len() - value.len()),
            Some(("Updated", value)) => (FieldKind::Updated, piece.len() - value.len()),
            Some(("Status", value)) => (FieldKind::Status, piece.len() - value.len()),
            Some(_) => (FieldKind::Other, 0),
            None if range.end <= rated => (FieldKind::Fandom, 0),
            None if is_language(&fold(piece)) => (FieldKind::Language, 0),
            None if piece == "Complete" => (FieldKind::Status, 0),
            None if index <= 3 => (FieldKind::Genre, 0),
            None => (FieldKind::Character, 0),
        };
        facts.push((kind, range.start + label..range.end));
    }
    Some(Codes { facts })
}

/// "Mar 3" and "2010", parted at the comma of the date, are one piece.
fn dates_whole(line: &str, pieces: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut whole: Vec<Range<usize>> = Vec::new();
    for piece in pieces {
        let text = &line[piece.clone()];
        let year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        match whole.last_mut().filter(|_| year) {
            Some(last) => last.end = piece.end,
            None => whole.push(piece),
        }
    }
    whole
}

fn capital(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// "WrenFR1512,756131,8828 Jun 068 Jun 06Yes": the cells of a row of facts that ran together. Where the numbers part
/// cannot be known; the name and the rating can.
fn cells(line: &str) -> Option<Codes> {
    let front = ["Yes", "No"].into_iter().find_map(|answer| line.strip_suffix(answer))?;
    let (at, code) = ["FR7", "FR13", "FR15", "FR18", "FR21"]
        .into_iter()
        .find_map(|code| front.find(code).map(|at| (at, code)))?;
    let rest = &front[at + code.len()..];
    let numbers = rest.bytes().filter(u8::is_ascii_digit).count();
    let fits = (1..=40).contains(&at)
        && numbers * 2 > rest.len()
        && rest.starts_with(|c: char| c.is_ascii_digit());
    fits.then(|| Codes {
        facts: vec![(FieldKind::Creator, 0..at), (FieldKind::Rating, at..at + code.len())],
    })
}

fn split_on(line: &str, joint: &str) -> Vec<Range<usize>> {
    let mut from = 0;
    let mut found = Vec::new();
    for (at, _) in line.match_indices(joint) {
        found.push(trimmed(line, from..at));
        from = at + joint.len();
    }
    found.push(trimmed(line, from..line.len()));
    found.retain(|range| !range.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_without_labels_are_read_by_their_looks() {
        let line = "(Treasure Island, PG, Hawkins/Gunn, one parrot)";
        let found: Vec<_> = codes(line)
            .into_iter()
            .flat_map(|codes| codes.facts)
            .map(|(kind, range)| (kind, &line[range]))
            .collect();
        assert_eq!(
            found,
            [
                (FieldKind::Classification, "Treasure Island"),
                (FieldKind::Rating, "PG"),
                (FieldKind::Relationship, "Hawkins/Gunn"),
                (FieldKind::Classification, "one parrot")
            ]
        );
    }

    #[test]
    fn cells_that_ran_together_give_the_name_and_the_rating() {
        let line = "The Tin CookFR1321,905102,11803 May 0312 May 03Yes";
        let found = codes(line).unwrap().facts;
        assert_eq!(&line[found[0].1.clone()], "The Tin Cook");
        assert_eq!(found[1].0, FieldKind::Rating);
        assert_eq!(&line[found[1].1.clone()], "FR13");
        assert!(codes("She gave the FR13 badge back and said Yes").is_none());
    }

    #[test]
    fn a_rating_in_prose_ends_with_its_clause() {
        for (text, value) in [
            ("Rated PG-13 at least.", "PG-13 at least"),
            ("and who knows. Rated R: an odd work", "R"),
            ("Rated Mature, because of tea", "Mature"),
            ("This is rated PG for one sneeze.", "PG for one sneeze"),
        ] {
            assert_eq!(rated_in(text).map(|range| &text[range]), Some(value), "{text}");
        }
        assert_eq!(rated_in("The ship was rated a good sailer."), None);
        assert_eq!(codes("(he laughed, and went out)"), None);
    }
}
