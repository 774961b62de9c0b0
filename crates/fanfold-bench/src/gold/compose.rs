//! A template filled: the files, and what a reader is expected to find in them.

use anyhow::{Context, bail};
use serde_json::{Map, Value, json};

use super::damage::{Damage, curled};
use super::places::Picks;
use super::prose;
use super::template::Template;
use super::vocabulary::{Meant, Vocabulary};
use crate::quality::Entry;

/// A document as files, with its gold line.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) files: Vec<(String, Vec<u8>)>,
    pub(crate) entry: Entry,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests ask which languages there are"))]
    pub(crate) language: String,
}

/// Begins a further file of the same work: `%%% part2.txt`.
const FILE_MARK: &str = "%%% ";

/// The numbered document of a template.
pub(crate) fn document(
    template: &Template,
    words: &Vocabulary,
    number: usize,
) -> anyhow::Result<Document> {
    let mut filling = Filling::new(template, words, number);
    let text = filling.fill(&template.text)?;
    let folder = format!("{}/{}-{number}", template.split, template.name);
    let damaged = |text: &str| match template.head.damage {
        Some(damage) => damage.done_to(text),
        None => text.as_bytes().to_vec(),
    };
    let files = parted(&text, &template.head.ext)
        .into_iter()
        .map(|(name, text)| (format!("{folder}/{name}"), damaged(&text)))
        .collect::<Vec<_>>();
    let entry = filling.entry(files.iter().map(|(name, _)| name.clone()).collect());
    Ok(Document { files, entry, language: template.head.lang.clone() })
}

/// The files of a text, each with its name.
fn parted(text: &str, ext: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match line.strip_prefix(FILE_MARK) {
            Some(name) => files.push((name.trim().to_owned(), String::new())),
            None if files.is_empty() => files.push((format!("d.{ext}"), line.to_owned())),
            None => files.last_mut().into_iter().for_each(|(_, text)| text.push_str(line)),
        }
    }
    files
}

/// A document in the making.
struct Filling<'a> {
    template: &'a Template,
    picks: Picks<'a>,
    fields: Map<String, Value>,
    optional: Map<String, Value>,
    chapters: Vec<Value>,
    words: usize,
}

impl<'a> Filling<'a> {
    fn new(template: &'a Template, words: &'a Vocabulary, number: usize) -> Self {
        let picks = Picks::new(words, &format!("{}/{}", template.split, template.name), number);
        let (fields, optional) = (Map::new(), Map::new());
        Self { template, picks, fields, optional, chapters: Vec::new(), words: 0 }
    }

    /// The text with every `{place}` filled.
    fn fill(&mut self, text: &str) -> anyhow::Result<String> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (place, after) = after
                .split_once('}')
                .with_context(|| format!("{}: a brace is open", self.template.name))?;
            filled.push_str(before);
            filled.push_str(&self.place(place)?);
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    /// What stands at a place: `name`, `name:upper`, `series:2`, or `=name` where it is only mentioned.
    fn place(&mut self, place: &str) -> anyhow::Result<String> {
        let (name, form) = place.split_once(':').unwrap_or((place, ""));
        let (name, counts) = match name.strip_prefix('=') {
            Some(name) => (name, false),
            None => (name, true),
        };
        if let Some(text) = self.prose(name, form) {
            return Ok(text);
        }
        let meant = self
            .meaning(name)
            .with_context(|| format!("{}: nothing is called {{{name}}}", self.template.name))?;
        let shaped = match form {
            "upper" => Meant { raw: meant.raw.to_uppercase(), ..meant },
            "" => meant,
            part if part.parse::<u32>().is_ok() => meant,
            other => bail!("{}: no form {other}", self.template.name),
        };
        if counts {
            self.expect(name, &shaped, form);
        }
        Ok(self.escaped(&shaped.raw))
    }

    /// Bodies, notes and chapters.
    fn prose(&mut self, name: &str, form: &str) -> Option<String> {
        let words = self.picks.words();
        match name {
            "body" => {
                let paragraphs = form.parse().unwrap_or(6);
                let form = self.template.head.body;
                let (text, counted) = prose::body(&mut self.picks, form, paragraphs);
                self.words += counted;
                Some(text)
            }
            "chapter" => {
                let title = self.picks.chapter();
                let shown = if form == "upper" { title.to_uppercase() } else { title.to_owned() };
                self.chapters.push(json!({"title": shown}));
                Some(self.escaped(&shown))
            }
            "chapter-" => {
                self.chapters.push(json!({"title": null}));
                Some(String::new())
            }
            "=chapter" => Some(self.picks.chapter().to_owned()),
            "disclaimer" => Some(self.one_of(name, &words.disclaimers)),
            "note" => Some(self.one_of(name, &words.notes)),
            "a" => Some(self.picks.world().people[0].clone()),
            "b" => Some(self.picks.world().people[1].clone()),
            _ => None,
        }
    }

    fn one_of(&mut self, place: &str, list: &'a [String]) -> String {
        let chosen = self.picks.one(place, list);
        self.escaped(chosen)
    }

