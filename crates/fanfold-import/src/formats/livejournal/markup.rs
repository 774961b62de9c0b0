//! The journals' own tags as plain HTML: names of users, cuts, raw text, polls and embedded films. A cut is a boundary
//! of paragraphs; what its link says is kept, and is a line of the text where it marks a chapter.

use crate::text_work;
use fanfold_text::entities;

/// An entry's text without the journals' own tags.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Plain {
    /// Plain HTML.
    pub(super) html: String,
    /// Where the first cut is in the HTML.
    pub(super) first_cut: Option<usize>,
    /// What the links of the cuts said.
    pub(super) cuts: Vec<String>,
    /// Whether readers were asked to vote.
    pub(super) polls: bool,
    /// Whether the text behind a cut is missing, as on pages of several entries.
    pub(super) collapsed: bool,
}

/// Line ends as break tags, as the journals show a text that is not marked as formatted; not in tables, lists and
/// preformatted pieces.
pub(crate) fn with_breaks(html: &str) -> String {
    const KEEP: [&str; 6] = ["pre", "table", "ul", "ol", "lj-raw", "raw-code"];
    let mut out = String::with_capacity(html.len() + html.len() / 20);
    let mut kept = 0_usize;
    for piece in pieces(html) {
        match piece {
            Piece::Tag(tag) => {
                if KEEP.contains(&tag.name.as_str()) {
                    kept = if tag.closes { kept.saturating_sub(1) } else { kept + 1 };
                }
                out.push_str(tag.written);
            }
            Piece::Text(text) if kept > 0 => out.push_str(text),
            Piece::Text(text) => {
                out.push_str(
                    &text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "<br>\n"),
                );
            }
        }
    }
    out
}

/// Takes the journals' own tags out.
pub(super) fn plain(html: &str) -> Plain {
    let mut plain = Plain::default();
    let mut skipping: Option<Skip> = None;
    for piece in pieces(html) {
        if let Some(skip) = &mut skipping {
            if let Piece::Tag(tag) = &piece
                && skip.ends_with(tag)
            {
                skipping = None;
            }
            continue;
        }
        match piece {
            Piece::Text(text) => plain.html.push_str(text),
            Piece::Tag(tag) => skipping = plain.tag(&tag),
        }
    }
    // "( Read more... )", as pages of several entries show a cut.
    plain.collapsed = plain.first_cut.is_none() && plain.html.contains("#cutid");
    plain
}

/// An element whose content is left out.
struct Skip {
    name: String,
    depth: usize,
}

impl Skip {
    fn ends_with(&mut self, tag: &Tag<'_>) -> bool {
        if tag.name != self.name || tag.is_empty() {
            return false;
        }
        self.depth = if tag.closes { self.depth - 1 } else { self.depth + 1 };
        self.depth == 0
    }
}

impl Plain {
    /// Writes a tag; gives the element to leave out, if it is one.
    fn tag(&mut self, tag: &Tag<'_>) -> Option<Skip> {
        let skip =
            || (!tag.is_empty() && !tag.closes).then(|| Skip { name: tag.name.clone(), depth: 1 });
        match tag.name.as_str() {
            "lj-cut" | "cut" if tag.closes => self.html.push_str("<div></div>"),
            "lj-cut" | "cut" => self.cut(&tag.attribute("text").unwrap_or_default()),
            "lj" | "user" if !tag.closes => self.user(tag),
            "lj" | "user" | "lj-raw" | "raw-code" | "lj-spoiler" | "lj-repost" | "lj-like" => {}
            "lj-embed" | "lj-template" | "site-embed" | "site-template" | "lj-map" => {
                return skip();
            }
            name if name.starts_with("lj-poll") || name == "poll" || name.starts_with("poll-") => {
                self.polls = true;
                return skip();
            }
            "span" if tag.attribute("lj:user").is_some() || tag.has_class("ljuser") => {
                let name = ["lj:user", "data-ljuser"].iter().find_map(|own| tag.attribute(own));
                let Some(name) = name.filter(|_| !tag.closes) else {
                    self.html.push_str(tag.written);
                    return None;
                };
                self.html.push_str(&entities::escape(&name));
                return skip();
            }
            "a" if tag.attribute("name").is_some_and(|name| name.starts_with("cutid")) => {
                self.cut("");
                // The anchor itself shows nothing; what closes it closes nothing.
            }
            _ => self.html.push_str(tag.written),
        }
        None
    }

    fn user(&mut self, tag: &Tag<'_>) {
        let name = ["user", "comm", "name"].iter().find_map(|own| tag.attribute(own));
        self.html.push_str(&entities::escape(&name.unwrap_or_default()));
    }

