//! `fanfold backup` and `fanfold restore`.

use crate::arguments::{BackupArgs, Globals, RestoreArgs};
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::Output;
use fanfold_app::{AppError, LibraryPaths, maintain};
use serde_json::json;

pub(crate) async fn backup(
    globals: &Globals,
    output: &Output,
    args: BackupArgs,
) -> Result<Exit, Failure> {
    let archive = open::existing(globals).await?;
    maintain::empty_folder(&args.to)?;
    let blobs = open::blobs(&LibraryPaths::new(&args.to).blobs())?;
    let copied = archive.backup(&args.to, &blobs).await?;
    let text = format!(
        "the library is copied to {}: {copied} originals, each verified",
        args.to.display()
    );
    if output.json {
        output.object(&json!({"type": "backup", "to": args.to, "originals": copied}));
    } else {
        output.line(text);
    }
    Ok(Exit::Done)
}

pub(crate) async fn restore(
    globals: &Globals,
    output: &Output,
    args: RestoreArgs,
) -> Result<Exit, Failure> {
    let paths = open::library_paths(globals)?;
    maintain::empty_folder(paths.root())?;
    let from = LibraryPaths::new(&args.from);
    if !args.from.is_dir() {
        return Err(Failure::usage(
            format!("{} is no folder", args.from.display()),
            "name the backup's folder",
        ));
    }
    if from.settings().exists() {
        std::fs::copy(from.settings(), paths.settings())
            .map_err(|error| AppError::at(paths.settings(), &error, "make room there"))?;
    }
    paths.prepare().map_err(|fault| AppError::Refused(fault.to_string()))?;
    let settings = open::settings(globals, &paths)?;
    let (from_blobs, blobs) = (open::blobs(&from.blobs())?, open::blobs(&paths.blobs())?);
    let store = open::store(&settings, &paths).await?;
    let restored = maintain::restore(&args.from, &from_blobs, &store, &blobs).await?;
    drop(store);
    let archive = open::archive(globals).await?;
    archive.reindex().await?;
    let text =
        format!("{} is restored: {restored} originals, each verified", paths.root().display());
    if output.json {
        output.object(&json!({"type": "restore", "originals": restored}));
    } else {
        output.line(text);
    }
    Ok(Exit::Done)
}
