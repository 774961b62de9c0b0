//! Twisting the Hellmouth page: a chapter of that archive of crossovers, as a browser or a mirror saved it.
//!
//! Recognised by the site's own links and boxes. Read: title, author, the table of facts in either direction (labels in a
//! row or in a column), the sections of the crossover, the summary, the chapter that the chooser shows. Ratings of the
//! site (FR13, FR21) stay as written. Pages of one story join by its number. Known damage: tables that a converter ran
//! together are read by the rules for any page.
//!
//! Not read: recommendations, reviews, author pages.

use super::site_page::{self, SitePage, chosen, identify, without};
use crate::body::Body;
use crate::importer::{FormatInfo, Input, Match};
use crate::seen::{field, html_field};
use crate::site_address;
use crate::text_work;
use fanfold_model::{Extracted, ExtractedChapter, FieldKind, ReadAs, fold_name};
use fanfold_text::document::{Document, Element};
use fanfold_text::paragraphs::html_paragraphs;

/// The importer.
pub(crate) struct TthPage;

const RULE: &str = "tth-page";

impl SitePage for TthPage {
    const FORMAT: FormatInfo = FormatInfo {
        id: "tth-page",
        name: "Twisting the Hellmouth page",
        description: "A chapter's page saved from Twisting the Hellmouth",
        docs: "Title, author, the table of facts, sections, summary and the chapter. Several saved pages of a \
               story become one work.",
    };

    fn recognise(&self, head: &str) -> Option<Match> {
        let named = head.contains("tthfanfic")
            || head.contains("twisting the hellmouth")
            || head.contains("<title>tth ");
        let signs =
            ["storyinnerbody", "chapnav", "verticaltable", "/authorstories-", "/storyinfo-"];
        let found = signs.iter().filter(|sign| head.contains(**sign)).count();
        (named && found >= 1 || found >= 3).then_some(Match {
            score: 945,
            reason: "It has the boxes and links of Twisting the Hellmouth.",
        })
    }

    fn read(&self, page: &Document, input: &Input<'_>) -> Extracted {
        let read = read(page, input.url());
        read.unwrap_or_else(|| {
            site_page::not_a_work("It is a page of Twisting the Hellmouth without a story's text.")
        })
    }
}

fn read(page: &Document, url: Option<&str>) -> Option<Extracted> {
    let text = page.first("#storyinnerbody, .storyinnerbody, #storybody")?;
    let mut extracted = Extracted::new(ReadAs::Work);
    let mut push = |kind, label: &str, value: &str| {
        if !value.trim().is_empty() {
            extracted.fields.push(field(kind, label, value.trim(), RULE, 0.97));
        }
    };
    let title = title(page);
    push(FieldKind::Title, "title", &title);
    let author = page.first("a[href*='/AuthorStories-'], a[href*='/Author-']");
    push(FieldKind::Creator, "author", &author.map(|own| own.line()).unwrap_or_default());
    for section in page.select("a[href*='/Category-'], a[href*='/Section-']") {
        push(FieldKind::Fandom, "section", &section.line());
    }
    for (label, value) in facts(page) {
        let kind = match label.to_ascii_lowercase().as_str() {
            "author" => continue,
            "complete" | "completed" => FieldKind::Status,
            "hits" => FieldKind::Hits,
            "reviews" => FieldKind::Comments,
            "recs" => FieldKind::Other,
            other => text_work::kind_of_label(other).unwrap_or(FieldKind::Other),
        };
        let value = match kind {
            FieldKind::Status if value.eq_ignore_ascii_case("yes") => "Complete".to_owned(),
            FieldKind::Status if value.eq_ignore_ascii_case("no") => "In Progress".to_owned(),
            FieldKind::Words | FieldKind::Hits | FieldKind::Comments => value.replace(',', ""),
            _ => value,
        };
        push(kind, &label, &value);
    }
    if let Some(html) = summary(page) {
        extracted.fields.push(html_field(FieldKind::Summary, "Summary", html, RULE, 0.95));
    }
    let chosen = chosen(page, "select[name=chapnav], #chapnav");
    let mut body = Body::new(url);
    let html = body
        .clean(&html_paragraphs(&without(&text, "script, form, .ad, .pagelinks")).into_string());
    let html = without_headings(&html, &[Some(title.as_str()), chosen.title.as_deref()]);
    extracted.chapters.push(ExtractedChapter {
        number: chosen.number.filter(|_| chosen.of > Some(1)).map(|own| own.to_string()),
        title: chosen.title.clone().filter(|own| fold_name(own) != fold_name(&title)),
        html,
        ..ExtractedChapter::default()
    });
    extracted.findings.extend(body.findings());
    let linked =
        page.select("select[name=chapnav] option, a[href*='/StoryInfo-'], link[rel=canonical]");
    let told = linked.iter().find_map(|own| own.attr("href").or_else(|| own.attr("value")));
    let told = told.and_then(|own| site_address::of(&whole(own)));
    if let Some(address) = url.and_then(site_address::of).or(told) {
        identify(&address, &chosen, RULE, &mut extracted);
    }
    Some(extracted)
}

/// A link of the site as an address of a story.
fn whole(link: &str) -> String {
    let path = link.rsplit_once(".org").map_or(link, |(_, path)| path);
    format!("https://www.tthfanfic.org{}", path.replace("/StoryInfo-", "/Story-"))
}

