//! The grey line of facts, the path above the story, the story's number.

use crate::formats::row_dates;
use crate::site_address;
use fanfold_model::FieldKind;
use fanfold_text::document::{Document, Element};

/// The site's genres: what stands in their place is one of these or is something else.
const GENRES: [&str; 21] = [
    "Adventure",
    "Angst",
    "Crime",
    "Drama",
    "Family",
    "Fantasy",
    "Friendship",
    "General",
    "Horror",
    "Humor",
    "Hurt/Comfort",
    "Mystery",
    "Parody",
    "Poetry",
    "Romance",
    "Sci-Fi",
    "Spiritual",
    "Supernatural",
    "Suspense",
    "Tragedy",
    "Western",
];

/// Labels of the line and what they are.
const LABELS: [(&str, FieldKind); 9] = [
    ("Rated", FieldKind::Rating),
    ("Words", FieldKind::Words),
    ("Reviews", FieldKind::Comments),
    ("Favs", FieldKind::Bookmarks),
    ("Follows", FieldKind::Other),
    ("Updated", FieldKind::Updated),
    ("Published", FieldKind::Published),
    ("Status", FieldKind::Status),
    ("Chapters", FieldKind::Other),
];

/// The line as text, each date as the day that the page's clock value names.
pub(super) fn line(page: &Document) -> String {
    let grey = page.first("#profile_top span.xgray").or_else(|| {
        let spans = page.select("#profile_top span, #content, div");
        spans.into_iter().find(|own| own.line().contains("Rated:") && own.line().len() < 1_500)
    });
    let Some(grey) = grey else { return String::new() };
    let mut line = grey.line();
    for clock in grey.select("span[data-xutime]") {
        let day =
            clock.attr("data-xutime").and_then(|value| row_dates::day_of(value.parse().ok()?));
        if let Some(day) = day {
            line = line.replacen(&clock.line(), &day, 1);
        }
    }
    line
}

/// What the parts of the line are.
pub(super) fn read(line: &str) -> Vec<(FieldKind, &'static str, String)> {
    let mut facts = Vec::new();
    let start = line.find("Rated:").unwrap_or(0);
    // The mobile page parts them by commas.
    let between = if line[start..].contains(" - ") { " - " } else { ", " };
    let parts = line[start..].split(between).map(str::trim).filter(|part| !part.is_empty());
    let mut unlabelled = 0;
    for part in parts {
        let label = part.split_once(':').map(|(label, value)| (label.trim(), value.trim()));
        let known = label.and_then(|(label, value)| {
            LABELS.iter().find(|(own, _)| own.eq_ignore_ascii_case(label)).map(|own| (own, value))
        });
        match known {
            Some(((label, FieldKind::Rating), value)) => {
                facts.push((
                    FieldKind::Rating,
                    *label,
                    value.trim_start_matches("Fiction").trim().to_owned(),
                ));
            }
            Some(((label, kind), value)) => facts.push((*kind, *label, value.replace(',', ""))),
            None if label.is_some_and(|(label, _)| label.eq_ignore_ascii_case("id")) => {}
            None => {
                unlabelled += 1;
                unlabelled_part(part, unlabelled, &mut facts);
            }
        }
    }
    let complete = facts.iter().any(|(kind, ..)| *kind == FieldKind::Status);
    if !complete && !facts.is_empty() {
        facts.push((FieldKind::Status, "Status", "In Progress".to_owned()));
    }
    facts
}

