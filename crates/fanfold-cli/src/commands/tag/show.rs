//! `fanfold tag show`, `suggest` and `history`.

use super::{find, line, record, works};
use crate::arguments::OneTag;
use crate::failure::{Exit, Failure};
use crate::output::Output;
use fanfold_app::tags::{TagChangeLine, TagStanding, TagView};
use fanfold_app::{Archive, TagRef};
use serde_json::{Value, json};

pub(super) async fn show(
    output: &Output,
    archive: &Archive,
    tag: &OneTag,
) -> Result<Exit, Failure> {
    let view = archive.tag_view(find(archive, tag).await?).await?;
    if output.json {
        output.object(&whole(&view));
        return Ok(Exit::Done);
    }
    output.line(output.strong(&view.row.name));
    let standing = match &view.row.means {
        Some((_, name)) => format!("a synonym of {name}"),
        None => view.row.standing.as_str().to_owned(),
    };
    output.line(format!("  {}, {standing}, {}", view.row.kind, works(view.row.works)));
    if view.row.elsewhere > 0 {
        output.line(format!("  {} in the archive it was loaded from", works(view.row.elsewhere)));
    }
    let page = &view.page;
    for (what, tags) in [
        ("synonyms", &page.synonyms),
        ("metatags", &page.metatags),
        ("subtags", &page.subtags),
        ("belongs to", &page.parents),
    ] {
        if !tags.is_empty() {
            output.line(format!("  {what}: {}", names(tags)));
        }
    }
    if !page.written.is_empty() {
        output.line(format!("  written: {}", page.written.join(" | ")));
    }
    let fandoms: Vec<String> =
        view.fandoms.iter().map(|(row, count)| format!("{} ({count})", row.name)).collect();
    if !fandoms.is_empty() {
        output.line(format!("  on works of: {}", fandoms.join(", ")));
    }
    view.history.iter().for_each(|change| output.line(format!("  {}", told(output, change))));
    Ok(Exit::Done)
}

fn names(tags: &[TagRef]) -> String {
    let names: Vec<String> =
        tags.iter().map(|tag| format!("{} ({})", tag.name, tag.works)).collect();
    names.join(", ")
}

fn whole(view: &TagView) -> Value {
    let page = &view.page;
    let tags = |tags: &[TagRef]| -> Vec<Value> {
        tags.iter().map(|tag| json!({"name": tag.name, "works": tag.works})).collect()
    };
    let fandoms: Vec<Value> =
        view.fandoms.iter().map(|(row, count)| json!({"name": row.name, "works": count})).collect();
    let mut object = record(&view.row);
    object["synonyms"] = tags(&page.synonyms).into();
    object["metatags"] = tags(&page.metatags).into();
    object["subtags"] = tags(&page.subtags).into();
    object["parents"] = tags(&page.parents).into();
    object["written"] = page.written.clone().into();
    object["fandoms"] = fandoms.into();
    object["history"] = view.history.iter().map(change_record).collect();
    object
}

pub(super) async fn suggest(
    output: &Output,
    archive: &Archive,
    tag: &OneTag,
    limit: usize,
) -> Result<Exit, Failure> {
    let row = find(archive, tag).await?;
    if row.standing == TagStanding::Canonical || row.standing == TagStanding::Synonym {
        output.note(format!("“{}” is {} already.", row.name, row.standing.as_str()));
    }
    let suggester = archive.suggester(row.kind).await?;
    let found = archive.suggest_tag(&suggester, &row, limit).await?;
    for one in &found {
        if output.json {
            let mut object = record(&one.tag);
            object["why"] = one.why.clone().into();
            object["score"] = f64::from((one.score * 1000.0).round() / 1000.0).into();
            object["sure"] = one.sure.into();
            output.object(&object);
        } else {
            let sure = if one.sure { ", and nothing else comes near" } else { "" };
            let percent = (one.score * 100.0).round();
            output.line(line(output, &one.tag));
            output.line(output.muted(&format!("          {percent} %: {}{sure}", one.why)));
        }
    }
    if found.is_empty() {
        output.note(format!("Nothing canonical is like “{}”.", row.name));
    } else if !found.iter().any(|one| one.sure) {
        output.note("None of them is sure; that is for you to say.");
    }
    Ok(Exit::Done)
}

pub(super) async fn history(
    output: &Output,
    archive: &Archive,
    limit: u32,
) -> Result<Exit, Failure> {
    let lines = archive.tag_history(None, limit).await?;
    for line in &lines {
        match output.json {
            true => output.object(&change_record(line)),
            false => output.line(told(output, line)),
        }
    }
    if lines.is_empty() {
        output.note("Nothing was decided yet.");
    }
    Ok(Exit::Done)
}

fn change_record(line: &TagChangeLine) -> Value {
    json!({
        "change": line.id, "action": line.action, "tag": line.name, "other": line.other,
        "actor": line.actor, "at": line.at, "undoes": line.undoes, "undone_by": line.undone_by,
    })
}

/// A line of the history in words.
fn told(output: &Output, line: &TagChangeLine) -> String {
    let other = line.other.as_deref().unwrap_or_default();
    let name = &line.name;
    let what = match (line.action.as_str(), line.undoes) {
        ("undo", Some(id)) => format!("took change {id} back: {name}"),
        ("merge", _) => format!("{name} means {other}"),
        ("split", _) => format!("{name} means no other tag"),
        ("metatag", _) => format!("{other} stands above {name}"),
        ("no metatag", _) => format!("{other} does not stand above {name}"),
        ("parent", _) => format!("{name} belongs to {other}"),
        ("no parent", _) => format!("{name} does not belong to {other}"),
        ("rename", _) => format!("{name} is spelt {other}"),
        ("load", _) => format!("{name} was loaded: {other}"),
        (action, _) => format!("{name} is {action}"),
    };
    let back = line.undone_by.map(|by| format!(", taken back by {by}")).unwrap_or_default();
    let about = output.muted(&format!("{} {}{back}", line.at, line.actor));
    format!("{:>6}  {what}  {about}", line.id)
}
