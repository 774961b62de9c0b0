//! Numbers as readers type them: `1000`, `10k`, `>1,000`, `1000-5000`, `10..20`.

use super::ast::NumberRange;

/// Why a number cannot be read: message and hint, to be put at a column by the parser.
pub(super) type Trouble = (String, String);

const FORMS: &str = "write words:1000, words:>1000, words:<10k or words:1000-5000";

/// Reads the value of a number field.
pub(super) fn number_range(text: &str) -> Result<NumberRange, Trouble> {
    let text = text.trim();
    for (sign, make) in SIGNS {
        if let Some(rest) = text.strip_prefix(sign) {
            return make(number(rest)?).ok_or_else(|| nothing_fits(text));
        }
    }
    if let Some(rest) = text.strip_suffix('+') {
        return Ok(NumberRange { from: Some(number(rest)?), to: None });
    }
    let dash = || {
        text.split_once(['-', '\u{2013}', '\u{2014}']).filter(|(from, _)| !from.trim().is_empty())
    };
    let halves = text.split_once("..").or_else(dash);
    match halves {
        Some((from, to)) => between(from.trim(), to.trim()),
        None => Ok(NumberRange::exactly(number(text)?)),
    }
}

type Make = fn(u64) -> Option<NumberRange>;

const SIGNS: [(&str, Make); 5] = [
    (">=", |n| Some(NumberRange { from: Some(n), to: None })),
    ("<=", |n| Some(NumberRange { from: None, to: Some(n) })),
    (">", |n| n.checked_add(1).map(|from| NumberRange { from: Some(from), to: None })),
    ("<", |n| n.checked_sub(1).map(|to| NumberRange { from: None, to: Some(to) })),
    ("=", |n| Some(NumberRange::exactly(n))),
];

fn nothing_fits(text: &str) -> Trouble {
    (format!("no number is {text}"), FORMS.to_owned())
}

fn between(from: &str, to: &str) -> Result<NumberRange, Trouble> {
    let from = if from.is_empty() { None } else { Some(number(from)?) };
    let to = if to.is_empty() { None } else { Some(number(to)?) };
    match (from, to) {
        (None, None) => Err(("a range needs at least one number".to_owned(), FORMS.to_owned())),
        (Some(low), Some(high)) if low > high => Err((
            format!("the range runs backwards: {low} is more than {high}"),
            format!("write {high}-{low}"),
        )),
        _ => Ok(NumberRange { from, to }),
    }
}

/// One number: digits with separators, and `k` or `m` for thousands and millions.
fn number(text: &str) -> Result<u64, Trouble> {
    let text = text.trim();
    let unreadable = || (format!("\"{text}\" is not a number"), FORMS.to_owned());
    let lower = text.to_ascii_lowercase();
    let (digits, scale) = match lower.strip_suffix('k') {
        Some(rest) => (rest, 3),
        None => lower.strip_suffix('m').map_or((lower.as_str(), 0), |rest| (rest, 6)),
    };
    if scale > 0 && digits.matches(['.', ',']).count() == 1 && !digits.contains('_') {
        return scaled(digits, scale).ok_or_else(unreadable);
    }
    let plain = without_separators(digits).ok_or_else(unreadable)?;
    let value: u64 = plain.parse().map_err(|_| unreadable())?;
    value.checked_mul(10_u64.pow(scale)).ok_or_else(unreadable)
}

/// `1.5` with three decimal places to come is 1500.
fn scaled(text: &str, scale: u32) -> Option<u64> {
    let (whole, fraction) = text.split_once(['.', ','])?;
    let places = u32::try_from(fraction.len()).ok()?;
    if places == 0 || places > scale || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let whole: u64 = whole.parse().ok()?;
    let fraction: u64 = fraction.parse().ok()?;
    whole.checked_mul(10_u64.pow(scale))?.checked_add(fraction * 10_u64.pow(scale - places))
}

/// Takes out thousands separators; after the first group each must stand before exactly three digits.
fn without_separators(text: &str) -> Option<String> {
    let mut groups = text.split(['.', ',', '_', '\'', '\u{a0}', '\u{202f}', ' ']);
    let first = groups.next().filter(|group| all_digits(group))?;
    let mut plain = first.to_owned();
    for group in groups {
        if group.len() != 3 || !all_digits(group) {
            return None;
        }
        plain.push_str(group);
    }
    Some(plain)
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
