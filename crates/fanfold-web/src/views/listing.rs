//! A list of works with its filters: the works list, the works of a tag, and search results.

use askama::Template;

use super::frame::{Frame, Section};
use super::parts::{CountedLink, Pager, WorkCard};
use super::words::Count;

/// Whether a facet is asked for, asked against, or neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    /// Neither.
    #[default]
    Neutral,
    /// Works with it.
    With,
    /// Works with it or another of its kind that is marked so.
    Any,
    /// Works without it.
    Without,
}

/// One tag in a group of facets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The tag's name, also the value of the form field.
    pub name: String,
    /// How many of the works shown carry it.
    pub count: Count,
    /// What the reader asked.
    pub wish: Wish,
}

impl Facet {
    /// Asked for.
    pub fn is_with(&self) -> bool {
        self.wish == Wish::With
    }

    /// Asked for as one of several.
    pub fn is_any(&self) -> bool {
        self.wish == Wish::Any
    }

    /// Asked against.
    pub fn is_without(&self) -> bool {
        self.wish == Wish::Without
    }
}

/// The facets of one tag kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetGroup {
    /// The kind as in URLs: `fandom`. Form fields are `with.fandom`, `any.fandom` and `without.fandom`.
    pub kind: &'static str,
    /// The kind in words: `Fandoms`.
    pub title: &'static str,
    /// Most frequent first; what is asked for or against is always among them.
    pub facets: Vec<Facet>,
    /// Whether the group starts unfolded.
    pub open: bool,
    /// Whether nothing but what is asked for may stand on a work; `None` where that cannot be asked.
    pub alone: Option<bool>,
}

impl FacetGroup {
    /// Whether the kind has names of its own making, so that a reader may want one that is not listed.
    pub fn is_free(&self) -> bool {
        matches!(self.kind, "fandom" | "relationship" | "character" | "freeform")
    }
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Value in the form; empty for "any".
    pub value: String,
    /// In words.
    pub words: String,
    /// Whether it is the chosen one.
    pub chosen: bool,
}

/// Two ends of a number or a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangeField {
    /// In words: `Words`.
    pub title: &'static str,
    /// The fields are this with `_from` and `_to`.
    pub name: &'static str,
    /// The lower or earlier end; empty when open.
    pub from: String,
    /// The upper or later end; empty when open.
    pub to: String,
    /// Whether the ends are dates.
    pub is_date: bool,
}

/// The filter form. Field names: `with.KIND`, `any.KIND`, `without.KIND`, `status`, `crossover`, `otp`, `only` and `language` (several
/// times), `q`, `sort`, and those of the ranges.
#[derive(Clone, Debug, Default)]
pub struct FilterForm {
    /// Where the form goes.
    pub action: String,
    /// The fandom that the whole list is about: names of its works are offered first.
    pub fandom: Option<String>,
    /// Facets of the seven tag kinds.
    pub groups: Vec<FacetGroup>,
    /// Complete or not.
    pub status: Vec<Choice>,
    /// Crossovers or not.
    pub crossover: Vec<Choice>,
    /// One relationship or any number.
    pub otp: Vec<Choice>,
    /// Languages, any of which will do.
    pub languages: Vec<Choice>,
    /// Orders.
    pub sorts: Vec<Choice>,
    /// Words, chapters, fandoms, relationships, dates.
    pub ranges: Vec<RangeField>,
    /// What else is asked, in the query language.
    pub text: String,
}

/// One condition that is on, and the address of the list without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// In words: `with Jim Hawkins`.
    pub words: String,
    /// The list without it.
    pub remove_href: String,
}

/// What the reader's mutes and usual filter do to a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// How many works are left out; `None` when the list shows them.
    pub count: Option<Count>,
    /// What is left out, one and several: `("more work is", "more works are")`.
    pub words: (&'static str, &'static str),
    /// The list with them, or again without them.
    pub other_href: String,
}

impl LeftOut {
    /// Works that are left out of a list whose address without and with a sign for all is given; `None` where nothing
    /// stands for the reader, or leaves nothing out.
    pub fn of_works(count: Option<u64>, shows_all: bool, other_href: String) -> Option<Self> {
        let count = count.map(Count).filter(|count| !count.is_zero());
        let words = ("more work is", "more works are");
        (shows_all || count.is_some()).then_some(Self { count, words, other_href })
    }
}

/// Something that was asked and that no work here has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    /// What is not here: `No work here has the fandom`.
    pub told: String,
    /// The name or the words that were asked.
    pub name: String,
    /// What was probably meant: what kind of name, and the list with it in the place of the other.
    pub meant: Vec<(String, CountedLink)>,
}

/// A list of works.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// What is shown, as a sentence: `412 works in Treasure Island, without Major Character Death, newest first`.
    pub sentence: String,
    /// The same as a query that can be edited.
    pub query: String,
    /// Conditions that are on.
    pub conditions: Vec<Condition>,
    /// The list without any condition.
    pub clear_href: String,
    /// What was asked and no work here has.
    pub unknown: Vec<UnknownName>,
    /// Works found.
    pub total: Count,
    /// Those on this page.
    pub cards: Vec<WorkCard>,
    /// The form.
    pub filters: FilterForm,
    /// Pages before and after.
    pub pager: Pager,
    /// What mutes and the usual filter do to it.
    pub left_out: Option<LeftOut>,
    /// Whether the reader may keep the question as a filter.
    pub may_keep: bool,
}

/// `/works` and `/tags/KIND/NAME/works`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/works_list.html")]
pub struct WorksListPage {
    /// The frame.
    pub frame: Frame,
    /// `Works`, or the tag's name.
    pub heading: String,
    /// What the heading is, when it is a tag: `Fandom`.
    pub kicker: Option<String>,
    /// The tag's own page.
    pub about_href: Option<String>,
    /// Hue of the tag, for a fandom.
    pub hue: Option<u8>,
    /// The works.
    pub listing: Listing,
}

/// What is wrong with a query, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryProblem {
    /// What is wrong, in words.
    pub message: String,
    /// What would work.
    pub hint: Option<String>,
    /// The query before the place.
    pub before: String,
    /// The place itself; may be empty at the end.
    pub at: String,
    /// The query after it.
    pub after: String,
    /// Column, counted from 1 in characters.
    pub column: usize,
}

/// `/search`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/search.html")]
pub struct SearchPage {
    /// The frame; its `query` is what was asked.
    pub frame: Frame,
    /// What is wrong with the query.
    pub problem: Option<QueryProblem>,
    /// Results; `None` when nothing was asked or the query cannot be read.
    pub listing: Option<Listing>,
    /// Queries to try, with what they find.
    pub examples: Vec<(String, String, String)>,
}
