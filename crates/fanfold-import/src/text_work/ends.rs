//! Where a text says that it ends, that its part ends, or where it goes on: "The End", "Fin",
//! "End (3/12)", "To be continued", "Continued in Part 2: The Answer", "sequel to X".

use std::ops::Range;

use fanfold_model::LinkRel;

use super::chapters::{MarkWord, chapter_mark};
use super::lines::fold;
use super::parts::part_mark;

/// What an end mark says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EndMark {
    /// The work ends here.
    Work,
    /// A part or chapter ends here ("End (3/12)", "end part three").
    Part {
        /// Which one.
        part: Option<u32>,
        /// Of how many.
        of: Option<u32>,
    },
    /// It goes on, and where.
    GoesOn {
        /// The next part's number, if stated.
        part: Option<u32>,
        /// The next part's title, as a place in the line.
        title: Option<Range<usize>>,
    },
}

const WORK_ENDS: &[&str] = &[
    "the end",
    "end",
    "finis",
    "fin",
    "ende",
    "das ende",
    "fine",
    "la fine",
    "fim",
    "final",
    "el fin",
    "la fin",
    "конец",
    "完",
    "終",
    "终",
    "全文完",
    "おわり",
    "終わり",
    "the very end",
    "end of story",
    "end story",
    "the end, finally",
    "owari",
    "fini",
    "finito",
    "-30-",
    "(完)",
    "the end?",
    "koniec",
    "slut",
    "einde",
    "完结",
    "大结局",
    "-fin",
    "thend",
    "(the end)",
];

const GOES_ON: &[&str] = &[
    "to be continued",
    "tbc",
    "tbc?",
    "to be continued?",
    "continued",
    "to be con't",
    "tsuzuku",
    "fortsetzung folgt",
    "wird fortgesetzt",
    "a suivre",
    "continua",
    "continuara",
    "continuara",
    "продолжение следует",
    "未完待续",
    "待续",
    "続く",
    "つづく",
    "t.b.c.",
    "t.b.c",
    "more to come",
    "to be continued soon",
    "to be concluded",
    "ende?",
    "the end?",
];

/// Reads a whole line as an end mark.
#[must_use]
pub fn end_mark(line: &str) -> Option<EndMark> {
    if line.len() > 160 {
        return None;
    }
    let dress: &[char] = &[
        '\u{ff08}', '\u{ff09}', '*', '~', '-', '=', '_', '#', '.', '!', ' ', '<', '>', '(', ')',
        '[', ']', '{', '}', '—', '–', '…', '(', ')', '「', '」', '。', '"', '“', '”', '+', '|',
        ':', '・',
    ];
    let left = line.trim_start_matches(dress);
    let start = line.len() - left.len();
    let inner = left.trim_end_matches(dress);
    let folded = fold(inner);
    if GOES_ON.contains(&folded.as_str()) {
        return Some(EndMark::GoesOn { part: None, title: None });
    }
    if WORK_ENDS.contains(&folded.as_str()) {
        return Some(EndMark::Work);
    }
    continued_in(line, start..start + inner.len()).or_else(|| end_of_part(&line[start..]))
}

/// "Continued in Part 2: The Answer", "To be continued in Chapter 3", "Next: Part Two".
fn continued_in(line: &str, inner: Range<usize>) -> Option<EndMark> {
    const STARTS: [&str; 15] = [
        "to be continued in ",
        "tbc in ",
        "continued in ",
        "continues in ",
        "concluded in ",
        "continues with ",
        "next part: ",
        "next: ",
        "coming next: ",
        "coming soon: ",
        "fortsetzung in ",
        "weiter in ",
        "suite dans ",
        "continua in ",
        "continua en ",
    ];
    let text = &line[inner.clone()];
    let lower = text.to_lowercase();
    let word = STARTS
        .into_iter()
        .find(|word| lower.starts_with(word))
        .filter(|_| lower.len() == text.len())?;
    let rest = inner.start + word.len()..inner.end;
    let named = &line[rest.clone()];
    if let Some(mark) = chapter_mark(named).filter(|mark| mark.word != MarkWord::Bare) {
        let title = mark.title.map(|title| rest.start + title.start..rest.start + title.end);
        return Some(EndMark::GoesOn { part: mark.number, title });
    }
    if let Some(part) = part_mark(named) {
        let tail = part.place.end + named[part.place.end..].len()
            - named[part.place.end..].trim_start_matches([' ', ':', '-', '–', ',']).len();
        let title = (tail < named.len()).then(|| rest.start + tail..rest.end);
        return Some(EndMark::GoesOn { part: Some(part.part), title });
    }
    let fits =
        named.split_whitespace().count() <= 10 && named.starts_with(|c: char| !c.is_lowercase());
    fits.then_some(EndMark::GoesOn { part: None, title: Some(rest) })
}

