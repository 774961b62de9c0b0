//! `/works/ID/like`: more works like one, by tags that the reader chooses.

use axum::extract::{Path, Query, State};
use fanfold_app::like::{Like, LikeRequest, LikeTag, LikeWork};
use fanfold_model::{TagKind, WorkId};

use crate::answer::{Answer, page};
use crate::error::Problem;
use crate::fields::Pairs;
use crate::listing::Wishes;
use crate::present::{self, kind_plural};
use crate::reader::Reader;
use crate::site::Shared;
use crate::urls;
use crate::views::frame::Section;
use crate::views::like::{LikeChoice, LikeGroup, LikePage, SharedCard};
use crate::views::words::Count;

/// `/works/ID/like`. Fields: `tag.KIND`, as often as wanted, and `chosen`, which tells a choice of nothing from none.
pub(crate) async fn show(
    State(site): Shared,
    reader: Reader,
    Path(id): Path<i64>,
    Query(pairs): Query<Pairs>,
) -> Answer {
    let made = pairs.iter().any(|(name, _)| name == "chosen" || name.starts_with("tag."));
    let request = LikeRequest {
        work: WorkId(id),
        chosen: made.then(|| chosen(&pairs)),
        viewer: site.viewer(),
        standing: site.standing(),
    };
    let like = site.archive.like(&request).await?.ok_or(Problem::Missing)?;
    let title = format!("More like {}", like.work.title);
    page(&reader, &view(&like, reader.frame(&site, title, Section::Works)))
}

fn chosen(pairs: &Pairs) -> Vec<(TagKind, String)> {
    let tag = |(name, value): &(String, String)| {
        let kind = TagKind::from_name(name.strip_prefix("tag.")?)?;
        Some((kind, value.clone()))
    };
    pairs.iter().filter_map(tag).collect()
}

fn view(like: &Like, frame: crate::views::frame::Frame) -> LikePage {
    let href = urls::work(present::work_number(like.work.id));
    let all_href = like
        .query
        .as_ref()
        .map(|query| Wishes { text: query.to_string(), ..Wishes::default() }.address("/works"));
    LikePage {
        frame,
        title: present::title(&like.work),
        action: format!("{href}/like"),
        href,
        groups: groups(&like.tags),
        total: Count(like.total),
        shown: Count(like.works.len() as u64),
        cards: like.works.iter().map(shared_card).collect(),
        query: like.query.as_ref().map(ToString::to_string).unwrap_or_default(),
        all_href,
    }
}

fn groups(tags: &[LikeTag]) -> Vec<LikeGroup> {
    let group = |kind: TagKind| {
        let own = tags.iter().filter(|tag| tag.kind == kind);
        let choices = own.map(|tag| LikeChoice {
            name: tag.name.clone(),
            others: Count(tag.others),
            chosen: tag.chosen,
        });
        LikeGroup { kind: kind.as_str(), title: kind_plural(kind), choices: choices.collect() }
    };
    let groups = TagKind::ALL.into_iter().map(group);
    groups.filter(|group| !group.choices.is_empty()).collect()
}

fn shared_card(work: &LikeWork) -> SharedCard {
    SharedCard { card: present::card(&work.card), shared: work.shared.clone() }
}
