//! `fanfold status`.

use crate::arguments::Globals;
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::Output;
use fanfold_app::ImportSummary;
use serde_json::{Map, Value, json};

/// Imports listed.
const IMPORTS: u32 = 10;

pub(crate) async fn run(globals: &Globals, output: &Output) -> Result<Exit, Failure> {
    let archive = open::existing(globals).await?;
    let status = archive.status().await?;
    let imports = archive.imports(IMPORTS).await?;
    let questions = archive.questions().await?.len() as u64;
    if output.json {
        let tags: Map<String, Value> = status
            .tags
            .iter()
            .map(|(kind, count)| (kind.as_str().to_owned(), json!(count)))
            .collect();
        let imports = imports.iter().map(|import| {
            json!({
                "id": import.id.0, "started": import.started, "finished": import.finished,
                "undone": import.undone, "roots": import.roots, "seen": import.counts.seen(),
            })
        });
        output.object(&json!({
            "type": "status", "library": archive.paths().root(), "works": status.works,
            "held": status.held, "removed": status.removed, "chapters": status.chapters,
            "words": status.words, "creators": status.creators, "series": status.series,
            "tags": tags, "sources": status.sources, "items": status.items,
            "needs_person": status.needs_person, "questions": questions, "last_change": status.last_seq,
            "indexed_change": archive.indexed()?, "database": status.database,
            "imports": imports.collect::<Vec<_>>(),
        }));
        return Ok(Exit::Done);
    }
    output.line(output.strong(&archive.paths().root().display().to_string()));
    let lines = [
        ("works", status.works),
        ("chapters", status.chapters),
        ("words", status.words),
        ("creators", status.creators),
        ("series", status.series),
        ("tags", status.tags.iter().map(|(_, count)| count).sum()),
        ("originals", status.sources),
        ("not works", status.items),
        ("held", status.held),
        ("questions for you (fanfold review)", questions),
        ("removed", status.removed),
    ];
    for (name, count) in lines {
        output.line(format!("{count:>12} {name}"));
    }
    let behind = status.last_seq - archive.indexed()?;
    output.line(match behind {
        0 => "The search index has followed every change.".to_owned(),
        behind => format!(
            "The search index is {behind} changes behind; serving or importing brings it up."
        ),
    });
    imports.iter().for_each(|import| print_import(output, import));
    Ok(Exit::Done)
}

fn print_import(output: &Output, import: &ImportSummary) {
    let state = match (&import.undone, &import.finished) {
        (Some(at), _) => format!("taken back {at}"),
        (None, Some(at)) => format!("done {at}"),
        (None, None) => "under way, or cut off: run the same import again".to_owned(),
    };
    output.line(format!("import {:>5}  {} items, {state}", import.id, import.counts.seen()));
}
