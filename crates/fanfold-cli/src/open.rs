//! Building a library from its settings: the one place that names the SQL store.

use crate::arguments::Globals;
use crate::clock::SystemClock;
use crate::failure::Failure;
use anyhow::{Context, anyhow};
use fanfold_app::settings::{Origin, Overrides, Settings};
use fanfold_app::{AppError, Archive, LibraryPaths};
use fanfold_storage::{BlobStore, Store};
use fanfold_storage_sql::{ObjectBlobs, SqlStore};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Who acts when the command line does.
pub(crate) const ACTOR: &str = "owner";

/// The library's folder: `--library`, `FANFOLD_LIBRARY`, or the data directory of the desktop.
pub(crate) fn library_paths(globals: &Globals) -> Result<LibraryPaths, Failure> {
    if let Some(folder) = &globals.library {
        return Ok(LibraryPaths::new(folder));
    }
    let data =
        std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let data = data.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".local/share")));
    let data = data.ok_or_else(|| {
        Failure::usage(
            "there is no home folder to keep a library in",
            "name one with --library DIR",
        )
    })?;
    Ok(LibraryPaths::new(data.join("fanfold")))
}

/// The settings in force for a library.
pub(crate) fn settings(globals: &Globals, paths: &LibraryPaths) -> Result<Settings, Failure> {
    let mut overrides = Overrides::default();
    if let Some(url) = &globals.database {
        let from_environment =
            std::env::var_os("FANFOLD_DATABASE_URL").is_some_and(|env| *env == **url);
        let origin = if from_environment { Origin::Environment } else { Origin::Flag };
        overrides.entries.push(("database.url", url.clone(), origin));
    }
    Ok(Settings::read(&paths.settings(), overrides)?)
}

/// Opens the library, making it if it is not there.
pub(crate) async fn archive(globals: &Globals) -> Result<Archive, Failure> {
    let paths = library_paths(globals)?;
    paths.prepare().map_err(|fault| AppError::Refused(fault.to_string()))?;
    let settings = settings(globals, &paths)?;
    let store = store(&settings, &paths).await?;
    let blobs = blobs(&paths.blobs())?;
    Ok(Archive::open(store, blobs, Arc::new(SystemClock), paths, settings)?)
}

/// Opens a library that must be there already.
pub(crate) async fn existing(globals: &Globals) -> Result<Archive, Failure> {
    let paths = library_paths(globals)?;
    if !paths.exists() {
        return Err(Failure {
            code: "no-library",
            message: format!("there is no library at {}", paths.root().display()),
            path: Some(paths.root().to_owned()),
            hint: Some("`fanfold import PATH` makes one; --library DIR names another".to_owned()),
            exit: 1,
        });
    }
    archive(globals).await
}

/// The store the settings ask for.
pub(crate) async fn store(
    settings: &Settings,
    paths: &LibraryPaths,
) -> Result<Arc<dyn Store>, Failure> {
    let opened = match &settings.database_url {
        Some(url) => SqlStore::open_postgres(url).await,
        None => SqlStore::open_sqlite(&paths.database()).await,
    };
    Ok(Arc::new(opened.map_err(AppError::from)?))
}

/// The originals in a folder.
pub(crate) fn blobs(folder: &Path) -> Result<Arc<dyn BlobStore>, Failure> {
    let opened = ObjectBlobs::local(folder).map_err(|error| anyhow!(error));
    let opened =
        opened.with_context(|| format!("opening the originals in {}", folder.display()))?;
    Ok(Arc::new(opened))
}
