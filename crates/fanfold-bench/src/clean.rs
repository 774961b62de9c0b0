//! `clean`: text and HTML to clean HTML, by the one path that every story takes; beside it ammonia as it comes, which
//! removes what is dangerous and mends nothing.

use fanfold_text::{paragraphs, sanitize};
use serde_json::json;

use crate::{generate, meter};

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Bytes of one story.
    #[arg(long, default_value_t = 20_000)]
    bytes: usize,
    /// How often; the figure is the median.
    #[arg(long, default_value_t = 101)]
    passes: usize,
}

/// Measures both, prints a line each.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let text = generate::plain_text(1, args.bytes);
    let page = generate::html_page(1, args.bytes);
    let from_text = time(args, || paragraphs::to_html(&text).html.len())?;
    let from_html = time(args, || sanitize::clean(&page).html.len())?;
    let ammonia = ammonia::Builder::default();
    let reference = time(args, || ammonia.clean(&page).to_string().len())?;
    println!("{}", json!({"program": "fanfold, text", "bytes": args.bytes, "cpu_ms": from_text}));
    println!("{}", json!({"program": "fanfold, html", "bytes": args.bytes, "cpu_ms": from_html}));
    println!(
        "{}",
        json!({"program": "ammonia, html", "bytes": args.bytes, "cpu_ms": reference, "times_ours": reference / from_html})
    );
    Ok(())
}

fn time(args: &Args, mut work: impl FnMut() -> usize) -> anyhow::Result<f64> {
    let mut costs = Vec::new();
    for _ in 0..args.passes.max(1) {
        let before = meter::thread_cpu_ns()?;
        std::hint::black_box(work());
        costs.push(meter::thread_cpu_ns()? - before);
    }
    Ok(meter::median_ms(costs))
}
