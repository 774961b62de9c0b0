//! Where a book's style sheet sets lines in the middle or to the right. The converter moves that from the creator's
//! markup (`align="center"`) into classes of its own; it goes back to where it was.

use std::collections::HashMap;

/// Elements whose lines can be set.
const SET: [&str; 8] = ["p", "div", "h1", "h2", "h3", "h4", "h5", "h6"];

/// The markup with the alignment that its classes have.
pub(crate) fn realigned(html: &str, css: &str) -> String {
    let classes = aligned(css);
    if classes.is_empty() {
        return html.to_owned();
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (before, behind) = rest.split_at(open);
        let end = behind.find('>').map_or(behind.len(), |end| end + 1);
        let (tag, behind) = behind.split_at(end);
        out.push_str(before);
        let inner = tag.get(1..).unwrap_or_default();
        let length = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(length);
        match align_of(attributes, &classes).filter(|_| SET.contains(&name)) {
            Some(align) => out.push_str(&format!("<{name} align=\"{align}\"{attributes}")),
            None => out.push_str(tag),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

fn align_of(attributes: &str, classes: &HashMap<&str, &'static str>) -> Option<&'static str> {
    if attributes.contains(" align=") {
        return None;
    }
    let (_, behind) = attributes.split_once(" class=\"")?;
    let (names, _) = behind.split_once('"')?;
    names.split(' ').find_map(|name| classes.get(name).copied())
}

/// Classes that a style sheet sets in the middle or to the right.
fn aligned(css: &str) -> HashMap<&str, &'static str> {
    let mut classes = HashMap::new();
    for rule in css.split('}') {
        let Some((selectors, body)) = rule.split_once('{') else { continue };
        let set = body.split(';').find_map(|line| {
            let (name, value) = line.split_once(':')?;
            (name.trim() == "text-align").then_some(value.trim())
        });
        let align = match set {
            Some("center") => "center",
            Some("right") => "right",
            _ => continue,
        };
        for selector in selectors.split(',') {
            let class = selector.trim().strip_prefix('.');
            let is_simple = |name: &&str| {
                name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
            };
            classes.extend(class.filter(is_simple).map(|class| (class, align)));
        }
    }
    classes
}

#[cfg(test)]
mod tests {
    use super::realigned;

    #[test]
    fn a_class_that_centres_becomes_the_attribute_it_was_made_of() {
        let css = "@page { margin: 5pt }.message {\n display: block;\n text-align: center\n }\n.calibre14 { text-align: right; margin: 1em 0 }\n.meta p { text-align: center }";
        let html = "<p class=\"message\">a</p><p class=\"calibre14\">b</p><p class=\"meta\">c</p><i class=\"message\">d</i>";
        assert_eq!(
            realigned(html, css),
            "<p align=\"center\" class=\"message\">a</p><p align=\"right\" class=\"calibre14\">b</p><p class=\"meta\">c</p><i class=\"message\">d</i>"
        );
    }
}
