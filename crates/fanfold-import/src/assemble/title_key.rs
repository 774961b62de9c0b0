//! A title spelled so that the parts of one work agree: part mark, list tags, case, signs and underscores off.

use super::reposts::without_revision;
use crate::text_work::{part_mark, without_part_mark};
use fanfold_model::fold_name;

/// What mail and news subjects put in front of a title.
const IN_FRONT: [&str; 8] = ["re:", "fwd:", "fw:", "new:", "repost:", "fic:", "rep:", "fanfic:"];

/// The key of a title; empty when nothing of it is left.
pub(super) fn title_key(title: &str) -> String {
    let title = without_revision(title);
    let bare = match part_mark(&title) {
        Some(mark) => without_revision(&without_part_mark(&title, &mark).0),
        None => title,
    };
    let folded = fold_name(&bare.replace('_', " "));
    let mut rest = folded.as_str();
    loop {
        let before = rest;
        rest = rest.trim_start();
        for word in IN_FRONT {
            rest = rest.strip_prefix(word).unwrap_or(rest).trim_start();
        }
        if let Some((_, after)) = rest
            .strip_prefix('[')
            .and_then(|tag| tag.split_once(']'))
            .filter(|(_, after)| !after.trim().is_empty())
        {
            rest = after;
        }
        if rest == before {
            break;
        }
    }
    let signs = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    rest.chars().map(signs).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
