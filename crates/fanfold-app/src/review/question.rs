//! A question that waits for a person: what is asked, of which works, what speaks for what, and what can be answered.

use super::wording::{APART, KEEP};
use fanfold_model::WorkId;
use fanfold_normalize::{IGNORE, ONLY_A_TAG};

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuestionKind {
    /// Works that wait before anyone else may see them.
    Held,
    /// Two works that share text.
    Pair,
    /// A newer text that is shorter than the one shown.
    Version,
    /// A label whose meaning at this source is not known.
    Label,
    /// A rating that can mean two levels, or none we know.
    Rating,
    /// A warning that may be an archive warning.
    Warning,
    /// The order of day and month at this source.
    Dates,
    /// A work without a title.
    Title,
    /// A guess.
    Suggestion,
    /// Something to look at.
    Look,
}

impl QuestionKind {
    /// All kinds, in the order in which they are asked.
    pub const ALL: [Self; 10] = [
        Self::Held,
        Self::Pair,
        Self::Version,
        Self::Label,
        Self::Rating,
        Self::Warning,
        Self::Dates,
        Self::Title,
        Self::Suggestion,
        Self::Look,
    ];

    /// The name in JSON and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Pair => "pair",
            Self::Version => "version",
            Self::Label => "label",
            Self::Rating => "rating",
            Self::Warning => "warning",
            Self::Dates => "dates",
            Self::Title => "title",
            Self::Suggestion => "suggestion",
            Self::Look => "look",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether an answer is a rule for works that are still to come, or settles only those that asked.
    #[must_use]
    pub fn makes_rules(self) -> bool {
        matches!(self, Self::Label | Self::Rating | Self::Warning | Self::Dates)
    }
}

/// What speaks for what, in one work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionEvidence {
    /// The work.
    pub work: WorkId,
    /// Its title.
    pub title: String,
    /// Where its first original lay.
    pub path: String,
    /// What its source says, or what was noticed.
    pub says: String,
}

/// One answer that can be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its name, as it is typed.
    pub name: String,
    /// What it does, in words.
    pub means: String,
}

impl Choice {
    pub(super) fn new(name: &str, means: &str) -> Self {
        Self { name: name.to_owned(), means: means.to_owned() }
    }
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its name, which stays the same for the same question.
    pub id: String,
    /// What it is about.
    pub kind: QuestionKind,
    /// Whose works: a site, or the name of the folder that was given.
    pub origin: String,
    /// What is asked about: a wording, a reason, a work's uid.
    pub subject: String,
    /// The question in words.
    pub asks: String,
    /// The works it is about, ascending.
    pub works: Vec<WorkId>,
    /// What speaks for what; the first few works.
    pub evidence: Vec<QuestionEvidence>,
    /// What can be answered; the likeliest first.
    pub choices: Vec<Choice>,
}

impl Question {
    /// The answer that leaves things as they are and is not asked again.
    #[must_use]
    pub fn leaves_it(&self) -> &str {
        match self.kind {
            QuestionKind::Pair => APART,
            QuestionKind::Label => IGNORE,
            QuestionKind::Warning => ONLY_A_TAG,
            // The level that was taken stands first.
            QuestionKind::Rating => self.first(),
            _ => KEEP,
        }
    }

    /// The first of its answers.
    #[must_use]
    pub fn first(&self) -> &str {
        self.choices.first().map_or(KEEP, |choice| choice.name.as_str())
    }
}

/// Evidence shown with a question.
pub(super) const SHOWN: usize = 5;

/// The name of a question.
pub(super) fn id_of(kind: QuestionKind, origin: &str, subject: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in [kind.as_str(), origin, subject] {
        hasher.update(part.as_bytes()).update(&[0]);
    }
    hasher.finalize().to_hex()[..8].to_owned()
}
