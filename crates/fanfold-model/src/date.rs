//! Dates as partial as their source: 2003, 2003-06 or 2003-06-01, never filled up.

use std::fmt;
use std::str::FromStr;

/// An ISO 8601 date of which the day, or the day and the month, may be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: i16,
    month: Option<u8>,
    day: Option<u8>,
}

/// Why a text is no partial date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date: write 2003, 2003-06 or 2003-06-01")]
pub struct DateError(pub String);

impl PartialDate {
    /// A date from its parts; `None` if there is no such day (or a day without a month).
    #[must_use]
    pub fn new(year: i16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let fits = match (month, day) {
            (None, None) => true,
            (Some(month), None) => (1..=12).contains(&month),
            (Some(month), Some(day)) => {
                (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day)
            }
            (None, Some(_)) => false,
        };
        ((0..=9999).contains(&year) && fits).then_some(Self { year, month, day })
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, if known.
    #[must_use]
    pub fn month(self) -> Option<u8> {
        self.month
    }

    /// The day of the month, if known.
    #[must_use]
    pub fn day(self) -> Option<u8> {
        self.day
    }

    /// The first day the date may mean, in days since 1970-01-01; it sorts by this.
    #[must_use]
    pub fn first_day(self) -> i32 {
        days_from_civil(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day the date may mean, in days since 1970-01-01.
    #[must_use]
    pub fn last_day(self) -> i32 {
        let month = self.month.unwrap_or(12);
        let day = self.day.unwrap_or_else(|| days_in_month(self.year, month));
        days_from_civil(self.year, month, day)
    }

    /// The exact date of a day number (days since 1970-01-01).
    #[must_use]
    pub fn from_day(day: i32) -> Option<Self> {
        let (year, month, day) = civil_from_days(day);
        Self::new(i16::try_from(year).ok()?, Some(month), Some(day))
    }
}

/// Days in a month of the proleptic Gregorian calendar.
fn days_in_month(year: i16, month: u8) -> u8 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Howard Hinnant's `days_from_civil`.
fn days_from_civil(year: i16, month: u8, day: u8) -> i32 {
    let (month, day) = (i32::from(month), i32::from(day));
    let year = i32::from(year) - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Howard Hinnant's `civil_from_days`.
fn civil_from_days(days: i32) -> (i32, u8, u8) {
    let shifted = i64::from(days) + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (
        i32::try_from(year).unwrap_or(0),
        u8::try_from(month).unwrap_or(1),
        u8::try_from(day).unwrap_or(1),
    )
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || DateError(text.chars().take(40).collect());
        let digits = |part: &str, length: usize| {
            (part.len() == length && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<i16>().ok())
                .flatten()
        };
        let mut parts = text.split('-');
        let year = parts.next().and_then(|part| digits(part, 4)).ok_or_else(wrong)?;
        let mut small = || -> Result<Option<u8>, DateError> {
            parts
                .next()
                .map(|part| digits(part, 2).and_then(|n| u8::try_from(n).ok()).ok_or_else(wrong))
                .transpose()
        };
        let (month, day) = (small()?, small()?);
        if parts.next().is_some() {
            return Err(wrong());
        }
        Self::new(year, month, day).ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partial_date_is_an_interval_from_its_first_to_its_last_day() {
        let year: PartialDate = "1970".parse().unwrap();
        assert_eq!((year.first_day(), year.last_day()), (0, 364));
        let month: PartialDate = "2004-02".parse().unwrap();
        assert_eq!(month.last_day() - month.first_day(), 28);
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in ["2003-02-29", "2003-13", "2003-00", "03-01-01", "2003-1", "2003-06-01-01", ""]
        {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_day_number_and_its_date_name_each_other(day in -700_000_i32..2_900_000) {
            if let Some(date) = PartialDate::from_day(day) {
                proptest::prop_assert_eq!(date.first_day(), day);
                proptest::prop_assert_eq!(date.to_string().parse::<PartialDate>().unwrap(), date);
            }
        }
    }
}
