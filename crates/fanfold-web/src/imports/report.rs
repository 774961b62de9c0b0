//! What an import did: numbers that add up, from formats to outcomes, and what wants a person.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use fanfold_app::{Card, ImportSummary, ItemLine as StoredItem, ListFilter};
use fanfold_model::{Counts, ImportId, ItemOutcome, Level, WorkId};

use super::upload::what;
use crate::answer::{Answer, page};
use crate::error::Problem;
use crate::present;
use crate::reader::Reader;
use crate::site::{Shared, Site};
use crate::urls;
use crate::views::chart::Flow;
use crate::views::frame::Section;
use crate::views::imports::{ImportLine, ImportPage, ImportState, ItemLine, Tally};
use crate::views::parts::NamedLink;
use crate::views::words::{Count, When};
use crate::works::format_words;

/// Items that the picture counts; a larger import shows its numbers only.
const COUNTED: u32 = 5_000;
/// Lines of each list.
const LISTED: usize = 60;
/// Works named on a page.
const WORKS: u32 = 100;
/// Works of the import that are looked at for findings.
const LOOKED_AT: u32 = 200;

type Items = [(StoredItem, Option<WorkId>)];

/// `/imports/ID`
pub(crate) async fn report(
    State(site): Shared,
    reader: Reader,
    Path(id): Path<i64>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let import = site.archive.import_summary(ImportId(id)).await?.ok_or(Problem::Missing)?;
    let items = site.archive.import_items(import.id, 0, COUNTED).await?;
    let (refused, refused_left) = refused(&items);
    let (needs_person, person_left) = needs_person(&site, import.id, &items).await?;
    let after = pairs.iter().find(|(name, _)| name == "after");
    let after = after.and_then(|(_, value)| value.parse().ok()).map(WorkId);
    let brought = ListFilter::Import(import.id);
    let works = site.archive.list(brought, site.viewer(), after, WORKS).await?;
    let line = import_line(&import);
    let view = ImportPage {
        frame: reader.frame(&site, format!("Import {id}"), Section::Import),
        id: line.id,
        what: line.what,
        when: line.when,
        state: line.state,
        tally: line.tally,
        flow: if import.counts.seen() == items.len() as u64 {
            flow(&items)
        } else {
            Flow::default()
        },
        works: works.cards.iter().map(work_link).collect(),
        more_works: works.next.map(|next| format!("/imports/{id}?after={next}#works")),
        needs_person,
        refused,
        left_out: Count((refused_left + person_left) as u64),
        ..ImportPage::default()
    };
    page(&reader, &view)
}

fn work_link(card: &Card) -> NamedLink {
    let work = &card.work;
    let creators: Vec<&str> = work.creators.iter().map(|credit| credit.name.as_str()).collect();
    let name = match creators.is_empty() {
        true => work.title.clone(),
        false => format!("{} by {}", work.title, creators.join(", ")),
    };
    NamedLink::new(name, urls::work(present::work_number(work.id)))
}

/// An import as a line.
pub(crate) fn import_line(import: &ImportSummary) -> ImportLine {
    let name = |root: &String| {
        root.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(root).to_owned()
    };
    let first = import.roots.first().map(name).unwrap_or_default();
    let state = match (&import.undone, &import.finished) {
        (Some(_), _) => ImportState::Undone,
        (None, Some(_)) => ImportState::Done,
        (None, None) => ImportState::Unfinished,
    };
    ImportLine {
        id: present::number(import.id.0),
        href: format!("/imports/{}", import.id),
        what: what(&first, import.roots.len()),
        when: Some(When::from_iso(&import.started)),
        state,
        tally: tally(import.counts),
        needs_person: Count(import.counts.held),
    }
}

/// Counts as the view has them.
pub(super) fn tally(counts: Counts) -> Tally {
    Tally {
        taken: Count(counts.taken),
        merged: Count(counts.merged),
        unchanged: Count(counts.unchanged),
        held: Count(counts.held),
        refused: Count(counts.refused),
    }
}

/// Where an item lay.
pub(super) fn item_path(item: &StoredItem) -> String {
    match &item.member {
        Some(member) => format!("{} › {member}", item.path),
        None => item.path.clone(),
    }
}

fn flow(items: &Items) -> Flow {
    let mut rows: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for (item, _) in items {
        let format =
            item.format.as_deref().map_or_else(|| "No format found".to_owned(), format_words);
        let counts = rows.entry(format).or_insert_with(|| vec![0; ItemOutcome::ALL.len()]);
        for (outcome, count) in ItemOutcome::ALL.into_iter().zip(counts) {
            *count += u64::from(outcome == item.outcome);
        }
    }
    let mut rows: Vec<(String, Vec<u64>)> = rows.into_iter().collect();
    rows.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.iter().sum::<u64>()));
    let outcome = |outcome: ItemOutcome| {
        let class = match outcome {
            ItemOutcome::Taken | ItemOutcome::Merged => "good",
            ItemOutcome::Unchanged => "plain",
            ItemOutcome::Held => "caution",
            ItemOutcome::Refused => "damage",
        };
        (outcome.as_str(), class)
    };
    Flow::draw(&ItemOutcome::ALL.map(outcome), &rows)
}

fn item_line(item: &StoredItem, work: Option<WorkId>) -> ItemLine {
    ItemLine {
        path: item_path(item),
        outcome: item.outcome.as_str().to_owned(),
        why: item.reason.clone(),
        work: work.map(|id| NamedLink::new("To the work", urls::work(present::number(id.0)))),
    }
}

fn refused(items: &Items) -> (Vec<ItemLine>, usize) {
    let all = items.iter().filter(|(item, _)| item.outcome == ItemOutcome::Refused);
    let count = all.clone().count();
    (
        all.take(LISTED).map(|(item, work)| item_line(item, *work)).collect(),
        count.saturating_sub(LISTED),
    )
}

/// Held items, and works of this import with findings that a person should look at.
async fn needs_person(
    site: &Site,
    import: ImportId,
    items: &Items,
) -> Result<(Vec<ItemLine>, usize), Problem> {
    let held = items.iter().filter(|(item, _)| item.outcome == ItemOutcome::Held);
    let mut lines: Vec<ItemLine> = held.map(|(item, work)| item_line(item, *work)).collect();
    let works =
        site.archive.list(ListFilter::Import(import), site.viewer(), None, LOOKED_AT).await?;
    for card in &works.cards {
        let id = present::work_number(card.work.id);
        for finding in card.work.findings.iter().filter(|finding| finding.level >= Level::Review) {
            lines.push(ItemLine {
                path: card.work.title.clone(),
                outcome: finding.level.as_str().to_owned(),
                why: finding.message.clone(),
                work: Some(NamedLink::new(
                    "Where it comes from",
                    format!("{}/sources", urls::work(id)),
                )),
            });
        }
    }
    let left = lines.len().saturating_sub(LISTED);
    lines.truncate(LISTED);
    Ok((lines, left))
}
