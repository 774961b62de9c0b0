//! Chapters across versions: by address, then equal text, then best containment, then position
//! (contract section 2). A matched chapter keeps its uid, and with it reading positions.

use crate::hashing;
use fanfold_alike::{containment, words};
use fanfold_model::{Chapter, Uid, Work};

/// How much of the smaller text must be shared.
const SHARED: f64 = 0.3;

/// Gives every chapter of `new` the uid of the chapter of `old` that it continues, or a new one.
pub(crate) fn keep_chapter_uids(work: Uid, version: u32, old: &[Chapter], new: &mut Work) {
    let mut free: Vec<&Chapter> = old.iter().filter(|chapter| chapter.uid.is_some()).collect();
    let mut found: Vec<Option<Uid>> = vec![None; new.chapters.len()];
    for rule in [by_address, by_equal_text, by_containment, by_position] {
        for (place, chapter) in new.chapters.iter().enumerate() {
            if found[place].is_none()
                && let Some(index) = rule(chapter, &free)
            {
                found[place] = free.remove(index).uid;
            }
        }
    }
    for (chapter, uid) in new.chapters.iter_mut().zip(found) {
        chapter.uid = uid.or_else(|| Some(hashing::chapter_uid(work, version, chapter.position)));
    }
}

/// Mints uids for the chapters of a work's first version, where they have none.
pub(super) fn mint_chapter_uids(uid: Uid, work: &mut Work) {
    for chapter in &mut work.chapters {
        if chapter.uid.is_none() {
            chapter.uid = Some(hashing::chapter_uid(uid, 1, chapter.position));
        }
    }
}

fn by_address(chapter: &Chapter, old: &[&Chapter]) -> Option<usize> {
    let url = chapter.url.as_ref()?;
    old.iter().position(|other| other.url.as_ref() == Some(url))
}

fn by_equal_text(chapter: &Chapter, old: &[&Chapter]) -> Option<usize> {
    let key = hashing::text_key(&chapter.html);
    old.iter().position(|other| hashing::text_key(&other.html) == key)
}

fn by_containment(chapter: &Chapter, old: &[&Chapter]) -> Option<usize> {
    let own = words(&chapter.html);
    let shares = old.iter().map(|other| containment(&own, &words(&other.html)));
    let best = shares.enumerate().max_by(|a, b| a.1.total_cmp(&b.1))?;
    (best.1 >= SHARED).then_some(best.0)
}

fn by_position(chapter: &Chapter, old: &[&Chapter]) -> Option<usize> {
    old.iter().position(|other| other.position == chapter.position)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chapter(position: u32, text: &str) -> Chapter {
        let html = format!("<p>{text}</p>");
        Chapter { position, html, ..Chapter::default() }
    }

    #[test]
    fn a_chapter_put_in_front_does_not_move_the_uids_of_the_others() {
        let uid = hashing::uid_in("work", hashing::hash(b"x"), 0);
        let mut first = Work {
            chapters: vec![
                chapter(1, "the lamp was lit and the long table laid for nine"),
                chapter(2, "nobody came until the storm had blown itself out at sea"),
            ],
            ..Work::default()
        };
        mint_chapter_uids(uid, &mut first);
        let mut second = Work {
            chapters: vec![
                chapter(1, "a word before we begin about how this tale was found"),
                chapter(2, "the lamp was lit and the long table laid for nine"),
                chapter(3, "nobody came until the storm had blown itself out at sea, they say"),
            ],
            ..Work::default()
        };
        keep_chapter_uids(uid, 2, &first.chapters, &mut second);
        assert_eq!(second.chapters[1].uid, first.chapters[0].uid);
        assert_eq!(second.chapters[2].uid, first.chapters[1].uid);
        assert_ne!(second.chapters[0].uid, first.chapters[0].uid);
    }
}
