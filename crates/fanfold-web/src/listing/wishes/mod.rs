//! What a reader wishes of a list: the fields of the form, and what else is asked in the query language. The form and a
//! query are two views of one thing: [`Wishes::query`] makes the query, [`Wishes::settled`] moves what a query says into
//! the fields that can say it.

mod address;
mod conditions;
mod taking;
#[cfg(test)]
mod tests;

pub(super) use conditions::{crossover_words, only_words, otp_words};

use fanfold_model::query::{
    DateField, DateRange, Flag, Node, NumberField, NumberRange, Query, QueryError, Sort, parse,
};
use fanfold_model::{PartialDate, Status, TagKind, fold_tag};

/// From and to, each open when absent.
pub(super) type Ends<T> = (Option<T>, Option<T>);

/// The wishes. Texts are as typed; what cannot be read is passed over, except for the query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wishes {
    /// What else is asked, in the query language.
    pub(crate) text: String,
    /// Tags that the works carry.
    pub(crate) with: Vec<(TagKind, String)>,
    /// Tags of which, kind by kind, the works carry at least one.
    pub(crate) any: Vec<(TagKind, String)>,
    /// Tags that they do not carry.
    pub(crate) without: Vec<(TagKind, String)>,
    /// Exactly this status.
    pub(crate) status: Option<Status>,
    /// Only crossovers, or none.
    pub(crate) crossover: Option<bool>,
    /// Only works of one relationship, or none of these.
    pub(crate) otp: Option<bool>,
    /// Any of these languages.
    pub(crate) languages: Vec<String>,
    /// Fewest and most words.
    pub(crate) words: Ends<u64>,
    /// Fewest and most chapters.
    pub(crate) chapters: Ends<u64>,
    /// Fewest and most fandoms.
    pub(crate) fandoms: Ends<u64>,
    /// Fewest and most relationships.
    pub(crate) relationships: Ends<u64>,
    /// Kinds of which the works carry nothing but what is asked for.
    pub(crate) only: Vec<TagKind>,
    /// Earliest and latest publication.
    pub(crate) published: Ends<PartialDate>,
    /// Earliest and latest update.
    pub(crate) updated: Ends<PartialDate>,
    /// The order.
    pub(crate) sort: Option<Sort>,
    /// Whether what is muted, and what the usual filter leaves out, is shown.
    pub(crate) all: bool,
    /// Where this page goes on.
    pub(crate) after: Option<String>,
    /// Where the pages before went on, oldest first; an empty one is the first page.
    pub(crate) trail: Vec<String>,
}

/// Kinds of which the form can ask for nothing else.
pub(crate) const ALONE: [TagKind; 3] = [TagKind::Fandom, TagKind::Relationship, TagKind::Character];

/// How many pages the way back remembers.
const TRAIL: usize = 12;
/// How many tags or languages a list may be asked for or against.
const MOST: usize = 60;

impl Wishes {
    /// The same wishes with all that the query says in the fields that can say it.
    ///
    /// # Errors
    /// If the query cannot be read.
    pub(crate) fn settled(&self) -> Result<Self, QueryError> {
        let own = parse(&self.text)?;
        let mut wishes = self.clone();
        wishes.text.clear();
        let mut left = Vec::new();
        for node in taking::pieces(own.root) {
            left.extend(wishes.take_node(node));
        }
        wishes.sort = wishes.sort.or(own.sort);
        wishes.text = Query { root: joined(left), sort: None }.to_string();
        Ok(wishes)
    }

    /// The wishes as a query; `tag` is what the whole list is about.
    ///
    /// # Errors
    /// If what is asked in the query language cannot be read.
    pub(crate) fn query(&self, tag: Option<&(TagKind, String)>) -> Result<Query, QueryError> {
        let own = parse(&self.text)?;
        let mut nodes = taking::pieces(own.root);
        nodes.extend(tag.into_iter().chain(&self.with).map(tag_node));
        for kind in TagKind::ALL {
            let of_kind = self.any.iter().filter(|(own, _)| *own == kind);
            nodes.extend(one_of(of_kind.map(tag_node).collect()));
        }
        nodes.extend(self.without.iter().map(|wish| Node::Not(Box::new(tag_node(wish)))));
        nodes.extend(self.status.map(Node::Status));
        nodes.extend(self.crossover.map(|wanted| Node::Flag(Flag::Crossover, wanted)));
        nodes.extend(self.otp.map(|wanted| Node::Flag(Flag::Otp, wanted)));
        let codes = self.languages.iter().map(|code| Node::Language(code.to_lowercase()));
        nodes.extend(one_of(codes.collect()));
        nodes.extend(number_node(NumberField::Words, self.words));
        nodes.extend(number_node(NumberField::Chapters, self.chapters));
        nodes.extend(number_node(NumberField::Fandoms, self.fandoms));
        nodes.extend(number_node(NumberField::Relationships, self.relationships));
        nodes.extend(self.only.iter().copied().map(Node::Only));
        nodes.extend(date_node(DateField::Published, self.published));
        nodes.extend(date_node(DateField::Updated, self.updated));
        Ok(Query { root: joined(nodes), sort: self.sort.or(own.sort) })
    }

    /// Whether nothing but a query was asked.
    pub(crate) fn is_text_alone(&self) -> bool {
        Self { text: self.text.clone(), all: self.all, ..Self::default() } == self.first_page()
    }

    /// Whether a list of tags has this one, names compared as tags are.
    pub(super) fn names(list: &[(TagKind, String)], kind: TagKind, name: &str) -> bool {
        let key = fold_tag(kind, name);
        list.iter().any(|(own, named)| *own == kind && fold_tag(kind, named) == key)
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

    /// The same wishes from the first page on.
    pub(crate) fn first_page(&self) -> Self {
        Self { after: None, trail: Vec::new(), ..self.clone() }
    }
}

fn tag_node((kind, name): &(TagKind, String)) -> Node {
    Node::Tag { kind: Some(*kind), name: name.clone(), prefix: false }
}

fn joined(mut nodes: Vec<Node>) -> Option<Node> {
    if nodes.len() > 1 { Some(Node::And(nodes)) } else { nodes.pop() }
}

fn one_of(mut nodes: Vec<Node>) -> Option<Node> {
    if nodes.len() > 1 { Some(Node::Or(nodes)) } else { nodes.pop() }
}

fn number_node(field: NumberField, (from, to): Ends<u64>) -> Option<Node> {
    let asked = from.is_some() || to.is_some();
    asked.then_some(Node::Number { field, range: NumberRange { from, to } })
}

fn date_node(field: DateField, (from, to): Ends<PartialDate>) -> Option<Node> {
    let asked = from.is_some() || to.is_some();
    asked.then_some(Node::Date { field, range: DateRange::Inside(from, to) })
}
