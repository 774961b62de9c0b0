//! `/works/ID/sources`: where a work comes from.

use axum::extract::{Path, State};
use fanfold_app::{ChapterChoice, HistoryLine as Stored, SourcesPage as StoredPage};
use fanfold_model::{BlobState, EditField, Evidence, Source, Work, WorkId, all_finding_codes};

use super::facsimile::{Mark, facsimile};
use super::show::gate;
use crate::answer::{Answer, page};
use crate::error::Problem;
use crate::present;
use crate::reader::Reader;
use crate::site::{Shared, Site};
use crate::urls;
use crate::views::frame::Section;
use crate::views::sources::{
    Facsimile, FindingLine, HistoryLine, OriginalLabel, Reading, SourceLine, SourcesPage,
    SuggestionLine,
};
use crate::views::words::When;

/// `/works/ID/sources`
pub(crate) async fn sources(State(site): Shared, reader: Reader, Path(id): Path<i64>) -> Answer {
    let id = WorkId(id);
    let stored =
        site.archive.work(id, site.viewer(), ChapterChoice::None).await?.ok_or(Problem::Missing)?;
    if let Some(gate) = gate(&site, &reader, &stored) {
        return page(&reader, &gate);
    }
    let from = site.archive.sources(id, site.viewer()).await?.ok_or(Problem::Missing)?;
    let history = if site.is_owners() { site.archive.history(id).await? } else { Vec::new() };
    let (readings, facsimiles) = readings(&site, id, &from.work).await?;
    let head = present::head(&stored);
    let view = SourcesPage {
        frame: reader.frame(&site, format!("Where {} comes from", head.title.text), Section::Works),
        title: head.title,
        href: head.href,
        uid: from.work.uid.map(|uid| uid.to_string()).unwrap_or_default(),
        creators: head.creators,
        sources: source_lines(&from.work),
        readings,
        facsimiles,
        labels: labels(&from.work),
        findings: findings(&from.work),
        suggestions: suggestions(&from.work),
        versions: versions(&site, &from.work),
        edits: history.iter().map(history_line).chain(edits(&site, &from)).collect(),
    };
    page(&reader, &view)
}

fn source_lines(work: &Work) -> Vec<SourceLine> {
    let id = present::work_number(work.id);
    let line = |(place, source): (usize, &Source)| SourceLine {
        path: path_words(source),
        format: format_words(&source.format),
        encoding: source.encoding.clone(),
        hash: source.blake3.to_string(),
        download_href: (source.blob == BlobState::Stored)
            .then(|| format!("{}/sources/{place}", urls::work(id))),
        url: source.url.clone(),
        size: None,
        imported: None,
    };
    work.sources.iter().enumerate().map(line).collect()
}

fn path_words(source: &Source) -> String {
    match &source.member {
        Some(member) => format!("{} › {member}", source.path),
        None => source.path.clone(),
    }
}

/// An importer's name in words.
pub(crate) fn format_words(format: &str) -> String {
    match format {
        "plain-text" => "Plain text".to_owned(),
        "html" | "generic-html" => "Web page".to_owned(),
        "markdown" => "Markdown".to_owned(),
        "ao3-html" => "AO3 download (HTML)".to_owned(),
        "ao3-epub" => "AO3 download (EPUB)".to_owned(),
        "epub" => "EPUB".to_owned(),
        "canonical-json" | "jsonl" => "Canonical JSON".to_owned(),
        other => other.replace('-', " "),
    }
}

/// Every value with how it was read, and the originals with the places marked. Readings with a place come
/// first, in the order of the places.
async fn readings(
    site: &Site,
    id: WorkId,
    work: &Work,
) -> Result<(Vec<Reading>, Vec<Facsimile>), Problem> {
    let mut facsimiles = Vec::new();
    let mut readings = Vec::new();
    let mut number = 0;
    for (place, source) in work.sources.iter().enumerate() {
        let mut of_this: Vec<&(String, Evidence)> = work
            .evidence
            .iter()
            .filter(|(_, e)| e.source as usize == place && e.span.is_some())
            .collect();
        of_this.sort_by_key(|(_, evidence)| evidence.span.map(|span| span.start));
        if of_this.is_empty() {
            continue;
        }
        let Some(original) = site.archive.original_text(id, site.viewer(), place).await? else {
            continue;
        };
        let spans = of_this
            .iter()
            .filter_map(|(_, evidence)| original.place(evidence.span?))
            .collect::<Vec<_>>();
        let marks: Vec<Mark> = spans
            .iter()
            .enumerate()
            .map(|(i, (from, to))| Mark { from: *from, to: *to, number: number + i + 1 })
            .collect();
        for ((field, evidence), mark) in of_this.iter().zip(&marks) {
            let quote = original.text.get(mark.from..mark.to).map(str::to_owned);
            readings.push(reading(work, field, evidence, Some(mark.number), quote));
        }
        number += marks.len();
        facsimiles.push(facsimile(path_words(source), &original.text, &marks));
    }
    let seen: Vec<String> = readings.iter().map(|reading| reading.field.clone()).collect();
    let rest =
        work.evidence.iter().map(|(field, evidence)| reading(work, field, evidence, None, None));
    readings.extend(rest.filter(|reading| !seen.contains(&reading.field)));
    Ok((readings, facsimiles))
}

