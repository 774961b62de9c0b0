//! A story as plain text has it: furniture, a header, the body with its chapters, end marks, a footer.
//!
//! Pure functions over decoded text; every place is a byte range of the text that was given. Rules come
//! in families (labels, title and by-lines, codes, chapter marks, part marks, end marks, furniture,
//! work or not), each in its own module and usable alone by importers of other formats. Nothing is lost:
//! each line with words in it ends in a field, a chapter, a heading or a footer.
//!
//! Not done here: layouts whose labels were lost, digests, templates of single sites.

mod by_word;
mod byline;
mod chapters;
mod codes;
mod cues;
mod ends;
mod fields;
mod flat;
mod frame;
mod furniture;
pub mod fuzz;
mod header;
mod kind;
mod kind_shape;
mod kind_signs;
mod label_line;
mod label_table;
mod labels;
mod lines;
mod lone_labels;
mod marks;
mod notes;
mod numbers;
mod parts;
mod sections;
mod seen;
mod subtitle;
mod tail;
mod title_by;
mod titles;
mod trailing;
mod zone;

#[cfg(test)]
mod tests;

use std::ops::Range;

use fanfold_model::ReadAs;
use fanfold_model::SpanUnit;
use fanfold_model::{ExtractedField, FieldKind, PartMark};
use fanfold_model::{Finding, FindingCode};
use fanfold_model::{PartLink, SeriesEntry};

pub use byline::by_line;
pub use chapters::{ChapterMark, MarkWord, chapter_mark};
pub(crate) use codes::is_rating;
pub use ends::{EndMark, end_mark, related_work};
pub(crate) use furniture::is_furniture;
pub use label_line::{LabelHit, labels, unknown_label};
pub(crate) use lines::fold;
pub use numbers::NumberForm;
pub use parts::{PartIn, file_name_part, part_mark, without_part_mark};
pub use sections::BodyChapter;
pub use subtitle::subtitle_fandom;
pub use title_by::title_by;

use fields::Fields;
use header::Header;
use kind::{HeaderFacts, verdict};
use sections::Sections;

/// What a text was read as.
#[derive(Debug, Clone, PartialEq)]
pub struct TextReading {
    /// A work or not.
    pub read_as: ReadAs,
    /// Why, in a sentence for people.
    pub reason: String,
    /// Fields; of two for one kind the preferred first.
    pub fields: Vec<ExtractedField>,
    /// Chapters in order; their texts are the ranges `start..end` of the text given.
    pub chapters: Vec<BodyChapter>,
    /// The part this text is, if it says so. A lone "Chapter 1" without a total says nothing.
    pub part: Option<PartMark>,
    /// Series with a stated place.
    pub series: Vec<SeriesEntry>,
    /// Links to other parts and works.
    pub links: Vec<PartLink>,
    /// What was noticed.
    pub findings: Vec<Finding>,
}

/// Reads a decoded text; `unit` says what its byte places count in.
#[must_use]
pub fn read(text: &str, unit: SpanUnit) -> TextReading {
    let all = lines::without_double_spacing(flat::unflattened(text, lines::lines(text)));
    let story = frame::story(&all);
    let lines = &all[story.clone()];
    let mut fields = Fields::new(text, unit);
    let zone = zone::Zone::new(lines);
    let header = header::read(text, &zone, &mut fields);
    let end = tail::read(text, lines, header.end, &mut fields).max(header.end);
    frame::keep(&all, &story, &mut fields);
    let title = fields.first(FieldKind::Title).map(str::to_owned);
    let mut sections =
        sections::cut(text, lines, header.end, end, header.heading, title.as_deref());
    keep_rest(&sections, &header, &mut fields);
    name_single_chapter(text, &header, &mut sections);
    let part = part(text, lines, &header, &sections, &fields);
    let facts = HeaderFacts {
        labels: header.labels,
        titled: fields.has(FieldKind::Title),
        signed: fields.has(FieldKind::Creator),
        marks: sections.marks,
    };
    let verdict = verdict(lines, &lines[header.end..end], facts);
    report(&sections, &mut fields);
    if verdict.is_work && verdict.unsure {
        fields.note(FindingCode::LOW_CONFIDENCE, verdict.reason.clone(), &(0..text.len()));
    }
    let series = series(&fields);
    TextReading {
        read_as: if verdict.is_work { ReadAs::Work } else { ReadAs::NotAWork },
        reason: verdict.reason,
        fields: fields.fields,
        chapters: sections.chapters,
        part,
        series,
        links: fields.links,
        findings: fields.findings,
    }
}

/// What a label of one or a few words means by itself, if it is known.
pub(crate) fn kind_of_label(label: &str) -> Option<FieldKind> {
    labels::meaning(label)?.kinds.first().copied()
}

/// Whether a field was read from a label that only stories carry, and no letter or diary.
pub(crate) fn only_stories_carry(field: &ExtractedField) -> bool {
    use FieldKind as K;
    let of_stories = matches!(
        field.kind,
        K::Title
            | K::Creator
            | K::Rating
            | K::Summary
            | K::Disclaimer
            | K::Relationship
            | K::Warning
            | K::Fandom
            | K::Classification
            | K::Genre
            | K::Spoilers
            | K::Words
            | K::Permission
    );
    of_stories && field.rule == "label" && !field.label.is_empty()
}

