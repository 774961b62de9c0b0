//! Changes of the tag graph, what they would do, and the way back.

use super::{find, kind_named, works};
use crate::arguments::{How, OneTag, TagCommand};
use crate::failure::{Exit, Failure};
use crate::open::ACTOR;
use crate::output::Output;
use fanfold_app::Archive;
use fanfold_app::tags::{TagChange, TagChanged, TagEdge, TagEdgeKind, TagPreview};
use fanfold_model::{TagId, TagKind};
use serde_json::{Value, json};

/// A change, as it was asked for.
struct Asked {
    change: TagChange,
    how: How,
    /// What is said when it is done.
    done: String,
}

pub(super) async fn run(
    output: &Output,
    archive: &Archive,
    command: TagCommand,
) -> Result<Exit, Failure> {
    let Some(asked) = asked(archive, command).await? else { return Ok(Exit::Done) };
    if asked.how.dry_run {
        let preview = archive.preview_tag_change(asked.change).await?;
        match output.json {
            true => output.object(&preview_record(&preview)),
            false => print_preview(output, &preview),
        }
        return Ok(Exit::Done);
    }
    let changed = archive.change_tag(asked.change, ACTOR).await?;
    tell(output, &asked.done, &changed);
    settle(output, archive).await
}

async fn asked(archive: &Archive, command: TagCommand) -> Result<Option<Asked>, Failure> {
    let (change, how, done) = match command {
        TagCommand::Merge { tag, into, how } => merge(archive, tag, into, how).await?,
        TagCommand::Split { tag, how } => {
            let row = find(archive, &tag).await?;
            (TagChange::Split(row.id), how, format!("“{}” means no other tag any more", row.name))
        }
        TagCommand::Canonical { tag, off, how } => canonical(archive, tag, off, how).await?,
        TagCommand::Metatag { tag, above, off, how } => {
            let row = find(archive, &tag).await?;
            let wider = archive.find_tag(Some(row.kind), &above).await?;
            let (tag, above) = (row.id, wider.id);
            let (change, word) = match off {
                true => (TagChange::NoMetatag { tag, above }, "no longer stands above"),
                false => (TagChange::Metatag { tag, above }, "stands above"),
            };
            (change, how, format!("“{}” {word} “{}”", wider.name, row.name))
        }
        TagCommand::Parent { tag, fandom, off, how } => {
            let row = find(archive, &tag).await?;
            let of = archive.find_tag(Some(TagKind::Fandom), &fandom).await?;
            let (tag, fandom) = (row.id, of.id);
            let (change, word) = match off {
                true => (TagChange::NoParent { tag, fandom }, "no longer belongs"),
                false => (TagChange::Parent { tag, fandom }, "belongs"),
            };
            (change, how, format!("“{}” {word} to “{}”", row.name, of.name))
        }
        TagCommand::Unwrangleable { tag, off, how } => {
            let row = find(archive, &tag).await?;
            let (change, word) = match off {
                true => (TagChange::Wrangleable(row.id), "taken up again"),
                false => (TagChange::Unwrangleable(row.id), "set aside"),
            };
            (change, how, format!("“{}” is {word}", row.name))
        }
        TagCommand::Rename { tag, spelling, how } => {
            let row = find(archive, &tag).await?;
            let change = TagChange::Rename { tag: row.id, name: spelling.clone() };
            (change, how, format!("“{}” is spelt “{}”", row.name, spelling.trim()))
        }
        _ => return Ok(None),
    };
    Ok(Some(Asked { change, how, done }))
}

async fn merge(
    archive: &Archive,
    tag: OneTag,
    into: String,
    how: How,
) -> Result<(TagChange, How, String), Failure> {
    let row = find(archive, &tag).await?;
    let canonical = archive.find_tag(Some(row.kind), &into).await?;
    let change = TagChange::Synonym { tag: row.id, of: canonical.id };
    Ok((change, how, format!("“{}” means “{}”", row.name, canonical.name)))
}