fn reading(
    work: &Work,
    field: &str,
    evidence: &Evidence,
    number: Option<usize>,
    quote: Option<String>,
) -> Reading {
    Reading {
        number,
        field: field_words(field),
        value: value_words(work, field),
        rule: rule_words(&evidence.rule),
        confidence: evidence.confidence,
        quote: quote.filter(|quote| !quote.trim().is_empty()).map(|quote| shortened(&quote, 400)),
        curated: work.curated.iter().any(|name| name == field),
    }
}

fn field_words(field: &str) -> String {
    let words = field.replace(['_', '-'], " ");
    let mut letters = words.chars();
    letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default() + letters.as_str()
}

/// The value as the work shows it now.
fn value_words(work: &Work, field: &str) -> String {
    let list = match field {
        "title" => return work.title.clone(),
        "creators" => work.creators.iter().map(|credit| credit.name.clone()).collect(),
        "fandoms" => work.fandoms.clone(),
        "relationships" => work.relationships.clone(),
        "characters" => work.characters.clone(),
        "categories" => work.categories.clone(),
        "warnings" => work.warnings.clone(),
        "freeforms" => work.freeforms.clone(),
        "series" => work.series.iter().map(|series| series.title.clone()).collect(),
        "chapters" => {
            return crate::views::words::Count(work.chapters.len() as u64)
                .of("chapter", "chapters");
        }
        _ => {
            let value = EditField::from_name(field).and_then(|field| work.field_value(field));
            return value.map_or_else(|| "see the work".to_owned(), |value| shortened(&value, 300));
        }
    };
    list.join(", ")
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most).chain(['…']).collect()
}

fn rule_words(rule: &str) -> String {
    match rule {
        "label" => "the value after a label".to_owned(),
        "by-line" => "the by-line".to_owned(),
        "opf" => "the package file of the e-book".to_owned(),
        "ao3-preface" => "the preface of an AO3 download".to_owned(),
        "front-matter" => "the front matter".to_owned(),
        other => format!("rule “{}”", other.replace(['-', '_'], " ")),
    }
}

fn labels(work: &Work) -> Vec<OriginalLabel> {
    work.original
        .iter()
        .map(|(label, values)| OriginalLabel { label: label.clone(), values: values.clone() })
        .collect()
}

fn findings(work: &Work) -> Vec<FindingLine> {
    let line = |finding: &fanfold_model::Finding| FindingLine {
        level: finding.level.as_str(),
        code: finding.code.clone(),
        message: finding.message.clone(),
        advice: all_finding_codes()
            .iter()
            .find(|known| known.code == finding.code)
            .map(|known| known.next.to_owned()),
    };
    work.findings.iter().map(line).collect()
}

fn suggestions(work: &Work) -> Vec<SuggestionLine> {
    work.suggestions
        .iter()
        .map(|s| SuggestionLine {
            field: field_words(&s.field),
            value: s.value.clone(),
            why: s.why.clone(),
        })
        .collect()
}

fn versions(site: &Site, work: &Work) -> Vec<HistoryLine> {
    let own = urls::work(present::work_number(work.id));
    let line = |version: &fanfold_model::VersionNote| HistoryLine {
        when: Some(When::from_iso(&version.stored)),
        href: (site.is_owners() && !version.shown)
            .then(|| format!("{own}/versions/{}", version.number)),
        actor: None,
        words: format!(
            "Version {} stored, {}{}.",
            version.number,
            crate::views::words::Count(version.words).of("word", "words"),
            if version.shown { ", shown now" } else { "" }
        ),
    };
    work.versions.iter().map(line).collect()
}

fn history_line(line: &Stored) -> HistoryLine {
    let mut words = field_words(&line.action);
    if let Some(subject) = &line.subject {
        words = format!("{words}: {}", subject.replace(['_', '-'], " "));
    }
    match (&line.before, &line.after) {
        (Some(before), Some(after)) => {
            words = format!("{words}, from {} to {}", shortened(before, 120), shortened(after, 120))
        }
        (None, Some(after)) => words = format!("{words}, to {}", shortened(after, 120)),
        (Some(before), None) => words = format!("{words}, taken away: {}", shortened(before, 120)),
        (None, None) => {}
    }
    HistoryLine {
        when: Some(When::from_iso(&line.at)),
        href: None,
        actor: Some(line.actor.clone()),
        words: format!("{words}."),
    }
}

/// Strangers see that a curator changed something and when, not the whole history.
fn edits(site: &Site, from: &StoredPage) -> Vec<HistoryLine> {
    if site.is_owners() {
        return Vec::new();
    }
    let line = |edit: &fanfold_model::Edit| HistoryLine {
        when: Some(When::from_iso(&edit.at)),
        href: None,
        actor: None,
        words: format!("{} changed by a person.", field_words(edit.field.as_str())),
    };
    from.edits.iter().map(line).collect()
}
