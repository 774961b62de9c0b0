//! `fanfold tag`.

mod change;
mod complete;
mod load;
mod show;

use crate::arguments::{Globals, OneTag, TagArgs, TagCommand, TagListArgs};
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::Output;
use fanfold_app::Archive;
use fanfold_app::tags::{TagFilter, TagRow, TagStanding};
use fanfold_model::TagKind;
use serde_json::{Value, json};

pub(crate) async fn run(
    globals: &Globals,
    output: &Output,
    args: TagArgs,
) -> Result<Exit, Failure> {
    let archive = match &args.command {
        // Wrangling may come before the first work.
        TagCommand::Load { .. } | TagCommand::Canonical { .. } => open::archive(globals).await?,
        _ => open::existing(globals).await?,
    };
    match args.command {
        TagCommand::List(args) => list(output, &archive, args).await,
        TagCommand::Show(tag) => show::show(output, &archive, &tag).await,
        TagCommand::Suggest { tag, limit } => show::suggest(output, &archive, &tag, limit).await,
        TagCommand::Complete(args) => complete::run(output, &archive, args).await,
        TagCommand::History { limit } => show::history(output, &archive, limit).await,
        TagCommand::Undo { change } => change::undo(output, &archive, change).await,
        TagCommand::Load { files } => load::run(output, &archive, &files).await,
        command => change::run(output, &archive, command).await,
    }
}

/// A kind of tag, by its name; the words of the query language do as well.
fn kind_named(name: &str) -> Result<Option<TagKind>, Failure> {
    let lower = name.to_lowercase();
    let kind = match lower.as_str() {
        "any" => return Ok(None),
        "rel" | "ship" | "pairing" => Some(TagKind::Relationship),
        "char" => Some(TagKind::Character),
        "tag" => Some(TagKind::Freeform),
        "categories" => Some(TagKind::Category),
        lower => TagKind::from_name(lower.strip_suffix('s').unwrap_or(lower)),
    };
    kind.map(Some).ok_or_else(|| {
        let kinds = TagKind::ALL.map(TagKind::as_str).join(", ");
        Failure::usage(format!("`{name}` is no kind of tag"), format!("use one of: {kinds}, any"))
    })
}

/// The tag that was named.
async fn find(archive: &Archive, tag: &OneTag) -> Result<TagRow, Failure> {
    Ok(archive.find_tag(kind_named(&tag.kind)?, &tag.name).await?)
}

async fn list(output: &Output, archive: &Archive, args: TagListArgs) -> Result<Exit, Failure> {
    let standing = [
        (args.unwrangled, TagStanding::Unwrangled),
        (args.canonical, TagStanding::Canonical),
        (args.unwrangleable, TagStanding::Unwrangleable),
        (args.synonyms, TagStanding::Synonym),
    ];
    let fandom = match &args.fandom {
        Some(name) => Some(archive.find_tag(Some(TagKind::Fandom), name).await?.id),
        None => None,
    };
    let filter = TagFilter {
        kind: args.kind.as_deref().map(kind_named).transpose()?.flatten(),
        fandom,
        standing: standing.into_iter().find(|(asked, _)| *asked).map(|(_, standing)| standing),
        name: args.query,
        offset: args.offset,
    };
    let rows = archive.wrangling_list(filter, args.limit).await?;
    for row in &rows {
        if output.json {
            output.object(&record(row));
        } else {
            output.line(line(output, row));
        }
    }
    if rows.is_empty() {
        output.note("No tag fits. `fanfold tag list` without options shows all.");
    } else if rows.len() == args.limit as usize {
        output.note(format!("The first {}; --limit and --offset show others.", rows.len()));
    }
    Ok(Exit::Done)
}

/// A tag as a line: works, name, kind, what it is.
fn line(output: &Output, row: &TagRow) -> String {
    let about = match &row.means {
        Some((_, name)) => format!("{}, means {name}", row.kind),
        None => format!("{}, {}", row.kind, row.standing.as_str()),
    };
    let elsewhere =
        if row.elsewhere > 0 { format!(", {} elsewhere", row.elsewhere) } else { String::new() };
    format!("{:>8}  {}  {}", row.works, row.name, output.muted(&format!("{about}{elsewhere}")))
}

/// A tag as a JSON object.
fn record(row: &TagRow) -> Value {
    json!({
        "id": row.id.0, "kind": row.kind.as_str(), "name": row.name,
        "standing": row.standing.as_str(), "canonical": row.standing == TagStanding::Canonical,
        "synonym_of": row.means.as_ref().map(|(_, name)| name), "works": row.works,
        "elsewhere": row.elsewhere,
    })
}

/// "1 work", "2 works".
fn works(count: u64) -> String {
    if count == 1 { "1 work".to_owned() } else { format!("{count} works") }
}
