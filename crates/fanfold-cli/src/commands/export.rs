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

/// What an export with originals is made of. An import walks a folder in the order of names, so the records, which tell
/// what the originals are, come first.
const RECORDS: &str = "library.jsonl";
const ORIGINALS: &str = "originals";

pub(crate) async fn run(
    globals: &Globals,
    output: &Output,
    args: ExportArgs,
) -> Result<Exit, Failure> {
    let archive = open::existing(globals).await?;
    let viewer = if args.public { Viewer::Public } else { Viewer::Owner };
    let query = query(args.query.as_deref())?;
    let ids = archive.selection(query.as_ref(), viewer).await?;
    if args.with_originals && args.format != FormatArg::Jsonl {
        return Err(Failure::usage(
            "originals come along with jsonl only: the other formats are made for reading",
            "use --format jsonl, or leave --with-originals out",
        ));
    }
    let format = match args.format {
        FormatArg::Jsonl => {
            let whole = query.is_none();
            let done = lines(&archive, &ids, viewer, whole, &args).await?;
            if args.out.is_some() {
                output.note(written(&done, args.with_originals));
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
    args: &ExportArgs,
) -> Result<Exported, Failure> {
    let Some(out) = args.out.as_deref() else {
        let mut stdout = BufWriter::new(std::io::stdout());
        return match archive.export_lines(ids, viewer, whole, None, &mut stdout).await {
            Err(error) if error.is_closed_pipe() => Ok(Exported::default()),
            done => Ok(done?),
        };
    };
    let (path, originals) = if args.with_originals {
        std::fs::create_dir_all(out)
            .map_err(|error| AppError::at(out, &error, "choose another folder"))?;
        (out.join(RECORDS), Some(out.join(ORIGINALS)))
    } else {
        (out.to_owned(), None)
    };
    let file =
        File::create(&path).map_err(|error| AppError::at(&path, &error, "choose another path"))?;
    let mut file = BufWriter::new(file);
    let done = archive.export_lines(ids, viewer, whole, originals.as_deref(), &mut file).await?;
    file.flush().map_err(|error| AppError::at(&path, &error, "make room there"))?;
    Ok(done)
}

fn written(done: &Exported, with_originals: bool) -> String {
    let records = format!("{} works and {} other records written", done.works, done.records);
    if with_originals { format!("{records}, and {} originals", done.originals) } else { records }
}
