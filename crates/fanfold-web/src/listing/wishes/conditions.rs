//! Every wish in words, with the address of the list without it.

use fanfold_model::TagKind;

use super::Wishes;
use crate::listing::sentence::{listed, range, span};
use crate::present::{kind_singular, language_name, status_words};
use crate::views::listing::Condition;

impl Wishes {
    /// Every wish in words, with the address of the list without it.
    pub(in crate::listing) fn conditions(&self, path: &str) -> Vec<Condition> {
        let first_page = self.first_page();
        let mut all = first_page.tag_conditions();
        all.extend(first_page.single_conditions());
        all.into_iter()
            .map(|(words, rest)| Condition { words, remove_href: rest.address(path) })
            .collect()
    }

    fn tag_conditions(&self) -> Vec<(String, Self)> {
        let mut all = Vec::new();
        for (i, (_, name)) in self.with.iter().enumerate() {
            let mut rest = self.clone();
            rest.with.remove(i);
            all.push((format!("with {name}"), rest));
        }
        for kind in TagKind::ALL {
            let names = self.any_of(kind);
            if !names.is_empty() {
                let mut rest = self.clone();
                rest.any.retain(|(own, _)| *own != kind);
                all.push((format!("with {}", listed(&names, "or")), rest));
            }
        }
        for (i, (_, name)) in self.without.iter().enumerate() {
            let mut rest = self.clone();
            rest.without.remove(i);
            all.push((format!("without {name}"), rest));
        }
        all
    }

    /// The tags of a kind of which one is enough.
    pub(in crate::listing) fn any_of(&self, kind: TagKind) -> Vec<&str> {
        self.any.iter().filter(|(own, _)| *own == kind).map(|(_, name)| name.as_str()).collect()
    }

    fn single_conditions(&self) -> Vec<(String, Self)> {
        let mut all = Vec::new();
        if let Some(status) = self.status {
            let words = status_words(status).unwrap_or("status unknown");
            all.push((words.to_owned(), Self { status: None, ..self.clone() }));
        }
        if let Some(wanted) = self.crossover {
            let words = crossover_words(wanted);
            all.push((words.to_owned(), Self { crossover: None, ..self.clone() }));
        }
        if let Some(wanted) = self.otp {
            all.push((otp_words(wanted).to_owned(), Self { otp: None, ..self.clone() }));
        }
        if let Some(words) = self.language_words() {
            all.push((words, Self { languages: Vec::new(), ..self.clone() }));
        }
        if let Some(words) = range("word", "words", self.words) {
            all.push((words, Self { words: (None, None), ..self.clone() }));
        }
        if let Some(words) = range("chapter", "chapters", self.chapters) {
            all.push((words, Self { chapters: (None, None), ..self.clone() }));
        }
        if let Some(words) = range("fandom", "fandoms", self.fandoms) {
            all.push((words, Self { fandoms: (None, None), ..self.clone() }));
        }
        if let Some(words) = range("relationship", "relationships", self.relationships) {
            all.push((words, Self { relationships: (None, None), ..self.clone() }));
        }
        for kind in &self.only {
            let mut rest = self.clone();
            rest.only.retain(|own| own != kind);
            all.push((only_words(*kind), rest));
        }
        if let Some(words) = span("published", self.published.0, self.published.1) {
            all.push((words, Self { published: (None, None), ..self.clone() }));
        }
        if let Some(words) = span("updated", self.updated.0, self.updated.1) {
            all.push((words, Self { updated: (None, None), ..self.clone() }));
        }
        if !self.text.is_empty() {
            let words = format!("matching {}", self.text);
            all.push((words, Self { text: String::new(), ..self.clone() }));
        }
        all
    }

    /// `in Deutsch or English`.
    pub(in crate::listing) fn language_words(&self) -> Option<String> {
        let names: Vec<String> = self.languages.iter().map(|code| language_name(code)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        (!names.is_empty()).then(|| format!("in {}", listed(&names, "or")))
    }
}

/// `no other relationship`.
pub(in crate::listing) fn only_words(kind: TagKind) -> String {
    format!("no other {}", kind_singular(kind).to_lowercase())
}

/// What is asked of crossovers.
pub(in crate::listing) fn crossover_words(wanted: bool) -> &'static str {
    if wanted { "crossovers only" } else { "no crossovers" }
}

/// What is asked of the number of relationships.
pub(in crate::listing) fn otp_words(wanted: bool) -> &'static str {
    if wanted { "one relationship only" } else { "not of one relationship alone" }
}
