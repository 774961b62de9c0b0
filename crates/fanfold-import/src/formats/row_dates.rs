//! Dates as databases and old scripts keep them: a day with or without a time, seconds since 1970, zeros for none.

use fanfold_model::PartialDate;

/// A date, as partial as it is: "2006-02-09 22:21:35", seconds since 1970, or zeros for none.
pub(crate) fn date(value: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(value).trim().to_owned();
    if let Ok(seconds) = text.parse::<i64>() {
        let long = text.len() == 14;
        return if long { timestamp(&text) } else { day_of(seconds).filter(|_| seconds > 0) };
    }
    let day = text.get(..10).filter(|day| day.is_ascii())?;
    let shape = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let (year, rest) = day.split_at(4);
    match rest {
        _ if !shape || year == "0000" => None,
        "-00-00" => Some(year.to_owned()),
        _ if rest.ends_with("-00") => Some(day[..7].to_owned()),
        _ => Some(day.to_owned()),
    }
}

/// MySQL's old way to write a timestamp: 20060209222135.
fn timestamp(text: &str) -> Option<String> {
    let (year, month, day) = (text.get(..4)?, text.get(4..6)?, text.get(6..8)?);
    (year != "0000").then(|| format!("{year}-{month}-{day}"))
}

/// The day of a moment, in UTC; none beyond the year 9999.
pub(crate) fn day_of(seconds: i64) -> Option<String> {
    let day = i32::try_from(seconds.div_euclid(86_400)).ok()?;
    PartialDate::from_day(day).map(|day| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_all_their_forms_and_zeros_are_none() {
        let cases = [
            ("2006-02-09 22:21:35", Some("2006-02-09")),
            ("0000-00-00 00:00:00", None),
            ("2003-00-00", Some("2003")),
            ("2003-05-00", Some("2003-05")),
            ("1139523695", Some("2006-02-09")),
            ("0", None),
            ("", None),
            ("20060209222135", Some("2006-02-09")),
            ("951782400", Some("2000-02-29")),
        ];
        for (written, expected) in cases {
            assert_eq!(date(written.as_bytes()).as_deref(), expected, "{written}");
        }
    }
}
