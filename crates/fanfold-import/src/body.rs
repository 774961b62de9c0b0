//! HTML of a source as HTML that may be shown: addresses made whole, then the one sanitiser.

use fanfold_model::{Finding, FindingCode};
use fanfold_text::{entities, sanitize};
use url::Url;

/// Cleans pieces of one source and remembers what had to go.
#[derive(Default)]
pub(crate) struct Body {
    base: Option<Url>,
    removed: Vec<(String, usize)>,
    flattened: bool,
    unescaped: bool,
}

impl Body {
    /// For a source that came from this address, if it is known.
    pub(crate) fn new(address: Option<&str>) -> Self {
        let base = address.and_then(|address| Url::parse(address).ok());
        let base = base.filter(|url| matches!(url.scheme(), "http" | "https"));
        Self { base, ..Self::default() }
    }

    /// Clean HTML of a piece.
    pub(crate) fn clean(&mut self, html: &str) -> String {
        let whole = self
            .base
            .as_ref()
            .filter(|_| has_address(html))
            .map(|base| with_whole_addresses(html, base));
        let html = whole.as_deref().unwrap_or(html);
        let shows_code = html.contains("<code") || html.contains("<pre");
        let once = if shows_code { None } else { entities::unescape_twice_escaped(html) };
        self.unescaped |= once.is_some();
        let cleaned = sanitize::clean(once.as_deref().unwrap_or(html));
        self.flattened |= cleaned.flattened;
        for (name, count) in cleaned.removed {
            match self.removed.iter_mut().find(|(known, _)| *known == name) {
                Some((_, total)) => *total += count,
                None => self.removed.push((name, count)),
            }
        }
        cleaned.html.into_string()
    }

    /// Clean HTML, or none where nothing can be read in it.
    pub(crate) fn clean_some(&mut self, html: &str) -> Option<String> {
        let html = self.clean(html);
        let seen = has_content(&html);
        seen.then(|| html.trim().to_owned())
    }

    /// What went, as findings: only what a reader may miss, not fonts and styles.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        const TELLING: [&str; 12] = [
            "script", "iframe", "object", "embed", "form", "applet", "video", "audio", "svg",
            "math", "frame", "input",
        ];
        let told: Vec<String> = self
            .removed
            .iter()
            .filter(|(name, _)| TELLING.contains(&name.as_str()) || name.starts_with("@on"))
            .map(|(name, count)| format!("{name} ({count})"))
            .collect();
        let mut findings = Vec::new();
        if !told.is_empty() {
            let what = format!("Left out of the text: {}.", told.join(", "));
            findings.push(Finding::new(FindingCode::MARKUP_REMOVED, what));
        }
        if self.unescaped {
            let what = "Entities and tags that had been escaped twice were turned back.";
            findings.push(Finding::new(FindingCode::MARKUP_DAMAGED, what));
        }
        if self.flattened {
            let what = "The page is nested too deeply; its text and line breaks were kept.";
            findings.push(Finding::new(FindingCode::MARKUP_DAMAGED, what));
        }
        findings
    }
}

/// Whether clean HTML shows anything: a letter, or a picture.
pub(crate) fn has_content(html: &str) -> bool {
    let mut inside = false;
    html.contains("<img")
        || html.chars().any(|c| {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                _ => {}
            }
            !inside && c.is_alphanumeric()
        })
}

/// Clean HTML without the rules at its two ends: they part a header or a footer from the text, no scenes.
pub(crate) fn without_outer_rules(html: &str) -> &str {
    let mut inner = html.trim();
    while let Some((rule, rest)) = inner.strip_prefix("<hr").and_then(|_| inner.split_once('>')) {
        debug_assert!(rule.starts_with("<hr"));
        inner = rest.trim_start();
    }
    while inner.ends_with('>') {
        match inner.rfind('<') {
            Some(open) if inner[open..].starts_with("<hr") => inner = inner[..open].trim_end(),
            _ => break,
        }
    }
    inner
}

