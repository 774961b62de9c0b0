//! The folder as the importer reads it: the canonical records of `fanfold inspect`, with no library.

use std::path::Path;
use std::sync::{Arc, Mutex};

use anyhow::Context;
use fanfold_app::inspect::{Stage, inspect};
use fanfold_app::settings::Settings;
use serde_json::{Map, Value};

/// The day of the reading, in days since 1970: fixed, so that a figure can be repeated.
const TODAY: i32 = 20_000;

/// What was read, and from which files (paths in the folder).
#[derive(Debug, Clone, Default)]
pub(crate) struct Record {
    pub(crate) files: Vec<String>,
    pub(crate) fields: Map<String, Value>,
}

/// Every record that an import of the folder would make.
pub(crate) fn records(dir: &Path) -> anyhow::Result<Vec<Record>> {
    let lines: Arc<Mutex<Vec<Value>>> = Arc::default();
    let sink = Arc::clone(&lines);
    let keep = move |line: Value| {
        let mut lines = sink.lock().map_err(|_| std::io::Error::other("a reader broke off"))?;
        lines.push(line);
        Ok(())
    };
    let (roots, settings) = ([dir.to_path_buf()], Settings::default());
    let read = inspect(&roots, Stage::Normalize, &settings, TODAY, Box::new(keep));
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(read)?;
    let lines = lines.lock().ok().context("a reader broke off")?;
    Ok(lines.iter().map(|line| record(line, dir)).collect())
}

fn record(line: &Value, dir: &Path) -> Record {
    let mut fields = line.as_object().cloned().unwrap_or_default();
    let outcome = fields.get("outcome").cloned().unwrap_or_default();
    fields.insert("read_as".to_owned(), outcome);
    let sources = line["sources"].as_array().into_iter().flatten();
    let paths = sources.chain([line]).filter_map(|source| source["path"].as_str());
    Record { files: paths.map(|path| inside(path, dir)).collect(), fields }
}

/// The path from the folder on, however the walk spells it.
fn inside(path: &str, dir: &Path) -> String {
    let path = Path::new(path);
    let name = dir.file_name().map(Path::new).unwrap_or(dir);
    let inner = path.strip_prefix(dir).or_else(|_| path.strip_prefix(name)).unwrap_or(path);
    inner.to_string_lossy().replace('\\', "/")
}
