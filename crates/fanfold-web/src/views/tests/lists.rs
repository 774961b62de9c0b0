//! Lists: an empty library, a small one, one of a million works.

use super::pieces::{attic, both_ways, counted, frame, on_paper, shelf, unfinished, unknown_name};
use crate::urls;
use crate::views::chart::BarChart;
use crate::views::desk::WaitingLine;
use crate::views::frame::{Frame, Section};
use crate::views::home::HomePage;
use crate::views::imports::{ImportLine, ImportState, Tally};
use crate::views::listing::{
    Choice, Condition, Facet, FacetGroup, FilterForm, LeftOut, Listing, QueryProblem, RangeField,
    SearchPage, Wish, WorksListPage,
};
use crate::views::parts::Pager;
use crate::views::words::{Count, When};

pub(super) fn years() -> Option<BarChart> {
    let counts: Vec<(String, u64)> = (1996..=2014)
        .map(|y| (y.to_string(), [3, 9, 40, 122, 80, 61, 7][(y % 7) as usize]))
        .collect();
    BarChart::draw("Works by the year they were published", &counts)
}

pub(super) fn import_line() -> ImportLine {
    ImportLine {
        id: 3,
        href: "/imports/3".into(),
        what: "attic.zip and 3 more".into(),
        when: Some(When::from_iso("2026-11-20T10:15:00Z")),
        state: ImportState::Done,
        tally: Tally {
            taken: Count(41),
            merged: Count(9),
            unchanged: Count(2),
            held: Count(1),
            refused: Count(10),
        },
        needs_person: Count(4),
    }
}

pub(super) fn home() -> Vec<(&'static str, HomePage)> {
    let full = HomePage {
        frame: frame("", Section::Home),
        works: Count(412),
        words: Count(3_904_112),
        creators: Count(97),
        fandoms: Count(18),
        series: Count(23),
        largest: vec![
            counted("fandom", "Treasure Island", 120),
            counted("fandom", "Sherlock Holmes & Related Fandoms", 96),
            counted("fandom", "Robin Hood (Traditional)", 41),
        ],
        newest: shelf(),
        waiting: vec![
            WaitingLine {
                words: "ratings that can be read two ways".into(),
                href: "/waiting#rating-ambiguous".into(),
                count: Count(4),
            },
            WaitingLine {
                words: "held for a permission".into(),
                href: "/waiting#permission".into(),
                count: Count(1),
            },
        ],
        imports: vec![import_line()],
        years: years(),
    };
    let million = HomePage {
        works: Count(1_000_000),
        words: Count(12_204_000_112),
        creators: Count(310_224),
        fandoms: Count(61_004),
        frame: on_paper(frame("", Section::Home), "dark"),
        newest: vec![attic()],
        ..full.clone()
    };
    let empty = HomePage { frame: frame("", Section::Home), ..HomePage::default() };
    vec![("full", full), ("million", million), ("empty", empty)]
}

fn facets(kind: &'static str, heading: &'static str, names: &[(&str, u64)]) -> FacetGroup {
    let facets = names.iter().map(|(name, n)| Facet {
        name: (*name).into(),
        count: Count(*n),
        wish: Wish::Neutral,
    });
    FacetGroup {
        kind,
        title: heading,
        facets: facets.collect(),
        open: kind == "character" || kind == "warning" || kind == "rating",
        alone: (kind == "fandom" || kind == "relationship").then_some(kind == "fandom"),
    }
}

fn choices(words: &[(&str, &str)]) -> Vec<Choice> {
    words
        .iter()
        .enumerate()
        .map(|(i, (value, words))| Choice {
            value: (*value).into(),
            words: (*words).into(),
            chosen: i == 0,
        })
        .collect()
}

fn tag_groups() -> Vec<FacetGroup> {
    vec![
        facets(
            "rating",
            "Ratings",
            &[
                ("General Audiences", 120),
                ("Teen And Up Audiences", 99),
                ("Mature", 60),
                ("Not Rated", 4),
            ],
        ),
        facets(
            "warning",
            "Warnings",
            &[("No Archive Warnings Apply", 270), ("Major Character Death", 33)],
        ),
        facets("category", "Categories", &[("Gen", 200), ("F/M", 110), ("F/F", 60)]),
        facets(
            "fandom",
            "Fandoms",
            &[("Treasure Island", 412), ("Sherlock Holmes & Related Fandoms", 3)],
        ),
        facets(
            "character",
            "Characters",
            &[
                ("Jim Hawkins", 380),
                ("Long John Silver", 201),
                ("The Gentleman Whose Name Is Never Said Although Everybody Knows It", 12),
            ],
        ),
        facets(
            "relationship",
            "Relationships",
            &[("Jim Hawkins/Ben Gunn", 44), ("Jim Hawkins & Long John Silver", 40)],
        ),
        facets(
            "freeform",
            "Additional tags",
            &[("Post-Canon", 51), ("Sea Stories", 50), ("<img src=x onerror=alert(1)>", 1)],
        ),
    ]
}