    fn meaning(&mut self, name: &str) -> Option<Meant> {
        if let Some(meant) = self.picks.meant(name) {
            return Some(meant.clone());
        }
        let words = self.picks.words();
        let raw = match name {
            "title" => self.picks.one(name, &words.titles).clone(),
            "author" => self.picks.one("author", &words.authors).clone(),
            "author2" => self.picks.one("author2", &words.authors).clone(),
            "summary" => self.picks.one(name, &words.summaries).clone(),
            "series" => self.picks.one(name, &words.series).clone(),
            "fandom" => self.picks.world().fandom.clone(),
            "characters" => self.picks.world().people[..2].join(", "),
            _ => return None,
        };
        Some(Meant { raw, means: vec![], freeforms: vec![], categories: vec![], maybe: vec![] })
    }

    /// Notes what a reader is expected to make of a value.
    fn expect(&mut self, name: &str, meant: &Meant, form: &str) {
        let raw = json!(meant.raw);
        match name {
            "title" | "summary" => self.set(name, raw),
            "rating" | "status" => self.set(name, json!(meant.means.first())),
            "date" => self.set("published", json!(meant.means.first())),
            "updated" => self.set("updated", json!(meant.means.first())),
            "author" | "author2" => self.add("creators", raw),
            "fandom" => self.add("fandoms", raw),
            "series" => {
                self.add("series", json!({"title": meant.raw, "part": form.parse::<u32>().ok()}));
            }
            "characters" => {
                let people = self.picks.world().people[..2].iter();
                let shaped = |name: &String| match form {
                    "upper" => name.to_uppercase(),
                    _ => name.clone(),
                };
                people.map(shaped).for_each(|name| self.add("characters", json!(name)));
            }
            "pairing" => self.expect_all("relationships", meant),
            "warnings" => self.expect_all("warnings", meant),
            "genre" | "category" => self.expect_all("freeforms", meant),
            _ => {}
        }
    }

    fn expect_all(&mut self, field: &str, meant: &Meant) {
        meant.means.iter().for_each(|value| self.add(field, json!(value)));
        meant.freeforms.iter().for_each(|value| self.add("freeforms", json!(value)));
        meant.categories.iter().for_each(|value| self.add("categories", json!(value)));
        if !meant.maybe.is_empty() {
            self.optional.insert("freeforms".to_owned(), json!(meant.maybe));
        }
        if field == "relationships" && meant.means.is_empty() {
            // That a work without a pairing is gen is a fair reading, and so is silence.
            self.optional.insert("categories".to_owned(), json!(["Gen"]));
        }
        if field == "relationships" {
            // Whether who loves is also who appears, two people would answer in two ways.
            let members = meant.means.iter().flat_map(|pair| pair.split(['/', '&']));
            let members: Vec<Value> = members.map(|name| json!(name.trim())).collect();
            self.optional.insert("characters".to_owned(), json!(members));
        }
    }

    fn set(&mut self, field: &str, value: Value) {
        self.fields.insert(field.to_owned(), value);
    }

    fn add(&mut self, field: &str, value: Value) {
        let list = self.fields.entry(field.to_owned()).or_insert_with(|| json!([]));
        if let Value::Array(list) = list
            && !list.contains(&value)
        {
            list.push(value);
        }
    }

    fn escaped(&self, text: &str) -> String {
        match &*self.template.head.ext {
            "html" | "htm" => text.replace('&', "&amp;").replace('<', "&lt;"),
            _ => text.to_owned(),
        }
    }

    fn entry(mut self, path: Vec<String>) -> Entry {
        let head = &self.template.head;
        if self.words > 0 && head.lang != "zh" {
            self.set("words", json!(self.words));
        }
        if head.read_as != "not-a-work" {
            let alone = vec![json!({"title": null})];
            let chapters = if self.chapters.is_empty() { alone } else { self.chapters.clone() };
            // That a whole work has as many chapters as it has need not be said, and may be.
            self.optional.insert("chapters_expected".to_owned(), json!(chapters.len()));
            self.set("chapters", json!(chapters));
            self.optional.entry("language").or_insert_with(|| json!(head.lang));
        } else {
            self.fields.clear();
        }
        self.fields.extend(head.expect.clone());
        head.drop.iter().for_each(|field| drop(self.fields.remove(field)));
        self.optional.extend(head.optional.clone());
        if head.damage.is_some_and(Damage::curls_quotes) {
            self.fields.values_mut().chain(self.optional.values_mut()).for_each(curl);
        }
        Entry {
            path,
            read_as: head.read_as.clone(),
            fields: self.fields,
            optional: self.optional,
            unjudged: head.unjudged.clone(),
            layout: head.layout.clone(),
            damage: head.damage.map(Damage::name),
            split: self.template.split.clone(),
        }
    }
}

/// What is expected, with the quotes that the damage gave the text.
fn curl(value: &mut Value) {
    match value {
        Value::String(text) => *text = curled(text),
        Value::Array(list) => list.iter_mut().for_each(curl),
        Value::Object(object) => object.values_mut().for_each(curl),
        _ => {}
    }
}
