//! Works with something to ask become questions, one for all works that ask the same of the same source.

use super::question::{Choice, Question, QuestionEvidence, QuestionKind, SHOWN, id_of};
use super::rules::{given_name, origin_of};
use super::wording;
use fanfold_model::{EditField, Finding, FindingCode, Level, Suggestion, Work, WorkId};
use fanfold_normalize::subject_key;
use fanfold_storage::{Answer, ToReview};
use std::collections::{BTreeMap, HashMap};

/// Questions as they come together.
pub(super) struct Gathering {
    questions: BTreeMap<(QuestionKind, String, String), Question>,
    /// Answered already: through which work, `None` for all.
    answered: HashMap<(String, String, String), Option<WorkId>>,
}

/// One work's part of a question.
struct Asked {
    kind: QuestionKind,
    subject: String,
    says: String,
    /// The question and its answers, where it is the first work that asks.
    words: (String, Vec<Choice>),
}

impl Gathering {
    pub(super) fn new(answers: Vec<Answer>) -> Self {
        let key = |answer: Answer| ((answer.kind, answer.origin, answer.subject), answer.through);
        Self { questions: BTreeMap::new(), answered: answers.into_iter().map(key).collect() }
    }

    /// Adds what a work asks.
    pub(super) fn add(&mut self, asking: &ToReview) {
        let work = &asking.work;
        let Some(id) = work.id else { return };
        let origin = origin_of(&work.sources, &given_name(&asking.roots));
        let of_findings = work.findings.iter().filter_map(|finding| of_finding(work, finding));
        let guesses = work.suggestions.iter().chain(&asking.guesses);
        let of_guesses = guesses.filter_map(|guess| of_suggestion(work, guess));
        let all: Vec<Asked> = of_findings.chain(of_guesses).chain(of_hold(work)).collect();
        for asked in all {
            if !self.is_answered(&asked, &origin, id) {
                self.ask(asked, &origin, work, id);
            }
        }
    }

    fn is_answered(&self, asked: &Asked, origin: &str, id: WorkId) -> bool {
        let key = (asked.kind.as_str().to_owned(), origin.to_owned(), asked.subject.clone());
        self.answered.get(&key).is_some_and(|through| through.is_none_or(|through| id <= through))
    }

    fn ask(&mut self, asked: Asked, origin: &str, work: &Work, id: WorkId) {
        let key = (asked.kind, origin.to_owned(), asked.subject.clone());
        let (asks, choices) = asked.words;
        let question = self.questions.entry(key).or_insert_with(|| Question {
            id: id_of(asked.kind, origin, &asked.subject),
            kind: asked.kind,
            origin: origin.to_owned(),
            subject: asked.subject,
            asks,
            works: Vec::new(),
            evidence: Vec::new(),
            choices,
        });
        if question.works.last() != Some(&id) {
            question.works.push(id);
        }
        if question.evidence.len() < SHOWN {
            let path = work.sources.first().map(|source| match &source.member {
                Some(member) => format!("{}/{member}", source.path),
                None => source.path.clone(),
            });
            question.evidence.push(QuestionEvidence {
                work: id,
                title: work.title.clone(),
                path: path.unwrap_or_default(),
                says: asked.says,
            });
        }
    }

    /// The questions: by kind, those of most works first.
    pub(super) fn questions(self) -> Vec<Question> {
        let mut questions: Vec<Question> = self.questions.into_values().collect();
        questions.sort_by(|a, b| {
            let order =
                |question: &Question| (question.kind, std::cmp::Reverse(question.works.len()));
            order(a).cmp(&order(b)).then_with(|| a.id.cmp(&b.id))
        });
        questions
    }
}

fn is_curated(work: &Work, field: &str) -> bool {
    work.curated.iter().any(|curated| curated == field)
}

