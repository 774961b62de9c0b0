//! Tags and fandoms.

use axum::extract::{Path, Query, State};
use fanfold_app::search::SearchRequest;
use fanfold_app::{TagPage as Stored, TagRef};
use fanfold_model::query::{Node, Query as Asking, Sort, SortKey};
use fanfold_model::{Muted, TagKind, fold_name};

use crate::answer::{Answer, found_at, page};
use crate::error::Problem;
use crate::listing::{Asked, Listed, Wishes, list};
use crate::present::{self, kind_plural, kind_singular};
use crate::reader::Reader;
use crate::site::{Shared, Site};
use crate::urls::{self, name_of_segment};
use crate::views::frame::Section;
use crate::views::listing::WorksListPage;
use crate::views::parts::{CountedLink, NamedLink, Pager};
use crate::views::shelf::MuteForm;
use crate::views::tags::{ChoicePage, FandomsPage, Namesake, Neighbours, TagPage};
use crate::views::words::{Count, hue};

/// Fandoms on a page.
const PAGE: u32 = 300;
/// The newest works shown on a tag's page.
const NEWEST: usize = 5;

/// `/tags/KIND/NAME`
pub(crate) async fn show(
    State(site): Shared,
    reader: Reader,
    Path((kind, name)): Path<(String, String)>,
) -> Answer {
    let (kind, name) = named(&kind, &name)?;
    let stored =
        site.archive.tag_named(kind, &name, site.viewer()).await?.ok_or(Problem::Missing)?;
    let found = site.archive.search(&carriers(&site, kind, &stored.tag.name)).await?;
    let facets = found.facets.unwrap_or_default();
    let neighbours =
        [TagKind::Fandom, TagKind::Relationship, TagKind::Character, TagKind::Freeform].map(
            |near| {
                let tags =
                    facets.tags.iter().filter(|(k, _)| *k == near).flat_map(|(_, tags)| tags);
                let others = tags.filter(|found| found.tag.id != stored.tag.id).take(6);
                let tags = others.map(|found| counted(&found.tag, found.count)).collect();
                Neighbours { title: kind_plural(near), tags }
            },
        );
    let newest: Vec<_> = found.works.iter().map(|work| present::card(&work.card)).collect();
    page(&reader, &view(&site, &reader, &stored, neighbours.into(), found.total, newest))
}

fn view(
    site: &Site,
    reader: &Reader,
    stored: &Stored,
    neighbours: Vec<Neighbours>,
    uses: u64,
    newest: Vec<crate::views::parts::WorkCard>,
) -> TagPage {
    let tag = &stored.tag;
    TagPage {
        frame: reader.frame(site, &tag.name, Section::Fandoms),
        kind: kind_singular(tag.kind).into(),
        name: tag.name.clone(),
        hue: hue(&tag.name),
        canonical: stored.synonym_of.as_ref().map(link),
        synonyms: stored.synonyms.iter().map(link).collect(),
        parents: stored.parents.iter().map(link).collect(),
        metatags: stored.metatags.iter().map(link).collect(),
        subtags: stored.subtags.iter().map(link).collect(),
        uses: Count(uses),
        works_href: urls::tag_works(tag.kind.as_str(), &tag.name),
        neighbours,
        years: None,
        newest,
        mute: site.is_owners().then(|| mute_form(tag)),
    }
}

fn mute_form(tag: &TagRef) -> MuteForm {
    let means =
        "Works with this tag, another name of it or a narrower tag are left out of every list.";
    let what = Muted::Tag { kind: tag.kind, name: tag.name.clone() };
    crate::shelf::mute_form(&what, &tag.name, means)
}

fn carriers(site: &Site, kind: TagKind, name: &str) -> SearchRequest {
    SearchRequest {
        query: Asking {
            root: Some(Node::Tag { kind: Some(kind), name: name.to_owned(), prefix: false }),
            sort: None,
        },
        viewer: site.viewer(),
        sort: Some(Sort::by(SortKey::Updated)),
        limit: NEWEST,
        offset: 0,
        after: None,
        facets: true,
        snippets: false,
        standing: site.standing(),
    }
}

