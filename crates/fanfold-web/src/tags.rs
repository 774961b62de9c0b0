//! Tags and fandoms.

use axum::extract::{Path, Query, State};
use fanfold_app::search::SearchRequest;
use fanfold_app::shelf::Standing;
use fanfold_app::{TagPage as Stored, TagRef};
use fanfold_model::query::{Node, Query as Asking, Sort, SortKey};
use fanfold_model::{Muted, TagKind, fold_name};

use crate::answer::{Answer, found_at, page};
use crate::error::Problem;
use crate::fields::{Pairs, value};
use crate::listing::{Asked, Listed, Wishes, feed_address, list};
use crate::present::{self, kind_plural, kind_singular};
use crate::reader::Reader;
use crate::shelf::{show_other, shows_all};
use crate::site::{Shared, Site};
use crate::urls::{self, name_of_segment};
use crate::views::frame::Section;
use crate::views::listing::{LeftOut, WorksListPage};
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
    Query(pairs): Query<Pairs>,
) -> Answer {
    let (kind, name) = named(&kind, &name)?;
    let all = shows_all(&pairs);
    let stored =
        site.archive.tag_named(kind, &name, site.viewer()).await?.ok_or(Problem::Missing)?;
    let standing = site.standing().filter(|_| !all);
    let found = site.archive.search(&carriers(&site, kind, &stored.tag.name, standing)).await?;
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
    let path = urls::tag(kind.as_str(), &stored.tag.name);
    let left_out = LeftOut::of_works(found.left_out, all, show_other(&path, all));
    let works_href = urls::tag_works(kind.as_str(), &stored.tag.name);
    let view = view(&site, &reader, &stored);
    page(
        &reader,
        &TagPage {
            uses: Count(found.total),
            works_href: if all { show_other(&works_href, false) } else { works_href },
            neighbours: neighbours.into(),
            newest,
            left_out,
            ..view
        },
    )
}

/// What is known of the tag itself.
fn view(site: &Site, reader: &Reader, stored: &Stored) -> TagPage {
    let tag = &stored.tag;
    TagPage {
        frame: reader.frame(site, &tag.name, Section::Fandoms).with_feed(
            &tag.name,
            feed_address(&Wishes::default(), Some(&(tag.kind, tag.name.clone()))),
        ),
        kind: kind_singular(tag.kind).into(),
        name: tag.name.clone(),
        hue: hue(&tag.name),
        canonical: stored.synonym_of.as_ref().map(link),
        synonyms: stored.synonyms.iter().map(link).collect(),
        parents: stored.parents.iter().map(link).collect(),
        metatags: stored.metatags.iter().map(link).collect(),
        subtags: stored.subtags.iter().map(link).collect(),
        mute: site.is_owners().then(|| mute_form(tag)),
        ..TagPage::default()
    }
}

fn mute_form(tag: &TagRef) -> MuteForm {
    let means =
        "Works with this tag, another name of it or a narrower tag are left out of every list.";
    let what = Muted::Tag { kind: tag.kind, name: tag.name.clone() };
    crate::shelf::mute_form(&what, &tag.name, means)
}

fn carriers(site: &Site, kind: TagKind, name: &str, standing: Option<Standing>) -> SearchRequest {
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
        standing,
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
        frame: reader
            .frame(&site, &tag.name, Section::Works)
            .with_feed(&tag.name, feed_address(&asked.wishes, asked.tag.as_ref())),
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
    let mut found = site.archive.tags_named(&name, site.viewer()).await?;
    let counts = site.archive.counted_for(&found, site.viewer(), site.standing().as_ref()).await?;
    found.iter_mut().zip(counts).for_each(|(tag, count)| tag.works = count);
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

/// `/fandoms`. Counts are those of the fandoms' own lists; a fandom of which the reader muted everything is left out.
pub(crate) async fn fandoms(
    State(site): Shared,
    reader: Reader,
    Query(pairs): Query<Pairs>,
) -> Answer {
    let after = value(&pairs, "after").map(|after| after.replace('\0', ""));
    let all = shows_all(&pairs);
    let tags = site.archive.tags(TagKind::Fandom, site.viewer(), after.as_deref(), PAGE).await?;
    let standing = site.standing().filter(|_| !all);
    let counts = site.archive.counted_for(&tags, site.viewer(), standing.as_ref()).await?;
    let mut groups: Vec<(String, Vec<CountedLink>)> = Vec::new();
    for (tag, count) in tags.iter().zip(counts).filter(|(_, count)| *count > 0) {
        let letter = first_letter(&tag.name);
        match groups.last_mut().filter(|(last, _)| *last == letter) {
            Some((_, fandoms)) => fandoms.push(counted(tag, count)),
            None => groups.push((letter, vec![counted(tag, count)])),
        }
    }
    let shown: u64 = groups.iter().map(|(_, fandoms)| fandoms.len() as u64).sum();
    let left_out = Count((tags.len() as u64).saturating_sub(shown));
    let view = FandomsPage {
        frame: reader.frame(&site, "Fandoms", Section::Fandoms),
        total: Count(shown),
        letters: Vec::new(),
        groups,
        left_out: (site.is_owners() && (all || !left_out.is_zero())).then(|| LeftOut {
            count: Some(left_out).filter(|_| !all),
            words: ("more fandom is", "more fandoms are"),
            other_href: show_other("/fandoms", all),
        }),
        pager: fandoms_pager(after.is_some(), &tags, all),
    };
    page(&reader, &view)
}

fn fandoms_pager(is_further: bool, tags: &[TagRef], all: bool) -> Pager {
    let next = tags.last().filter(|_| tags.len() == PAGE as usize);
    let address = |tag: &TagRef| {
        let show = if all { "show=all&" } else { "" };
        format!("/fandoms?{show}after={}", urls::query_value(&fold_name(&tag.name)))
    };
    Pager { previous: is_further.then(|| show_other("/fandoms", !all)), next: next.map(address) }
}

fn first_letter(name: &str) -> String {
    name.chars().find(|c| c.is_alphanumeric()).map_or_else(
        || "…".to_owned(),
        |c| if c.is_numeric() { "0–9".to_owned() } else { c.to_uppercase().to_string() },
    )
}

/// The kind and the name that an address says.
pub(crate) fn named(kind: &str, name: &str) -> Result<(TagKind, String), Problem> {
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
