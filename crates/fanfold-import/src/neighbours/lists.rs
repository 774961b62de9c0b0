//! Catalogues as text and as pages: which line speaks of which file. Only files that lie there are listed, so that no
//! form of list has to be known: a line that begins or ends with the name of a file beside it speaks of that file.

use fanfold_text::document::{Document, Element};
use std::collections::{BTreeMap, HashSet};

/// What a catalogue says of a file, by the file's name in lower case.
pub(super) type Entries = BTreeMap<String, Said>;

/// A line about a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Said {
    /// The words of the link to it, where they are more than its name.
    pub(super) title: Option<String>,
    /// Everything said of it, in one line.
    pub(super) words: String,
}

/// A list of files as text: names in front or behind, sizes and dates, descriptions that go on in the next line.
pub(super) fn of_text(text: &str, names: &HashSet<String>) -> Entries {
    let mut entries = Entries::new();
    let mut last: Option<String> = None;
    for line in text.lines() {
        let line: String = line.chars().filter(|c| !c.is_control() || *c == '\t').collect();
        let line = line.as_str();
        if line.trim().is_empty() {
            last = None;
            continue;
        }
        let goes_on = line.starts_with([' ', '\t', '|', '+']);
        match named(line, names) {
            Some((name, words)) => {
                entries.entry(name.clone()).or_insert_with(|| Said { title: None, words });
                last = Some(name);
            }
            None if goes_on => {
                let more = line.trim_matches(|c: char| c.is_whitespace() || c == '|' || c == '+');
                if let Some(said) = last.as_ref().and_then(|name| entries.get_mut(name)) {
                    said.words = format!("{} {more}", said.words).trim().to_owned();
                }
            }
            None => last = None,
        }
    }
    entries
}

/// The file that a line names, and what it says of it.
fn named(line: &str, names: &HashSet<String>) -> Option<(String, String)> {
    let line = line.trim();
    let (first, behind) = match line.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
        Some(quoted) => quoted,
        None => line.split_once([' ', '\t', '|', '^', ';']).unwrap_or((line, "")),
    };
    let known = |word: &str| {
        let word = word.trim_matches([':', ',', '.', '-', '[', ']', '(', ')']).to_lowercase();
        names.contains(&word).then_some(word)
    };
    if let Some(name) = known(first) {
        return Some((name, described(behind)));
    }
    let (before, last) = line.rsplit_once([' ', '\t', '|', '.'].as_slice())?;
    let by_stem = line.rsplit_once([' ', '\t', '|']);
    let (before, last) = by_stem.unwrap_or((before, last));
    let name = known(last)?;
    let words = before.trim().trim_end_matches(['.', ' ', '\t', '-', '|', ':']);
    Some((name, words.to_owned()))
}

/// A description without the columns before it: signs, sizes, dates.
fn described(words: &str) -> String {
    let joints =
        |c: char| c.is_whitespace() || matches!(c, '|' | '^' | '-' | ':' | '.' | '*' | '=');
    let mut rest = words.trim_start_matches(joints);
    for _ in 0..4 {
        let (word, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        if !is_column(word) {
            break;
        }
        rest = behind.trim_start_matches(joints);
    }
    rest.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "12345", "12k", "04-12-95", "[00]".
fn is_column(word: &str) -> bool {
    let bare = word.trim_matches(['[', ']', '(', ')']).to_ascii_lowercase();
    let bare = bare.trim_end_matches("bytes").trim_end_matches(['k', 'b']);
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    digits >= 2
        && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | ',' | ':'))
}

/// A page that links to the files: the words of the link and of the line around it.
pub(super) fn of_page(page: &Document, names: &HashSet<String>) -> Entries {
    let mut entries = Entries::new();
    for link in page.select("a[href]") {
        let Some(href) = link.attr("href") else { continue };
        let target = href.split(['#', '?']).next().unwrap_or_default().trim_start_matches("./");
        let target = target.replace("%20", " ").to_lowercase();
        if target.contains("://") || target.contains('/') || !names.contains(&target) {
            continue;
        }
        let text = link.line();
        let title = (!text.is_empty() && text.to_lowercase() != target).then_some(text);
        let said = Said { title, words: around(&link) };
        entries.entry(target).or_insert(said);
    }
    entries
}

/// The line that a link stands in: its item, row or paragraph, if it holds no other link of its kind; else what follows
/// the link up to the next break.
fn around(link: &Element<'_>) -> String {
    let line = link.ancestors().find(|own| matches!(own.name(), "li" | "tr" | "p" | "dt" | "dd"));
    if let Some(line) = line.filter(|own| own.select("a[href]").len() <= 2) {
        let mut words = line.line();
        if line.name() == "dt"
            && let Some(next) = line.next_element().filter(|next| next.name() == "dd")
        {
            words = format!("{words} - {}", next.line());
        }
        return words;
    }
    let mut words = link.line();
    for node in link.following().take(6) {
        match node.element() {
            Some(own) if matches!(own.name(), "a" | "br" | "p" | "li" | "tr" | "hr") => break,
            Some(own) => words = format!("{words} {}", own.line()),
            None => words = format!("{words} {}", fanfold_text::document::text_of(&node.html())),
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> HashSet<String> {
        ["lamp.txt", "stairs.txt", "sill.htm"].map(str::to_owned).into()
    }

    #[test]
    fn lists_of_many_forms_give_the_words_about_each_file() {
        for text in [
            "lamp.txt The Lamp, by Wren\nstairs.txt They creak\n",
            "LAMP.TXT   12345 04-12-95  The Lamp, by Wren\nSTAIRS.TXT  900 04-13-95  They\n            | creak\n",
            "\"lamp.txt\" The Lamp, by Wren\x04\r\nstairs.txt\tThey creak\r\n",
            "lamp.txt^The Lamp, by Wren\nstairs.txt^They creak\n",
            "The Lamp, by Wren .......... lamp.txt\nThey creak ........ stairs.txt\n",
            "An index of tales\n\nlamp.txt: The Lamp, by Wren\nstairs.txt: They creak\nnone.txt: nothing\n",
        ] {
            let entries = of_text(text, &names());
            let words: Vec<(&str, &str)> =
                entries.iter().map(|(name, said)| (name.as_str(), said.words.as_str())).collect();
            assert_eq!(
                words,
                [("lamp.txt", "The Lamp, by Wren"), ("stairs.txt", "They creak")],
                "{text}"
            );
        }
    }

    #[test]
    fn a_page_tells_by_its_links_and_their_lines() {
        let page = Document::parse(
            "<ul><li><a href=\"lamp.txt\">The Lamp</a> by Wren</ul><a href='SILL.htm'>The Sill</a> (PG) <i>short</i><br><a href='http://x.example/stairs.txt'>x</a>",
        );
        let entries = of_page(&page, &names());
        assert_eq!(
            entries["lamp.txt"],
            Said { title: Some("The Lamp".to_owned()), words: "The Lamp by Wren".to_owned() }
        );
        assert_eq!(entries["sill.htm"].words, "The Sill (PG) short");
        assert_eq!(entries.len(), 2);
    }
}
