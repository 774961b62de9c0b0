//! Lists: an empty library, a small one, one of a million works.

use super::pieces::{
    arabic, attic, bare, both_ways, counted, frame, german, html, on_paper, shelf, tag as named,
    tags, unfinished,
};
use crate::urls;
use crate::views::chart::BarChart;
use crate::views::creators::CreatorPage;
use crate::views::desk::WaitingLine;
use crate::views::frame::{Frame, Section};
use crate::views::home::HomePage;
use crate::views::imports::{ImportLine, ImportState, Tally};
use crate::views::listing::{
    Choice, Condition, Facet, FacetGroup, FilterForm, LeftOut, Listing, QueryProblem, RangeField,
    SearchPage, Wish, WorksListPage,
};
use crate::views::parts::{NamedLink, Pager};
use crate::views::series::{SeriesEntry, SeriesPage, SeriesPart};
use crate::views::tags::{ChoicePage, FandomsPage, Letter, Namesake, Neighbours, TagPage};
use crate::views::words::{Count, When};

fn years() -> Option<BarChart> {
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
        sorts: choices(&[
            ("updated", "Newest first"),
            ("title", "Title"),
            ("words", "Longest first"),
        ]),
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
        total: Count(total),
        cards: if total == 0 { Vec::new() } else { shelf() },
        filters: form(),
        pager: if total == 0 { Pager::default() } else { both_ways() },
        left_out: Some(LeftOut { count: Some(Count(3)), other_href: "/works?show=all".into() }),
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

pub(super) fn tag_page() -> TagPage {
    TagPage {
        frame: frame("Treasure Island", Section::Fandoms),
        kind: "Fandom".into(),
        name: "Treasure Island".into(),
        hue: 5,
        synonyms: tags(
            "fandom",
            &["Treasure Island - R. L. Stevenson", "Die Schatzinsel", "جزيرة الكنز"],
        ),
        metatags: tags("fandom", &["Works of R. L. Stevenson"]),
        subtags: tags("fandom", &["Treasure Island (1950)"]),
        uses: Count(412),
        works_href: urls::tag_works("fandom", "Treasure Island"),
        mute: Some(super::pieces::mute("tag", "fandom:treasure island", "Treasure Island")),
        neighbours: vec![
            Neighbours {
                title: "Relationships",
                tags: vec![
                    counted("relationship", "Jim Hawkins & Long John Silver", 120),
                    counted("relationship", "Jim Hawkins/Ben Gunn", 44),
                    counted("relationship", "Dr Livesey & Squire Trelawney", 3),
                ],
            },
            Neighbours {
                title: "Characters",
                tags: vec![
                    counted("character", "Jim Hawkins", 380),
                    counted("character", "Long John Silver", 201),
                ],
            },
        ],
        years: years(),
        newest: vec![attic(), arabic()],
        ..TagPage::default()
    }
}

pub(super) fn tag_samples_alone() -> TagPage {
    TagPage {
        frame: frame("Lanterns", Section::Fandoms),
        kind: "Additional tag".into(),
        name: "Lanterns".into(),
        canonical: Some(named("freeform", "Lamps & Lanterns")),
        uses: Count(1),
        works_href: "/tags/freeform/Lanterns/works".into(),
        ..TagPage::default()
    }
}

pub(super) fn tag() -> Vec<(&'static str, TagPage)> {
    vec![("fandom", tag_page()), ("alone", tag_samples_alone())]
}

pub(super) fn choice() -> Vec<(&'static str, ChoicePage)> {
    let namesakes = vec![
        Namesake { kind: "Character".into(), link: counted("character", "Robin Hood", 90) },
        Namesake { kind: "Fandom".into(), link: counted("fandom", "Robin Hood", 41) },
    ];
    vec![(
        "tags",
        ChoicePage {
            frame: frame("Robin Hood", Section::Fandoms),
            name: "Robin Hood".into(),
            what: "tags",
            namesakes,
        },
    )]
}

pub(super) fn fandoms() -> Vec<(&'static str, FandomsPage)> {
    let letters: Vec<Letter> = "ABCDRST"
        .chars()
        .map(|c| Letter {
            letter: c.into(),
            href: format!("/fandoms?letter={c}"),
            current: c == 'T',
        })
        .collect();
    let groups = vec![
        (
            "A".to_owned(),
            vec![counted("fandom", "Alice's Adventures in Wonderland - Lewis Carroll", 31)],
        ),
        ("R".to_owned(), vec![counted("fandom", "Robin Hood (Traditional)", 41)]),
        (
            "T".to_owned(),
            vec![
                counted("fandom", "The Three Musketeers", 9),
                counted("fandom", "Treasure Island", 412),
            ],
        ),
        ("Ш".to_owned(), vec![counted("fandom", "Шерлок Холмс", 7)]),
    ];
    vec![
        (
            "some",
            FandomsPage {
                frame: frame("Fandoms", Section::Fandoms),
                total: Count(5),
                letters,
                groups,
                pager: Pager::default(),
            },
        ),
        (
            "none",
            FandomsPage {
                frame: frame("Fandoms", Section::Fandoms),
                total: Count(0),
                letters: Vec::new(),
                groups: Vec::new(),
                pager: Pager::default(),
            },
        ),
    ]
}

pub(super) fn creator() -> Vec<(&'static str, CreatorPage)> {
    let page = CreatorPage {
        frame: frame("Wren", Section::Works),
        name: "Wren".into(),
        site: Some("lanterns.example.org".into()),
        mute: Some(super::pieces::mute("creator", "5", "Wren")),
        other_names: vec![super::pieces::creator(5, "Jenny Wren")],
        works: Count(2),
        words: Count(16_690),
        fandoms: vec![counted("fandom", "Treasure Island", 2)],
        series: vec![counted("series", "Attic Tales", 2)],
        cards: vec![attic(), german()],
        works_href: "/works?q=creator%3AWren".into(),
        pager: both_ways(),
    };
    let empty = CreatorPage {
        site: None,
        other_names: Vec::new(),
        works: Count(0),
        words: Count(0),
        fandoms: Vec::new(),
        series: Vec::new(),
        cards: Vec::new(),
        pager: Pager::default(),
        ..page.clone()
    };
    vec![("wren", page), ("empty", empty)]
}

pub(super) fn series() -> Vec<(&'static str, SeriesPage)> {
    let part = |number: &str, entry| SeriesPart { number: Some(number.into()), entry };
    vec![(
        "attic",
        SeriesPage {
            found: false,
            frame: frame("Attic Tales", Section::Works),
            title: "Attic Tales".into(),
            creators: vec![super::pieces::creator(4, "Wren")],
            parents: vec![NamedLink::new("All the Rooms", "/series/1")],
            description: Some(html("<p>One house, read from the top down.</p>")),
            works: Count(2),
            words: Count(14_920),
            status: Some("in progress".into()),
            parts: vec![
                part("1", SeriesEntry::Missing(Some("Under the Stairs".into()))),
                part("2", SeriesEntry::Work(Box::new(attic()))),
                part("3", SeriesEntry::Series(NamedLink::new("The Cellar Nights", "/series/4"))),
                SeriesPart { number: None, entry: SeriesEntry::Work(Box::new(bare())) },
                part("5", SeriesEntry::Missing(None)),
            ],
            pager: Pager::default(),
        },
    )]
}
