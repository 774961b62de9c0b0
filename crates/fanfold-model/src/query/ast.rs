//! The tree of a query. A filter page may build it by hand; printing it gives text that parses to the same tree.

use super::dates::{DateField, DateRange};
use super::sort::Sort;
use crate::{Status, TagKind};

/// A whole question: what must hold, and in which order the answers stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// The condition; `None` is every work.
    pub root: Option<Node>,
    /// The order asked for in the text (`sort:kudos`), if any.
    pub sort: Option<Sort>,
}

/// One condition, or several joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// All of these hold. The parser gives at least two.
    And(Vec<Node>),
    /// At least one of these holds. The parser gives at least two.
    Or(Vec<Node>),
    /// This does not hold.
    Not(Box<Node>),
    /// Words in a text.
    Text {
        /// Where to look.
        field: TextField,
        /// What to look for.
        what: TextMatch,
    },
    /// A tag, its synonyms and its subtags.
    Tag {
        /// `None` for any kind (`tag:`).
        kind: Option<TagKind>,
        /// The name as typed. Names are compared folded; a name that no tag has is looked for word by word.
        name: String,
        /// `true` when the last word is only a beginning (`fandom:sherl*`).
        prefix: bool,
    },
    /// A number in a range.
    Number {
        /// Which number.
        field: NumberField,
        /// The range, both ends included.
        range: NumberRange,
    },
    /// A date in a range.
    Date {
        /// Which date.
        field: DateField,
        /// The range.
        range: DateRange,
    },
    /// A yes or no.
    Flag(Flag, bool),
    /// Nothing but what is asked for: at least one tag of this kind, and each of them among those of the kind that the
    /// whole question asks for (not those it excludes), their synonyms and subtags. Where it asks for none, no condition. The index does not know it: whoever asks says it by
    /// the tags that are wanted and those that are not.
    Only(TagKind),
    /// A language, BCP 47 in lower case; `en` finds `en-GB`, not the other way round.
    Language(String),
    /// Exactly this status.
    Status(Status),
}

/// Which text a condition looks into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TextField {
    /// Everywhere, chapter text included.
    Anywhere,
    /// The work's title.
    Title,
    /// Names of creators.
    Creator,
    /// Titles of series.
    Series,
    /// Names of collections.
    Collection,
    /// Where it came from: formats and hosts.
    Source,
    /// Chapter text.
    Text,
    /// The work's summary and notes.
    Summary,
}

/// How a text is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextMatch {
    /// A word in any of its inflected forms.
    Word(String),
    /// Exactly these words in a row.
    Phrase(String),
    /// Words that begin so.
    Prefix(String),
}

/// Numbers of a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NumberField {
    /// Words.
    Words,
    /// Chapters there are.
    Chapters,
    /// Kudos.
    Kudos,
    /// Hits.
    Hits,
    /// Comments.
    Comments,
    /// Bookmarks.
    Bookmarks,
    /// Fandoms, synonyms counted once; 0 where none is stated.
    Fandoms,
    /// Relationships, synonyms counted once; 0 where none is stated.
    Relationships,
    /// The number in the work's address.
    Id,
}

/// A range of whole numbers, both ends included; an absent end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberRange {
    /// Smallest number that fits.
    pub from: Option<u64>,
    /// Largest number that fits.
    pub to: Option<u64>,
}

impl NumberRange {
    /// Exactly one number.
    #[must_use]
    pub fn exactly(number: u64) -> Self {
        Self { from: Some(number), to: Some(number) }
    }

    /// Whether a number lies inside.
    #[must_use]
    pub fn contains(self, number: u64) -> bool {
        self.from.is_none_or(|from| from <= number) && self.to.is_none_or(|to| number <= to)
    }
}

/// Yes-or-no conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Flag {
    /// Exactly one relationship, synonyms counted once (AO3's `otp:true`).
    Otp,
    /// Fandoms that share no metatag (AO3's `crossover:true`).
    Crossover,
    /// Complete, against in progress, on hiatus or abandoned; an unknown status is neither.
    Complete,
    /// Needs the adult gate: Mature, Explicit, Not Rated or unrated.
    Adult,
}

/// How a tag is looked up: its kind, or any, and its folded name.
pub type TagKey = (Option<TagKind>, String);

impl Query {
    /// Every tag name the query asks for, folded, with its kind: what a lookup must know before the search.
    #[must_use]
    pub fn tag_names(&self) -> Vec<TagKey> {
        let mut names = Vec::new();
        if let Some(root) = &self.root {
            gather_names(root, &mut names);
        }
        names
    }

    /// The kinds of which nothing but what is asked for is wanted ([`Node::Only`]), each with the names that are asked for,
    /// as [`Query::tag_names`] gives them.
    #[must_use]
    pub fn only(&self) -> Vec<(TagKind, Vec<TagKey>)> {
        let (mut kinds, mut names) = (Vec::new(), Vec::new());
        if let Some(root) = &self.root {
            gather_only(root, &mut kinds);
            gather_wanted(root, &mut names);
        }
        kinds.sort_unstable();
        kinds.dedup();
        let of = |kind: TagKind| {
            let own = names.iter().filter(|(own, _)| own.is_none_or(|own| own == kind));
            (kind, own.cloned().collect())
        };
        kinds.into_iter().map(of).collect()
    }
}

fn gather_only(node: &Node, kinds: &mut Vec<TagKind>) {
    match node {
        Node::And(nodes) | Node::Or(nodes) => {
            nodes.iter().for_each(|node| gather_only(node, kinds))
        }
        Node::Not(node) => gather_only(node, kinds),
        Node::Only(kind) => kinds.push(*kind),
        _ => {}
    }
}

/// Names that are asked for and not excluded.
fn gather_wanted(node: &Node, names: &mut Vec<TagKey>) {
    match node {
        Node::And(nodes) | Node::Or(nodes) => {
            nodes.iter().for_each(|node| gather_wanted(node, names))
        }
        Node::Tag { prefix: false, .. } => gather_names(node, names),
        _ => {}
    }
}

fn gather_names(node: &Node, names: &mut Vec<TagKey>) {
    match node {
        Node::And(nodes) | Node::Or(nodes) => {
            nodes.iter().for_each(|node| gather_names(node, names))
        }
        Node::Not(node) => gather_names(node, names),
        Node::Tag { kind, name, prefix: false } => names.push((*kind, crate::fold_name(name))),
        _ => {}
    }
}