/// The page's heading, else the window's title behind the site's name.
fn title(page: &Document) -> String {
    let heading = page.first("h2.storytitle, #storytitle, h2").map(|own| own.line());
    let heading = heading.filter(|line| !line.is_empty() && line.chars().count() <= 200);
    heading.unwrap_or_else(|| {
        let title = page.title().unwrap_or_default();
        title.rsplit('•').next().unwrap_or_default().trim().to_owned()
    })
}

/// Labels and values of the table, whether labels stand above their values or beside them.
fn facts(page: &Document) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    for table in
        page.select("table.verticaltable, table.storyinfo, table.storylist").into_iter().take(4)
    {
        let rows = table.select("tr");
        let heads: Vec<Vec<String>> = rows.iter().map(|row| cells(row, "th")).collect();
        if let [head, ..] = heads.as_slice()
            && head.len() >= 3
        {
            let values = rows.get(1).map(|row| cells(row, "td")).unwrap_or_default();
            facts.extend(head.iter().cloned().zip(values));
            continue;
        }
        for row in &rows {
            let (head, values) = (cells(row, "th"), cells(row, "td"));
            match (head.as_slice(), values.as_slice()) {
                ([label], [value, ..]) | ([], [label, value]) => {
                    facts.push((label.clone(), value.clone()))
                }
                _ => {}
            }
        }
    }
    facts
        .into_iter()
        .map(|(label, value)| (label.trim_end_matches(':').to_owned(), value))
        .collect()
}

fn cells(row: &Element<'_>, name: &str) -> Vec<String> {
    row.children().filter(|cell| cell.name() == name).map(|cell| cell.line()).collect()
}

fn summary(page: &Document) -> Option<String> {
    let boxed = page.first(".storysummary, .storydesc").map(|own| own.inner_html());
    let labelled = || {
        let line = page
            .select("p, div.summary")
            .into_iter()
            .find(|own| own.line().starts_with("Summary:"))?;
        Some(line.inner_html().replacen("Summary:", "", 1))
    };
    let html = html_paragraphs(&boxed.or_else(labelled)?).into_string();
    crate::body::has_content(&html).then_some(html)
}

/// The text without headings at its beginning that only repeat a title.
fn without_headings(html: &str, titles: &[Option<&str>]) -> String {
    let mut rest = html.trim_start();
    while let Some(level) =
        ["h1", "h2", "h3", "h4"].iter().find(|level| rest.starts_with(&format!("<{level}")))
    {
        let close = format!("</{level}>");
        let Some(end) = rest.find(&close).map(|at| at + close.len()) else { break };
        let text = fanfold_text::document::text_of(&rest[..end]);
        let text = fold_name(site_page::without_number(text.trim()));
        if !titles.iter().flatten().any(|title| fold_name(title) == text) {
            break;
        }
        rest = rest[end..].trim_start();
    }
    rest.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<p>\"Is it lit?\" asked Dorothy.</p><p>\"It was,\" said Toto.</p>";

    fn saved(table: &str) -> Extracted {
        let html = format!(
            "<html><head><title>TtH &bull; Story &bull; The Lamp</title></head><body><h2>The Lamp</h2><a href=\"/AuthorStories-77/wren.htm\">wren</a>{table}<p>Summary: A lamp goes out.</p><form><select name=\"chapnav\"><option value=\"/Story-42/wren+The+Lamp.htm\">1. The Cellar</option><option value=\"/Story-42-2/wren+The+Lamp.htm\" selected=\"selected\">2. The Sill</option></select></form><div id=\"storyinnerbody\"><h3>The Sill</h3>{TEXT}</div></body></html>"
        );
        read(&Document::parse(&html), None).unwrap()
    }

    #[test]
    fn the_table_is_read_in_both_directions() {
        let across = "<table class=\"verticaltable\"><tr><th>Author</th><th>Rating</th><th>Words</th><th>Complete</th></tr><tr><td>wren</td><td>FR13</td><td>3,210</td><td>Yes</td></tr></table>";
        let down = "<table class=\"verticaltable\"><tr><th>Rating</th><td>FR13</td></tr><tr><th>Words</th><td>3,210</td></tr><tr><th>Complete</th><td>Yes</td></tr></table>";
        for table in [across, down] {
            let read = saved(table);
            let first = |kind| read.fields_of(kind).next().map(|own| own.value.as_str());
            assert_eq!(first(FieldKind::Title), Some("The Lamp"));
            assert_eq!(first(FieldKind::Rating), Some("FR13"));
            assert_eq!(first(FieldKind::Words), Some("3210"));
            assert_eq!(first(FieldKind::Status), Some("Complete"));
            assert_eq!(first(FieldKind::Summary), Some("<p>A lamp goes out.</p>"));
            assert_eq!(read.chapters[0].title.as_deref(), Some("The Sill"));
            assert!(
                read.chapters[0].html.starts_with("<p>\"Is it lit?\""),
                "{}",
                read.chapters[0].html
            );
            assert_eq!(read.part.as_ref().map(|part| (part.part, part.of)), Some((2, Some(2))));
            assert_eq!(read.identities[0].value, "https://www.tthfanfic.org/Story-42");
        }
    }
}
