//! Works: several chapters, a single one, hundreds of tags, no metadata at all, right to left.

use super::pieces::{attic, creator, facts, frame, html, on_paper, tags, title};
use crate::urls;
use crate::views::frame::{Frame, Section};
use crate::views::parts::{Download, Facts, NamedLink, SeriesPlace, TagRun, Title};
use crate::views::words::{Count, When, hue};
use crate::views::works::{
    ChapterLine, ChapterText, ColophonRow, ContentsPage, Dated, Extent, GatePage, Stat, WorkHead,
    WorkPage,
};

const PROSE: &str = "<p>The letter came on a Tuesday, which was the day for fish and not for letters, and it lay on the bar of the Admiral Benbow between a plate of bones and the good lamp until the boy had finished sweeping. He was not a boy any longer. He was twenty-six and owned the broom.</p>\
<p>“There’s sand in it,” said his mother, who had held it to the light. “Somebody has <em>folded sand</em> into it.”</p>\
<p>Jim Hawkins wiped his hands. In 1776 the post from Bristol cost fourpence, and nobody who knew him would have spent it. He turned the paper over. There was no name; there was only a mark where a name would go, a small round sun with seven strokes, such as a man might cut into a tree if he had been alone for three years and wished to be found.</p>\
<p>He sat down. He did not open it for some time.</p><hr>\
<p>Night on that coast begins in the ditches. It comes up through the grass and stands in the road like a cow, and the last thing it covers is the white gable of the inn. By then the letter was open. It said, in a hand that went uphill:</p>\
<blockquote><p>Deer Jim, I have bort a cheese. It is a hole one. There is noone to eat it with. The lite is lit each nite as you sed. B. G.</p></blockquote>\
<p>“Well,” said Dr Livesey, when he had read it twice and taken off his spectacles, “that is either the saddest letter I have ever been shown, or it is an invitation to supper.”</p>\
<p>“It’s forty miles,” said Jim.</p><p>“Then you had better take the horse.”</p>";

fn rows(freeforms: &[&str]) -> Vec<ColophonRow> {
    let row = |label, kind: &str, names: &[&str]| ColophonRow {
        label,
        links: tags(kind, names),
        text: String::new(),
    };
    vec![
        row("Rating", "rating", &["Mature"]),
        row("Archive warnings", "warning", &["Major Character Death"]),
        row("Category", "category", &["F/M"]),
        row("Fandoms", "fandom", &["Treasure Island"]),
        row(
            "Relationships",
            "relationship",
            &["Jim Hawkins/Ben Gunn", "Jim Hawkins & Long John Silver"],
        ),
        row(
            "Characters",
            "character",
            &["Jim Hawkins", "Ben Gunn", "Long John Silver", "Dr Livesey"],
        ),
        row("Additional tags", "freeform", freeforms),
        ColophonRow { label: "Language", links: Vec::new(), text: "English".into() },
    ]
}

fn downloads(id: u64, name: &str) -> Vec<Download> {
    let formats = [
        ("EPUB", "for e-readers", "epub"),
        ("HTML", "one page for any browser", "html"),
        ("Text", "plain, for everything", "txt"),
        ("Markdown", "for editing", "md"),
        ("JSON", "all that is known, for other archives", "json"),
    ];
    formats
        .map(|(label, purpose, extension)| Download {
            name: label,
            purpose,
            href: urls::download(id, name, extension),
        })
        .into()
}

