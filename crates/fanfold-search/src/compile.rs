//! The tree of a query as sets of works.

use std::sync::Arc;

use fanfold_model::query::{
    DateField, DateRange, Flag, Node, NumberField, NumberRange, Query as Asked, TextField,
    TextMatch,
};
use fanfold_model::{TagKind, Viewer, fold_name};
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use crate::canonical::Canonical;
use crate::document::{day_value, visible_to};
use crate::error::IndexError;
use crate::names::Names;
use crate::plan::{Plan, TextQuestion};
use crate::range::ColumnRange;
use crate::schema::{Fields, date_columns, number_column};
use crate::search::TagLookup;
use crate::stems::StemLanguage;
use crate::tags::AnyOf;
use crate::terms::{self, any_of};
use crate::together::{Together, Togetherness};

/// Most words that a beginning may stand for: these are looked up in about a tenth of a second.
const MOST_WORDS: usize = 50_000;

/// What a query is compiled against.
pub(crate) struct Compiler<'a> {
    pub(crate) fields: &'a Fields,
    /// Languages of the works that are there.
    pub(crate) languages: &'a [StemLanguage],
    /// The day of asking, for relative dates.
    pub(crate) today: i32,
    pub(crate) tags: &'a dyn TagLookup,
    pub(crate) names: &'a Names,
    pub(crate) searcher: &'a Searcher,
    pub(crate) canonical: &'a Arc<Canonical>,
}

