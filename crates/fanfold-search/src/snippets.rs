//! Passages around what was found, as safe HTML with `<mark>`. The index keeps no text: the caller brings the texts of the
//! few works on a page.

use std::borrow::Cow;

use fanfold_model::query::{Node, Query, TextField, TextMatch};

use crate::stems::{StemCache, StemLanguage};
use crate::terms::Asked;
use crate::words::{Place, QueryWord, Shape, Words, composed, fold_word};

/// A text in which to look.
#[derive(Debug, Clone)]
pub struct Passage<'a> {
    /// Position of the chapter; `None` for the summary or notes.
    pub chapter: Option<u32>,
    /// Plain text.
    pub text: Cow<'a, str>,
}

/// A short piece of a text with marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Position of the chapter it is from; `None` for the summary or notes.
    pub chapter: Option<u32>,
    /// Escaped text; the only element is `<mark>`.
    pub html: String,
}

/// Bytes of text in one snippet, about.
const LENGTH: usize = 240;
/// Bytes shown before the first mark, about.
const LEAD: usize = 60;
/// Marks looked at in one text; a word that is everywhere is shown soon enough.
const MAX_MARKS: usize = 2_000;

/// The best passages of a work, most different words first, at most `max` of them, none overlapping. `language` is the one
/// the work was stemmed by. Empty when the query asks for nothing that stands in these texts. No further text is taken when
/// `max` passages were found that have everything: a novel is not gone through for a word of its first chapter.
#[must_use]
pub fn snippets<'a>(
    query: &Query,
    passages: impl IntoIterator<Item = Passage<'a>>,
    language: Option<&str>,
    max: usize,
) -> Vec<Snippet> {
    let language = language.and_then(StemLanguage::for_tag);
    let mut stems = StemCache::default();
    let (mut windows, mut texts, mut whole) = (Vec::new(), Vec::new(), 0);
    for passage in passages {
        let own = if passage.chapter.is_some() { TextField::Text } else { TextField::Summary };
        let mut patterns = Vec::new();
        if let Some(root) = &query.root {
            gather(root, own, language, &mut patterns);
        }
        let text = composed(&passage.text).into_owned();
        let marks = find(&text, &patterns, language, &mut stems);
        let found = best_windows(texts.len(), &marks, max);
        whole += found.iter().filter(|window| window.different == patterns.len()).count();
        windows.extend(found);
        texts.push((passage.chapter, text));
        if whole >= max {
            break;
        }
    }
    windows.sort_by_key(|window| {
        (std::cmp::Reverse((window.different, window.marks.len())), window.text, window.from)
    });
    let shown = windows.into_iter().take(max);
    shown
        .map(|window| {
            let (chapter, text) = &texts[window.text];
            Snippet { chapter: *chapter, html: html(text, &window) }
        })
        .collect()
}

/// What is asked of this text, exclusions left out.
fn gather(node: &Node, own: TextField, language: Option<StemLanguage>, patterns: &mut Vec<Asked>) {
    match node {
        Node::And(nodes) | Node::Or(nodes) => {
            nodes.iter().for_each(|node| gather(node, own, language, patterns))
        }
        Node::Text { field, what } if *field == own || *field == TextField::Anywhere => {
            patterns.push(asked(what, language));
        }
        _ => {}
    }
}

fn asked(what: &TextMatch, language: Option<StemLanguage>) -> Asked {
    Asked::from(what, language.as_slice())
}

/// A word of the text.
struct Token {
    folded: String,
    stem: Option<String>,
    place: Place,
    /// Where its first character ends.
    head: usize,
}

/// Something found: bytes, and which pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    from: usize,
    to: usize,
    pattern: usize,
}

fn find(
    text: &str,
    patterns: &[Asked],
    language: Option<StemLanguage>,
    stems: &mut StemCache,
) -> Vec<Mark> {
    if patterns.is_empty() {
        return Vec::new();
    }
    let tokens = tokens(text, language, stems);
    let mut marks = Vec::new();
    for start in 0..tokens.len() {
        for (pattern, asked) in patterns.iter().enumerate() {
            if let Some(to) = found_at(&tokens[start..], asked) {
                marks.push(Mark { from: tokens[start].place.from, to, pattern });
            }
        }
        if marks.len() >= MAX_MARKS {
            break;
        }
    }
    marks
}