/// "End (3/12)", "[end of part 1]", "End Chapter Two", "Ende Teil 3", "Fin de la partie 2".
fn end_of_part(text: &str) -> Option<EndMark> {
    let folded = fold(text);
    let rest = [
        "end of ",
        "end ",
        "the end of ",
        "ende von ",
        "ende ",
        "fin de la ",
        "fin du ",
        "fin de ",
        "fine ",
        "fim da ",
        "fim do ",
        "конец ",
        "end: ",
    ]
    .into_iter()
    .find_map(|start| folded.strip_prefix(start))?;
    let rest = rest.trim_end_matches([' ', '.', '-', '*', '~', '=', '!']);
    let whole = rest.trim_end_matches([']', '}']);
    let whole = if rest.contains('(') { whole } else { whole.trim_end_matches(')') };
    let part = part_mark(whole).filter(|part| part.place == (0..whole.len()));
    if let Some(part) = part {
        return Some(EndMark::Part { part: Some(part.part), of: part.of });
    }
    let mark = chapter_mark(whole).filter(|mark| mark.title.is_none())?;
    let named = matches!(
        mark.word,
        MarkWord::Chapter | MarkWord::Part | MarkWord::Before | MarkWord::After | MarkWord::Between
    );
    (named || whole.len() <= 3).then_some(EndMark::Part { part: mark.number, of: mark.of })
}

/// A work that a header or note names as the one before or after: relation and title's place.
#[must_use]
pub fn related_work(text: &str) -> Option<(LinkRel, Range<usize>)> {
    const PHRASES: &[(&str, LinkRel)] = &[
        ("sequel to ", LinkRel::SequelTo),
        ("sequel of ", LinkRel::SequelTo),
        ("follow up to ", LinkRel::SequelTo),
        ("follows on from ", LinkRel::SequelTo),
        ("continues the story of ", LinkRel::SequelTo),
        ("the story continues in ", LinkRel::Next),
        ("this is continued in ", LinkRel::Next),
        ("the sequel is called ", LinkRel::Next),
        ("the sequel to this is ", LinkRel::Next),
        ("follow-up to ", LinkRel::SequelTo),
        ("followup to ", LinkRel::SequelTo),
        ("continuation of ", LinkRel::SequelTo),
        ("companion piece to ", LinkRel::SequelTo),
        ("prequel to ", LinkRel::PrequelTo),
        ("suite de ", LinkRel::SequelTo),
        ("fortsetzung von ", LinkRel::SequelTo),
        ("fortsetzung zu ", LinkRel::SequelTo),
        ("seguito di ", LinkRel::SequelTo),
        ("secuela de ", LinkRel::SequelTo),
        ("continuação de ", LinkRel::SequelTo),
        ("продолжение ", LinkRel::SequelTo),
    ];
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    PHRASES.iter().find_map(|(phrase, rel)| {
        let at = lower.find(phrase)?;
        let from = at + phrase.len();
        named_title(text, from).map(|title| (*rel, title))
    })
}

