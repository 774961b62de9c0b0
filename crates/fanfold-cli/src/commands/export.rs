//! `fanfold export`.

use super::query;
use crate::arguments::{ExportArgs, FormatArg, Globals};
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::Output;
use fanfold_app::export::Exported;
use fanfold_app::{AppError, Archive, Format};
use fanfold_model::{Viewer, WorkId};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

pub(crate) async fn run(
    globals: &Globals,
    output: &Output,
    args: ExportArgs,
) -> Result<Exit, Failure> {
    let archive = open::existing(globals).await?;
    let viewer = if args.public { Viewer::Public } else { Viewer::Owner };
    let query = query(args.query.as_deref())?;
    let ids = archive.selection(query.as_ref(), viewer).await?;
    let format = match args.format {
        FormatArg::Jsonl => {
            let whole = query.is_none();
            let done = lines(&archive, &ids, viewer, whole, args.out.as_deref()).await?;
            if args.out.is_some() {
                output.note(format!(
                    "{} works and {} other records written",
                    done.works, done.records
                ));
            }
            return Ok(Exit::Done);
        }
        FormatArg::Epub => Format::Epub,
        FormatArg::Html => Format::Html,
        FormatArg::Txt => Format::Text,
        FormatArg::Md => Format::Markdown,
    };
    let Some(folder) = args.out else {
        return Err(Failure::usage(
            "a folder is needed for one file a work",
            "name it with --out FOLDER",
        ));
    };
    let done = archive.export_files(&ids, format, viewer, &folder).await?;
    output.note(format!("{} works written to {}", done.works, folder.display()));
    Ok(Exit::Done)
}

async fn lines(
    archive: &Archive,
    ids: &[WorkId],
    viewer: Viewer,
    whole: bool,
    out: Option<&Path>,
) -> Result<Exported, Failure> {
    let Some(path) = out else {
        let mut stdout = BufWriter::new(std::io::stdout());
        return match archive.export_lines(ids, viewer, whole, &mut stdout).await {
            Err(error) if error.is_closed_pipe() => Ok(Exported::default()),
            done => Ok(done?),
        };
    };
    let file =
        File::create(path).map_err(|error| AppError::at(path, &error, "choose another path"))?;
    let mut file = BufWriter::new(file);
    let done = archive.export_lines(ids, viewer, whole, &mut file).await?;
    file.flush().map_err(|error| AppError::at(path, &error, "make room there"))?;
    Ok(done)
}
