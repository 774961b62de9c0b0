//! Sources, imports, what waits, problems and help.

use super::lists::import_line;
use super::pieces::{creator, frame, title};
use crate::views::about::{HelpPage, PreferencesPage};
use crate::views::chart::Flow;
use crate::views::desk::{
    BesideLine, BesidePage, WaitingChoice, WaitingEvidence, WaitingPage, WaitingQuestion,
};
use crate::views::frame::Section;
use crate::views::imports::{ImportPage, ImportState, ImportsPage, ItemLine, Tally};
use crate::views::parts::{NamedLink, Pager};
use crate::views::problems::ProblemPage;
use crate::views::shelf::{FilterLine, FiltersPage, MuteLine};
use crate::views::sources::{
    Facsimile, FindingLine, HistoryLine, OriginalLabel, Reading, SourceLine, SourcesPage, Stretch,
    SuggestionLine,
};
use crate::views::words::{Count, When};

fn reading(
    number: usize,
    field: &str,
    value: &str,
    quote: &str,
    rule: &str,
    confidence: f64,
) -> Reading {
    Reading {
        number: Some(number),
        field: field.into(),
        value: value.into(),
        rule: rule.into(),
        confidence,
        quote: Some(quote.into()),
        curated: number == 3,
    }
}

fn stretches() -> Vec<Stretch> {
    let plain = |text: &str| Stretch { text: text.into(), number: None };
    let marked = |text: &str, n| Stretch { text: text.into(), number: Some(n) };
    vec![
        plain("Title:    "),
        marked("In the Attic", 1),
        plain("\nBy:       "),
        marked("Wren", 2),
        plain("\nRating:   "),
        marked("PG-13 to be safe", 3),
        plain("\nPairing:  "),
        marked("Jim/Ben", 4),
        plain("\nFeedback: yes please, but be kind\n\n"),
        plain(
            "The letter came on a Tuesday, which was the day for fish and not\nfor letters, and it lay on the bar of the Admiral Benbow between a\nplate of bones and the good lamp until the boy had finished sweeping.\nHe was not a boy any longer. He was twenty-six and owned the broom.\n",
        ),
    ]
}

fn source() -> SourceLine {
    SourceLine {
        path: "attic.zip › old/tale.txt".into(),
        format: "Plain text".into(),
        encoding: Some("windows-1252".into()),
        size: Some(14_204),
        hash: "9f2b0c44d1e87a5560c3a1be77f0d9129f2b0c44d1e87a5560c3a1be77f0d912".into(),
        download_href: Some("/works/12/sources/0".into()),
        url: Some("http://lanterns.example.org/viewstory.php?sid=12".into()),
        imported: Some(When::from_iso("2026-11-20")),
    }
}

fn readings() -> Vec<Reading> {
    vec![
        reading(
            1,
            "Title",
            "In the Attic",
            "In the Attic",
            "the line after the label “Title:”",
            0.99,
        ),
        reading(2, "Creator", "Wren", "Wren", "the line after the label “By:”", 0.99),
        reading(
            3,
            "Rating",
            "Teen And Up Audiences",
            "PG-13 to be safe",
            "film rating PG-13 read as Teen And Up Audiences",
            0.82,
        ),
        reading(
            4,
            "Relationship",
            "Jim Hawkins/Ben Gunn",
            "Jim/Ben",
            "first names of two characters of the fandom",
            0.64,
        ),
    ]
}

fn labels() -> Vec<OriginalLabel> {
    vec![
        OriginalLabel { label: "Rating".into(), values: vec!["PG-13 to be safe".into()] },
        OriginalLabel {
            label: "Pairing".into(),
            values: vec!["Jim/Ben".into(), "<img src=x onerror=alert(1)>".into()],
        },
        OriginalLabel { label: "Feedback".into(), values: vec!["yes please, but be kind".into()] },
    ]
}

fn findings() -> Vec<FindingLine> {
    vec![
        FindingLine {
            level: "review",
            code: "rating-ambiguous".into(),
            message: "“PG-13 to be safe” can be read as Teen And Up Audiences or lower.".into(),
            advice: Some(
                "Confirm the rating, or set another. It is never lowered by itself.".into(),
            ),
        },
        FindingLine {
            level: "damage",
            code: "text-cut".into(),
            message: "The file ends in the middle of a word.".into(),
            advice: None,
        },
        FindingLine {
            level: "info",
            code: "encoding-detected".into(),
            message: "No encoding is stated; windows-1252 was found.".into(),
            advice: None,
        },
    ]
}

