//! Creators.

use axum::extract::{Path, Query, State};
use fanfold_app::search::{Answer as Found, SearchRequest};
use fanfold_app::{Card, CreatorPage as Stored};
use fanfold_model::query::{Query as Asking, Sort, SortKey};
use fanfold_model::{CreatorId, Muted, TagKind};

use crate::answer::{Answer, found_at, page};
use crate::error::Problem;
use crate::fields::{Pairs, value};
use crate::present;
use crate::reader::Reader;
use crate::shelf::{show_other, shows_all};
use crate::site::{Shared, Site};
use crate::tags::counted;
use crate::urls::{self, name_of_segment};
use crate::views::creators::CreatorPage;
use crate::views::frame::Section;
use crate::views::listing::LeftOut;
use crate::views::parts::{CountedLink, Pager, WorkCard};
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
    Query(pairs): Query<Pairs>,
) -> Answer {
    let id = CreatorId(id);
    let creator = site.archive.creator(id, site.viewer()).await?.ok_or(Problem::Missing)?;
    let all = shows_all(&pairs);
    let path = address(&creator);
    let found = site.archive.works_by(id, request(&site, &pairs)).await?;
    let works = Works::found(&creator, found, &pairs, all);
    let named = urls::query_value(&format!("creator:\"{}\"", creator.name.replace('"', " ")));
    let view = CreatorPage {
        frame: reader
            .frame(&site, &creator.name, Section::Works)
            .with_feed(&creator.name, urls::creator_feed(present::number(id.0))),
        name: creator.name.clone(),
        site: creator.site.clone(),
        mute: site.is_owners().then(|| mute_form(&creator)),
        other_names: Vec::new(),
        works: works.total,
        words: works.words,
        fandoms: works.fandoms,
        series: Vec::new(),
        cards: works.cards,
        works_href: format!("/works?q={named}"),
        left_out: LeftOut::of_works(works.left_out, all, show_other(&path, all)),
        pager: works.pager,
    };
    page(&reader, &view)
}

fn request(site: &Site, pairs: &Pairs) -> SearchRequest {
    SearchRequest {
        query: Asking::default(),
        viewer: site.viewer(),
        sort: Some(Sort::by(SortKey::Updated)),
        limit: PAGE as usize,
        offset: 0,
        after: value(pairs, "after").map(str::to_owned),
        facets: true,
        snippets: false,
        standing: site.standing().filter(|_| !shows_all(pairs)),
    }
}

/// A creator's works as their page shows them.
struct Works {
    total: Count,
    words: Count,
    fandoms: Vec<CountedLink>,
    cards: Vec<WorkCard>,
    left_out: Option<u64>,
    pager: Pager,
}

impl Works {
    fn found(creator: &Stored, found: Found, pairs: &Pairs, all: bool) -> Self {
        let cards: Vec<Card> = found.works.into_iter().map(|found| found.card).collect();
        let path = address(creator);
        let is_further = value(pairs, "after").is_some();
        let whole = found.left_out.is_none_or(|count| count == 0);
        let fandoms = found.facets.iter().flat_map(|facets| &facets.tags);
        let fandoms =
            fandoms.filter(|(kind, _)| *kind == TagKind::Fandom).flat_map(|(_, tags)| tags);
        let show = if all { "show=all&" } else { "" };
        Self {
            total: Count(found.total),
            words: Count(if is_further || found.next.is_some() { 0 } else { words(&cards) }),
            fandoms: match whole {
                true => creator.fandoms.iter().map(|tag| counted(tag, tag.works)).collect(),
                false => fandoms.map(|found| counted(&found.tag, found.count)).collect(),
            },
            cards: present::cards(&cards),
            left_out: found.left_out,
            pager: Pager {
                previous: is_further.then(|| show_other(&path, !all)),
                next: found
                    .next
                    .map(|next| format!("{path}?{show}after={}", urls::query_value(&next))),
            },
        }
    }
}

fn words(cards: &[Card]) -> u64 {
    cards.iter().map(|card| card.work.words).sum()
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
