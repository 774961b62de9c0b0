//! Entities that were escaped once too often: `&amp;#8217;` in a page, `&lt;i&gt;` where emphasis was meant.

use crate::document::Document;
use std::borrow::Cow;

/// Text with the signs escaped that mean something in HTML, attributes included.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    crate::escape::push_attribute(&mut out, text);
    out
}

/// Escaped text as it was: the names that XML knows and numeric references, once. What is no reference stays.
#[must_use]
pub fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains("&apos;") {
        return crate::escape::unescape(text);
    }
    Cow::Owned(crate::escape::unescape(&text.replace("&apos;", "&#39;")).into_owned())
}

/// Undoes a second escaping in HTML or in text, when it is certain; `None` when nothing is to be done.
///
/// Two cases. Character references behind `&amp;` (`&amp;rsquo;`, `&amp;#8217;`), twice or more, are an accident. Whole tags
/// behind `&lt;` and `&gt;` are brought back only when every `&lt;` belongs to a known formatting tag and every opened
/// one is closed; a text that shows one tag as an example stays as it is.
pub fn unescape_twice_escaped(html: &str) -> Option<String> {
    let references = if html.contains("&amp;") { unescape_references(html) } else { None };
    let current = references.as_deref().unwrap_or(html);
    let tags = if current.contains("&lt;") { unescape_tags(current) } else { None };
    tags.or(references)
}

/// `&amp;name;` to `&name;` for names that HTML knows. The five that escape markup itself stay.
fn unescape_references(html: &str) -> Option<String> {
    let mut out = String::with_capacity(html.len());
    let mut changed = 0;
    let mut rest = html;
    while let Some(at) = rest.find("&amp;") {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let after = tail.get(5..).unwrap_or_default();
        if is_reference(after) {
            changed += 1;
            out.push('&');
        } else {
            out.push_str("&amp;");
        }
        rest = after;
    }
    out.push_str(rest);
    // A single one may be an example in the text; a habit shows more often.
    (changed >= 2).then_some(out)
}

/// True when `text` begins with the rest of a character reference.
fn is_reference(text: &str) -> bool {
    let Some((name, _)) = text.split_once(';').filter(|(n, _)| (2..=10).contains(&n.len())) else {
        return false;
    };
    match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => !hex.is_empty() && hex.bytes().all(|b| b.is_ascii_hexdigit()),
            None => number.bytes().all(|b| b.is_ascii_digit()),
        },
        None => !matches!(name, "amp" | "lt" | "gt") && NAMES.contains(&name),
    }
}

/// Names that occur in stories.
const NAMES: &[&str] = &[
    "nbsp", "quot", "apos", "rsquo", "lsquo", "rdquo", "ldquo", "sbquo", "bdquo", "mdash", "ndash",
    "hellip", "laquo", "raquo", "copy", "reg", "trade", "deg", "middot", "bull", "shy", "iexcl",
    "iquest", "pound", "euro", "yen", "cent", "sect", "para", "eacute", "egrave", "ecirc", "euml",
    "aacute", "agrave", "acirc", "auml", "aring", "atilde", "aelig", "ccedil", "iacute", "igrave",
    "icirc", "iuml", "ntilde", "oacute", "ograve", "ocirc", "ouml", "otilde", "oslash", "oelig",
    "uacute", "ugrave", "ucirc", "uuml", "yacute", "yuml", "szlig", "eth", "thorn", "Eacute",
    "Egrave", "Agrave", "Aacute", "Auml", "Aring", "AElig", "Ccedil", "Ouml", "Oslash", "Uuml",
    "Ntilde", "times", "frac12", "frac14", "frac34", "hearts", "larr", "rarr", "infin", "dagger",
    "Dagger",
];

/// Formatting tags that web forms escaped by accident.
const TAGS: &[&str] = &[
    "i",
    "b",
    "u",
    "em",
    "strong",
    "p",
    "br",
    "hr",
    "center",
    "blockquote",
    "div",
    "span",
    "font",
    "small",
    "big",
    "s",
    "strike",
    "sub",
    "sup",
    "h1",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "a",
];

fn unescape_tags(html: &str) -> Option<String> {
    let unescaped = html.replace("&lt;", "<").replace("&gt;", ">");
    let mut open: Vec<String> = Vec::new();
    let mut all = 0usize;
    for (at, _) in html.match_indices("&lt;") {
        let tag = html.get(at + 4..)?;
        let (inside, _) = tag
            .split_once("&gt;")
            .filter(|(i, _)| i.len() < 200 && !i.contains('<') && !i.contains("&lt;"))?;
        let closing = inside.starts_with('/');
        let name: String = inside
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        let name = name.to_ascii_lowercase();
        if !TAGS.contains(&name.as_str()) {
            return None;
        }
        all += 1;
        match (closing, name.as_str()) {
            (_, "br" | "hr" | "p" | "li") => {}
            (false, _) => open.push(name),
            (true, _) if open.pop().as_deref() == Some(name.as_str()) => {}
            (true, _) => return None,
        }
    }
    let balanced = open.is_empty() && html.matches("&gt;").count() == all;
    // One pair may be an example in the text; a habit shows more often.
    (balanced && all >= 2 && !Document::parse_fragment(&unescaped).visible_text().is_empty())
        .then_some(unescaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_behind_an_ampersand_come_back() {
        assert_eq!(
            unescape_twice_escaped("It&amp;#8217;s &amp;eacute;t&amp;#xE9;").as_deref(),
            Some("It&#8217;s &eacute;t&#xE9;")
        );
    }

    #[test]
    fn whole_balanced_tags_come_back() {
        assert_eq!(
            unescape_twice_escaped("a &lt;i&gt;b&lt;/i&gt; c&lt;br /&gt;").as_deref(),
            Some("a <i>b</i> c<br />")
        );
    }

    #[test]
    fn real_ampersands_comparisons_and_examples_stay() {
        for text in [
            "AT&amp;T; fine",
            "a blank is written &amp;nbsp; in a page",
            "a &lt; b &gt; c",
            "use &lt;i&gt; here",
            "&lt;script&gt;x&lt;/script&gt;",
            "&amp;lt;",
            "&lt;i&gt;a&lt;/b&gt;",
            "I &lt;3 you &lt;i&gt;so&lt;/i&gt;",
        ] {
            assert_eq!(unescape_twice_escaped(text), None, "{text}");
        }
    }
}
