//! Pieces that several pages share: links, tags, the facts of a work, its card in a list.

use super::words::{Count, SafeHtml, When, reading_time};

/// A name that leads somewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedLink {
    /// What to show, exactly as written.
    pub name: String,
    /// Where it leads.
    pub href: String,
}

impl NamedLink {
    /// A link from its two parts.
    pub fn new(name: impl Into<String>, href: impl Into<String>) -> Self {
        Self { name: name.into(), href: href.into() }
    }
}

/// A name that leads somewhere, with how many works stand behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedLink {
    /// What to show.
    pub name: String,
    /// Where it leads.
    pub href: String,
    /// How many works.
    pub count: Count,
}

/// A title with what a browser needs to set it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// The title; never empty: a work without one gets a stand-in.
    pub text: String,
    /// BCP 47, where known.
    pub language: Option<String>,
    /// The archive made this title up because the source has none.
    pub placeholder: bool,
}

/// Tags in the creator's order, the end folded away when there are many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagRun {
    /// Always visible.
    pub shown: Vec<NamedLink>,
    /// Behind "… more".
    pub folded: Vec<NamedLink>,
}

impl TagRun {
    /// Shows tags until `budget` characters are spent, always at least one; folds the rest, unless the
    /// rest is a single tag.
    pub fn fold(mut tags: Vec<NamedLink>, budget: usize) -> Self {
        let mut spent = 0;
        let fits = tags.iter().take_while(|tag| {
            let room = spent == 0 || spent + tag.name.chars().count() <= budget;
            spent += tag.name.chars().count() + 2;
            room
        });
        let fitting = fits.count();
        let keep = if tags.len() <= fitting + 1 { tags.len() } else { fitting };
        let folded = tags.split_off(keep);
        Self { shown: tags, folded }
    }

    /// Whether there is no tag at all.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }
}

/// The facts that are said in one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// `None`: the source states none, which is not "Not Rated".
    pub rating: Option<String>,
    /// Empty: none stated, which is not "No Archive Warnings Apply".
    pub warnings: Vec<String>,
    /// Categories.
    pub categories: Vec<String>,
    /// `complete`, `in progress`, `on hiatus`, `abandoned`; `None` when unknown.
    pub status: Option<String>,
    /// Chapters that are here.
    pub chapters: u32,
    /// Chapters that there should be, where known.
    pub chapters_expected: Option<u32>,
    /// Words.
    pub words: Count,
}

impl Facts {
    /// The rating in words.
    pub fn rating_words(&self) -> &str {
        self.rating.as_deref().unwrap_or("Rating not stated")
    }

    /// The warnings in words.
    pub fn warning_words(&self) -> String {
        if self.warnings.is_empty() {
            "Warnings not stated".to_owned()
        } else {
            self.warnings.join(", ")
        }
    }

    /// `3 of 7 chapters`, `7 chapters`, `1 chapter`.
    pub fn chapter_words(&self) -> String {
        let here = Count(self.chapters.into());
        match self.chapters_expected {
            Some(expected) if expected != self.chapters => {
                format!("{here} of {}", Count(expected.into()).of("chapter", "chapters"))
            }
            _ => here.of("chapter", "chapters"),
        }
    }

    /// What follows rating and warnings, one fact an entry.
    pub fn rest(&self) -> Vec<String> {
        let mut facts = Vec::with_capacity(4);
        if !self.categories.is_empty() {
            facts.push(self.categories.join(", "));
        }
        facts.push(match &self.status {
            Some(status) => format!("{status}, {}", self.chapter_words()),
            None => self.chapter_words(),
        });
        if !self.words.is_zero() {
            facts.push(self.words.of("word", "words"));
            facts.push(reading_time(self.words.0));
        }
        facts
    }
}

/// A work's place in a series.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeriesPlace {
    /// The series.
    pub series: NamedLink,
    /// Which part this work is, where known.
    pub part: Option<String>,
    /// How many parts there are, where known.
    pub of: Option<String>,
    /// Whether it was found by the works' links, and nobody states it.
    pub found: bool,
    /// The part before.
    pub previous: Option<NamedLink>,
    /// The part after.
    pub next: Option<NamedLink>,
}

impl SeriesPlace {
    /// `Part 2 of 5`, `Part 2`, `Part`.
    pub fn words(&self) -> String {
        match (&self.part, &self.of) {
            (Some(part), Some(of)) => format!("Part {part} of {of} of"),
            (Some(part), None) => format!("Part {part} of"),
            (None, _) => "Part of".to_owned(),
        }
    }
}

/// A work in a list.
#[derive(Clone, Debug, Default)]
pub struct WorkCard {
    /// Number of the work: also the target that "back" returns to.
    pub id: u64,
    /// The work's page.
    pub href: String,
    /// Its title.
    pub title: Title,
    /// Creators; empty when the source names none.
    pub creators: Vec<NamedLink>,
    /// Fandoms.
    pub fandoms: Vec<NamedLink>,
    /// One of 24 hues, from the first fandom's name.
    pub hue: u8,
    /// One line of facts.
    pub facts: Facts,
    /// Relationships.
    pub relationships: Vec<NamedLink>,
    /// Characters.
    pub characters: TagRun,
    /// Additional tags.
    pub freeforms: TagRun,
    /// The summary as written.
    pub summary: Option<SafeHtml>,
    /// Series.
    pub series: Vec<SeriesPlace>,
    /// Where the work came from, in words, such as `attic.zip, tale.txt`.
    pub origin: Option<String>,
    /// The day that lists sort by.
    pub updated: Option<When>,
    /// Language in words, when it is not the one the reader expects.
    pub language: Option<String>,
    /// Places where the search words stand, with `<mark>`.
    pub snippets: Vec<SafeHtml>,
    /// Why it waits, when it is held.
    pub held: Option<String>,
}

/// One file format to carry a work away in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    /// Short name: `EPUB`.
    pub name: &'static str,
    /// What it is good for.
    pub purpose: &'static str,
    /// Where it is.
    pub href: String,
}

/// Earlier and later pages of a list; keyset paging has no page numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pager {
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
}

impl Pager {
    /// Whether there is anywhere to go.
    pub fn is_empty(&self) -> bool {
        self.previous.is_none() && self.next.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(n: usize) -> Vec<NamedLink> {
        (0..n).map(|i| NamedLink::new(format!("Tag number {i}"), "/")).collect()
    }

    #[test]
    fn folding_keeps_every_tag_and_its_order() {
        for n in 0..40 {
            let run = TagRun::fold(tags(n), 60);
            let all: Vec<_> = run.shown.iter().chain(&run.folded).cloned().collect();
            assert_eq!(all, tags(n));
            assert_ne!(run.folded.len(), 1, "one tag is not worth a fold");
        }
    }

    #[test]
    fn unstated_facts_are_said_to_be_unstated() {
        let facts = Facts::default();
        assert_eq!(facts.rating_words(), "Rating not stated");
        assert_eq!(facts.warning_words(), "Warnings not stated");
        assert_eq!(facts.rest(), ["0 chapters"]);
    }

    #[test]
    fn chapters_are_counted_against_what_was_promised() {
        let facts = Facts { chapters: 3, chapters_expected: Some(7), ..Facts::default() };
        assert_eq!(facts.chapter_words(), "3 of 7 chapters");
        let whole = Facts { chapters: 7, chapters_expected: Some(7), ..Facts::default() };
        assert_eq!(whole.chapter_words(), "7 chapters");
    }
}
