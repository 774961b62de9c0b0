//! `fanfold list`.

use crate::arguments::{Globals, ListArgs};
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::Output;
use fanfold_app::{Archive, Card, ChapterChoice, ListFilter, WorkKey};
use fanfold_model::canonical::WorkRecord;
use fanfold_model::{Viewer, WorkId};
use serde_json::Value;

/// Works read at once.
const PAGE: u32 = 200;

pub(crate) async fn run(
    globals: &Globals,
    output: &Output,
    args: ListArgs,
) -> Result<Exit, Failure> {
    let archive = open::existing(globals).await?;
    let filter = match (args.held, args.removed, args.needs_person) {
        (true, ..) => ListFilter::Held,
        (_, true, _) => ListFilter::Removed,
        (.., true) => ListFilter::NeedsPerson,
        _ => ListFilter::All,
    };
    let mut left = args.limit.unwrap_or(u32::MAX);
    let mut after: Option<WorkId> = None;
    while left > 0 {
        let page = archive.list(filter.clone(), Viewer::Owner, after, left.min(PAGE)).await?;
        for card in &page.cards {
            print(&archive, output, card).await?;
        }
        left = left.saturating_sub(u32::try_from(page.cards.len()).unwrap_or(u32::MAX));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    Ok(Exit::Done)
}

async fn print(archive: &Archive, output: &Output, card: &Card) -> Result<(), Failure> {
    if !output.json {
        output.line(line(card));
        return Ok(());
    }
    let Some(id) = card.work.id else { return Ok(()) };
    let page = archive.work_by_key(WorkKey::Id(id), Viewer::Owner, ChapterChoice::All).await?;
    let work = page.map_or_else(|| card.work.clone(), |page| page.work);
    output.object(&serde_json::to_value(WorkRecord::from(&work)).unwrap_or(Value::Null));
    Ok(())
}

/// A work in one line: number, title, creators, facts.
pub(crate) fn line(card: &Card) -> String {
    let work = &card.work;
    let names: Vec<&str> = work.creators.iter().map(|credit| credit.name.as_str()).collect();
    let by = if names.is_empty() { "no creator named".to_owned() } else { names.join(", ") };
    let held = work.held.as_ref().map(|why| format!(" · held: {why}")).unwrap_or_default();
    let id = work.id.map(|id| id.to_string()).unwrap_or_default();
    let fandoms = if work.fandoms.is_empty() {
        String::new()
    } else {
        format!(" · {}", work.fandoms.join(", "))
    };
    format!("{id:>6}  {} · {by}{fandoms} · {} words{held}", work.title, work.words)
}
