//! Values that several samples share.

use crate::urls;
use crate::views::frame::{Frame, Preferences, Section};
use crate::views::listing::UnknownName;
use crate::views::parts::{
    CountedLink, Facts, NamedLink, Pager, SeriesPlace, TagRun, Title, WorkCard,
};
use crate::views::shelf::MuteForm;
use crate::views::words::{Count, SafeHtml, When, hue};

pub(super) fn frame(title: &str, section: Section) -> Frame {
    Frame { title: title.into(), path: "/works".into(), section, owner: true, ..Frame::default() }
}

pub(super) fn on_paper(mut frame: Frame, paper: &str) -> Frame {
    frame.preferences = Preferences::from_pairs([("paper", paper)]);
    frame
}

pub(super) fn tag(kind: &str, name: &str) -> NamedLink {
    NamedLink::new(name, urls::tag_works(kind, name))
}

pub(super) fn tags(kind: &str, names: &[&str]) -> Vec<NamedLink> {
    names.iter().map(|name| tag(kind, name)).collect()
}

pub(super) fn counted(kind: &str, name: &str, count: u64) -> CountedLink {
    CountedLink { name: name.into(), href: urls::tag(kind, name), count: Count(count) }
}

pub(super) fn creator(id: u64, name: &str) -> NamedLink {
    NamedLink::new(name, urls::creator(id, name))
}

pub(super) fn title(text: &str, language: &str) -> Title {
    Title { text: text.into(), language: Some(language.into()), placeholder: false }
}

pub(super) fn html(text: &str) -> SafeHtml {
    SafeHtml(text.into())
}

pub(super) fn both_ways() -> Pager {
    Pager { previous: Some("/works?before=12".into()), next: Some("/works?after=40".into()) }
}

pub(super) fn facts(
    rating: &str,
    warnings: &[&str],
    categories: &[&str],
    chapters: u32,
    words: u64,
) -> Facts {
    Facts {
        rating: Some(rating.into()),
        warnings: warnings.iter().map(|&w| w.into()).collect(),
        categories: categories.iter().map(|&c| c.into()).collect(),
        status: Some("complete".into()),
        chapters,
        chapters_expected: Some(chapters),
        words: Count(words),
    }
}

fn card(id: u64, title: Title, fandom: &str) -> WorkCard {
    WorkCard {
        id,
        href: urls::work(id),
        title,
        fandoms: tags("fandom", &[fandom]),
        hue: hue(fandom),
        updated: Some(When::from_iso("2003-05-17")),
        ..WorkCard::default()
    }
}

pub(super) fn attic() -> WorkCard {
    WorkCard {
        creators: vec![creator(4, "Wren")],
        facts: facts("Mature", &["Major Character Death"], &["F/M"], 7, 14_280),
        relationships: tags(
            "relationship",
            &["Jim Hawkins/Ben Gunn", "Jim Hawkins & Long John Silver"],
        ),
        characters: TagRun::fold(
            tags("character", &["Jim Hawkins", "Ben Gunn", "Long John Silver", "Dr Livesey"]),
            120,
        ),
        freeforms: TagRun::fold(tags("freeform", &FREEFORMS), 120),
        summary: Some(html(
            "<p>Twelve years after the voyage, a letter comes to the Admiral Benbow with no name on it and sand in its folds. Jim knows the hand.</p>",
        )),
        series: vec![SeriesPlace {
            series: NamedLink::new("Attic Tales", "/series/3"),
            part: Some("2".into()),
            of: Some("5".into()),
            ..SeriesPlace::default()
        }],
        origin: Some("attic.zip › tale.txt".into()),
        ..card(12, title("In the Attic", "en"), "Treasure Island")
    }
}

const FREEFORMS: [&str; 9] = [
    "Post-Canon",
    "Letters",
    "Slow Burn",
    "Sea Stories",
    "Found Family",
    "The parrot is fine, I promise",
    "Lighthouse keeping as a love language",
    "Angst with a Happy Ending",
    "I wrote this in one night",
];

