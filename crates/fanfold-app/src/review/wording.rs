//! The questions in words, with the answers that fit; the likeliest answer, or the one that changes least, first.

use super::question::Choice;
use fanfold_model::{FindingCode, Rating, WARNINGS, Work, all_finding_codes};
use fanfold_normalize::{DAY_ORDERS, IGNORE, LABEL_MEANINGS, ONLY_A_TAG};

type Words = (String, Vec<Choice>);

/// The answer that leaves things as they are and is not asked again.
pub(super) const KEEP: &str = "keep";
/// The answer that takes what is proposed.
pub(super) const ACCEPT: &str = "accept";
/// The answer that lets held works go.
pub(super) const RELEASE: &str = "release";
/// The answer that two works stay two.
pub(super) const APART: &str = "apart";
/// The answer that makes one work of two.
pub const MERGE: &str = "merge";
/// The answer that shows the newer version.
pub(super) const SHOW: &str = "show";

pub(super) fn label(label: &str, code: &str) -> Words {
    let asks = if code == FindingCode::LABEL_UNCLEAR.code {
        format!("What does “{label}” mean at this source?")
    } else {
        format!("“{label}” is a label we do not know. What does it mean?")
    };
    let choices = LABEL_MEANINGS.iter().map(|(name, _)| match *name {
        IGNORE => Choice::new(name, "keep it among the original labels only"),
        "tag" => Choice::new(name, "its values are tags"),
        name => Choice::new(name, &format!("it names the {name}")),
    });
    (asks, choices.collect())
}

pub(super) fn rating(written: &str, taken: Option<Rating>) -> Words {
    let mut levels: Vec<Rating> = taken.into_iter().collect();
    levels.extend(Rating::ALL.into_iter().filter(|level| Some(*level) != taken));
    let means = |level: &Rating| {
        if Some(*level) == taken {
            "as it was taken: the stricter level"
        } else {
            "for all of them"
        }
    };
    let choices = levels.iter().map(|level| Choice::new(level.as_str(), means(level)));
    (format!("Which rating is “{written}”?"), choices.collect())
}

pub(super) fn warning(written: &str) -> Words {
    let tag = Choice::new(ONLY_A_TAG, "no archive warning; it stays a tag");
    let warnings = WARNINGS.iter().map(|warning| Choice::new(warning, "it is this warning"));
    (
        format!("Is “{written}” one of the archive warnings?"),
        std::iter::once(tag).chain(warnings).collect(),
    )
}

pub(super) fn dates() -> Words {
    let choices = vec![
        Choice::new(DAY_ORDERS[0], "3/5/2002 is the third of May"),
        Choice::new(DAY_ORDERS[1], "3/5/2002 is March the fifth"),
        Choice::new(KEEP, "the source is not of one habit; only the certain part is shown"),
    ];
    ("In which order does this source write day and month?".to_owned(), choices)
}

pub(super) fn version() -> Words {
    let choices = vec![
        Choice::new(KEEP, "go on showing the longer text; the newer one stays beside it"),
        Choice::new(SHOW, "show the newer text; the longer one stays beside it"),
    ];
    ("A newer copy is shorter than the text shown. Which is to be shown?".to_owned(), choices)
}

pub(super) fn title(work: &Work) -> Words {
    let guesses = work.suggestions.iter().filter(|guess| guess.field == "title");
    let choices = guesses.map(|guess| Choice::new(&guess.value, &guess.why));
    let keep = Choice::new(KEEP, "it has no title; the placeholder stays, marked as one");
    let asks = format!("What is the title of this work? It is shown as “{}”.", work.title);
    (asks, choices.chain([keep]).collect())
}

pub(super) fn suggestion(field: &str, value: &str) -> Words {
    let choices = vec![
        Choice::new(ACCEPT, "it is so, in all of them"),
        Choice::new(KEEP, "it is not so; it is not suggested again"),
    ];
    (format!("Is “{value}” right for {field}?"), choices)
}

pub(super) fn held(reason: &str) -> Words {
    let choices = vec![
        Choice::new(KEEP, "they stay held; it is not asked again"),
        Choice::new(RELEASE, "let them go; everyone may see them"),
    ];
    let asks = match reason {
        "underage" => "A label speaks of underage content. Which of these may be seen?".to_owned(),
        "permission" => "The author does not want it archived. May it be seen?".to_owned(),
        "unvalidated" => {
            "The source had not let these out to its readers. May they be seen?".to_owned()
        }
        other => format!("These works are held ({other}). May they be seen?"),
    };
    (asks, choices)
}

pub(super) fn look(code: &str) -> Words {
    let known = all_finding_codes().iter().find(|known| known.code == code);
    let asks =
        known.map_or_else(|| code.to_owned(), |known| format!("{} {}", known.meaning, known.next));
    (asks, vec![Choice::new(KEEP, "seen; it is as it should be")])
}

pub(super) fn pair(verdict: &str) -> Words {
    let choices = vec![
        Choice::new(APART, "they are two works; it is not asked again"),
        Choice::new(MERGE, "one work: the second becomes a version of the first, or a copy of it"),
    ];
    let asks = match verdict {
        "same" => "The same text, but for a few words. Is it one work?",
        "revision" => "One seems to be an edited form of the other. Is it one work?",
        "contains" => "The first holds the text of the second. Is it one work?",
        "contained" => "The text of the first lies in the second. Is it one work?",
        _ => "They share a passage. Is it one work?",
    };
    (asks.to_owned(), choices)
}
