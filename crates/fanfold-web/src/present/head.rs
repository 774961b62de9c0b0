//! What stands above and beside a text, and the text itself.

use fanfold_app::{SeriesOrigin, WorkPage};
use fanfold_model::{Chapter, TagKind, Work};

use super::card::{facts, held_words, title, work_hue};
use super::{
    creator_links, kind_singular, language_name, number, stored_html, tag_links, when, work_number,
};
use crate::urls;
use crate::views::parts::{Download, NamedLink, SeriesPlace, TagRun};
use crate::views::words::{Count, SafeHtml};
use crate::views::works::{ChapterLine, ChapterText, ColophonRow, Dated, Stat, WorkHead};

/// Characters of relationships that are shown above the text.
const TWO_LINES: usize = 140;

/// The head and the colophon of a work.
pub(crate) fn head(page: &WorkPage) -> WorkHead {
    let work = &page.work;
    let id = work_number(work.id);
    WorkHead {
        id,
        href: urls::work(id),
        title: title(work),
        creators: creator_links(&page.creators),
        recipients: work.recipients.clone(),
        poster: work.poster.clone(),
        fandoms: tag_links(TagKind::Fandom, &work.fandoms),
        hue: work_hue(work),
        facts: facts(work, u32::try_from(work.chapters.len()).unwrap_or(u32::MAX)),
        relationships: TagRun::fold(
            tag_links(TagKind::Relationship, &work.relationships),
            TWO_LINES,
        ),
        colophon: colophon(work),
        series: page.series.iter().map(|place| series_place(place, work)).collect(),
        dates: dates(work),
        stats: stats(work),
        stats_as_of: work.stats.as_of.map(when),
        permissions: work.permissions.as_read.iter().cloned().collect(),
        summary: stored_html(work.summary.as_ref()),
        notes: stored_html(work.notes.as_ref()),
        end_notes: stored_html(work.end_notes.as_ref()),
        downloads: downloads(id, &work.title),
        sources_href: format!("{}/sources", urls::work(id)),
        mute: None,
        contents_href: format!("{}/chapters", urls::work(id)),
        held: work.held.as_deref().map(held_words),
    }
}

/// Rows in the order of AO3's header block. Unstated is said, because it is not "none".
fn colophon(work: &Work) -> Vec<ColophonRow> {
    let row = |kind: TagKind| {
        let names: Vec<String> = work.tags(kind).into_iter().map(str::to_owned).collect();
        let always = matches!(kind, TagKind::Rating | TagKind::Warning | TagKind::Fandom);
        (always || !names.is_empty()).then(|| ColophonRow {
            label: kind_singular(kind),
            links: tag_links(kind, &names),
            text: "not stated".to_owned(),
        })
    };
    let language = work.language.as_deref().map_or_else(|| "not stated".to_owned(), language_name);
    let language = ColophonRow { label: "Language", links: Vec::new(), text: language };
    TagKind::ALL.into_iter().filter_map(row).chain([language]).collect()
}

fn series_place(place: &fanfold_app::SeriesPlace, work: &Work) -> SeriesPlace {
    let is_stated = place.origin == SeriesOrigin::Stated;
    let stated = work.series.iter().find(|entry| is_stated && entry.title == place.title);
    let step =
        |to: &fanfold_app::SeriesNeighbour| NamedLink::new(&to.title, urls::work(number(to.id.0)));
    SeriesPlace {
        series: NamedLink::new(&place.title, urls::series(number(place.id.0))),
        part: place.part.map(|part| part.to_string()),
        of: stated.and_then(|entry| entry.of).map(|of| of.to_string()),
        found: place.origin == SeriesOrigin::Links,
        previous: place.previous.as_ref().map(step),
        next: place.next.as_ref().map(step),
    }
}

fn dates(work: &Work) -> Vec<Dated> {
    let dates = [
        ("Written", work.written),
        ("Published", work.published),
        ("Updated", work.updated),
        ("Captured", work.captured),
    ];
    dates.into_iter().filter_map(|(label, date)| Some(Dated { label, when: when(date?) })).collect()
}

fn stats(work: &Work) -> Vec<Stat> {
    let stats = &work.stats;
    let counts = [
        ("Kudos", stats.kudos),
        ("Hits", stats.hits),
        ("Comments", stats.comments),
        ("Bookmarks", stats.bookmarks),
    ];
    counts
        .into_iter()
        .filter_map(|(label, count)| Some(Stat { label, count: Count(count?) }))
        .collect()
}