fn has_address(html: &str) -> bool {
    html.contains("href=\"") || html.contains("src=\"")
}

/// Relative addresses of links and pictures, made whole before the sanitiser drops what it cannot place. The tree
/// writes attributes in double quotes and no bare `<` into text.
fn with_whole_addresses(html: &str, base: &Url) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let tag_end = tag_length(&rest[open..]);
        let (before, tail) = rest.split_at(open);
        let (tag, after) = tail.split_at(tag_end);
        out.push_str(before);
        out.push_str(&whole_tag(tag, base));
        rest = after;
    }
    out.push_str(rest);
    out
}

fn tag_length(html: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in html.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    html.len()
}

fn whole_tag(tag: &str, base: &Url) -> String {
    for name in [" href=\"", " src=\""] {
        let Some(at) = tag.find(name) else { continue };
        let start = at + name.len();
        let Some(length) = tag[start..].find('"') else { continue };
        let value = tag[start..start + length].replace("&amp;", "&");
        if value.starts_with('#') {
            continue;
        }
        if let Ok(whole) = base.join(&value) {
            let spelled = whole.as_str().replace('&', "&amp;");
            return format!("{}{spelled}{}", &tag[..start], &tag[start + length..]);
        }
    }
    tag.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_are_made_whole_where_the_source_is_known_and_stay_where_not() {
        let html = "<p><a href=\"../next.html?a=1&amp;b=2\">on</a> <img src=\"map.png\"> <a href=\"#note\">1</a></p>";
        let known = Body::new(Some("http://greenwood.example/tales/one.html")).clean(html);
        assert!(
            known.contains("href=\"http://greenwood.example/next.html?a=1&amp;b=2\""),
            "{known}"
        );
        assert!(known.contains("src=\"http://greenwood.example/tales/map.png\""), "{known}");
        assert!(known.contains("href=\"#note\""), "{known}");
        let unknown = Body::new(None).clean(html);
        assert!(unknown.contains("href=\"../next.html?a=1&amp;b=2\""), "{unknown}");
        assert_eq!(sanitize::clean(&known).html.as_str(), known);
    }

    #[test]
    fn an_attribute_in_the_words_of_a_story_is_no_attribute() {
        let html = "<p>He typed a href=\"x.html\" and src=\"y\" into the box.</p>";
        let body = Body::new(Some("http://greenwood.example/")).clean(html);
        assert!(body.contains("href=\"x.html\""), "{body}");
    }

    #[test]
    fn rules_go_from_the_ends_and_stay_between() {
        assert_eq!(
            without_outer_rules("<hr>\n<hr title=\"~*~\">\n<p>a</p><hr><p>b</p>\n<hr>"),
            "<p>a</p><hr><p>b</p>"
        );
        assert_eq!(without_outer_rules("<hr>"), "");
        assert_eq!(without_outer_rules("<p>a</p>"), "<p>a</p>");
    }

    #[test]
    fn what_was_escaped_twice_comes_back_and_is_told() {
        let mut body = Body::default();
        let html = body.clean("<p>It&amp;#8217;s Wren&amp;rsquo;s &lt;i&gt;lamp&lt;/i&gt;.</p>");
        assert_eq!(html, "<p>It\u{2019}s Wren\u{2019}s <i>lamp</i>.</p>");
        assert_eq!(body.findings().len(), 1);
        let mut sound = Body::default();
        let page = "<p>Type <code>&amp;nbsp;&amp;nbsp;</code> for two blanks.</p>";
        assert_eq!(sound.clean(page), page);
        assert!(sound.findings().is_empty());
    }

    #[test]
    fn a_script_that_went_is_told_and_a_font_is_not() {
        let mut body = Body::default();
        body.clean("<p><font color=red>Hello</font><script>alert(1)</script></p>");
        let findings = body.findings();
        assert_eq!(findings.len(), 1);
        assert!(findings[0].message.contains("script"));
    }
}