fn head() -> WorkHead {
    let card = attic();
    WorkHead {
        id: 12,
        href: urls::work(12),
        title: card.title,
        creators: card.creators,
        recipients: vec!["Marsh Harrier".into()],
        fandoms: card.fandoms,
        hue: card.hue,
        facts: card.facts,
        relationships: TagRun::fold(card.relationships, 120),
        colophon: rows(&["Post-Canon", "Letters", "Slow Burn", "Sea Stories"]),
        series: vec![SeriesPlace {
            series: NamedLink::new("Attic Tales", "/series/3"),
            part: Some("2".into()),
            of: Some("5".into()),
            found: false,
            previous: Some(NamedLink::new("Under the Stairs", "/works/11")),
            next: Some(NamedLink::new("The Cellar", "/works/18")),
        }],
        dates: vec![
            Dated { label: "Published", when: When::from_iso("2003-05-17") },
            Dated { label: "Updated", when: When::from_iso("2003-06") },
        ],
        stats: vec![
            Stat { label: "Kudos", count: Count(12) },
            Stat { label: "Hits", count: Count(3_340) },
        ],
        stats_as_of: Some(When::from_iso("2003-06-01")),
        permissions: vec!["Archiving: ask first, please.".into()],
        summary: Some(html(
            "<p>Twelve years after the voyage, a letter comes to the Admiral Benbow with no name on it and sand in its folds. Jim knows the hand.</p>",
        )),
        notes: Some(html(
            "<p>For the lighthouse exchange, round three. Thanks to M. for the cheese.</p>",
        )),
        end_notes: Some(html("<p>Fourpence is a guess. If you know better, write to me.</p>")),
        downloads: downloads(12, "In the Attic"),
        sources_href: "/works/12/sources".into(),
        mute: Some(super::pieces::mute("work", "12", "In the Attic")),
        contents_href: "/works/12/chapters".into(),
        ..WorkHead::default()
    }
}

fn chapter(position: u32, name: &str) -> ChapterText {
    ChapterText {
        position,
        href: urls::chapter(12, position),
        label: Some(format!("Chapter {position}")),
        title: Some(name.into()),
        html: html(PROSE),
        words: Count(2_040),
        published: Some(When::from_iso("2003-05-17")),
        ..ChapterText::default()
    }
}

const NAMES: [&str; 7] = [
    "A letter with sand in it",
    "Forty miles",
    "The cheese",
    "What the parrot said",
    "Low water",
    "A lamp is a kind of question",
    "Supper",
];

fn lines(current: u32) -> Vec<ChapterLine> {
    let mut lines: Vec<ChapterLine> = (1..=7_u32)
        .zip(NAMES)
        .map(|(i, name)| ChapterLine {
            number: i.to_string(),
            title: name.into(),
            href: Some(urls::chapter(12, i)),
            words: Count(1_900 + u64::from(i) * 37),
            published: Some(When::from_iso("2003-05-17")),
            current: i == current,
        })
        .collect();
    lines[4].href = None;
    lines
}

fn first() -> WorkPage {
    WorkPage {
        frame: frame("In the Attic by Wren", Section::Works),
        work: head(),
        extent: Extent::First,
        chapters: vec![chapter(1, NAMES[0])],
        contents: lines(1),
        next: Some(NamedLink::new("Chapter 2: Forty miles", urls::chapter(12, 2))),
        other_extent: Some(NamedLink::new("Entire work", "/works/12?view=full")),
        ..WorkPage::default()
    }
}

pub(super) fn work() -> Vec<(&'static str, WorkPage)> {
    let last = ChapterText {
        end_notes: Some(html("<p>Thank you for reading.</p>")),
        summary: Some(html("<p>Supper, at last.</p>")),
        notes: Some(html("<p>This one is short.</p>")),
        ..chapter(7, NAMES[6])
    };
    vec![
        ("first", first()),
        (
            "sepia",
            WorkPage { frame: on_paper(frame("In the Attic", Section::Works), "sepia"), ..first() },
        ),
        (
            "black",
            WorkPage { frame: on_paper(frame("In the Attic", Section::Works), "black"), ..first() },
        ),
        (
            "chapter",
            WorkPage {
                extent: Extent::Chapter,
                chapters: vec![last],
                contents: lines(7),
                previous: Some(NamedLink::new(
                    "Chapter 6: A lamp is a kind of question",
                    urls::chapter(12, 6),
                )),
                next: None,
                ..first()
            },
        ),
        (
            "entire",
            WorkPage {
                extent: Extent::Entire,
                chapters: (1..=3).map(|i| chapter(i, NAMES[i as usize - 1])).collect(),
                next: None,
                other_extent: Some(NamedLink::new("By chapter", "/works/12")),
                related: vec![NamedLink::new("A translation of this", "/works/44")],
                ..first()
            },
        ),
        ("bare", bare()),
        ("many-tags", many_tags()),
        ("arabic", arabic()),
    ]
}

