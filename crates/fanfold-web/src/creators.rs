//! Creators.

use axum::extract::{Path, Query, State};
use fanfold_app::{CreatorPage as Stored, ListFilter};
use fanfold_model::{CreatorId, Muted, WorkId};

use crate::answer::{Answer, found_at, page};
use crate::error::Problem;
use crate::present;
use crate::reader::Reader;
use crate::site::Shared;
use crate::tags::counted;
use crate::urls::{self, name_of_segment};
use crate::views::creators::CreatorPage;
use crate::views::frame::Section;
use crate::views::parts::{CountedLink, Pager};
use crate::views::shelf::MuteForm;
use crate::views::tags::{ChoicePage, Namesake};
use crate::views::words::Count;

/// Works on a page.
const PAGE: u32 = 20;

/// `/creators/ID/NAME`; the number decides.
pub(crate) async fn show(
    State(site): Shared,
    reader: Reader,
    Path((id, _)): Path<(i64, String)>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let id = CreatorId(id);
    let after = pairs
        .iter()
        .find(|(name, _)| name == "after")
        .and_then(|(_, value)| value.parse().ok())
        .map(WorkId);
    let creator = site.archive.creator(id, site.viewer()).await?.ok_or(Problem::Missing)?;
    let list = site.archive.list(ListFilter::Creator(id), site.viewer(), after, PAGE).await?;
    let path = address(&creator);
    let words = if after.is_none() && list.next.is_none() {
        list.cards.iter().map(|card| card.work.words).sum()
    } else {
        0
    };
    let view = CreatorPage {
        frame: reader.frame(&site, &creator.name, Section::Works),
        name: creator.name.clone(),
        site: creator.site.clone(),
        mute: site.is_owners().then(|| mute_form(&creator)),
        other_names: Vec::new(),
        works: Count(creator.works),
        words: Count(words),
        fandoms: creator.fandoms.iter().map(|tag| counted(tag, tag.works)).collect(),
        series: Vec::new(),
        cards: present::cards(&list.cards),
        works_href: format!(
            "/works?q={}",
            urls::query_value(&format!("creator:\"{}\"", creator.name.replace('"', " ")))
        ),
        pager: Pager {
            previous: after.map(|_| path.clone()),
            next: list.next.map(|next| format!("{path}?after={next}")),
        },
    };
    page(&reader, &view)
}

/// `/creators/NAME`: the only creator of that name, or a choice.
pub(crate) async fn choose(
    State(site): Shared,
    reader: Reader,
    Path(name): Path<String>,
) -> Answer {
    let name = name_of_segment(&name);
    let found = site.archive.creators_named(&name, site.viewer()).await?;
    let namesake = |creator: &Stored| Namesake {
        kind: creator
            .site
            .as_deref()
            .map_or_else(|| "Site not known".to_owned(), |site| format!("From {site}")),
        link: CountedLink {
            name: creator.name.clone(),
            href: address(creator),
            count: Count(creator.works),
        },
    };
    match found.as_slice() {
        [] => Err(Problem::Missing),
        [only] => Ok(found_at(&address(only))),
        several => {
            let view = ChoicePage {
                frame: reader.frame(&site, &name, Section::Works),
                namesakes: several.iter().map(namesake).collect(),
                what: "creators",
                name,
            };
            page(&reader, &view)
        }
    }
}

fn mute_form(creator: &Stored) -> MuteForm {
    let means = "Works of this creator are left out of every list.";
    crate::shelf::mute_form(&Muted::Creator(creator.id), &creator.name, means)
}

fn address(creator: &Stored) -> String {
    urls::creator(present::number(creator.id.0), &creator.name)
}
