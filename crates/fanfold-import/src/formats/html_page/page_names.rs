//! Names that a page states outside its text: the author in its markup, and the window title that a large archive
//! composes of title, chapter and fandom.

use crate::seen::field;
use fanfold_model::{Extracted, ExtractedField, FieldKind};
use fanfold_text::document::Document;

/// Elements that hold who wrote the page, where all of them agree.
const AUTHOR: &str = "[rel=author], .author, .byline, .story-author, .storyauthor, .entry-author";

/// The author the page's markup names, where the text names none. Takes a title of the same words off: it was the name
/// under the title.
pub(super) fn add_author(page: &Document, extracted: &mut Extracted) {
    if extracted.fields_of(FieldKind::Creator).next().is_some() {
        return;
    }
    let mut named: Vec<String> = page
        .select(AUTHOR)
        .iter()
        .map(|element| one_line(&element.visible_text()))
        .filter(|text| !text.is_empty())
        .collect();
    named.dedup();
    let [only] = named.as_slice() else { return };
    let name = only.strip_prefix("by ").or_else(|| only.strip_prefix("By ")).unwrap_or(only).trim();
    let words = name.split_whitespace().count();
    if !(1..=5).contains(&words) || name.ends_with(['.', '!', '?', ':']) || name.contains("://") {
        return;
    }
    let same = |own: &ExtractedField| {
        own.kind == FieldKind::Title && own.label.is_empty() && one_line(&own.value) == *only
    };
    extracted.fields.retain(|own| !same(own));
    extracted.fields.push(field(FieldKind::Creator, "", name, "page-author", 0.7));
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A window title, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WindowTitle<'a> {
    pub(super) title: &'a str,
    pub(super) fandoms: Vec<&'a str>,
}

/// "The Lamp Chapter 3: Oil, a sherlock holmes fanfic | FanFiction".
pub(super) fn window_title(text: &str) -> Option<WindowTitle<'_>> {
    let whole = text.split(" | ").next().unwrap_or(text).trim();
    let told = whole.strip_suffix(" fanfic").or_else(|| whole.strip_suffix(" fanfiction"))?;
    let (at, joint) = [", a ", ", an "]
        .into_iter()
        .filter_map(|joint| told.rfind(joint).map(|at| (at, joint)))
        .max_by_key(|(at, _)| *at)?;
    let (head, fandom) = (told[..at].trim(), told[at + joint.len()..].trim());
    let crossed = fandom.strip_suffix(" Crossover").or_else(|| fandom.strip_suffix(" crossover"));
    let fandoms = match crossed {
        Some(both) => both.split(" + ").map(str::trim).collect(),
        None => vec![fandom],
    };
    let chapter = head
        .rfind(" Chapter ")
        .filter(|at| head[at + " Chapter ".len()..].starts_with(|c: char| c.is_ascii_digit()));
    let title = chapter.map_or(head, |at| head[..at].trim());
    (!title.is_empty() && !fandom.is_empty()).then_some(WindowTitle { title, fandoms })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_composed_window_title_comes_apart() {
        for (text, title, fandoms) in [
            (
                "The Lamp Chapter 3: Oil, a sherlock holmes fanfic | FanFiction",
                "The Lamp",
                vec!["sherlock holmes"],
            ),
            ("The Lamp, an Oz fanfic", "The Lamp", vec!["Oz"]),
            (
                "Oil, Wick and Lamp Chapter 12, a Dracula + Robin Hood Crossover fanfic",
                "Oil, Wick and Lamp",
                vec!["Dracula", "Robin Hood"],
            ),
            (
                "A Chapter of Accidents, a Treasure Island fanfic",
                "A Chapter of Accidents",
                vec!["Treasure Island"],
            ),
        ] {
            assert_eq!(window_title(text), Some(WindowTitle { title, fandoms }), "{text}");
        }
        for text in ["The Lamp", "My first fanfic", "Wren, a life", "a fanfic"] {
            assert_eq!(window_title(text), None, "{text}");
        }
    }
}
