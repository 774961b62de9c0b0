//! Arguments of `fanfold tag`. The comments are the help texts.

use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct TagArgs {
    #[command(subcommand)]
    pub(crate) command: TagCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TagCommand {
    /// List tags, the most used first
    List(TagListArgs),
    /// Show a tag: what it means, what means it, what stands above and below, and what was decided
    Show(OneTag),
    /// Make a tag a synonym of a canonical one; its synonyms, metatags and fandoms move along
    Merge {
        #[command(flatten)]
        tag: OneTag,
        /// The canonical tag that it means
        into: String,
        #[command(flatten)]
        how: How,
    },
    /// Take a synonym out of its canonical tag
    Split {
        #[command(flatten)]
        tag: OneTag,
        #[command(flatten)]
        how: How,
    },
    /// Make a tag canonical: it can be filtered by, and stand above others
    Canonical {
        #[command(flatten)]
        tag: OneTag,
        /// Make it canonical no longer
        #[arg(long)]
        off: bool,
        #[command(flatten)]
        how: How,
    },
    /// Put a wider tag above a canonical one: who asks for the wider finds both
    Metatag {
        #[command(flatten)]
        tag: OneTag,
        /// The wider tag
        above: String,
        /// Take it away instead
        #[arg(long)]
        off: bool,
        #[command(flatten)]
        how: How,
    },
    /// Say to which fandom a character, relationship or freeform belongs
    Parent {
        #[command(flatten)]
        tag: OneTag,
        /// The fandom
        fandom: String,
        /// Take it away instead
        #[arg(long)]
        off: bool,
        #[command(flatten)]
        how: How,
    },
    /// Set a tag aside that nothing can be made of
    Unwrangleable {
        #[command(flatten)]
        tag: OneTag,
        /// Take it up again
        #[arg(long)]
        off: bool,
        #[command(flatten)]
        how: How,
    },
    /// Spell a canonical tag otherwise: its case and spacing
    Rename {
        #[command(flatten)]
        tag: OneTag,
        /// The spelling
        spelling: String,
        #[command(flatten)]
        how: How,
    },
    /// Say what a tag probably means, and why
    Suggest {
        #[command(flatten)]
        tag: OneTag,
        /// At most so many candidates
        #[arg(long, value_name = "N", default_value_t = 5)]
        limit: usize,
    },
    /// Names that may be meant by what is typed so far, as the site offers them: most used first, slips forgiven
    Complete(TagCompleteArgs),
    /// Take a change back: the newest, or the one with this number
    Undo {
        /// The change's number, as `fanfold tag history` lists it
        change: Option<i64>,
    },
    /// What was decided, the newest first
    History {
        /// At most so many lines
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: u32,
    },
    /// Load wrangling: canonical JSON lines, or the dump of AO3's tags and works (CSV)
    Load {
        /// The files, in any order
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}

/// A tag by its kind and name.
#[derive(Debug, Clone, Args)]
pub(crate) struct OneTag {
    /// fandom, relationship, character, freeform, rating, warning, category; `any` if there is only one of the name
    pub(crate) kind: String,
    /// The name; case and spacing do not matter
    pub(crate) name: String,
}

/// How a change is made.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct How {
    /// Show what would change, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TagListArgs {
    /// Only tags with this in their name
    #[arg(value_name = "QUERY")]
    pub(crate) query: Option<String>,
    /// Only tags of this kind
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// Only tags of this fandom: those that belong to it, and those that its newest works carry
    #[arg(long, value_name = "NAME")]
    pub(crate) fandom: Option<String>,
    /// Only tags that nobody has decided on
    #[arg(long, conflicts_with_all = ["canonical", "unwrangleable", "synonyms"])]
    pub(crate) unwrangled: bool,
    /// Only canonical tags
    #[arg(long, conflicts_with_all = ["unwrangleable", "synonyms"])]
    pub(crate) canonical: bool,
    /// Only tags that were set aside
    #[arg(long, conflicts_with = "synonyms")]
    pub(crate) unwrangleable: bool,
    /// Only synonyms
    #[arg(long)]
    pub(crate) synonyms: bool,
    /// At most so many tags
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: u32,
    /// Tags to pass over
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: u32,
}

#[derive(Debug, Args)]
pub(crate) struct TagCompleteArgs {
    /// A kind of tag, `any`, or `creator`
    pub(crate) kind: String,
    /// What is typed so far: beginnings of words, in any order
    pub(crate) text: String,
    /// Names on works of this fandom come first (may be given several times)
    #[arg(long, value_name = "NAME")]
    pub(crate) fandom: Vec<String>,
    /// At most so many names, 25 at most
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
}
