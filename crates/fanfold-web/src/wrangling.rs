//! The wrangling desk: tags that nobody has decided on, by fandom, with what they probably mean. Decisions are gathered in
//! one form; merges are shown with what they do before they are made. Complete without a script.

use axum::Form;
use axum::extract::{Path, Query, State};
use fanfold_app::tags::{TagChange, TagChangeLine, TagFilter, TagPreview, TagRow, TagStanding};
use fanfold_app::{AppError, StorageError};
use fanfold_model::{TagId, TagKind};

use crate::answer::{Answer, page, see_other};
use crate::error::Problem;
use crate::fields::{Pairs, value};
use crate::present::{kind_plural, kind_singular};
use crate::reader::Reader;
use crate::site::{OWNER, Shared, Site};
use crate::urls;
use crate::views::frame::Section;
use crate::views::parts::{NamedLink, Pager};
use crate::views::words::Count;
use crate::views::wrangling::{Guess, MergePreview, PreviewPage, Undecided, WranglingPage};

/// Tags on a page.
const PAGE: u32 = 25;
/// Fandoms offered as bins.
const BINS: u32 = 40;
/// Changes listed as made lately.
const LATELY: u32 = 6;

/// Which bin is open.
struct Bin {
    fandom: Option<TagRow>,
    kind: Option<TagKind>,
    number: u32,
}

impl Bin {
    async fn of(site: &Site, pairs: &Pairs) -> Result<Self, Problem> {
        let fandom = match value(pairs, "fandom") {
            Some(name) => {
                Some(site.archive.find_tag(Some(TagKind::Fandom), name).await.map_err(bad)?)
            }
            None => None,
        };
        let number = value(pairs, "page").and_then(|page| page.parse().ok());
        Ok(Self {
            fandom,
            kind: value(pairs, "kind").and_then(TagKind::from_name),
            number: number.filter(|number| *number > 0).unwrap_or(1),
        })
    }

    fn address(&self, number: u32) -> String {
        let fandom = self.fandom.as_ref().map(|row| row.name.as_str());
        bin_address(fandom, self.kind, number)
    }
}

fn bin_address(fandom: Option<&str>, kind: Option<TagKind>, number: u32) -> String {
    let mut parts = Vec::new();
    parts.extend(fandom.map(|name| format!("fandom={}", urls::query_value(name))));
    parts.extend(kind.map(|kind| format!("kind={kind}")));
    parts.extend((number > 1).then(|| format!("page={number}")));
    if parts.is_empty() {
        "/wrangling".to_owned()
    } else {
        format!("/wrangling?{}", parts.join("&"))
    }
}

/// Where the desk was left; only our own addresses lead back.
fn way_back(pairs: &Pairs) -> &str {
    value(pairs, "back").map_or("/wrangling", urls::own_path)
}

/// A refusal is the reader's to mend.
fn bad(error: AppError) -> Problem {
    match error {
        AppError::Refused(why) | AppError::Store(StorageError::Refused(why)) => Problem::Bad(why),
        error => error.into(),
    }
}

/// `/wrangling`
pub(crate) async fn bin(State(site): Shared, reader: Reader, Query(pairs): Query<Pairs>) -> Answer {
    let bin = Bin::of(&site, &pairs).await?;
    let filter = TagFilter {
        kind: bin.kind,
        fandom: bin.fandom.as_ref().map(|row| row.id),
        standing: Some(TagStanding::Unwrangled),
        name: None,
        offset: (bin.number - 1).saturating_mul(PAGE),
    };
    let mut rows = site.archive.wrangling_list(filter, PAGE + 1).await?;
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let mut tags = Vec::with_capacity(rows.len());
    for row in &rows {
        tags.push(undecided(&site, row).await?);
    }
    let view = WranglingPage {
        frame: reader.frame(&site, "Wrangling", Section::Waiting),
        bin: bin.fandom.as_ref().map(|row| row.name.clone()),
        back: bin.address(bin.number),
        bins: bins(&site, &bin).await?,
        kinds: kinds(&bin),
        tags,
        lately: site.archive.tag_history(None, LATELY).await?.iter().map(lately).collect(),
        pager: Pager {
            previous: (bin.number > 1).then(|| bin.address(bin.number - 1)),
            next: more.then(|| bin.address(bin.number + 1)),
        },
    };
    page(&reader, &view)
}

async fn undecided(site: &Site, row: &TagRow) -> Result<Undecided, Problem> {
    let suggester = site.suggesters.of(&site.archive, row.kind).await?;
    let found = site.archive.suggest_tag(&suggester, row, 1).await?;
    let guess = found.into_iter().next().map(|one| Guess {
        id: one.tag.id.0,
        name: one.tag.name,
        why: one.why,
        sure: one.sure,
    });
    Ok(Undecided {
        id: row.id.0,
        tag: NamedLink::new(&row.name, urls::tag_works(row.kind.as_str(), &row.name)),
        kind: kind_singular(row.kind).into(),
        works: Count(row.works),
        guess,
    })
}

async fn bins(site: &Site, bin: &Bin) -> Result<Vec<(NamedLink, bool)>, Problem> {
    let filter = TagFilter { kind: Some(TagKind::Fandom), ..TagFilter::default() };
    let fandoms = site.archive.wrangling_list(filter, BINS).await?;
    let fandoms = fandoms.into_iter().filter(|row| row.means.is_none() && row.works > 0);
    let open = bin.fandom.as_ref().map(|row| row.id);
    let link = |row: TagRow| {
        let href = bin_address(Some(&row.name), bin.kind, 1);
        (NamedLink::new(&row.name, href), Some(row.id) == open)
    };
    let all = (NamedLink::new("All fandoms", bin_address(None, bin.kind, 1)), open.is_none());
    Ok([all].into_iter().chain(fandoms.map(link)).collect())
}

