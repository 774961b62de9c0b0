//! Yahoo group message: one message of a Yahoo group as JSON, as the programs wrote it that saved groups before they went.
//!
//! Recognised by the number of the message with its raw mail or its HTML text; topics and batches are taken apart
//! before, so that each message is an item of its own. The raw mail is unescaped and read as any message of a list; the
//! HTML form gets the headers that the object tells. Both name the message by its Message-ID, so that the two files of
//! one message are one work. The group's number for the message and its topic are kept as original labels. Known
//! damage: addresses cut to `name@...`, letters lost before the file was made, texts cut at 64 KB (told).
//!
//! Never kept as a value: mail addresses, user numbers, profiles beyond the poster's name. Not read: attachments, members,
//! polls, databases of a group; its files are read as the files they are.

use super::mail_message;
use super::row_dates;
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use crate::seen::field;
use fanfold_model::{Extracted, FieldKind, Finding, FindingCode, ReadAs};
use fanfold_source::Item;
use fanfold_text::{addresses, entities};
use mail_parser::decoders::base64::base64_decode;
use serde_json::Value;

/// The importer.
pub(crate) struct YahooGroup;

const RULE: &str = "yahoo-json";

impl Importer for YahooGroup {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "yahoo-group",
            name: "Yahoo group message",
            description: "A message of a Yahoo group, saved as JSON",
            docs: "The raw mail or the HTML text of each message, read as a message of a mailing list; topics and \
                   batches are taken apart. Addresses and profiles are left out. Answers and list business are refused.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        let first = probe.text().trim_start_matches('\u{feff}').trim_start();
        if !probe.is_text() || !first.starts_with(['{', '[']) || !first.contains("\"msgId\"") {
            return None;
        }
        let has = |key: &str| first.contains(key);
        if has("\"rawEmail\"") || has("\"messageBody\"") {
            return Some(Match { score: 940, reason: "It is a message of a Yahoo group as JSON." });
        }
        let listed = has("\"topicId\"") || has("\"subject\"") || has("\"msgSnippet\"");
        listed.then_some(Match { score: 900, reason: "It lists messages of a Yahoo group." })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let decoded = input.text()?;
        let text = decoded.text.trim_start_matches('\u{feff}');
        let (object, whole) = object_of(text);
        let mut read = match object.as_ref().map(message_of) {
            Some(Some(message)) => read_message(&object.unwrap_or_default(), &message, input)?,
            Some(None) => refused("It lists messages of a group without their texts."),
            None => {
                let what = "It is JSON of a Yahoo group that is damaged before its text begins.";
                input
                    .refusal(ReadAs::NotUnderstood, Finding::new(FindingCode::NOT_UNDERSTOOD, what))
            }
        };
        if !whole {
            let what = "The file ends inside the message.";
            read.findings.push(Finding::new(FindingCode::TRUNCATED, what));
        }
        read.findings.splice(0..0, decoded.findings.iter().cloned());
        read.encoding = Some(decoded.encoding.to_owned());
        sink.extracted(read);
        Ok(())
    }
}

/// The object that holds the message, and whether the file is whole. Of a file that breaks off, its strings are read as
/// far as they go.
fn object_of(text: &str) -> (Option<Value>, bool) {
    match serde_json::from_str::<Value>(text) {
        Ok(value) => (Some(inner(value)), true),
        Err(_) => (salvaged(text), false),
    }
}

/// The message inside what the site's answer wrapped around it.
fn inner(value: Value) -> Value {
    match value {
        Value::Object(mut map) if map.get("ygData").is_some_and(Value::is_object) => {
            map.remove("ygData").unwrap_or_default()
        }
        Value::Array(mut list) if list.len() == 1 => list.pop().unwrap_or_default(),
        other => other,
    }
}

/// The string values of the keys that matter, out of JSON that is broken.
fn salvaged(text: &str) -> Option<Value> {
    let mut map = serde_json::Map::new();
    for key in [
        "msgId",
        "topicId",
        "subject",
        "from",
        "authorName",
        "profile",
        "postDate",
        "rawEmail",
        "messageBody",
    ] {
        let Some((_, rest)) = text.split_once(&format!("\"{key}\"")) else { continue };
        let Some(rest) = rest.trim_start().strip_prefix(':') else { continue };
        let rest = rest.trim_start();
        let value = match rest.strip_prefix('"') {
            Some(inside) => {
                let end = string_end(inside);
                let quoted = format!("\"{}\"", inside[..end].trim_end_matches('\\'));
                serde_json::from_str(&quoted).unwrap_or_else(|_| Value::from(&inside[..end]))
            }
            None => {
                let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
                Value::from(digits)
            }
        };
        map.insert(key.to_owned(), value);
    }
    (map.contains_key("rawEmail") || map.contains_key("messageBody")).then_some(Value::Object(map))
}

