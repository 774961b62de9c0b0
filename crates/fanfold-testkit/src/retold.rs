//! Invented stories, and the ways in which a story comes back: reformatted, edited, cut, inside another, with other
//! names. For the tests of `fanfold-alike` and for the bench that measures it.

/// Numbers by chance, the same on every run.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// A row of numbers of its own for each seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() % most as u64) as usize
    }

    fn percent(&mut self, share: u64) -> bool {
        self.next() % 100 < share
    }
}

const SYLLABLES: [&str; 24] = [
    "la", "mp", "or", "in", "ten", "da", "ro", "vel", "ka", "sh", "ul", "mer", "bo", "tin", "gra",
    "el", "so", "whi", "na", "per", "dur", "ost", "ib", "ye",
];
const SMALL: [&str; 20] = [
    "the", "and", "of", "to", "a", "in", "was", "he", "she", "it", "that", "his", "her", "with",
    "had", "for", "on", "as", "at", "but",
];

/// The words of a language in which a few words are common and most are rare, as in every other; one word in twelve is
/// a name.
#[must_use]
pub fn story(chance: &mut Chance, length: usize) -> Vec<String> {
    let rare = |chance: &mut Chance| {
        let count = 2 + chance.below(2);
        (0..count).map(|_| SYLLABLES[chance.below(SYLLABLES.len())]).collect::<String>()
    };
    let names: Vec<String> = (0..6).map(|_| capitalised(&rare(chance))).collect();
    (0..length)
        .map(|_| match chance.below(100) {
            0..8 => names[chance.below(names.len())].clone(),
            8..50 => SMALL[chance.below(SMALL.len())].to_owned(),
            _ => rare(chance),
        })
        .collect()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// These words as clean HTML, in paragraphs.
#[must_use]
pub fn html(words: &[String]) -> String {
    let paragraphs = words.chunks(60).map(|words| format!("<p>{}.</p>", words.join(" ")));
    paragraphs.collect::<Vec<_>>().join("\n")
}

/// A way in which a story comes back.
#[derive(Debug, Clone, Copy)]
pub struct Edit {
    /// Its name.
    pub name: &'static str,
    /// The text it makes of a story of at least 1,100 words and a stranger of at least 1,000.
    pub make: fn(&mut Chance, &[String], &[String]) -> Vec<String>,
}

/// All of them.
pub const EDITS: [Edit; 10] = [
    Edit {
        name: "reformatted",
        make: |_, text, _| text.iter().map(|word| word.to_uppercase()).collect(),
    },
    Edit { name: "5 % edited", make: |chance, text, _| edited(chance, text, 5) },
    Edit {
        name: "15 % edited, 10 % cut",
        make: |chance, text, _| edited(chance, &text[text.len() / 10..], 15),
    },
    Edit { name: "30 % edited", make: |chance, text, _| edited(chance, text, 30) },
    Edit {
        name: "every name another",
        make: |_, text, _| {
            let is_name = |word: &String| word.starts_with(char::is_uppercase);
            let other =
                |word: &String| if is_name(word) { format!("{word}ette") } else { word.clone() };
            text.iter().map(other).collect()
        },
    },
    Edit {
        name: "a third of it inside another",
        make: |_, text, other| [&other[..700], &text[300..1_000], &other[700..]].concat(),
    },
    Edit {
        name: "a tenth of it inside another",
        make: |_, text, other| [&other[..900], &text[500..720], &other[900..]].concat(),
    },
    Edit {
        name: "a chapter of five",
        make: |_, text, _| text[text.len() / 5..text.len() * 2 / 5].to_vec(),
    },
    Edit { name: "a prologue before it", make: |_, text, other| [&other[..250], text].concat() },
    Edit {
        name: "its halves swapped",
        make: |_, text, _| [&text[text.len() / 2..], &text[..text.len() / 2]].concat(),
    },
];

fn edited(chance: &mut Chance, words: &[String], share: u64) -> Vec<String> {
    let mut out = Vec::new();
    for word in words {
        match chance.percent(share) {
            false => out.push(word.clone()),
            true if chance.percent(30) => {}
            true => out.push(format!("{word}x")),
        }
    }
    out
}
