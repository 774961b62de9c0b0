//! What waits for a person.

use axum::extract::{Query, State};
use fanfold_app::{Card, ListFilter};
use fanfold_model::{Level, WorkId, all_finding_codes};

use crate::answer::{Answer, page};
use crate::present;
use crate::reader::Reader;
use crate::site::Shared;
use crate::urls;
use crate::views::desk::{WaitingGroup, WaitingItem, WaitingPage};
use crate::views::frame::Section;
use crate::views::parts::{NamedLink, Pager};
use crate::views::words::Count;

/// Works looked at for one page.
const PAGE: u32 = 100;
/// Held works named on the page.
const HELD: u32 = 50;

/// `/waiting`
pub(crate) async fn waiting(
    State(site): Shared,
    reader: Reader,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let after = pairs
        .iter()
        .find(|(name, _)| name == "after")
        .and_then(|(_, value)| value.parse().ok())
        .map(WorkId);
    let open = site.archive.list(ListFilter::NeedsPerson, site.viewer(), after, PAGE).await?;
    let held = site.archive.list(ListFilter::Held, site.viewer(), None, HELD).await?;
    let status = site.archive.status().await?;
    let mut groups = by_code(&open.cards);
    if after.is_none() && !held.cards.is_empty() {
        groups.push(held_group(&held.cards, status.held));
    }
    let view = WaitingPage {
        frame: reader.frame(&site, "Waiting for you", Section::Waiting),
        total: Count(status.needs_person.max(status.held)),
        groups,
        pager: Pager {
            previous: after.map(|_| "/waiting".to_owned()),
            next: open.next.map(|next| format!("/waiting?after={next}")),
        },
    };
    page(&reader, &view)
}

/// One group a code, in the order of the catalogue.
fn by_code(cards: &[Card]) -> Vec<WaitingGroup> {
    let group = |known: &fanfold_model::FindingCode| {
        let items: Vec<WaitingItem> =
            cards.iter().flat_map(|card| items(card, known.code)).collect();
        (!items.is_empty()).then(|| WaitingGroup {
            code: known.code.to_owned(),
            question: known.meaning.trim_end_matches('.').to_owned(),
            advice: Some(known.next.to_owned()),
            count: Count(items.len() as u64),
            items,
            all_href: None,
        })
    };
    all_finding_codes()
        .iter()
        .filter(|known| known.level >= Level::Review)
        .filter_map(group)
        .collect()
}

fn items(card: &Card, code: &str) -> Vec<WaitingItem> {
    let findings = card.work.findings.iter().filter(|finding| finding.code == code);
    findings.map(|finding| item(card, finding.message.clone())).collect()
}

fn held_group(cards: &[Card], all: u64) -> WaitingGroup {
    let reason = |card: &Card| present::card(card).held.unwrap_or_default();
    WaitingGroup {
        code: "held".to_owned(),
        question: "Works that are held".to_owned(),
        advice: Some(
            "Only you see them. Let one go with “fanfold release ID --reason …”.".to_owned(),
        ),
        count: Count(all),
        items: cards.iter().map(|card| item(card, reason(card))).collect(),
        all_href: None,
    }
}

fn item(card: &Card, message: String) -> WaitingItem {
    let id = present::work_number(card.work.id);
    let title = if card.work.title.is_empty() { "Untitled" } else { card.work.title.as_str() };
    WaitingItem {
        subject: NamedLink::new(title, format!("{}/sources", urls::work(id))),
        message,
        evidence: None,
        choices: Vec::new(),
    }
}
