//! The kit's questions as queries of the site's language.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::Context;
use fanfold_model::query::{
    Flag, Node, NumberField, NumberRange, Query, Sort, SortKey, TextField, TextMatch,
};
use fanfold_model::{TagKind, fold_name};
use serde_json::Value;

use super::kit::Tags;

/// A question with what it needs to be asked.
#[derive(Clone)]
pub(crate) struct Question {
    pub(crate) id: Value,
    /// Which sort of question it is.
    pub(crate) class: String,
    pub(crate) query: Query,
    pub(crate) facets: bool,
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
            facets: true,
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
            question(&serde_json::from_str(line)?, tags, &under).with_context(|| line.to_owned())
        })
        .collect()
}

fn question(asked: &Value, tags: &Tags, under: &[Vec<u64>]) -> anyhow::Result<Question> {
    let mut building = Building { tags, under, ids: HashMap::new(), nodes: Vec::new() };
    for id in list(asked, "include") {
        let node = building.tag(id)?;
        building.nodes.push(node);
    }
    for id in list(asked, "exclude") {
        let node = building.tag(id)?;
        building.nodes.push(Node::Not(Box::new(node)));
    }
    let ratings: Vec<Node> =
        list(asked, "rating").iter().map(|id| building.tag(id)).collect::<anyhow::Result<_>>()?;
    building.nodes.extend((!ratings.is_empty()).then_some(Node::Or(ratings)));
    building.other_conditions(asked);
    let key = match asked["sort"].as_str() {
        Some("kudos") => SortKey::Kudos,
        Some("rank") => SortKey::Relevance,
        _ => SortKey::Updated,
    };
    let root = (!building.nodes.is_empty()).then_some(Node::And(building.nodes));
    Ok(Question {
        id: asked["id"].clone(),
        class: asked["cls"].as_str().unwrap_or("all").to_owned(),
        query: Query { root, sort: Some(Sort::by(key)) },
        facets: asked["facets"].as_bool().unwrap_or(false),
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
    fn tag(&mut self, id: &Value) -> anyhow::Result<Node> {
        let id = id.as_u64().context("a tag id is a number")?;
        let (kind, name) = self.tags.name(usize::try_from(id)?)?;
        let found_under = usize::try_from(id).ok().and_then(|id| self.under.get(id));
        self.ids.insert((Some(kind), fold_name(name)), found_under.cloned().unwrap_or_default());
        Ok(Node::Tag { kind: Some(kind), name: name.to_owned(), prefix: false })
    }

    fn other_conditions(&mut self, asked: &Value) {
        if let [from, to] = list(asked, "words") {
            let range = NumberRange { from: from.as_u64(), to: to.as_u64() };
            self.nodes.push(Node::Number { field: NumberField::Words, range });
        }
        if let Some(language) = asked["lang"].as_str() {
            self.nodes.push(Node::Language(language.to_owned()));
        }
        if let Some(complete) = asked["complete"].as_u64() {
            self.nodes.push(Node::Flag(Flag::Complete, complete == 1));
        }
        for word in list(asked, "text").iter().filter_map(Value::as_str) {
            let within = |field| Node::Text { field, what: TextMatch::Phrase(word.to_owned()) };
            self.nodes.push(Node::Or(vec![within(TextField::Title), within(TextField::Summary)]));
        }
    }
}

fn list<'a>(asked: &'a Value, field: &str) -> &'a [Value] {
    asked[field].as_array().map_or(&[], Vec::as_slice)
}
