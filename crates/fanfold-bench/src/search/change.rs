//! One work changed, until a listing finds it.

use std::time::Instant;

use anyhow::Context;
use fanfold_model::query::parse;
use fanfold_search::{Index, IndexedWork, NoTags};

use super::asking::first_page;

/// How often it is measured.
const TIMES: u64 = 5;

/// The longest of several times, in seconds, from a changed work being handed to an open index until a listing with counts
/// has it. At the end the work is as it was.
pub(crate) fn seconds_until_found(index: &Index, work: &IndexedWork) -> anyhow::Result<f64> {
    let mut longest: f64 = 0.0;
    for time in 0..TIMES {
        let title = format!("changedtitle{time}");
        let started = Instant::now();
        put(index, &IndexedWork { title: Some(title.clone()), ..work.clone() })?;
        while total(index, &format!("title:{title}"))? == 0 {
            std::thread::yield_now();
        }
        longest = longest.max(started.elapsed().as_secs_f64());
    }
    put(index, work)?;
    Ok(longest)
}

fn put(index: &Index, work: &IndexedWork) -> anyhow::Result<()> {
    let mut writer = index.try_writer(1)?.context("another process writes this index")?;
    writer.put(work)?;
    Ok(writer.commit(index.seq()?)?)
}

fn total(index: &Index, query: &str) -> anyhow::Result<u64> {
    let query = parse(query).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    Ok(index.search(&query, &first_page(true, &NoTags))?.total)
}
