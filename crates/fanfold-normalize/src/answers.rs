//! What a person answered about one source of works. An answer stands above every rule of this crate: it was given by
//! somebody who saw the values, and it may do what no rule may, lower a rating.

use crate::fold::fold;
use fanfold_model::{Extracted, FieldKind, FindingCode, Rating, WARNINGS};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What a label may be said to mean, by the name of the answer.
pub const LABEL_MEANINGS: [(&str, FieldKind); 19] = [
    ("fandom", FieldKind::Fandom),
    ("genre", FieldKind::Genre),
    ("relationship", FieldKind::Relationship),
    ("character", FieldKind::Character),
    ("warning", FieldKind::Warning),
    ("rating", FieldKind::Rating),
    ("tag", FieldKind::Freeform),
    ("category", FieldKind::Category),
    ("title", FieldKind::Title),
    ("creator", FieldKind::Creator),
    ("poster", FieldKind::Poster),
    ("recipient", FieldKind::Recipient),
    ("summary", FieldKind::Summary),
    ("notes", FieldKind::Notes),
    ("series", FieldKind::Series),
    ("language", FieldKind::Language),
    ("written", FieldKind::Written),
    ("published", FieldKind::Published),
    (IGNORE, FieldKind::Other),
];

/// The answer that a label means nothing we show.
pub const IGNORE: &str = "ignore";
/// The answer that a warning wording is a tag and no archive warning.
pub const ONLY_A_TAG: &str = "tag";
/// The two answers about the order of day and month.
pub const DAY_ORDERS: [&str; 2] = ["day-first", "month-first"];

/// The answers for one source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers {
    labels: BTreeMap<String, FieldKind>,
    ratings: BTreeMap<String, Rating>,
    warnings: BTreeMap<String, Option<usize>>,
    day_first: Option<bool>,
}

/// No answers.
pub(crate) static NONE: Answers = Answers {
    labels: BTreeMap::new(),
    ratings: BTreeMap::new(),
    warnings: BTreeMap::new(),
    day_first: None,
};

/// The one spelling by which a label or a wording is known again.
#[must_use]
pub fn subject_key(text: &str) -> String {
    fold(text).trim_matches(|c: char| c == ':' || c.is_whitespace()).to_owned()
}

impl Answers {
    /// Takes an answer of this kind; `false` if its kind or choice says nothing here.
    pub fn learn(&mut self, kind: &str, subject: &str, choice: &str) -> bool {
        let key = subject_key(subject);
        match kind {
            "label" => {
                let known = LABEL_MEANINGS.iter().find(|(name, _)| *name == choice);
                known.map(|(_, kind)| self.labels.insert(key, *kind)).is_some()
            }
            "rating" => {
                let level = Rating::from_name(choice);
                level.map(|level| self.ratings.insert(key, level)).is_some()
            }
            "warning" => {
                let warning = WARNINGS.iter().position(|warning| *warning == choice);
                let known = warning.is_some() || choice == ONLY_A_TAG;
                if known {
                    self.warnings.insert(key, warning);
                }
                known
            }
            "dates" => {
                let order = DAY_ORDERS.iter().position(|order| *order == choice);
                self.day_first = order.map(|place| place == 0).or(self.day_first);
                order.is_some()
            }
            _ => false,
        }
    }

