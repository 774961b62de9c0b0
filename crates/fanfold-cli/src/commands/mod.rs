//! One file a subcommand: read the arguments, call one use case, print.

pub(crate) mod backup;
pub(crate) mod check;
pub(crate) mod config;
pub(crate) mod curate;
pub(crate) mod duplicates;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod inspect;
pub(crate) mod list;
pub(crate) mod packaging;
pub(crate) mod report;
pub(crate) mod review;
pub(crate) mod search;
pub(crate) mod serve;
pub(crate) mod show;
pub(crate) mod status;
pub(crate) mod tag;
pub(crate) mod text;
pub(crate) mod undo;
pub(crate) mod upkeep;

use crate::failure::Failure;
use fanfold_app::{Archive, ChapterChoice, WorkKey};
use fanfold_model::query::Query;
use fanfold_model::{Uid, WorkId};

/// A work's number or uid as a person types it.
pub(crate) fn work_key(text: &str) -> Result<WorkKey, Failure> {
    if let Ok(number) = text.parse::<i64>() {
        return Ok(WorkKey::Id(WorkId(number)));
    }
    let uid = text.parse::<Uid>().map(WorkKey::Uid);
    uid.map_err(|_| {
        Failure::usage(
            format!("`{text}` is no work's number or uid"),
            "`fanfold list` shows the numbers, `fanfold show ID --json` the uid",
        )
    })
}

/// The number of the work with this number or uid.
pub(crate) async fn work_id(archive: &Archive, text: &str) -> Result<WorkId, Failure> {
    match work_key(text)? {
        WorkKey::Id(id) => Ok(id),
        key @ WorkKey::Uid(_) => {
            let page = archive.need_work(key, ChapterChoice::None).await?;
            page.work.id.ok_or_else(|| Failure::usage("the work has no number yet", "try again"))
        }
    }
}

/// The query as typed; `None` if there is nothing in it.
pub(crate) fn query(text: Option<&str>) -> Result<Option<Query>, Failure> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    let query = fanfold_model::query::parse(text).map_err(fanfold_app::AppError::Query)?;
    Ok(Some(query))
}
