//! Properties that hold for any input: stable cleaning, no forbidden element, no letter lost.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::canonical::is_canonical;
use crate::export_text::{html_to_markdown, html_to_text};
use crate::paragraphs::{Newlines, html_paragraphs_with, to_html};
use crate::sanitize::{clean, pass_for_tests};
use crate::xhtml::to_xhtml;

/// What tag soup is made of.
const SOUP: &[&str] = &[
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<em>",
    "</em>",
    "<div>",
    "</div>",
    "<ul>",
    "<li>",
    "</ul>",
    "</li>",
    "<a href=\"https://example.org/a?b=1\">",
    "<a href='javascript:x()'>",
    "<a name=here>",
    "</a>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<br>",
    "<br/>",
    "<hr>",
    "<hr title='~'>",
    "<h2>",
    "</h2>",
    "<pre>",
    "\n",
    "</pre>",
    "<blockquote>",
    "</blockquote>",
    "<script>x</script>",
    "<style>",
    "<svg>",
    "<math><mi>",
    "<font color=red>",
    "</font>",
    "<span class='a bc d1'>",
    "</span>",
    "<center>",
    "</center>",
    "<section>",
    "</section>",
    "<dl><dt>",
    "<dd>",
    "</dl>",
    "<details>",
    "<summary>",
    "</details>",
    "<img src=x>",
    "<img src=https://example.org/x.png alt=y>",
    "<ruby>",
    "<rt>",
    "</ruby>",
    "<!--",
    "-->",
    "&amp;",
    "&lt;",
    "&nbsp;",
    "&#8217;",
    "&#0;",
    "&",
    "<",
    ">",
    "\"",
    "'",
    "text",
    " two words ",
    "\u{a0}",
    "\u{e9}",
    "<p title=\"a&quot;b\">",
    "<p align=center>",
    "<p style='x' onclick=y>",
    "<strong>",
    "</strong>",
    "<u>",
    "</u>",
    "<select><option>",
    "<textarea>",
    "<title>",
    "<form>",
    "<input>",
    "<button>",
    "<noscript>",
    "<template>",
    "<caption>",
    "<col>",
    "<tbody>",
    "</p",
    "<p",
    "<a href=\"",
    "<tt>",
    "</tt>",
    "<nobr>",
    "<frameset>",
    "<plaintext>",
    "<body>",
    "</body>",
    "<html>",
    "]]>",
    "<![CDATA[",
    "<?x",
];

/// Pieces that make tag soup when thrown together.
fn soup_piece() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(SOUP.to_vec()).prop_map(str::to_owned),
        1 => "[a-zA-Z <>/&=\"']{0,12}",
    ]
}

/// Well-nested HTML of the kinds that the fast check accepts.
fn well_nested() -> impl Strategy<Value = String> {
    let names = [
        "p",
        "em",
        "b",
        "div",
        "ul",
        "li",
        "span",
        "blockquote",
        "h3",
        "pre",
        "i",
        "code",
        "q",
        "a",
        "center",
        "big",
        "tt",
    ];
    let leaf = prop_oneof![
        "[a-z ]{0,8}",
        Just("<br>".to_owned()),
        Just("<hr>".to_owned()),
        Just("&amp;\n".to_owned())
    ];
    leaf.prop_recursive(6, 60, 5, move |inner| {
        (prop::sample::select(names.to_vec()), vec(inner, 0..5)).prop_map(|(name, parts)| {
            let open = match name {
                "a" => "<a href=\"https://example.org/x\" rel=\"nofollow noopener noreferrer\">"
                    .to_owned(),
                "span" => {
                    "<span class=\"ab c_d\" title=\"x &amp; &quot;y\" lang=\"fr-CA\">".to_owned()
                }
                "div" => "<div align=\"center\" dir=\"rtl\">".to_owned(),
                _ => format!("<{name}>"),
            };
            format!("{open}{}</{name}>", parts.concat())
        })
    })
}

