//! Dates as databases and old scripts keep them: a day with or without a time, seconds since 1970, zeros for none.

/// A date, as partial as it is: "2006-02-09 22:21:35", seconds since 1970, or zeros for none.
pub(crate) fn date(value: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(value).trim().to_owned();
    if let Ok(seconds) = text.parse::<i64>() {
        let long = text.len() == 14;
        return if long { timestamp(&text) } else { (seconds > 0).then(|| day_of(seconds)) };
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

/// The day of a moment, in UTC. Source of the rule: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
pub(crate) fn day_of(seconds: i64) -> String {
    let days = seconds.div_euclid(86_400) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
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
