//! What a reader wishes of a list, as it stands in the address: names of the fields are those of the form.

use fanfold_model::query::{
    DateField, DateRange, Flag, Node, NumberField, NumberRange, Query, QueryError, Sort, SortKey,
    parse,
};
use fanfold_model::{PartialDate, Status, TagKind};

use crate::urls::query_value;
use crate::views::listing::Condition;

/// The wishes. Texts are as typed; what cannot be read is passed over, except for the query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wishes {
    /// A query in the query language.
    pub(crate) text: String,
    /// Tags that the works carry.
    pub(crate) with: Vec<(TagKind, String)>,
    /// Tags that they do not carry.
    pub(crate) without: Vec<(TagKind, String)>,
    /// Exactly this status.
    pub(crate) status: Option<Status>,
    /// Only crossovers, or none.
    pub(crate) crossover: Option<bool>,
    /// A language.
    pub(crate) language: Option<String>,
    /// Fewest and most words.
    pub(crate) words: (Option<u64>, Option<u64>),
    /// Earliest and latest update.
    pub(crate) updated: (Option<PartialDate>, Option<PartialDate>),
    /// The order.
    pub(crate) sort: Option<SortKey>,
    /// Where this page goes on.
    pub(crate) after: Option<String>,
    /// Where the pages before went on, oldest first; an empty one is the first page.
    pub(crate) trail: Vec<String>,
}

