//! Series: the title and the place in it, from one line in many notations.

use crate::draft::Draft;
use crate::fandoms::is_trek_code;
use crate::fold::fold;
use crate::lists::{one_line, tidy};
use crate::numbers::ordinal;
use crate::phrase::{has_any, is_none_word};
use fanfold_model::{FieldKind, LinkRel, PartLink, SeriesEntry};

/// Words before a number of a series, folded.
const PARTS: &[&str] = &[
    "part",
    "pt",
    "pt.",
    "book",
    "vol",
    "vol.",
    "volume",
    "no",
    "no.",
    "nr",
    "nr.",
    "number",
    "story",
    "#",
    "teil",
    "band",
    "buch",
    "partie",
    "tome",
    "parte",
    "libro",
    "volumen",
    "часть",
    "книга",
    "installment",
    "instalment",
    "episode",
    "entry",
];

/// Words before a title that stand for the series itself.
const LEADS: &[&str] = &[
    "in the ",
    "of the ",
    "in ",
    "of ",
    "from the ",
    "der reihe ",
    "de la serie ",
    "della serie ",
    "the ",
];

/// Reads the series, stated or linked.
pub(crate) fn read(draft: &mut Draft<'_>) {
    let linked = draft.extracted.series.clone();
    draft.work.series = linked;
    for value in draft.values(FieldKind::Series) {
        let text = one_line(&value.text);
        if is_none_word(&fold(&text)) || is_trek_code(&text) {
            continue;
        }
        if let Some(rel) = link_label(&value.field.label) {
            link(draft, rel, &text);
            continue;
        }
        let entry = entry(&text);
        let key = fold(&entry.title);
        match draft.work.series.iter_mut().find(|known| {
            let own = fold(&known.title);
            own == key
                || own.strip_prefix("the ") == Some(&key)
                || own == fold(&text)
                || fold(&without_series_word(&known.title)) == key
        }) {
            Some(known) => {
                known.part = known.part.or(entry.part);
                known.of = known.of.or(entry.of);
            }
            None if !entry.title.is_empty() => draft.work.series.push(entry),
            None => continue,
        }
        draft.evidence("series", value.field);
    }
    draft.work.series.retain(|entry| !entry.title.trim().is_empty());
}

/// "Sequel to: X" names another work, not a series.
fn link_label(label: &str) -> Option<LinkRel> {
    let label = fold(label);
    let label = label.trim_end_matches([':', ' ']);
    match label {
        "sequel to"
        | "sequel of"
        | "fortsetzung von"
        | "suite de"
        | "seguito di"
        | "продолжение" => Some(LinkRel::SequelTo),
        "prequel to" | "prequel of" | "prequel" => Some(LinkRel::PrequelTo),
        _ => None,
    }
}

fn link(draft: &mut Draft<'_>, rel: LinkRel, title: &str) {
    let title = tidy(title);
    let link = PartLink { rel, part: None, title: Some(title), url: None };
    if !draft.work.links.contains(&link) {
        draft.work.links.push(link);
    }
}

/// Reads one line.
pub(crate) fn entry(text: &str) -> SeriesEntry {
    let text = one_line(text);
    let read = bracketed(&text).or_else(|| leading(&text)).or_else(|| trailing(&text));
    let (title, part, of) = read.unwrap_or((text, None, None));
    SeriesEntry { uid: None, title: without_series_word(&tidy(&title)), part, of, url: None }
}

type Read = (String, Option<u32>, Option<u32>);

/// "Attic Tales (2/5)", "Attic Tales [#2]".
fn bracketed(text: &str) -> Option<Read> {
    let open = text.rfind(['(', '['])?;
    let inner = text[open + 1..].strip_suffix([')', ']'])?;
    let (part, of) = place(inner)?;
    let title = text[..open].trim();
    (!title.is_empty()).then(|| (title.to_owned(), Some(part), of))
}

/// "Part 2 of Attic Tales", "Book 2 in the Attic Tales series", "This story is No. 1 in the series Attic Tales".
fn leading(text: &str) -> Option<Read> {
    const FILLERS: &[&str] = &["this", "story", "is", "the", "fic", "it", "it's", "das", "ist"];
    let words: Vec<&str> = text.split(' ').collect();
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let filler = |word: &String| FILLERS.contains(&word.as_str());
    let fillers = folded.iter().take_while(|word| filler(word)).count();
    let (number, next) = (0..=fillers).find_map(|at| {
        folded.get(at).filter(|word| counts_parts(word)).and(numbered(&folded, at))
    })?;
    let (of, next) = stated_total(&folded, next);
    let rest = words.get(next..)?.join(" ");
    let lower = rest.to_lowercase();
    let lead = LEADS.iter().find(|lead| lower.starts_with(**lead))?;
    let title = rest.get(lead.len()..)?;
    let series = ["series ", "saga ", "serie ", "Reihe ", "Series "];
    let title = series.iter().find_map(|word| title.strip_prefix(word)).unwrap_or(title);
    let title = title.trim_matches(['"', '\'', ' ', ':']);
    (!title.is_empty()).then(|| (title.to_owned(), Some(number), of))
}

/// "part", "#2", "2nd".
fn counts_parts(word: &str) -> bool {
    let counted = ["st", "nd", "rd", "th"].iter().any(|end| word.ends_with(end));
    PARTS.contains(&word) || word.starts_with('#') || (counted && ordinal(word).is_some())
}

