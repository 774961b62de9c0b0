//! The words of subject lines: what marks an answer, what announces a story, what says that it is none.

use fanfold_model::fold_name;

const REPLY: &[&str] = &["re", "aw", "sv", "antw", "fwd", "fw", "rép", "res"];

const ANNOUNCE: &[&str] = &[
    "new",
    "fic",
    "fanfic",
    "story",
    "repost",
    "new story",
    "new fic",
    "ff",
    "fanfiction",
    "post",
    "xpost",
    "rep",
    "reposting",
    "ficlet",
    "drabble",
    "poem",
    "filk",
    "revised",
    "complete",
    "wip",
    "vignette",
    "parody",
    "rewrite",
];

const DENY: &[&str] = &[
    "admin",
    "adm",
    "rec",
    "recs",
    "fb",
    "feedback",
    "faq",
    "ot",
    "off topic",
    "tan",
    "meta",
    "q",
    "question",
    "disc",
    "discussion",
    "loc",
    "req",
    "request",
    "review",
    "reviews",
    "announce",
    "announcement",
    "ann",
    "poll",
    "challenge",
    "test",
    "welcome",
    "intro",
    "help",
    "news",
    "spoilers",
    "index",
    "search",
    "lf",
    "sub",
    "chat",
    "comment",
    "comments",
    "thanks",
    "digest",
    "rant",
    "advice",
];

/// Whether words before a colon mark an answer or a forwarded message.
pub(super) fn is_reply(word: &str) -> bool {
    REPLY.contains(&bare(word).as_str())
}

/// Whether a tag announces a story.
pub(super) fn is_announcement(word: &str) -> bool {
    ANNOUNCE.contains(&bare(word).as_str()) || crate::assemble::is_revision_word(word)
}

/// Whether a tag says that the message is something else.
pub(super) fn is_denial(word: &str) -> bool {
    DENY.contains(&bare(word).as_str())
}

/// "Re[2]" and "RE^3" count as "re".
fn bare(word: &str) -> String {
    let signs = |c: char| c.is_ascii_digit() || "[]()^*!".contains(c);
    fold_name(word.trim().trim_end_matches(signs))
}

/// "VOY", "TNG/VOY", "DS9": a show or list in capitals.
pub(super) fn is_code(word: &str) -> bool {
    let spelled = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "/-& +".contains(c);
    (2..=14).contains(&word.len())
        && word.chars().any(|c| c.is_ascii_uppercase())
        && word.chars().all(spelled)
}

/// "P/C", "Holmes/Watson", "Alice/Hatter/Hare".
pub(super) fn is_pairing(text: &str) -> bool {
    let names: Vec<&str> = text.split('/').map(str::trim).collect();
    let name = |name: &&str| {
        name.starts_with(char::is_uppercase)
            && name.len() <= 20
            && name.chars().all(|c| c.is_alphabetic() || c == '.')
    };
    (2..=4).contains(&names.len()) && names.iter().all(name) && !crate::text_work::is_rating(text)
}
