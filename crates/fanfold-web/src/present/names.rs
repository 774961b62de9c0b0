//! Names of kinds, statuses and languages in words.

use fanfold_model::{Status, TagKind};

/// A kind in words, one of it.
pub(crate) fn kind_singular(kind: TagKind) -> &'static str {
    match kind {
        TagKind::Rating => "Rating",
        TagKind::Warning => "Archive warning",
        TagKind::Category => "Category",
        TagKind::Fandom => "Fandom",
        TagKind::Relationship => "Relationship",
        TagKind::Character => "Character",
        TagKind::Freeform => "Additional tag",
    }
}

/// A kind in words, several of it.
pub(crate) fn kind_plural(kind: TagKind) -> &'static str {
    match kind {
        TagKind::Rating => "Ratings",
        TagKind::Warning => "Warnings",
        TagKind::Category => "Categories",
        TagKind::Fandom => "Fandoms",
        TagKind::Relationship => "Relationships",
        TagKind::Character => "Characters",
        TagKind::Freeform => "Additional tags",
    }
}

/// A status in words; unknown is no word.
pub(crate) fn status_words(status: Status) -> Option<&'static str> {
    match status {
        Status::Complete => Some("complete"),
        Status::InProgress => Some("in progress"),
        Status::Hiatus => Some("on hiatus"),
        Status::Abandoned => Some("abandoned"),
        Status::Unknown => None,
    }
}

/// Languages by the names their readers give them.
const LANGUAGES: [(&str, &str); 31] = [
    ("ar", "العربية"),
    ("ca", "Català"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("eo", "Esperanto"),
    ("es", "Español"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hu", "Magyar"),
    ("id", "Bahasa Indonesia"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("la", "Lingua latina"),
    ("nb", "Norsk"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sv", "Svenska"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
];

/// The name of a language, or its code where we know no name.
pub(crate) fn language_name(code: &str) -> String {
    let primary = code.split('-').next().unwrap_or(code).to_ascii_lowercase();
    let known = LANGUAGES.iter().find(|(known, _)| *known == primary).map(|(_, name)| *name);
    match (known, primary.len() == code.len()) {
        (Some(name), true) => name.to_owned(),
        (Some(name), false) => format!("{name} ({code})"),
        (None, _) => code.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_named_as_its_readers_name_it_and_a_region_stays_visible() {
        assert_eq!(language_name("de"), "Deutsch");
        assert_eq!(language_name("en-GB"), "English (en-GB)");
        assert_eq!(language_name("tlh"), "tlh");
    }
}
