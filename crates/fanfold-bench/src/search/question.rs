//! The kit's questions as queries of the site's language.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::Context;
use fanfold_model::query::{
    Flag, Node, NumberField, NumberRange, Query, Sort, SortKey, TextField, TextMatch,
};
use fanfold_model::{TagKind, fold_name};
use serde::Deserialize;
use serde_json::Value;

use super::asked::{Asked, By};
use super::kit::Tags;

/// A question with what it needs to be asked.
#[derive(Clone)]
pub(crate) struct Question {
    pub(crate) id: Value,
    /// Which sort of question it is.
    pub(crate) class: String,
    pub(crate) query: Query,
    /// The same in numbers of tags.
    pub(crate) asked: Asked,
    /// The tags it names.
    pub(crate) ids: HashMap<(Option<TagKind>, String), Vec<u64>>,
}

impl Question {
    /// The site's first listing, which the kit does not ask for: every work, newest first, with facets.
    pub(crate) fn front() -> Self {
        Self {
            id: Value::from("front"),
            class: "front".to_owned(),
            query: Query { root: None, sort: Some(Sort::by(SortKey::Updated)) },
            asked: Asked { facets: true, ..Asked::default() },
            ids: HashMap::new(),
        }
    }
}

/// Reads a file of questions, one JSON object a line.
pub(crate) fn read(path: &Path, tags: &Tags) -> anyhow::Result<Vec<Question>> {
    let text = fs::read_to_string(path).with_context(|| format!("opening {}", path.display()))?;
    let under = tags.under();
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| {
            question(serde_json::from_str(line)?, tags, &under).with_context(|| line.to_owned())
        })
        .collect()
}

/// A line of the kit's file.
#[derive(Deserialize)]
struct Line {
    id: Value,
    cls: Option<String>,
    #[serde(flatten)]
    asked: Asked,
}

fn question(line: Line, tags: &Tags, under: &[Vec<u64>]) -> anyhow::Result<Question> {
    let Line { id, cls, asked } = line;
    let mut building = Building { tags, under, ids: HashMap::new(), nodes: Vec::new() };
    for id in &asked.include {
        let node = building.tag(*id)?;
        building.nodes.push(node);
    }
    for id in &asked.exclude {
        let node = building.tag(*id)?;
        building.nodes.push(Node::Not(Box::new(node)));
    }
    let ratings: Vec<Node> =
        asked.rating.iter().map(|id| building.tag(*id)).collect::<anyhow::Result<_>>()?;
    building.nodes.extend((!ratings.is_empty()).then_some(Node::Or(ratings)));
    building.other_conditions(&asked);
    let key = match asked.sort {
        By::Kudos => SortKey::Kudos,
        By::Rank => SortKey::Relevance,
        By::Updated => SortKey::Updated,
    };
    let root = (!building.nodes.is_empty()).then_some(Node::And(building.nodes));
    Ok(Question {
        id,
        class: cls.unwrap_or_else(|| "all".to_owned()),
        query: Query { root, sort: Some(Sort::by(key)) },
        asked,
        ids: building.ids,
    })
}

struct Building<'a> {
    tags: &'a Tags,
    under: &'a [Vec<u64>],
    ids: HashMap<(Option<TagKind>, String), Vec<u64>>,
    nodes: Vec<Node>,
}

impl Building<'_> {
    fn tag(&mut self, id: u64) -> anyhow::Result<Node> {
        let place = usize::try_from(id)?;
        let (kind, name) = self.tags.name(place)?;
        let found_under = self.under.get(place).cloned().unwrap_or_default();
        self.ids.insert((Some(kind), fold_name(name)), found_under);
        Ok(Node::Tag { kind: Some(kind), name: name.to_owned(), prefix: false })
    }

    fn other_conditions(&mut self, asked: &Asked) {
        if let Some([from, to]) = asked.words {
            let range = NumberRange { from, to };
            self.nodes.push(Node::Number { field: NumberField::Words, range });
        }
        self.nodes.extend(asked.lang.clone().map(Node::Language));
        self.nodes.extend(asked.complete.map(|yes| Node::Flag(Flag::Complete, yes == 1)));
        for word in &asked.text {
            let within = |field| Node::Text { field, what: TextMatch::Phrase(word.clone()) };
            self.nodes.push(Node::Or(vec![within(TextField::Title), within(TextField::Summary)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_kit_is_read_with_its_nulls() {
        let line = r#"{"id": 7, "cls": "page", "include": [3], "exclude": [], "rating": [1, 2],
            "words": [null, 5000], "lang": null, "complete": 1, "text": ["lamp"], "sort": "rank", "facets": true}"#;
        let Line { id, cls, asked } = serde_json::from_str(line).unwrap();
        assert_eq!((id, cls.as_deref()), (Value::from(7), Some("page")));
        assert_eq!((asked.include, asked.rating), (vec![3], vec![1, 2]));
        assert_eq!(asked.words, Some([None, Some(5_000)]));
        assert_eq!((asked.complete, asked.sort, asked.facets), (Some(1), By::Rank, true));
    }
}
