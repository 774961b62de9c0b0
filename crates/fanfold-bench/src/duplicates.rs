//! The same story again: how fast texts are sketched, how large a sketch is, and how many of the ways in which a story
//! comes back are found among strangers.

use fanfold_alike::{Sketch, candidates, compare, words};
use fanfold_testkit::retold::{Chance, EDITS, html, story};
use serde_json::json;
use std::collections::BTreeMap;

use crate::meter::thread_cpu_ns;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Stories; each also comes back once in every way there is
    #[arg(default_value_t = 300)]
    stories: usize,
}

/// A text: the story it comes from, and the way in which it came back.
struct Text {
    own: usize,
    edit: Option<usize>,
    html: String,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let texts = texts(args.stories);
    let started = thread_cpu_ns()?;
    let sketches: Vec<Sketch> = texts.iter().map(|text| Sketch::of(&words(&text.html))).collect();
    let sketched = thread_cpu_ns()? - started;
    let pairs = candidates(&sketches);
    let paired = thread_cpu_ns()? - started - sketched;
    let (mut found, mut strangers) = (vec![0_usize; EDITS.len()], 0_usize);
    let compared = thread_cpu_ns()?;
    for (one, other) in &pairs {
        let (a, b) = (&texts[*one], &texts[*other]);
        if compare(&words(&a.html), &words(&b.html)).is_none() {
            continue;
        }
        match (a.edit, b.edit) {
            _ if a.own != b.own => strangers += 1,
            (None, Some(edit)) | (Some(edit), None) => found[edit] += 1,
            _ => {}
        }
    }
    let comparing = thread_cpu_ns()? - compared;
    let right: usize = found.iter().sum();
    let recall: BTreeMap<&str, f64> = EDITS
        .iter()
        .zip(&found)
        .map(|(edit, found)| (edit.name, *found as f64 / args.stories.max(1) as f64))
        .collect();
    let bytes: usize = sketches.iter().map(|sketch| sketch.shingles.len() * 4).sum();
    let per_second = |count: usize, ns: u64| (count as f64 / (ns.max(1) as f64 / 1e9)).round();
    println!(
        "{}",
        json!({
            "stage": "duplicates", "texts": texts.len(),
            "bytes_of_text": texts.iter().map(|text| text.html.len()).sum::<usize>() / texts.len().max(1),
            "sketched_a_second_a_core": per_second(texts.len(), sketched),
            "sketch_bytes_a_text": bytes / texts.len().max(1),
            "pairs_screened_ms": paired / 1_000_000,
            "pairs": pairs.len(), "compared_a_second": per_second(pairs.len(), comparing),
            "recall": recall, "strangers_paired": strangers,
            "precision": right as f64 / (right + strangers).max(1) as f64,
        })
    );
    Ok(())
}

fn texts(stories: usize) -> Vec<Text> {
    let mut chance = Chance::new(20_261_121);
    let mut texts = Vec::new();
    for own in 0..stories {
        let words = story(&mut chance, 2_350);
        let stranger = story(&mut chance, 1_800);
        texts.push(Text { own, edit: None, html: html(&words) });
        for (place, edit) in EDITS.iter().enumerate() {
            let html = html(&(edit.make)(&mut chance, &words, &stranger));
            texts.push(Text { own, edit: Some(place), html });
        }
    }
    texts
}
