//! Which of the lines that look like chapter marks really divide the story: not a table of contents,
//! not numbers out of order, not scene numbers where chapters are named, not a lone number.

use super::chapters::{ChapterMark, MarkWord, chapter_mark};
use super::lines::{Line, fold, word_count};

/// A mark at its line.
#[derive(Debug, Clone)]
pub(super) struct MarkLine {
    pub(super) line: usize,
    pub(super) mark: ChapterMark,
    /// A bare number in a list of such lines: of use for finding a table of contents only.
    pub(super) listed: bool,
}

/// The marks that divide, and the lines of tables of contents.
#[derive(Debug, Default)]
pub(super) struct Marks {
    pub(super) marks: Vec<MarkLine>,
    pub(super) contents: Vec<usize>,
}

/// Finds them between two lines.
pub(super) fn marks(lines: &[Line<'_>], from: usize, to: usize, title: Option<&str>) -> Marks {
    let found: Vec<MarkLine> =
        (from..to).filter_map(|index| mark_at(lines, from, index, title)).collect();
    let (found, contents) = without_contents(lines, found, from);
    Marks { marks: plausible(lines, one_level(found), from), contents }
}

fn mark_at(lines: &[Line<'_>], from: usize, index: usize, title: Option<&str>) -> Option<MarkLine> {
    let line = &lines[index];
    if line.is_blank() || line.text.len() > 120 {
        return None;
    }
    let mark = chapter_mark(line.text).or_else(|| titled_mark(line.text, title?))?;
    let quiet = |at: Option<&Line<'_>>| at.is_none_or(|line| line.is_blank() || line.is_rule());
    let before = index == from
        || quiet(lines.get(index.wrapping_sub(1)))
        || chapter_mark(lines[index - 1].text).is_some()
        || fold(lines[index - 1].text).starts_with("content");
    let after = quiet(lines.get(index + 1));
    let in_list = |at: Option<&Line<'_>>| {
        at.and_then(|line| chapter_mark(line.text)).is_some_and(|mark| mark.word == MarkWord::Bare)
    };
    let before_list = index > from && in_list(lines.get(index - 1));
    let listed = mark.word == MarkWord::Bare && (before_list || in_list(lines.get(index + 1)));
    let fits = match mark.word {
        MarkWord::Bare => (before && after) || listed,
        _ => before || (after && mark.decorated),
    };
    fits.then_some(MarkLine { line: index, mark, listed })
}

/// "The Lamp - Chapter 2": the story's own title before the mark.
fn titled_mark(text: &str, title: &str) -> Option<ChapterMark> {
    let head =
        text.get(..title.len()).filter(|head| !title.is_empty() && fold(head) == fold(title))?;
    let rest = text[head.len()..]
        .trim_start_matches([' ', ',', ':', '-', '\u{2013}', '\u{2014}', '~', '.']);
    let by = text.len() - rest.len();
    let mark = chapter_mark(rest).filter(|mark| by > head.len() && mark.word != MarkWord::Bare)?;
    Some(mark.moved(by))
}

/// Takes runs of marks without text between them out, where the same marks come again with text or
/// a heading says "Contents".
fn without_contents(
    lines: &[Line<'_>],
    found: Vec<MarkLine>,
    from: usize,
) -> (Vec<MarkLine>, Vec<usize>) {
    let (mut contents, mut lists) = (Vec::new(), Vec::new());
    let mut start = 0;
    while start < found.len() {
        let mut stop = start + 1;
        while stop < found.len() && !has_text(lines, found[stop - 1].line + 1, found[stop].line) {
            stop += 1;
        }
        if stop - start >= 2 {
            let long = stop - start >= 3;
            let again = (start + 1..found.len()).find(|index| {
                same(
                    &found[*index].mark,
                    &found[start].mark,
                    lines,
                    found[*index].line,
                    found[start].line,
                )
            });
            let headed = (from.saturating_sub(4)..found[start].line)
                .rev()
                .find(|index| !lines[*index].is_blank() && !lines[*index].is_rule())
                .filter(|index| is_contents_heading(lines[*index].text));
            let end = match (again, headed) {
                (Some(again), Some(_)) => again.min(stop),
                (Some(again), None) if long => again.min(stop),
                (None, Some(_)) if stop < found.len() => stop,
                (None, Some(_)) => stop - 1,
                (_, None) => start,
            };
            if end > start {
                contents.extend(headed);
                contents.extend(found[start..end].iter().map(|mark| mark.line));
            }
            lists.extend(list_lines(&found[end..stop]));
        }
        start = stop;
    }
    let divides = |mark: &MarkLine| {
        !mark.listed && !contents.contains(&mark.line) && !lists.contains(&mark.line)
    };
    let kept = found.into_iter().filter(divides).collect();
    (kept, contents)
}

/// Numbers one under the other with no text between are a list that the story holds (what to pack, what was asked),
/// though blank lines part them.
fn list_lines(run: &[MarkLine]) -> Vec<usize> {
    let is_list = run.len() >= 2 && run.iter().all(|mark| mark.mark.word == MarkWord::Bare);
    if is_list { run.iter().map(|mark| mark.line).collect() } else { Vec::new() }
}

fn same(
    left: &ChapterMark,
    right: &ChapterMark,
    lines: &[Line<'_>],
    at: usize,
    first: usize,
) -> bool {
    left.word == right.word
        && left.number == right.number
        && (left.number.is_some() || fold(lines[at].text) == fold(lines[first].text))
}

fn is_contents_heading(text: &str) -> bool {
    let folded = fold(text.trim_matches(|c: char| !c.is_alphanumeric()));
    [
        "contents",
        "table of contents",
        "inhalt",
        "inhaltsverzeichnis",
        "sommaire",
        "table des matieres",
        "indice",
        "indice dei capitoli",
        "содержание",
        "оглавление",
        "目录",
        "目次",
        "chapters",
        "index",
    ]
    .contains(&folded.as_str())
}

/// Whether words stand between two lines.
pub(super) fn has_text(lines: &[Line<'_>], from: usize, to: usize) -> bool {
    lines[from..to].iter().any(|line| !line.is_blank() && !line.is_rule())
}

/// Worded marks where there are any; bare numbers only as a row from one (or two).
fn one_level(found: Vec<MarkLine>) -> Vec<MarkLine> {
    if found.iter().any(|mark| mark.mark.word != MarkWord::Bare && mark.mark.number.is_some()) {
        return found.into_iter().filter(|mark| mark.mark.word != MarkWord::Bare).collect();
    }
    let mut row: Vec<MarkLine> = Vec::new();
    let mut named = Vec::new();
    for mark in found {
        if mark.mark.word != MarkWord::Bare {
            named.push(mark);
            continue;
        }
        let expected = row.last().and_then(|last| last.mark.number).map(|last| last + 1);
        let form_fits = row.last().is_none_or(|last| last.mark.form == mark.mark.form);
        let fits = match expected {
            None => matches!(mark.mark.number, Some(1 | 2)),
            Some(next) => mark.mark.number == Some(next) && form_fits,
        };
        if fits {
            row.push(mark);
        }
    }
    if row.len() < 2 {
        row.clear();
    }
    row.extend(named);
    row.sort_by_key(|mark| mark.line);
    row
}

/// Numbers must ascend within their word; a new part may begin its chapters again.
fn plausible(lines: &[Line<'_>], found: Vec<MarkLine>, from: usize) -> Vec<MarkLine> {
    let numbered = found.iter().filter(|mark| mark.mark.number.is_some()).count();
    let mut kept: Vec<MarkLine> = Vec::new();
    for mark in found {
        let fits = match mark.mark.number {
            None => {
                numbered > 0
                    || is_sure_name(lines[mark.line].text)
                    || !has_text(lines, from, mark.line)
            }
            Some(number) => number_fits(lines, &kept, &mark, number, from, numbered),
        };
        if fits {
            kept.push(mark);
        }
    }
    kept
}

/// "Prologue" divides by itself; "Introduction" and "Teaser" need company.
fn is_sure_name(text: &str) -> bool {
    let folded = fold(text);
    ["prolog", "epilog", "пролог", "эпилог", "interlud", "zwischenspiel", "intermezzo"]
        .iter()
        .any(|name| folded.trim_start_matches(|c: char| !c.is_alphabetic()).starts_with(name))
}

/// The page says "Chapter 8 The Oath", and its text begins with "Chapter Eight: The Oath" below a note.
fn is_heading_again(lines: &[Line<'_>], earlier: &MarkLine, mark: &MarkLine) -> bool {
    let title = |at: &MarkLine| {
        let own = at.mark.title.clone().and_then(|title| lines[at.line].text.get(title));
        let below =
            || lines[at.line + 1..].iter().map(|line| line.text).find(|text| !text.is_empty());
        let title = super::titles::fold_title(own.or_else(below)?);
        (!title.is_empty()).then_some(title)
    };
    title(earlier).is_some_and(|own| title(mark) == Some(own))
}

fn number_fits(
    lines: &[Line<'_>],
    kept: &[MarkLine],
    mark: &MarkLine,
    number: u32,
    from: usize,
    numbered: usize,
) -> bool {
    let last = kept
        .iter()
        .rposition(|earlier| earlier.mark.word == mark.mark.word && earlier.mark.number.is_some());
    let Some(last) = last else {
        let before: usize =
            lines[from..mark.line.max(from)].iter().map(|line| word_count(line.text)).sum();
        let opens = before < 40;
        return opens || number <= 2 || numbered >= 3;
    };
    let before = kept[last].mark.through.or(kept[last].mark.number).unwrap_or(0);
    let text_between = lines[kept[last].line + 1..mark.line]
        .iter()
        .map(|line| word_count(line.text))
        .sum::<usize>();
    let reset = kept[last + 1..]
        .iter()
        .any(|between| between.mark.word != mark.mark.word && between.mark.number.is_some());
    match number {
        _ if number > before => number - before <= 30,
        _ if number == before && is_heading_again(lines, &kept[last], mark) => text_between == 0,
        _ if number == before => text_between >= 30 || text_between == 0,
        1 => reset,
        _ => false,
    }
}
