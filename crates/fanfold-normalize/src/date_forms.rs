//! Reads one date as people write it. A date is as partial as its source: what is not certain is left out, nothing is
//! filled up, and no time zone moves a day.

use crate::fold::fold;
use crate::months::month;
use fanfold_model::PartialDate;

/// Which of two small numbers is the day, where the source's habit is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayOrder {
    /// 17/5/2003.
    DayFirst,
    /// 5/17/2003.
    MonthFirst,
    /// Not known.
    Unknown,
}

/// What a text says of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DateRead {
    /// The certain part.
    pub(crate) date: Option<PartialDate>,
    /// Whether more was written than is certain.
    pub(crate) ambiguous: bool,
}

const UNREAD: DateRead = DateRead { date: None, ambiguous: false };

/// The longest text that is looked at.
const LONGEST: usize = 200;

/// Reads a date. `this_year` decides the century of two-digit years.
pub(crate) fn read_date(text: &str, order: DayOrder, this_year: i16) -> DateRead {
    let text: String = fold(&text.chars().take(LONGEST).collect::<String>());
    if let Some(read) = epoch(&text, this_year) {
        return read;
    }
    let text = without_clock(&text);
    let tokens = tokens(&text);
    year_range(&tokens)
        .or_else(|| ideographic(&tokens))
        .or_else(|| named_month(&tokens, this_year))
        .or_else(|| numeric(&tokens, order, this_year))
        .or_else(|| year_alone(&tokens))
        .unwrap_or(UNREAD)
}

/// A run of digits or letters, with the mark that stood before it.
#[derive(Debug, Clone)]
struct Token {
    text: String,
    number: Option<u32>,
    before: char,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut before = ' ';
    let mut last = ' ';
    for c in text.chars() {
        let class = |c: char| {
            if c.is_ascii_digit() {
                1
            } else if c.is_alphabetic() {
                2
            } else {
                0
            }
        };
        match tokens.last_mut() {
            Some(token) if class(c) != 0 && class(c) == class(last) => token.text.push(c),
            _ if class(c) != 0 => {
                tokens.push(Token { text: c.to_string(), number: None, before });
                before = ' ';
            }
            _ => {}
        }
        if class(c) == 0 && (before == ' ' || c != ' ') {
            before = c;
        }
        last = c;
    }
    for token in &mut tokens {
        token.number = token.text.parse().ok();
    }
    tokens
}

/// Without "01:11:57" and what an ISO time writes behind the day, so that minutes are not taken for days.
fn without_clock(text: &str) -> String {
    let is_clock =
        |word: &str| word.contains(':') && word.starts_with(|c: char| c.is_ascii_digit());
    let day_of = |word: &str| {
        let timed = word.split_once('t').filter(|(day, time)| {
            day.ends_with(|c: char| c.is_ascii_digit()) && time.contains(':')
        });
        timed.map_or(word, |(day, _)| day).to_owned()
    };
    text.split(' ').map(day_of).filter(|word| !is_clock(word)).collect::<Vec<_>>().join(" ")
}

fn epoch(text: &str, this_year: i16) -> Option<DateRead> {
    let digits = text.trim();
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let seconds: i64 = match digits.len() {
        9 | 10 => digits.parse().ok()?,
        13 => digits.parse::<i64>().ok()? / 1000,
        8 => return compact(digits),
        _ => return None,
    };
    let date = PartialDate::from_day(i32::try_from(seconds.div_euclid(86_400)).ok()?)?;
    (1985..=this_year.saturating_add(1))
        .contains(&date.year())
        .then_some(DateRead { date: Some(date), ambiguous: false })
}

/// "20030517".
fn compact(digits: &str) -> Option<DateRead> {
    let part = |from: usize, to: usize| digits.get(from..to)?.parse::<u32>().ok();
    let date = date(part(0, 4)?, Some(part(4, 6)?), Some(part(6, 8)?))?;
    plausible_year(u32::from(date.year().unsigned_abs()))
        .then_some(DateRead { date: Some(date), ambiguous: false })
}

