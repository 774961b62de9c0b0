//! A delta as it is stored, and the other way round.

use fanfold_model::TagId;
use fanfold_storage::{Result, StorageError, TagDelta, TagEdge, TagEdgeKind, TagState};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Serialize, Deserialize)]
struct Stored {
    states: Vec<(i64, State, State)>,
    removed: Vec<(i64, i64, String)>,
    added: Vec<(i64, i64, String)>,
}

/// Canonical, unwrangleable, name.
type State = (bool, bool, String);

/// As JSON.
pub(super) fn to_text(delta: &TagDelta) -> String {
    let state = |state: &TagState| (state.canonical, state.unwrangleable, state.name.clone());
    let edges = |edges: &[TagEdge]| {
        let edge = |edge: &TagEdge| (edge.child.0, edge.parent.0, edge.kind.as_str().to_owned());
        edges.iter().map(edge).collect()
    };
    let states = delta.states.iter();
    let stored = Stored {
        states: states.map(|(tag, old, new)| (tag.0, state(old), state(new))).collect(),
        removed: edges(&delta.removed),
        added: edges(&delta.added),
    };
    serde_json::to_string(&stored).unwrap_or_default()
}

/// From JSON.
pub(super) fn from_text(text: &str) -> Result<TagDelta> {
    let damaged = |reason: String| StorageError::Damaged {
        what: "the record of a change to the tag graph".to_owned(),
        reason,
    };
    let stored: Stored = serde_json::from_str(text).map_err(|error| damaged(error.to_string()))?;
    let state = |(canonical, unwrangleable, name)| TagState { canonical, unwrangleable, name };
    let edges = |edges: Vec<(i64, i64, String)>| {
        let edge = |(child, parent, kind): (i64, i64, String)| {
            let kind = TagEdgeKind::from_name(&kind)
                .ok_or_else(|| damaged(format!("`{kind}` is no kind of edge")))?;
            Ok(TagEdge { child: TagId(child), parent: TagId(parent), kind })
        };
        edges.into_iter().map(edge).collect::<Result<Vec<_>>>()
    };
    let states = stored.states.into_iter();
    Ok(TagDelta {
        states: states.map(|(tag, old, new)| (TagId(tag), state(old), state(new))).collect(),
        removed: edges(stored.removed)?,
        added: edges(stored.added)?,
    })
}

/// What takes the change back.
pub(super) fn inverse(delta: TagDelta) -> TagDelta {
    let states = delta.states.into_iter();
    TagDelta {
        states: states.map(|(tag, before, after)| (tag, after, before)).collect(),
        removed: delta.added,
        added: delta.removed,
    }
}

/// Every tag that a delta names.
pub(super) fn touched(delta: &TagDelta) -> BTreeSet<TagId> {
    let edges = delta.removed.iter().chain(&delta.added);
    let ends = edges.flat_map(|edge| [edge.child, edge.parent]);
    delta.states.iter().map(|(tag, ..)| *tag).chain(ends).collect()
}
