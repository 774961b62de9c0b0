//! One reading of a group of parts.

use super::drift::is_newer;
use super::order::{in_order, taken_for};
use super::{PartCard, missing};
use crate::comments;
use fanfold_model::{
    Extracted, ExtractedChapter, ExtractedField, FieldKind, Finding, FindingCode, LinkRel, ReadAs,
    fold_name,
};
use fanfold_text::paragraphs;

/// Joins parts. The sources of the joined reading are the parts in the order given: a field's `source` is the place of
/// its part in `parts`. Gives the reading and the numbers of missing parts.
#[must_use]
pub fn join(parts: Vec<(PartCard, Extracted)>) -> (Extracted, Vec<u32>) {
    let cards: Vec<PartCard> = parts
        .iter()
        .enumerate()
        .map(|(place, (card, _))| PartCard { index: place, ..card.clone() })
        .collect();
    let given: Vec<&PartCard> = cards.iter().collect();
    let (order, duplicates) = in_order(&given);
    let missing = missing(&order);
    let mut readings: Vec<Option<Extracted>> =
        parts.into_iter().map(|(_, extracted)| Some(extracted)).collect();
    let mut joined = Extracted::new(ReadAs::Work);
    for card in &order {
        if let Some(part) = readings.get_mut(card.index).and_then(Option::take) {
            add(part, card, &mut joined);
        }
    }
    keep_open_links(&order, &mut joined);
    joined.findings.extend(duplicates.iter().map(|card| repeated(card, &order)));
    joined.findings.extend(renamed(&order));
    for part in &missing {
        let what = format!("Part {part} was not found.");
        joined.findings.push(Finding::new(FindingCode::MISSING_PART, what));
    }
    (joined, missing)
}

/// What is said of a part that is not shown, because another has its place.
fn repeated(card: &PartCard, order: &[&PartCard]) -> Finding {
    let source = u32::try_from(card.index).ok();
    let written = card.place.written();
    let newer = taken_for(order, card).is_some_and(|taken| is_newer(taken, card));
    if newer {
        let what = format!(
            "Part {written} was posted again, revised; the newer one was taken and this one kept beside it."
        );
        return Finding { source, ..Finding::new(FindingCode::PART_REVISED, what) };
    }
    let what = format!("Part {written} is here twice; the first was taken.");
    Finding { source, ..Finding::new(FindingCode::DUPLICATE_PART, what) }
}

/// Parts that stand under another title than the first.
fn renamed(order: &[&PartCard]) -> Vec<Finding> {
    let Some(first) = order.first().filter(|card| card.work.is_none()) else { return Vec::new() };
    let other = |card: &&&PartCard| !card.titles.contains(&first.title_key);
    let finding = |card: &&PartCard| {
        let what = format!(
            "Part {} stands under another title, “{}”; sender and numbering say that it belongs here.",
            card.place.written(),
            card.title_key
        );
        let source = u32::try_from(card.index).ok();
        Finding { source, ..Finding::new(FindingCode::PART_RENAMED, what) }
    };
    order.iter().filter(other).map(finding).collect()
}

