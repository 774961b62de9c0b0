//! Works and tags of the store as the index takes them.

use fanfold_model::{BlobState, TagId, WorkId};
use fanfold_search::{DayInterval, IndexedTag, IndexedWork};
use fanfold_storage::{IndexRecord, IndexTag};
use std::collections::HashMap;

/// A work as the index takes it: markup is removed here.
pub(crate) fn indexed_work(record: &IndexRecord, tags: &HashMap<TagId, IndexedTag>) -> IndexedWork {
    let work = &record.work;
    let plain = |html: &Option<String>| html.as_deref().map(fanfold_text::document::text_of);
    let days = |date: Option<fanfold_model::PartialDate>| {
        date.map(|date| DayInterval { first: date.first_day(), last: date.last_day() })
    };
    let imported = DayInterval { first: record.imported_day, last: record.imported_day };
    IndexedWork {
        id: work.id.map(WorkId::number).unwrap_or_default(),
        visibility: work.visibility,
        held: work.held.is_some(),
        adult: work.is_adult(),
        title: Some(work.title.clone()).filter(|_| !work.title_is_placeholder),
        creators: work.creators.iter().map(|credit| credit.name.clone()).collect(),
        summary: [&work.summary, &work.notes, &work.end_notes]
            .into_iter()
            .filter_map(plain)
            .collect(),
        chapters: work.chapters.iter().map(chapter_text).collect(),
        tags: record.tags.iter().filter_map(|tag| tags.get(&tag.id).cloned()).collect(),
        series: work.series.iter().map(|entry| entry.title.clone()).collect(),
        collections: Vec::new(),
        sources: source_names(record),
        language: work.language.clone(),
        text_language: text_language(record),
        status: work.status,
        words: work.words,
        chapter_count: work.chapters.len() as u64,
        kudos: work.stats.kudos,
        hits: work.stats.hits,
        comments: work.stats.comments,
        bookmarks: work.stats.bookmarks,
        published: days(work.published),
        updated: days(work.updated.or(work.published)),
        imported: Some(imported),
    }
}

/// A chapter's title is found with its text.
fn chapter_text(chapter: &fanfold_model::Chapter) -> String {
    let text = fanfold_text::document::text_of(&chapter.html);
    match &chapter.title {
        Some(title) => format!("{title}\n\n{text}"),
        None => text,
    }
}

/// The tags of some works, each made once.
pub(crate) fn tags_of(records: &[IndexRecord]) -> HashMap<TagId, IndexedTag> {
    let mut tags = HashMap::new();
    for tag in records.iter().flat_map(|record| &record.tags) {
        tags.entry(tag.id).or_insert_with(|| indexed_tag(tag));
    }
    tags
}

/// A tag as the index takes it.
pub(crate) fn indexed_tag(tag: &IndexTag) -> IndexedTag {
    IndexedTag::new(tag.id.number(), tag.kind, tag.names.clone())
}

fn text_language(record: &IndexRecord) -> Option<String> {
    let work = &record.work;
    let suggested = work.suggestions.iter().find(|suggestion| suggestion.field == "language");
    work.language.clone().or_else(|| suggested.map(|suggestion| suggestion.value.clone()))
}

/// What `source:` finds: formats, and the hosts of addresses.
fn source_names(record: &IndexRecord) -> Vec<String> {
    let mut names = Vec::new();
    for source in &record.work.sources {
        names.push(source.format.clone());
        let host = source.url.as_deref().and_then(|url| url.split("//").nth(1));
        names.extend(host.and_then(|rest| rest.split(['/', '?']).next()).map(str::to_owned));
        if source.blob == BlobState::Absent {
            names.push("absent".to_owned());
        }
    }
    names.sort();
    names.dedup();
    names
}