    /// Whether nothing was answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == NONE
    }

    /// The level that this wording means here.
    pub(crate) fn rating(&self, written: &str) -> Option<Rating> {
        self.ratings.get(&subject_key(written)).copied()
    }

    /// The archive warning that this wording means here; `Some(None)` if it is only a tag.
    pub(crate) fn warning(&self, written: &str) -> Option<Option<usize>> {
        if self.warnings.is_empty() {
            None
        } else {
            self.warnings.get(&subject_key(written)).copied()
        }
    }

    /// Whether this source writes the day first.
    pub(crate) fn day_first(&self) -> Option<bool> {
        self.day_first
    }

    /// The reading with its labels as they are meant here.
    pub(crate) fn relabelled<'a>(&self, extracted: &'a Extracted) -> Cow<'a, Extracted> {
        let meaning = |label: &str| self.labels.get(&subject_key(label)).copied();
        let any = |extracted: &Extracted| {
            extracted.fields.iter().any(|field| meaning(&field.label).is_some())
        };
        if self.labels.is_empty() || !any(extracted) {
            return Cow::Borrowed(extracted);
        }
        let mut own = extracted.clone();
        for field in &mut own.fields {
            field.kind = meaning(&field.label).unwrap_or(field.kind);
        }
        own.findings.retain(|finding| {
            finding.code != FindingCode::UNKNOWN_LABEL.code
                || finding.quoted().is_none_or(|label| meaning(label).is_none())
        });
        Cow::Owned(own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::field;
    use crate::{Context, normalize};
    use fanfold_model::{ExtractedField, ReadAs, Work};

    fn answered(answers: &[(&str, &str, &str)], fields: Vec<ExtractedField>) -> Work {
        let mut known = Answers::default();
        for (kind, subject, choice) in answers {
            assert!(known.learn(kind, subject, choice), "{kind} {choice}");
        }
        let extracted = Extracted { fields, ..Extracted::new(ReadAs::Work) };
        normalize(&extracted, &Context { today: 20_454, answers: &known })
    }

    #[test]
    fn a_label_means_what_a_person_said_it_means_at_this_source() {
        let fields = || {
            vec![
                field(FieldKind::Title, "Title", "The Humming Parcel"),
                field(FieldKind::Classification, "Category", "Sherlock Holmes"),
                field(FieldKind::Other, "Beastie", "A parrot"),
            ]
        };
        let unsaid = answered(&[], fields());
        assert_eq!((unsaid.fandoms.len(), unsaid.freeforms.len()), (0, 1));
        assert!(unsaid.findings.iter().any(|f| f.quoted() == Some("Category")), "{unsaid:?}");
        let said = answered(
            &[("label", "CATEGORY:", "fandom"), ("label", "beastie", "character")],
            fields(),
        );
        assert_eq!(said.fandoms, ["Sherlock Holmes"]);
        assert_eq!(said.characters, ["A parrot"]);
        assert!(said.findings.iter().all(|finding| finding.code != "label-unclear"));
        assert!(said.original.iter().any(|(label, _)| label == "Category"));
    }

    #[test]
    fn a_person_may_lower_a_rating_and_settles_a_warning() {
        let fields = || {
            vec![
                field(FieldKind::Rating, "Rating", "PG-13 or maybe R"),
                field(FieldKind::Warning, "Warnings", "dark themes, some violence"),
            ]
        };
        let rating =
            answered(&[("rating", "pg-13 or  maybe r", "Teen And Up Audiences")], fields());
        assert_eq!(rating.rating, Some(Rating::Teen));
        assert!(rating.findings.iter().all(|finding| !finding.code.starts_with("rating-")));
        assert_eq!(rating.evidence.iter().find(|(n, _)| n == "rating").unwrap().1.rule, "answer");
        let graphic = WARNINGS[0];
        let warned = answered(&[("warning", "some violence", graphic)], fields());
        assert_eq!(warned.warnings, [graphic]);
        let tagged = answered(&[("warning", "some violence", ONLY_A_TAG)], fields());
        assert_eq!(tagged.warnings, [""; 0]);
        assert!(tagged.freeforms.contains(&"some violence".to_owned()), "{tagged:?}");
    }

    #[test]
    fn the_order_of_day_and_month_is_the_sources() {
        let fields = || vec![field(FieldKind::Published, "Date", "03/05/2002")];
        let date = |answers: &[(&str, &str, &str)]| {
            answered(answers, fields()).published.map(|date| date.to_string())
        };
        assert_eq!(date(&[("dates", "", "day-first")]).as_deref(), Some("2002-05-03"));
        assert_eq!(date(&[("dates", "", "month-first")]).as_deref(), Some("2002-03-05"));
        assert_ne!(date(&[]), date(&[("dates", "", "day-first")]));
    }

    #[test]
    fn an_answer_that_says_nothing_here_is_refused() {
        let mut known = Answers::default();
        assert!(!known.learn("rating", "PG", "PG"));
        assert!(!known.learn("label", "Class", "genre or so"));
        assert!(!known.learn("held", "policy", "release"));
        assert!(known.is_empty());
    }
}
