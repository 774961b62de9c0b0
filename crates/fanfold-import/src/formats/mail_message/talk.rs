//! Story or talk: the lists that carried stories carried letters about them, rules, questions and thanks too. What
//! speaks for a story is weighed against what speaks for a letter; with nothing on either side it is a letter.

use super::subject::Subject;
use crate::text_work::{only_stories_carry, reads_as_telling, tells_a_story};
use fanfold_model::Extracted;

/// Why a message is no story; `None` where it is one.
pub(super) fn reason(
    subject: &Subject,
    title: &str,
    text: &str,
    read: &Extracted,
) -> Option<&'static str> {
    let quoted = Quoted::of(text);
    let own: String =
        text.lines().filter(|line| !is_quoted(line)).flat_map(|line| [line, "\n"]).collect();
    let labels = read.fields.iter().filter(|field| only_stories_carry(field)).count();
    let words = own.split_whitespace().count();
    let tells = tells_a_story(&own) || reads_as_telling(&own);
    let speaks_for = 2 * usize::from(subject.announces)
        + 2 * usize::from(subject.part.is_some())
        + 2 * usize::from(tells)
        + usize::from(labels >= 1)
        + 2 * usize::from(labels >= 2)
        + usize::from(words >= 800);
    let lower = title.to_lowercase();
    let asks = ASKS.iter().any(|words| lower.contains(words));
    let talk = TALK.iter().filter(|words| own.to_lowercase().contains(**words)).count().min(3);
    let answers =
        2 * usize::from(subject.is_reply) + 2 * usize::from(quoted.attributed) + quoted.weight;
    let speaks_against = answers + 4 * usize::from(subject.denies) + 3 * usize::from(asks) + talk;
    match () {
        () if speaks_for == 0 && speaks_against == 0 => {
            Some("it is a letter: nothing in it tells a story")
        }
        () if speaks_for > speaks_against => None,
        () if subject.denies || asks => Some("its subject says that it is no story"),
        () if answers > 0 => Some("it answers another message"),
        () => Some("it is a letter about stories"),
    }
}

const ASKS: &[&str] = &[
    "looking for",
    "does anyone",
    "where can i find",
    "archive update",
    "list rules",
    "list update",
    "unsubscribe",
    "out of town",
    "new archive",
    "new list",
    "site update",
    "story request",
    "thank you",
    "happy birthday",
    "recommend",
    "feedback for",
    "review of",
    "episode guide",
];

const TALK: &[&str] = &[
    "i loved ",
    "i really enjoyed",
    "i enjoyed",
    "thanks for",
    "this list",
    "on the list",
    "does anyone",
    "can't wait for",
    "your story",
    "great story",
    "please post",
    "unsubscribe",
    "the archive",
    "keep writing",
    "what does everyone think",
    "i agree",
    "imho",
    "just my opinion",
    "welcome to the list",
    "your fic",
];

struct Quoted {
    weight: usize,
    attributed: bool,
}

impl Quoted {
    fn of(text: &str) -> Self {
        let filled = text.lines().filter(|line| !line.trim().is_empty());
        let (all, quoted) = filled
            .fold((0, 0), |(all, quoted), line| (all + 1, quoted + usize::from(is_quoted(line))));
        let weight = match quoted * 100 / all.max(1) {
            0 => 0,
            1..20 => 1,
            _ => 3,
        };
        let top = text.lines().filter(|line| !line.trim().is_empty()).take(12);
        let attributes = |line: &str| {
            let line = line.trim_end();
            ["wrote:", "writes:", "wrote...", "schrieb:", "said:", "a écrit :", "escribió:"]
                .iter()
                .any(|end| line.ends_with(end))
        };
        Self { weight, attributed: quoted > 0 && top.into_iter().any(attributes) }
    }
}

/// "> text", "AB> text", "| text".
fn is_quoted(line: &str) -> bool {
    let bare = line.trim_start();
    let initials = bare
        .find('>')
        .is_some_and(|at| at <= 4 && bare[..at].chars().all(|c| c.is_ascii_uppercase()));
    initials && !bare.starts_with(">From ") || bare.starts_with("| ")
}
