//! Cuts the body into chapters at its marks. Text is never cut where there is no mark; what stands
//! before the first mark is a silent first chapter or a note; nothing falls between two chapters.

use std::ops::Range;

use super::chapters::{ChapterMark, MarkWord, chapter_mark};
use super::cues::is_story;
use super::lines::{Line, word_count};
use super::marks::{MarkLine, Marks, has_text, marks};
use super::notes::{end_notes_start, notes_end};
use super::seen::{is_date, is_title_like};

/// A chapter as cut from the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BodyChapter {
    /// The number as written ("2", "IV", "Prologue").
    pub number: Option<String>,
    /// The chapter's own title.
    pub title: Option<String>,
    /// Names of this chapter's own creators ("Part 1 by Ada").
    pub creators: Vec<String>,
    /// Where the mark and the title stand.
    pub heading: Option<Range<usize>>,
    /// Notes between the heading and the text: plain text and its place.
    pub notes: Option<(String, Range<usize>)>,
    /// Notes below the text.
    pub end_notes: Option<(String, Range<usize>)>,
    /// First byte of the text.
    pub start: usize,
    /// One past the last byte of the text.
    pub end: usize,
}

/// The body cut up.
#[derive(Debug, Default)]
pub(super) struct Sections {
    pub(super) chapters: Vec<BodyChapter>,
    /// Whether the first chapter carries no mark although the second does.
    pub(super) silent_first: bool,
    /// Text before the first mark that is no chapter.
    pub(super) before: Option<Range<usize>>,
    /// Lines of a table of contents.
    pub(super) contents: Vec<Range<usize>>,
    /// The only numbered mark, where it opens the body.
    pub(super) lone: Option<MarkLine>,
    /// Numbered or named marks that were used.
    pub(super) marks: usize,
}

