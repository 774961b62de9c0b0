//! Dates as asked for: partial (`2003`, `2003-05`), ranges, before and after, and relative to a day the caller gives.
//!
//! A partial date is an interval of days. A work's date (itself an interval) fits when it lies wholly inside what is
//! asked; `<` and `>` mean wholly before and wholly after.

use super::numbers::Trouble;
use crate::PartialDate;

/// Which date of a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DateField {
    /// First published.
    Published,
    /// Last updated.
    Updated,
    /// Came into this library.
    Imported,
}

/// A unit of "so long ago".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AgoUnit {
    /// Days.
    Days,
    /// Weeks of seven days.
    Weeks,
    /// Calendar months.
    Months,
    /// Calendar years.
    Years,
}

/// So long before the day of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ago {
    /// How many.
    pub count: u16,
    /// Of what.
    pub unit: AgoUnit,
}

/// What a date condition asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateRange {
    /// Inside one date, or from the beginning of one to the end of another; an absent end is open.
    Inside(Option<PartialDate>, Option<PartialDate>),
    /// Wholly before (`<2003-06`).
    Before(PartialDate),
    /// Wholly after (`>2003-06`).
    After(PartialDate),
    /// Within the last so-and-so long (`<30d`).
    Within(Ago),
    /// Longer ago than that (`>30d`).
    LongerAgo(Ago),
}

/// Days since 1970-01-01, both ends included; an absent end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySpan {
    /// First day that fits.
    pub from: Option<i32>,
    /// Last day that fits.
    pub to: Option<i32>,
}

impl DateRange {
    /// The days this means when asked on `today` (days since 1970-01-01).
    #[must_use]
    pub fn days(self, today: i32) -> DaySpan {
        match self {
            DateRange::Inside(from, to) => DaySpan {
                from: from.map(PartialDate::first_day),
                to: to.map(PartialDate::last_day),
            },
            DateRange::Before(date) => DaySpan { from: None, to: Some(date.first_day() - 1) },
            DateRange::After(date) => DaySpan { from: Some(date.last_day() + 1), to: None },
            DateRange::Within(ago) => DaySpan { from: Some(ago.before(today)), to: None },
            DateRange::LongerAgo(ago) => DaySpan { from: None, to: Some(ago.before(today) - 1) },
        }
    }
}

/// Reads `2003`, `2003-5` or `2003-05-17`; `None` when it is no day of the calendar.
fn read_date(text: &str) -> Option<PartialDate> {
    let mut parts = text.trim().split(['-', '/', '.']);
    let year = parts.next().filter(|year| year.len() == 4).and_then(digits)?;
    let rest: Vec<u8> = parts.map(two_digits).collect::<Option<_>>()?;
    let year = i16::try_from(year).ok()?;
    match rest[..] {
        [] => PartialDate::new(year, None, None),
        [month] => PartialDate::new(year, Some(month), None),
        [month, day] => PartialDate::new(year, Some(month), Some(day)),
        _ => None,
    }
}

impl Ago {
    /// The day that lies so long before `today`. A day that the earlier month does not have becomes its last.
    #[must_use]
    pub fn before(self, today: i32) -> i32 {
        let count = i32::from(self.count);
        match self.unit {
            AgoUnit::Days => today.saturating_sub(count),
            AgoUnit::Weeks => today.saturating_sub(7 * count),
            AgoUnit::Months => months_before(today, count),
            AgoUnit::Years => months_before(today, 12 * count),
        }
    }

    /// Reads `30d`, `2 weeks`, `6 months ago`.
    fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        let text = text.strip_suffix("ago").unwrap_or(&text).trim_end();
        let split = text.find(|c: char| !c.is_ascii_digit())?;
        let count = digits(&text[..split])?;
        let unit = match text[split..].trim() {
            "d" | "day" | "days" => AgoUnit::Days,
            "w" | "week" | "weeks" => AgoUnit::Weeks,
            "m" | "mo" | "month" | "months" => AgoUnit::Months,
            "y" | "year" | "years" => AgoUnit::Years,
            _ => return None,
        };
        Some(Self { count, unit })
    }
}

/// Reads the value of a date field.
pub(super) fn date_range(text: &str) -> Result<DateRange, Trouble> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix("<=") {
        return Ok(DateRange::Inside(None, Some(asked(rest)?)));
    }
    if let Some(rest) = text.strip_prefix(">=") {
        return Ok(DateRange::Inside(Some(asked(rest)?), None));
    }
    if let Some(rest) = text.strip_prefix('<') {
        return Ago::read(rest)
            .map_or_else(|| asked(rest).map(DateRange::Before), |ago| Ok(DateRange::Within(ago)));
    }
    if let Some(rest) = text.strip_prefix('>') {
        return Ago::read(rest).map_or_else(
            || asked(rest).map(DateRange::After),
            |ago| Ok(DateRange::LongerAgo(ago)),
        );
    }
    let text = text.strip_prefix('=').unwrap_or(text);
    if Ago::read(text).is_some() {
        return Err((
            format!("\"{text}\" does not say which side"),
            format!("write <{text} for within that time, >{text} for longer ago"),
        ));
    }
    match text.split_once("..").or_else(|| two_years(text)) {
        Some((from, to)) => between(from, to),
        None => asked(text).map(|date| DateRange::Inside(Some(date), Some(date))),
    }
}

/// `2003-2005`: two whole years cannot be a year and a month.
fn two_years(text: &str) -> Option<(&str, &str)> {
    text.split_once('-').filter(|(from, to)| from.len() == 4 && to.len() == 4)
}

fn between(from: &str, to: &str) -> Result<DateRange, Trouble> {
    let from = if from.trim().is_empty() { None } else { Some(asked(from)?) };
    let to = if to.trim().is_empty() { None } else { Some(asked(to)?) };
    match (from, to) {
        (None, None) => Err(("a range needs at least one date".to_owned(), FORMS.to_owned())),
        (Some(first), Some(last)) if first.first_day() > last.last_day() => Err((
            "the range runs backwards".to_owned(),
            "put the earlier date first, as in 2003-05..2004".to_owned(),
        )),
        _ => Ok(DateRange::Inside(from, to)),
    }
}

const FORMS: &str = "write 2003, 2003-05, 2003-05-17, 2003-05..2004, <2003-06 or <30d";

fn asked(text: &str) -> Result<PartialDate, Trouble> {
    read_date(text).ok_or_else(|| (format!("\"{}\" is not a date", text.trim()), FORMS.to_owned()))
}

fn digits(text: &str) -> Option<u16> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        None
    } else {
        text.parse().ok()
    }
}

fn two_digits(text: &str) -> Option<u8> {
    digits(text).filter(|_| text.len() <= 2).and_then(|n| u8::try_from(n).ok())
}

/// The same day of an earlier month; a day that month does not have becomes its last.
fn months_before(today: i32, count: i32) -> i32 {
    let Some(date) = PartialDate::from_day(today) else {
        return today;
    };
    let (month, day) = (i32::from(date.month().unwrap_or(1)), i32::from(date.day().unwrap_or(1)));
    let months = i32::from(date.year()) * 12 + month - 1 - count;
    let year = i16::try_from(months.div_euclid(12)).ok();
    let month = u8::try_from(months.rem_euclid(12) + 1).ok();
    match year.and_then(|year| PartialDate::new(year, month, None)) {
        Some(earlier) => (earlier.first_day() + day - 1).min(earlier.last_day()),
        None => i32::MIN + 1,
    }
}
