//! Help with searching, and the page of reading settings.

use askama::Template;

use super::frame::{Frame, Section};

/// A line of the help: what to write, and what it finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpLine {
    /// What to write.
    pub query: &'static str,
    /// What it finds.
    pub finds: &'static str,
}

/// A part of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpPart {
    /// Heading.
    pub title: &'static str,
    /// Lines.
    pub lines: &'static [HelpLine],
}

macro_rules! lines {
    ($($query:literal => $finds:literal),+ $(,)?) => {
        &[$(HelpLine { query: $query, finds: $finds }),+]
    };
}

/// The query language, by what one wants to say.
pub const HELP: [HelpPart; 5] = [
    HelpPart {
        title: "Words",
        lines: lines! {
            "lantern harbour" => "works with both words anywhere, chapter text included",
            "\"spy glass\"" => "the words side by side",
            "lantern OR candle" => "either word; OR binds tighter than the space, so harbour lantern OR candle asks for harbour and one of the two",
            "-storm" => "works without the word; NOT storm says the same",
            "(storm OR gale) -shipwreck" => "brackets group",
            "light*" => "words that begin with light",
        },
    },
    HelpPart {
        title: "Tags and people",
        lines: lines! {
            "fandom:\"Treasure Island\"" => "works in a fandom, under all its names",
            "rel:\"Jim Hawkins/Ben Gunn\"" => "a relationship; relationship: and ship: do the same",
            "char:\"Long John Silver\"" => "a character",
            "tag:\"Sea Stories\"" => "any kind of tag; freeform: for additional tags only",
            "rating:teen" => "a rating; warning: and category: work the same way",
            "creator:Wren" => "works by a creator",
            "series:\"Attic Tales\"" => "works of a series; collection: works the same way",
        },
    },
    HelpPart {
        title: "Numbers and days",
        lines: lines! {
            "words:>10k" => "longer than ten thousand words; words>10k is understood too",
            "words:1000-5000" => "between the two; chapters:, kudos:, hits:, comments: and bookmarks: work the same way",
            "updated:2003" => "updated in that year",
            "updated:2003-05..2004" => "from May 2003 to the end of 2004",
            "updated:<30d" => "within the last thirty days; published: and imported: work the same way",
        },
    },
    HelpPart {
        title: "Kinds of work",
        lines: lines! {
            "status:complete" => "finished works; complete:true says the same",
            "crossover:false" => "works of one fandom only",
            "otp:true" => "works with exactly one relationship",
            "fandoms:2-5" => "works of two to five fandoms; relationships: counts too",
            "char:\"Jim Hawkins\" OR char:\"Ben Gunn\" only:char" => "works with these and nobody else; only:rel and only:fandom work the same way",
            "lang:de" => "works in a language, by its code",
            "title:attic" => "words of the title",
            "text:candle" => "words of the chapters only",
        },
    },
    HelpPart {
        title: "Order",
        lines: lines! {
            "sort:kudos" => "most first",
            "sort:>words" => "shortest first: the sign turns the order round",
            "sort:title" => "by title; also relevance, creator, published, updated, imported, words, hits, comments, bookmarks",
        },
    },
];

/// `/help/search`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/help.html")]
pub struct HelpPage {
    /// The frame.
    pub frame: Frame,
}

impl HelpPage {
    /// The parts of the help.
    pub fn parts(&self) -> &'static [HelpPart] {
        &HELP
    }

    /// Where a query of the help leads.
    pub fn href(&self, query: &str) -> String {
        crate::urls::search(query)
    }
}

/// `/preferences`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/preferences.html")]
pub struct PreferencesPage {
    /// The frame; its `path` is the page to come back to.
    pub frame: Frame,
}