/// The first is the language; then genres if they are such, then characters.
fn unlabelled_part(part: &str, place: u32, facts: &mut Vec<(FieldKind, &'static str, String)>) {
    if place == 1 {
        facts.push((FieldKind::Language, "language", part.to_owned()));
    } else if let Some(genres) = genres(part) {
        facts.extend(genres.into_iter().map(|genre| (FieldKind::Genre, "genre", genre)));
    } else {
        characters(part, facts);
    }
}

/// Genres parted by a slash; one of them holds a slash itself.
pub(crate) fn genres(part: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = part;
    while !rest.is_empty() {
        let genre = GENRES.iter().find(|genre| {
            rest.strip_prefix(**genre)
                .is_some_and(|behind| behind.is_empty() || behind.starts_with('/'))
        })?;
        found.push((*genre).to_owned());
        rest = rest[genre.len()..].trim_start_matches('/');
    }
    Some(found)
}

/// "[A, B] C, D": those in brackets are together.
pub(crate) fn characters(part: &str, facts: &mut Vec<(FieldKind, &'static str, String)>) {
    let mut rest = part;
    let mut loose = String::new();
    while let Some((before, behind)) = rest.split_once('[') {
        let Some((inside, behind)) = behind.split_once(']') else { break };
        loose.push_str(before);
        loose.push(',');
        loose.push_str(inside);
        loose.push(',');
        let together: Vec<&str> = names(inside);
        if together.len() > 1 {
            facts.push((FieldKind::Relationship, "pairing", together.join("/")));
        }
        rest = behind;
    }
    loose.push_str(rest);
    let all = names(&loose);
    facts.extend(all.into_iter().map(|name| (FieldKind::Character, "characters", name.to_owned())));
}

fn names(list: &str) -> Vec<&str> {
    list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect()
}

/// The fandom at the end of the path; a crossover names both.
pub(super) fn fandoms(page: &Document) -> Vec<String> {
    let mobile = || page.select("#content a[href^='/']");
    let path = match page.select("#pre_story_links a") {
        none if none.is_empty() => mobile(),
        path => path,
    };
    let people = |link: &Element<'_>| link.attr("href").is_some_and(|to| to.starts_with("/u/"));
    let path: Vec<Element<'_>> = path.into_iter().filter(|link| !people(link)).collect();
    let Some(last) = path.last().map(|link| link.line()) else { return Vec::new() };
    let crossover = last.to_ascii_lowercase().ends_with("crossover");
    let last = last.trim_end_matches("Crossover").trim_end_matches("crossover").trim();
    let parts: Vec<String> = match crossover {
        true => last.split(" + ").map(str::to_owned).collect(),
        false => vec![last.to_owned()],
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect()
}

/// The story's number: from the line, from the address, from a link to its reviews.
pub(super) fn number(page: &Document, url: Option<&str>) -> Option<String> {
    let line = line(page);
    let told = line.rsplit_once("id:").map(|(_, number)| number.trim().to_owned());
    let told =
        told.filter(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()));
    let canonical =
        || page.first("link[rel=canonical]").and_then(|link| link.attr("href").map(str::to_owned));
    let addressed = || {
        let id = site_address::of(&url.map(str::to_owned).or_else(canonical)?)?.id?;
        id.strip_prefix("ffn:").map(str::to_owned)
    };
    let reviews = || {
        let link = page.first("a[href*='/r/']")?;
        let (_, rest) = link.attr("href")?.split_once("/r/")?;
        let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (!number.is_empty()).then_some(number)
    };
    told.or_else(addressed).or_else(reviews)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str, kind: FieldKind) -> Vec<String> {
        read(line).into_iter().filter(|(own, ..)| *own == kind).map(|(.., value)| value).collect()
    }

    #[test]
    fn the_order_of_the_line_says_what_is_what() {
        let line = "Rated: Fiction T - English - Humor/Hurt/Comfort - [Dorothy G., Ozma] Scarecrow - Chapters: 2 - Words: 1,234 - Status: Complete - id: 42";
        assert_eq!(of(line, FieldKind::Genre), ["Humor", "Hurt/Comfort"]);
        assert_eq!(of(line, FieldKind::Relationship), ["Dorothy G./Ozma"]);
        assert_eq!(of(line, FieldKind::Character), ["Dorothy G.", "Ozma", "Scarecrow"]);
        assert_eq!(of(line, FieldKind::Language), ["English"]);
        assert_eq!(of(line, FieldKind::Words), ["1234"]);
        assert_eq!(of(line, FieldKind::Rating), ["T"]);
    }

    #[test]
    fn the_mobile_line_is_parted_by_commas() {
        let line = "Books » Wizard of Oz Rated: K, English, Humor, Dorothy, Ozma, Words: 1k+, Published: 2004-05-01";
        assert_eq!(of(line, FieldKind::Genre), ["Humor"]);
        assert_eq!(of(line, FieldKind::Character), ["Dorothy", "Ozma"]);
        assert_eq!(of(line, FieldKind::Published), ["2004-05-01"]);
    }

    #[test]
    fn missing_genres_do_not_shift_the_characters() {
        let line = "Rated: K+ - German - Jim H., Ben G. - Words: 12 - Published: 2004-05-01";
        assert_eq!(of(line, FieldKind::Genre), [""; 0]);
        assert_eq!(of(line, FieldKind::Character), ["Jim H.", "Ben G."]);
        assert_eq!(of(line, FieldKind::Status), ["In Progress"]);
    }
}