/// "Attic Tales, part 2", "Attic Tales #2", "Attic Tales: Book 2 of 3", "Attic Tales 2/5".
fn trailing(text: &str) -> Option<Read> {
    let words: Vec<&str> = text.split(' ').collect();
    for take in (1..=4).rev() {
        let Some(at) = words.len().checked_sub(take).filter(|at| *at > 0) else { continue };
        let tail = words[at..].join(" ");
        if let Some((part, of)) = place(&tail) {
            let title = words[..at]
                .join(" ")
                .trim_end_matches([',', ':', '-', ';', ' ', '\u{2013}', '\u{2014}'])
                .to_owned();
            return (!title.is_empty()).then_some((title, Some(part), of));
        }
    }
    None
}

/// "part 2", "#2", "2/5", "book two of three"; a bare number is part of the title.
fn place(text: &str) -> Option<(u32, Option<u32>)> {
    let folded = fold(text).replace('/', " of ");
    let words: Vec<String> =
        folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let named =
        words.first().is_some_and(|word| PARTS.contains(&word.as_str()) || word.starts_with('#'));
    let (part, next) = if named { numbered(&words, 0)? } else { (digits(words.first()?)?, 1) };
    let (of, end) = stated_total(&words, next);
    let open_total = words.get(next).is_some_and(|word| word == "of")
        && words.get(next + 1).is_some_and(|word| word.starts_with('?'));
    let end = if open_total { next + 2 } else { end };
    (end == words.len() && (named || of.is_some() || open_total)).then_some((part, of))
}

/// The number behind "part", and where it ends.
fn numbered(words: &[String], at: usize) -> Option<(u32, usize)> {
    let word = words.get(at)?;
    if let Some(number) = word.strip_prefix('#').and_then(digits) {
        return Some((number, at + 1));
    }
    if let Some(number) = ordinal(word).filter(|_| !PARTS.contains(&word.as_str())) {
        return Some((number, at + 1));
    }
    let next = words.get(at + 1)?;
    let number = digits(next).or_else(|| ordinal(next))?;
    Some((number, at + 2))
}

fn stated_total(words: &[String], at: usize) -> (Option<u32>, usize) {
    let joined = words
        .get(at)
        .is_some_and(|word| matches!(word.as_str(), "of" | "von" | "di" | "de" | "sur" | "из"));
    match words.get(at + 1).and_then(|word| digits(word).or_else(|| ordinal(word))) {
        Some(total) if joined => (Some(total), at + 2),
        _ => (None, at),
    }
}

fn digits(word: impl AsRef<str>) -> Option<u32> {
    let bare = word.as_ref().trim_matches([',', '.', ':', ';', '#']);
    (bare.len() <= 4 && !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit()))
        .then(|| bare.parse().ok())
        .flatten()
}

fn without_series_word(title: &str) -> String {
    for end in [" series", " Series", " saga (series)", "-Reihe", " (series)", " universe series"] {
        if let Some(rest) = title
            .strip_suffix(end)
            .filter(|rest| rest.contains(' ') || has_any(&fold(rest), &["the"]) || !rest.is_empty())
        {
            return tidy(rest);
        }
    }
    title.to_owned()
}

#[cfg(test)]
mod tests {
    use super::entry;
    use crate::samples::{field, normalized, of, work};
    use fanfold_model::{FieldKind, LinkRel, SeriesEntry};

    #[test]
    fn the_place_in_a_series_is_read_in_many_notations() {
        for (written, title, part, total) in [
            ("Attic Tales", "Attic Tales", None, None),
            ("Attic Tales, part 2", "Attic Tales", Some(2), None),
            ("Attic Tales #2", "Attic Tales", Some(2), None),
            ("Attic Tales (2/5)", "Attic Tales", Some(2), Some(5)),
            ("Attic Tales (2/?)", "Attic Tales", Some(2), None),
            ("Attic Tales - Book 2 of 3", "Attic Tales", Some(2), Some(3)),
            ("Attic Tales: Part Two", "Attic Tales", Some(2), None),
            ("Part 2 of Attic Tales", "Attic Tales", Some(2), None),
            ("Part 2 of 5 of the Attic Tales", "Attic Tales", Some(2), Some(5)),
            ("Book 2 in the Attic Tales series", "Attic Tales", Some(2), None),
            ("This story is No. 1 in the series Attic Tales", "Attic Tales", Some(1), None),
            ("2nd in the Attic Tales series", "Attic Tales", Some(2), None),
            ("Dachbodengeschichten, Teil 3 von 4", "Dachbodengeschichten", Some(3), Some(4)),
            ("Catch 22", "Catch 22", None, None),
            ("\"Attic Tales\"", "Attic Tales", None, None),
            ("Small Harbours", "Small Harbours", None, None),
        ] {
            assert_eq!(
                entry(written),
                SeriesEntry { uid: None, title: title.into(), part, of: total, url: None },
                "{written}"
            );
        }
    }

    #[test]
    fn a_stated_series_joins_the_linked_one() {
        let mut extracted = of([field(FieldKind::Series, "Series", "Part 2 of Attic Tales")]);
        extracted.series = vec![SeriesEntry {
            title: "Attic Tales".into(),
            url: Some("https://attic.example.invalid/series/1".into()),
            ..SeriesEntry::default()
        }];
        let work = normalized(&extracted);
        assert_eq!(work.series.len(), 1);
        assert_eq!(work.series[0].part, Some(2));
        assert!(work.series[0].url.is_some());
    }

    #[test]
    fn a_sequel_is_a_link_and_none_is_nothing() {
        let work = work([
            field(FieldKind::Series, "Sequel to", "“The Cellar”"),
            field(FieldKind::Series, "Series", "none"),
        ]);
        assert!(work.series.is_empty());
        assert_eq!(
            (work.links[0].rel, work.links[0].title.as_deref()),
            (LinkRel::SequelTo, Some("The Cellar"))
        );
    }
}