fn text_piece() -> impl Strategy<Value = String> {
    let pieces = [
        "The carriage stopped before the old inn and nobody came out to meet it.",
        "\"Hello,\" said Alice.",
        "\n",
        "\n\n",
        "\n\n\n\n",
        "* * *",
        "oOo",
        "~*~",
        "    ",
        "\t",
        "*very*",
        "_never_ again",
        "**both**",
        "/thought/",
        "a * b",
        "1. one",
        "* item",
        "- item",
        "HOLMES: Come in.",
        "| a | b |",
        "+---+---+",
        "=====",
        "Title",
        "\u{e9}t\u{e9}",
        "\u{4f60}\u{597d}",
        "<b>&amp;",
        "&",
        "\u{a0}",
        "\x0c",
        "> quoted",
        "well-",
        "stop--",
        "\r\n",
        "*open",
        "___",
        "***x***",
        "\"",
        "end.\n",
        "\0",
    ];
    prop_oneof![
        8 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned),
        1 => "[ -~\n]{0,40}",
        1 => "\\PC{0,10}",
    ]
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Visible letters of a result, with those that a scene break keeps in its title.
fn letters_of_html(html: &str) -> String {
    let document = crate::document::Document::parse_fragment(html);
    let mut out = String::new();
    for node in document.root().descendants() {
        match node {
            crate::document::Node::Text(text) => out.push_str(text),
            crate::document::Node::Element(e) if e.name() == "hr" => {
                out.push_str(e.attr("title").unwrap_or_default())
            }
            crate::document::Node::Element(_) => {}
        }
    }
    letters(&out)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cleaning_twice_is_cleaning_once(pieces in vec(soup_piece(), 0..40)) {
        let once = clean(&pieces.concat()).html;
        let twice = clean(once.as_str()).html;
        prop_assert_eq!(&once, &twice);
        prop_assert_eq!(pass_for_tests(once.as_str()), once.as_str());
    }

    #[test]
    fn what_the_fast_check_accepts_the_sanitiser_leaves_alone(html in well_nested()) {
        if is_canonical(&html) {
            prop_assert_eq!(pass_for_tests(&html), html);
        }
    }

    #[test]
    fn any_soup_that_the_fast_check_accepts_is_stable(pieces in vec(soup_piece(), 0..8)) {
        let html = pieces.concat();
        if is_canonical(&html) {
            prop_assert_eq!(pass_for_tests(&html), html);
        }
    }

    #[test]
    fn nothing_forbidden_survives(pieces in vec(soup_piece(), 0..40)) {
        let html = clean(&pieces.concat()).html;
        crate::fuzz::assert_allowed(html.as_str());
    }

    #[test]
    fn paragraphs_are_clean_as_written(pieces in vec(text_piece(), 0..40)) {
        let html = to_html(&pieces.concat()).html;
        prop_assert!(is_canonical(html.as_str()), "{}", html);
        prop_assert_eq!(pass_for_tests(html.as_str()), html.as_str());
    }

    #[test]
    fn paragraphs_lose_no_letter(pieces in vec(text_piece(), 0..40)) {
        let text = pieces.concat();
        prop_assert_eq!(letters(&text), letters_of_html(to_html(&text).html.as_str()));
    }

    #[test]
    fn rebuilding_paragraphs_twice_is_rebuilding_once(pieces in vec(soup_piece(), 0..30)) {
        for newlines in [Newlines::Detect, Newlines::Space, Newlines::Breaks] {
            let once = html_paragraphs_with(&pieces.concat(), newlines);
            prop_assert_eq!(pass_for_tests(once.as_str()), once.as_str());
            let twice = html_paragraphs_with(once.as_str(), newlines);
            prop_assert_eq!(&once, &twice);
        }
    }

    #[test]
    fn rebuilding_paragraphs_loses_no_letter(pieces in vec(soup_piece(), 0..30)) {
        let clean = clean(&pieces.concat()).html;
        let rebuilt = html_paragraphs_with(clean.as_str(), Newlines::Space);
        prop_assert_eq!(letters_of_html(clean.as_str()), letters_of_html(rebuilt.as_str()));
    }

    #[test]
    fn xhtml_is_well_formed_and_loses_no_letter(pieces in vec(soup_piece(), 0..30)) {
        let html = clean(&pieces.concat()).html;
        let xhtml = to_xhtml(&html);
        let read = crate::fuzz::assert_well_formed(&xhtml);
        // A picture's description comes on top.
        prop_assert!(letters(&read).len() >= letters_shown(html.as_str()).len());
    }

    #[test]
    fn markdown_and_text_keep_every_letter(pieces in vec(soup_piece(), 0..30)) {
        let html = clean(&pieces.concat()).html;
        let back = crate::markdown::to_html(&html_to_markdown(&html));
        prop_assert_eq!(letters_shown(back.as_str()), letters_shown(html.as_str()), "{}", html_to_markdown(&html));
        let text = letters(&html_to_text(&html, 30));
        prop_assert!(text.len() >= letters_shown(html.as_str()).len());
    }
}

fn letters_shown(html: &str) -> String {
    letters(&crate::document::Document::parse_fragment(html).root().text())
}
