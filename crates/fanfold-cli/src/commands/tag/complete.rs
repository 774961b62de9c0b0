//! `fanfold tag complete`.

use super::{kind_named, works};
use crate::arguments::TagCompleteArgs;
use crate::failure::{Exit, Failure};
use crate::output::Output;
use fanfold_app::Archive;
use fanfold_app::names::{Completed, CompletionRequest, NameKind};
use fanfold_model::{TagKind, Viewer};
use serde_json::{Value, json};

pub(super) async fn run(
    output: &Output,
    archive: &Archive,
    args: TagCompleteArgs,
) -> Result<Exit, Failure> {
    let kind = match args.kind.to_lowercase().as_str() {
        "creator" | "author" => NameKind::Creator,
        kind => kind_named(kind)?.map_or(NameKind::AnyTag, NameKind::Tag),
    };
    archive.follow_if_free().await?;
    let request = CompletionRequest {
        text: args.text,
        kind,
        fandoms: args.fandom,
        limit: args.limit,
        viewer: Viewer::Owner,
        standing: None,
    };
    let found = archive.complete(&request).await?;
    for own in &found {
        if output.json {
            output.object(&record(own));
        } else {
            output.line(line(output, own));
        }
    }
    if found.is_empty() {
        output.note("No work carries a name like that.");
    }
    Ok(Exit::Done)
}

fn record(own: &Completed) -> Value {
    json!({
        "kind": own.kind.map_or("creator", TagKind::as_str), "name": own.name, "works": own.works,
        "here": own.here, "also": own.also, "slipped": own.slipped,
    })
}

/// Works, name, kind, and how it was found.
fn line(output: &Output, own: &Completed) -> String {
    let mut about = own.kind.map_or("creator", TagKind::as_str).to_owned();
    if let Some(here) = own.here {
        about += &format!(", {} of the fandom", works(here));
    }
    if let Some(also) = &own.also {
        about += &format!(", meant by {also}");
    }
    format!("{:>8}  {}  {}", own.works, own.name, output.muted(&about))
}
