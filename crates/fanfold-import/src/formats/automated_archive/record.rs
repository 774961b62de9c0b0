//! One record of the list as what was seen of a story.

use super::perl::{Damage, Value};
use super::story_file;
use crate::decode::DecodedText;
use crate::formats::row_dates;
use crate::importer::Input;
use crate::seen::{field, html_field};
use crate::text_work;
use fanfold_model::{
    Extracted, ExtractedField, FieldKind, Finding, FindingCode, Identity, IdentityKind, ReadAs,
    Span,
};
use fanfold_text::addresses;
use fanfold_text::paragraphs::html_paragraphs;

/// The rule that read a value of the list.
const RULE: &str = "archive-list";

/// Keys that the scripts themselves know, without blanks, signs and case. Others mean what they mean as labels.
const KEYS: [(&str, FieldKind); 21] = [
    ("title", FieldKind::Title),
    ("author", FieldKind::Creator),
    ("authors", FieldKind::Creator),
    ("summary", FieldKind::Summary),
    ("notes", FieldKind::Notes),
    ("rating", FieldKind::Rating),
    ("warnings", FieldKind::Warning),
    ("warning", FieldKind::Warning),
    ("optionalwarnings", FieldKind::Warning),
    ("pairing", FieldKind::Relationship),
    ("pairings", FieldKind::Relationship),
    ("category", FieldKind::Classification),
    ("catother", FieldKind::Classification),
    ("fandom", FieldKind::Fandom),
    ("fandoms", FieldKind::Fandom),
    ("recipient", FieldKind::Recipient),
    ("dateprint", FieldKind::Published),
    ("date", FieldKind::Published),
    ("printtime", FieldKind::Published),
    ("storyurl", FieldKind::SourceUrl),
    ("locationurl", FieldKind::SourceUrl),
];

/// What a record says.
pub(super) struct Record {
    pub(super) location: Option<String>,
    pub(super) file_type: Option<String>,
    /// The address of the story on another site.
    pub(super) elsewhere: Option<String>,
    fields: Vec<ExtractedField>,
}

/// Reads a record; `None` where it is none of a story.
pub(super) fn read(name: &str, value: &Value, decoded: &DecodedText) -> Option<Record> {
    let mut record =
        Record { location: None, file_type: None, elsewhere: None, fields: Vec::new() };
    let mut offsite = false;
    for (key, value) in value.pairs() {
        let folded = folded(key);
        if is_private(&folded) {
            continue;
        }
        let Some((text, place)) = joined(value) else { continue };
        match folded.as_str() {
            "location" => record.location = Some(text),
            "filetype" => record.file_type = Some(text),
            "offsite" => {
                offsite = !matches!(text.to_ascii_lowercase().as_str(), "0" | "no" | "n" | "false")
            }
            _ => record.push(key, &folded, &text, decoded.span(place)),
        }
    }
    let addresses = record.fields.iter().filter(|field| field.kind == FieldKind::SourceUrl);
    record.elsewhere =
        addresses.map(|field| field.value.clone()).find(|url| url.starts_with("http"));
    if offsite && record.elsewhere.is_none() {
        let location = record.location.take_if(|location| location.starts_with("http"));
        record.elsewhere = location;
    }
    let has_title = record.fields.iter().any(|field| field.kind == FieldKind::Title);
    let places = record.location.is_some() || record.elsewhere.is_some();
    if !has_title && !places {
        return None;
    }
    record.fields.push(field(FieldKind::Other, "record", name, RULE, 1.0));
    Some(record)
}

impl Record {
    fn push(&mut self, key: &str, folded: &str, text: &str, span: Span) {
        let known = KEYS.iter().find(|(own, _)| *own == folded).map(|(_, kind)| *kind);
        let kind = known.or_else(|| text_work::kind_of_label(key)).unwrap_or(FieldKind::Other);
        let text = without_addresses(text);
        if text.is_empty() || matches!(kind, FieldKind::Email | FieldKind::Feedback) {
            return;
        }
        let own = match kind {
            FieldKind::Summary | FieldKind::Notes | FieldKind::EndNotes => {
                html_field(kind, key, html_paragraphs(&text).into_string(), RULE, 0.95)
            }
            FieldKind::Published | FieldKind::Updated | FieldKind::Written => {
                // Of two keys with one date the printed one repeats the other.
                let Some(date) = date(&text) else { return };
                let repeated = self.fields.iter().any(|own| own.kind == kind && own.value == date);
                if repeated {
                    return;
                }
                field(kind, key, &date, RULE, 0.95)
            }
            _ => field(kind, key, &plain(&text), RULE, 0.95),
        };
        let as_written = own.value == text;
        self.fields.push(ExtractedField { span: as_written.then_some(span), ..own });
    }
}