/// How many pages the way back remembers.
const TRAIL: usize = 12;
/// How many tags a list may be asked for or against.
const MOST_TAGS: usize = 60;

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
        match name {
            "q" => value.clone_into(&mut self.text),
            "status" => self.status = Status::from_name(value),
            "crossover" => self.crossover = value.parse().ok(),
            "language" => self.language = Some(value.to_owned()),
            "words_from" => self.words.0 = number(),
            "words_to" => self.words.1 = number(),
            "updated_from" => self.updated.0 = value.parse().ok(),
            "updated_to" => self.updated.1 = value.parse().ok(),
            "sort" => self.sort = SortKey::from_name(value),
            "after" => self.after = Some(value.to_owned()),
            "trail" => self.trail = value.split('~').map(str::to_owned).collect(),
            _ => {
                let (list, kind) = match name.split_once('.') {
                    Some(("with", kind)) => (&mut self.with, kind),
                    Some(("without", kind)) => (&mut self.without, kind),
                    _ => return,
                };
                let wish = TagKind::from_name(kind).map(|kind| (kind, value.to_owned()));
                list.extend(wish.filter(|wish| list.len() < MOST_TAGS && !list.contains(wish)));
            }
        }
    }

    /// The wishes as a query; `tag` is what the whole list is about.
    pub(crate) fn query(&self, tag: Option<&(TagKind, String)>) -> Result<Query, QueryError> {
        let own = parse(&self.text)?;
        let mut nodes = match own.root {
            Some(Node::And(nodes)) => nodes,
            Some(node) => vec![node],
            None => Vec::new(),
        };
        let named = |(kind, name): &(TagKind, String)| Node::Tag {
            kind: Some(*kind),
            name: name.clone(),
            prefix: false,
        };
        nodes.extend(tag.into_iter().chain(&self.with).map(named));
        nodes.extend(self.without.iter().map(|wish| Node::Not(Box::new(named(wish)))));
        nodes.extend(self.status.map(Node::Status));
        nodes.extend(self.crossover.map(|wanted| Node::Flag(Flag::Crossover, wanted)));
        nodes.extend(self.language.clone().map(|code| Node::Language(code.to_lowercase())));
        if let (from, to) = self.words
            && (from.is_some() || to.is_some())
        {
            nodes.push(Node::Number { field: NumberField::Words, range: NumberRange { from, to } });
        }
        if let (from, to) = self.updated
            && (from.is_some() || to.is_some())
        {
            nodes
                .push(Node::Date { field: DateField::Updated, range: DateRange::Inside(from, to) });
        }
        let root = if nodes.len() > 1 { Some(Node::And(nodes)) } else { nodes.pop() };
        Ok(Query { root, sort: self.sort.map(Sort::by).or(own.sort) })
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

    fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let mut put = |name: &str, value: Option<String>| {
            pairs.extend(
                value.filter(|value| !value.is_empty()).map(|value| (name.to_owned(), value)),
            );
        };
        put("q", Some(self.text.clone()));
        for (prefix, list) in [("with", &self.with), ("without", &self.without)] {
            for (kind, name) in list {
                put(&format!("{prefix}.{kind}"), Some(name.clone()));
            }
        }
        put("status", self.status.map(|status| status.as_str().to_owned()));
        put("crossover", self.crossover.map(|wanted| wanted.to_string()));
        put("language", self.language.clone());
        put("words_from", self.words.0.map(|n| n.to_string()));
        put("words_to", self.words.1.map(|n| n.to_string()));
        put("updated_from", self.updated.0.map(|date| date.to_string()));
        put("updated_to", self.updated.1.map(|date| date.to_string()));
        put("sort", self.sort.map(|key| key.name().to_owned()));
        put("after", self.after.clone());
        put("trail", Some(self.trail.join("~")));
        pairs
    }

    /// The page that begins behind `next`.
    pub(super) fn page_after(&self, next: &str) -> Self {
        let mut wishes = self.clone();
        wishes.trail.extend(self.after.clone());
        let extra = wishes.trail.len().saturating_sub(TRAIL);
        wishes.trail.drain(..extra);
        wishes.after = Some(next.to_owned());
        wishes
    }

    /// The page before this one; the first page where the way back is forgotten.
    pub(super) fn page_before(&self) -> Self {
        let mut wishes = self.clone();
        wishes.after = wishes.trail.pop().filter(|after| !after.is_empty());
        wishes
    }

    /// Every wish in words, with the address of the list without it.
    pub(super) fn conditions(&self, path: &str) -> Vec<Condition> {
        let first_page = Self { after: None, trail: Vec::new(), ..self.clone() };
        let mut conditions = Vec::new();
        let mut put = |words: String, without: Self| {
            conditions.push(Condition { words, remove_href: without.address(path) });
        };
        for (i, (_, name)) in self.with.iter().enumerate() {
            let mut rest = first_page.clone();
            rest.with.remove(i);
            put(format!("with {name}"), rest);
        }
        for (i, (_, name)) in self.without.iter().enumerate() {
            let mut rest = first_page.clone();
            rest.without.remove(i);
            put(format!("without {name}"), rest);
        }
        for (words, rest) in first_page.single_conditions() {
            put(words, rest);
        }
        conditions
    }

    fn single_conditions(&self) -> Vec<(String, Self)> {
        let mut all = Vec::new();
        if let Some(status) = self.status {
            let words = crate::present::status_words(status).unwrap_or("status unknown");
            all.push((words.to_owned(), Self { status: None, ..self.clone() }));
        }
        if let Some(wanted) = self.crossover {
            let words = if wanted { "crossovers only" } else { "no crossovers" };
            all.push((words.to_owned(), Self { crossover: None, ..self.clone() }));
        }
        if let Some(code) = &self.language {
            let words = format!("in {}", crate::present::language_name(code));
            all.push((words, Self { language: None, ..self.clone() }));
        }
        if let Some(words) = super::sentence::range("words", self.words.0, self.words.1) {
            all.push((words, Self { words: (None, None), ..self.clone() }));
        }
        if let Some(words) = super::sentence::span(self.updated.0, self.updated.1) {
            all.push((words, Self { updated: (None, None), ..self.clone() }));
        }
        if !self.text.is_empty() {
            all.push((
                format!("matching {}", self.text),
                Self { text: String::new(), ..self.clone() },
            ));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Wishes {
        Wishes::from_pairs(
            &pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect::<Vec<_>>(),
        )
    }

    fn full() -> Wishes {
        read(&[
            ("q", "lantern OR candle"),
            ("with.character", "Jim Hawkins"),
            ("without.warning", "Major Character Death"),
            ("status", "complete"),
            ("crossover", "false"),
            ("language", "de"),
            ("words_from", "1,000"),
            ("updated_to", "2004-05"),
            ("sort", "words"),
            ("colour", "blue"),
            ("with.colour", "blue"),
        ])
    }

    #[test]
    fn a_form_becomes_one_query_that_reads_back_to_itself() {
        let query = full().query(Some(&(TagKind::Fandom, "Treasure Island".into()))).unwrap();
        assert_eq!(parse(&query.to_string()).unwrap(), query);
        let text = query.to_string();
        for piece in
            ["fandom:\"Treasure Island\"", "char", "-warning", "complete", "words:", "sort:words"]
        {
            assert!(text.contains(piece), "{piece} is missing in {text}");
        }
    }

    #[test]
    fn the_address_of_a_list_keeps_every_wish() {
        let pairs: Vec<(String, String)> = full().pairs();
        assert_eq!(Wishes::from_pairs(&pairs), full());
        assert_eq!(Wishes::default().address("/works"), "/works");
    }

    #[test]
    fn the_way_back_passes_the_same_pages() {
        let first = Wishes::default();
        let second = first.page_after("a");
        let third = second.page_after("b");
        assert_eq!(third.page_before(), second);
        assert_eq!(second.page_before(), first);
    }

    #[test]
    fn every_condition_can_be_taken_away_and_no_other_goes_with_it() {
        let all = full().conditions("/works");
        assert_eq!(all.len(), 8);
        for condition in &all {
            assert_ne!(condition.remove_href, full().address("/works"));
        }
    }
}
