//! Words that say how a pairing is meant: minor, implied, past, eventual … The pair stays a pair; the wording with its
//! qualifier stays as a tag.

use crate::fold::fold;

/// Words before a pair or in brackets behind it, folded.
const QUALIFIERS: &[&str] = &[
    "minor",
    "some",
    "eventual",
    "implied",
    "established",
    "past",
    "previous",
    "former",
    "future",
    "possible",
    "potential",
    "slight",
    "mild",
    "light",
    "hints of",
    "hint of",
    "a hint of",
    "hinted",
    "mentions of",
    "mention of",
    "mentioned",
    "a bit of",
    "bit of",
    "a little",
    "brief",
    "background",
    "side",
    "one-sided",
    "onesided",
    "one sided",
    "unrequited",
    "pre",
    "pre-",
    "pre-slash",
    "preslash",
    "post",
    "ex",
    "off screen",
    "off-screen",
    "offscreen",
    "unresolved",
    "sort of",
    "kind of",
    "kinda",
    "very slight",
    "very minor",
    "very mild",
    "maybe",
    "perhaps",
    "suggested",
    "references to",
    "reference to",
    "friendship",
    "gen",
    "platonic",
    "ust",
    "rst",
    "angedeutet",
    "leicht",
    "vergangen",
    "erwahnt",
    "sous-entendu",
    "sous-entendus",
    "evoque",
    "accennato",
    "accennata",
    "passato",
    "implicito",
    "pasado",
    "leve",
    "passado",
    "намек на",
    "намек",
    "прошлый",
    "упоминание",
    "minor:",
    "implied:",
    "past:",
];

/// Words that say that a pair is the chief one; they are no tag.
const CHIEF: &[&str] = &[
    "main",
    "mainly",
    "mostly",
    "primary",
    "primarily",
    "chiefly",
    "major",
    "lots of",
    "of course",
    "definitely",
    "central",
    "hauptpairing",
    "eventually",
    "main pairing",
    "main:",
    "canon",
    "canonical",
    "the usual",
    "usual",
];

/// Words that make a pair of friends.
const FRIENDS: &[&str] = &[
    "friendship",
    "friendship only",
    "friends",
    "gen",
    "platonic",
    "brotherly",
    "just friends",
    "friendly",
    "no slash",
    "family",
    "freundschaft",
    "amitie",
    "amicizia",
    "amistad",
    "amizade",
    "дружба",
    "броманс",
    "bromance",
    "友情",
];

/// A pairing's entry, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Qualified {
    /// The entry without its qualifier.
    pub(crate) pair: String,
    /// Whether a qualifier stood with it.
    pub(crate) qualified: bool,
    /// Whether it is said to be a friendship.
    pub(crate) friends: bool,
}

/// Parts an entry from the qualifiers around it.
pub(crate) fn part(entry: &str) -> Qualified {
    let mut read = Qualified { pair: entry.trim().to_owned(), qualified: false, friends: false };
    for _ in 0..4 {
        let before = read.pair.clone();
        bracket(&mut read);
        front(&mut read);
        back(&mut read);
        if read.pair == before {
            break;
        }
    }
    read
}

/// "Jim/Ben (implied)", "Jim/Ben (it's complicated)"; a bracket that belongs to a name stays.
fn bracket(read: &mut Qualified) {
    let Some(open) = read.pair.rfind(['(', '[']) else { return };
    let Some(inner) = read.pair[open + 1..].strip_suffix([')', ']']) else { return };
    let rest = read.pair[..open].trim();
    let folded = fold(inner);
    let is_qualifier = folded.split([',', '/', '&']).any(|word| QUALIFIERS.contains(&word.trim()));
    let is_friends = FRIENDS.contains(&folded.as_str());
    let is_remark =
        inner.starts_with(char::is_lowercase) && inner.contains(' ') && !inner.contains('/');
    let is_chief = CHIEF.contains(&folded.as_str());
    if rest.is_empty() || !(is_qualifier || is_friends || is_remark || is_chief) {
        return;
    }
    read.friends |= is_friends;
    read.qualified |= is_qualifier && !is_chief;
    read.pair = rest.to_owned();
}

fn front(read: &mut Qualified) {
    let words: Vec<&str> = read.pair.split(' ').collect();
    for take in (1..=3).rev() {
        if words.len() <= take {
            continue;
        }
        let head = fold(&words[..take].join(" "));
        let head = head.trim_end_matches([':', ',']);
        let is_chief = CHIEF.contains(&head);
        if !(is_chief || QUALIFIERS.contains(&head)) {
            continue;
        }
        read.friends |= FRIENDS.contains(&head);
        read.qualified |= !is_chief;
        read.pair = words[take..].join(" ").trim_start_matches([':', '-', ' ']).to_owned();
        return;
    }
    if let Some(rest) = read.pair.strip_prefix("pre-").or_else(|| read.pair.strip_prefix("Pre-")) {
        read.pair = rest.to_owned();
        read.qualified = true;
    }
}

fn back(read: &mut Qualified) {
    let words: Vec<&str> = read.pair.split(' ').collect();
    for take in (1..=2).rev() {
        if words.len() <= take {
            continue;
        }
        let at = words.len() - take;
        let tail = fold(&words[at..].join(" "));
        let tail = tail.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
        let is_friends = FRIENDS.contains(&tail);
        let qualified = [
            "implied",
            "mentioned",
            "eventually",
            "ust",
            "rst",
            "pre-slash",
            "preslash",
            "hinted",
            "if you squint",
            "angedeutet",
            "one-sided",
            "slash",
            "het",
            "romance",
        ]
        .contains(&tail);
        if is_friends || qualified {
            read.friends |= is_friends;
            read.qualified |= qualified && !matches!(tail, "slash" | "het" | "romance");
            read.pair =
                words[..at].join(" ").trim_end_matches([',', '-', ':', ' ', '\u{2013}']).to_owned();
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn qualifiers_are_parted_from_pairs_wherever_they_stand() {
        for (entry, pair, qualified, friends) in [
            ("Jim/Ben", "Jim/Ben", false, false),
            ("minor Jim/Ben", "Jim/Ben", true, false),
            ("hints of Jim/Ben", "Jim/Ben", true, false),
            ("Jim/Ben (implied)", "Jim/Ben", true, false),
            ("Jim/Ben (past, mentioned)", "Jim/Ben", true, false),
            ("Hatter/Time (it's complicated)", "Hatter/Time", false, false),
            ("Loki (Marvel)/Thor (Marvel)", "Loki (Marvel)/Thor (Marvel)", false, false),
            ("Jim and Ben friendship", "Jim and Ben", false, true),
            ("pre-Jim/Ben", "Jim/Ben", true, false),
            ("mainly Jim/Ben", "Jim/Ben", false, false),
            ("past", "past", false, false),
            ("Main: Jim/Ben", "Jim/Ben", false, false),
        ] {
            let read = part(entry);
            assert_eq!(
                (read.pair.as_str(), read.qualified, read.friends),
                (pair, qualified, friends),
                "{entry}"
            );
        }
    }
}
