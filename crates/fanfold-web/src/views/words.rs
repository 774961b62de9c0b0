//! Numbers, times and facts as people say them.

use std::fmt;

use askama::filters::HtmlSafe;

/// A count of things; shown with thin no-break spaces between groups of three digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count(pub u64);

impl Count {
    /// The count with its noun: `1 work`, `412 works`.
    pub fn of(&self, one: &str, many: &str) -> String {
        if self.0 == 1 { format!("1 {one}") } else { format!("{self} {many}") }
    }

    /// Whether there is nothing.
    pub fn is_zero(&self) -> bool {
        self.0 == 0
    }

    /// Large counts in words: `1.2 million`; small ones as they are.
    pub fn rounded(&self) -> String {
        match self.0 {
            n if n >= 1_000_000_000 => format!("{:.1} billion", n as f64 / 1e9),
            n if n >= 1_000_000 => format!("{:.1} million", n as f64 / 1e6),
            _ => self.to_string(),
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                f.write_str("\u{202f}")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

/// HTML that has passed the archive's one sanitiser when it was stored. Nothing else may be put in here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SafeHtml(pub String);

impl fmt::Display for SafeHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for SafeHtml {}

/// A date as people say it, beside the exact one for machines and for hovering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// Such as `17 May 2003`, `May 2003` or `2003`.
    pub words: String,
    /// ISO 8601, as partial as the source: a valid `datetime` attribute.
    pub exact: String,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl When {
    /// Reads `2003`, `2003-05`, `2003-05-17` or a full time stamp. What it cannot read it shows as given.
    pub fn from_iso(iso: &str) -> Self {
        let day = iso.split('T').next().unwrap_or(iso);
        let mut fields = day.split('-');
        let year = fields.next().unwrap_or_default();
        let month = fields
            .next()
            .and_then(|m| m.parse::<usize>().ok())
            .and_then(|m| MONTHS.get(m.wrapping_sub(1)));
        let date = fields.next().and_then(|d| d.parse::<u8>().ok());
        let words = match (month, date) {
            (Some(month), Some(date)) => format!("{date} {month} {year}"),
            (Some(month), None) => format!("{month} {year}"),
            _ => year.to_owned(),
        };
        Self { words, exact: iso.to_owned() }
    }
}

/// How many words a reader gets through in a minute: a common middle value for prose on a screen.
const WORDS_A_MINUTE: u64 = 240;

/// Reading time as people say it: `a minute`, `25 minutes`, `about an hour`, `about 9 hours`.
pub fn reading_time(words: u64) -> String {
    match words.div_ceil(WORDS_A_MINUTE) {
        0 | 1 => "a minute".to_owned(),
        minutes @ 2..=9 => format!("{minutes} minutes"),
        minutes @ 10..=49 => format!("{} minutes", minutes.div_ceil(5) * 5),
        50..=80 => "about an hour".to_owned(),
        81..=104 => "about an hour and a half".to_owned(),
        minutes => match (minutes + 30) / 60 {
            hours @ 0..=72 => format!("about {hours} hours"),
            hours => format!("about {} days", Count((hours + 12) / 24)),
        },
    }
}

/// `rtl` for languages written from right to left, `ltr` for others we know, `auto` when unknown.
pub fn direction(language: Option<&str>) -> &'static str {
    match language.and_then(|tag| tag.split('-').next()) {
        Some("ar" | "he" | "fa" | "ur" | "yi" | "ckb" | "ps" | "sd" | "ug" | "dv" | "arc") => "rtl",
        Some(_) => "ltr",
        None => "auto",
    }
}

/// A confidence between 0 and 1 in a word.
pub fn confidence_word(confidence: f64) -> &'static str {
    match confidence {
        c if c >= 0.98 => "certain",
        c if c >= 0.9 => "very likely",
        c if c >= 0.7 => "likely",
        c if c >= 0.5 => "perhaps",
        _ => "a guess",
    }
}

/// A size in bytes: `812 bytes`, `14 KB`, `3.2 MB`.
pub fn bytes(size: u64) -> String {
    match size {
        0..1_000 => Count(size).of("byte", "bytes"),
        1_000..1_000_000 => format!("{} KB", size.div_ceil(1_000)),
        _ => format!("{:.1} MB", size as f64 / 1e6),
    }
}

/// Which of the 24 hues a name gets. FNV-1a, so that the hue is the same on every machine for ever.
pub fn hue(name: &str) -> u8 {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    u8::try_from(hash % 24).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thin_spaces() {
        assert_eq!(Count(7).to_string(), "7");
        assert_eq!(Count(14_280).to_string(), "14\u{202f}280");
        assert_eq!(Count(1_000_000).of("work", "works"), "1\u{202f}000\u{202f}000 works");
        assert_eq!(Count(1).of("work", "works"), "1 work");
    }

    #[test]
    fn partial_dates_are_said_as_far_as_they_go() {
        assert_eq!(When::from_iso("2003-05-17").words, "17 May 2003");
        assert_eq!(When::from_iso("2003-05").words, "May 2003");
        assert_eq!(When::from_iso("2003").words, "2003");
        assert_eq!(When::from_iso("2003-05-17T10:00:00Z").words, "17 May 2003");
        assert_eq!(When::from_iso("2003-13-40").words, "2003");
    }

    #[test]
    fn reading_time_never_falls_when_words_grow() {
        let rank = |words| {
            let said = reading_time(words);
            let number: u64 = said
                .split(' ')
                .filter_map(|w| w.replace('\u{202f}', "").parse().ok())
                .next()
                .unwrap_or(1);
            match said {
                s if s.contains("day") => number * 1440,
                s if s.contains("half") => 90,
                s if s.contains("hour") => number * 60,
                _ => number,
            }
        };
        let steps: Vec<u64> = (0..4_000).map(|i| rank(i * 500)).collect();
        assert!(steps.windows(2).all(|pair| pair[0] <= pair[1]), "{steps:?}");
    }

    #[test]
    fn a_hue_depends_on_the_name_only() {
        assert_eq!(hue("Treasure Island"), hue("Treasure Island"));
        assert!(
            (0..200)
                .map(|i| hue(&format!("Fandom {i}")))
                .collect::<std::collections::HashSet<_>>()
                .len()
                == 24
        );
    }
}
