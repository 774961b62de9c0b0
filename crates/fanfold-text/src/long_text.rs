//! Parts very long runs of text before they are parsed. The HTML serialiser looks for the next angle bracket anew at
//! every entity, which makes one text node of many megabytes cost its length squared; an empty comment, which cleaning
//! takes out again, makes it many short nodes.

use std::borrow::Cow;

/// Longer runs of text are parted, in bytes.
const LONGEST_RUN: usize = 16 * 1024;

/// How far back a good place for parting is looked for, in bytes.
const LOOK_BACK: usize = 1024;

const PARTING: &str = "<!---->";

/// The page with an empty comment in every run of text that is too long.
pub(crate) fn part_long_text(html: &str) -> Cow<'_, str> {
    if html.len() <= LONGEST_RUN {
        return Cow::Borrowed(html);
    }
    let mut out: Option<String> = None;
    let mut copied = 0;
    let mut from = 0;
    while from < html.len() {
        let rest = html.get(from..).unwrap_or_default();
        let run = rest.find('<').unwrap_or(rest.len());
        if run <= LONGEST_RUN {
            from += run + 1;
            continue;
        }
        let cut = from + good_place(rest);
        let text = out.get_or_insert_with(|| String::with_capacity(html.len() + html.len() / 1024));
        text.push_str(html.get(copied..cut).unwrap_or_default());
        text.push_str(PARTING);
        copied = cut;
        from = cut;
    }
    match out {
        Some(mut text) => {
            text.push_str(html.get(copied..).unwrap_or_default());
            Cow::Owned(text)
        }
        None => Cow::Borrowed(html),
    }
}

/// Before an entity or white space near the end of the run; else wherever a character begins.
fn good_place(text: &str) -> usize {
    let end = text.floor_char_boundary(LONGEST_RUN);
    let start = text.floor_char_boundary(end.saturating_sub(LOOK_BACK));
    text.get(start..end).and_then(|near| near.rfind([' ', '\n', '&'])).map_or(end, |at| start + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_runs_are_parted_and_never_inside_an_entity() {
        assert_eq!(part_long_text("short"), "short");
        let tagged = "<b>x</b>".repeat(10_000);
        assert_eq!(part_long_text(&tagged), tagged);
        let entities = "&eacute;".repeat(10_000);
        let parted = part_long_text(&entities);
        assert!(parted.contains(";<!---->&"));
        assert_eq!(parted.replace(PARTING, ""), entities);
    }

    #[test]
    fn cleaning_a_long_text_gives_it_back_whole() {
        let text = "\u{e9}&amp;\u{a0}".repeat(100_000);
        let html = crate::sanitize::clean(&text).html;
        assert_eq!(html.as_str(), "\u{e9}&amp;&nbsp;".repeat(100_000));
    }
}
