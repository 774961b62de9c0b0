//! `fanfold duplicates`.

use crate::arguments::{DuplicatesArgs, Globals};
use crate::clock::SystemClock;
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::Output;
use fanfold_app::Clock;
use fanfold_app::duplicates::{AlikePair, TextName, duplicates_among};
use serde_json::{Value, json};

pub(crate) async fn run(
    globals: &Globals,
    output: &Output,
    args: DuplicatesArgs,
) -> Result<Exit, Failure> {
    let mut pairs = 0;
    let printer = output.clone();
    let mut print = |pair: AlikePair| {
        pairs += 1;
        match printer.json {
            true => printer.object(&record(&pair)),
            false => print_pair(&printer, &pair),
        }
        Ok(())
    };
    let looked_at = if args.paths.is_empty() {
        open::existing(globals).await?.duplicates(&mut print).await?
    } else {
        let settings = match open::library_paths(globals) {
            Ok(paths) if paths.exists() => open::settings(globals, &paths)?,
            _ => fanfold_app::settings::Settings::default(),
        };
        duplicates_among(&args.paths, &settings, SystemClock.today(), &mut print).await? as u64
    };
    output.note(format!("{pairs} pairs share text among {looked_at} works. Nothing was changed."));
    Ok(Exit::Done)
}

fn record(pair: &AlikePair) -> Value {
    let rounded = |share: f64| (share * 10_000.0).round() / 10_000.0;
    json!({
        "a": key(&pair.a), "b": key(&pair.b), "verdict": pair.verdict.as_str(),
        "in_a": rounded(pair.in_a), "in_b": rounded(pair.in_b),
        "a_title": pair.a.title, "b_title": pair.b.title,
        "spans": pair.spans,
    })
}

fn key(name: &TextName) -> Value {
    name.id.map_or_else(|| json!(name.path), |id| json!(id.0))
}

fn print_pair(output: &Output, pair: &AlikePair) {
    let named = |name: &TextName| match (name.id, &name.path) {
        (Some(id), _) => format!("{id} “{}”", name.title),
        (None, Some(path)) => format!("{path} “{}”", name.title),
        (None, None) => name.title.clone(),
    };
    let share = |share: f64| format!("{:.0} %", share * 100.0);
    output.line(format!("{:<15}{}", output.strong(pair.verdict.as_str()), named(&pair.a)));
    output.line(format!("{:<15}{}", "", named(&pair.b)));
    let shares = format!("{} of the first, {} of the second", share(pair.in_a), share(pair.in_b));
    output.line(format!("{:<15}{shares}", ""));
    for span in pair.spans.iter().take(3) {
        output.line(output.muted(&format!("{:<15}{} words: {} …", "", span.words, span.begins)));
    }
}