pub(super) fn german() -> WorkCard {
    WorkCard {
        creators: vec![creator(9, "Ährenleserin"), creator(10, "K. M.")],
        facts: facts("General Audiences", &["No Archive Warnings Apply"], &["Gen"], 1, 2_410),
        characters: TagRun::fold(tags("character", &["Sherlock Holmes", "John Watson"]), 120),
        summary: Some(html(
            "<p>Holmes liest ein Inserat, das niemand aufgegeben haben will. Watson sucht seinen zweiten Handschuh.</p>",
        )),
        language: Some("Deutsch".into()),
        ..card(
            13,
            title(
                "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsjubiläum",
                "de",
            ),
            "Sherlock Holmes & Related Fandoms",
        )
    }
}

pub(super) fn arabic() -> WorkCard {
    WorkCard {
        creators: vec![creator(14, "قارئة البحر")],
        facts: facts(
            "Teen And Up Audiences",
            &["Creator Chose Not To Use Archive Warnings"],
            &["Gen"],
            3,
            5_120,
        ),
        summary: Some(html(
            "<p>وجد الفتى الخريطة في صندوق قديم تحت الدرج، ولم يكن يعلم أن البحر كان ينتظره.</p>",
        )),
        language: Some("العربية".into()),
        ..card(14, title("خريطة الكنز التي لم تُرسم بعد", "ar"), "Treasure Island")
    }
}

pub(super) fn bare() -> WorkCard {
    WorkCard {
        title: Title {
            text: "Untitled: “the lamp had been lit since four”".into(),
            language: None,
            placeholder: true,
        },
        fandoms: Vec::new(),
        facts: Facts { chapters: 1, words: Count(640), ..Facts::default() },
        updated: None,
        origin: Some("box/STORY3~1.TXT".into()),
        ..card(15, Title::default(), "")
    }
}

pub(super) fn many_tags() -> WorkCard {
    let names: Vec<String> = (1..=300).map(|i| format!("Lantern {i} of the long night")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    WorkCard {
        creators: vec![creator(21, "<img src=x onerror=alert(1)>")],
        facts: facts(
            "Explicit",
            &["Graphic Depictions Of Violence", "Major Character Death"],
            &["M/M", "Multi"],
            61,
            412_903,
        ),
        relationships: tags("relationship", &["Alice/The Hatter"]),
        characters: TagRun::fold(tags("character", &names[..40]), 120),
        freeforms: TagRun::fold(tags("freeform", &names), 140),
        summary: Some(html(
            "<p>Everybody in the house has a lantern. Alice counts them.</p><p>Some are counting back.</p>",
        )),
        held: Some("waits for the creator’s permission".into()),
        ..card(
            16,
            title("Three Hundred Lanterns", "en"),
            "Alice's Adventures in Wonderland - Lewis Carroll",
        )
    }
}

pub(super) fn unfinished() -> WorkCard {
    WorkCard {
        creators: vec![creator(22, "greenwood_clerk")],
        facts: Facts {
            status: Some("in progress".into()),
            chapters_expected: Some(12),
            ..facts("Teen And Up Audiences", &["No Archive Warnings Apply"], &["F/F"], 3, 9_004)
        },
        relationships: tags("relationship", &["Marian/Isabel of the Ford"]),
        freeforms: TagRun::fold(tags("freeform", &["Archery", "Harvest", "Slow Burn"]), 120),
        summary: Some(html("<p>The sheriff has outlawed bread. Marian bakes anyway.</p>")),
        snippets: vec![
            html("and hung the <mark>lantern</mark> where the road could see it"),
            html("no <mark>lantern</mark> burns all night by itself"),
        ],
        ..card(17, title("The Baker of Barnsdale", "en"), "Robin Hood (Traditional)")
    }
}

pub(super) fn shelf() -> Vec<WorkCard> {
    vec![attic(), german(), arabic(), bare(), many_tags(), unfinished()]
}

pub(super) fn mute(sort: &'static str, key: &str, name: &str) -> MuteForm {
    MuteForm {
        sort,
        key: key.into(),
        name: name.into(),
        means: "What carries this is left out of every list.",
    }
}

/// A name that no work has, and a long one that was meant.
pub(super) fn unknown_name() -> UnknownName {
    let link = CountedLink {
        name: "Sherlock Holmes".into(),
        href: "/works?q=char%3A%22Sherlock%20Holmes%22".into(),
        count: Count(12),
    };
    let other = CountedLink { name: "<b>Holmes</b>".into(), count: Count(1), ..link.clone() };
    UnknownName {
        told: "No work here has the character".into(),
        name: "Sherlok Holmes".into(),
        meant: vec![(String::new(), link), ("the fandom ".into(), other)],
    }
}
