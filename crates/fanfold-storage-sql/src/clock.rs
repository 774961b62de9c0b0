//! Reading RFC 3339 times. Nothing here asks what time it is.

use fanfold_model::PartialDate;

/// The day of an RFC 3339 time in UTC, in days since 1970-01-01; 0 for what is no time.
pub(crate) fn day_of(time: &str) -> i32 {
    let date = time.get(..10).and_then(|date| date.parse::<PartialDate>().ok());
    date.map_or(0, PartialDate::first_day)
}

/// Seconds since 1970 of an RFC 3339 time in UTC; `None` for what is no time.
pub(crate) fn seconds_of(time: &str) -> Option<i64> {
    let date: PartialDate = time.get(..10)?.parse().ok()?;
    let part = |range: std::ops::Range<usize>| time.get(range)?.parse::<i64>().ok();
    let (hours, minutes, seconds) = (part(11..13)?, part(14..16)?, part(17..19)?);
    Some(i64::from(date.first_day()) * 86_400 + hours * 3600 + minutes * 60 + seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_to_the_second_and_nonsense_is_none() {
        assert_eq!(seconds_of("1970-01-02T01:02:03Z"), Some(86_400 + 3723));
        assert_eq!(seconds_of("1970-01-02T01:02:03.5Z"), Some(86_400 + 3723));
        assert_eq!((day_of("1970-02-01T00:00:00Z"), day_of("soon")), (31, 0));
        assert_eq!(seconds_of("1970-01-02"), None);
    }
}
