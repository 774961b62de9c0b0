//! Story or diary. A journal is a diary first: what speaks for a story (its labels, the subject's part and rating, the
//! owner's tags, speech told) is weighed against what speaks for a list, a quiz, a poll or a day's news. With nothing
//! on either side it is an entry of a diary.

use super::Entry;
use super::markup::Plain;
use crate::formats::mail_message::SubjectSays;
use crate::text_work;
use fanfold_model::{Extracted, fold_name};

/// Why an entry is no story; `None` where it is one.
pub(super) fn reason(
    entry: &Entry,
    plain: &Plain,
    subject: &SubjectSays,
    text: &str,
    read: &Extracted,
) -> Option<&'static str> {
    let speaks_for = stated(entry, plain, subject, read);
    let words = text.split_whitespace().count();
    let spoken = text.split("\n\n").filter(|paragraph| is_spoken(paragraph)).count();
    let tells = text_work::tells_a_story(text) || text_work::reads_as_telling(text);
    let told = 2 * usize::from(tells) + usize::from(tells && words >= 800);
    let lower = text.to_lowercase();
    let diary = DIARY.iter().filter(|cue| lower.contains(**cue)).count().min(3);
    let other = other_purpose(entry, subject);
    let voting = plain.polls && words < 300;
    match () {
        () if other && speaks_for < 4 => {
            Some("it is a list, a question or news, by its subject or its tags")
        }
        () if voting => Some("it asks its readers to vote"),
        () if speaks_for > diary => None,
        () if speaks_for + told == 0 => {
            Some("it is an entry of a diary: nothing in it tells a story")
        }
        // Days are told too; a story without any label speaks.
        () if told > diary && spoken >= 3 && words >= 120 => None,
        () => Some("it is an entry of a diary: nothing says that it is a story"),
    }
}

/// What says that it is a story, besides its telling.
fn stated(entry: &Entry, plain: &Plain, subject: &SubjectSays, read: &Extracted) -> usize {
    let labels = read.fields.iter().filter(|own| text_work::only_stories_carry(own)).count();
    let tagged = entry.tags.iter().any(|tag| has_word(tag, FICTION));
    let cut = plain
        .cuts
        .iter()
        .any(|cut| has_word(cut, FICTION) || text_work::chapter_mark(cut).is_some());
    3 * usize::from(subject.announces)
        + 3 * usize::from(subject.part)
        + 2 * usize::from(subject.rated)
        + 2 * usize::from(has_word(&entry.subject, FICTION))
        + usize::from(labels >= 1)
        + 3 * usize::from(labels >= 2)
        + 3 * usize::from(tagged)
        + usize::from(cut)
        + 2 * usize::from(read.chapters.len() >= 2)
}

/// Whether a paragraph begins with speech.
fn is_spoken(paragraph: &str) -> bool {
    paragraph.trim_start().starts_with(['"', '“', '„', '«', '—', '–', '‘', '「'])
}

/// Lists, quizzes, pictures, business.
fn other_purpose(entry: &Entry, subject: &SubjectSays) -> bool {
    let named = OTHER.iter().any(|word| contains_words(&entry.subject, word));
    let tagged = entry.tags.iter().any(|tag| OTHER.iter().any(|word| fold_name(tag) == *word));
    subject.denies || named || tagged
}

fn has_word(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| contains_words(text, word))
}

/// Whether whole words stand in a text.
fn contains_words(text: &str, words: &str) -> bool {
    let folded = fold_name(text);
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    folded.match_indices(words).any(|(at, found)| {
        edge(folded[..at].chars().next_back()) && edge(folded[at + found.len()..].chars().next())
    })
}

/// Words by which owners mark their stories, in tags, subjects and cuts.
const FICTION: &[&str] = &[
    "fic",
    "fics",
    "fanfic",
    "fanfics",
    "fan fic",
    "fanfiction",
    "fan fiction",
    "fiction",
    "ficlet",
    "ficlets",
    "drabble",
    "drabbles",
    "story",
    "stories",
    "oneshot",
    "one-shot",
    "slash",
    "femslash",
    "фик",
    "фики",
    "фанфик",
    "фанфики",
    "рассказ",
    "драббл",
    "geschichte",
    "histoire",
    "relato",
    "racconto",
];

/// Words by which owners mark what is no story.
const OTHER: &[&str] = &[
    "rec",
    "recs",
    "fic rec",
    "fic recs",
    "rec list",
    "meme",
    "memes",
    "quiz",
    "quizzes",
    "poll",
    "polls",
    "survey",
    "icons",
    "icon post",
    "picspam",
    "fanmix",
    "master list",
    "masterlist",
    "master post",
    "masterpost",
    "fic list",
    "fic index",
    "friends only",
    "friends cut",
    "mod post",
    "admin",
    "happy birthday",
    "looking for",
    "ficfinder",
    "fic search",
    "episode review",
    "episode reaction",
    "links",
    "link roundup",
    "real life",
    "sign-up",
    "sign up",
    "sign-ups",
    "challenge announcement",
    "round-up",
    "опрос",
    "рекомендации",
    "флешмоб",
];

/// Turns of a diary.
const DIARY: &[&str] = &[
    "my flist",
    "my f-list",
    "my friends list",
    "friends page",
    "went to work",
    "at work today",
    "work today",
    "class today",
    "this morning i",
    "my roommate",
    "you guys",
    "dear flist",
    "in other news",
    "so yeah",
    "anyway, i",
    "i'm so tired",
    "i need to update",
    "comment and i",
    "snagged from",
    "gacked from",
    "stolen from",
    "tagged by",
    "take this quiz",
    "which character are you",
    "you are most like",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole_words() {
        assert!(contains_words("FIC: The Lamp", "fic"));
        assert!(contains_words("my fic recs (oz)", "fic recs"));
        assert!(!contains_words("Traffic", "fic"));
        assert!(!contains_words("Recoil", "rec"));
    }
}
