//! The tree of a query as a question to the index.

use fanfold_model::query::{
    DateField, DateRange, Flag, Node, NumberField, NumberRange, Query as Asked, TextField,
    TextMatch,
};
use fanfold_model::{TagKind, Viewer, fold_name};
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use crate::document::{day_value, visible_to};
use crate::error::IndexError;
use crate::excluded::excluded;
use crate::range::ColumnRange;
use crate::schema::{Fields, date_columns, number_column};
use crate::search::TagLookup;
use crate::stems::StemLanguage;
use crate::terms::{self, any_of, must};

/// What a query is compiled against.
pub(crate) struct Compiler<'a> {
    pub(crate) fields: &'a Fields,
    /// Languages of the works that are there.
    pub(crate) languages: &'a [StemLanguage],
    /// The day of asking, for relative dates.
    pub(crate) today: i32,
    pub(crate) tags: &'a dyn TagLookup,
}

impl Compiler<'_> {
    /// The whole question, with the one visibility rule applied.
    pub(crate) fn compile(
        &self,
        searcher: &Searcher,
        query: &Asked,
        viewer: Viewer,
    ) -> Result<Box<dyn Query>, IndexError> {
        let asked = query.root.as_ref().map_or_else(everything, |root| self.node(root));
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
        Ok(Box::new(BooleanQuery::new(vec![must(asked), must(filter(code_query(term)))])))
    }

    fn node(&self, node: &Node) -> Box<dyn Query> {
        match node {
            Node::And(nodes) => self.all_of(nodes),
            Node::Or(nodes) => any_of(nodes.iter().map(|node| self.node(node)).collect()),
            Node::Not(_) => self.all_of(std::slice::from_ref(node)),
            Node::Text { field, what } => self.text(*field, what),
            _ => filter(self.condition(node)),
        }
    }

    /// What says nothing about how well a work fits.
    fn condition(&self, node: &Node) -> Box<dyn Query> {
        match node {
            Node::Tag { kind, name, prefix } => self.tag(*kind, name, *prefix),
            Node::Number { field, range } => self.number(*field, *range),
            Node::Date { field, range } => self.date(*field, *range),
            Node::Flag(flag, wanted) => self.flag(*flag, *wanted),
            Node::Language(code) => code_query(Term::from_field_text(self.fields.language, code)),
            Node::Status(status) => {
                code_query(Term::from_field_text(self.fields.status, status.as_str()))
            }
            Node::And(_) | Node::Or(_) | Node::Not(_) | Node::Text { .. } => self.node(node),
        }
    }

    /// Conditions and exclusions side by side.
    fn all_of(&self, nodes: &[Node]) -> Box<dyn Query> {
        let clause = |node: &Node| match node {
            Node::Not(inner) => (Occur::MustNot, excluded(self.condition(inner))),
            node => must(self.node(node)),
        };
        let mut clauses: Vec<_> = nodes.iter().map(clause).collect();
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push(must(everything()));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    fn text(&self, field: TextField, what: &TextMatch) -> Box<dyn Query> {
        let asked = terms::Asked::from(what, self.languages);
        let weighted = |(field, weight): (Field, f32)| -> Box<dyn Query> {
            if (weight - 1.0).abs() < f32::EPSILON {
                asked.of(field)
            } else {
                Box::new(BoostQuery::new(asked.of(field), weight))
            }
        };
        any_of(self.fields.text(field).into_iter().map(weighted).collect())
    }

    /// A known name is found by its ids; any other by its words, all in the names of one kind.
    fn tag(&self, kind: Option<TagKind>, name: &str, prefix: bool) -> Box<dyn Query> {
        if !prefix {
            let ids = self.tags.ids(kind, &fold_name(name));
            if !ids.is_empty() {
                let term = |id| Term::from_field_u64(self.fields.tags, id);
                return any_of(ids.into_iter().map(|id| code_query(term(id))).collect());
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
            return Box::new(EmptyQuery);
        }
        let kinds = TagKind::ALL.into_iter().filter(|known| kind.is_none_or(|kind| kind == *known));
        let in_kind = |kind| -> Box<dyn Query> {
            let field = self.fields.names(kind);
            Box::new(BooleanQuery::intersection(asked.iter().map(|word| word.of(field)).collect()))
        };
        any_of(kinds.map(in_kind).collect())
    }

    fn number(&self, field: NumberField, range: NumberRange) -> Box<dyn Query> {
        match (field, range.from, range.to) {
            (NumberField::Id, Some(from), Some(to)) if from == to => {
                code_query(Term::from_field_u64(self.fields.id, from))
            }
            _ => between(number_column(field), range.from, range.to),
        }
    }

    fn date(&self, field: DateField, range: DateRange) -> Box<dyn Query> {
        let (first, last) = date_columns(field);
        let days = range.days(self.today);
        let from = between(first, days.from.map(day_value), None);
        let to = between(last, None, days.to.map(day_value));
        Box::new(BooleanQuery::intersection(vec![from, to]))
    }

    fn flag(&self, flag: Flag, wanted: bool) -> Box<dyn Query> {
        let set = |code| code_query(Term::from_field_text(self.fields.flags, code));
        let code = match (flag, wanted) {
            (Flag::Complete, true) => return set("complete"),
            (Flag::Complete, false) => return set("incomplete"),
            (Flag::Otp, _) => "otp",
            (Flag::Crossover, _) => "crossover",
            (Flag::Adult, _) => "adult",
        };
        if wanted {
            return set(code);
        }
        Box::new(BooleanQuery::new(vec![must(everything()), (Occur::MustNot, set(code))]))
    }
}

fn everything() -> Box<dyn Query> {
    filter(Box::new(AllQuery))
}

/// A condition that says nothing about how well a work fits.
fn filter(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn code_query(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

/// Values of a column between two ends, both included; with both open, works that have any value.
fn between(column: &str, from: Option<u64>, to: Option<u64>) -> Box<dyn Query> {
    Box::new(ColumnRange {
        column: column.to_owned(),
        values: from.unwrap_or(0)..=to.unwrap_or(u64::MAX),
    })
}
