//! Stories to measure with: prose of sentences, speech and paragraphs, the same for the same number on every machine.
//!
//! Words follow a steep distribution over a vocabulary of common words and of made-up ones, so that an index of them
//! grows as one of real stories does.

use std::sync::LazyLock;

/// The small words that every language is full of, and some that stories are.
const COMMON: &str = "the of and to a in he was that his it had with her as at for she on him they but be from not \
    were by would which all there so out up one no could them into then when said if what been or an very over down \
    who me my you we are is this have only now your like some back little about time before two more their old man \
    door night way after know hand through long where came again good eyes never great must went still last any other \
    own might house first voice looked light away head did our thought such than here made how too room turned come \
    face day think upon nothing just much young go see well without lamp sea river garden rabbit detective queen bow";

static COMMON_WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| COMMON.split_whitespace().collect());

/// Beginnings, middles and ends of made-up words.
const SYLLABLES: [&str; 24] = [
    "bar", "cor", "del", "fen", "gal", "har", "ild", "jun", "kes", "lor", "mir", "nol", "ost",
    "pel", "quin", "rav", "sel", "tor", "und", "vel", "wick", "yar", "zan", "eth",
];

/// A steady source of chance: the same seed gives the same numbers everywhere.
pub(crate) struct Dice(u64);

impl Dice {
    /// Seeded; nearby seeds give unlike rows.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }

    fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// A number below `end` as ranks of tags are met: the first in one of twenty draws, most of them seldom.
    pub(crate) fn zipf(&mut self, end: u64) -> u64 {
        const FLATNESS: f64 = 4.0;
        let share = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        let rank = FLATNESS * ((end as f64 + FLATNESS) / FLATNESS).powf(share) - FLATNESS;
        (rank as u64).min(end.saturating_sub(1))
    }
}

/// What a story is made of, for the forms that put it together in their own way.
pub(crate) struct Parts {
    pub(crate) title: String,
    pub(crate) creator: String,
    pub(crate) fandom: String,
    pub(crate) summary: String,
    pub(crate) paragraphs: Vec<String>,
}

/// A story with about so many bytes of text.
pub(crate) fn parts(number: u64, bytes: usize) -> Parts {
    let mut dice = Dice::new(number);
    let mut parts = Parts {
        title: title(number, &mut dice),
        creator: format!("{} {}", capital(&word(&mut dice)), capital(&word(&mut dice))),
        fandom: fandom(&mut dice).to_owned(),
        summary: sentence(&mut dice),
        paragraphs: Vec::new(),
    };
    let mut have = 0;
    while have < bytes {
        let paragraph = paragraph(&mut dice);
        have += paragraph.len();
        parts.paragraphs.push(paragraph);
    }
    parts
}

/// A story's plain text, hard-wrapped, with a header block of the usual kind.
pub(crate) fn plain_text(number: u64, bytes: usize) -> String {
    let mut dice = Dice::new(number);
    let mut text = format!(
        "Title: {}\nAuthor: {} {}\nFandom: {}\nPairing: Jim Hawkins/Ben Gunn\nRating: {}\nArchive: anywhere\n\
         Summary: {}\n\n",
        title(number, &mut dice),
        capital(&word(&mut dice)),
        capital(&word(&mut dice)),
        fandom(&mut dice),
        ["PG", "PG-13", "G", "R"][dice.below(4) as usize],
        sentence(&mut dice),
    );
    while text.len() < bytes {
        wrap(&paragraph(&mut dice), &mut text);
        text.push('\n');
    }
    text.push_str("THE END\n");
    text
}

/// The same as a page with labels in bold, as people saved them.
pub(crate) fn html_page(number: u64, bytes: usize) -> String {
    let mut dice = Dice::new(number);
    let title = title(number, &mut dice);
    let mut page = format!(
        "<html><head><title>{title}</title></head><body><h1>{title}</h1>\n<p><b>Author:</b> {}<br>\n<b>Fandom:</b> \
         Robin Hood<br>\n<b>Rating:</b> PG</p>\n<hr>\n",
        capital(&word(&mut dice)),
    );
    while page.len() < bytes {
        page.push_str("<p>");
        page.push_str(&paragraph(&mut dice));
        page.push_str("</p>\n");
    }
    page.push_str("</body></html>\n");
    page
}

