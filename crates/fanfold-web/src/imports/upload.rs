//! The form and what it sends: files are streamed to a folder of their own, never held in memory.

use std::path::{Path, PathBuf};

use axum::extract::multipart::Field;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::report::import_line;
use crate::answer::{Answer, page, see_other};
use crate::error::Problem;
use crate::reader::Reader;
use crate::site::{Shared, Site};
use crate::views::frame::Section;
use crate::views::imports::ImportsPage;
use crate::views::parts::Pager;

/// The most that one upload may hold, in bytes.
const MOST: u64 = 2 << 30;
/// Imports listed under the form.
const LISTED: u32 = 50;

/// `/import`
pub(crate) async fn form(State(site): Shared, reader: Reader) -> Answer {
    let view = view(&site, &reader, None).await?;
    page(&reader, &view)
}

async fn view(
    site: &Site,
    reader: &Reader,
    problem: Option<String>,
) -> Result<ImportsPage, Problem> {
    let imports = site.archive.imports(LISTED).await?;
    let formats = [
        "plain text",
        "web pages",
        "Markdown",
        "AO3 downloads",
        "EPUB",
        "zip archives",
        "canonical JSON lines",
    ];
    Ok(ImportsPage {
        frame: reader.frame(site, "Import", Section::Import),
        formats: formats.map(String::from).into(),
        limit: "2 GB".into(),
        problem,
        imports: imports.iter().map(import_line).collect(),
        pager: Pager::default(),
    })
}

/// The form, sent.
pub(crate) async fn upload(State(site): Shared, reader: Reader, mut parts: Multipart) -> Answer {
    let folder = tempfile::tempdir()?;
    let mut files: Vec<PathBuf> = Vec::new();
    let mut left = MOST;
    while let Some(part) =
        parts.next_field().await.map_err(|error| Problem::Bad(error.body_text()))?
    {
        let Some(name) = part.file_name().map(safe_name).filter(|name| !name.is_empty()) else {
            continue;
        };
        let path = free_path(folder.path(), &name, &files);
        left = keep(part, &path, left).await?;
        files.push(path);
    }
    let Some(first) = files.first().and_then(|path| path.file_name()) else {
        let problem =
            Some("The upload held no file. Choose at least one and send it again.".to_owned());
        let answer = page(&reader, &view(&site, &reader, problem).await?)?;
        return Ok((StatusCode::BAD_REQUEST, answer).into_response());
    };
    let what = what(&first.to_string_lossy(), files.len());
    let job = site.jobs.begin(site.archive.clone(), folder, files, what);
    Ok(see_other(&format!("/imports/running/{job}")))
}

/// Writes a part to the disk as it comes and gives what is left of the limit.
async fn keep(mut part: Field<'_>, path: &Path, mut left: u64) -> Result<u64, Problem> {
    let mut file = File::create(path).await?;
    while let Some(piece) = part.chunk().await.map_err(|error| Problem::Bad(error.body_text()))? {
        left = left.checked_sub(piece.len() as u64).ok_or_else(|| {
            Problem::TooLarge(
                "one upload takes 2 GB at most; larger piles go by `fanfold import`".to_owned(),
            )
        })?;
        file.write_all(&piece).await?;
    }
    file.flush().await?;
    Ok(left)
}

/// The last part of a file's name, without what a path or a terminal could take for something else.
fn safe_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    let kept = kept.trim().trim_start_matches('.');
    kept.to_owned()
}

/// A path for the file that no earlier one of the upload has.
fn free_path(folder: &Path, name: &str, taken: &[PathBuf]) -> PathBuf {
    let plain = folder.join(name);
    if !taken.contains(&plain) {
        return plain;
    }
    let numbered = |n: usize| folder.join(format!("{n} {name}"));
    (2..).map(numbered).find(|path| !taken.contains(path)).unwrap_or(plain)
}

/// `attic.zip and 3 more`
pub(super) fn what(first: &str, files: usize) -> String {
    match files {
        0 | 1 => first.to_owned(),
        several => format!("{first} and {} more", several - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_can_lead_nowhere() {
        for (given, kept) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\box\\tale.txt", "tale.txt"),
            ("..", ""),
            ("", ""),
            (".hidden", "hidden"),
            ("a\nb\u{1b}[31m.txt", "ab[31m.txt"),
            ("Ünïcode título.html", "Ünïcode título.html"),
        ] {
            assert_eq!(safe_name(given), kept, "{given}");
        }
    }

    #[test]
    fn two_files_of_one_name_are_both_kept() {
        let folder = Path::new("/box");
        let first = free_path(folder, "a.txt", &[]);
        let second = free_path(folder, "a.txt", std::slice::from_ref(&first));
        let third = free_path(folder, "a.txt", &[first.clone(), second.clone()]);
        assert!(first != second && second != third && first != third);
    }
}
