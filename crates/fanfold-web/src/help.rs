//! Help, reading settings, the answer to the adult gate, and the sign of life.

use axum::Form;
use axum::extract::{Query, State};
use axum::http::HeaderValue;
use axum::http::header;
use axum::response::Response;

use crate::answer::{Answer, page, see_other};
use crate::error::Problem;
use crate::fields::{Pairs, text};
use crate::reader::{ADULT_COOKIE, READING_COOKIE, Reader};
use crate::site::Shared;
use crate::urls::own_path;
use crate::views::about::{HelpPage, PreferencesPage};
use crate::views::frame::{Preferences, Section};

const A_YEAR: u32 = 31_536_000;

/// `/help/search`
pub(crate) async fn search(State(site): Shared, reader: Reader) -> Answer {
    page(&reader, &HelpPage { frame: reader.frame(&site, "How to search", Section::Search) })
}

/// `/healthz`
pub(crate) async fn health(State(site): Shared) -> Result<&'static str, Problem> {
    site.archive.last_change().await?;
    Ok("ok\n")
}

/// `/preferences`
pub(crate) async fn preferences(
    State(site): Shared,
    reader: Reader,
    Query(pairs): Query<Pairs>,
) -> Answer {
    let mut frame = reader.frame(&site, "Reading settings", Section::Elsewhere);
    frame.path = own_path(text(&pairs, "return_to")).to_owned();
    page(&reader, &PreferencesPage { frame })
}

/// The form of reading settings.
pub(crate) async fn set_preferences(State(site): Shared, Form(pairs): Form<Pairs>) -> Answer {
    let chosen =
        Preferences::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let response = see_other(own_path(text(&pairs, "return_to")));
    with_cookie(response, READING_COOKIE, &chosen.to_cookie(), &site.settings.base_url)
}

/// "Continue" at the adult gate.
pub(crate) async fn pass_the_gate(State(site): Shared, Form(pairs): Form<Pairs>) -> Answer {
    let response = see_other(own_path(text(&pairs, "return_to")));
    with_cookie(response, ADULT_COOKIE, "yes", &site.settings.base_url)
}

fn with_cookie(
    mut response: Response,
    name: &str,
    value: &str,
    base_url: &Option<String>,
) -> Answer {
    let secure = if base_url.as_deref().is_some_and(|url| url.starts_with("https://")) {
        "; Secure"
    } else {
        ""
    };
    let cookie =
        format!("{name}={value}; Path=/; Max-Age={A_YEAR}; HttpOnly; SameSite=Lax{secure}");
    let cookie = HeaderValue::from_str(&cookie).map_err(|error| Problem::Bad(error.to_string()))?;
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}