/// A chapter's clean HTML with at least so many words.
pub(crate) fn chapter_html(number: u64, words: usize) -> String {
    let mut dice = Dice::new(number);
    let (mut html, mut have) = (String::new(), 0);
    while have < words {
        let paragraph = paragraph(&mut dice);
        have += paragraph.split_whitespace().count();
        html.push_str(&format!("<p>{paragraph}</p>\n"));
    }
    html
}

fn title(number: u64, dice: &mut Dice) -> String {
    format!("The {} of {} {number}", capital(&word(dice)), capital(&word(dice)))
}

fn fandom(dice: &mut Dice) -> &'static str {
    ["Treasure Island", "Alice in Wonderland", "Robin Hood", "Sherlock Holmes"]
        [dice.below(4) as usize]
}

/// The title of a story, which is the same in every form.
#[cfg(test)]
pub(crate) fn title_of(number: u64) -> String {
    title(number, &mut Dice::new(number))
}

/// Three to seven sentences; every third paragraph is speech.
fn paragraph(dice: &mut Dice) -> String {
    let sentences: Vec<String> = (0..3 + dice.below(5)).map(|_| sentence(dice)).collect();
    let text = sentences.join(" ");
    if dice.below(3) == 0 { format!("\"{text}\" {} said.", capital(&word(dice))) } else { text }
}

fn sentence(dice: &mut Dice) -> String {
    let words: Vec<String> = (0..6 + dice.below(14)).map(|_| word(dice)).collect();
    format!("{}.", capital(&words.join(" ")))
}

/// A made-up name of two or three syllables.
pub(crate) fn name(dice: &mut Dice) -> String {
    let parts = 2 + dice.below(2);
    let syllable = |_| SYLLABLES[dice.below(SYLLABLES.len() as u64) as usize];
    capital(&(0..parts).map(syllable).collect::<String>())
}

/// Four words of five are common ones; the rest come from about 13,000 made-up ones.
pub(crate) fn word(dice: &mut Dice) -> String {
    if dice.below(5) < 4 {
        let common = &*COMMON_WORDS;
        // The smaller of two draws: the first words of the list come most often.
        let place = dice.below(common.len() as u64).min(dice.below(common.len() as u64));
        return common[place as usize].to_owned();
    }
    let parts = 2 + dice.below(2);
    (0..parts).map(|_| SYLLABLES[dice.below(SYLLABLES.len() as u64) as usize]).collect()
}

/// A word as readers look for: a thing or a name, not one of the small words that all texts are full of.
pub(crate) fn telling_word(dice: &mut Dice) -> String {
    /// The last of the common ones are things.
    const THINGS: usize = 9;
    if dice.below(2) == 0 {
        let things = COMMON_WORDS.len().saturating_sub(THINGS);
        return COMMON_WORDS[things + dice.below(THINGS as u64) as usize].to_owned();
    }
    let parts = 2 + dice.below(2);
    (0..parts).map(|_| SYLLABLES[dice.below(SYLLABLES.len() as u64) as usize]).collect()
}

pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Lines of at most 72 letters, as mail and news had them.
fn wrap(paragraph: &str, out: &mut String) {
    let mut width = 0;
    for word in paragraph.split(' ') {
        if width + word.len() > 72 {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
        }
        out.push_str(word);
        width += word.len() + 1;
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_gives_the_same_story_and_another_gives_another() {
        assert_eq!(plain_text(7, 20_000), plain_text(7, 20_000));
        assert_ne!(plain_text(7, 20_000), plain_text(8, 20_000));
        assert!(plain_text(7, 20_000).lines().skip(8).all(|line| line.len() < 80));
    }

    #[test]
    fn a_chapter_has_the_words_it_was_asked_for() {
        let html = chapter_html(1, 5_000);
        assert!((5_000..5_200).contains(&html.split_whitespace().count()));
    }
}
