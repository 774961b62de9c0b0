//! Every question asked of all engines in turn.

use std::time::Instant;

use fanfold_model::Viewer;
use fanfold_search::{Index, Results, SearchOptions, TagLookup};
use serde_json::json;

use super::question::Question;
use super::reference::beside::{Beside, Turns};

/// One query's answers over all passes.
pub(crate) struct Measured {
    pub(crate) question: Question,
    pub(crate) answer: Results,
    pub(crate) wall_us: Vec<u64>,
    pub(crate) cpu_us: Vec<u64>,
    /// The same without boards.
    pub(crate) plain_cpu_us: Vec<u64>,
}

/// Asks everything several times. Ours must give the same each time, and without boards once; the others take their turns
/// after it. `plain`: the index without boards, if it is asked at all.
pub(crate) fn ask_all(
    index: &Index,
    plain: Option<&Index>,
    others: &mut [Beside],
    questions: Vec<Question>,
    passes: usize,
) -> anyhow::Result<Vec<Measured>> {
    let mut measured: Vec<Measured> = Vec::new();
    for pass in 0..passes {
        for (number, question) in questions.iter().enumerate() {
            let fast = timed(index, question)?;
            if pass == 0 {
                measured.push(Measured {
                    question: question.clone(),
                    answer: fast.answer.clone(),
                    wall_us: Vec::new(),
                    cpu_us: Vec::new(),
                    plain_cpu_us: Vec::new(),
                });
            }
            let known = &mut measured[number];
            anyhow::ensure!(
                known.answer == fast.answer,
                "query {number} is answered differently the second time"
            );
            known.wall_us.push(fast.wall_us);
            known.cpu_us.push(fast.cpu_us);
            // Without boards every list of works is read for facets: once is enough to compare.
            if let Some(plain) = plain.filter(|_| pass + 1 == passes) {
                let plainly = timed(plain, question)?;
                anyhow::ensure!(
                    plainly.answer == fast.answer,
                    "query {number} is answered differently without boards"
                );
                known.plain_cpu_us.push(plainly.cpu_us);
            }
            others.iter_mut().for_each(|beside| beside.take_turn(number, question, &fast.answer));
        }
    }
    Ok(measured)
}

struct Timed {
    answer: Results,
    wall_us: u64,
    cpu_us: u64,
}

fn timed(index: &Index, question: &Question) -> anyhow::Result<Timed> {
    let (wall, cpu) = (Instant::now(), crate::meter::thread_cpu_ns()?);
    let answer = ask(index, question)?;
    let cpu_us = (crate::meter::thread_cpu_ns()? - cpu) / 1_000;
    let wall_us = u64::try_from(wall.elapsed().as_micros()).unwrap_or(u64::MAX);
    Ok(Timed { answer, wall_us, cpu_us })
}

fn ask(index: &Index, question: &Question) -> anyhow::Result<Results> {
    Ok(index.search(&question.query, &first_page(question.asked.facets, &question.ids))?)
}

/// Twenty works, as a visitor has them, and the ten largest of each kind if facets are asked for.
pub(crate) fn first_page(facets: bool, tags: &dyn TagLookup) -> SearchOptions<'_> {
    SearchOptions {
        viewer: Viewer::Public,
        sort: None,
        limit: 20,
        offset: 0,
        after: None,
        facets: facets.then_some(10),
        today: 0,
        tags,
    }
}

/// A query as the contract's JSON, with what it took the others. `number`: its place among the questions.
pub(crate) fn line(measured: &Measured, number: usize, others: &[Beside]) -> serde_json::Value {
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
    let mut line = json!({
        "id": measured.question.id,
        "class": measured.question.class,
        "total": measured.answer.total,
        "top": measured.answer.hits.iter().map(|hit| hit.id).collect::<Vec<_>>(),
        "facets": facets,
        "us": measured.wall_us,
        "cpu_us": measured.cpu_us,
        "plain_cpu_us": measured.plain_cpu_us,
    });
    for beside in others {
        if let Some(Turns { wall_us, cpu_us, too_slow, .. }) = beside.turns(number) {
            line["references"][beside.name()] =
                json!({ "us": wall_us, "cpu_us": cpu_us, "too_slow": too_slow });
        }
    }
    line
}
