//! Answers as rules: what every later reading of works from one source obeys.

use super::question::QuestionKind;
use super::wording::RELEASE;
use fanfold_model::{Source, site_of};
use fanfold_normalize::Answers;
use fanfold_storage::Answer;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

/// The answers of a library, by the source of works that they are about.
#[derive(Debug, Clone, Default)]
pub(crate) struct RuleBook {
    by_origin: BTreeMap<String, Answers>,
    /// Holds that are let go: origin and reason.
    released: HashSet<(String, String)>,
    none: Answers,
}

impl RuleBook {
    /// The rules among these answers; the others settle single works and bind nobody else.
    pub(crate) fn of(answers: &[Answer]) -> Self {
        let mut book = Self::default();
        for answer in answers.iter().filter(|answer| answer.through.is_none()) {
            let own = book.by_origin.entry(answer.origin.clone()).or_default();
            own.learn(&answer.kind, &answer.subject, &answer.choice);
            if answer.kind == QuestionKind::Held.as_str() && answer.choice == RELEASE {
                book.released.insert((answer.origin.clone(), answer.subject.clone()));
            }
        }
        book
    }

    /// The rules for works from here.
    pub(crate) fn for_origin(&self, origin: &str) -> &Answers {
        self.by_origin.get(origin).unwrap_or(&self.none)
    }

    /// Whether works from here that are held for this reason are to be let go.
    pub(crate) fn releases(&self, origin: &str, reason: &str) -> bool {
        !self.released.is_empty() && self.released.contains(&(origin.to_owned(), reason.to_owned()))
    }
}

/// Where works come from, as far as answers go: the site, else the name of what was given to the import.
pub(crate) fn origin_of(sources: &[Source], given: &str) -> String {
    let site = site_of(sources);
    if site.is_empty() { given.to_owned() } else { site }
}

/// The names of the files or folders that were given to an import: a pile keeps its answers when it is moved.
pub(crate) fn given_name(roots: &[String]) -> String {
    let name = |root: &String| {
        let path = Path::new(root);
        path.file_name().map_or_else(|| root.clone(), |name| name.to_string_lossy().into_owned())
    };
    roots.iter().map(name).collect::<Vec<_>>().join(", ")
}
