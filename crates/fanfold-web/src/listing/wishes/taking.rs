//! What of a query the form can say. A piece that it cannot say, or that a field which is already used would contradict,
//! stays in the query.

use fanfold_model::TagKind;
use fanfold_model::query::{DateField, DateRange, Flag, Node, NumberField};

use super::{ALONE, Ends, MOST, Wishes};

/// The conditions that must all hold.
pub(super) fn pieces(root: Option<Node>) -> Vec<Node> {
    match root {
        Some(Node::And(nodes)) => nodes,
        Some(node) => vec![node],
        None => Vec::new(),
    }
}

impl Wishes {
    /// Takes a condition into the fields; gives it back where no field can say it.
    pub(super) fn take_node(&mut self, node: Node) -> Option<Node> {
        let taken = match &node {
            Node::Tag { kind: Some(kind), name, prefix: false } => {
                put(&mut self.with, vec![(*kind, name.clone())])
            }
            Node::Not(inner) => self.take_excluded(inner),
            Node::Or(nodes) => self.take_choice(nodes),
            Node::Status(status) => free(&mut self.status, *status),
            Node::Flag(Flag::Complete, true) => {
                free(&mut self.status, fanfold_model::Status::Complete)
            }
            Node::Flag(Flag::Crossover, wanted) => free(&mut self.crossover, *wanted),
            Node::Flag(Flag::Otp, wanted) => free(&mut self.otp, *wanted),
            Node::Language(code) => self.take_languages(vec![code.clone()]),
            Node::Number { field: NumberField::Words, range } => {
                open(&mut self.words, (range.from, range.to))
            }
            Node::Number { field: NumberField::Chapters, range } => {
                open(&mut self.chapters, (range.from, range.to))
            }
            Node::Number { field: NumberField::Fandoms, range } => {
                open(&mut self.fandoms, (range.from, range.to))
            }
            Node::Number { field: NumberField::Relationships, range } => {
                open(&mut self.relationships, (range.from, range.to))
            }
            Node::Only(kind) => self.take_only(*kind),
            Node::Date { field: DateField::Published, range: DateRange::Inside(from, to) } => {
                open(&mut self.published, (*from, *to))
            }
            Node::Date { field: DateField::Updated, range: DateRange::Inside(from, to) } => {
                open(&mut self.updated, (*from, *to))
            }
            _ => false,
        };
        (!taken).then_some(node)
    }

    /// None of several is each of them left out.
    fn take_excluded(&mut self, inner: &Node) -> bool {
        let named = match inner {
            Node::Or(nodes) => nodes.iter().map(named).collect(),
            node => named(node).map(|tag| vec![tag]),
        };
        named.is_some_and(|tags| put(&mut self.without, tags))
    }

    fn take_choice(&mut self, nodes: &[Node]) -> bool {
        let codes = nodes.iter().map(|node| match node {
            Node::Language(code) => Some(code.clone()),
            _ => None,
        });
        if let Some(codes) = codes.collect::<Option<Vec<String>>>() {
            return self.take_languages(codes);
        }
        let Some(tags) = nodes.iter().map(named).collect::<Option<Vec<_>>>() else { return false };
        let Some((kind, _)) = tags.first() else { return false };
        let one_kind = tags.iter().all(|(own, _)| own == kind);
        // Two choices of a kind would become one that is wider.
        let first = self.any.iter().all(|(own, _)| own != kind);
        one_kind && first && put(&mut self.any, tags)
    }

    /// Gives whether the form can ask it.
    pub(super) fn take_only(&mut self, kind: TagKind) -> bool {
        let fits = ALONE.contains(&kind);
        if fits && !self.only.contains(&kind) {
            self.only.push(kind);
            self.only.sort_unstable();
        }
        fits
    }

    fn take_languages(&mut self, mut codes: Vec<String>) -> bool {
        codes.dedup();
        let fits = self.languages.is_empty() && codes.len() <= MOST;
        if fits {
            self.languages = codes;
        }
        fits
    }
}

fn named(node: &Node) -> Option<(TagKind, String)> {
    match node {
        Node::Tag { kind: Some(kind), name, prefix: false } => Some((*kind, name.clone())),
        _ => None,
    }
}

/// Adds tags that are not there yet, if all have room.
fn put(list: &mut Vec<(TagKind, String)>, tags: Vec<(TagKind, String)>) -> bool {
    let fits = list.len() + tags.len() <= MOST;
    if fits {
        for (kind, name) in tags {
            if !Wishes::names(list, kind, &name) {
                list.push((kind, name));
            }
        }
    }
    fits
}

fn free<T: PartialEq>(field: &mut Option<T>, value: T) -> bool {
    if field.is_none() {
        *field = Some(value);
        return true;
    }
    field.as_ref() == Some(&value)
}

/// Ranges are joined where they name different ends.
fn open<T: Copy>(field: &mut Ends<T>, (from, to): Ends<T>) -> bool {
    let asks = from.is_some() || to.is_some();
    let fits =
        asks && !(field.0.is_some() && from.is_some()) && !(field.1.is_some() && to.is_some());
    if fits {
        *field = (field.0.or(from), field.1.or(to));
    }
    fits
}