/// "2001-2003" is a span of years: neither is certain.
fn year_range(tokens: &[Token]) -> Option<DateRead> {
    let [a, b] = tokens else { return None };
    let both = a.text.len() == 4
        && b.text.len() == 4
        && plausible_year(a.number?)
        && plausible_year(b.number?);
    both.then_some(DateRead { date: None, ambiguous: true })
}

/// "2003年5月17日".
fn ideographic(tokens: &[Token]) -> Option<DateRead> {
    let at = tokens.iter().position(|token| token.text.starts_with(['年', '년']))?;
    let year = tokens.get(at.checked_sub(1)?)?.number.filter(|year| plausible_year(*year))?;
    let number_before = |sign: &[char]| {
        let at = tokens.iter().skip(at).position(|token| token.text.starts_with(sign))? + at;
        tokens.get(at.checked_sub(1)?)?.number
    };
    let month = number_before(&['月', '월']);
    let day = month.and_then(|_| number_before(&['日', '号', '일']));
    certain(year, month, day)
}

/// "14 March 1998", "Oct. 31, '99", "Sat Aug 29 EDT 1992", "May 2006, revised Sept. 2007".
fn named_month(tokens: &[Token], this_year: i16) -> Option<DateRead> {
    let (at, month) = tokens.iter().enumerate().find_map(|(at, token)| {
        let near_number = |other: Option<&Token>| {
            other.is_some_and(|token| token.number.is_some() || is_filler(&token.text))
        };
        let company = near_number(tokens.get(at + 1))
            || at.checked_sub(1).is_some_and(|before| near_number(tokens.get(before)));
        month(&token.text).filter(|_| company).map(|month| (at, month))
    })?;
    let before = at
        .checked_sub(1)
        .and_then(|from| skip_back(tokens, from))
        .and_then(|token| token.number.map(|n| (n, token)));
    let after: Vec<&Token> = tokens[at + 1..]
        .iter()
        .take_while(|token| month_free(token))
        .filter(|token| token.number.is_some())
        .collect();
    let day_before = before
        .filter(|(number, token)| (1..=31).contains(number) && token.text.len() <= 2)
        .map(|(number, _)| number);
    let first_after = after.first().copied();
    let second_after = after.get(1).copied();
    let iso_year = before
        .filter(|(number, token)| token.text.len() == 4 && plausible_year(*number))
        .map(|(number, _)| number);
    let small = |token: &Token| {
        token.number.filter(|number| {
            token.text.len() <= 2 && (1..=31).contains(number) && token.before != '\''
        })
    };
    let (day, year) = match (day_before, first_after) {
        (Some(day), year) => (Some(day), year.and_then(|token| year_of(token, this_year))),
        (None, Some(token)) if iso_year.is_some() => (small(token), iso_year),
        (None, Some(token)) => {
            match (small(token), second_after.and_then(|token| year_of(token, this_year))) {
                (Some(day), Some(year)) => (Some(day), Some(year)),
                // "March 03" may be a day without a year.
                (Some(_), None) => (None, None),
                (None, _) => (None, year_of(token, this_year)),
            }
        }
        (None, None) => (None, iso_year),
    };
    let year = year.or(iso_year)?;
    certain(year, Some(u32::from(month)), day)
}

/// The token before a month, over "of", "de", "st".
fn skip_back(tokens: &[Token], from: usize) -> Option<&Token> {
    (0..=from).rev().take(3).map(|at| &tokens[at]).find(|token| !is_filler(&token.text))
}

fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "st" | "nd"
            | "rd"
            | "th"
            | "of"
            | "de"
            | "del"
            | "er"
            | "the"
            | "d"
            | "di"
            | "го"
            | "do"
            | "den"
            | "le"
            | "el"
    )
}

fn month_free(token: &Token) -> bool {
    token.number.is_some() || month(&token.text).is_none()
}

fn year_of(token: &Token, this_year: i16) -> Option<u32> {
    let number = token.number?;
    match token.text.len() {
        4 => plausible_year(number).then_some(number),
        2 => Some(century(number, this_year)),
        _ => None,
    }
}

