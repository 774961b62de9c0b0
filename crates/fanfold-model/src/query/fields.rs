//! Names of fields, and the words that stand for their values.

use super::ast::{Flag, NumberField, TextField};
use super::dates::DateField;
use crate::{Status, TagKind};

/// A field as the parser meets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Text(TextField),
    /// `None` is any kind.
    Tag(Option<TagKind>),
    Number(NumberField),
    Date(DateField),
    Flag(Flag),
    Language,
    Status,
    /// Takes the field of a kind of tag.
    Only,
    Sort,
}

/// First name of each field is the one that is printed; the others are AO3's and everyday spellings.
const FIELDS: [(Field, &[&str]); 29] = [
    (Field::Text(TextField::Title), &["title"]),
    (Field::Text(TextField::Creator), &["creator", "creators", "author", "authors"]),
    (Field::Text(TextField::Series), &["series", "series.title"]),
    (Field::Text(TextField::Collection), &["collection", "collections"]),
    (Field::Text(TextField::Source), &["source", "sources", "imported_from_url"]),
    (Field::Text(TextField::Text), &["text"]),
    (Field::Text(TextField::Summary), &["summary", "notes"]),
    (Field::Tag(Some(TagKind::Fandom)), &["fandom"]),
    (Field::Tag(Some(TagKind::Relationship)), &["rel", "relationship", "ship", "pairing"]),
    (Field::Tag(Some(TagKind::Character)), &["char", "character", "characters"]),
    (Field::Tag(Some(TagKind::Freeform)), &["freeform", "freeforms"]),
    (Field::Tag(Some(TagKind::Category)), &["category", "categories"]),
    (Field::Tag(Some(TagKind::Rating)), &["rating", "ratings"]),
    (Field::Tag(Some(TagKind::Warning)), &["warning", "warnings"]),
    (Field::Tag(None), &["tag", "tags"]),
    (Field::Number(NumberField::Words), &["words", "word_count"]),
    (Field::Number(NumberField::Chapters), &["chapters"]),
    (Field::Number(NumberField::Kudos), &["kudos", "kudos_count"]),
    (Field::Number(NumberField::Hits), &["hits"]),
    (Field::Number(NumberField::Comments), &["comments", "comments_count"]),
    (Field::Number(NumberField::Bookmarks), &["bookmarks", "bookmarks_count"]),
    (Field::Number(NumberField::Fandoms), &["fandoms"]),
    (Field::Number(NumberField::Relationships), &["relationships"]),
    (Field::Number(NumberField::Id), &["id"]),
    (Field::Date(DateField::Published), &["published", "posted", "created_at"]),
    (Field::Date(DateField::Updated), &["updated", "revised_at"]),
    (Field::Date(DateField::Imported), &["imported"]),
    (Field::Language, &["lang", "language", "language_id"]),
    (Field::Status, &["status"]),
];

/// Fields of one word each that take yes or no, the field of a kind, and the order.
const SMALL_FIELDS: [(Field, &str); 6] = [
    (Field::Flag(Flag::Otp), "otp"),
    (Field::Flag(Flag::Crossover), "crossover"),
    (Field::Flag(Flag::Complete), "complete"),
    (Field::Flag(Flag::Adult), "adult"),
    (Field::Only, "only"),
    (Field::Sort, "sort"),
];

/// Every name of every field.
pub(super) fn names() -> impl Iterator<Item = (Field, &'static str)> {
    let large =
        FIELDS.iter().flat_map(|(field, names)| names.iter().map(move |name| (*field, *name)));
    large.chain(SMALL_FIELDS)
}

/// The field with this name, in any case.
pub(super) fn field_named(name: &str) -> Option<Field> {
    names().find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(field, _)| field)
}

/// The name under which a field is printed.
pub(super) fn name_of(field: Field) -> &'static str {
    names().find(|(known, _)| *known == field).map_or("text", |(_, name)| name)
}

/// The kind of tag whose names a field takes too, beside their number: `fandoms:2` is a number, `fandoms:Oz` a name.
pub(super) fn kind_counted(field: Field) -> Option<TagKind> {
    match field {
        Field::Number(NumberField::Fandoms) => Some(TagKind::Fandom),
        Field::Number(NumberField::Relationships) => Some(TagKind::Relationship),
        _ => None,
    }
}

/// The kind of tag that a field's name stands for.
pub(super) fn kind_of_field(name: &str) -> Option<TagKind> {
    match field_named(name.trim())? {
        Field::Tag(kind) => kind,
        field => kind_counted(field),
    }
}

/// Yes or no.
pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "1" => Some(true),
        "false" | "f" | "no" | "n" | "0" => Some(false),
        _ => None,
    }
}

/// A status by its name in the contract or an everyday one.
pub(super) fn status(text: &str) -> Option<Status> {
    match text.to_lowercase().replace([' ', '_'], "-").as_str() {
        "complete" | "completed" | "finished" => Some(Status::Complete),
        "in-progress" | "wip" | "ongoing" | "incomplete" => Some(Status::InProgress),
        "hiatus" | "on-hiatus" => Some(Status::Hiatus),
        "abandoned" | "discontinued" => Some(Status::Abandoned),
        "unknown" => Some(Status::Unknown),
        _ => None,
    }
}

/// A language as BCP 47 in lower case, from a code or from the English name of a common one.
pub(super) fn language(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase().replace('_', "-");
    if let Some((_, code)) = LANGUAGES.iter().find(|(name, _)| *name == text) {
        return Some((*code).to_owned());
    }
    let mut parts = text.split('-');
    let primary = parts
        .next()
        .is_some_and(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_lowercase()));
    let rest =
        parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    (primary && rest).then_some(text)
}

/// English names of common languages.
pub(super) fn language_names() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().map(|(name, _)| *name)
}

const LANGUAGES: [(&str, &str); 30] = [
    ("arabic", "ar"),
    ("catalan", "ca"),
    ("chinese", "zh"),
    ("czech", "cs"),
    ("danish", "da"),
    ("dutch", "nl"),
    ("english", "en"),
    ("filipino", "fil"),
    ("finnish", "fi"),
    ("french", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("hungarian", "hu"),
    ("indonesian", "id"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("latin", "la"),
    ("norwegian", "no"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("swedish", "sv"),
    ("thai", "th"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("vietnamese", "vi"),
];

/// A category as AO3 spells it, for the shorthand `m/m`; `None` when the word is something else.
pub(super) fn category_shorthand(word: &str) -> Option<&'static str> {
    match word.to_ascii_lowercase().as_str() {
        "m/m" => Some("M/M"),
        "f/f" => Some("F/F"),
        "f/m" | "m/f" => Some("F/M"),
        _ => None,
    }
}
