//! Saved filters and mutes of the owner.

use axum::Form;
use axum::extract::State;
use fanfold_app::AppError;
use fanfold_model::query::parse;
use fanfold_model::{Mute, Muted, PartialDate, SavedFilter};

use crate::answer::{Answer, page, see_other};
use crate::error::Problem;
use crate::fields::{Pairs, text, value};
use crate::present::kind_singular;
use crate::reader::Reader;
use crate::site::{OWNER, Shared, Site};
use crate::urls;
use crate::views::frame::Section;
use crate::views::shelf::{FilterLine, FiltersPage, MuteForm, MuteLine};
use crate::views::words::When;

/// `/filters`
pub(crate) async fn show(State(site): Shared, reader: Reader) -> Answer {
    shelf(&site, &reader, None).await
}

/// Keeps a filter.
pub(crate) async fn keep(State(site): Shared, reader: Reader, Form(pairs): Form<Pairs>) -> Answer {
    let filter = SavedFilter {
        name: text(&pairs, "name").to_owned(),
        query: text(&pairs, "query").to_owned(),
        usual: text(&pairs, "usual") == "true",
    };
    match site.archive.save_filter(OWNER, filter).await {
        Ok(()) => Ok(see_other("/filters")),
        Err(AppError::Refused(why)) => shelf(&site, &reader, Some(why)).await,
        Err(error) => Err(error.into()),
    }
}

/// Forgets a filter.
pub(crate) async fn forget(State(site): Shared, Form(pairs): Form<Pairs>) -> Answer {
    site.archive.forget_filter(OWNER, text(&pairs, "name")).await?;
    Ok(see_other("/filters"))
}

/// Mutes a tag, a creator or a work.
pub(crate) async fn mute(State(site): Shared, reader: Reader, Form(pairs): Form<Pairs>) -> Answer {
    let what = muted(&pairs)?;
    let name = text(&pairs, "name");
    match site.archive.mute(OWNER, what, name, text(&pairs, "days").parse().ok()).await {
        Ok(()) => Ok(see_other("/filters")),
        Err(AppError::Refused(why)) => shelf(&site, &reader, Some(why)).await,
        Err(error) => Err(error.into()),
    }
}

/// Lifts a mute.
pub(crate) async fn lift(State(site): Shared, Form(pairs): Form<Pairs>) -> Answer {
    site.archive.unmute(OWNER, &muted(&pairs)?).await?;
    Ok(see_other("/filters"))
}

/// The form that mutes something; `means` says what that does, as a sentence.
pub(crate) fn mute_form(what: &Muted, name: &str, means: &'static str) -> MuteForm {
    let (sort, key) = what.key();
    MuteForm { sort, key, name: name.to_owned(), means }
}

/// Whether a page is asked for with what the reader muted.
pub(crate) fn shows_all(pairs: &Pairs) -> bool {
    value(pairs, "show") == Some("all")
}

/// The address of a page with what is left out of it, or again without.
pub(crate) fn show_other(path: &str, shows_all: bool) -> String {
    if shows_all { path.to_owned() } else { format!("{path}?show=all") }
}

fn muted(pairs: &Pairs) -> Result<Muted, Problem> {
    Muted::from_key(text(pairs, "sort"), text(pairs, "key"))
        .ok_or_else(|| Problem::Bad("that is nothing that can be muted".to_owned()))
}

async fn shelf(site: &Site, reader: &Reader, problem: Option<String>) -> Answer {
    let filters = site.archive.saved_filters(OWNER).await?;
    let mutes = site.archive.mutes(OWNER).await?;
    let today = site.archive.today();
    let view = FiltersPage {
        frame: reader.frame(site, "Filters and mutes", Section::Elsewhere),
        problem,
        filters: filters.iter().map(filter_line).collect(),
        mutes: mutes.iter().map(|mute| mute_line(mute, today)).collect(),
    };
    page(reader, &view)
}

fn filter_line(filter: &SavedFilter) -> FilterLine {
    FilterLine {
        name: filter.name.clone(),
        query: filter.query.clone(),
        href: urls::search(&filter.query),
        feed_href: urls::filter_feed(&filter.name),
        usual: filter.usual,
        problem: parse(&filter.query).err().map(|error| error.message),
    }
}

fn mute_line(mute: &Mute, today: i32) -> MuteLine {
    let (sort, key) = mute.what.key();
    let what = match &mute.what {
        Muted::Tag { kind, .. } => kind_singular(*kind).to_owned(),
        Muted::Creator(_) => "Creator".to_owned(),
        Muted::Work(_) => "Work".to_owned(),
    };
    let until = mute.until.and_then(PartialDate::from_day);
    let until = until.map(|date| When::from_iso(&date.to_string()).words);
    MuteLine { sort, key, what, name: mute.name.clone(), until, over: !mute.holds_on(today) }
}
