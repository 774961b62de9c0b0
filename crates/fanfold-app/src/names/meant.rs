//! What a question names that nothing here carries, and what was probably meant.

use super::{CompletionRequest, NameKind};
use crate::Result;
use crate::archive::Archive;
use crate::search::{NumberedTags, creators_name};
use crate::shelf::Standing;
use fanfold_model::Viewer;
use fanfold_model::query::{Node, Query, TextField, TextMatch};

/// Most conditions that are looked at, so that no question costs more than a page.
const LOOKED_AT: usize = 24;
/// Most names that are told, and most offers for each.
const TOLD: usize = 5;
const OFFERS: usize = 3;
/// Words of a name that are tried without one of them.
const MOST_WORDS: usize = 6;

/// A condition that nothing in the archive fulfils, as far as the viewer may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// What it names; `None` for words that are looked for everywhere.
    pub kind: Option<NameKind>,
    /// The name or the words.
    pub name: String,
    /// The condition, as a query says it.
    pub condition: String,
    /// What was probably meant, the likeliest first.
    pub meant: Vec<Meant>,
}

/// A name that was probably meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// What it is.
    pub kind: NameKind,
    /// The name.
    pub name: String,
    /// How many works it finds for this reader.
    pub works: u64,
    /// The whole question with this name in the place of the other.
    pub query: Query,
}

impl Archive {
    /// What a question names that nothing here carries, though other conditions may find works; `total` is how many works
    /// the question found.
    ///
    /// # Errors
    /// If the store or the index fails.
    pub async fn unknown_names(
        &self,
        query: &Query,
        total: u64,
        viewer: Viewer,
        standing: Option<&Standing>,
    ) -> Result<Vec<Unknown>> {
        let Some(root) = &query.root else { return Ok(Vec::new()) };
        let mut named = Vec::new();
        gather(root, total > 0, total == 0, &mut named);
        named.truncate(LOOKED_AT);
        let nodes = named.iter().map(|own| own.node.clone()).collect();
        let totals = self.totals(nodes, NumberedTags::default(), viewer, None).await?;
        let missing = named.into_iter().zip(totals).filter(|(_, total)| *total == 0);
        let mut unknown = Vec::new();
        for (own, _) in missing.take(TOLD) {
            let meant = self.meant(query, &own, viewer, standing).await?;
            let condition = own.node.to_string();
            unknown.push(Unknown { kind: own.kind, name: own.name, condition, meant });
        }
        Ok(unknown)
    }

    async fn meant(
        &self,
        query: &Query,
        named: &Named,
        viewer: Viewer,
        standing: Option<&Standing>,
    ) -> Result<Vec<Meant>> {
        let mut offers = Vec::new();
        for (text, kind) in attempts_at(named) {
            let request = CompletionRequest {
                text,
                kind,
                fandoms: Vec::new(),
                limit: OFFERS,
                viewer,
                standing: standing.cloned(),
            };
            for found in self.complete(&request).await? {
                let (kind, node) = match found.kind {
                    Some(kind) => (NameKind::Tag(kind), tag(kind, &found.name)),
                    None => (NameKind::Creator, creators_name(&found.name)),
                };
                let query = replaced(query, &named.node, &node);
                offers.push(Meant { kind, name: found.name, works: found.works, query });
            }
            if offers.len() >= OFFERS {
                break;
            }
        }
        let mut told: Vec<Meant> = Vec::new();
        for offer in offers {
            if !told.iter().any(|own| (own.kind, &own.name) == (offer.kind, &offer.name)) {
                told.push(offer);
            }
        }
        told.truncate(OFFERS);
        Ok(told)
    }
}

/// A condition that names something.
#[derive(Debug, Clone, PartialEq)]
struct Named {
    node: Node,
    kind: Option<NameKind>,
    name: String,
}

/// Conditions that name something. `certain`: the condition must hold for works that were found, so there are some.
/// `words`: words are looked at too.
fn gather(node: &Node, certain: bool, words: bool, named: &mut Vec<Named>) {
    match node {
        Node::And(nodes) => nodes.iter().for_each(|node| gather(node, certain, words, named)),
        Node::Or(nodes) => nodes.iter().for_each(|node| gather(node, false, words, named)),
        Node::Not(node) => gather(node, false, false, named),
        _ if certain => {}
        _ => named.extend(name_of(node, words).filter(|own| !named.contains(own))),
    }
}