async fn canonical(
    archive: &Archive,
    tag: OneTag,
    off: bool,
    how: How,
) -> Result<(TagChange, How, String), Failure> {
    if off || how.dry_run {
        let row = find(archive, &tag).await?;
        let (change, word) = match off {
            true => (TagChange::NotCanonical(row.id), "canonical no longer"),
            false => (TagChange::Canonical(row.id), "canonical"),
        };
        return Ok((change, how, format!("“{}” is {word}", row.name)));
    }
    let row = match kind_named(&tag.kind)? {
        // A canonical tag may come before the first work that carries it.
        Some(kind) => archive.find_or_coin_tag(kind, &tag.name).await?,
        None => find(archive, &tag).await?,
    };
    Ok((TagChange::Canonical(row.id), how, format!("“{}” is canonical", row.name)))
}

pub(super) async fn undo(
    output: &Output,
    archive: &Archive,
    change: Option<i64>,
) -> Result<Exit, Failure> {
    let (undone, changed) = archive.undo_tag_change(change, ACTOR).await?;
    tell(output, &format!("change {undone} is taken back"), &changed);
    settle(output, archive).await
}

fn tell(output: &Output, done: &str, changed: &TagChanged) {
    if output.json {
        output.object(&json!({"change": changed.id, "works": changed.works, "done": done}));
        return;
    }
    let index = match changed.works {
        0 => String::new(),
        count => format!("; {} under other tags now", works(count)),
    };
    output.line(format!("{done} (change {}){index}", changed.id));
    output.note(format!("`fanfold tag undo {}` takes it back.", changed.id));
}

/// Goes on until everything is counted: stopping it is safe, because any later command goes on.
async fn settle(output: &Output, archive: &Archive) -> Result<Exit, Failure> {
    let mut said = 0;
    archive
        .settle_tags(|left| {
            if left > 1 && said != left {
                said = left;
                output.note(format!(
                    "{left} tags to count; Ctrl-C is safe, the next command goes on"
                ));
            }
        })
        .await?;
    Ok(Exit::Done)
}

fn name_of(preview: &TagPreview, tag: TagId) -> &str {
    preview.tags.iter().find(|row| row.id == tag).map_or("?", |row| row.name.as_str())
}

fn preview_record(preview: &TagPreview) -> Value {
    let edges = |edges: &[TagEdge]| -> Vec<Value> {
        let edge = |edge: &TagEdge| {
            json!({
                "tag": name_of(preview, edge.child), "edge": edge.kind.as_str(),
                "above": name_of(preview, edge.parent),
            })
        };
        edges.iter().map(edge).collect()
    };
    let counts = preview.counts.iter().map(
        |(tag, now, then)| json!({"tag": name_of(preview, *tag), "works": now, "works_then": then}),
    );
    json!({
        "works": preview.works, "removed": edges(&preview.delta.removed),
        "added": edges(&preview.delta.added), "facets": counts.collect::<Vec<_>>(),
    })
}

fn print_preview(output: &Output, preview: &TagPreview) {
    output.line(format!("{} would be found under other tags.", works(preview.works)));
    for (sign, edges) in [("-", &preview.delta.removed), ("+", &preview.delta.added)] {
        for edge in edges {
            let (tag, above) = (name_of(preview, edge.child), name_of(preview, edge.parent));
            let said = match edge.kind {
                TagEdgeKind::Synonym => format!("“{tag}” means “{above}”"),
                TagEdgeKind::Metatag => format!("“{above}” stands above “{tag}”"),
                TagEdgeKind::Parent => format!("“{tag}” belongs to “{above}”"),
            };
            output.line(format!("  {sign} {said}"));
        }
    }
    for (tag, before, after) in &preview.delta.states {
        let name = name_of(preview, *tag);
        for (was, is, word) in [
            (before.canonical, after.canonical, "canonical"),
            (before.unwrangleable, after.unwrangleable, "set aside"),
        ] {
            if was != is {
                output.line(format!("  {} “{name}” is {word}", if is { "+" } else { "-" }));
            }
        }
    }
    for (tag, now, then) in &preview.counts {
        let then = then.map_or("more than can be counted at once".to_owned(), |n| n.to_string());
        output.line(format!("  facet “{}”: {now} → {then}", name_of(preview, *tag)));
    }
    output.note("Nothing was changed.");
}
