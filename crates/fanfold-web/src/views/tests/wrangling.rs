//! Samples of the wrangling desk.

use super::pieces::frame;
use crate::views::frame::Section;
use crate::views::parts::{NamedLink, Pager};
use crate::views::words::Count;
use crate::views::wrangling::{Guess, MergePreview, PreviewPage, Undecided, WranglingPage};

pub(super) fn wrangling() -> Vec<(&'static str, WranglingPage)> {
    let undecided = |id, name: &str, guess| Undecided {
        id,
        tag: NamedLink::new(name, "/tags/freeform/x/works"),
        kind: "Additional tag".into(),
        works: Count(1_204),
        guess,
    };
    let guess = Guess {
        id: 7,
        name: "Jim Hawkins/Ben Gunn".into(),
        why: "the same persons".into(),
        sure: true,
    };
    let long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    let full = WranglingPage {
        frame: frame("Wrangling", Section::Waiting),
        bin: Some("Treasure Island".into()),
        back: "/wrangling?fandom=Treasure%20Island".into(),
        bins: vec![
            (NamedLink::new("All fandoms", "/wrangling"), false),
            (NamedLink::new("Treasure Island", "/wrangling?fandom=Treasure%20Island"), true),
        ],
        kinds: vec![(NamedLink::new("All kinds", "/wrangling"), true)],
        tags: vec![
            undecided(3, "Ben/Jim", Some(guess)),
            undecided(4, long, None),
            undecided(5, "قصة طويلة", None),
        ],
        lately: vec![
            (12, "“Lampe” means “Lamp”".into(), true),
            (11, "“???” is unwrangleable".into(), false),
        ],
        pager: Pager { previous: None, next: Some("/wrangling?page=2".into()) },
    };
    let empty = WranglingPage {
        bin: None,
        tags: Vec::new(),
        lately: Vec::new(),
        pager: Pager::default(),
        ..full.clone()
    };
    vec![("some", full), ("none", empty)]
}

pub(super) fn preview() -> Vec<(&'static str, PreviewPage)> {
    let merge = MergePreview {
        tag: "Ben/Jim".into(),
        of: "Jim Hawkins/Ben Gunn".into(),
        works: Count(3),
        moves: vec!["Ben Gunn/Jim".into(), "ben x jim".into()],
        now: Count(40),
        then: Some(Count(42)),
    };
    let many =
        MergePreview { moves: Vec::new(), then: None, works: Count(1_000_000), ..merge.clone() };
    let page = PreviewPage {
        frame: frame("What this does", Section::Waiting),
        merges: vec![merge, many],
        others: Count(1),
        fields: vec![("tag-3".into(), "means-7".into()), ("tag-4".into(), "aside".into())],
        back: "/wrangling".into(),
    };
    vec![("two", page)]
}
