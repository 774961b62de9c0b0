//! The one place that turns an error into a status and a page.

use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use fanfold_app::AppError;
use serde_json::{Value, json};

use crate::answer::JSON;
use crate::reader::Reader;
use crate::views::frame::{Frame, Section};
use crate::views::parts::NamedLink;
use crate::views::problems::ProblemPage;

/// Why a page cannot be shown.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    /// There is no such page, or it may not be seen, which must look the same.
    #[error("there is no such page")]
    Missing,
    /// The request makes no sense.
    #[error("{0}")]
    Bad(String),
    /// Something is asked first.
    #[error("{what}")]
    AsksFirst {
        /// What is asked.
        what: &'static str,
        /// How it is answered.
        hint: &'static str,
    },
    /// More was sent than is taken.
    #[error("{0}")]
    TooLarge(String),
    /// A use case failed.
    #[error(transparent)]
    App(#[from] AppError),
    /// The disk failed while an upload was kept.
    #[error("the upload could not be kept: {0}")]
    Disk(#[from] std::io::Error),
    /// A template failed: a bug.
    #[error("a page could not be written: {0}")]
    Template(String),
}

/// What the page of a problem says; travels with the response to [`with_pages`].
#[derive(Clone, Debug)]
struct Said {
    heading: &'static str,
    message: String,
    /// The problem in the words of the command line, for programs; not told where the fault is ours.
    plain: Option<String>,
    /// What would work.
    hint: Option<String>,
    /// Where a query cannot be read, counted from 1 in characters.
    column: Option<usize>,
}

impl Problem {
    fn status(&self) -> StatusCode {
        match self {
            Self::Missing | Self::App(AppError::Missing { .. }) => StatusCode::NOT_FOUND,
            Self::Bad(_) | Self::App(AppError::Query(_) | AppError::Refused(_)) => {
                StatusCode::BAD_REQUEST
            }
            Self::AsksFirst { .. } => StatusCode::FORBIDDEN,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::App(AppError::Busy { .. }) => StatusCode::SERVICE_UNAVAILABLE,
            Self::App(_) | Self::Disk(_) | Self::Template(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn said(&self) -> Said {
        let (heading, message) = match self.status() {
            StatusCode::NOT_FOUND => (
                "This page is not here",
                "The address may be old or mistyped, or what it led to may not be open to everyone.".to_owned(),
            ),
            StatusCode::BAD_REQUEST => ("That could not be understood", sentence(&self.to_string())),
            StatusCode::FORBIDDEN => ("Something is asked first", sentence(&self.to_string())),
            StatusCode::PAYLOAD_TOO_LARGE => ("That is too much at once", sentence(&self.to_string())),
            StatusCode::SERVICE_UNAVAILABLE => ("Not just now", sentence(&self.to_string())),
            _ => (
                "Something broke here",
                "The fault is ours, not yours; nothing that was kept is lost. The server’s log says more.".to_owned(),
            ),
        };
        let (hint, column) = match self {
            Self::App(AppError::Query(error)) => (Some(error.hint.clone()), Some(error.column)),
            Self::AsksFirst { hint, .. } => (Some((*hint).to_owned()), None),
            _ => (None, None),
        };
        let told = self.status().is_client_error() && self.status() != StatusCode::NOT_FOUND;
        let plain = told.then(|| self.to_string());
        Said { heading, message, plain, hint: hint.filter(|hint| !hint.is_empty()), column }
    }
}

impl Said {
    /// `{error, hint, column}`, the last two where there is something to say.
    fn object(&self) -> Value {
        let mut object = json!({ "error": self.plain.as_ref().unwrap_or(&self.message) });
        if let Some(hint) = &self.hint {
            object["hint"] = json!(hint);
        }
        if let Some(column) = self.column {
            object["column"] = json!(column);
        }
        object
    }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let stop = if text.ends_with(['.', '?', '…']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        if status.is_server_error() {
            tracing::error!(error = %self, "a page could not be shown");
        }
        let mut response = status.into_response();
        response.extensions_mut().insert(self.said());
        response
    }
}

/// Gives problems, and bare refusals of the router, a page in the reader's own settings; programs that ask the API get them
/// as an object.
pub(crate) async fn with_pages(request: Request, next: Next) -> Response {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let headers = request.headers().clone();
    let response = next.run(request).await;
    let status = response.status();
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page || !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let Some(said) = response.extensions().get::<Said>().cloned().or_else(|| bare(status)) else {
        return response;
    };
    if path.starts_with("/api/") {
        return (status, [(header::CONTENT_TYPE, JSON)], said.object().to_string()).into_response();
    }
    let reader = Reader::of(&headers, path);
    let view = ProblemPage {
        frame: Frame {
            title: said.heading.into(),
            path: reader.path.clone(),
            section: Section::Elsewhere,
            preferences: reader.preferences,
            ..Frame::default()
        },
        status: status.as_u16(),
        heading: said.heading.into(),
        message: said.message,
        next: vec![
            NamedLink::new("Search the library", "/search"),
            NamedLink::new("Go to the works", "/works"),
        ],
    };
    match askama::Template::render(&view) {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => response,
    }
}

/// What is said where the router itself refused.
fn bare(status: StatusCode) -> Option<Said> {
    let problem = match status {
        StatusCode::NOT_FOUND => Problem::Missing,
        StatusCode::BAD_REQUEST
        | StatusCode::METHOD_NOT_ALLOWED
        | StatusCode::UNPROCESSABLE_ENTITY => {
            Problem::Bad("this address does not take such a request".to_owned())
        }
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::TooLarge("the request is larger than this page takes".to_owned())
        }
        _ => return None,
    };
    Some(problem.said())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_and_what_is_missing_are_said_in_the_same_words() {
        let missing = AppError::Missing { what: "work", name: "12".into(), hint: "look" };
        assert_eq!(Problem::App(missing).said().message, Problem::Missing.said().message);
    }

    #[test]
    fn a_fault_of_ours_tells_strangers_nothing_about_the_inside() {
        let said = Problem::Template("secret path /srv/library".into()).said();
        assert!(!said.message.contains("secret"));
    }

    #[test]
    fn messages_become_sentences() {
        assert_eq!(sentence("no file was sent"), "No file was sent.");
        assert_eq!(sentence("Done."), "Done.");
    }
}
