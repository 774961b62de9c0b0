//! `/api/v1`: the library for programs, as JSON. It asks the questions that the pages ask, on behalf of the same reader, so
//! its numbers are those of the pages. `parameters` says which fields each address takes; the description at
//! `/api/openapi.json` and the check of every request are both made from it.

mod complete;
mod description;
mod parameters;
mod schemas;
mod tags;
mod works;

pub(crate) use complete::show as complete;
#[cfg(test)]
pub(crate) use description::description as described;
pub(crate) use description::show as description;
pub(crate) use tags::{list as tags, show as tag};
pub(crate) use works::{search, show as work};

use axum::http::header::{self, HeaderName, HeaderValue};
use axum::response::Response;
use serde_json::Value;

use crate::answer::{Answer, JSON, document};
use crate::error::Problem;
use crate::fields::{Pairs, value};
use crate::reader::Reader;
use crate::site::Site;

/// Answers with an object.
fn answer(site: &Site, reader: &Reader, object: &Value) -> Answer {
    Ok(open_to_pages(site, document(reader, JSON, object.to_string())?))
}

/// Lets pages of other sites read what a public site tells everyone. A library that is served to its owner is read by its
/// own pages only: any site that the owner visits could ask it otherwise.
fn open_to_pages(site: &Site, mut response: Response) -> Response {
    if site.settings.public {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        let policy = HeaderName::from_static("cross-origin-resource-policy");
        headers.insert(policy, HeaderValue::from_static("cross-origin"));
    }
    response
}

/// A number within bounds, or the usual one where none is given.
fn number(pairs: &Pairs, name: &str, most: u32, usual: u32) -> Result<u32, Problem> {
    let Some(given) = value(pairs, name) else { return Ok(usual) };
    let number = given.parse().ok().filter(|number| *number <= most);
    number.ok_or_else(|| Problem::Bad(format!("`{name}` takes a number from 0 to {most}")))
}
