//! Which of the lines above a story is its title. A label wins over a line next to the body, that
//! over a line above the labels, that over the first line; what loses is kept as an alternative.

use std::ops::Range;

use fanfold_model::FieldKind;
use fanfold_model::FindingCode;

use super::chapters::{MarkWord, chapter_mark};
use super::fields::Fields;
use super::label_line::trimmed;
use super::lines::fold;
use super::parts::{PartIn, part_mark, without_part_mark};

/// The line above "fan fiction by NAME": the title, or where a better one stands, the fandom.
pub(super) const FANDOM_LINE: &str = "fandom-line";

/// A line that may be the title.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Where it stands in the text.
    pub(super) place: Range<usize>,
    /// The rule that proposes it.
    pub(super) rule: &'static str,
    /// The label, if it has one.
    pub(super) label: String,
    /// How sure.
    pub(super) confidence: f64,
}

/// The title that was chosen and the part its line names.
#[derive(Debug, Clone, Default)]
pub(super) struct Chosen {
    /// The part mark and its place in the text.
    pub(super) part: Option<(PartIn, Range<usize>)>,
    /// The part's own title ("Letters, Part 1: The Question").
    pub(super) part_title: Option<String>,
}

/// Puts the best candidate first among the title fields, the others after it.
pub(super) fn choose(
    text: &str,
    mut candidates: Vec<Candidate>,
    fields: &mut Fields<'_>,
) -> Chosen {
    candidates.sort_by(|left, right| right.confidence.total_cmp(&left.confidence));
    let mut chosen = Chosen::default();
    let mut titles: Vec<(String, f64)> = Vec::new();
    let mut at = 0;
    for candidate in &candidates {
        let cleaned = clean(text, candidate);
        if chosen.part.is_none() {
            chosen.part = cleaned.part.map(|part| {
                let place = cleaned.from + part.place.start..cleaned.from + part.place.end;
                (part, place)
            });
            chosen.part_title = cleaned.part_title;
        }
        let is_fandom = candidate.rule == FANDOM_LINE && !titles.is_empty();
        if cleaned.title.is_empty() || is_fandom {
            fields.add(
                if is_fandom { FieldKind::Fandom } else { FieldKind::Other },
                &candidate.label,
                candidate.place.clone(),
                if is_fandom { FANDOM_LINE } else { "part-line" },
                candidate.confidence,
            );
            continue;
        }
        fields.add_value(
            FieldKind::Title,
            &candidate.label,
            cleaned.title.clone(),
            candidate.place.clone(),
            candidate.rule,
            candidate.confidence,
        );
        // The chosen title stands before the fields read so far.
        let last = fields.fields.len() - 1;
        fields.fields[at..=last].rotate_right(1);
        at += 1;
        titles.push((cleaned.title, candidate.confidence));
    }
    report_alternatives(&titles, &candidates, fields);
    chosen
}

fn report_alternatives(
    titles: &[(String, f64)],
    candidates: &[Candidate],
    fields: &mut Fields<'_>,
) {
    let Some((first, _)) = titles.first() else { return };
    let plain = fold_title(first);
    let other = titles.iter().skip(1).find(|(title, confidence)| {
        let folded = fold_title(title);
        *confidence >= 0.6 && !folded.contains(&plain) && !plain.contains(&folded)
    });
    if let Some((other, _)) = other {
        let place = candidates[0].place.clone();
        fields.note(
            FindingCode::TITLE_ALTERNATIVES,
            format!("the source also has \u{201c}{other}\u{201d} as a title"),
            &place,
        );
    }
}

/// Letters and digits alone, for comparing titles.
pub(super) fn fold_title(title: &str) -> String {
    fold(title).chars().filter(|c| c.is_alphanumeric()).collect()
}

struct Cleaned {
    title: String,
    from: usize,
    part: Option<PartIn>,
    part_title: Option<String>,
}