/// Where a JSON string ends, or the text.
fn string_end(inside: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at,
            _ => {}
        }
    }
    inside.len()
}

/// The message as mail: raw as it was, or with headers made of what the object tells.
fn message_of(object: &Value) -> Option<String> {
    let text = |key: &str| object[key].as_str().filter(|text| !text.trim().is_empty());
    if let Some(raw) = text("rawEmail") {
        return Some(already_decoded(&entities::unescape(raw)));
    }
    let body = text("messageBody")?;
    let line = |value: &str| value.split_whitespace().collect::<Vec<_>>().join(" ");
    let subject = line(&entities::unescape(text("subject").unwrap_or_default()));
    let day = number(object, "postDate").and_then(|date| row_dates::date(date.as_bytes()));
    let mut mail = format!("From: {}\nSubject: {subject}\n", poster(object).unwrap_or_default());
    mail.push_str(&format!("Date: {}\n", day.unwrap_or_default()));
    if let Some(id) = message_id(object) {
        mail.push_str(&format!("Message-ID: {id}\n"));
    }
    mail.push_str("MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n");
    mail.push_str(body);
    Some(mail)
}

/// A mail whose letters are letters already: the charset that it states is not that of these bytes any more.
fn already_decoded(mail: &str) -> String {
    let lower = mail.to_ascii_lowercase();
    let encoded = lower.contains("quoted-printable") || lower.contains("base64");
    if mail.is_ascii() || encoded {
        return mail.to_owned();
    }
    mail.replace("charset=", "x-charset=").replace("Charset=", "x-charset=")
}

/// Who posted: the name, else the alias; never an address.
fn poster(object: &Value) -> Option<String> {
    let from = object["from"].as_str().map(entities::unescape).unwrap_or_default();
    let before = from.split('<').next().unwrap_or_default().trim().trim_matches('"');
    let named = [
        object["authorName"].as_str().unwrap_or_default(),
        before,
        object["profile"].as_str().unwrap_or_default(),
    ];
    let name = named.iter().map(|name| entities::unescape(name.trim()).into_owned());
    name.into_iter()
        .find(|name| !name.is_empty() && !name.contains('@') && !addresses::holds_address(name))
}

/// The Message-ID, which the site kept in base64.
fn message_id(object: &Value) -> Option<String> {
    let coded = object["headers"]["messageIdInHeader"].as_str()?;
    let id = String::from_utf8(base64_decode(coded.as_bytes())?).ok()?;
    let id = id.trim();
    (id.starts_with('<') && id.ends_with('>') && !id.contains(['\n', '\r'])).then(|| id.to_owned())
}

/// A number, written as one or as a string.
fn number(object: &Value, key: &str) -> Option<String> {
    match &object[key] {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) if text.chars().all(|c| c.is_ascii_digit()) && !text.is_empty() => {
            Some(text.clone())
        }
        _ => None,
    }
}

fn read_message(
    object: &Value,
    message: &str,
    input: &Input<'_>,
) -> Result<Extracted, ImportError> {
    let cut = ["(Message over 64 KB, truncated)", "(Message over 64KB, truncated)"];
    let is_cut = cut.iter().any(|note| message.contains(note));
    let message = cut.iter().fold(message.to_owned(), |text, note| text.replace(note, ""));
    let item = Item::from_bytes(input.item.path.as_str(), message.into_bytes());
    let mut read = mail_message::read(&Input::new(&item, input.limits))?;
    // Places in the mail are none in the JSON around it.
    read.fields.iter_mut().for_each(|own| own.span = None);
    read.chapters.iter_mut().for_each(|own| own.span = None);
    read.findings.iter_mut().for_each(|own| own.span = None);
    read.part.iter_mut().for_each(|own| own.span = None);
    if !matches!(read.read_as, ReadAs::Work | ReadAs::Part) {
        return Ok(read);
    }
    if is_cut {
        let what = "The site cut the message at 64 KB; the rest of the text is not here.";
        read.findings.push(Finding::new(FindingCode::TRUNCATED, what));
    }
    for (key, label) in [("msgId", "Yahoo Message"), ("topicId", "Yahoo Topic")] {
        if let Some(number) = number(object, key) {
            read.fields.push(field(FieldKind::Other, label, &number, RULE, 0.9));
        }
    }
    if read.fields_of(FieldKind::Poster).next().is_none()
        && let Some(name) = poster(object)
    {
        read.fields.push(field(FieldKind::Poster, "From", &name, RULE, 0.8));
    }
    Ok(read)
}