pub(super) fn sources() -> Vec<(&'static str, SourcesPage)> {
    let full = SourcesPage {
        frame: frame("Where In the Attic comes from", Section::Works),
        title: title("In the Attic", "en"),
        href: "/works/12".into(),
        uid: "0192c7e0-4a1c-7d2e-9b1a-0242ac120002".into(),
        creators: vec![creator(4, "Wren")],
        sources: vec![
            source(),
            SourceLine {
                download_href: None,
                url: None,
                imported: None,
                encoding: None,
                ..source()
            },
        ],
        readings: readings(),
        facsimiles: vec![Facsimile {
            path: "attic.zip › old/tale.txt".into(),
            stretches: stretches(),
            left_out: 13_204,
        }],
        labels: labels(),
        findings: findings(),
        suggestions: vec![SuggestionLine {
            field: "Fandom".into(),
            value: "Treasure Island".into(),
            why: "Jim Hawkins and the Admiral Benbow are named in the text.".into(),
        }],
        versions: vec![HistoryLine {
            when: Some(When::from_iso("2026-11-20")),
            href: None,
            actor: None,
            words: "Imported from attic.zip.".into(),
        }],
        edits: vec![HistoryLine {
            when: Some(When::from_iso("2026-11-21")),
            href: None,
            actor: Some("the keeper".into()),
            words: "Rating set from not stated to Teen And Up Audiences.".into(),
        }],
    };
    let bare = SourcesPage {
        readings: Vec::new(),
        facsimiles: Vec::new(),
        labels: Vec::new(),
        findings: Vec::new(),
        suggestions: Vec::new(),
        edits: Vec::new(),
        ..full.clone()
    };
    vec![("full", full), ("bare", bare)]
}

pub(super) fn imports() -> Vec<(&'static str, ImportsPage)> {
    let page = ImportsPage {
        frame: frame("Import", Section::Import),
        formats: [
            "plain text",
            "web pages",
            "Markdown",
            "AO3 downloads",
            "EPUB",
            "zip archives",
            "JSON lines",
        ]
        .map(String::from)
        .into(),
        limit: "512 MB".into(),
        problem: None,
        imports: vec![import_line(), import_line()],
        pager: Pager::default(),
    };
    let first = ImportsPage {
        imports: Vec::new(),
        problem: Some("The upload held no file. Choose at least one and try again.".into()),
        ..page.clone()
    };
    vec![("some", page), ("first", first)]
}

fn wants_a_person() -> Vec<ItemLine> {
    vec![ItemLine {
        path: "attic.zip › STORY3~1.TXT".into(),
        outcome: "taken".into(),
        why: "Nothing states a title. The first words stand in for it.".into(),
        work: Some(NamedLink::new("Untitled: “the lamp had been lit since four”", "/works/15")),
    }]
}

fn refused() -> Vec<ItemLine> {
    vec![
        ItemLine {
            path: "attic.zip › soup.txt".into(),
            outcome: "not a work".into(),
            why: "This reads like a recipe: quantities and short orders, no sentences that tell."
                .into(),
            work: None,
        },
        ItemLine {
            path: "attic.zip › broken.epub".into(),
            outcome: "unreadable".into(),
            why: "The archive ends early, at byte 4096. A better copy would help.".into(),
            work: None,
        },
    ]
}

pub(super) fn import() -> Vec<(&'static str, ImportPage)> {
    let line = import_line();
    let rows = [
        ("Plain text".to_owned(), vec![24, 7, 1, 1, 2]),
        ("Web page".to_owned(), vec![9, 1, 0, 0, 3]),
        ("EPUB".to_owned(), vec![5, 1, 1, 0, 1]),
        ("Markdown".to_owned(), vec![3, 0, 0, 0, 0]),
        ("Not understood".to_owned(), vec![0, 0, 0, 0, 4]),
    ];
    let outcomes = [
        ("taken", "good"),
        ("merged", "good"),
        ("unchanged", "plain"),
        ("held", "caution"),
        ("refused", "damage"),
    ];
    let done = ImportPage {
        frame: frame("Import 3", Section::Import),
        id: 3,
        what: line.what,
        when: line.when,
        state: ImportState::Done,
        tally: line.tally,
        flow: Flow::draw(&outcomes, &rows),
        works: vec![
            NamedLink::new("In the Attic by Wren Example", "/works/12"),
            NamedLink::new("The Long Lamp", "/works/13"),
        ],
        more_works: Some("/imports/3?after=13#works".into()),
        needs_person: wants_a_person(),
        refused: refused(),
        left_out: Count(7),
        ..ImportPage::default()
    };
    let running = ImportPage {
        frame: frame("Import 4", Section::Import),
        id: 4,
        what: "mirror.zip".into(),
        state: ImportState::Running,
        tally: Tally { taken: Count(1_204), ..Tally::default() },
        percent: Some(24),
        current: Some(
            "mirror.zip › a/very/long/path/to/some/Donaudampfschifffahrtsgesellschaft.html".into(),
        ),
        ..ImportPage::default()
    };
    let waiting = ImportPage {
        state: ImportState::Waiting,
        tally: Tally::default(),
        percent: None,
        current: None,
        ..running.clone()
    };
    let failed = ImportPage { state: ImportState::Failed, problem: Some("The disk is full. 1 204 works are safe; free some space and import the same files again.".into()), ..running.clone() };
    vec![("done", done), ("running", running), ("waiting", waiting), ("failed", failed)]
}

