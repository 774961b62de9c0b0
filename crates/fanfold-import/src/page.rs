//! A page as a tree, if it is a page that a tree can hold. Every tag costs memory, whatever its text: a hostile page
//! of a few megabytes would otherwise take gigabytes.

use crate::importer::Input;
use crate::seen::field;
use fanfold_model::{ExtractedField, FieldKind, Finding, FindingCode};
use fanfold_text::document::Document;
use std::borrow::Cow;

/// Tags of one page, opening and closing. The longest honest works in one file have a quarter of that.
const MOST_TAGS: usize = 400_000;

/// A whole page's tree.
///
/// # Errors
/// The finding that says that the page holds more tags than are read.
pub(crate) fn parse(html: &str) -> Result<Document, Finding> {
    within(html).map(|()| Document::parse(&without_toolbar(html)))
}

/// A page without the bar that the Wayback Machine lays over it.
fn without_toolbar(html: &str) -> Cow<'_, str> {
    const START: &str = "<!-- BEGIN WAYBACK TOOLBAR INSERT -->";
    const END: &str = "<!-- END WAYBACK TOOLBAR INSERT -->";
    match (html.find(START), html.find(END)) {
        (Some(start), Some(end)) if start < end => {
            Cow::Owned(format!("{}{}", &html[..start], &html[end + END.len()..]))
        }
        _ => Cow::Borrowed(html),
    }
}

/// The tree of a piece of a page.
///
/// # Errors
/// As for a page.
pub(crate) fn parse_piece(html: &str) -> Result<Document, Finding> {
    within(html).map(|()| Document::parse_fragment(html))
}

/// The day when a page was captured, as a field.
pub(crate) fn captured(input: &Input<'_>) -> Option<ExtractedField> {
    let day = input.capture().day.as_ref()?;
    Some(field(FieldKind::Captured, "captured", day, "capture", 0.95))
}

/// The finding for a page of a program that always closes its pages, where the close is missing.
pub(crate) fn cut_off(html: &str) -> Option<Finding> {
    let whole = html.to_ascii_lowercase().contains("</html>");
    let what = "The page ends before its own end mark.";
    (!whole).then(|| Finding::new(FindingCode::TRUNCATED, what))
}

/// Whether a page or a piece of one has as many tags as a tree can hold.
///
/// # Errors
/// The finding that says that it holds more.
pub(crate) fn within(html: &str) -> Result<(), Finding> {
    let tags = html.bytes().filter(|byte| *byte == b'<').count();
    if tags <= MOST_TAGS {
        return Ok(());
    }
    let what =
        format!("The page holds {tags} tags, more than the {MOST_TAGS} that are read of one page.");
    Err(Finding::new(FindingCode::LIMIT_HIT, what))
}

#[cfg(test)]
mod tests {
    use crate::read;
    use fanfold_source::{Item, Limits};

    #[test]
    fn a_page_of_more_tags_than_a_tree_can_hold_is_refused_as_over_a_limit() {
        let html = format!("<html><body>{}</body></html>", "a<br>".repeat(400_001));
        for name in ["page.html", "page.md"] {
            let reading =
                read(&Item::from_bytes(name, html.clone().into_bytes()), &Limits::default());
            let codes: Vec<&str> =
                reading.extracted[0].findings.iter().map(|finding| finding.code.as_str()).collect();
            assert_eq!(codes, ["limit-hit"], "{name}");
        }
    }
}
