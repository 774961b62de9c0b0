//! What surrounds a story and is not part of it: navigation, counters, "back to index", mail
//! signatures, list footers, host advertisements, capture notes. Parted from the text, kept as a field.

use super::lines::{Line, fold, is_blank_char};

const WHOLE: &[&str] = &[
    "view raw",
    "more information",
    "printer",
    "table of contents",
    "- text size +",
    "chapter or story",
    "work header",
    "work text",
    "chapter text",
    "work text:",
    "chapter text:",
    "home",
    "login",
    "log in",
    "next",
    "previous",
    "back",
    "top",
    "index",
    "menu",
    "main",
    "read more... )",
    "collapse )",
    "<< >>",
    "like it?",
    "per recensire esegui il login o registrati.",
    "dimensione del testo a a a",
    "facebook",
    "twitter",
    "tumblr",
    "google",
    "yahoo",
    "aol.",
    "search",
    "reply",
    "share",
    "print",
    "advertisement",
    "end file.",
    "login with:",
    "start of story",
];

const STARTS: &[&str] = &[
    "back to ",
    "return to ",
    "go to ",
    "go back",
    "[reviews",
    "reviews - ",
    "you are visitor",
    "you are reader",
    "visitors since",
    "this page has been",
    "this page hosted",
    "this site hosted",
    "site hosted by",
    "hosted by",
    "build your free",
    "get your free",
    "convert this page",
    "background by",
    "graphics by",
    "tell the author",
    "like it? tell",
    "send feedback to the author",
    "click here",
    "please review",
    "best viewed",
    "last modified",
    "page last updated",
    "previous capture",
    "archived view",
    "⬅",
    "💾",
    "to unsubscribe",
    "to subscribe",
    "unsubscribe",
    "your use of yahoo",
    "do you yahoo",
    "get free email",
    "get your private",
    "sent via deja",
    "submitted through the",
    "segui la storia",
    "ricorda la storia",
    "your info will not be",
    "text size",
    "powered by",
    "website copyright",
    "all pages ©",
    "view my guestbook",
    "sign my guestbook",
    "join the ",
    "currently reading",
    "zuruck zu",
    "zuruck zum",
    "retour a",
    "torna a",
    "torna al",
    "volver a",
    "voltar ",
];

const INSIDE: &[&str] = &[
    "[reviews -",
    "discussion in '",
    "playlist navigation",
    "yahoo! groups",
    "mailing list",
    "geocities.com/",
    "free web hosting",
    "stories are copyright of their",
    "stories are the property of their",
    "site design by",
    "best viewed at",
    "best viewed in",
    "best viewed with",
    "webring",
    "web ring",
    "web counter",
    "hit counter",
    "efiction",
    "archive-script",
    "gnu general public",
    "skin by",
    "view printable",
    "add to favorites",
    "report abuse",
    "report this",
];

/// Whether a line is site or mail furniture by its words alone.
pub(crate) fn is_furniture(text: &str) -> bool {
    if text.len() > 160 {
        return false;
    }
    let folded = fold(text.trim_matches(['|', '*', '[', ']', '<', '>', '«', '»', ' ', '-', '=']));
    WHOLE.contains(&folded.as_str())
        || STARTS.iter().any(|start| folded.starts_with(start) && is_short_for(start, &folded))
        || INSIDE.iter().any(|part| folded.contains(part))
        || is_menu(text)
}

/// "Back to the castle they went, all of them ..." is a sentence, "Back to the index" is not.
fn is_short_for(start: &str, folded: &str) -> bool {
    let words = folded.split(' ').count();
    let common = matches!(
        start,
        "back to "
            | "return to "
            | "go to "
            | "go back"
            | "join the "
            | "retour a"
            | "torna a"
            | "torna al"
            | "volver a"
            | "voltar "
            | "click here"
            | "please review"
            | "hosted by"
    );
    if common { words <= 7 && !folded.ends_with(['.', '?', ',', '"', '”']) } else { words <= 25 }
}

/// "Home | Stories | Links": three or more short pieces between bars.
fn is_menu(text: &str) -> bool {
    let pieces: Vec<&str> = text.split(['|', '›', '»']).map(str::trim).collect();
    let short =
        pieces.iter().filter(|piece| !piece.is_empty() && piece.split(' ').count() <= 3).count();
    pieces.len() >= 3 && short >= 3 && short == pieces.len() && !text.contains([':', '.', '"'])
}

/// The index of the first line of the tail that is no story: signature, list footer, back links.
pub(super) fn tail_start(lines: &[Line<'_>], from: usize) -> usize {
    let signed = signature_start(lines, from).unwrap_or(lines.len());
    let mut end = signed;
    while let Some(last) = last_text(lines, from, end) {
        if !is_furniture(lines[last].text) && !(is_list_rule(lines, last, end)) {
            break;
        }
        end = last;
    }
    last_text(lines, from, end).map_or(end.min(lines.len()), |last| last + 1).max(from)
}

fn last_text(lines: &[Line<'_>], from: usize, end: usize) -> Option<usize> {
    (from..end).rev().find(|index| !lines[*index].is_blank())
}

/// A rule that stands right above furniture already taken.
fn is_list_rule(lines: &[Line<'_>], at: usize, end: usize) -> bool {
    end < lines.len() && lines[at].is_rule() && lines[at].text.len() >= 10
}

/// A line "--" or "-- " near the end with at most twelve lines after it, or a rule of underscores
/// followed by an address.
fn signature_start(lines: &[Line<'_>], from: usize) -> Option<usize> {
    let last = last_text(lines, from, lines.len())?;
    let first = last.saturating_sub(25).max(from + 1);
    (first..=last).find(|index| {
        let line = lines[*index];
        let after = last - index;
        let dashes = line.text == "--" && after <= 12 && after > 0;
        let list = line.text.starts_with("______")
            && line.is_rule()
            && after > 0
            && after <= 20
            && lines[index + 1..=last].iter().any(|line| {
                line.text.contains("http") || line.text.contains('@') || is_furniture(line.text)
            });
        dashes || list
    })
}

/// Whether a text holds letters or digits at all.
pub(super) fn has_words(text: &str) -> bool {
    text.chars().any(|c| c.is_alphanumeric() && !is_blank_char(c))
}