fn bare() -> WorkPage {
    WorkPage {
        frame: frame("Untitled", Section::Works),
        work: WorkHead {
            id: 15,
            href: urls::work(15),
            title: Title {
                text: "Untitled: “the lamp had been lit since four”".into(),
                language: None,
                placeholder: true,
            },
            facts: Facts { chapters: 1, words: Count(640), ..Facts::default() },
            colophon: vec![
                ColophonRow { label: "Rating", links: Vec::new(), text: "not stated".into() },
                ColophonRow {
                    label: "Archive warnings",
                    links: Vec::new(),
                    text: "not stated".into(),
                },
            ],
            downloads: downloads(15, ""),
            sources_href: "/works/15/sources".into(),
            ..WorkHead::default()
        },
        chapters: vec![ChapterText {
            position: 1,
            html: html(PROSE),
            words: Count(640),
            ..ChapterText::default()
        }],
        ..WorkPage::default()
    }
}

fn many_tags() -> WorkPage {
    let names: Vec<String> = (1..=300).map(|i| format!("Lantern {i} of the long night")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut page = first();
    page.work.title = title(
        "Three Hundred Lanterns, or, What the House Was Counting When It Thought That Nobody Was Listening to It Count",
        "en",
    );
    page.work.colophon = rows(&names);
    page.work.relationships = TagRun::fold(tags("relationship", &names[..30]), 120);
    page.work.facts = facts(
        "Explicit",
        &["Graphic Depictions Of Violence", "Major Character Death"],
        &["M/M", "Multi"],
        61,
        412_903,
    );
    page
}

fn arabic() -> WorkPage {
    let mut page = first();
    page.work.title = title("خريطة الكنز التي لم تُرسم بعد", "ar");
    page.work.creators = vec![creator(14, "قارئة البحر")];
    page.work.hue = hue("Treasure Island");
    page.work.summary = Some(html("<p>وجد الفتى الخريطة في صندوق قديم تحت الدرج.</p>"));
    page.chapters = vec![ChapterText {
        html: html(
            "<p>وجد الفتى الخريطة في صندوق قديم تحت الدرج، ولم يكن يعلم أن البحر كان ينتظره منذ سنين. جلس على العتبة وقرأها مرتين، ثم نادى أمه.</p><p>قالت: «هذه ليست خريطة، هذه رسالة.»</p><hr><p>في الصباح كان المركب قد أبحر.</p>",
        ),
        title: Some("الرسالة".into()),
        ..chapter(1, "")
    }];
    page
}

pub(super) fn contents() -> Vec<(&'static str, ContentsPage)> {
    vec![(
        "seven",
        ContentsPage {
            frame: frame("Contents of In the Attic", Section::Works),
            title: title("In the Attic", "en"),
            href: urls::work(12),
            creators: vec![creator(4, "Wren")],
            facts: facts("Mature", &["Major Character Death"], &["F/M"], 7, 14_280),
            chapters: lines(0),
        },
    )]
}

pub(super) fn gate() -> Vec<(&'static str, GatePage)> {
    let page = |facts| GatePage {
        frame: Frame { path: "/works/12".into(), ..frame("Before you read", Section::Works) },
        title: title("In the Attic", "en"),
        creators: vec![creator(4, "Wren")],
        facts,
        back_href: "/works".into(),
    };
    vec![
        ("mature", page(facts("Mature", &["Major Character Death"], &["F/M"], 7, 14_280))),
        ("unrated", page(Facts { chapters: 1, words: Count(640), ..Facts::default() })),
    ]
}