/// `/tags/KIND/NAME/works`
pub(crate) async fn works(
    State(site): Shared,
    reader: Reader,
    Path((kind, name)): Path<(String, String)>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let (kind, name) = named(&kind, &name)?;
    let known = site
        .archive
        .tags_named(&name, site.viewer())
        .await?
        .into_iter()
        .find(|tag| tag.kind == kind);
    let tag = known.ok_or(Problem::Missing)?;
    let asked = Asked {
        path: urls::tag_works(kind.as_str(), &tag.name),
        tag: Some((kind, tag.name.clone())),
        wishes: Wishes::from_pairs(&pairs),
        snippets: false,
    };
    let listing = match list(&site, &asked).await? {
        Listed::Works(listing) => *listing,
        Listed::Unreadable(problem) => {
            return crate::works::unreadable(&site, &reader, &asked.wishes.text, problem);
        }
    };
    let view = WorksListPage {
        frame: reader.frame(&site, &tag.name, Section::Works),
        heading: tag.name.clone(),
        kicker: Some(kind_singular(kind).into()),
        about_href: Some(urls::tag(kind.as_str(), &tag.name)),
        hue: (kind == TagKind::Fandom).then(|| hue(&tag.name)),
        listing,
    };
    page(&reader, &view)
}

/// `/tags/NAME`: the only tag of that name, or a choice.
pub(crate) async fn choose(
    State(site): Shared,
    reader: Reader,
    Path(name): Path<String>,
) -> Answer {
    let name = name_of_segment(&name);
    let found = site.archive.tags_named(&name, site.viewer()).await?;
    let namesake = |tag: &TagRef| Namesake {
        kind: kind_singular(tag.kind).into(),
        link: counted(tag, tag.works),
    };
    match found.as_slice() {
        [] => Err(Problem::Missing),
        [only] => Ok(found_at(&urls::tag(only.kind.as_str(), &only.name))),
        several => {
            let view = ChoicePage {
                frame: reader.frame(&site, &name, Section::Fandoms),
                namesakes: several.iter().map(namesake).collect(),
                what: "tags",
                name,
            };
            page(&reader, &view)
        }
    }
}

/// `/fandoms`
pub(crate) async fn fandoms(
    State(site): Shared,
    reader: Reader,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let after =
        pairs.iter().find(|(name, _)| name == "after").map(|(_, value)| value.replace('\0', ""));
    let after = after.as_deref();
    let tags = site.archive.tags(TagKind::Fandom, site.viewer(), after, PAGE).await?;
    let next = tags.last().filter(|_| tags.len() == PAGE as usize);
    let pager = Pager {
        previous: after.map(|_| "/fandoms".to_owned()),
        next: next
            .map(|tag| format!("/fandoms?after={}", urls::query_value(&fold_name(&tag.name)))),
    };
    let mut groups: Vec<(String, Vec<CountedLink>)> = Vec::new();
    for tag in tags.iter().filter(|tag| tag.works > 0) {
        let letter = first_letter(&tag.name);
        match groups.last_mut().filter(|(last, _)| *last == letter) {
            Some((_, fandoms)) => fandoms.push(counted(tag, tag.works)),
            None => groups.push((letter, vec![counted(tag, tag.works)])),
        }
    }
    let shown = groups.iter().map(|(_, fandoms)| fandoms.len() as u64).sum();
    let view = FandomsPage {
        frame: reader.frame(&site, "Fandoms", Section::Fandoms),
        total: Count(shown),
        letters: Vec::new(),
        groups,
        pager,
    };
    page(&reader, &view)
}

fn first_letter(name: &str) -> String {
    name.chars().find(|c| c.is_alphanumeric()).map_or_else(
        || "…".to_owned(),
        |c| if c.is_numeric() { "0–9".to_owned() } else { c.to_uppercase().to_string() },
    )
}

fn named(kind: &str, name: &str) -> Result<(TagKind, String), Problem> {
    Ok((TagKind::from_name(kind).ok_or(Problem::Missing)?, name_of_segment(name)))
}

fn link(tag: &TagRef) -> NamedLink {
    NamedLink::new(&tag.name, urls::tag(tag.kind.as_str(), &tag.name))
}

/// A tag as a link with a count.
pub(crate) fn counted(tag: &TagRef, count: u64) -> CountedLink {
    CountedLink {
        name: tag.name.clone(),
        href: urls::tag(tag.kind.as_str(), &tag.name),
        count: Count(count),
    }
}
