//! Works in lists.

use fanfold_app::Card;
use fanfold_model::{TagKind, Work};

use super::{
    creator_links, language_name, status_words, stored_html, tag_links, when, work_number,
};
use crate::urls;
use crate::views::parts::{Facts, NamedLink, SeriesPlace, TagRun, Title, WorkCard};
use crate::views::words::{Count, When, hue};

/// Characters of tags that are shown before the rest is folded: about two lines.
const TWO_LINES: usize = 160;

/// Cards in their order.
pub(crate) fn cards(cards: &[Card]) -> Vec<WorkCard> {
    cards.iter().map(card).collect()
}

/// A work in a list.
pub(crate) fn card(card: &Card) -> WorkCard {
    let work = &card.work;
    let id = work_number(work.id);
    WorkCard {
        id,
        href: urls::work(id),
        title: title(work),
        creators: creator_links(&card.creators),
        fandoms: tag_links(TagKind::Fandom, &work.fandoms),
        hue: work_hue(work),
        facts: facts(work, card.chapters),
        relationships: tag_links(TagKind::Relationship, &work.relationships),
        characters: TagRun::fold(tag_links(TagKind::Character, &work.characters), TWO_LINES),
        freeforms: TagRun::fold(tag_links(TagKind::Freeform, &work.freeforms), TWO_LINES),
        summary: stored_html(work.summary.as_ref()),
        series: places(work),
        origin: work.sources.first().map(source_words),
        updated: work
            .updated
            .or(work.published)
            .map(when)
            .or_else(|| Some(When::from_iso(&card.imported))),
        language: work
            .language
            .as_deref()
            .filter(|code| !code.starts_with("en"))
            .map(language_name),
        snippets: Vec::new(),
        held: work.held.as_deref().map(held_words),
    }
}

/// A title with its language.
pub(crate) fn title(work: &Work) -> Title {
    let text =
        if work.title.trim().is_empty() { "Untitled".to_owned() } else { work.title.clone() };
    Title { text, language: work.language.clone(), placeholder: work.title_is_placeholder }
}

/// The hue of a work is its first fandom's.
pub(super) fn work_hue(work: &Work) -> u8 {
    work.fandoms.first().map_or(0, |fandom| hue(fandom))
}

/// Facts in one line.
pub(super) fn facts(work: &Work, chapters: u32) -> Facts {
    Facts {
        rating: work.rating.map(|rating| rating.as_str().to_owned()),
        warnings: work.warnings.clone(),
        categories: work.categories.clone(),
        status: status_words(work.status).map(str::to_owned),
        chapters,
        chapters_expected: work.chapters_expected,
        words: Count(work.words),
    }
}

/// Why a work waits, in words.
pub(super) fn held_words(reason: &str) -> String {
    match reason {
        "permission" => "waits for the creator’s permission".to_owned(),
        "policy" => "waits because this library holds new works back".to_owned(),
        "underage" => "waits because a label speaks of underage content".to_owned(),
        "takedown" => "taken down on request".to_owned(),
        other => other.to_owned(),
    }
}

/// Where a source lay.
fn source_words(source: &fanfold_model::Source) -> String {
    match &source.member {
        Some(member) => format!("{} › {member}", source.path),
        None => source.path.clone(),
    }
}

/// Series by title only: a card knows no numbers of series, so the link searches.
fn places(work: &Work) -> Vec<SeriesPlace> {
    let place = |entry: &fanfold_model::SeriesEntry| SeriesPlace {
        series: NamedLink::new(
            &entry.title,
            urls::search(&format!("series:\"{}\"", entry.title.replace('"', " "))),
        ),
        part: entry.part.map(|part| part.to_string()),
        of: entry.of.map(|of| of.to_string()),
        ..SeriesPlace::default()
    };
    work.series.iter().map(place).collect()
}