/// "98" is 1998, "03" is 2003: the latest year that is not after this one.
fn century(two_digits: u32, this_year: i16) -> u32 {
    let this_year = u32::from(this_year.unsigned_abs());
    let recent = this_year - this_year % 100 + two_digits;
    if recent > this_year { recent.saturating_sub(100) } else { recent }
}

/// "2003-05-17", "17.5.2003", "3/5/02", "05/2003".
fn numeric(tokens: &[Token], order: DayOrder, this_year: i16) -> Option<DateRead> {
    let joined = |token: &Token| matches!(token.before, '/' | '-' | '.');
    let start = (0..tokens.len()).find(|&at| {
        tokens[at].number.is_some()
            && tokens.get(at + 1).is_some_and(|next| next.number.is_some() && joined(next))
    })?;
    let numbers: Vec<&Token> = tokens[start..]
        .iter()
        .enumerate()
        .take_while(|(at, token)| token.number.is_some() && (*at == 0 || joined(token)))
        .map(|(_, token)| token)
        .take(3)
        .collect();
    let value = |at: usize| numbers.get(at).and_then(|token| token.number);
    let long = |at: usize| numbers.get(at).is_some_and(|token| token.text.len() == 4);
    let (first, second) = (value(0)?, value(1)?);
    if long(0) {
        return plausible_year(first).then(|| certain(first, Some(second), value(2))).flatten();
    }
    let Some(last) = value(2) else {
        return (long(1) && plausible_year(second))
            .then(|| certain(second, Some(first), None))
            .flatten();
    };
    if !long(2) && first > 31 {
        return certain(century(first, this_year), Some(second), Some(last));
    }
    let dashed_short = !long(2) && last <= 31 && numbers[1].before == '-';
    if dashed_short {
        return Some(DateRead { date: None, ambiguous: true });
    }
    let year = if long(2) { last } else { century(last, this_year) };
    if numbers[2].text.len() == 3 || numbers[2].text.len() == 1 || !plausible_year(year) {
        return None;
    }
    day_and_month(year, first, second, order)
}

fn day_and_month(year: u32, first: u32, second: u32, order: DayOrder) -> Option<DateRead> {
    let day_first = || certain(year, Some(second), Some(first));
    let month_first = || certain(year, Some(first), Some(second));
    if first == second || second > 12 {
        month_first()
    } else if first > 12 {
        day_first()
    } else {
        match order {
            DayOrder::DayFirst => day_first(),
            DayOrder::MonthFirst => month_first(),
            DayOrder::Unknown => {
                date(year, None, None).map(|date| DateRead { date: Some(date), ambiguous: true })
            }
        }
    }
}

/// "Spring 2003", "2003", but not "after 2003".
fn year_alone(tokens: &[Token]) -> Option<DateRead> {
    let at = tokens
        .iter()
        .position(|token| token.text.len() == 4 && token.number.is_some_and(plausible_year))?;
    let vague = |word: &str| {
        matches!(
            word,
            "before"
                | "after"
                | "since"
                | "until"
                | "pre"
                | "post"
                | "vor"
                | "nach"
                | "seit"
                | "avant"
                | "apres"
                | "prima"
                | "dopo"
        )
    };
    let is_vague = at
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|token| vague(&token.text));
    let several = tokens
        .iter()
        .filter(|token| token.text.len() == 4 && token.number.is_some_and(plausible_year))
        .count()
        > 1;
    if is_vague || several {
        return Some(DateRead { date: None, ambiguous: true });
    }
    certain(tokens[at].number?, None, None)
}

/// A date of these parts; a month or day that does not exist leaves the certain part in front of it.
fn certain(year: u32, month: Option<u32>, day: Option<u32>) -> Option<DateRead> {
    let whole = date(year, month, day);
    let kept = whole.or_else(|| date(year, month, None)).or_else(|| date(year, None, None))?;
    Some(DateRead { date: Some(kept), ambiguous: whole.is_none() })
}

fn date(year: u32, month: Option<u32>, day: Option<u32>) -> Option<PartialDate> {
    let small = |number: Option<u32>| number.map(u8::try_from).transpose().ok();
    PartialDate::new(i16::try_from(year).ok()?, small(month)?, small(day)?)
}

