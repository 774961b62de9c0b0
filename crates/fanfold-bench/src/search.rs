//! `search DATADIR`: the index built through the code that the site uses, and every query of the kit timed.
//!
//! Output with `--json` as the contract's bench section says: a line a query, then one line about the index. Without it, a
//! table by class of query.

mod kit;

mod question;
mod table;

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use fanfold_model::Viewer;
use fanfold_search::{Index, Results, SearchOptions};
use serde_json::json;

use self::kit::Tags;
use self::question::Question;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder with tags.tsv, works_arr.tsv and queries.jsonl.
    datadir: PathBuf,
    /// Other queries than DATADIR/queries.jsonl.
    #[arg(long)]
    queries: Option<PathBuf>,
    /// How often every query is asked; the first pass warms.
    #[arg(long, default_value_t = 3)]
    passes: usize,
    /// Where the index is made and left; without it, in a temporary folder.
    #[arg(long)]
    index: Option<PathBuf>,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// One query's answers over all passes.
struct Measured {
    question: Question,
    answer: Results,
    wall_us: Vec<u64>,
    cpu_us: Vec<u64>,
}

/// Builds, asks, prints.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let tags = Tags::read(&args.datadir.join("tags.tsv"))?;
    let queries = args.queries.clone().unwrap_or_else(|| args.datadir.join("queries.jsonl"));
    let questions = question::read(&queries, &tags)?;
    let temporary = tempfile::tempdir().context("making a temporary folder")?;
    let folder = args.index.clone().unwrap_or_else(|| temporary.path().to_owned());
    let started = Instant::now();
    let index = build(&folder, &args.datadir, &tags)?;
    let index_seconds = started.elapsed().as_secs_f64();
    drop(tags);
    let measured = ask_all(&index, questions, args.passes.max(1))?;
    let about = json!({
        "index_bytes": crate::meter::folder_bytes(&folder)?,
        "index_seconds": index_seconds,
        "rss_bytes": crate::meter::resident_bytes("VmRSS:")?,
        "rss_peak_bytes": crate::meter::resident_bytes("VmHWM:")?,
        "rss_anon_bytes": crate::meter::resident_bytes("RssAnon:")?,
        "works": index.works()?,
    });
    if args.json {
        measured.iter().for_each(|query| println!("{}", line(query)));
    } else {
        table::print(&measured);
    }
    println!("{about}");
    Ok(())
}

fn build(folder: &Path, datadir: &Path, tags: &Tags) -> anyhow::Result<Index> {
    let index = Index::recreate(folder)?;
    let mut writer = index.try_writer()?.context("another process writes this index")?;
    let mut works = 0;
    kit::for_each_work(&datadir.join("works_arr.tsv"), tags, |work| {
        works += 1;
        writer.add(&work)
    })?;
    writer.commit(works)?;
    writer.close()?;
    Ok(index)
}

fn ask_all(
    index: &Index,
    questions: Vec<Question>,
    passes: usize,
) -> anyhow::Result<Vec<Measured>> {
    let mut measured: Vec<Measured> = Vec::new();
    for pass in 0..passes {
        for (number, question) in questions.iter().enumerate() {
            let (wall, cpu) = (Instant::now(), crate::meter::thread_cpu_ns()?);
            let answer = ask(index, question)?;
            let cpu_us = (crate::meter::thread_cpu_ns()? - cpu) / 1_000;
            let wall_us = u64::try_from(wall.elapsed().as_micros()).unwrap_or(u64::MAX);
            if pass == 0 {
                let question = question.clone();
                measured.push(Measured {
                    question,
                    answer,
                    wall_us: vec![wall_us],
                    cpu_us: vec![cpu_us],
                });
            } else {
                let known = &mut measured[number];
                anyhow::ensure!(
                    known.answer == answer,
                    "query {number} is answered differently the second time"
                );
                known.wall_us.push(wall_us);
                known.cpu_us.push(cpu_us);
            }
        }
    }
    Ok(measured)
}

fn ask(index: &Index, question: &Question) -> anyhow::Result<Results> {
    let options = SearchOptions {
        viewer: Viewer::Public,
        sort: None,
        limit: 20,
        offset: 0,
        after: None,
        facets: question.facets.then_some(10),
        today: 0,
        tags: &question.ids,
    };
    Ok(index.search(&question.query, &options)?)
}

fn line(measured: &Measured) -> serde_json::Value {
    let facets: serde_json::Map<_, _> = measured
        .answer
        .facets
        .iter()
        .flat_map(|facets| &facets.tags)
        .map(|(kind, counts)| {
            let counts: Vec<_> = counts.iter().map(|count| (count.id, count.count)).collect();
            (kind.to_string(), json!(counts))
        })
        .collect();
    json!({
        "id": measured.question.id,
        "total": measured.answer.total,
        "top": measured.answer.hits.iter().map(|hit| hit.id).collect::<Vec<_>>(),
        "facets": facets,
        "us": measured.wall_us,
        "cpu_us": measured.cpu_us,
    })
}