fn tokens(text: &str, language: Option<StemLanguage>, stems: &mut StemCache) -> Vec<Token> {
    let (mut scan, mut lower, mut tokens) = (Words::new(text), String::new(), Vec::new());
    while let Some(place) = scan.next_into(&mut lower) {
        let folded = fold_word(&lower, place.shape).into_owned();
        let language = language.filter(|_| place.shape == Shape::Word);
        let stem = language
            .and_then(|language| stems.marked_stem(language, &lower, &folded))
            .map(str::to_owned);
        let head = place.from + text[place.from..].chars().next().map_or(0, char::len_utf8);
        tokens.push(Token { folded, stem, place, head });
    }
    tokens
}

/// Where what is asked ends, if it begins with the first of these words.
fn found_at(tokens: &[Token], asked: &Asked) -> Option<usize> {
    let first = tokens.first()?;
    match asked {
        Asked::Nothing => None,
        Asked::Forms(forms) => {
            let is_form = |token: &str| forms.iter().any(|form| form == token);
            (is_form(&first.folded) || first.stem.as_deref().is_some_and(is_form))
                .then_some(first.place.to)
        }
        Asked::Exactly(words) => row_end(tokens, words, |token, word, _| {
            word.lone && token.starts_with(&word.folded) || token == word.folded
        }),
        Asked::Beginning(words) => row_end(tokens, words, |token, word, last| {
            if last || word.lone { token.starts_with(&word.folded) } else { token == word.folded }
        }),
    }
}

fn row_end(
    tokens: &[Token],
    words: &[QueryWord],
    fits: impl Fn(&str, &QueryWord, bool) -> bool,
) -> Option<usize> {
    let (first, asked_first) = (tokens.first()?.place.position, words.first()?.position);
    let mut end = None;
    for (index, word) in words.iter().enumerate() {
        let wanted = first + word.position - asked_first;
        // A word too long to be indexed is no token, so positions may run ahead of the list.
        let token = tokens
            .iter()
            .take(word.position - asked_first + 1)
            .find(|token| token.place.position == wanted)?;
        if !fits(&token.folded, word, index + 1 == words.len()) {
            return None;
        }
        end = Some(if word.lone { token.head } else { token.place.to });
    }
    end
}

/// A piece of a text that shows some marks.
struct Window {
    text: usize,
    from: usize,
    different: usize,
    marks: Vec<Mark>,
}

/// Takes the best window again and again, then leaves out what overlaps it.
fn best_windows(text: usize, marks: &[Mark], max: usize) -> Vec<Window> {
    let mut left = marks.to_vec();
    let mut windows = Vec::new();
    while windows.len() < max {
        let candidates = (0..left.len()).map(|start| window_from(text, &left[start..]));
        let best = candidates.max_by_key(|window| {
            (window.different, window.marks.len(), std::cmp::Reverse(window.from))
        });
        let Some(best) = best else { break };
        let (from, to) = (best.from.saturating_sub(LENGTH), best.from + 2 * LENGTH);
        left.retain(|mark| mark.from < from || mark.from > to);
        windows.push(best);
    }
    windows
}

fn window_from(text: usize, marks: &[Mark]) -> Window {
    let from = marks.first().map_or(0, |mark| mark.from);
    let marks: Vec<_> =
        marks.iter().take_while(|mark| mark.to <= from + LENGTH - LEAD).copied().collect();
    let mut patterns: Vec<_> = marks.iter().map(|mark| mark.pattern).collect();
    patterns.sort_unstable();
    patterns.dedup();
    Window { text, from, different: patterns.len(), marks }
}

fn html(text: &str, window: &Window) -> String {
    let last = window.marks.iter().map(|mark| mark.to).max().unwrap_or(window.from);
    let start = word_start(text, window.from.saturating_sub(LEAD), window.from);
    let end = word_end(text, last.max(start + LENGTH), last);
    let mut html = String::from(if start > 0 { "\u{2026} " } else { "" });
    let mut at = start;
    for (from, to) in merged(&window.marks) {
        escape(&text[at..from], &mut html);
        html.push_str("<mark>");
        escape(&text[from..to], &mut html);
        html.push_str("</mark>");
        at = to;
    }
    escape(&text[at..end], &mut html);
    let cut = end < text.len();
    let mut html = html.trim_end().to_owned();
    html.push_str(if cut { " \u{2026}" } else { "" });
    html
}

