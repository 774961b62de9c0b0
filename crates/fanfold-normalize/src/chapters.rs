//! Chapters in reading order, their words counted, and the source's own claims held against the count.

use crate::creators;
use crate::dates::chapter_date;
use crate::draft::Draft;
use crate::fold::fold;
use crate::lists::one_line;
use crate::numbers::count;
use crate::phrase::has_any;
use crate::status;
use fanfold_model::{Chapter, Credit, ExtractedChapter, FieldKind, FindingCode};
use fanfold_text::{sanitize, wordcount};

/// A claim that is off by less than this many words is never remarked on.
const SMALLEST_GAP: u64 = 200;

/// Takes over the chapters, then reads status and the claims about words and chapters.
pub(crate) fn read(draft: &mut Draft<'_>) {
    let extracted = draft.extracted;
    let chapters: Vec<Chapter> = extracted
        .chapters
        .iter()
        .zip(1_u32..)
        .map(|(chapter, position)| one(draft, chapter, position))
        .collect();
    draft.work.words = chapters.iter().map(|chapter| chapter.words).sum();
    draft.work.chapters = chapters;
    status::read(draft);
    words_claim(draft);
    chapters_claim(draft);
}

fn one(draft: &Draft<'_>, chapter: &ExtractedChapter, position: u32) -> Chapter {
    let html = sanitize::clean(&chapter.html).html;
    let prose = |html: &Option<String>| {
        html.as_deref()
            .map(|html| sanitize::clean(html).html.into_string())
            .filter(|html| !html.trim().is_empty())
    };
    let text =
        |text: &Option<String>| text.as_deref().map(one_line).filter(|text| !text.is_empty());
    let credits =
        chapter.creators.iter().flat_map(|name| creators::chapter_names(name)).map(Credit::author);
    Chapter {
        uid: None,
        position,
        title: text(&chapter.title),
        number: text(&chapter.number),
        words: u64::try_from(wordcount::count(&html)).unwrap_or(u64::MAX),
        creators: credits.collect(),
        published: chapter.published.as_deref().and_then(|date| chapter_date(draft, date)),
        url: text(&chapter.url),
        summary: prose(&chapter.summary),
        notes: prose(&chapter.notes),
        end_notes: prose(&chapter.end_notes),
        html: html.into_string(),
    }
}

/// A stated word count is a claim to check; a size in kilobytes is none.
fn words_claim(draft: &mut Draft<'_>) {
    for value in draft.values(FieldKind::Words) {
        let folded = fold(&value.text);
        let is_size = has_any(
            &folded,
            &[
                "kb",
                "k bytes",
                "kbytes",
                "bytes",
                "mb",
                "pages",
                "page",
                "seiten",
                "pagine",
                "страниц*",
                "chapters",
                "parts",
                "s.",
            ],
        ) || folded.contains("kb");
        let Some(claimed) = count(&value.text).filter(|_| !is_size) else { continue };
        let counted = draft.work.words;
        let gap = claimed.abs_diff(counted);
        if counted > 0 && gap > SMALLEST_GAP && gap.saturating_mul(4) > claimed.max(counted) {
            draft.finding(
                FindingCode::WORDS_DIFFER,
                format!("the source says {claimed} words, {counted} were counted"),
                value.field,
            );
        }
    }
}

/// A stated number of chapters is one too, unless this is one part of several.
fn chapters_claim(draft: &mut Draft<'_>) {
    let found = u32::try_from(draft.work.chapters.len()).unwrap_or(u32::MAX);
    if draft.extracted.part.is_some()
        || found == 0
        || draft.has_finding(FindingCode::CHAPTERS_DIFFER)
    {
        return;
    }
    for value in draft.values(FieldKind::Chapters) {
        let claimed = status::fraction(&value.text)
            .map(|(so_far, _)| so_far)
            .or_else(|| value.text.trim().parse().ok());
        if let Some(claimed) = claimed.filter(|claimed| *claimed != found && *claimed > 0) {
            draft.finding(
                FindingCode::CHAPTERS_DIFFER,
                format!("the source says {claimed} chapters, {found} were found"),
                value.field,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::samples::{chapter, codes, field, normalized, of};
    use fanfold_model::{ExtractedChapter, FieldKind};

    #[test]
    fn chapters_keep_their_order_and_are_counted() {
        let mut extracted = of([]);
        extracted.chapters = vec![
            ExtractedChapter {
                number: Some(" IV ".into()),
                title: Some("The  Cellar".into()),
                published: Some("17 May 2003".into()),
                ..chapter("<p>One two three.</p>")
            },
            ExtractedChapter {
                creators: vec!["Wren <wren@example.invalid>".into()],
                ..chapter("<p>Four five.</p>")
            },
        ];
        let work = normalized(&extracted);
        assert_eq!(work.words, 5);
        assert_eq!(work.chapters[0].number.as_deref(), Some("IV"));
        assert_eq!(work.chapters[0].title.as_deref(), Some("The Cellar"));
        assert_eq!(
            work.chapters[0].published.map(|date| date.to_string()).as_deref(),
            Some("2003-05-17")
        );
        assert_eq!(work.chapters[1].position, 2);
        assert_eq!(work.chapters[1].creators[0].name, "Wren");
    }

    #[test]
    fn a_claimed_word_count_is_checked_with_tolerance() {
        let body = format!("<p>{}</p>", "word ".repeat(1000));
        for (claim, remarked) in [
            ("1,000", false),
            ("1100ish", false),
            ("5,000 words", true),
            ("40kb, short story", false),
            ("12 pages", false),
            ("2k", true),
            ("300", true),
        ] {
            let mut extracted = of([field(FieldKind::Words, "Word Count", claim)]);
            extracted.chapters = vec![chapter(&body)];
            assert_eq!(
                codes(&normalized(&extracted)).contains(&"words-differ"),
                remarked,
                "{claim}"
            );
        }
    }

    #[test]
    fn a_claimed_chapter_count_is_checked_too() {
        for (claim, remarked) in
            [("1/1", false), ("3/5", true), ("1", false), ("4", true), ("many", false)]
        {
            let mut extracted = of([field(FieldKind::Chapters, "Chapters", claim)]);
            extracted.chapters = vec![chapter("<p>Text.</p>")];
            assert_eq!(
                codes(&normalized(&extracted)).contains(&"chapters-differ"),
                remarked,
                "{claim}"
            );
        }
    }
}