/// The story of a record with the text of its file.
pub(super) fn story(input: &Input<'_>, record: Record, damage: &[Damage]) -> Extracted {
    let mut story = Extracted::new(ReadAs::Work);
    story.encoding = input.decoded().map(|decoded| decoded.encoding.to_owned());
    if let Some(address) = &record.elsewhere {
        story.identities.push(Identity::new(IdentityKind::Address, address.as_str()));
    }
    story.fields.clone_from(&record.fields);
    if let Some(decoded) = input.decoded() {
        story.findings.extend(damage.iter().map(|damage| finding(decoded, damage)));
    }
    story_file::read(input, &record, &mut story);
    story
}

/// Damage of the list at its place.
pub(super) fn finding(decoded: &DecodedText, damage: &Damage) -> Finding {
    let what = format!("In the list {}.", damage.what);
    let end = (damage.at + 1).min(decoded.text.len());
    let end =
        (end..=decoded.text.len()).find(|at| decoded.text.is_char_boundary(*at)).unwrap_or(end);
    Finding::new(FindingCode::MARKUP_DAMAGED, what).at(Some(decoded.span(damage.at..end)))
}

fn folded(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Keys whose values are nobody's business.
fn is_private(key: &str) -> bool {
    ["mail", "password", "passwd", "realname", "ipaddress", "remoteaddr", "remotehost"]
        .iter()
        .any(|word| key.contains(word))
}

/// A text, or the entries of a list as one text.
fn joined(value: &Value) -> Option<(String, std::ops::Range<usize>)> {
    if let Some((text, place)) = value.text() {
        let text = text.trim();
        return (!text.is_empty()).then(|| (text.to_owned(), place));
    }
    let Value::List(entries, place) = value else { return None };
    let texts: Vec<&str> =
        entries.iter().filter_map(|(_, value)| Some(value.text()?.0.trim())).collect();
    let text = texts.join(", ");
    (!text.is_empty()).then(|| (text, place.clone()))
}

fn plain(text: &str) -> String {
    match text.contains(['&', '<']) {
        true => fanfold_text::document::Document::parse_fragment(text).root().line(),
        false => text.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// A value without mail addresses, and without the brackets and words that stood around them.
fn without_addresses(text: &str) -> String {
    let places = addresses::addresses(text);
    if places.is_empty() {
        return text.to_owned();
    }
    let (mut out, mut done) = (String::new(), 0);
    for place in places {
        out.push_str(&text[done..place.start]);
        done = place.end;
    }
    out.push_str(&text[done..]);
    for hull in ["mailto:", "()", "<>", "[]"] {
        out = out.replace(hull, "");
    }
    out.trim().to_owned()
}

/// Seconds since 1970, `mm/dd/yy` as the scripts print it, or what else is a date in words.
fn date(text: &str) -> Option<String> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) || text.get(4..5) == Some("-") {
        return row_dates::date(text.as_bytes());
    }
    let parts: Vec<&str> = text.split('/').map(str::trim).collect();
    let numbers: Option<Vec<u32>> = parts.iter().map(|part| part.parse().ok()).collect();
    let Some([month, day, year]) = numbers.as_deref() else { return Some(text.to_owned()) };
    // The years of these archives: 1970 to 2069 in two digits; 100 is what careless programs wrote for 2000.
    let year = match *year {
        year @ 0..=69 => 2000 + year,
        year @ 70..=199 => 1900 + year,
        year => year,
    };
    let (month, day) = if *month > 12 { (*day, *month) } else { (*month, *day) };
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day) && year < 2_100;
    Some(if fits { format!("{year:04}-{month:02}-{day:02}") } else { text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_the_scripts_are_read_month_first_and_seconds_as_days() {
        for (written, read) in [
            ("05/17/03", Some("2003-05-17")),
            ("5/7/1999", Some("1999-05-07")),
            ("12/31/98", Some("1998-12-31")),
            ("1/2/100", Some("2000-01-02")),
            ("17/05/03", Some("2003-05-17")),
            ("1053129600", Some("2003-05-17")),
            ("0", None),
            ("May 2003", Some("May 2003")),
            ("40/40/03", Some("40/40/03")),
        ] {
            assert_eq!(date(written).as_deref(), read, "{written}");
        }
    }

    #[test]
    fn mail_addresses_go_and_names_stay() {
        assert_eq!(without_addresses("Wren (wren@mail.example)"), "Wren");
        assert_eq!(without_addresses("Wren"), "Wren");
        assert!(is_private(&folded("EmailAuthor")) && !is_private("author"));
    }
}
