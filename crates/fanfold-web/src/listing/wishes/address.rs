//! Wishes as they stand in an address: the names of the fields are those of the form.

use fanfold_model::query::Sort;
use fanfold_model::{PartialDate, Status, TagKind};

use super::{MOST, Wishes};
use crate::urls::query_value;

impl Wishes {
    /// Reads the fields of the form.
    pub(crate) fn from_pairs(pairs: &[(String, String)]) -> Self {
        let mut wishes = Self::default();
        for (name, value) in pairs {
            let value = value.replace('\0', "");
            let value = value.trim();
            if !value.is_empty() {
                wishes.take(name, value);
            }
        }
        wishes
    }

    fn take(&mut self, name: &str, value: &str) {
        let number = || value.replace(['\u{202f}', ' ', ',', '.'], "").parse().ok();
        let date = || value.parse::<PartialDate>().ok();
        match name {
            "q" => value.clone_into(&mut self.text),
            "status" => self.status = Status::from_name(value),
            "crossover" => self.crossover = value.parse().ok(),
            "otp" => self.otp = value.parse().ok(),
            "language" => self.take_language(value),
            "words_from" => self.words.0 = number(),
            "words_to" => self.words.1 = number(),
            "chapters_from" => self.chapters.0 = number(),
            "chapters_to" => self.chapters.1 = number(),
            "fandoms_from" => self.fandoms.0 = number(),
            "fandoms_to" => self.fandoms.1 = number(),
            "relationships_from" => self.relationships.0 = number(),
            "relationships_to" => self.relationships.1 = number(),
            "only" => drop(TagKind::from_name(value).map(|kind| self.take_only(kind))),
            "published_from" => self.published.0 = date(),
            "published_to" => self.published.1 = date(),
            "updated_from" => self.updated.0 = date(),
            "updated_to" => self.updated.1 = date(),
            "sort" => self.sort = Sort::from_text(value),
            "show" => self.all = value == "all",
            "after" => self.after = Some(value.to_owned()),
            "trail" => self.trail = value.split('~').map(str::to_owned).collect(),
            _ => self.take_tag(name, value),
        }
    }

    fn take_language(&mut self, code: &str) {
        let known = self.languages.iter().any(|own| own.eq_ignore_ascii_case(code));
        if !known && self.languages.len() < MOST {
            self.languages.push(code.to_owned());
        }
    }

    fn take_tag(&mut self, name: &str, value: &str) {
        let (list, kind) = match name.split_once('.') {
            Some(("with", kind)) => (&mut self.with, kind),
            Some(("any", kind)) => (&mut self.any, kind),
            Some(("without", kind)) => (&mut self.without, kind),
            _ => return,
        };
        let Some(kind) = TagKind::from_name(kind) else { return };
        if list.len() < MOST && !Self::names(list, kind, value) {
            list.push((kind, value.to_owned()));
        }
    }

    /// The address of the list with these wishes.
    pub(crate) fn address(&self, path: &str) -> String {
        let fields: Vec<String> = self
            .pairs()
            .iter()
            .map(|(name, value)| format!("{name}={}", query_value(value)))
            .collect();
        if fields.is_empty() { path.to_owned() } else { format!("{path}?{}", fields.join("&")) }
    }

    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let mut put = |name: &str, value: Option<String>| {
            let said = value.filter(|value| !value.is_empty());
            pairs.extend(said.map(|value| (name.to_owned(), value)));
        };
        put("q", Some(self.text.clone()));
        for (prefix, list) in [("with", &self.with), ("any", &self.any), ("without", &self.without)]
        {
            for (kind, name) in list {
                put(&format!("{prefix}.{kind}"), Some(name.clone()));
            }
        }
        put("status", self.status.map(|status| status.as_str().to_owned()));
        put("crossover", self.crossover.map(|wanted| wanted.to_string()));
        put("otp", self.otp.map(|wanted| wanted.to_string()));
        for code in &self.languages {
            put("language", Some(code.clone()));
        }
        for kind in &self.only {
            put("only", Some(kind.as_str().to_owned()));
        }
        for (name, (from, to)) in [
            ("words", self.words),
            ("chapters", self.chapters),
            ("fandoms", self.fandoms),
            ("relationships", self.relationships),
        ] {
            put(&format!("{name}_from"), from.map(|n| n.to_string()));
            put(&format!("{name}_to"), to.map(|n| n.to_string()));
        }
        for (name, (from, to)) in [("published", self.published), ("updated", self.updated)] {
            put(&format!("{name}_from"), from.map(|date| date.to_string()));
            put(&format!("{name}_to"), to.map(|date| date.to_string()));
        }
        put("sort", self.sort.map(|sort| sort.to_string()));
        put("show", self.all.then(|| "all".to_owned()));
        put("after", self.after.clone());
        put("trail", Some(self.trail.join("~")));
        pairs
    }
}