fn name_of(node: &Node, words: bool) -> Option<Named> {
    let (kind, name) = match node {
        Node::Tag { kind, name, prefix: false } => {
            (Some(kind.map_or(NameKind::AnyTag, NameKind::Tag)), name)
        }
        Node::Text { field: TextField::Creator, what } => (Some(NameKind::Creator), said(what)?),
        Node::Text { field: TextField::Anywhere, what } if words => (None, said(what)?),
        _ => return None,
    };
    Some(Named { node: node.clone(), kind, name: name.clone() })
}

/// Words that are whole; a beginning that finds nothing has no other end.
fn said(what: &TextMatch) -> Option<&String> {
    match what {
        TextMatch::Word(text) | TextMatch::Phrase(text) => Some(text),
        TextMatch::Prefix(_) => None,
    }
}

/// What is typed into the names one after the other, until enough is found.
fn attempts_at(named: &Named) -> Vec<(String, NameKind)> {
    let kinds = match named.kind {
        Some(kind) => vec![kind],
        None => vec![NameKind::AnyTag, NameKind::Creator],
    };
    let of = |text: String| kinds.iter().map(move |kind| (text.clone(), *kind)).collect::<Vec<_>>();
    attempts(&named.name).into_iter().flat_map(of).collect()
}

/// The name itself, then without one of its words, then its longer words alone.
fn attempts(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut attempts = vec![name.to_owned()];
    if (2..=MOST_WORDS).contains(&words.len()) {
        for without in (0..words.len()).rev() {
            let rest = words.iter().enumerate().filter(|(at, _)| *at != without);
            attempts.push(rest.map(|(_, word)| *word).collect::<Vec<_>>().join(" "));
        }
    }
    if words.len() > 2 {
        let mut long: Vec<&str> =
            words.into_iter().filter(|word| word.chars().count() > 3).take(MOST_WORDS).collect();
        long.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        attempts.extend(long.into_iter().map(str::to_owned));
    }
    attempts
}

fn tag(kind: fanfold_model::TagKind, name: &str) -> Node {
    Node::Tag { kind: Some(kind), name: name.to_owned(), prefix: false }
}

/// The question with a condition in the place of another.
fn replaced(query: &Query, old: &Node, new: &Node) -> Query {
    let root = query.root.as_ref().map(|root| replaced_in(root, old, new));
    Query { root, sort: query.sort }
}

fn replaced_in(node: &Node, old: &Node, new: &Node) -> Node {
    let each = |nodes: &[Node]| nodes.iter().map(|node| replaced_in(node, old, new)).collect();
    match node {
        node if node == old => new.clone(),
        Node::And(nodes) => Node::And(each(nodes)),
        Node::Or(nodes) => Node::Or(each(nodes)),
        Node::Not(inner) => Node::Not(Box::new(replaced_in(inner, old, new))),
        node => node.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanfold_model::query::parse;

    fn names(text: &str, total: u64) -> Vec<String> {
        let mut named = Vec::new();
        if let Some(root) = parse(text).unwrap().root {
            gather(&root, total > 0, total == 0, &mut named);
        }
        named.into_iter().map(|own| own.name).collect()
    }

    #[test]
    fn what_must_hold_for_works_that_were_found_is_not_looked_at() {
        assert_eq!(names("fandom:Oz -char:Toto storm (rel:a OR rel:b)", 7), ["Toto", "a", "b"]);
        assert_eq!(names("fandom:Oz -char:Toto storm", 0), ["Oz", "Toto", "storm"]);
        assert_eq!(names("creator:Wren title:x text:y words:>5 lamp*", 0), ["Wren"]);
        assert_eq!(names("fandom:Oz fandom:Oz", 0), ["Oz"]);
    }

    #[test]
    fn a_name_is_replaced_wherever_it_stands_and_nothing_else_changes() {
        let query = parse("storm (fandom:Ozz OR -fandom:Ozz) words:>5 sort:kudos").unwrap();
        let old = parse("fandom:Ozz").unwrap().root.unwrap();
        let new = parse("fandom:\"Land of Oz\"").unwrap().root.unwrap();
        assert_eq!(
            replaced(&query, &old, &new).to_string(),
            "storm fandom:\"Land of Oz\" OR -fandom:\"Land of Oz\" words:>=6 sort:kudos"
        );
    }

    #[test]
    fn a_name_is_tried_whole_then_with_a_word_less_then_by_its_long_words() {
        assert_eq!(attempts("Holmes"), ["Holmes"]);
        assert_eq!(attempts("Sherlok Holmes"), ["Sherlok Holmes", "Sherlok", "Holmes"]);
        assert_eq!(
            attempts("the Lost Lantern"),
            ["the Lost Lantern", "the Lost", "the Lantern", "Lost Lantern", "Lantern", "Lost"]
        );
    }
}