fn add(part: Extracted, card: &PartCard, joined: &mut Extracted) {
    let source = u32::try_from(card.index).unwrap_or(u32::MAX);
    let is_first = joined.chapters.is_empty();
    let mut chapters = part.chapters;
    for field in part.fields {
        add_field(ExtractedField { source, ..field }, card, &mut chapters, joined);
    }
    // The page of a thread counts pages, not chapters.
    let counts_pages = card.part.written.starts_with("page ");
    if let [only] = chapters.as_mut_slice()
        && !counts_pages
    {
        only.number.get_or_insert_with(|| card.place.written());
    }
    joined
        .chapters
        .extend(chapters.into_iter().map(|chapter| ExtractedChapter { source, ..chapter }));
    let findings =
        part.findings.into_iter().map(|finding| Finding { source: Some(source), ..finding });
    joined.findings.extend(findings);
    joined.links.extend(part.links);
    joined
        .related
        .extend(part.related.into_iter().filter(|related| is_first || !related.rel.is_empty()));
    for identity in part.identities {
        if !joined.identities.contains(&identity) {
            joined.identities.push(identity);
        }
    }
    for series in part.series {
        let known =
            joined.series.iter().any(|own| fold_name(&own.title) == fold_name(&series.title));
        if !known {
            joined.series.push(series);
        }
    }
    if joined.encoding.is_none() {
        joined.encoding = part.encoding;
    }
    for companion in part.companions {
        if !joined.companions.iter().any(|own| own.blake3 == companion.blake3) {
            joined.companions.push(companion);
        }
    }
    for learnt in part.learnt {
        if !joined.learnt.contains(&learnt) {
            joined.learnt.push(learnt);
        }
    }
    // What one part may not show, the whole may not.
    joined.held = joined.held.take().or(part.held);
}

/// Adds a field of a part whose chapters are not yet added.
fn add_field(
    mut field: ExtractedField,
    card: &PartCard,
    chapters: &mut [ExtractedChapter],
    joined: &mut Extracted,
) {
    if is_review(&field) {
        // Every part has its own, about its own chapters.
        field.value = comments::moved(&field.value, joined.chapters.len());
        joined.fields.push(field);
    } else if joined.chapters.is_empty() {
        joined.fields.push(field);
    } else if card.work.is_some() {
        // Each page of a site tells all about the whole work; the first is believed.
        if joined.fields_of(field.kind).next().is_none() {
            joined.fields.push(field);
        }
    } else if let Some(field) = of_the_part(field, chapters) {
        add_new(field, joined);
    }
}

fn is_review(field: &ExtractedField) -> bool {
    field.kind == FieldKind::Other && field.label == comments::LABEL
}

/// Summaries and notes of a later part are its first chapter's own; everything else is the work's.
fn of_the_part(field: ExtractedField, chapters: &mut [ExtractedChapter]) -> Option<ExtractedField> {
    let last = chapters.len().saturating_sub(1);
    let place = match field.kind {
        FieldKind::Summary => chapters.first_mut().map(|chapter| &mut chapter.summary),
        FieldKind::Notes => chapters.first_mut().map(|chapter| &mut chapter.notes),
        FieldKind::EndNotes => chapters.get_mut(last).map(|chapter| &mut chapter.end_notes),
        _ => None,
    };
    let Some(place) = place.filter(|place| place.is_none()) else { return Some(field) };
    *place = Some(if field.html {
        field.value
    } else {
        paragraphs::to_html(&field.value).html.into_string()
    });
    None
}

fn add_new(field: ExtractedField, joined: &mut Extracted) {
    let key = |own: &ExtractedField| fold_name(&own.value);
    let known = joined.fields.iter().any(|own| own.kind == field.kind && key(own) == key(&field));
    let is_title = field.kind == FieldKind::Title && field.rule != "label";
    if !known && !is_title {
        joined.fields.push(field);
    }
}

/// A link to a part that is here says nothing more, and a link that names neither part nor title never did.
fn keep_open_links(order: &[&PartCard], joined: &mut Extracted) {
    let titles: Vec<String> = joined
        .chapters
        .iter()
        .filter_map(|chapter| chapter.title.as_deref().map(fold_name))
        .collect();
    joined.links.retain(|link| {
        let among = matches!(link.rel, LinkRel::Next | LinkRel::Previous);
        let numbered = link.part.is_some_and(|part| order.iter().any(|card| card.covers(part)));
        let titled = link.title.as_deref().map(fold_name);
        let named = titled.as_ref().is_some_and(|title| titles.contains(title));
        let nothing = link.part.is_none() && titled.is_none();
        !(among && (numbered || named || nothing))
    });
}