/// Nobody dates a work before printing or far in the future; "0000-00-00" is a database's nothing.
fn plausible_year(year: u32) -> bool {
    (1900..=2100).contains(&year)
}

#[cfg(test)]
mod tests {
    use super::{DayOrder, read_date};

    fn written(text: &str, order: DayOrder) -> (String, bool) {
        let read = read_date(text, order, 2026);
        (read.date.map(|date| date.to_string()).unwrap_or_default(), read.ambiguous)
    }

    #[test]
    fn dates_are_read_as_far_as_they_are_certain() {
        for (text, date) in [
            ("2003-05-17", "2003-05-17"),
            ("2003-05", "2003-05"),
            ("2003/5/17", "2003-05-17"),
            ("20030517", "2003-05-17"),
            ("2003-05-17T23:59:59-08:00", "2003-05-17"),
            ("2003-05-17 23:59:59", "2003-05-17"),
            ("14 March 1998", "1998-03-14"),
            ("March 14, 1998", "1998-03-14"),
            ("Oct. 31, 1999", "1999-10-31"),
            ("6th January, 2001", "2001-01-06"),
            ("the 3rd of May 2002", "2002-05-03"),
            ("May 2006, revised Sept. 2007", "2006-05"),
            ("Aug '03", "2003-08"),
            ("March 98", "1998-03"),
            ("Sat, 29 Aug 92 01:11:57 GMT", "1992-08-29"),
            ("Sat Aug 29 01:11:57 EDT 1992", "1992-08-29"),
            ("28 Jun 06", "2006-06-28"),
            ("17-May-2003", "2003-05-17"),
            ("1999 June 5", "1999-06-05"),
            ("17. Mai 2003", "2003-05-17"),
            ("1er août 2004", "2004-08-01"),
            ("17 de mayo de 2003", "2003-05-17"),
            ("3 maggio 2003", "2003-05-03"),
            ("17 мая 2003 г.", "2003-05-17"),
            ("7 de março de 2009", "2009-03-07"),
            ("2003年5月17日", "2003-05-17"),
            ("2003年5月", "2003-05"),
            ("Spring 2003", "2003"),
            ("2003", "2003"),
            ("early 1999", "1999"),
            ("05/2003", "2003-05"),
            ("25/12/2003", "2003-12-25"),
            ("12/25/2003", "2003-12-25"),
            ("12/25/03", "2003-12-25"),
            ("4/4/04", "2004-04-04"),
            ("98-05-17", "1998-05-17"),
            ("25.12.98", "1998-12-25"),
            ("1053129600", "2003-05-17"),
            ("Completed 14 March 1998, in the rain", "1998-03-14"),
            ("Saturday, May 17th, 2003", "2003-05-17"),
        ] {
            assert_eq!(written(text, DayOrder::Unknown), (date.to_owned(), false), "{text}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_keeps_only_its_certain_part() {
        for (text, date) in [
            ("3/5/02", "2002"),
            ("03.05.2002", "2002"),
            ("2001-2003", ""),
            ("02-03-04", ""),
            ("after 2003", ""),
            ("31 February 2003", "2003-02"),
            ("2003-13-01", "2003"),
        ] {
            assert_eq!(written(text, DayOrder::Unknown), (date.to_owned(), true), "{text}");
        }
    }

    #[test]
    fn a_known_habit_decides_the_order() {
        assert_eq!(written("3/5/02", DayOrder::DayFirst).0, "2002-05-03");
        assert_eq!(written("3/5/02", DayOrder::MonthFirst).0, "2002-03-05");
        assert_eq!(written("3/25/02", DayOrder::DayFirst).0, "2002-03-25");
    }

    #[test]
    fn words_are_no_dates() {
        for text in [
            "",
            "last week",
            "may be",
            "0000-00-00",
            "March 03",
            "12 chapters",
            "1/2",
            "yesterday at 12:30",
            "9999999999999999",
        ] {
            assert_eq!(written(text, DayOrder::Unknown), (String::new(), false), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_a_date_reader_panic(text in "[0-9a-zмаё年月日/.: '-]{0,40}") {
            let _ = read_date(&text, DayOrder::Unknown, 2026);
        }
    }
}
