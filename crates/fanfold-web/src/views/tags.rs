//! Tags: what a tag is, where several share a name, and the index of fandoms.

use askama::Template;

use super::chart::BarChart;
use super::frame::{Frame, Section};
use super::listing::LeftOut;
use super::parts::{CountedLink, NamedLink, Pager, WorkCard};
use super::shelf::MuteForm;
use super::words::Count;

/// Tags that often stand beside this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbours {
    /// `Relationships`, `Characters` …
    pub title: &'static str,
    /// Most frequent first.
    pub tags: Vec<CountedLink>,
}

impl Neighbours {
    /// The largest count, for the meters.
    pub fn most(&self) -> u64 {
        self.tags.iter().map(|tag| tag.count.0).max().unwrap_or(1)
    }
}

/// `/tags/KIND/NAME`.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "pages/tag.html")]
pub struct TagPage {
    /// The frame.
    pub frame: Frame,
    /// `Fandom`, `Relationship` …
    pub kind: String,
    /// The name as written.
    pub name: String,
    /// One of 24 hues.
    pub hue: u8,
    /// The canonical tag this is a synonym of.
    pub canonical: Option<NamedLink>,
    /// Other names of the same thing.
    pub synonyms: Vec<NamedLink>,
    /// What stands above: fandom of a character, characters of a relationship.
    pub parents: Vec<NamedLink>,
    /// Wider tags of the same kind.
    pub metatags: Vec<NamedLink>,
    /// Narrower tags of the same kind.
    pub subtags: Vec<NamedLink>,
    /// Works that carry it.
    pub uses: Count,
    /// The list of those works.
    pub works_href: String,
    /// Who meets whom.
    pub neighbours: Vec<Neighbours>,
    /// Works by year.
    pub years: Option<BarChart>,
    /// The newest works.
    pub newest: Vec<WorkCard>,
    /// What mutes and the usual filter do to the counts and works.
    pub left_out: Option<LeftOut>,
    /// The form that mutes it, for a reader who may.
    pub mute: Option<MuteForm>,
}

impl TagPage {
    /// Whether nothing is known about its place among other tags.
    pub fn stands_alone(&self) -> bool {
        self.synonyms.is_empty()
            && self.parents.is_empty()
            && self.metatags.is_empty()
            && self.subtags.is_empty()
    }
}

/// One of several things with the same name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namesake {
    /// What it is: `Character`, or the site a creator wrote on.
    pub kind: String,
    /// The name with its page and works.
    pub link: CountedLink,
}

/// `/tags/NAME` and `/creators/NAME` when several share the name.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/choice.html")]
pub struct ChoicePage {
    /// The frame.
    pub frame: Frame,
    /// The name that was asked for.
    pub name: String,
    /// `tags` or `creators`.
    pub what: &'static str,
    /// Those that have it.
    pub namesakes: Vec<Namesake>,
}

/// One entry of the row of letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// `A`, `Б`, `#`.
    pub letter: String,
    /// The fandoms under it.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
}

/// `/fandoms`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/fandoms.html")]
pub struct FandomsPage {
    /// The frame.
    pub frame: Frame,
    /// All fandoms.
    pub total: Count,
    /// Letters that have fandoms; empty when one page holds them all.
    pub letters: Vec<Letter>,
    /// Fandoms under their first letters, in order.
    pub groups: Vec<(String, Vec<CountedLink>)>,
    /// Fandoms that mutes and the usual filter leave out.
    pub left_out: Option<LeftOut>,
    /// Pages before and after.
    pub pager: Pager,
}
