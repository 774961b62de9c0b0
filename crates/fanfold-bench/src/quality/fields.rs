//! A record's fields as sets of folded values: the same function for what is right and for what was read, so that both
//! are folded alike.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// The values of each field that has any.
pub(crate) type Sets = BTreeMap<&'static str, BTreeSet<String>>;

/// All that is judged, in the order of the report.
pub(crate) const ALL: [&str; 20] = [
    "read_as",
    "title",
    "creators",
    "fandoms",
    "relationships",
    "characters",
    "categories",
    "warnings",
    "freeforms",
    "rating",
    "summary",
    "language",
    "status",
    "published",
    "updated",
    "series",
    "chapters_expected",
    "chapters",
    "chapter_titles",
    "words",
];

/// The sets of a record, or of the fields of a gold line. A placeholder title is no title, and an unknown status is
/// no status.
pub(crate) fn sets(record: &Map<String, Value>) -> Sets {
    let mut sets = Sets::new();
    for field in ALL {
        let values: BTreeSet<String> =
            values(field, record).into_iter().filter(|value| !value.is_empty()).collect();
        if !values.is_empty() {
            sets.insert(field, values);
        }
    }
    sets
}

fn values(field: &str, record: &Map<String, Value>) -> Vec<String> {
    let value = record.get(field).unwrap_or(&Value::Null);
    match field {
        "title" if record.get("title_is_placeholder") == Some(&Value::Bool(true)) => Vec::new(),
        "status" => one(value).into_iter().filter(|status| status != "unknown").collect(),
        "creators" => list(value).iter().filter_map(|one| named(one, "name")).collect(),
        "relationships" => list(value).iter().flat_map(one).map(|name| unordered(&name)).collect(),
        "series" => list(value).iter().filter_map(in_series).collect(),
        "summary" => one(value).iter().map(|html| fold(&without_elements(html))).collect(),
        "chapters" => count(value),
        "chapter_titles" => chapter_titles(list(record.get("chapters").unwrap_or(&Value::Null))),
        _ => match value {
            Value::Array(list) => list.iter().flat_map(one).collect(),
            value => one(value),
        },
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A plain value as folded text; null is none.
fn one(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![fold(text)],
        Value::Number(number) => vec![number.to_string()],
        _ => Vec::new(),
    }
}

/// `"Wren"` or `{"name": "Wren"}`.
fn named(value: &Value, key: &str) -> Option<String> {
    let text = value.as_str().or_else(|| value.get(key)?.as_str())?;
    Some(fold(text))
}

/// The members of a relationship have no order; `/` and `&` are told apart.
fn unordered(name: &str) -> String {
    let by = if name.contains('/') { "/" } else { "&" };
    let mut members: Vec<String> = name.split(by).map(fold).collect();
    members.sort();
    members.join(by)
}

fn in_series(series: &Value) -> Option<String> {
    let title = named(series, "title")?;
    let part = series.get("part").and_then(Value::as_f64);
    Some(part.map_or_else(|| title.clone(), |part| format!("{title} #{part}")))
}

/// The number of chapters: of a list, or said outright.
fn count(value: &Value) -> Vec<String> {
    match value {
        Value::Array(chapters) if !chapters.is_empty() => vec![chapters.len().to_string()],
        value => one(value),
    }
}

/// Each title with its chapter's place, so that a title in the wrong place is a mistake.
fn chapter_titles(chapters: &[Value]) -> Vec<String> {
    let titled = |(place, chapter): (usize, &Value)| {
        named(chapter, "title").map(|title| format!("{}: {title}", place + 1))
    };
    chapters.iter().enumerate().filter_map(titled).collect()
}

/// White space folded to one blank, none at the ends.
fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of clean HTML: elements gone, the five entities read.
fn without_elements(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                text.push(' ');
            }
            letter if !inside => text.push(letter),
            _ => {}
        }
    }
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", " "), ("&amp;", "&")];
    named.iter().fold(text, |text, (entity, letter)| text.replace(entity, letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sets_of(record: &Value) -> Sets {
        sets(record.as_object().unwrap())
    }

    #[test]
    fn the_order_of_a_pair_and_white_space_do_not_matter_but_the_kind_of_tie_does() {
        let slash = sets_of(&json!({"relationships": ["Jim  Hawkins/Ben Gunn"]}));
        assert_eq!(slash, sets_of(&json!({"relationships": ["Ben Gunn/Jim Hawkins"]})));
        assert_ne!(slash, sets_of(&json!({"relationships": ["Ben Gunn & Jim Hawkins"]})));
    }

    #[test]
    fn what_is_unknown_or_a_placeholder_is_no_value() {
        let record = json!({"title": "tale", "title_is_placeholder": true, "status": "unknown",
            "rating": null, "series": [], "chapters": []});
        assert_eq!(sets_of(&record), Sets::new());
    }

    #[test]
    fn a_chapter_title_counts_in_its_place_only() {
        let right = sets_of(&json!({"chapters": [{"title": null}, {"title": "The Cellar"}]}));
        let wrong = sets_of(&json!({"chapters": [{"title": "The Cellar"}, {"title": null}]}));
        assert_eq!(right["chapters"], wrong["chapters"]);
        assert_ne!(right["chapter_titles"], wrong["chapter_titles"]);
    }

    #[test]
    fn a_summary_is_compared_as_text() {
        let html = sets_of(&json!({"summary": "<p>Tea &amp; <em>cake</em>\nat noon</p>"}));
        assert_eq!(html["summary"], BTreeSet::from(["Tea & cake at noon".to_owned()]));
    }
}