/// Formats to carry a work away in.
fn downloads(id: u64, title: &str) -> Vec<Download> {
    let formats = [
        ("EPUB", "for e-readers", "epub"),
        ("HTML", "one page for any browser", "html"),
        ("Text", "plain, for everything", "txt"),
        ("Markdown", "for editing", "md"),
        ("JSON", "all that is known, for other archives", "json"),
    ];
    formats
        .into_iter()
        .map(|(name, purpose, extension)| Download {
            name,
            purpose,
            href: urls::download(id, title, extension),
        })
        .collect()
}

/// A chapter with its text.
pub(crate) fn chapter_text(work: &Work, chapter: &Chapter) -> ChapterText {
    ChapterText {
        position: chapter.position,
        href: urls::chapter(work_number(work.id), chapter.position),
        label: (work.chapters.len() > 1).then(|| chapter_label(chapter)),
        title: chapter.title.clone(),
        summary: stored_html(chapter.summary.as_ref()),
        notes: stored_html(chapter.notes.as_ref()),
        end_notes: stored_html(chapter.end_notes.as_ref()),
        html: SafeHtml(chapter.html.clone()),
        words: Count(chapter.words),
        published: chapter.published.map(when),
    }
}

/// `Chapter 3`, or the source's own word such as `Prologue`.
fn chapter_label(chapter: &Chapter) -> String {
    match chapter.number.as_deref().map(str::trim) {
        Some(own) if own.chars().any(char::is_alphabetic) && own.chars().count() > 6 => {
            own.to_owned()
        }
        Some(own) if !own.is_empty() => format!("Chapter {own}"),
        _ => format!("Chapter {}", chapter.position),
    }
}

/// A chapter in one line: `Chapter 2: Forty miles`.
pub(crate) fn chapter_title(chapter: &Chapter) -> String {
    match &chapter.title {
        Some(title) => format!("{}: {title}", chapter_label(chapter)),
        None => chapter_label(chapter),
    }
}

/// The table of contents, with the parts that are known to be missing at their places.
pub(crate) fn chapter_lines(work: &Work, current: Option<u32>) -> Vec<ChapterLine> {
    let id = work_number(work.id);
    let place = |chapter: &Chapter| {
        chapter
            .number
            .as_deref()
            .and_then(|number| number.trim().parse().ok())
            .unwrap_or(chapter.position)
    };
    let mut lines: Vec<(u32, ChapterLine)> = work
        .chapters
        .iter()
        .map(|chapter| {
            let line = ChapterLine {
                number: chapter.number.clone().unwrap_or_else(|| chapter.position.to_string()),
                title: chapter.title.clone().unwrap_or_else(|| chapter_label(chapter)),
                href: Some(urls::chapter(id, chapter.position)),
                words: Count(chapter.words),
                published: chapter.published.map(when),
                current: current == Some(chapter.position),
            };
            (place(chapter), line)
        })
        .collect();
    for part in &work.missing_parts {
        let line = ChapterLine {
            number: part.to_string(),
            title: format!("Part {part}"),
            ..ChapterLine::default()
        };
        let at = lines.iter().position(|(place, _)| place > part).unwrap_or(lines.len());
        lines.insert(at, (*part, line));
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chapter(position: u32, number: Option<&str>) -> Chapter {
        Chapter { position, number: number.map(str::to_owned), ..Chapter::default() }
    }

    #[test]
    fn a_missing_part_stands_at_its_place_among_the_chapters() {
        let work = Work {
            chapters: vec![chapter(1, Some("1")), chapter(2, Some("3")), chapter(3, Some("4"))],
            missing_parts: vec![2, 5],
            ..Work::default()
        };
        let numbers: Vec<String> =
            chapter_lines(&work, None).into_iter().map(|line| line.number).collect();
        assert_eq!(numbers, ["1", "2", "3", "4", "5"]);
    }

    #[test]
    fn a_chapter_is_called_what_its_source_calls_it() {
        assert_eq!(chapter_label(&chapter(1, Some("Prologue"))), "Prologue");
        assert_eq!(chapter_label(&chapter(2, Some("IV"))), "Chapter IV");
        assert_eq!(chapter_label(&chapter(3, None)), "Chapter 3");
    }

    #[test]
    fn what_a_work_does_not_state_the_colophon_says_so() {
        let rows = colophon(&Work::default());
        let rating = rows.iter().find(|row| row.label == "Rating").unwrap();
        assert_eq!((rating.links.len(), rating.text.as_str()), (0, "not stated"));
    }
}
