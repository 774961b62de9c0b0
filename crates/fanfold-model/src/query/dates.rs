//! Dates as asked for: partial (`2003`, `2003-05`), ranges, before and after, and relative to a day the caller gives.
//!
//! A partial date is an interval of days. A work's date (itself an interval) fits when it lies wholly inside what is
//! asked; `<` and `>` mean wholly before and wholly after.

use super::numbers::Trouble;

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

/// A date in a question: a year, a month or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AskedDate {
    /// Year, 0 to 9999.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Day of the month; only with a month.
    pub day: Option<u8>,
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
    Inside(Option<AskedDate>, Option<AskedDate>),
    /// Wholly before (`<2003-06`).
    Before(AskedDate),
    /// Wholly after (`>2003-06`).
    After(AskedDate),
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
            DateRange::Inside(from, to) => {
                DaySpan { from: from.map(AskedDate::first_day), to: to.map(AskedDate::last_day) }
            }
            DateRange::Before(date) => DaySpan { from: None, to: Some(date.first_day() - 1) },
            DateRange::After(date) => DaySpan { from: Some(date.last_day() + 1), to: None },
            DateRange::Within(ago) => DaySpan { from: Some(ago.before(today)), to: None },
            DateRange::LongerAgo(ago) => DaySpan { from: None, to: Some(ago.before(today) - 1) },
        }
    }
}

impl AskedDate {
    /// First day of the interval, in days since 1970-01-01.
    #[must_use]
    pub fn first_day(self) -> i32 {
        day_number(i32::from(self.year), self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// Last day of the interval, in days since 1970-01-01.
    #[must_use]
    pub fn last_day(self) -> i32 {
        let year = i32::from(self.year);
        match (self.month, self.day) {
            (Some(_), Some(_)) => self.first_day(),
            (Some(12) | None, _) => day_number(year + 1, 1, 1) - 1,
            (Some(month), None) => day_number(year, month + 1, 1) - 1,
        }
    }

    /// Reads `2003`, `2003-05` or `2003-05-17`; `None` when it is no day of the calendar.
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.trim().split(['-', '/', '.']);
        let year = parts.next().filter(|year| year.len() == 4).and_then(digits)?;
        let month = parts.next().map(|month| two_digits(month).filter(|m| (1..=12).contains(m)));
        let day = parts.next().map(two_digits);
        if parts.next().is_some() {
            return None;
        }
        let date = match (month, day) {
            (None, _) => Self { year, month: None, day: None },
            (Some(month), None) => Self { year, month: Some(month?), day: None },
            (Some(month), Some(day)) => Self { year, month: Some(month?), day: Some(day?) },
        };
        let whole_month = Self { day: None, ..date };
        let fits = date.day.is_none_or(|day| day >= 1 && date.first_day() <= whole_month.last_day());
        fits.then_some(date)
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
        return Ago::read(rest).map_or_else(|| asked(rest).map(DateRange::Before), |ago| Ok(DateRange::Within(ago)));
    }
    if let Some(rest) = text.strip_prefix('>') {
        return Ago::read(rest).map_or_else(|| asked(rest).map(DateRange::After), |ago| Ok(DateRange::LongerAgo(ago)));
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
        (Some(first), Some(last)) if first.first_day() > last.last_day() => {
            Err(("the range runs backwards".to_owned(), "put the earlier date first, as in 2003-05..2004".to_owned()))
        }
        _ => Ok(DateRange::Inside(from, to)),
    }
}

const FORMS: &str = "write 2003, 2003-05, 2003-05-17, 2003-05..2004, <2003-06 or <30d";

fn asked(text: &str) -> Result<AskedDate, Trouble> {
    AskedDate::read(text).ok_or_else(|| (format!("\"{}\" is not a date", text.trim()), FORMS.to_owned()))
}

fn digits(text: &str) -> Option<u16> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) { None } else { text.parse().ok() }
}

fn two_digits(text: &str) -> Option<u8> {
    digits(text).filter(|_| text.len() <= 2).and_then(|n| u8::try_from(n).ok())
}

/// Days from 1970-01-01 to a day of the proleptic Gregorian calendar (month 1 to 12, day from 1).
///
/// Counts years from March, so that the leap day is the last of its year.
#[must_use]
pub fn day_number(year: i32, month: u8, day: u8) -> i32 {
    let (month, day) = (i32::from(month), i32::from(day));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month and day of a day number: the inverse of [`day_number`].
fn calendar_day(days: i32) -> (i32, u8, u8) {
    let days = days.saturating_add(719_468);
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + i32::from(month <= 2);
    (year, u8::try_from(month).unwrap_or(1), u8::try_from(day).unwrap_or(1))
}

fn months_before(today: i32, count: i32) -> i32 {
    let (year, month, day) = calendar_day(today);
    let months = (year * 12 + i32::from(month) - 1).saturating_sub(count);
    let (year, month) = (months.div_euclid(12), u8::try_from(months.rem_euclid(12) + 1).unwrap_or(1));
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    let last = day_number(next_year, next_month, 1) - 1;
    (day_number(year, month, 1) + i32::from(day) - 1).min(last)
}

#[cfg(test)]
mod tests {
    use super::{calendar_day, day_number};

    #[test]
    fn day_numbers_and_calendar_days_are_inverse_from_year_0_to_9999() {
        assert_eq!(day_number(1970, 1, 1), 0);
        assert_eq!(day_number(2000, 2, 29), 11_016);
        for days in (-719_528..2_932_897).step_by(13) {
            let (year, month, day) = calendar_day(days);
            assert_eq!(day_number(year, month, day), days);
        }
    }
}
