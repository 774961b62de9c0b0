//! What others answered in a thread: kept as reviews of the chapter before them. A post of the story's author that is no
//! chapter is the reply to the last reader.

use super::posts::Post;
use super::thread::Thread;
use crate::comments::{Said, settle};
use fanfold_model::Extracted;

/// Lays the posts that are no chapters with the story; `ends` says how many chapters there are once each chosen post
/// has given its own.
pub(super) fn keep(
    thread: &Thread,
    chosen: &[&Post],
    ends: &[usize],
    rule: &'static str,
    read: &mut Extracted,
) {
    let mut chapter = 0;
    let mut said = Vec::new();
    for post in &thread.posts {
        if let Some(at) = chosen.iter().position(|own| std::ptr::eq(*own, post)) {
            chapter = ends.get(at).copied().unwrap_or(chapter);
            continue;
        }
        said.push(Said {
            by: post.author.clone(),
            date: post.day.clone(),
            html: post.html.clone(),
            chapter: Some(chapter).filter(|chapter| *chapter > 0),
            tells_nothing: true,
            ..Said::default()
        });
    }
    let opener = thread.opener.clone();
    let told = chosen.iter().map(|post| post.author.clone());
    let authors: Vec<String> = opener.into_iter().chain(told).collect();
    settle(said, &authors, rule, read);
}
