//! What the document says about itself, in the words of a book's package, so that both give fields by one code.

use crate::formats::epub::{Meta, Package, attribute};
use crate::formats::office::{Events, walk};
use fanfold_text::sanitize::escape_text;
use quick_xml::events::BytesStart;

/// Reads `<description>`.
pub(super) fn read(xml: &str) -> Package {
    let mut reader = Reader::default();
    walk(xml, &mut reader);
    Package { whole: true, ..reader.package }
}

/// Elements of `title-info` and `document-info`, and the package's word for each.
const SIMPLE: [(&str, &str); 6] = [
    ("genre", "subject"),
    ("book-title", "title"),
    ("lang", "language"),
    ("date", "date"),
    ("keywords", "subject"),
    ("src-url", "source"),
];

#[derive(Default)]
struct Reader {
    package: Package,
    /// The part of the description that is being read: "title-info" or "document-info".
    part: Option<&'static str>,
    /// The word for the element that is being read.
    word: Option<&'static str>,
    text: String,
    author: Option<Author>,
    annotation: Option<String>,
    done: bool,
}

#[derive(Default)]
struct Author {
    names: Vec<String>,
    nickname: Option<String>,
}

impl Reader {
    fn add(&mut self, name: &str, value: &str) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let known = self.package.metadata.len();
        if !value.is_empty() && known < 5_000 {
            let id = (name == "identifier").then(|| "own".to_owned());
            self.package.unique = id.clone().or_else(|| self.package.unique.take());
            self.package.metadata.push(Meta {
                name: name.to_owned(),
                value,
                id,
                ..Meta::default()
            });
        }
    }

    fn add_author(&mut self) {
        if let Some(author) = self.author.take() {
            // The pen name is what the creator is known by; the names beside it may be private.
            let name = author.nickname.unwrap_or_else(|| author.names.join(" "));
            self.add("creator", &name);
        }
    }

    fn sequence(&mut self, tag: &BytesStart<'_>) {
        let title = attribute(tag, "name").unwrap_or_default();
        if self.package.value("calibre:series").is_none() && !title.trim().is_empty() {
            self.add("calibre:series", &title);
            if let Some(number) = attribute(tag, "number") {
                self.add("calibre:series_index", &number);
            }
        }
    }

    fn end_simple(&mut self, word: &'static str) {
        let text = std::mem::take(&mut self.text);
        if word == "subject" {
            text.split([',', ';']).for_each(|subject| self.add(word, subject));
        } else {
            self.add(word, &text);
        }
    }
}

impl Events for Reader {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) {
        self.done |= name == "body";
        if self.done {
            return;
        }
        if let Some(html) = &mut self.annotation {
            html.push_str(open(name));
            return;
        }
        match (self.part, name) {
            (_, "title-info") => self.part = Some("title-info"),
            (_, "document-info") => self.part = Some("document-info"),
            (Some("title-info"), "author") => self.author = Some(Author::default()),
            (Some("title-info"), "annotation") => self.annotation = Some(String::new()),
            (Some("title-info"), "sequence") => self.sequence(tag),
            _ => {}
        }
        let is_own = |own: &&(&str, &'static str)| {
            own.0 == name && (own.1 == "source") == (self.part == Some("document-info"))
        };
        self.word = SIMPLE.iter().find(is_own).map(|own| own.1).filter(|_| self.part.is_some());
        if self.part == Some("document-info") && name == "id" {
            self.word = Some("identifier");
        }
        if self.author.is_some() && name != "author" {
            self.word = Some("name");
        }
        self.text.clear();
    }

    fn end(&mut self, name: &str) {
        if self.done {
            return;
        }
        if name == "annotation"
            && let Some(html) = self.annotation.take()
        {
            self.add("description", &html);
            return;
        }
        if let Some(html) = &mut self.annotation {
            html.push_str(&open(name).replace('<', "</"));
            return;
        }
        match (self.word.take(), &mut self.author) {
            (Some("name"), Some(author)) => {
                let text = std::mem::take(&mut self.text).trim().to_owned();
                match name {
                    "nickname" if !text.is_empty() => author.nickname = Some(text),
                    "first-name" | "middle-name" | "last-name" if !text.is_empty() => {
                        author.names.push(text);
                    }
                    _ => {}
                }
            }
            (Some(word), None) => self.end_simple(word),
            _ if name == "author" => self.add_author(),
            _ if name == "title-info" || name == "document-info" => self.part = None,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(html) = &mut self.annotation {
            html.push_str(escape_text(text).as_str());
        } else if self.word.is_some() {
            self.text.push_str(text);
        }
    }
}

/// The HTML for an element of an annotation; others are only their text.
fn open(name: &str) -> &'static str {
    match name {
        "p" | "v" | "subtitle" | "text-author" => "<p>",
        "emphasis" => "<i>",
        "strong" => "<b>",
        "cite" => "<blockquote>",
        _ => "",
    }
}
