//! The signs that a text is no work, each a small judgement over the shape of its lines. A weight of
//! 9 stands against any amount of story (a digest holds stories and is none).

use super::label_line::labels;
use super::lines::{Line, fold, word_count};
use fanfold_model::FieldKind;

/// What the lines of a text look like, counted once.
#[derive(Debug, Default)]
pub(super) struct Shape {
    lines: usize,
    /// Lines of prose: nine words or more.
    prose: usize,
    questions: usize,
    numbered_questions: usize,
    quantities: usize,
    recipe_words: usize,
    addresses: usize,
    listed: usize,
    titles: Vec<String>,
    subjects: usize,
    by_lines: usize,
    episodes: usize,
    file_names: usize,
    scores: usize,
    praise: usize,
    dated: usize,
    commands: usize,
    meta_lines: usize,
    /// The first lines, folded.
    head: Vec<String>,
    /// All of a short text, folded; the first part of a long one.
    folded: String,
}

/// One sign.
pub(super) struct Sign {
    /// The sentence for people.
    pub(super) reason: &'static str,
    /// Its weight, when it shows.
    pub(super) weigh: fn(&Shape) -> Option<usize>,
}

impl Shape {
    /// Counts the shape of a text's first two thousand lines.
    pub(super) fn of(lines: &[Line<'_>]) -> Self {
        let mut shape = Self::default();
        for line in lines.iter().filter(|line| !line.is_blank()).take(2000) {
            shape.count(line.text);
        }
        shape
    }

    fn count(&mut self, text: &str) {
        let folded = fold(text);
        self.lines += 1;
        self.prose += usize::from(word_count(text) >= 9);
        self.questions +=
            usize::from(text.ends_with('?') && !text.contains(['"', '“', '«', '„', '—']));
        self.numbered_questions += usize::from(is_question_label(&folded));
        self.quantities += usize::from(is_quantity(&folded));
        self.recipe_words += usize::from(RECIPE_WORDS.contains(&folded.trim_end_matches(':')));
        self.addresses += usize::from(folded.contains("://") || folded.contains("www."));
        self.listed += usize::from(is_listed(text));
        self.by_lines += usize::from(folded.starts_with("by ") && word_count(text) <= 6);
        self.episodes += usize::from(is_episode(&folded));
        self.file_names += usize::from(is_file_name(&folded));
        self.scores += usize::from(has_score(&folded));
        self.praise += usize::from(PRAISE.iter().any(|word| folded.contains(word)));
        self.dated += usize::from(is_dated(&folded));
        self.commands += usize::from(is_command(&folded));
        self.meta_lines += usize::from(folded.contains("rated: ") && folded.contains("words: "));
        self.subjects += usize::from(folded.starts_with("subject:"));
        if text.len() < 300 && text.contains([':', '：']) {
            let hits = labels(text);
            if let Some(title) =
                hits.iter().find(|hit| hit.strong && hit.kinds.first() == Some(&FieldKind::Title))
            {
                let value = fold(title.value_in(text));
                let stem: String = value
                    .chars()
                    .take_while(|c| !c.is_ascii_digit() && !matches!(c, '(' | '['))
                    .collect();
                if !stem.is_empty() && !self.titles.contains(&stem) {
                    self.titles.push(stem);
                }
            }
        }
        if self.head.len() < 4 {
            self.head.push(folded.clone());
        }
        if self.folded.len() < 20_000 {
            self.folded.push_str(&folded);
            self.folded.push('\n');
        }
    }

    fn has(&self, phrase: &str) -> bool {
        self.folded.contains(phrase)
    }

    /// Whether a word stands in one of the first lines.
    fn headed(&self, words: &[&str]) -> bool {
        self.head.iter().take(3).any(|line| {
            word_count(line) <= 12
                && line
                    .split(|c: char| !c.is_alphanumeric() && c != '-')
                    .any(|word| words.contains(&word))
        })
    }

    fn share(&self, count: usize) -> usize {
        count * 100 / self.lines.max(1)
    }
}

const RECIPE_WORDS: &[&str] = &[
    "ingredients",
    "method",
    "directions",
    "zutaten",
    "zubereitung",
    "ingredientes",
    "preparacion",
    "ingredienti",
    "preparazione",
    "ingredients :",
    "preparation",
    "modo de preparo",
    "ингредиенты",
    "приготовление",
    "材料",
    "作り方",
    "做法",
];
const PRAISE: &[&str] = &[
    "why this must be read",
    "why you should read",
    "reccer",
    "rec:",
    "recced",
    "i recommend",
    "my recs",
    "must read",
    "a review:",
    "empfehlung:",
    "je recommande",
];

/// The signs, in no order: the heaviest wins.
pub(super) const SIGNS: &[Sign] = &[
    Sign {
        reason: "it is a recipe: ingredients and what to do with them",
        weigh: |s| (s.recipe_words >= 1 && s.quantities >= 3).then_some(5),
    },
    Sign {
        reason: "it is a list of questions and answers",
        weigh: |s| {
            ((s.numbered_questions >= 3 && s.questions >= 2)
                || (s.headed(&["faq", "faqs"])
                    || s.head.iter().take(3).any(|line| line.contains("frequently asked")))
                    && s.questions >= 2)
                .then_some(6)
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
            ((s.praise >= 2)
                || (s.titles.len() >= 3 && s.share(s.prose) < 70)
                || (s.praise >= 1 && s.titles.len() >= 2))
                .then_some(6)
        },
    },
    Sign {
        reason: "it lists several works, each with a name and no text",
        weigh: |s| {
            ((s.by_lines >= 3 && s.share(s.by_lines) >= 12) || s.titles.len() >= 6).then_some(5)
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
        reason: "it reviews works and is none itself",
        weigh: |s| {
            (s.scores >= 2 || s.headed(&["reviews", "rezensionen"]) && s.praise >= 1).then_some(5)
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
            (s.has("external links")
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
            ((s.commands >= 2)
                || (s.headed(&["readme", "changelog", "install"])
                    && (s.has("install") || s.has("usage") || s.has("license"))))
            .then_some(5)
        },
    },
    Sign {
        reason: "it is an error page",
        weigh: |s| {
            (s.lines <= 25
                && (s.has("404 not found")
                    || s.has("page not found")
                    || s.has("object not found")
                    || s.has("the requested url")))
            .then_some(6)
        },
    },
];

fn is_question_label(folded: &str) -> bool {
    let rest = ["question ", "frage ", "q", "a"]
        .into_iter()
        .find_map(|start| folded.strip_prefix(start))
        .unwrap_or("x");
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.starts_with([':', '.', ')']) && rest.len() > 1 && rest[1..].starts_with(' ')
}

fn is_quantity(folded: &str) -> bool {
    const UNITS: &[&str] = &[
        "oz",
        "g",
        "kg",
        "ml",
        "cup",
        "cups",
        "tsp",
        "tbsp",
        "teaspoon",
        "teaspoons",
        "tablespoon",
        "tablespoons",
        "lb",
        "lbs",
        "pound",
        "pounds",
        "pint",
        "pints",
        "eggs",
        "egg",
        "el",
        "tl",
        "liter",
        "gramm",
        "dl",
        "cl",
        "pinch",
        "prise",
        "stick",
        "sticks",
        "eier",
        "oeufs",
        "uova",
        "huevos",
        "г",
        "мл",
    ];
    let bare = folded.trim_start_matches(['-', '*', '•', ' ']);
    if !bare.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '½' | '¼' | '¾')) {
        return false;
    }
    let words: Vec<&str> = bare.split(' ').collect();
    let glued = words[0]
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '/' | '½' | '¼'));
    words.len() <= 10
        && (UNITS.contains(&glued)
            || words
                .iter()
                .skip(1)
                .take(2)
                .any(|word| UNITS.contains(&word.trim_end_matches(['.', ',']))))
}

