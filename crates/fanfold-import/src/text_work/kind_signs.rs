//! The signs that a text is no work, each a small judgement over the shape of its lines. A weight of
//! 9 stands against any amount of story (a digest holds stories and is none).

use super::kind_shape::Shape;

/// One sign.
pub(super) struct Sign {
    /// The sentence for people.
    pub(super) reason: &'static str,
    /// Its weight, when it shows.
    pub(super) weigh: fn(&Shape) -> Option<usize>,
}

/// The signs, in no order: the heaviest wins.
pub(super) const SIGNS: &[Sign] = &[
    Sign {
        reason: "it is a recipe: ingredients and what to do with them",
        weigh: |s| (s.recipe_words >= 1 && s.often(s.quantities, 3)).then_some(5),
    },
    Sign {
        reason: "it is a list of questions and answers",
        weigh: |s| {
            let named = s.headed(&["faq", "faqs"]) || s.first_lines_have("frequently asked");
            (s.questions >= 2 && (named || s.often(s.numbered_questions, 3))).then_some(6)
        },
    },
    Sign {
        reason: "it is a mailing-list digest that holds several messages",
        weigh: |s| {
            ((s.has("digest") && s.has("in this issue"))
                || (s.subjects >= 3 && s.has("digest"))
                || s.has("topics in this digest"))
            .then_some(9)
        },
    },
    Sign {
        reason: "it recommends works of others and is none itself",
        weigh: |s| {
            (s.often(s.praise, 2)
                || (s.often(s.titles.len(), 3) && s.share(s.prose) < 70)
                || (s.often(s.praise, 1) && s.titles.len() >= 2))
                .then_some(6)
        },
    },
    Sign {
        reason: "it lists several works, each with a name and no text",
        weigh: |s| {
            ((s.by_lines >= 3 && s.share(s.by_lines) >= 12) || s.often(s.titles.len(), 6))
                .then_some(5)
        },
    },
    Sign {
        reason: "it recommends works of others and is none itself",
        weigh: |s| {
            (s.headed(&[
                "recs",
                "recommendations",
                "recommended",
                "rec",
                "reclist",
                "empfehlungen",
                "favorites",
                "favourites",
            ]) && s.share(s.prose) < 60)
                .then_some(3)
        },
    },
    Sign {
        reason: "it is a list of episodes",
        weigh: |s| (s.episodes >= 4 && s.share(s.episodes) >= 40).then_some(5),
    },
    Sign {
        reason: "it is a catalogue of files",
        weigh: |s| (s.file_names >= 3 && s.share(s.file_names) >= 50).then_some(6),
    },
    Sign {
        reason: "it is an index or a list of links",
        weigh: |s| {
            ((s.addresses >= 4 && s.share(s.addresses) >= 30)
                || (s.listed >= 6 && s.share(s.listed) >= 70 && s.prose * 5 < s.lines))
                .then_some(4)
        },
    },
    Sign {
        reason: "it is an index page",
        weigh: |s| {
            (s.headed(&[
                "index",
                "contents",
                "links",
                "sitemap",
                "directory",
                "inhaltsverzeichnis",
                "sommaire",
                "indice",
            ]) && s.share(s.prose) < 25)
                .then_some(2)
        },
    },
    Sign {
        reason: "it is a reply in a conversation",
        weigh: |s| {
            (s.folded.contains("subject: re:") && s.quoted >= 1 && s.lines <= 60).then_some(5)
        },
    },
    Sign { reason: "it counts votes", weigh: |s| (s.votes >= 3).then_some(5) },
    Sign {
        reason: "it is a notice of those who keep an archive",
        weigh: |s| {
            let words = [
                "archive",
                "upload",
                "server",
                "account",
                "password",
                "members",
                "maintenance",
                "moderator",
                "archivist",
                "webmaster",
                "webmistress",
                "submission",
                "deadline",
            ];
            (words.iter().filter(|word| s.has(word)).count() >= 3 && s.prose <= 10).then_some(3)
        },
    },
    Sign {
        reason: "it says who won",
        weigh: |s| {
            (s.headed(&["winners", "results", "awards"]) && s.share(s.prose) < 40).then_some(4)
        },
    },
    Sign {
        reason: "it asks for works: a challenge with its rules",
        weigh: |s| {
            (s.has("rules:") && (s.has("deadline") || s.headed(&["challenge", "contest"])))
                .then_some(5)
        },
    },
    Sign {
        reason: "it is the front page of a site",
        weigh: |s| {
            let counter =
                ["you are visitor", "you are guest", "visitors since", "best viewed", "welcome to"];
            (s.menus >= 1 && s.lines <= 20 || counter.iter().any(|phrase| s.has(phrase)))
                .then_some(if s.prose <= 3 { 3 } else { 0 })
                .filter(|weight| *weight > 0)
        },
    },
    Sign {
        reason: "it is a page of readers' reviews",
        weigh: |s| {
            (s.folded.matches("reviewer:").count() >= 2
                || s.first_lines_have("reviews for ") && s.has("reviewer"))
            .then_some(6)
        },
    },
    Sign {
        reason: "it is the page of a member",
        weigh: |s| {
            (["joined:", "member since"].iter().any(|phrase| s.has(phrase))
                && ["stories:", "reviews:", "favorite authors", "favourite authors", "about me"]
                    .iter()
                    .filter(|phrase| s.has(phrase))
                    .count()
                    >= 2)
                .then_some(5)
        },
    },
    Sign {
        reason: "it is a note to the readers in a chapter's place",
        weigh: |s| {
            (["not a chapter", "not an update", "not a new chapter", "kein kapitel"]
                .iter()
                .any(|phrase| s.first_lines_have(phrase))
                && s.lines <= 25)
                .then_some(4)
        },
    },
    Sign {
        reason: "it reviews works and is none itself",
        weigh: |s| {
            (s.often(s.scores, 2) || s.headed(&["reviews", "rezensionen"]) && s.praise >= 1)
                .then_some(5)
        },
    },
    Sign {
        reason: "it is an essay, a guide, news or help and tells no story",
        weigh: |s| {
            s.headed(&[
                "essay",
                "essays",
                "news",
                "howto",
                "how-to",
                "tutorial",
                "guidelines",
                "rules",
                "faq",
                "help",
                "interview",
                "profile",
                "meta",
                "policy",
                "terms",
                "guestbook",
                "announcement",
                "primer",
                "guide",
                "glossary",
            ])
            .then_some(3)
        },
    },
    Sign {
        reason: "it is a login page",
        weigh: |s| {
            ((s.has("password")
                && (s.has("log in") || s.has("login") || s.has("sign in"))
                && s.prose <= 6)
                || (s.has("you must be logged in")
                    || s.has("this work is only available to registered")))
            .then_some(6)
        },
    },
    Sign {
        reason: "it is a page about a work, as an encyclopedia has it",
        weigh: |s| {
            (s.has("this page was last edited")
                || s.has("external links")
                || s.has("jump to navigation")
                || s.has("reactions and reviews")
                || s.has("retrieved from \""))
            .then_some(6)
        },
    },
    Sign {
        reason: "it announces a work that stands somewhere else",
        weigh: |s| {
            ([
                "read here at",
                "read it here",
                "read it on ao3",
                "can be found here",
                "story can be found at",
                "read the rest at",
                "click here to read",
            ]
            .iter()
            .any(|phrase| s.has(phrase))
                && s.prose <= 5)
                .then_some(5)
        },
    },
    Sign {
        reason: "it is a card: the facts of a work without its text",
        weigh: |s| (s.meta_lines >= 1 && s.lines <= s.meta_lines * 5).then_some(5),
    },
    Sign {
        reason: "it is a list of news by date",
        weigh: |s| {
            (s.dated >= 3 && s.share(s.dated) >= 30
                || s.headed(&["news", "updates", "changelog"]) && s.dated >= 1)
                .then_some(4)
        },
    },
    Sign {
        reason: "it is a guest book",
        weigh: |s| (s.has("sign my guestbook") || s.has("guestbook") && s.dated >= 3).then_some(5),
    },
    Sign {
        reason: "it is about software",
        weigh: |s| {
            (s.often(s.commands, 2)
                || (s.headed(&["readme", "changelog", "install"])
                    && (s.has("install") || s.has("usage") || s.has("license"))))
            .then_some(5)
        },
    },
    Sign {
        reason: "it is a template: marks for a program where the text would stand",
        weigh: |s| (s.templates >= 1 && s.share(s.templates) >= 34).then_some(6),
    },
    Sign {
        reason: "it is an error page",
        weigh: |s| {
            (s.lines <= 25
                && (s.has("404 not found")
                    || s.has("page not found")
                    || s.has("story not found")
                    || s.has("unable to locate")
                    || s.has("could not be found")
                    || s.has("may have been removed by")
                    || s.has("may have been deleted by")
                    || s.has("object not found")
                    || s.has("the requested url")))
            .then_some(6)
        },
    },
];