/// Overlapping marks as one.
fn merged(marks: &[Mark]) -> Vec<(usize, usize)> {
    let mut spans: Vec<_> = marks.iter().map(|mark| (mark.from, mark.to)).collect();
    spans.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for (from, to) in spans {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    merged
}

/// The beginning of a word at or after `wanted`, not after `limit`.
fn word_start(text: &str, wanted: usize, limit: usize) -> usize {
    let wanted = text.floor_char_boundary(wanted);
    if wanted == 0 {
        return 0;
    }
    let mut letters = text[wanted..limit].char_indices();
    let space = letters.find(|(_, c)| c.is_whitespace());
    space
        .map_or(wanted, |(offset, c)| wanted + offset + c.len_utf8())
        .min(limit)
        .max(text.floor_char_boundary(wanted))
}

/// The end of a word at or before `wanted`, not before `limit`.
fn word_end(text: &str, wanted: usize, limit: usize) -> usize {
    if wanted >= text.len() {
        return text.len();
    }
    let wanted = text.floor_char_boundary(wanted).max(limit);
    text[limit..wanted].rfind(char::is_whitespace).map_or(wanted, |offset| limit + offset)
}

/// Escapes for HTML and draws white space together.
fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c if c.is_whitespace() => {
                if !html.ends_with(' ') {
                    html.push(' ');
                }
            }
            c if c.is_control() => {}
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(query: &str, text: &str) -> Vec<String> {
        let query = fanfold_model::query::parse(query).unwrap();
        let passages = [Passage { chapter: Some(1), text: text.into() }];
        snippets(&query, passages, Some("en"), 3).into_iter().map(|snippet| snippet.html).collect()
    }

    #[test]
    fn every_form_of_a_word_is_marked_and_the_text_is_escaped() {
        assert_eq!(
            shown("treasure -map", "He hid <treasures> & a \u{201c}map\u{201d}."),
            ["He hid &lt;<mark>treasures</mark>&gt; &amp; a \u{201c}map\u{201d}."]
        );
    }

    #[test]
    fn no_chapter_is_taken_once_enough_was_found_and_the_best_of_those_before_comes_first() {
        let query = fanfold_model::query::parse("lamp sea").unwrap();
        let mut taken = 0;
        let texts = ["A lamp.", "The sea and a lamp.", "Lamp and sea.", "A lamp at sea."];
        let passages = (1..).zip(texts).map(|(chapter, text)| {
            taken += 1;
            Passage { chapter: Some(chapter), text: text.into() }
        });
        let found = snippets(&query, passages, Some("en"), 2);
        let chapters: Vec<_> = found.iter().filter_map(|snippet| snippet.chapter).collect();
        assert_eq!((taken, chapters), (3, vec![2, 3]));
    }

    #[test]
    fn a_phrase_is_marked_only_where_all_of_it_stands() {
        assert_eq!(
            shown("\"the old house\"", "An old house. The\n old house!"),
            ["An old house. <mark>The old house</mark>!"]
        );
        assert_eq!(shown("\"house boat\"", "A house and a boat."), Vec::<String>::new());
    }

    #[test]
    fn beginnings_and_pairs_of_characters_are_marked() {
        assert_eq!(
            shown("isl*", "An island, an isle."),
            ["An <mark>island</mark>, an <mark>isle</mark>."]
        );
        assert_eq!(
            shown("\u{6771}\u{4eac}", "\u{ff08}\u{6771}\u{4eac}\u{90fd}\u{ff09}"),
            ["\u{ff08}<mark>\u{6771}\u{4eac}</mark>\u{90fd}\u{ff09}"]
        );
    }

    #[test]
    fn the_passage_with_most_different_words_comes_first_and_none_overlap() {
        let filler = "nothing happens here at all and the day is long ".repeat(20);
        let text = format!("A storm. {filler} A storm on the island. {filler} Another storm.");
        let found = shown("storm island", &text);
        assert_eq!(found.len(), 3);
        assert!(found[0].contains("<mark>storm</mark> on the <mark>island</mark>"), "{found:?}");
        assert!(found[0].starts_with('\u{2026}') && found[0].ends_with('\u{2026}'));
        assert!(found.iter().all(|html| html.len() < 400));
    }

    #[test]
    fn fields_that_do_not_cover_the_text_mark_nothing_in_it() {
        assert_eq!(shown("title:storm summary:storm", "A storm."), Vec::<String>::new());
        assert_eq!(shown("text:storm", "A storm.").len(), 1);
    }
}