fn of_finding(work: &Work, finding: &Finding) -> Option<Asked> {
    const LABELS: [&str; 2] = [FindingCode::UNKNOWN_LABEL.code, FindingCode::LABEL_UNCLEAR.code];
    const RATINGS: [&str; 2] =
        [FindingCode::RATING_AMBIGUOUS.code, FindingCode::RATING_UNKNOWN.code];
    let code = finding.code.as_str();
    let quoted = finding.quoted().unwrap_or_default();
    let own = || work.uid.map(|uid| uid.to_string()).unwrap_or_default();
    let asked = |kind, subject: String, words| {
        Some(Asked { kind, subject, says: says(work, finding), words })
    };
    match code {
        _ if LABELS.contains(&code) && !quoted.is_empty() => {
            asked(QuestionKind::Label, subject_key(quoted), wording::label(quoted, code))
        }
        _ if RATINGS.contains(&code) && is_curated(work, "rating") => None,
        _ if RATINGS.contains(&code) && !quoted.is_empty() => {
            let words = wording::rating(quoted, work.rating);
            asked(QuestionKind::Rating, subject_key(quoted), words)
        }
        _ if code == FindingCode::WARNING_UNCLEAR.code && is_curated(work, "warnings") => None,
        _ if code == FindingCode::WARNING_UNCLEAR.code && !quoted.is_empty() => {
            asked(QuestionKind::Warning, subject_key(quoted), wording::warning(quoted))
        }
        _ if code == FindingCode::DATE_AMBIGUOUS.code => {
            asked(QuestionKind::Dates, String::new(), wording::dates())
        }
        _ if code == FindingCode::VERSION_SHORTER.code => {
            // A further version is another question.
            let newest = work.versions.iter().map(|version| version.number).max().unwrap_or(1);
            asked(QuestionKind::Version, format!("{} {newest}", own()), wording::version())
        }
        _ if code == FindingCode::TITLE_PLACEHOLDER.code => {
            let none = !work.title_is_placeholder || is_curated(work, "title");
            if none { None } else { asked(QuestionKind::Title, own(), wording::title(work)) }
        }
        // The hold itself asks.
        _ if work.held.is_some() && is_of_hold(code) => None,
        _ if finding.level > Level::Info => {
            asked(QuestionKind::Look, code.to_owned(), wording::look(code))
        }
        _ => None,
    }
}

fn is_of_hold(code: &str) -> bool {
    [FindingCode::UNDERAGE.code, FindingCode::PERMISSION.code, FindingCode::UNVALIDATED.code]
        .contains(&code)
}

/// What a finding goes by: for a label its values, else the finding's own words.
fn says(work: &Work, finding: &Finding) -> String {
    let label = finding.quoted().filter(|_| finding.code == FindingCode::UNKNOWN_LABEL.code);
    let values = label.and_then(|label| {
        let key = subject_key(label);
        work.original.iter().find(|(known, _)| subject_key(known) == key)
    });
    match values {
        Some((label, values)) => format!("{label}: {}", shortened(&values.join("; "))),
        None => finding.message.clone(),
    }
}

fn shortened(text: &str) -> String {
    const MOST: usize = 160;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text.to_owned(),
    }
}

/// A guess about what the work does not have. The title has a question of its own; a list may want several entries.
fn of_suggestion(work: &Work, guess: &Suggestion) -> Option<Asked> {
    let field = EditField::from_name(&guess.field)?;
    let moot = match field {
        EditField::Title => true,
        field if field.is_list() => work.lists(field, &guess.value),
        field => work.field_value(field).is_some() || is_curated(work, field.as_str()),
    };
    (!moot).then(|| Asked {
        kind: QuestionKind::Suggestion,
        subject: format!("{}={}", guess.field, guess.value),
        says: format!("{} ({:.0} % sure)", guess.why, guess.confidence * 100.0),
        words: wording::suggestion(&guess.field, &guess.value),
    })
}

fn of_hold(work: &Work) -> Option<Asked> {
    let reason = work.held.clone()?;
    let says = work.findings.iter().find(|finding| is_of_hold(&finding.code));
    let says = says.map_or_else(|| format!("held: {reason}"), |finding| finding.message.clone());
    let words = wording::held(&reason);
    Some(Asked { kind: QuestionKind::Held, subject: reason, says, words })
}
