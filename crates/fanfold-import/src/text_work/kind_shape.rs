//! What the lines of a text look like, counted once: the ground of the judgement "a work or not".

use super::label_line::labels;
use super::lines::{Line, fold, word_count};
use fanfold_model::FieldKind;

/// What the lines of a text look like, counted once.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub(super) lines: usize,
    /// Lines of prose: nine words or more.
    pub(super) prose: usize,
    pub(super) questions: usize,
    pub(super) numbered_questions: usize,
    pub(super) quantities: usize,
    pub(super) recipe_words: usize,
    pub(super) addresses: usize,
    pub(super) listed: usize,
    pub(super) titles: Vec<String>,
    pub(super) subjects: usize,
    pub(super) by_lines: usize,
    pub(super) episodes: usize,
    pub(super) file_names: usize,
    pub(super) scores: usize,
    pub(super) praise: usize,
    pub(super) dated: usize,
    pub(super) commands: usize,
    /// Lines with marks of a template language.
    pub(super) templates: usize,
    pub(super) meta_lines: usize,
    /// Lines of an answered message.
    pub(super) quoted: usize,
    pub(super) votes: usize,
    /// Rows of a site's own words: "Stories | Authors | Links".
    pub(super) menus: usize,
    /// The first lines, folded.
    pub(super) head: Vec<String>,
    /// All of a short text, folded; the first part of a long one.
    pub(super) folded: String,
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
        self.quoted += usize::from(text.starts_with("> "));
        self.votes += usize::from(folded.ends_with(" votes"));
        self.menus += usize::from(is_site_menu(&folded));
        self.templates += usize::from(["{%", "{{", "<%"].iter().any(|mark| text.contains(mark)));
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

    pub(super) fn has(&self, phrase: &str) -> bool {
        self.folded.contains(phrase)
    }

    /// Whether a phrase stands in one of the first lines.
    pub(super) fn first_lines_have(&self, phrase: &str) -> bool {
        self.head.iter().take(3).any(|line| line.contains(phrase))
    }

    /// Whether a word stands in one of the first lines.
    pub(super) fn headed(&self, words: &[&str]) -> bool {
        self.head.iter().take(3).any(|line| {
            word_count(line) <= 12
                && line
                    .split(|c: char| !c.is_alphanumeric() && c != '-')
                    .any(|word| words.contains(&word))
        })
    }

    /// Whether something stands there at least so many times, and not only here and there in a long text: what speaks
    /// against a work in fifty lines is a joke or a note in five thousand.
    pub(super) fn often(&self, count: usize, least: usize) -> bool {
        count >= least && count * 25 >= self.lines
    }

    pub(super) fn share(&self, count: usize) -> usize {
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

/// Whether most words of a short line are those of a site's menu, three at least.
fn is_site_menu(folded: &str) -> bool {
    const MENU: [&str; 16] = [
        "stories",
        "authors",
        "titles",
        "links",
        "submit",
        "faq",
        "search",
        "home",
        "guestbook",
        "e-mail",
        "email",
        "mail",
        "updates",
        "news",
        "new",
        "forum",
    ];
    let words =
        || folded.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty());
    let known = words().filter(|word| MENU.contains(word)).count();
    known >= 3 && known * 2 >= words().count()
}

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
    (2..=5).contains(&digits)
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
