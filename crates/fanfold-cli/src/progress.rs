//! What an import says while it works: a bar on a terminal, a line an item for programs.

use crate::output::Output;
use fanfold_app::ItemLine;
use fanfold_app::import::Progress;
use fanfold_model::{ItemOutcome, WorkId};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};

/// Shows bytes done, works taken and the time left.
pub(crate) struct Bar {
    bar: ProgressBar,
    taken: AtomicU64,
    items: AtomicU64,
}

impl Bar {
    /// A bar on stderr if that is a terminal and `quiet` is not asked for; else nothing.
    pub(crate) fn new(quiet: bool) -> Self {
        let target = if quiet || !std::io::stderr().is_terminal() {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        let style = "{bar:32} {bytes} of {total_bytes}, {eta} left  {msg}";
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style.progress_chars("━╸ "));
        }
        Self { bar, taken: AtomicU64::new(0), items: AtomicU64::new(0) }
    }

    /// Takes the bar away.
    pub(crate) fn done(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Bar {
    fn total(&self, bytes: u64) {
        self.bar.set_length(bytes);
    }

    fn item(&self, line: &ItemLine, _: Option<WorkId>) {
        let items = self.items.fetch_add(1, Ordering::Relaxed) + 1;
        let began = u64::from(matches!(line.outcome, ItemOutcome::Taken));
        let taken = self.taken.fetch_add(began, Ordering::Relaxed) + began;
        self.bar.set_message(format!("{items} items, {taken} works"));
    }

    fn bytes(&self, done: u64) {
        let total = self.bar.length().unwrap_or(done);
        self.bar.set_position(done.min(total));
    }
}

/// One JSON line an item, printed when what it changed is committed: whoever has read the line may
/// rely on it, whatever happens to this process.
pub(crate) struct Lines(pub(crate) Output);

impl Progress for Lines {
    fn total(&self, _: u64) {}

    fn item(&self, line: &ItemLine, work: Option<WorkId>) {
        self.0.object(&json!({
            "type": "item", "path": line.path, "member": line.member, "format": line.format,
            "outcome": line.outcome.as_str(), "work": work.map(|work| work.0), "reason": line.reason,
        }));
    }

    fn bytes(&self, _: u64) {}
}
