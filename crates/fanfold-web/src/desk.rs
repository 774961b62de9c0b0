//! What waits for a person: each question once, with what speaks for what, and a form that answers it.

use axum::Form;
use axum::extract::{Path, Query, State};
use fanfold_app::AppError;
use fanfold_app::review::{Question, QuestionKind};

use crate::answer::{Answer, page, see_other};
use crate::error::Problem;
use crate::fields::{Pairs, text, value};
use crate::present;
use crate::reader::Reader;
use crate::site::{OWNER, Shared};
use crate::urls;
use crate::views::desk::{WaitingChoice, WaitingEvidence, WaitingPage, WaitingQuestion};
use crate::views::frame::Section;
use crate::views::parts::{NamedLink, Pager};
use crate::views::words::Count;

/// Questions on a page.
const PAGE: usize = 20;
/// Up to so many answers are buttons; more are a list to choose from.
const BUTTONS: usize = 3;

/// `/waiting`
pub(crate) async fn waiting(
    State(site): Shared,
    reader: Reader,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let number = pairs
        .iter()
        .find(|(name, _)| name == "page")
        .and_then(|(_, value)| value.parse::<usize>().ok())
        .filter(|number| *number > 0)
        .unwrap_or(1);
    let all = site.archive.questions().await?;
    let from = (number - 1).saturating_mul(PAGE);
    let shown = all.iter().skip(from).take(PAGE);
    let view = WaitingPage {
        frame: reader.frame(&site, "Waiting for you", Section::Waiting),
        total: Count(all.len() as u64),
        questions: shown.map(question).collect(),
        pager: Pager {
            previous: (number > 1).then(|| at_page(number - 1)),
            next: (from + PAGE < all.len()).then(|| at_page(number + 1)),
        },
    };
    page(&reader, &view)
}

fn at_page(number: usize) -> String {
    if number == 1 { "/waiting".to_owned() } else { format!("/waiting?page={number}") }
}

/// The form under a question.
pub(crate) async fn answer(
    State(site): Shared,
    Path(id): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let choice = value(&pairs, "own").unwrap_or_else(|| text(&pairs, "choice"));
    let question = match site.archive.question(&id).await {
        Ok(question) => question,
        // Somebody answered it meanwhile: the list shows what is left.
        Err(AppError::Missing { .. }) => return Ok(see_other("/waiting")),
        Err(error) => return Err(error.into()),
    };
    match site.archive.answer(&question, choice, OWNER).await {
        Ok(_) => Ok(see_other("/waiting")),
        Err(AppError::Refused(why)) => Err(Problem::Bad(why)),
        Err(error) => Err(error.into()),
    }
}

fn question(question: &Question) -> WaitingQuestion {
    let count = Count(question.works.len() as u64).of("work", "works");
    let about = match (question.kind, question.origin.as_str()) {
        (QuestionKind::Pair, _) => String::new(),
        (_, "") => count,
        (_, origin) => format!("{count} of {origin}"),
    };
    let evidence = question.evidence.iter().map(|own| {
        let title = if own.title.is_empty() { "Untitled" } else { own.title.as_str() };
        let href = format!("{}/sources", urls::work(present::number(own.work.0)));
        WaitingEvidence { work: NamedLink::new(title, href), says: own.says.clone() }
    });
    let choice = |own: &fanfold_app::review::Choice| WaitingChoice {
        name: own.name.clone(),
        words: choice_words(&own.name),
        means: own.means.clone(),
    };
    WaitingQuestion {
        id: question.id.clone(),
        kind: question.kind.as_str().to_owned(),
        asks: question.asks.clone(),
        about,
        more: question.works.len().saturating_sub(question.evidence.len()),
        evidence: evidence.collect(),
        few: question.choices.len() <= BUTTONS,
        choices: question.choices.iter().map(choice).collect(),
        own_words: matches!(question.kind, QuestionKind::Title | QuestionKind::Suggestion),
        beside: beside(question),
    }
}

/// An answer's name as it stands on its button.
fn choice_words(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) if name.chars().all(|c| c.is_ascii_lowercase() || c == '-') => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}

/// Where the texts that a question is about stand side by side.
fn beside(question: &Question) -> Option<String> {
    let work = |place: usize| Some(urls::work(present::number(question.works.get(place)?.0)));
    match question.kind {
        QuestionKind::Pair => Some(format!("{}/beside/{}", work(0)?, question.works.get(1)?)),
        QuestionKind::Version => Some(format!("{}/versions/newest", work(0)?)),
        _ => None,
    }
}