fn is_listed(text: &str) -> bool {
    let bullet = text.starts_with(['-', '*', '•', '+', '#', '>'])
        || text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(['.', ')']);
    (bullet || text.contains(" - ") || text.contains("....") || text.contains("://"))
        && !text.ends_with(['.', '!', '?', '"', '”', ','])
}

/// "1.01 The Pilot", "1x02", "S01E03 ...", "101 - Name".
fn is_episode(folded: &str) -> bool {
    let word =
        folded.split([' ', '\t']).next().unwrap_or_default().trim_end_matches([':', '.', ')', '-']);
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let joined =
        word.contains(['x', '.']) || (word.starts_with('s') && word.contains('e')) || digits == 3;
    digits >= 2
        && digits <= 5
        && joined
        && word.chars().all(|c| c.is_ascii_digit() || matches!(c, 'x' | '.' | 's' | 'e'))
        && word_count(folded) <= 14
}

fn is_file_name(folded: &str) -> bool {
    let word = folded.split([' ', '\t', '"']).find(|word| !word.is_empty()).unwrap_or_default();
    word.rsplit_once('.').is_some_and(|(stem, end)| {
        !stem.is_empty()
            && [
                "txt", "htm", "html", "zip", "doc", "rtf", "jpg", "gif", "png", "lst", "epub",
                "arc", "lzh",
            ]
            .contains(&end)
    }) || folded
        .rsplit([' ', '\t'])
        .next()
        .is_some_and(|word| word.ends_with(".txt") || word.ends_with(".html"))
        && word_count(folded) <= 12
}

/// "[2.5/5]", "4/5 stars", "8 out of 10".
fn has_score(folded: &str) -> bool {
    ["/5]", "/10]", "/5 stars", "/10 stars", " out of 10", " out of 5", " stars out of"]
        .iter()
        .any(|score| folded.contains(score))
}

const MONTHS: [&str; 24] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "januar",
    "februar",
    "marz",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "aug",
];

/// A line that begins with a date and goes on.
fn is_dated(folded: &str) -> bool {
    let mut words = folded.split(' ').map(|word| word.trim_matches([',', '.', ':', '-']));
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
    let is_number = |word: &str| {
        !word.is_empty() && word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit())
    };
    let parts = first.split(['/', '-', '.']).filter(|part| is_number(part)).count();
    ((MONTHS.contains(&first) && is_number(second))
        || (is_number(first) && MONTHS.contains(&second))
        || parts == 3)
        && word_count(folded) >= 4
}

fn is_command(folded: &str) -> bool {
    [
        "$ ",
        "git clone",
        "pip install",
        "npm install",
        "cargo install",
        "make install",
        "sudo ",
        "./configure",
        "#include",
        "```sh",
        "```bash",
        "apt-get ",
        "import ",
    ]
    .iter()
    .any(|start| folded.starts_with(start))
        && !folded.ends_with(',')
}
