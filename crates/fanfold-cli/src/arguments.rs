//! The command line, as clap reads it. The comments are the help texts.

mod tag;

pub(crate) use tag::{How, OneTag, TagArgs, TagCommand, TagCompleteArgs, TagListArgs};

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Keeps fan fiction alive: takes a pile of files in whatever form they survive, rebuilds the works, and serves them as an archive.
#[derive(Debug, Parser)]
#[command(name = "fanfold", version, propagate_version = true, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 done; 1 failed; 2 wrong use; 3 done, but something needs a person."
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) globals: Globals,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub(crate) struct Globals {
    /// The library's folder (default: `fanfold` in your data directory)
    #[arg(long, global = true, value_name = "DIR", env = "FANFOLD_LIBRARY")]
    pub(crate) library: Option<PathBuf>,
    /// A PostgreSQL address instead of SQLite in the library
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "FANFOLD_DATABASE_URL",
        hide_env_values = true
    )]
    pub(crate) database: Option<String>,
    /// One JSON object per line on stdout; everything else goes to stderr
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Say only what was asked for
    #[arg(long, global = true)]
    pub(crate) quiet: bool,
    /// Colour the output
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: When,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Take files, folders and containers into the library, in any mixture
    Import(ImportArgs),
    /// Show what an import would make of a path, without a library
    Inspect(InspectArgs),
    /// Find works that share text: the same story again, revisions, one inside another
    Duplicates(DuplicatesArgs),
    /// Answer what wants a person: one question for all works that ask the same
    Review(ReviewArgs),
    /// Wrangle tags: what means what, what stands above what; every change has a way back
    Tag(TagArgs),
    /// Clean, count or fold text from stdin, as imports do it
    Text(TextArgs),
    /// Search the library with the site's query language
    Search(SearchArgs),
    /// List works, newest import first
    List(ListArgs),
    /// Show one work
    Show(ShowArgs),
    /// Change a field of a work; the original stays beneath
    Edit(EditArgs),
    /// Hold a work back from everyone but you
    Hold(HoldArgs),
    /// Release a held work
    Release(ReleaseArgs),
    /// Remove a work: hidden and able to come back, or erased
    Remove(RemoveArgs),
    /// Write works as EPUB, HTML, text, Markdown or canonical JSON lines
    Export(ExportArgs),
    /// Take back what only one import brought
    Undo(UndoArgs),
    /// Check that nothing is missing or damaged
    Check(CheckArgs),
    /// Copy the library into an empty folder, verified, while it is in use
    Backup(BackupArgs),
    /// Fill an empty library from a backup
    Restore(RestoreArgs),
    /// Build the search index again from the library
    Reindex,
    /// Read works again from their originals with today's rules; your edits stay
    Reprocess(ReprocessArgs),
    /// Delete originals that nothing has named for 30 days
    Gc,
    /// What the library holds
    Status,
    /// The settings in force
    Config(ConfigArgs),
    /// Serve the archive as a web site
    Serve(ServeArgs),
    /// Print shell completions
    Completions(CompletionsArgs),
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
pub(crate) struct ReviewArgs {
    #[command(subcommand)]
    pub(crate) command: ReviewCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReviewCommand {
    /// Show what waits, with the evidence and the answers that fit
    List {
        /// Only questions of this kind (held, pair, version, label, rating, warning, dates, title, suggestion, look)
        #[arg(long, value_name = "KIND")]
        kind: Option<String>,
        /// At most so many questions
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: usize,
    },
    /// Answer a question with its first choice, or with the one named
    Accept {
        /// The question's name, as listed
        id: String,
        /// One of its choices
        choice: Option<String>,
    },
    /// Answer a question in your own words: a title, another value than the one suggested
    Edit {
        /// The question's name, as listed
        id: String,
        /// The answer
        value: String,
    },
    /// Make one work of two that share their text
    Merge {
        /// The question's name, as listed
        id: String,
    },
    /// Leave things as they are and do not ask again
    Reject {
        /// The question's name, as listed
        id: String,
    },
    /// Show the answers in force
    Answers,
    /// Take an answer back; the question is asked again
    Undo {
        /// The answer's name, as listed
        id: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// Files, folders, zip archives
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Read and report, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// A TOML file that says what to hold back
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
    /// Serve the archive when the import is done
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) serve: bool,
    /// Where to serve
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8420", requires = "serve")]
    pub(crate) listen: SocketAddr,
}

#[derive(Debug, Args)]
pub(crate) struct InspectArgs {
    /// Files, folders, zip archives
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Stop at a stage and show its own output
    #[arg(long, default_value = "normalize")]
    pub(crate) stage: StageArg,
}

#[derive(Debug, Args)]
pub(crate) struct DuplicatesArgs {
    /// Files and folders to compare, without a library (default: the works of the library)
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StageArg {
    /// Which importer, and why
    Detect,
    /// The decoded text
    Decode,
    /// Original labels and values with their places
    Extract,
    /// The records that would be imported
    Normalize,
}

#[derive(Debug, Args)]
pub(crate) struct TextArgs {
    /// What to do with stdin
    pub(crate) what: TextWhat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextWhat {
    /// HTML to sanitised chapter HTML
    Clean,
    /// Words as AO3 counts them
    Words,
    /// Plain text to paragraphs
    Paragraphs,
}

#[derive(Debug, Args)]
pub(crate) struct SearchArgs {
    /// The query, in quotes if it has spaces; it may begin with a minus
    #[arg(allow_hyphen_values = true, value_name = "QUERY")]
    pub(crate) query: String,
    /// relevance, title, creator, published, updated, imported, words, hits, kudos, comments, bookmarks
    #[arg(long, value_name = "KEY")]
    pub(crate) sort: Option<String>,
    /// Works to show
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub(crate) limit: u32,
    /// Works to pass over
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(crate) offset: u32,
    /// Count the tags of all hits, too
    #[arg(long)]
    pub(crate) facets: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// Works to show (default: all)
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u32>,
    /// Only held works
    #[arg(long, conflicts_with_all = ["removed", "needs_person"])]
    pub(crate) held: bool,
    /// Only removed works
    #[arg(long, conflicts_with = "needs_person")]
    pub(crate) removed: bool,
    /// Only works with something for a person to decide
    #[arg(long)]
    pub(crate) needs_person: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The work's number or uid
    pub(crate) id: String,
    /// Show where every value comes from
    #[arg(long)]
    pub(crate) sources: bool,
    /// Show what was done to it
    #[arg(long)]
    pub(crate) history: bool,
}

#[derive(Debug, Args)]
pub(crate) struct EditArgs {
    /// The work's number or uid
    pub(crate) id: String,
    /// The field: title, creators, fandoms, relationships, characters, categories, warnings, freeforms, rating, summary, notes, end_notes, language, status, written, published, updated, visibility
    #[arg(required_unless_present = "undo")]
    pub(crate) field: Option<String>,
    /// The new value; for a list the whole list parted by commas, or `+Name` and `-Name`; empty clears
    #[arg(allow_hyphen_values = true, required_unless_present = "undo")]
    pub(crate) value: Option<String>,
    /// Take back the newest edit of the work
    #[arg(long, conflicts_with_all = ["field", "value"])]
    pub(crate) undo: bool,
}

#[derive(Debug, Args)]
pub(crate) struct HoldArgs {
    /// The work's number or uid
    pub(crate) id: String,
    /// Why (policy, permission, takedown, or your own word)
    #[arg(long)]
    pub(crate) reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct ReleaseArgs {
    /// The work's number or uid
    pub(crate) id: String,
    /// Why it may be shown
    #[arg(long)]
    pub(crate) reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct RemoveArgs {
    /// The work's number or uid
    pub(crate) id: String,
    /// Delete rows, text and originals for good; uid, hashes and reason stay
    #[arg(long, conflicts_with = "undo")]
    pub(crate) erase: bool,
    /// Why
    #[arg(long, default_value = "removed by its owner")]
    pub(crate) reason: String,
    /// Bring a removed work back
    #[arg(long)]
    pub(crate) undo: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// Which works (default: the whole library)
    #[arg(allow_hyphen_values = true, value_name = "QUERY")]
    pub(crate) query: Option<String>,
    /// In which format
    #[arg(long)]
    pub(crate) format: FormatArg,
    /// A file for jsonl (default: stdout), a folder for the others
    #[arg(long, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
    /// Only what a stranger may see
    #[arg(long)]
    pub(crate) public: bool,
    /// With jsonl: --out is a folder that gets library.jsonl and the original files; `import FOLDER` gives both back
    #[arg(long, requires = "out", conflicts_with = "public")]
    pub(crate) with_originals: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatArg {
    /// Canonical JSON lines
    Jsonl,
    /// EPUB 3.3
    Epub,
    /// One HTML file a work
    Html,
    /// Plain text
    Txt,
    /// Markdown
    Md,
}

#[derive(Debug, Args)]
pub(crate) struct UndoArgs {
    /// The import's number (`fanfold status` lists them)
    pub(crate) import: i64,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Read and hash the originals: all of them, or 1/N
    #[arg(long, value_name = "1/N", num_args = 0..=1, default_missing_value = "1/1", require_equals = true)]
    pub(crate) read_data: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct BackupArgs {
    /// An empty folder
    pub(crate) to: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    /// The backup's folder
    pub(crate) from: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct ReprocessArgs {
    /// Which works (default: all)
    #[arg(allow_hyphen_values = true, value_name = "QUERY")]
    pub(crate) query: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ConfigArgs {
    /// What to do
    #[arg(default_value = "check")]
    pub(crate) what: ConfigWhat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ConfigWhat {
    /// Each value, and where it came from
    Check,
}

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// Where to listen
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8420")]
    pub(crate) listen: SocketAddr,
    /// Serve strangers: read-only, public works only
    #[arg(long)]
    pub(crate) public: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}
