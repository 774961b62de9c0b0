//! The header block of a work as every export shows it: labels and values in the order AO3's
//! readers know, every tag in the order its creator wrote it.

use fanfold_model::{SeriesEntry, Status, Work};

/// A label and its values.
pub(crate) struct Line {
    /// The label.
    pub(crate) label: &'static str,
    /// The values in order.
    pub(crate) values: Vec<String>,
}

/// The lines of a work's header block; what is not known is left out.
pub(crate) fn lines(work: &Work) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut push = |label, values: Vec<String>| {
        if !values.is_empty() {
            lines.push(Line { label, values });
        }
    };
    push("Rating", work.rating.iter().map(ToString::to_string).collect());
    push("Archive Warnings", work.warnings.clone());
    push("Categories", work.categories.clone());
    push("Fandoms", work.fandoms.clone());
    push("Relationships", work.relationships.clone());
    push("Characters", work.characters.clone());
    push("Additional Tags", work.freeforms.clone());
    push("Language", work.language.iter().cloned().collect());
    push("Series", work.series.iter().map(series).collect());
    push("Published", work.published.iter().map(ToString::to_string).collect());
    push("Updated", work.updated.iter().map(ToString::to_string).collect());
    push("Status", status(work.status).map(str::to_owned).into_iter().collect());
    push("Words", vec![work.words.to_string()]);
    push("Chapters", vec![chapters(work)]);
    lines
}

/// "2/5", "2/?" or "1/1", as AO3 counts chapters.
pub(crate) fn chapters(work: &Work) -> String {
    let expected = work.chapters_expected.map(|expected| expected.to_string());
    let known = (work.status == Status::Complete).then(|| work.chapters.len().to_string());
    format!("{}/{}", work.chapters.len(), expected.or(known).unwrap_or_else(|| "?".to_owned()))
}

/// "Part 2 of Attic Tales".
pub(crate) fn series(entry: &SeriesEntry) -> String {
    match entry.part {
        Some(part) => format!("Part {part} of {}", entry.title),
        None => entry.title.clone(),
    }
}

/// The status in words; nothing for an unknown one.
pub(crate) fn status(status: Status) -> Option<&'static str> {
    match status {
        Status::Complete => Some("Complete"),
        Status::InProgress => Some("In progress"),
        Status::Hiatus => Some("On hiatus"),
        Status::Abandoned => Some("Abandoned"),
        Status::Unknown => None,
    }
}

/// "Wren and Heron", or nothing.
pub(crate) fn by_line(work: &Work) -> Option<String> {
    let names: Vec<&str> = work.creators.iter().map(|credit| credit.name.as_str()).collect();
    match names.as_slice() {
        [] => None,
        [one] => Some((*one).to_owned()),
        [first @ .., last] => Some(format!("{} and {last}", first.join(", "))),
    }
}

/// "Chapter 2: The Cellar", "Prologue", or the bare title.
pub(crate) fn chapter_heading(chapter: &fanfold_model::Chapter) -> String {
    let number = chapter.number.as_deref().map(|number| {
        let counts = number.chars().all(|c| c.is_ascii_digit() || "IVXLCivxlc".contains(c));
        if counts { format!("Chapter {number}") } else { number.to_owned() }
    });
    match (number, &chapter.title) {
        (Some(number), Some(title)) => format!("{number}: {title}"),
        (Some(number), None) => number,
        (None, Some(title)) => title.clone(),
        (None, None) => format!("Chapter {}", chapter.position),
    }
}

/// The addresses the work came from.
pub(crate) fn addresses(work: &Work) -> Vec<&str> {
    let mut urls: Vec<&str> =
        work.sources.iter().filter_map(|source| source.url.as_deref()).collect();
    urls.dedup();
    urls
}