    fn cut(&mut self, text: &str) {
        self.first_cut.get_or_insert(self.html.len());
        self.html.push_str("<div></div>");
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if text_work::chapter_mark(text).is_some() {
            self.html.push_str(&format!("<div>{}</div>", entities::escape(text)));
        }
        self.cuts.push(text.to_owned());
    }
}

/// A tag as it stands in the text.
struct Tag<'h> {
    written: &'h str,
    /// In lower case.
    name: String,
    closes: bool,
}

impl Tag<'_> {
    fn is_empty(&self) -> bool {
        self.written.ends_with("/>")
    }

    fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|own| own.split_whitespace().any(|one| one == class))
    }

    /// An attribute's value, quoted in any way or not at all.
    fn attribute(&self, name: &str) -> Option<String> {
        let inside =
            self.written.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
        let mut rest = inside.split_once(char::is_whitespace)?.1;
        loop {
            rest = rest.trim_start();
            let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let (own, behind) = rest.split_at(end);
            if own.is_empty() {
                return None;
            }
            let Some(value) = behind.trim_start().strip_prefix('=') else {
                rest = behind;
                continue;
            };
            let value = value.trim_start();
            let (value, behind) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    let inner = &value[1..];
                    let end = inner.find(quote).unwrap_or(inner.len());
                    (&inner[..end], inner.get(end + 1..).unwrap_or_default())
                }
                _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            };
            if own.eq_ignore_ascii_case(name) {
                return Some(entities::unescape(value).trim().to_owned());
            }
            rest = behind;
        }
    }
}

enum Piece<'h> {
    Text(&'h str),
    Tag(Tag<'h>),
}

/// Text and tags in turn; a sign that begins no tag is text.
fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(tag) = tag_at(rest) {
            rest = &rest[tag.written.len()..];
            return Some(Piece::Tag(tag));
        }
        let skip = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[skip..].find('<').map_or(rest.len(), |at| at + skip);
        let (text, behind) = rest.split_at(end);
        rest = behind;
        Some(Piece::Text(text))
    })
}

fn tag_at(html: &str) -> Option<Tag<'_>> {
    let inside = html.strip_prefix('<')?;
    let closes = inside.starts_with('/');
    let bare = inside.trim_start_matches('/');
    if !bare.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut quote = None;
    let mut before = ' ';
    let end = html.char_indices().find_map(|(at, c)| {
        match (quote, c) {
            (None, '"' | '\'') if before == '=' => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, '>') => return Some(at + 1),
            _ => {}
        }
        if !c.is_whitespace() {
            before = c;
        }
        None
    });
    // A quotation mark that is never closed must not swallow the rest of the entry.
    let end = end.or_else(|| html.find('>').map(|at| at + 1))?;
    let end_of_name =
        bare.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(bare.len());
    let name = bare[..end_of_name].to_ascii_lowercase();
    Some(Tag { written: &html[..end], name, closes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_become_names_and_cuts_become_boundaries() {
        let html = "For <lj user=\"wren_ash\">, <user site='x.example' name=toto> and <lj comm='oz_fic' />.\n<lj-cut text=\"Chapter Two\">It burned.</lj-cut>";
        let plain = plain(html);
        assert_eq!(
            plain.html,
            "For wren_ash, toto and oz_fic.\n<div></div><div>Chapter Two</div>It burned.<div></div>"
        );
        assert_eq!(plain.cuts, ["Chapter Two"]);
    }

    #[test]
    fn a_saved_users_box_is_a_name_and_a_poll_is_told() {
        let html = "<span class=\"ljuser i-ljuser\" data-ljuser=\"wren\" lj:user=\"wren\"><a><img src=\"u.gif\"></a><a><b>wren</b></a></span> asks<lj-poll name=\"x\"><lj-pq>?</lj-pq></lj-poll>.";
        let plain = plain(html);
        assert_eq!((plain.html.as_str(), plain.polls), ("wren asks.", true));
    }

    #[test]
    fn line_ends_become_breaks_but_not_in_what_is_formatted() {
        assert_eq!(with_breaks("a\r\nb <pre>c\nd</pre>\n"), "a<br>\nb <pre>c\nd</pre><br>\n");
        assert_eq!(with_breaks("1 < 2\n"), "1 < 2<br>\n");
    }

    proptest::proptest! {
        #[test]
        fn text_without_the_journals_tags_stays_as_it_is(html in "(<i>|</i>|<br />|a < b|[a-z é]{1,5}|\n|<a href=\"x>y\">|'|\"){0,20}") {
            proptest::prop_assert_eq!(plain(&html).html, html);
        }

        #[test]
        fn no_markup_makes_it_fail(html in "(<lj|<lj-cut|</lj-cut>| text=| user=|\"|'|>|<span class=ljuser|<lj-poll>|/|é|x ){0,30}") {
            let _ = plain(&with_breaks(&html));
        }
    }
}