pub(super) fn waiting() -> Vec<(&'static str, WaitingPage)> {
    let choice = |name: &str, means: &str| WaitingChoice {
        name: name.into(),
        words: name.into(),
        means: means.into(),
    };
    let evidence = WaitingEvidence {
        work: NamedLink::new("In the Attic", "/works/12/sources"),
        says: "“PG-13 to be safe” was read as Teen And Up Audiences".into(),
    };
    let rating = WaitingQuestion {
        id: "1f0c22aa".into(),
        kind: "rating".into(),
        asks: "Which rating is “PG-13 to be safe”?".into(),
        about: "312 works of lanterns.example.org".into(),
        evidence: vec![evidence.clone(), evidence.clone()],
        more: 310,
        choices: vec![
            choice("Teen And Up Audiences", "as it was taken: the stricter level"),
            choice("General Audiences", "for all of them"),
            choice("Mature", "for all of them"),
            choice("Explicit", "for all of them"),
        ],
        few: false,
        own_words: false,
        beside: None,
    };
    let title = WaitingQuestion {
        id: "77e0d1b2".into(),
        kind: "title".into(),
        asks: "What is the title of this work? It is shown as “Untitled”.".into(),
        about: "1 work of attic".into(),
        evidence: vec![evidence],
        more: 0,
        choices: vec![choice("keep", "it has no title; the placeholder stays, marked as one")],
        few: true,
        own_words: true,
        beside: Some("/works/12/beside/14".into()),
    };
    let empty = WaitingPage {
        frame: frame("Waiting", Section::Waiting),
        total: Count(0),
        questions: Vec::new(),
        pager: Pager::default(),
    };
    let some = WaitingPage { total: Count(2), questions: vec![rating, title], ..empty.clone() };
    vec![("some", some), ("none", empty)]
}

pub(super) fn beside() -> Vec<(&'static str, BesidePage)> {
    let pieces = vec![
        ("both", "Nobody came to the ".into()),
        ("first", "old ".into()),
        ("both", "inn that ".into()),
        ("second", "winter ".into()),
        ("both", "night.".into()),
    ];
    let page = BesidePage {
        frame: frame("In the Attic, side by side", Section::Works),
        heading: "In the Attic".into(),
        first: NamedLink::new("Version 2", "/works/12/sources#history"),
        second: NamedLink::new("the text that is shown", "/works/12"),
        sum: "41 paragraphs alike, 1 paragraph changed.".into(),
        lines: vec![
            BesideLine::Both("The lamp was lit.".into()),
            BesideLine::Folded(Count(39)),
            BesideLine::Changed(pieces),
            BesideLine::First("A paragraph that was taken out.".into()),
            BesideLine::Second("A paragraph that was put in.".into()),
        ],
    };
    vec![("version", page)]
}

pub(super) fn problem() -> Vec<(&'static str, ProblemPage)> {
    vec![(
        "missing",
        ProblemPage {
            frame: frame("Not here", Section::Elsewhere),
            status: 404,
            heading: "This page is not here".into(),
            message: "The address may be old or mistyped, or the work may not be open to everyone."
                .into(),
            next: vec![
                NamedLink::new("Search the library", "/search"),
                NamedLink::new("Go to the works", "/works"),
            ],
        },
    )]
}

pub(super) fn help() -> Vec<(&'static str, HelpPage)> {
    vec![("search", HelpPage { frame: frame("How to search", Section::Search) })]
}

pub(super) fn preferences() -> Vec<(&'static str, PreferencesPage)> {
    vec![("default", PreferencesPage { frame: frame("Reading settings", Section::Elsewhere) })]
}

pub(super) fn filters() -> Vec<(&'static str, FiltersPage)> {
    let filter = |name: &str, query: &str, usual| FilterLine {
        name: name.into(),
        query: query.into(),
        href: "/search?q=x".into(),
        feed_href: "/feeds/filters/One".into(),
        usual,
        problem: None,
    };
    let mute = |sort, key: &str, what: &str, name: &str, until: Option<&str>, over| MuteLine {
        sort,
        key: key.into(),
        what: what.into(),
        name: name.into(),
        until: until.map(str::to_owned),
        over,
    };
    let page = FiltersPage {
        frame: frame("Filters and mutes", Section::Elsewhere),
        problem: None,
        filters: vec![
            filter("Finished and long", "complete:true words:>=10000 sort:kudos", true),
            FilterLine {
                problem: Some("a number is missing".into()),
                ..filter("At sea", "(storm OR mast) words:", false)
            },
        ],
        mutes: vec![
            mute("tag", "freeform:shipwreck", "Additional tag", "Shipwreck", None, false),
            mute("creator", "5", "Creator", "Wren", Some("20 December 2026"), false),
            mute(
                "work",
                "12",
                "Work",
                "\u{62c}\u{632}\u{64a}\u{631}\u{629}",
                Some("1 May 2026"),
                true,
            ),
        ],
    };
    let empty = FiltersPage {
        problem: Some("a filter needs a name of 1 to 100 characters".into()),
        filters: Vec::new(),
        mutes: Vec::new(),
        ..page.clone()
    };
    vec![("kept", page), ("empty", empty)]
}
