//! Pages about names: tags, fandoms, creators, series, and what is like a work.

use super::lists::years;
use super::pieces::{
    arabic, attic, bare, both_ways, counted, frame, german, html, tag as named, tags,
};
use crate::urls;
use crate::views::creators::CreatorPage;
use crate::views::frame::Section;
use crate::views::like::{LikeChoice, LikeGroup, LikePage, SharedCard};
use crate::views::listing::LeftOut;
use crate::views::parts::{NamedLink, Pager};
use crate::views::series::{SeriesEntry, SeriesPage, SeriesPart};
use crate::views::tags::{ChoicePage, FandomsPage, Letter, Namesake, Neighbours, TagPage};
use crate::views::words::Count;

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
        left_out: LeftOut::of_works(
            Some(1),
            false,
            "/tags/fandom/Treasure%20Island?show=all".into(),
        ),
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
                left_out: LeftOut::of_works(None, true, "/fandoms".into()),
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
                left_out: None,
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
        left_out: LeftOut::of_works(Some(2), false, "/creators/4/Wren?show=all".into()),
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
        left_out: None,
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
                part("6", SeriesEntry::LeftOut),
            ],
            left_out: LeftOut::of_works(Some(1), false, "/series/9?show=all".into()),
            pager: Pager::default(),
        },
    )]
}

pub(super) fn like() -> Vec<(&'static str, LikePage)> {
    let choice = |name: &str, others, chosen| LikeChoice {
        name: name.into(),
        others: Count(others),
        chosen,
    };
    let choices = vec![
        choice("Treasure Island", 411, true),
        choice("<img src=x onerror=alert(1)>", 0, false),
        choice("The Gentleman Whose Name Is Never Said Although Everybody Knows It", 12, true),
    ];
    let shared = vec!["Treasure Island".to_owned(), "<b>Lamps</b>".to_owned()];
    let page = LikePage {
        frame: frame("More like In the Attic", Section::Works),
        title: super::pieces::title("In the Attic", "en"),
        href: "/works/12".into(),
        action: "/works/12/like".into(),
        groups: vec![
            LikeGroup { kind: "fandom", title: "Fandoms", choices: choices.clone() },
            LikeGroup { kind: "freeform", title: "Additional tags", choices },
        ],
        total: Count(412),
        shown: Count(2),
        cards: [attic(), german()].map(|card| SharedCard { card, shared: shared.clone() }).into(),
        query: "fandom:\"Treasure Island\" -id:12".into(),
        all_href: Some("/works?q=a".into()),
    };
    let nothing = LikePage {
        groups: Vec::new(),
        total: Count(0),
        shown: Count(0),
        cards: Vec::new(),
        query: String::new(),
        all_href: None,
        ..page.clone()
    };
    vec![("attic", page), ("nothing", nothing)]
}