impl Compiler<'_> {
    /// The whole question, with the one visibility rule applied.
    pub(crate) fn compile(&self, query: &Asked, viewer: Viewer) -> Result<Plan, IndexError> {
        let searcher = self.searcher;
        let asked = query.root.as_ref().map_or(Ok(Plan::All), |root| self.node(root))?;
        let Some(code) = visible_to(viewer) else {
            return Ok(asked);
        };
        let term = Term::from_field_text(self.fields.access, code);
        let visible = searcher.doc_freq(&term)?;
        let works: u64 =
            searcher.segment_readers().iter().map(|reader| u64::from(reader.max_doc())).sum();
        if visible == works {
            return Ok(asked); // nothing is hidden: the condition would only cost time
        }
        Ok(Plan::And(vec![asked, Plan::Term(term)]))
    }

    fn node(&self, node: &Node) -> Result<Plan, IndexError> {
        let all = |nodes: &[Node]| -> Result<Vec<Plan>, IndexError> {
            nodes.iter().map(|node| self.node(node)).collect()
        };
        Ok(match node {
            Node::And(nodes) => Plan::And(all(nodes)?),
            Node::Or(nodes) => match works(nodes) {
                Some(ids) => one_or_any(AnyOf::works(self.fields, ids)),
                None => Plan::Or(all(nodes)?),
            },
            Node::Not(node) => Plan::Not(Box::new(self.node(node)?)),
            Node::Text { field, what } => self.text(*field, what)?,
            Node::Tag { kind, name, prefix } => self.tag(*kind, name, *prefix)?,
            Node::Number { field, range } => self.number(*field, *range),
            Node::Date { field, range } => self.date(*field, *range),
            Node::Flag(flag, wanted) => self.flag(*flag, *wanted),
            // Said by whoever knows what stands under which name: see [`Node::Only`].
            Node::Only(_) => Plan::All,
            Node::Language(code) => Plan::Term(Term::from_field_text(self.fields.language, code)),
            Node::Status(status) => {
                Plan::Term(Term::from_field_text(self.fields.status, status.as_str()))
            }
        })
    }

    /// Words anywhere are also looked for in the names of tags.
    fn text(&self, field: TextField, what: &TextMatch) -> Result<Plan, IndexError> {
        let asked = terms::Asked::from(what, self.languages);
        self.bound(field, &asked)?;
        let fields = self.fields.text(field);
        let one = |(field, weight): &(Field, f32)| terms::weighted(asked.of(*field), *weight);
        let single = |(field, weight): &(Field, f32)| {
            let words = asked.single_words(*field).into_iter();
            words.map(|word| (word, *weight)).collect::<Vec<_>>()
        };
        let words = Plan::Words(TextQuestion {
            query: any_of(fields.iter().map(one).collect()),
            words: written(what).into(),
            name: format!("{field:?} {asked:?}").into(),
            any_of: fields.iter().flat_map(single).collect(),
        });
        if field != TextField::Anywhere || matches!(asked, terms::Asked::Nothing) {
            return Ok(words);
        }
        let named = self.names.find(std::slice::from_ref(&asked), None)?;
        if named.is_empty() {
            return Ok(words);
        }
        let named = AnyOf::new(self.fields, None, named).scored();
        Ok(Plan::Or(vec![words, Plan::Tags(named)]))
    }

    /// Refuses a beginning that stands for so many words that looking for them all would keep everybody else waiting.
    fn bound(&self, field: TextField, asked: &terms::Asked) -> Result<(), IndexError> {
        let terms::Asked::Beginning(words) = asked else {
            return Ok(());
        };
        let [word] = &words[..] else {
            return Ok(());
        };
        let mut left = MOST_WORDS;
        for (field, _) in self.fields.text(field) {
            let found = terms::words_beginning(self.searcher, field, &word.folded, left)?;
            left = left.checked_sub(found).ok_or_else(|| IndexError::TooWide {
                start: word.folded.clone(),
                most: MOST_WORDS,
            })?;
        }
        Ok(())
    }

    /// A known name is found by its numbers; any other by its words, all in one name.
    fn tag(&self, kind: Option<TagKind>, name: &str, prefix: bool) -> Result<Plan, IndexError> {
        if !prefix {
            let ids = self.tags.ids(kind, &fold_name(name));
            if !ids.is_empty() {
                return Ok(self.carrying(kind, ids));
            }
        }
        let mut words: Vec<TextMatch> =
            name.split_whitespace().map(|word| TextMatch::Word(word.to_owned())).collect();
        if let (true, Some(TextMatch::Word(last))) = (prefix, words.pop_if(|_| prefix)) {
            words.push(TextMatch::Prefix(last));
        }
        let asked = words.iter().map(|word| terms::Asked::from(word, self.languages));
        let asked: Vec<_> = asked.filter(|word| !matches!(word, terms::Asked::Nothing)).collect();
        if asked.is_empty() {
            return Ok(Plan::Or(Vec::new()));
        }
        Ok(self.carrying(kind, self.names.find(&asked, kind)?))
    }

    fn carrying(&self, kind: Option<TagKind>, ids: Vec<u64>) -> Plan {
        one_or_any(AnyOf::new(self.fields, kind, ids))
    }

    fn number(&self, field: NumberField, range: NumberRange) -> Plan {
        match (field, range.from, range.to) {
            (NumberField::Id, Some(from), Some(to)) if from == to => {
                Plan::Term(Term::from_field_u64(self.fields.id, from))
            }
            (NumberField::Fandoms, ..) => self.count(TagKind::Fandom, range),
            (NumberField::Relationships, ..) => self.count(TagKind::Relationship, range),
            (field, from, to) => between(number_column(field), from, to),
        }
    }

    /// Works with so many different tags of a kind.
    fn count(&self, kind: TagKind, range: NumberRange) -> Plan {
        let to = range.to.and_then(|to| u16::try_from(to).ok()).unwrap_or(u16::MAX);
        match u16::try_from(range.from.unwrap_or(0)) {
            Ok(from) => self.together(Togetherness::Count(kind, from, to)),
            Err(_) => Plan::Or(Vec::new()), // nothing has so many
        }
    }

    fn together(&self, what: Togetherness) -> Plan {
        Plan::Together(Together::new(what, self.canonical))
    }

    fn date(&self, field: DateField, range: DateRange) -> Plan {
        let (first, last) = date_columns(field);
        let days = range.days(self.today);
        let from = between(first, days.from.map(day_value), None);
        let to = between(last, None, days.to.map(day_value));
        Plan::And(vec![from, to])
    }

    fn flag(&self, flag: Flag, wanted: bool) -> Plan {
        let set = |code| Plan::Term(Term::from_field_text(self.fields.flags, code));
        let those = match (flag, wanted) {
            (Flag::Complete, true) => return set("complete"),
            (Flag::Complete, false) => return set("incomplete"),
            (Flag::Otp, _) => self.together(Togetherness::Count(TagKind::Relationship, 1, 1)),
            (Flag::Crossover, _) => self.together(Togetherness::Crossover),
            (Flag::Adult, _) => set("adult"),
        };
        if wanted { those } else { Plan::Not(Box::new(those)) }
    }
}

fn written(what: &TextMatch) -> String {
    match what {
        TextMatch::Word(text) | TextMatch::Phrase(text) => text.clone(),
        TextMatch::Prefix(text) => format!("{text}*"),
    }
}

/// Values of a column between two ends, both included; with both open, works that have any value.
fn between(column: &'static str, from: Option<u64>, to: Option<u64>) -> Plan {
    Plan::Range(ColumnRange { column, values: from.unwrap_or(0)..=to.unwrap_or(u64::MAX) })
}

fn one_or_any(numbers: AnyOf) -> Plan {
    match numbers.only_term() {
        Some(term) => Plan::Term(term),
        None if numbers.ids.is_empty() => Plan::Or(Vec::new()),
        None => Plan::Tags(numbers),
    }
}

/// The works that a choice comes down to where each part names one: lists of works may be long, and are one set then.
fn works(nodes: &[Node]) -> Option<Vec<u64>> {
    let work = |node: &Node| match node {
        Node::Number { field: NumberField::Id, range } => {
            range.from.filter(|_| range.from == range.to)
        }
        _ => None,
    };
    if nodes.is_empty() { None } else { nodes.iter().map(work).collect() }
}