fn refused(what: &str) -> Extracted {
    let mut read = Extracted::new(ReadAs::NotAWork);
    read.findings.push(Finding::new(FindingCode::NOT_A_WORK, what));
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;
    use fanfold_source::Limits;

    const STORY: &str = "Title: The Lamp\nAuthor: Wren Ash\nRating: PG\n\n\"Is it lit?\" asked Dorothy, and went down the stairs.\n\n\"It was,\" said Toto.\n";

    fn message(json: &Value) -> Extracted {
        let item = Item::from_bytes("oz/email/7.json", json.to_string().into_bytes());
        read(&item, &Limits::default()).extracted.remove(0)
    }

    fn values(read: &Extracted, kind: FieldKind) -> Vec<&str> {
        read.fields_of(kind).map(|own| own.value.as_str()).collect()
    }

    fn raw(extra: &str) -> String {
        let mail = format!(
            "From: \"Wren Ash\" <wren@...>\nSubject: [oz] NEW: The Lamp (1/2)\nDate: Sat, 17 May 2003 21:04:00 -0000\nMessage-ID: <a7+1@eGroups.com>\nContent-Type: text/plain; charset=iso-8859-1\n\n{STORY}{extra}"
        );
        entities::escape(&mail)
    }

    #[test]
    fn both_forms_of_a_message_are_the_same_story_with_the_same_identity() {
        let from_raw = message(&serde_json::json!({"msgId": 7, "topicId": 6, "rawEmail": raw("")}));
        let html = STORY.replace('"', "&quot;").replace('\n', "<br/>\n");
        let from_html = message(&serde_json::json!({
            "msgId": 7, "subject": "NEW: The Lamp (1/2)", "from": "&quot;Wren Ash&quot; &lt;wren@...&gt;",
            "postDate": "1053205440", "messageBody": html, "headers": {"messageIdInHeader": "PGE3KzFAZUdyb3Vwcy5jb20+"},
        }));
        for read in [&from_raw, &from_html] {
            assert_eq!(read.read_as, ReadAs::Work, "{:?}", read.findings);
            assert_eq!(values(read, FieldKind::Title)[0], "The Lamp");
            assert_eq!(values(read, FieldKind::Poster), ["Wren Ash"]);
            assert_eq!(read.part.as_ref().map(|part| (part.part, part.of)), Some((1, Some(2))));
        }
        assert_eq!(from_raw.identities, from_html.identities);
        assert_eq!(from_raw.identities.len(), 1);
        assert_eq!(values(&from_html, FieldKind::Published), ["2003-05-17"]);
    }

    #[test]
    fn letters_that_were_decoded_already_stay_and_addresses_go() {
        let read = message(
            &serde_json::json!({"msgId": 7, "profile": "wren_ash", "email": "w@example.org", "rawEmail": raw("\n\"Déjà vu,\" said the lamp.\n")}),
        );
        let html = &read.chapters[0].html;
        assert!(html.contains("Déjà vu"), "{html}");
        assert!(read.fields.iter().all(|own| !own.value.contains("@example.org")));
    }

    #[test]
    fn a_text_that_the_site_cut_and_a_file_that_breaks_off_are_told() {
        let cut = message(
            &serde_json::json!({"msgId": 7, "rawEmail": raw("\n(Message over 64 KB, truncated)")}),
        );
        assert!(cut.findings.iter().any(|own| own.code == FindingCode::TRUNCATED.code));
        assert!(!cut.chapters[0].html.contains("64 KB"));
        let json = serde_json::json!({"msgId": 7, "rawEmail": raw("")}).to_string();
        let item = Item::from_bytes("7.json", json.as_bytes()[..json.len() - 12].to_vec());
        let read = read(&item, &Limits::default()).extracted.remove(0);
        assert_eq!(values(&read, FieldKind::Title)[0], "The Lamp");
        assert!(read.findings.iter().any(|own| own.code == FindingCode::TRUNCATED.code));
    }

    #[test]
    fn answers_and_lists_without_texts_are_no_works() {
        for json in [
            serde_json::json!({"msgId": 9, "subject": "Re: The Lamp", "messageBody": "I loved your story! Please post more.", "from": "Toto"}),
            serde_json::json!({"messages": [{"msgId": 9, "topicId": 7, "subject": "x"}]}),
        ] {
            assert_eq!(message(&json).read_as, ReadAs::NotAWork, "{json}");
        }
    }
}
