//! `search DATADIR`: the index built through the code that the site uses, and every query of the kit timed, beside the same
//! engine without its boards (Tantivy's postings and columns used plainly). The two take turns question by question, and
//! every answer must be equal; with `--expected` it must be the one that the kit's independent reader gave.
//!
//! `--reference tantivy`, `--reference sqlite` and `--reference postgres` (any number of them) build other engines from the
//! same works and let them take their turns after ours: see [`reference`](mod@reference). Their totals, facets and first
//! pages must be ours. What they keep in memory is in the process's figures too, so those are read from a run without them.
//!
//! Output with `--json` as the contract's bench section says: a line a query, then one line about the index. Without it, a
//! table by class of query.

mod asked;
mod asking;
mod change;
mod decision;
mod expected;
mod kit;
mod question;
mod reference;
mod table;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use fanfold_search::{BoardLimits, Index, TagGraph};
use serde_json::json;

use self::decision::Graph;
use self::kit::Tags;
use self::question::Question;
use self::reference::{Choice, beside};

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
    /// Ask an index that is there already.
    #[arg(long, requires = "index")]
    reuse: bool,
    /// Do not ask everything once without boards, too: of 17 million works that takes half an hour.
    #[arg(long)]
    boards_only: bool,
    /// What `expect2.py` wrote (NAME.json, with NAME_top.json beside it): every answer is held against it.
    #[arg(long)]
    expected: Option<PathBuf>,
    /// An engine to measure beside ours: tantivy, sqlite, postgres (one that is started for the run) or postgres=URL.
    /// May be given several times.
    #[arg(long, value_name = "ENGINE")]
    reference: Vec<Choice>,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Builds, asks, prints.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let tags = Tags::read(&args.datadir.join("tags.tsv"))?;
    let queries = args.queries.clone().unwrap_or_else(|| args.datadir.join("queries.jsonl"));
    let mut questions = question::read(&queries, &tags)?;
    questions.push(Question::front());
    let temporary = tempfile::tempdir().context("making a temporary folder")?;
    let folder = args.index.clone().unwrap_or_else(|| temporary.path().join("ours"));
    let (plain, built) = ours(args, &folder, &tags)?;
    let works = args.datadir.join("works_arr.tsv");
    let mut others = beside::build(&args.reference, &works, &tags, temporary.path())?;
    let first = kit::first_work(&works, &tags)?;
    let graph = Arc::new(Graph::new(tags.forms()));
    drop(tags);
    plain.ask(Arc::clone(&graph) as Arc<dyn TagGraph>);
    let before = crate::meter::resident_bytes("RssAnon:")?;
    let (index, prepared) = (Index::open_or_create(&folder)?, crate::meter::thread_cpu_ns()?);
    index.ask(Arc::clone(&graph) as Arc<dyn TagGraph>);
    // Each question is asked several times, and every answer is to be worked out.
    index.prepare(BoardLimits { keeps_answers: false, ..BoardLimits::default() })?;
    let prepare_cpu_ns = crate::meter::thread_cpu_ns()? - prepared;
    let plain = (!args.boards_only).then_some(&plain);
    let measured = asking::ask_all(&index, plain, &mut others, questions, args.passes.max(1))?;
    if let Some(path) = &args.expected {
        expected::check(path, &measured)?;
    }
    let mut about = about(&index, &folder, before)?;
    about["index_seconds"] = json!(built.seconds);
    about["index_cpu_seconds"] = json!(built.cpu_seconds);
    about["changed_until_found_seconds"] = json!(change::seconds_until_found(&index, &first)?);
    about["decided_until_counted"] = json!(decision::until_counted(&index, &graph)?);
    about["prepare_cpu_seconds"] = json!(prepare_cpu_ns as f64 / 1e9);
    for beside in &others {
        about["references"][beside.name()] = beside.about();
    }
    if args.json {
        measured.iter().enumerate().for_each(|(number, query)| {
            println!("{}", asking::line(query, number, &others));
        });
    } else {
        table::print(&measured, &others);
        table::print_sizes(&index)?;
        others.iter().for_each(|beside| println!("{}", beside.sentence()));
    }
    println!("{about}");
    beside::all_equal(&others)
}

/// What building took.
struct Built {
    seconds: f64,
    cpu_seconds: f64,
}

/// The index of the site's code, built or there already.
fn ours(args: &Args, folder: &Path, tags: &Tags) -> anyhow::Result<(Index, Built)> {
    let (started, cpu) = (Instant::now(), crate::meter::process_cpu_ns()?);
    let index = if args.reuse {
        Index::open_or_create(folder)?
    } else {
        build(folder, &args.datadir, tags)?
    };
    let cpu_ns = crate::meter::process_cpu_ns()? - cpu;
    let seconds = started.elapsed().as_secs_f64();
    Ok((index, Built { seconds, cpu_seconds: cpu_ns as f64 / 1e9 }))
}

/// Sizes on disk and in memory. `before`: what the process had in memory before the boards were made.
fn about(index: &Index, folder: &Path, before: u64) -> anyhow::Result<serde_json::Value> {
    Ok(json!({
        "index_bytes": crate::meter::folder_bytes(folder)?,
        "rss_bytes": crate::meter::resident_bytes("VmRSS:")?,
        "rss_peak_bytes": crate::meter::resident_bytes("VmHWM:")?,
        "rss_anon_bytes": crate::meter::resident_bytes("RssAnon:")?,
        "rss_anon_before_bytes": before,
        "works": index.works()?,
    }))
}

/// About how long a line of the kit is.
const BYTES_A_WORK: u64 = 320;

fn build(folder: &Path, datadir: &Path, tags: &Tags) -> anyhow::Result<Index> {
    let index = Index::recreate(folder)?;
    let file = datadir.join("works_arr.tsv");
    let bytes = std::fs::metadata(&file).with_context(|| format!("reading {}", file.display()))?;
    let coming = bytes.len() / BYTES_A_WORK;
    let mut writer = index.try_writer(coming)?.context("another process writes this index")?;
    let mut works = 0;
    kit::for_each_work(&file, tags, |work| {
        works += 1;
        Ok(writer.add(&work)?)
    })?;
    writer.commit(works)?;
    writer.close()?;
    Ok(index)
}