fn kinds(bin: &Bin) -> Vec<(NamedLink, bool)> {
    let fandom = bin.fandom.as_ref().map(|row| row.name.as_str());
    let link = |words: &str, kind: Option<TagKind>| {
        (NamedLink::new(words, bin_address(fandom, kind, 1)), bin.kind == kind)
    };
    let kinds = [TagKind::Fandom, TagKind::Relationship, TagKind::Character, TagKind::Freeform];
    let kinds = kinds.into_iter().map(|kind| link(kind_plural(kind), Some(kind)));
    [link("All kinds", None)].into_iter().chain(kinds).collect()
}

fn lately(line: &TagChangeLine) -> (i64, String, bool) {
    let other = line.other.as_deref().unwrap_or_default();
    let words = match line.action.as_str() {
        "merge" => format!("“{}” means “{other}”", line.name),
        "undo" => format!("taken back: “{}”", line.name),
        "load" => format!("{} was loaded", line.name),
        action if other.is_empty() => format!("“{}” is {action}", line.name),
        action => format!("{action}: “{}”, “{other}”", line.name),
    };
    (line.id, words, line.undone_by.is_none() && line.action != "load")
}

/// The form of a bin. Merges are shown first, everything is made with the second press.
pub(crate) async fn decide(
    State(site): Shared,
    reader: Reader,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let back = way_back(&pairs);
    let changes = decisions(&site, &pairs).await?;
    if changes.is_empty() {
        return Ok(see_other(back));
    }
    if changes.iter().any(is_merge) && value(&pairs, "sure").is_none() {
        return preview(&site, &reader, changes, back.to_owned()).await;
    }
    let (_, refused) = site.archive.decide_tags(changes, OWNER).await?;
    site.suggesters.refresh();
    if refused.is_empty() { Ok(see_other(back)) } else { Err(Problem::Bad(refused.join("; "))) }
}

fn is_merge(change: &TagChange) -> bool {
    matches!(change, TagChange::Synonym { .. })
}

/// What was chosen in the form.
async fn decisions(site: &Site, pairs: &Pairs) -> Result<Vec<TagChange>, Problem> {
    let mut changes = Vec::new();
    for (name, choice) in pairs {
        let Some(tag) = name.strip_prefix("tag-").and_then(|id| id.parse().ok()).map(TagId) else {
            continue;
        };
        let change = match choice.as_str() {
            "canonical" => TagChange::Canonical(tag),
            "aside" => TagChange::Unwrangleable(tag),
            "own" => match value(pairs, &format!("own-{tag}")) {
                Some(name) => {
                    let kind = site.archive.tag_row(tag).await?.kind;
                    let of = site.archive.find_tag(Some(kind), name).await.map_err(bad)?.id;
                    TagChange::Synonym { tag, of }
                }
                None => continue,
            },
            choice => match choice.strip_prefix("means-").and_then(|id| id.parse().ok()) {
                Some(of) => TagChange::Synonym { tag, of: TagId(of) },
                None => continue,
            },
        };
        changes.push(change);
    }
    Ok(changes)
}

async fn preview(site: &Site, reader: &Reader, changes: Vec<TagChange>, back: String) -> Answer {
    let (mut merges, mut fields, mut others) = (Vec::new(), Vec::new(), 0);
    for change in changes {
        let choice = match &change {
            TagChange::Synonym { of, .. } => format!("means-{of}"),
            TagChange::Canonical(_) => "canonical".to_owned(),
            _ => "aside".to_owned(),
        };
        fields.push((format!("tag-{}", change.tag()), choice));
        if !is_merge(&change) {
            others += 1;
            continue;
        }
        let names = (change.tag(), change.other());
        let shown = site.archive.preview_tag_change(change).await.map_err(bad)?;
        merges.push(merge_preview(names, &shown));
    }
    let view = PreviewPage {
        frame: reader.frame(site, "What this does", Section::Waiting),
        merges,
        others: Count(others),
        fields,
        back,
    };
    page(reader, &view)
}

fn merge_preview((tag, of): (TagId, Option<TagId>), shown: &TagPreview) -> MergePreview {
    let name = |id: TagId| {
        shown.tags.iter().find(|row| row.id == id).map(|row| row.name.clone()).unwrap_or_default()
    };
    let moved = shown.delta.added.iter().filter(|edge| edge.child != tag);
    let count = of.and_then(|of| shown.counts.iter().find(|(id, ..)| *id == of));
    MergePreview {
        tag: name(tag),
        of: of.map(name).unwrap_or_default(),
        works: Count(shown.works),
        moves: moved.map(|edge| name(edge.child)).collect(),
        now: Count(count.map_or(0, |(_, now, _)| *now)),
        then: count.and_then(|(_, _, then)| *then).map(Count),
    }
}

/// Takes a change back.
pub(crate) async fn undo(
    State(site): Shared,
    Path(change): Path<i64>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    site.archive.undo_tag_change(Some(change), OWNER).await.map_err(bad)?;
    site.suggesters.refresh();
    Ok(see_other(way_back(&pairs)))
}