fn clean(text: &str, candidate: &Candidate) -> Cleaned {
    let written = &text[candidate.place.clone()];
    let range = without_subject_tags(written, candidate.rule);
    let range = without_marks(written, range);
    let single = written[range.clone()].contains('\n');
    let from = candidate.place.start + range.start;
    let title = &written[range];
    if single {
        return Cleaned {
            title: super::fields::unwrapped(title),
            from,
            part: None,
            part_title: None,
        };
    }
    match part_mark(title) {
        Some(part) => {
            let (head, part_title) = without_part_mark(title, &part);
            let head = without_marks(&head, 0..head.len());
            let (full, _) = without_part_mark(title, &part);
            Cleaned {
                title: full[head].to_owned(),
                from,
                part_title: part_title
                    .map(|own| own.trim_matches(['"', '“', '”', '*', '_']).to_owned()),
                part: Some(part),
            }
        }
        None => numbered(title, from).unwrap_or_else(|| Cleaned {
            title: title.to_owned(),
            from,
            part: None,
            part_title: None,
        }),
    }
}

/// A subject line carries tags of its list: "Re:", "NEW:", "[FFML]", "BUFFYFIC:".
fn without_subject_tags(written: &str, rule: &str) -> Range<usize> {
    let mut range = 0..written.len();
    if rule != "subject" {
        return range;
    }
    loop {
        let rest = &written[range.clone()];
        let bracket = rest.strip_prefix('[').and_then(|inner| inner.find(']')).map(|at| at + 2);
        let shouted = rest.find(':').filter(|at| *at <= 16 && *at > 0).filter(|at| {
            let tag = &rest[..*at];
            tag.chars().all(|c| !c.is_lowercase())
                || ["re", "fwd", "new", "repost", "fic", "story", "fanfic"]
                    .contains(&fold(tag).as_str())
        });
        let Some(cut) = bracket.or(shouted.map(|at| at + 1)) else { return range };
        let next = trimmed(written, range.start + cut..range.end);
        if next.is_empty() {
            return range;
        }
        range = next;
    }
}

/// Without quotes, emphasis and rules around the whole title.
pub(super) fn without_marks(written: &str, range: Range<usize>) -> Range<usize> {
    let mut range = trimmed(written, range);
    let hashes = written[range.clone()].bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes) && written[range.start + hashes..].starts_with(' ') {
        range = trimmed(written, range.start + hashes..range.end);
    }
    for (open, close) in [
        ('*', '*'),
        ('_', '_'),
        ('"', '"'),
        ('“', '”'),
        ('„', '“'),
        ('«', '»'),
        ('\'', '\''),
        ('‘', '’'),
        ('《', '》'),
        ('「', '」'),
        ('~', '~'),
        ('-', '-'),
        ('=', '='),
        ('*', '*'),
        ('(', ')'),
    ] {
        loop {
            let inner = &written[range.clone()];
            let fits = inner.len() > open.len_utf8() + close.len_utf8()
                && inner.starts_with(open)
                && inner.ends_with(close);
            let body =
                if fits { &inner[open.len_utf8()..inner.len() - close.len_utf8()] } else { "" };
            let nested = matches!(open, '"' | '“' | '«' | '(' | '\'' | '‘' | '„' | '《' | '「')
                && (body.contains(open) || body.contains(close));
            if !fits || nested {
                break;
            }
            range = trimmed(written, range.start + open.len_utf8()..range.end - close.len_utf8());
        }
    }
    range
}

/// "03 – Unexpected": the number is the part, the name the title.
fn numbered(title: &str, from: usize) -> Option<Cleaned> {
    let mark = chapter_mark(title).filter(|mark| mark.word == MarkWord::Bare)?;
    let (number, name) = (mark.number?, mark.title?);
    let part =
        PartIn { part: number, through: number, of: None, place: mark.written, chapter: None };
    Some(Cleaned { title: title[name].to_owned(), from, part: Some(part), part_title: None })
}
