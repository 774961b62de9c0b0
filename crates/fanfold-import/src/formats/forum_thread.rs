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

use super::site_page::{self, SitePage};
use crate::importer::{FormatInfo, Input, Match};
use fanfold_model::Extracted;
use fanfold_text::document::Document;

mod answers;
mod layouts;
mod posts;
mod story;
mod thread;

/// The importer.
pub(crate) struct ForumThread;

impl SitePage for ForumThread {
    const FORMAT: FormatInfo = FormatInfo {
        id: "forum-thread",
        name: "Forum thread",
        description: "A story told in a thread of a board",
        docs: "Posts with a threadmark, else the opener's posts that tell a story, become chapters; what others \
               answered is kept as reviews. Several saved pages of a thread become one work.",
    };

    fn recognise(&self, head: &str) -> Option<Match> {
        let board = layouts::LAYOUTS.iter().any(|layout| {
            let has = |sign: &&str| head.contains(*sign);
            layout.signs.iter().all(has)
        });
        board.then_some(Match { score: 925, reason: "It has the posts of a thread on a board." })
    }

    fn read(&self, page: &Document, input: &Input<'_>) -> Extracted {
        let thread = thread::of(page, input.url());
        let read = thread.map(|thread| story::read(&thread));
        read.unwrap_or_else(|| {
            site_page::not_a_work("It is a page of a board without a thread's posts.")
        })
    }
}

#[cfg(test)]
mod tests;