fn form() -> FilterForm {
    let mut groups = tag_groups();
    groups[4].facets[0].wish = Wish::With;
    groups[1].facets[1].wish = Wish::Without;
    FilterForm {
        action: "/works".into(),
        groups,
        status: choices(&[("", "Any"), ("complete", "Complete"), ("in-progress", "In progress")]),
        crossover: choices(&[("", "With"), ("false", "Without"), ("true", "Only")]),
        otp: choices(&[("", "Any number"), ("true", "One only")]),
        languages: choices(&[
            ("en", "English (390)"),
            ("de", "Deutsch (20)"),
            ("ar", "العربية (2)"),
        ]),
        sorts: choices(&[("updated", "Newest first"), ("words", "Longest first")]),
        ranges: vec![RangeField {
            title: "Words",
            name: "words",
            from: "1000".into(),
            to: String::new(),
            is_date: false,
        }],
        ..FilterForm::default()
    }
}

fn listing(total: u64) -> Listing {
    Listing {
        sentence: format!(
            "{} in Treasure Island, with Jim Hawkins, without Major Character Death, newest first",
            Count(total).of("work", "works")
        ),
        query: "fandom:\"Treasure Island\" char:\"Jim Hawkins\" -warning:\"Major Character Death\""
            .into(),
        conditions: vec![
            Condition { words: "with Jim Hawkins".into(), remove_href: "/works?a".into() },
            Condition {
                words: "without Major Character Death".into(),
                remove_href: "/works?b".into(),
            },
        ],
        clear_href: "/works".into(),
        unknown: if total == 0 { vec![unknown_name()] } else { Vec::new() },
        total: Count(total),
        cards: if total == 0 { Vec::new() } else { shelf() },
        filters: form(),
        pager: if total == 0 { Pager::default() } else { both_ways() },
        left_out: LeftOut::of_works(Some(3), false, "/works?show=all".into()),
        may_keep: total > 0,
    }
}

pub(super) fn works_list() -> Vec<(&'static str, WorksListPage)> {
    let page = |frame: Frame, total| WorksListPage {
        frame,
        heading: "Works".into(),
        kicker: None,
        about_href: None,
        hue: None,
        listing: listing(total),
    };
    let mut compact = page(frame("Works", Section::Works), 412);
    compact.frame.preferences =
        crate::views::frame::Preferences::from_pairs([("density", "compact")]);
    vec![
        ("some", page(frame("Works", Section::Works), 412)),
        ("none", page(frame("Works", Section::Works), 0)),
        ("million", page(on_paper(frame("Works", Section::Works), "dark"), 1_000_000)),
        ("compact", compact),
        (
            "of-tag",
            WorksListPage {
                kicker: Some("Fandom".into()),
                heading: "Treasure Island".into(),
                about_href: Some(urls::tag("fandom", "Treasure Island")),
                hue: Some(5),
                ..page(frame("Treasure Island", Section::Works), 412)
            },
        ),
    ]
}

fn problem_inside() -> QueryProblem {
    QueryProblem {
        message: "a number was expected after words:".into(),
        hint: Some("words:>1000, words:1000-5000 or words:10k would work".into()),
        before: "lantern words:".into(),
        at: "many".into(),
        after: " -storm".into(),
        column: 15,
    }
}

fn problem_at_the_end() -> QueryProblem {
    QueryProblem {
        message: "a bracket is not closed".into(),
        hint: None,
        before: "(lantern".into(),
        at: String::new(),
        after: String::new(),
        column: 9,
    }
}

pub(super) fn search() -> Vec<(&'static str, SearchPage)> {
    let asked = |query: &str| Frame { query: query.into(), ..frame("Search", Section::Search) };
    let problem = problem_inside();
    let open = problem_at_the_end();
    vec![
        (
            "found",
            SearchPage {
                frame: asked("lantern"),
                problem: None,
                listing: Some(Listing { cards: vec![unfinished(), attic()], ..listing(2) }),
                examples: Vec::new(),
            },
        ),
        (
            "nothing",
            SearchPage {
                frame: asked("xyzzy"),
                problem: None,
                listing: Some(Listing { conditions: Vec::new(), ..listing(0) }),
                examples: Vec::new(),
            },
        ),
        (
            "problem",
            SearchPage {
                frame: asked("lantern words:many -storm"),
                problem: Some(problem),
                listing: None,
                examples: Vec::new(),
            },
        ),
        (
            "open",
            SearchPage {
                frame: asked("(lantern"),
                problem: Some(open),
                listing: None,
                examples: Vec::new(),
            },
        ),
        (
            "blank",
            SearchPage {
                frame: asked(""),
                problem: None,
                listing: None,
                examples: vec![
                    (
                        "words:>10k -crossover:true".into(),
                        "/search?q=a".into(),
                        "long works of one fandom".into(),
                    ),
                    ("\"spy glass\"".into(), "/search?q=b".into(), "two words side by side".into()),
                ],
            },
        ),
    ]
}
