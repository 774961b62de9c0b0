//! Forum thread: a story told in the posts of a thread, on a board that runs XenForo, vBulletin, phpBB, SMF, Invision or
//! Discourse, as a browser or a mirror saved the page.
//!
//! Recognised by several posts with an author each, in the class names of those programs or of a board like them. Read:
//! posts with a threadmark, under its title; without threadmarks the posts of the thread's opener that tell a story or
//! begin a chapter; labels of the first post; the thread's title as a subject line; its tags; the board's day of each
//! post. Other people's posts are kept as reviews of the chapter before them, the opener's answers as replies; quotations,
//! signatures and notes about edits are left out. Pages of one thread join by its address. Known damage: later pages do not say who opened the thread: then the one who tells is taken.
//!
//! Not read: threads of many authors' short pieces, polls, attachments.

use super::site_page;
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use crate::page;
use fanfold_model::ReadAs;

mod answers;
mod layouts;
mod posts;
mod story;
mod thread;

/// The importer.
pub(crate) struct ForumThread;

impl Importer for ForumThread {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "forum-thread",
            name: "Forum thread",
            description: "A story told in a thread of a board",
            docs: "Posts with a threadmark, else the opener's posts that tell a story, become chapters; what others \
                   answered is kept as reviews. Several saved pages of a thread become one work.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        if !probe.is_text() {
            return None;
        }
        let head = probe.lower();
        let board = layouts::LAYOUTS.iter().any(|layout| {
            let has = |sign: &&str| head.contains(*sign);
            layout.signs.iter().all(has)
        });
        board.then_some(Match { score: 925, reason: "It has the posts of a thread on a board." })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let decoded = input.text()?;
        let page = match page::parse(&decoded.text) {
            Ok(page) => page,
            Err(finding) => {
                sink.extracted(input.refusal(ReadAs::NotUnderstood, finding));
                return Ok(());
            }
        };
        let read = match thread::of(&page, input.url()) {
            Some(thread) => story::read(&thread),
            None => site_page::not_a_work("It is a page of a board without a thread's posts."),
        };
        sink.extracted(site_page::finish(read, input)?);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