/// A title in quotes or emphasis, or capitalised words up to the end of the sentence.
fn named_title(text: &str, from: usize) -> Option<Range<usize>> {
    let skipped = ["my story ", "my fic ", "my fanfic ", "my ", "the story ", "the fic "]
        .into_iter()
        .find(|skip| text[from..].to_lowercase().starts_with(skip))
        .map_or(0, str::len);
    let from = (from + skipped).min(text.len());
    let rest = text.get(from..)?;
    let open = rest.chars().next()?;
    let close = match open {
        '"' | '*' | '_' | '\'' => open,
        '“' | '„' => '”',
        '«' => '»',
        '‘' => '’',
        _ => return plain_title(rest).map(|len| from..from + len),
    };
    let inner = from + open.len_utf8();
    let end =
        text[inner..].find([close, if open == '„' { '“' } else { close }]).map(|at| inner + at)?;
    let title = super::label_line::trimmed(text, inner..end);
    let title = title.start..title.start + text[title.clone()].trim_end_matches([',', '.']).len();
    (!title.is_empty() && end - inner < 120).then_some(title)
}

fn plain_title(rest: &str) -> Option<usize> {
    let end = rest.find(['.', ',', ';', '(', '\n', '!', ':', '"']).unwrap_or(rest.len());
    let title = rest[..end].trim_end();
    let capital = title.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let words = title.split_whitespace().count();
    let long_capital = title
        .split_whitespace()
        .filter(|word| word.chars().count() > 3)
        .all(|word| !word.starts_with(char::is_lowercase));
    (capital && words <= 10 && long_capital).then_some(title.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_work_is_known_in_many_languages_and_dresses() {
        for line in [
            "The End",
            "THE END",
            "~ Fin ~",
            "*** END ***",
            "Ende",
            "Конец",
            "完",
            "（終）",
            "-The End-",
            "Fine.",
            "(The End)",
            "FINIS",
        ] {
            assert_eq!(end_mark(line), Some(EndMark::Work), "{line}");
        }
        for line in [
            "The end of the road",
            "In the end",
            "Fine, he said.",
            "End of the line, boys",
            "Finally",
        ] {
            assert_eq!(end_mark(line), None, "{line}");
        }
    }

    #[test]
    fn the_end_of_a_part_gives_its_number() {
        for (line, part, of) in [
            ("End (3/12)", Some(3), Some(12)),
            ("[end of part 1]", Some(1), None),
            ("end part three", Some(3), None),
            ("End of Chapter Two", Some(2), None),
            ("Ende Teil 4", Some(4), None),
        ] {
            assert_eq!(end_mark(line), Some(EndMark::Part { part, of }), "{line}");
        }
    }

    #[test]
    fn a_text_that_goes_on_says_where() {
        let line = "Continued in Part 2: The Answer";
        let Some(EndMark::GoesOn { part, title }) = end_mark(line) else { panic!() };
        assert_eq!((part, title.map(|title| &line[title])), (Some(2), Some("The Answer")));
        for line in [
            "TBC",
            "To be continued...",
            "tsuzuku",
            "(to be continued)",
            "Fortsetzung folgt...",
            "À suivre",
            "つづく",
        ] {
            assert_eq!(end_mark(line), Some(EndMark::GoesOn { part: None, title: None }), "{line}");
        }
    }

    #[test]
    fn a_sequel_names_the_work_before_it() {
        for (text, title) in [
            ("This is a sequel to \"The Lamp\".", "The Lamp"),
            ("Sequel to The Long Arrow, read that first", "The Long Arrow"),
            ("(suite de « La Lampe »)", "La Lampe"),
            ("It is the sequel to *Eleven Cups*", "Eleven Cups"),
            ("A sequel of 'The Lamp'", "The Lamp"),
            ("Follows on from The Lamp.", "The Lamp"),
            ("This is continued in \"The Answer\".", "The Answer"),
            ("The sequel is called The Answer", "The Answer"),
        ] {
            assert_eq!(related_work(text).map(|(_, range)| &text[range]), Some(title), "{text}");
        }
        assert_eq!(related_work("a sequel to what I wrote last year"), None);
    }
}