/// Whether most of a text tells a story, whatever else stands in it.
pub(crate) fn tells_a_story(text: &str) -> bool {
    kind::tells_mostly(&lines::lines(text))
}

/// Whether a paragraph of a text tells or speaks, as stories do.
pub(crate) fn reads_as_telling(text: &str) -> bool {
    text.split("\n\n").any(cues::tells)
}

/// Text before the first chapter and tables of contents are kept as fields.
fn keep_rest(sections: &Sections, header: &Header, fields: &mut Fields<'_>) {
    let headed = sections.chapters.first().and_then(|chapter| chapter.heading.as_ref());
    if let Some(below) = &header.below_heading
        && headed.is_none_or(|heading| heading.end < below.end)
    {
        fields.add(FieldKind::Notes, "", below.clone(), "under-chapter-mark", 0.5);
    }
    if let Some(before) = &sections.before {
        fields.add(FieldKind::Notes, "", before.clone(), "before-first-mark", 0.5);
        fields.rating_inside(before.clone());
    }
    for place in &sections.contents {
        fields.add(FieldKind::Other, "contents", place.clone(), "contents", 0.9);
    }
}

/// "Tale, Chapter Two: Name" as a title names the only chapter of the file.
fn name_single_chapter(text: &str, header: &Header, sections: &mut Sections) {
    let [chapter] = sections.chapters.as_mut_slice() else { return };
    let Some((part, place)) = &header.chosen.part else { return };
    if chapter.number.is_some() {
        return;
    }
    if let Some(mark) = &part.chapter {
        let from = place.start - part.place.start;
        chapter.number =
            text.get(from + mark.written.start..from + mark.written.end).map(str::to_owned);
    }
    if chapter.title.is_none() {
        chapter.title.clone_from(&header.chosen.part_title);
    }
}

/// The part: a label's, else the title's, else the only mark above the text.
fn part(
    text: &str,
    lines: &[lines::Line<'_>],
    header: &Header,
    sections: &Sections,
    fields: &Fields<'_>,
) -> Option<PartMark> {
    let made = |part: u32, through: u32, of: Option<u32>, place: &Range<usize>| PartMark {
        part,
        through,
        of,
        written: text[place.clone()].to_owned(),
        span: Some(fields.span(place)),
    };
    let named = header.labelled_part.as_ref().or(header.chosen.part.as_ref());
    if let Some((part, place)) = named.filter(|(part, _)| part.part > 0 || part.of.is_some()) {
        return Some(made(part.part, part.through, part.of, place));
    }
    let Some(lone) = sections.lone.as_ref() else { return part_in_notes(fields) };
    let number = lone.mark.number?;
    let says = lone.mark.of.is_some() || number >= 2 || lone.mark.word == MarkWord::Part;
    let line = &lines[lone.line];
    says.then(|| {
        made(number, lone.mark.through.unwrap_or(number), lone.mark.of, &(line.from..line.to))
    })
}

/// "First part of two." in a note or summary, when nothing else says it.
fn part_in_notes(fields: &Fields<'_>) -> Option<PartMark> {
    fields
        .fields
        .iter()
        .filter(|field| matches!(field.kind, FieldKind::Notes | FieldKind::Summary))
        .find_map(|field| {
            let found = parts::ordinal_of(&field.value)?;
            let written = field.value[found.place.clone()].to_owned();
            Some(PartMark {
                part: found.part,
                through: found.through,
                of: found.of,
                written,
                span: field.span,
            })
        })
}

fn report(sections: &Sections, fields: &mut Fields<'_>) {
    if sections.silent_first {
        let place = sections.chapters.first().map_or(0..0, |chapter| chapter.start..chapter.end);
        fields.note(
            FindingCode::SILENT_FIRST_CHAPTER,
            "the first mark is number 2; the text before it is chapter 1",
            &place,
        );
    }
    let empty: Vec<Range<usize>> = sections
        .chapters
        .iter()
        .filter(|chapter| chapter.start == chapter.end && sections.chapters.len() > 1)
        .filter_map(|chapter| chapter.heading.clone())
        .collect();
    for place in empty {
        fields.note(FindingCode::EMPTY_CHAPTER, "there is no text under this mark", &place);
    }
}

/// A series value with a stated place: "Attic Tales, part 2", "Attic Tales #3", "Tales 4/7".
fn series(fields: &Fields<'_>) -> Vec<SeriesEntry> {
    fields
        .fields
        .iter()
        .filter(|field| field.kind == FieldKind::Series && field.value.chars().count() <= 120)
        .filter_map(|field| {
            let place = part_mark(&field.value)?;
            let (title, _) = without_part_mark(&field.value, &place);
            let title = title.trim_matches(['"', '“', '”', '«', '»', '*', '_']).to_owned();
            (!title.is_empty() && place.part > 0).then_some(SeriesEntry {
                title,
                part: Some(place.part),
                of: place.of,
                ..SeriesEntry::default()
            })
        })
        .collect()
}
