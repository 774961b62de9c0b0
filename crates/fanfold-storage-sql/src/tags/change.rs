//! Making changes, and taking them back.

use super::delta::{from_text, inverse, to_text, touched};
use super::excerpt::Excerpt;
use super::inserts;
use super::plan::{plan, refused};
use super::{rules, scope, sql};
use crate::db::{Conn, int_list, vals};
use crate::history;
use fanfold_model::{TagId, fold_name};
use fanfold_storage::{Result, TagChange, TagChanged, TagDelta};

/// Who and when.
#[derive(Debug, Clone)]
pub(super) struct Hand {
    pub(super) actor: String,
    pub(super) at: String,
}

/// A line of the history that is to be written.
struct Line {
    action: String,
    tag: i64,
    name: String,
    other: Option<i64>,
    other_name: Option<String>,
    undoes: Option<i64>,
}

pub(super) async fn make(conn: &mut Conn, change: TagChange, hand: Hand) -> Result<TagChanged> {
    let delta = plan(conn, &change).await?;
    let tags = [Some(change.tag()), change.other()];
    let excerpt = Excerpt::around(conn, tags.into_iter().flatten()).await?;
    let name = |tag: TagId| excerpt.nodes.get(&tag).map(|node| node.state.name.clone());
    let spelling = match &change {
        TagChange::Rename { name, .. } => Some(name.trim().to_owned()),
        _ => None,
    };
    let line = Line {
        action: change.action().to_owned(),
        tag: change.tag().0,
        name: name(change.tag()).unwrap_or_default(),
        other: change.other().map(|tag| tag.0),
        other_name: change.other().and_then(name).or(spelling),
        undoes: None,
    };
    record(conn, &delta, line, hand).await
}

pub(super) async fn undo(conn: &mut Conn, id: i64, hand: Hand) -> Result<TagChanged> {
    let Some(mut row) = conn.first(sql::CHANGE, vals![id]).await? else {
        return refused(format!(
            "there is no change {id} to the tags; `fanfold tag history` lists them"
        ));
    };
    if let Some(by) = row.int_or_null(5)? {
        return refused(format!("change {id} was taken back already, by change {by}"));
    }
    let delta = from_text(&row.text(4)?)?;
    if touched(&delta).is_empty() {
        return refused(format!(
            "change {id} brought wrangling from outside and cannot be taken back in one piece"
        ));
    }
    in_force(conn, id, &delta).await?;
    let line = Line {
        action: "undo".to_owned(),
        tag: row.int(0)?,
        name: row.text(1)?,
        other: row.int_or_null(2)?,
        other_name: row.text_or_null(3)?,
        undoes: Some(id),
    };
    let made = record(conn, &inverse(delta), line, hand).await?;
    conn.execute(sql::SET_UNDONE, vals![made.id, id]).await?;
    Ok(made)
}

/// Refuses to take a change back that is not in force as it was made.
async fn in_force(conn: &mut Conn, id: i64, delta: &TagDelta) -> Result<()> {
    let tags = touched(delta);
    let excerpt = Excerpt::around(conn, tags.iter().copied()).await?;
    let same_states = delta
        .states
        .iter()
        .all(|(tag, _, after)| excerpt.nodes.get(tag).is_some_and(|node| node.state == *after));
    let same_edges = delta.added.iter().all(|edge| excerpt.edges.contains(edge))
        && !delta.removed.iter().any(|edge| excerpt.edges.contains(edge));
    if same_states && same_edges {
        return Ok(());
    }
    later(conn, id, &tags, "what it changed was changed again").await
}

/// Refuses with the newest later change of the same tags.
async fn later(
    conn: &mut Conn,
    id: i64,
    tags: &std::collections::BTreeSet<TagId>,
    why: &str,
) -> Result<()> {
    let list = int_list(tags.iter().map(|tag| tag.0));
    let later = conn.first(sql::LATER_CHANGE, vec![id.into(), list]).await?;
    let Some(mut row) = later else {
        return refused(format!("change {id} cannot be taken back: {why}"));
    };
    let (other, action, name) = (row.int(0)?, row.text(1)?, row.text(2)?);
    refused(format!(
        "change {id} cannot be taken back: {why} by change {other} ({action}: {name}); \
         take that one back first, with `fanfold tag undo {other}`"
    ))
}

/// Applies a delta, holds it to the rules, writes its line and what follows from it.
async fn record(conn: &mut Conn, delta: &TagDelta, line: Line, hand: Hand) -> Result<TagChanged> {
    apply(conn, delta).await?;
    let tags = touched(delta);
    if let Some(fault) = rules::fault(conn, &tags).await? {
        return match line.undoes {
            Some(id) => {
                let why = format!("{fault} would follow from what was decided since");
                later(conn, id, &tags, &why).await.and_then(|()| refused(why))
            }
            None => refused(fault),
        };
    }
    let id = conn.take_numbers("tag_change", 1).await? + 1;
    history::know(conn, [hand.actor.as_str()]).await?;
    let scope = scope::of(conn, delta).await?;
    let works = scope.iter().map(|(_, works)| works).sum::<u64>();
    let row = vals![
        id,
        line.action,
        line.tag,
        line.name,
        line.other,
        line.other_name,
        hand.actor,
        hand.at,
        works,
        line.undoes,
        None::<i64>,
        to_text(delta),
    ];
    conn.insert(&inserts::TAG_CHANGES, vec![row]).await?;
    let touched = tags.iter().map(|tag| vals![tag.0, id]).collect();
    conn.insert(&inserts::TOUCHED, touched).await?;
    scope::put_tasks(conn, id, delta).await?;
    tell_graph(conn).await?;
    Ok(TagChanged { id, works })
}

pub(super) async fn apply(conn: &mut Conn, delta: &TagDelta) -> Result<()> {
    for (tag, _, after) in &delta.states {
        let folded = fold_name(&after.name);
        let values = vals![after.canonical, after.unwrangleable, &after.name, folded, tag.0];
        conn.execute(sql::SET_STATE, values).await?;
    }
    for edge in &delta.removed {
        let values = vals![edge.child.0, edge.parent.0, edge.kind.as_str()];
        conn.execute(sql::DELETE_EDGE, values).await?;
    }
    let rows = delta.added.iter();
    let rows = rows.map(|edge| vals![edge.child.0, edge.parent.0, edge.kind.as_str()]).collect();
    conn.insert(&inserts::EDGES, rows).await
}

/// A line of the change log that is about no work: pages that show tags are not as they were.
pub(super) async fn tell_graph(conn: &mut Conn) -> Result<()> {
    let seq = conn.take_numbers("change", 1).await? + 1;
    conn.insert(&inserts::CHANGES, vec![vals![seq, 0_i64, "graph"]]).await
}

/// Notes that wrangling came from outside.
pub(super) async fn note_load(
    conn: &mut Conn,
    what: String,
    said: String,
    hand: Hand,
) -> Result<()> {
    let id = conn.take_numbers("tag_change", 1).await? + 1;
    history::know(conn, [hand.actor.as_str()]).await?;
    let nothing = to_text(&TagDelta::default());
    let none = None::<i64>;
    let row =
        vals![id, "load", 0_i64, what, none, said, hand.actor, hand.at, 0_i64, none, none, nothing];
    conn.insert(&inserts::TAG_CHANGES, vec![row]).await?;
    tell_graph(conn).await
}