/// Cuts lines `from..to`; `heading` is a mark line above `from` that opens the first chapter.
pub(super) fn cut(
    text: &str,
    lines: &[Line<'_>],
    from: usize,
    to: usize,
    heading: Option<usize>,
    title: Option<&str>,
) -> Sections {
    let Marks { mut marks, contents } = marks(lines, from, to, title);
    if let Some((line, mark)) =
        heading.and_then(|line| Some((line, chapter_mark(lines[line].text)?)))
    {
        marks.insert(0, MarkLine { line, mark, listed: false });
    }
    let mut sections = Sections { marks: marks.len(), ..Sections::default() };
    sections.contents = contents.iter().map(|index| lines[*index].from..lines[*index].to).collect();
    let first = marks.first().map_or(to, |mark| mark.line.max(from));
    before_first(text, lines, from, first, &marks, &contents, &mut sections);
    sections.lone = lone(&marks, &sections);
    let next_titles = titles_stand_below(lines, &marks, to);
    let mut at = 0;
    while at < marks.len() {
        let mut upto = at + 1;
        while upto < marks.len() && merges(lines, &marks[upto - 1], &marks[upto]) {
            upto += 1;
        }
        let stop = marks.get(upto).map_or(to, |next| next.line);
        let place = from..stop.max(from);
        sections.chapters.push(chapter(text, lines, &marks[at..upto], place, next_titles));
        at = upto;
    }
    if sections.chapters.is_empty() {
        sections.chapters.push(unmarked(text, lines, from, to));
    }
    sections
}

fn before_first(
    text: &str,
    lines: &[Line<'_>],
    from: usize,
    first: usize,
    marks: &[MarkLine],
    contents: &[usize],
    sections: &mut Sections,
) {
    let Some(mark) = marks.first().filter(|_| from < first) else { return };
    let start = (from..first).find(|index| {
        !lines[*index].is_blank() && !lines[*index].is_rule() && !contents.contains(index)
    });
    let Some(start) = start else { return };
    let last = (start..first)
        .rev()
        .find(|index| !lines[*index].is_blank() && !contents.contains(index))
        .unwrap_or(start);
    let words: usize = lines[start..=last]
        .iter()
        .map(|line| {
            word_count(line.text).max(line.text.chars().filter(|c| *c > '\u{3000}').count() / 2)
        })
        .sum();
    let joined: String =
        lines[start..=last].iter().map(|line| line.text).collect::<Vec<_>>().join(" ");
    let opens_at_two =
        matches!(mark.mark.word, MarkWord::Chapter | MarkWord::Part | MarkWord::Bare)
            && mark.mark.number == Some(2);
    if (opens_at_two && words >= 12) || words >= 120 || (words >= 60 && is_story(&joined)) {
        sections.silent_first = opens_at_two;
        sections.chapters.push(unmarked(text, lines, start, last + 1));
    } else {
        sections.before = Some(lines[start].from..lines[last].to);
    }
}

fn lone(marks: &[MarkLine], sections: &Sections) -> Option<MarkLine> {
    let mut numbered = marks.iter().filter(|mark| mark.mark.number.is_some());
    let only = numbered.next()?;
    let opens =
        sections.chapters.is_empty() && marks.first().is_some_and(|first| first.line == only.line);
    (numbered.next().is_none() && opens).then(|| only.clone())
}

/// Two marks without text between are one heading: "PART TWO" above "Chapter 5", or one mark twice.
fn merges(lines: &[Line<'_>], left: &MarkLine, right: &MarkLine) -> bool {
    let parts = left.mark.word == MarkWord::Part
        && matches!(right.mark.word, MarkWord::Chapter | MarkWord::Before | MarkWord::Bare);
    let twice = left.mark.word == right.mark.word && left.mark.number == right.mark.number;
    (parts || twice) && !has_text(lines, left.line + 1, right.line)
}

/// Whether the titles of marks without one stand on the next line: most of them must.
fn titles_stand_below(lines: &[Line<'_>], marks: &[MarkLine], to: usize) -> bool {
    let bare: Vec<&MarkLine> = marks.iter().filter(|mark| mark.mark.title.is_none()).collect();
    let below = bare.iter().filter(|mark| title_below(lines, mark.line, to).is_some()).count();
    below > 0 && below * 2 > bare.len()
}

fn title_below(lines: &[Line<'_>], mark: usize, to: usize) -> Option<usize> {
    let next = (mark + 1..to.min(mark + 3)).find(|index| !lines[*index].is_blank())?;
    let line = &lines[next];
    let blank_after = lines.get(next + 1).is_none_or(Line::is_blank);
    let more_after = has_text(lines, next + 1, to);
    let named = is_title_like(line.text)
        && word_count(line.text) <= 8
        && !is_date(line.text)
        && !line.is_rule();
    let quoted = line.text.starts_with(['"', '“', '„', '«']) && word_count(line.text) > 5;
    let fits = named
        && !quoted
        && blank_after
        && more_after
        && super::label_line::labels(line.text).is_empty()
        && !line.text.to_lowercase().contains(" pov")
        && !is_story(line.text)
        && chapter_mark(line.text).is_none();
    fits.then_some(next)
}

fn chapter(
    text: &str,
    lines: &[Line<'_>],
    group: &[MarkLine],
    place: Range<usize>,
    next_titles: bool,
) -> BodyChapter {
    let last = &group[group.len() - 1];
    let line = &lines[last.line];
    let mut heading = lines[group[0].line].from..line.to;
    let mut chapter =
        BodyChapter { number: Some(number_of(line.text, &last.mark)), ..BodyChapter::default() };
    let mut title = own_title(line.text, &last.mark).or_else(|| {
        own_title(lines[group[0].line].text, &group[0].mark)
            .filter(|_| group[0].mark.word == last.mark.word)
    });
    if let Some(name) = title.as_deref().and_then(|title| title.strip_prefix("by ")) {
        chapter.creators.push(name.to_owned());
        title = None;
    }
    let mut from = last.line + 1;
    if title.is_none()
        && next_titles
        && let Some(below) = title_below(lines, last.line, place.end)
    {
        title = Some(super::titles::without_marks(lines[below].text, 0..lines[below].text.len()))
            .map(|range| lines[below].text[range].to_owned());
        heading.end = lines[below].to;
        from = below + 1;
    }
    if group.len() > 1 && group[0].mark.word != last.mark.word {
        let part =
            lines[group[0].line].text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        title = Some(title.map_or_else(|| part.clone(), |own| format!("{part}: {own}")));
    }
    chapter.title = title;
    chapter.heading = Some(heading);
    fill(text, lines, from.max(place.start), place.end, &mut chapter);
    chapter
}

/// The number as written; the whole word for prologues and the like.
fn number_of(line: &str, mark: &ChapterMark) -> String {
    let end = mark.title.as_ref().map_or(line.len(), |title| title.start);
    let written = &line[mark.written.clone()];
    match (mark.through, mark.number) {
        (Some(through), Some(number)) if through > number => line[mark.written.start..end]
            .trim_end_matches(|c: char| !c.is_alphanumeric())
            .to_owned(),
        _ => written.to_owned(),
    }
}

/// A title that only says the number again ("Chapter #1 - Chapter 1") is none.
fn own_title(line: &str, mark: &ChapterMark) -> Option<String> {
    let range = mark.title.clone()?;
    let range = super::titles::without_marks(line, range);
    let title = &line[range];
    let again = chapter_mark(title).is_some_and(|inner| {
        inner.title.is_none() && inner.number == mark.number && inner.number.is_some()
    });
    (!again && !title.is_empty()).then(|| title.to_owned())
}

fn unmarked(text: &str, lines: &[Line<'_>], from: usize, to: usize) -> BodyChapter {
    let mut chapter = BodyChapter::default();
    fill(text, lines, from, to, &mut chapter);
    chapter
}

/// Sets the places of notes and text of the lines `from..to`.
fn fill(text: &str, lines: &[Line<'_>], from: usize, to: usize, chapter: &mut BodyChapter) {
    let mut from = from.min(to);
    if chapter.heading.is_some()
        && let Some(end) = notes_end(lines, from, to)
    {
        chapter.notes = noted(text, lines, from, end);
        from = end;
    }
    let mut to = to;
    if chapter.heading.is_some()
        && let Some(start) = end_notes_start(lines, from, to)
    {
        chapter.end_notes = noted(text, lines, start, to);
        to = start;
    }
    let edge = lines.get(from).map_or(text.len(), |line| line.start);
    // Rules at the edges dress the marks; a scene break has text on both sides.
    let told = |index: &usize| !lines[*index].is_blank() && !lines[*index].is_rule();
    let first = (from..to).find(told);
    let last = (from..to).rev().find(told);
    chapter.start = first.map_or(edge, |index| lines[index].start);
    chapter.end = last.map_or(chapter.start, |index| lines[index].to);
}

fn noted(text: &str, lines: &[Line<'_>], from: usize, to: usize) -> Option<(String, Range<usize>)> {
    let first = (from..to).find(|index| !lines[*index].is_blank())?;
    let last = (from..to).rev().find(|index| !lines[*index].is_blank())?;
    let place = lines[first].from..lines[last].to;
    Some((super::fields::unwrapped(&text[place.clone()]), place))
}
