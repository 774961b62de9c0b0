//! `/api/openapi.json`: what the API answers to what, as OpenAPI 3.1, made from the same fields that requests are checked
//! against.

use axum::extract::State;
use serde_json::{Map, Value, json};

use super::parameters::{Parameter, of_complete, of_tag, of_tags, of_work, of_works};
use super::{answer, schemas};
use crate::answer::Answer;
use crate::reader::Reader;
use crate::site::Shared;

/// `/api/openapi.json`
pub(crate) async fn show(State(site): Shared, reader: Reader) -> Answer {
    answer(&site, &reader, &description())
}

/// An address that can be asked.
struct Operation {
    path: &'static str,
    /// A name for programs that are made from the description.
    name: &'static str,
    about: &'static str,
    /// Parts of the path, each with what it is.
    parts: &'static [(&'static str, &'static str)],
    fields: Vec<Parameter>,
    /// The schema of its answer.
    gives: &'static str,
}

fn operations() -> Vec<Operation> {
    vec![
        Operation {
            path: "/api/v1/works",
            name: "searchWorks",
            about: "Works that a query and the fields of the filter form ask for, all of them together",
            parts: &[],
            fields: of_works(),
            gives: "Found",
        },
        Operation {
            path: "/api/v1/works/{id}",
            name: "showWork",
            about: "One work with its text, as canonical JSON",
            parts: &[("id", "the work's number, or its uid")],
            fields: of_work(),
            gives: "Work",
        },
        Operation {
            path: "/api/v1/tags",
            name: "listTags",
            about: "Tags of a kind, or with a name; those that find no work for this reader are left out",
            parts: &[],
            fields: of_tags(),
            gives: "Tags",
        },
        Operation {
            path: "/api/v1/tags/{kind}/{name}",
            name: "showTag",
            about: "One tag with the names around it",
            parts: &[
                ("kind", "fandom, relationship, character, freeform, rating, warning, category"),
                ("name", "its name; / & . ? # are written *s* *a* *d* *q* *h*"),
            ],
            fields: of_tag(),
            gives: "Tag",
        },
        Operation {
            path: "/api/v1/complete",
            name: "completeName",
            about: "Names that somebody may be typing",
            parts: &[],
            fields: of_complete(),
            gives: "Names",
        },
    ]
}

/// The whole description.
pub(crate) fn description() -> Value {
    let mut paths = Map::new();
    for operation in operations() {
        paths.insert(operation.path.to_owned(), json!({ "get": operation.object() }));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Fanfold", "version": "1",
            "description": "A library of fan fiction. Everything is read with GET or HEAD; nothing is changed here.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": { "schemas": schemas::all() },
    })
}

impl Operation {
    fn object(&self) -> Value {
        let parts = self.parts.iter().map(|(name, about)| {
            json!({
                "name": name, "in": "path", "required": true, "description": about,
                "schema": {"type": "string"},
            })
        });
        let fields = self.fields.iter().map(field);
        let content = |schema: &str| {
            let schema = json!({ "$ref": format!("#/components/schemas/{schema}") });
            json!({ "application/json": { "schema": schema } })
        };
        let mut responses = json!({
            "200": { "description": "the answer", "content": content(self.gives) },
            "304": { "description": "nothing changed since the answer with this ETag" },
            "400": { "description": "a field cannot be read, or is not known", "content": content("Problem") },
        });
        if !self.parts.is_empty() {
            let missing = "there is none, or it is not open to this reader";
            responses["404"] = json!({ "description": missing, "content": content("Problem") });
        }
        if self.gives == "Work" {
            let asks = "something is asked first: see `hint`";
            responses["301"] = json!({ "description": "the work became part of another" });
            responses["403"] = json!({ "description": asks, "content": content("Problem") });
        }
        json!({
            "operationId": self.name, "summary": self.about,
            "parameters": parts.chain(fields).collect::<Vec<_>>(), "responses": responses,
        })
    }
}

fn field(own: &Parameter) -> Value {
    let one = own.takes.schema();
    let schema = if own.many { json!({"type": "array", "items": one}) } else { one };
    json!({
        "name": own.name, "in": "query", "required": false, "description": own.about,
        "schema": schema,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_of_the_api_is_described_and_nothing_else() {
        let routes = include_str!("../routes.rs");
        let mut there: Vec<&str> =
            routes.split('"').filter(|text| text.starts_with("/api/v1/")).collect();
        let mut described: Vec<&str> = operations().iter().map(|own| own.path).collect();
        there.sort_unstable();
        described.sort_unstable();
        assert_eq!(there, described);
    }

    #[test]
    fn every_schema_that_is_named_is_there_and_every_one_there_is_named() {
        let whole = description();
        let text = whole.to_string();
        let schemas = whole["components"]["schemas"].as_object().unwrap();
        for name in schemas.keys() {
            assert!(text.contains(&format!("\"#/components/schemas/{name}\"")), "{name}");
        }
        for named in text.split("#/components/schemas/").skip(1) {
            let name = named.split('"').next().unwrap();
            assert!(schemas.contains_key(name), "{name}");
        }
    }
}
