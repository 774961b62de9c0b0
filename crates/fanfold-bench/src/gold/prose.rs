//! Bodies: sentences of the vocabulary in an order of their own, as paragraphs in one of the forms in which they stand
//! in old files.

use serde::Deserialize;

use super::places::Picks;

/// How paragraphs stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Form {
    /// Each on one line, a blank line between.
    #[default]
    Plain,
    /// Wrapped at about seventy letters, a blank line between.
    Wrapped,
    /// Wrapped, the first line indented, no blank line.
    Indented,
    /// Every line followed by a blank one.
    Doubled,
    /// Each on one line, nothing between.
    Lines,
    /// `<p>` elements.
    P,
    /// Two `<br>` between.
    Br,
}

/// A body of so many paragraphs, and its words.
pub(crate) fn body(picks: &mut Picks<'_>, form: Form, paragraphs: usize) -> (String, usize) {
    let people = &picks.world().people;
    let (a, b) = (first_name(&people[0]), first_name(&people[1]));
    let paragraphs: Vec<String> = (0..paragraphs)
        .map(|_| {
            let sentences: Vec<String> =
                (0..3).map(|_| picks.sentence().replace("{a}", &a).replace("{b}", &b)).collect();
            sentences.join(picks.between_sentences())
        })
        .collect();
    let words = paragraphs.iter().map(|text| count(text)).sum();
    (laid_out(&paragraphs, form), words)
}

fn first_name(person: &str) -> String {
    person.split_whitespace().next().unwrap_or(person).to_owned()
}

fn count(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

fn laid_out(paragraphs: &[String], form: Form) -> String {
    let each = |lay: &dyn Fn(&String) -> String, between: &str| {
        paragraphs.iter().map(lay).collect::<Vec<_>>().join(between)
    };
    match form {
        Form::Plain => paragraphs.join("\n\n"),
        Form::Wrapped => each(&|text| wrapped(text, "", 70), "\n\n"),
        Form::Indented => each(&|text| wrapped(text, "    ", 68), "\n"),
        Form::Doubled => each(&|text| wrapped(text, "", 64).replace('\n', "\n\n"), "\n\n\n"),
        Form::Lines => paragraphs.join("\n"),
        Form::P => each(&|text| format!("<p>{text}</p>"), "\n"),
        Form::Br => paragraphs.join("<br>\n<br>\n"),
    }
}

/// Lines of at most `width` letters, the first with `indent` before it.
pub(crate) fn wrapped(text: &str, indent: &str, width: usize) -> String {
    let mut lines = vec![indent.to_owned()];
    for word in text.split_whitespace() {
        let line = lines.len() - 1;
        let is_bare = lines[line].trim().is_empty();
        if !is_bare && lines[line].chars().count() + word.chars().count() >= width {
            lines.push(word.to_owned());
        } else {
            lines[line].push_str(if is_bare { "" } else { " " });
            lines[line].push_str(word);
        }
    }
    lines.join("\n")
}
