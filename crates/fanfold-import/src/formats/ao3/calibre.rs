//! What the archive's own converter does to the markup of a download: in books, class names that have styles of their
//! own get a number ("userstuff1"), and those that have none are replaced ("calibre1"). Ids stay.

/// Class names that the reading goes by.
const KNOWN: [&str; 10] = [
    "userstuff",
    "meta",
    "group",
    "byline",
    "heading",
    "message",
    "tags",
    "associations",
    "endnote-link",
    "toc-heading",
];

/// The markup with its class names as the archive wrote them, as far as they can be told.
pub(crate) fn restored(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once("class=\"") {
        out.push_str(before);
        out.push_str("class=\"");
        let (classes, behind) = behind.split_once('"').unwrap_or((behind, ""));
        // Text that only looks like an attribute is left alone.
        let names: Vec<&str> = classes.split(' ').map(name).collect();
        out.push_str(&if classes.len() < 200 { names.join(" ") } else { classes.to_owned() });
        out.push('"');
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// A text of such a book without the converter's class names: where two styles are alike it gives both the same name.
pub(crate) fn unnamed(html: &mut String) {
    for name in KNOWN {
        let class = format!(" class=\"{name}\"");
        if html.contains(&class) {
            *html = html.replace(&class, "");
        }
    }
}

fn name(class: &str) -> &str {
    let bare = class.trim_end_matches(|c: char| c.is_ascii_digit());
    if KNOWN.contains(&bare) { bare } else { class }
}
