//! Findings: what was noticed while reading. They are data, never errors, and never stop an import.
//! The catalogue below is the one list of codes; docs/findings.md is generated from it.

use crate::evidence::Span;

/// How much a finding wants attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Good to know.
    Info,
    /// A person should decide.
    Review,
    /// Something of the original is damaged or missing.
    Damage,
}

impl Level {
    /// The name in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Review => "review",
            Self::Damage => "damage",
        }
    }

    /// The level with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Info, Self::Review, Self::Damage].into_iter().find(|level| level.as_str() == name)
    }
}

/// One thing noticed about one work or item.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// A code of the catalogue.
    pub code: String,
    /// How much it wants attention.
    pub level: Level,
    /// What was noticed, here, in a sentence.
    pub message: String,
    /// Index into the work's sources.
    pub source: Option<u32>,
    /// Where in the source.
    pub span: Option<Span>,
}

impl Finding {
    /// A finding of a catalogued code, with what was noticed here.
    #[must_use]
    pub fn new(code: FindingCode, message: impl Into<String>) -> Self {
        Self {
            code: code.code.to_owned(),
            level: code.level,
            message: message.into(),
            source: None,
            span: None,
        }
    }

    /// The wording that a finding is about: what stands in its first quotation marks.
    #[must_use]
    pub fn quoted(&self) -> Option<&str> {
        let (_, rest) = self.message.split_once('\u{201c}')?;
        rest.rsplit_once('\u{201d}').map(|(quoted, _)| quoted)
    }

    /// The same finding at a place.
    #[must_use]
    pub fn at(mut self, span: Option<Span>) -> Self {
        self.span = span;
        self
    }
}

/// An entry of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindingCode {
    /// The stable code.
    pub code: &'static str,
    /// Its level.
    pub level: Level,
    /// What it means, for the docs.
    pub meaning: &'static str,
    /// What to do next, for the docs and the pages.
    pub next: &'static str,
}

macro_rules! catalogue {
    ($($name:ident, $code:literal, $level:ident, $meaning:literal, $next:literal;)*) => {
        impl FindingCode {
            $(
                #[doc = $meaning]
                pub const $name: Self = Self {
                    code: $code, level: Level::$level, meaning: $meaning, next: $next,
                };
            )*
        }

        /// Every code there is, in the catalogue's order.
        #[must_use]
        pub fn all_finding_codes() -> &'static [FindingCode] {
            &[$(FindingCode::$name),*]
        }
    };
}

catalogue! {
    DECODING, "decoding", Info, "The bytes were not plain UTF-8; this says which encoding was chosen and what was set aside.", "If letters look wrong on the page, look at the original and tell us the right encoding.";
    ENCODING_UNSURE, "encoding-unsure", Review, "Two encodings fit almost equally well.", "Read a paragraph with accents or quotes; if it looks wrong, import again with a hint.";
    REPLACEMENT_CHARACTERS, "replacement-characters", Damage, "The file already held replacement characters: letters were lost before it came here.", "Look for another copy of the same text.";
    MOJIBAKE_REPAIRED, "mojibake-repaired", Info, "UTF-8 that had been read as Windows-1252 was turned back where the whole span allowed it.", "Nothing, unless the text looks wrong.";
    TITLE_PLACEHOLDER, "title-placeholder", Review, "No title was found; the one shown is a placeholder.", "Give it a title with `fanfold edit ID title …`.";
    TITLE_ALTERNATIVES, "title-alternatives", Review, "The source gives more than one title.", "Check the title; the others are kept among the original labels.";
    CREATOR_ALTERNATIVES, "creator-alternatives", Review, "The source gives more than one name for who wrote it.", "Check who wrote it and who only posted it.";
    CREATOR_MISSING, "creator-missing", Info, "No creator is named.", "If you know who wrote it, add the name with `fanfold edit`.";
    RATING_AMBIGUOUS, "rating-ambiguous", Review, "The rating could mean two levels; the stricter one was taken.", "Read the original rating and set the level if it is milder.";
    RATING_UNKNOWN, "rating-unknown", Review, "The stated rating is not one we know.", "Set the rating by hand; the original wording is kept.";
    WARNING_UNCLEAR, "warning-unclear", Review, "A warning does not map to an archive warning with certainty; it was kept as a tag.", "Decide whether it is one of the archive warnings.";
    UNVALIDATED, "unvalidated", Review, "The source had not let it out to its readers; the work is held.", "Read it, then release or remove it.";
    UNDERAGE, "underage", Review, "A label speaks of underage content; the work is held.", "Read it, then release or remove it.";
    PERMISSION, "permission", Review, "The author asks not to be archived, or to be asked first. A refusal is held from the public; a work whose author wants to be asked is held only if the import policy says so.", "Ask the author; release or hold it as they answer.";
    DATE_AMBIGUOUS, "date-ambiguous", Review, "A date can be read in two orders (day or month first); only the certain part was taken.", "Set the date if you know the site's habit.";
    DATE_UNREADABLE, "date-unreadable", Info, "A date could not be read; its wording is kept.", "Set the date by hand if it matters.";
    WORDS_DIFFER, "words-differ", Info, "The stated word count differs much from the counted one.", "Check that the text is whole.";
    CHAPTERS_DIFFER, "chapters-differ", Review, "The stated number of chapters differs from the chapters found.", "Check that no chapter is missing or split wrongly.";
    SILENT_FIRST_CHAPTER, "silent-first-chapter", Info, "The first chapter carries no mark; the text before the first mark was taken as chapter 1.", "Nothing, unless it is a foreword.";
    CHAPTER_MISSING, "chapter-missing", Damage, "A chapter that the source lists is not in it.", "Look for another copy.";
    EMPTY_CHAPTER, "empty-chapter", Damage, "A chapter holds no text.", "Look for another copy.";
    MISSING_PART, "missing-part", Damage, "A part of the work was not found.", "Add the missing file and import the folder again.";
    DUPLICATE_PART, "duplicate-part", Review, "Two files claim to be the same part; the first was taken.", "Compare the two and choose.";
    PART_REVISED, "part-revised", Info, "A part was posted again, revised or corrected; the newer one was taken, and the older one kept among the sources.", "Nothing, unless the older text is the one you want.";
    PART_RENAMED, "part-renamed", Info, "A part stands under another title than the first; sender, numbering and references say that it belongs to the work.", "If it is another work, split it off.";
    PART_PERHAPS, "part-perhaps", Review, "A part may continue a work that is here under a longer title by the same hand; its number goes on there.", "Compare the two; if they belong together, import their files in one folder under one title.";
    UNKNOWN_LABEL, "unknown-label", Info, "A header line with an unknown label was kept as it stands.", "Nothing; it is among the original labels.";
    LABEL_UNCLEAR, "label-unclear", Info, "A label that may mean several things holds a value that decides nothing; it was kept as a tag.", "Say what the label means at this source with `fanfold review`; all its works follow.";
    MARKUP_REMOVED, "markup-removed", Info, "Markup that may not be shown (scripts, styles, frames) was left out of the text; the original keeps it.", "Nothing.";
    MARKUP_DAMAGED, "markup-damaged", Damage, "The markup is broken; it was read as well as it could be.", "Compare with the original.";
    CONTAINER_DAMAGED, "container-damaged", Damage, "The container (zip, EPUB) is damaged; what could be read was taken.", "Look for another copy of the file.";
    MEMBER_UNREADABLE, "member-unreadable", Damage, "A member of a container could not be read.", "Look for another copy of the container.";
    LIMIT_HIT, "limit-hit", Damage, "A limit on size, count, depth or ratio was hit; the rest was not read.", "If you trust the file, raise the limit in fanfold.toml and import again.";
    SYMLINK_SKIPPED, "symlink-skipped", Info, "A symbolic link was not followed.", "Import the file it points to, if you want it.";
    UNREADABLE, "unreadable", Damage, "The file could not be read.", "Check its permissions and the disk.";
    EMPTY, "empty", Info, "There is nothing in it.", "Nothing.";
    NOT_A_WORK, "not-a-work", Info, "It was understood, and it is not a work (an index, a list, a login page …).", "If it is a work after all, tell us which sign misled us.";
    NOT_UNDERSTOOD, "not-understood", Review, "No importer understands it; its bytes are kept.", "Look at it; another program may be able to convert it.";
    TRUNCATED, "truncated", Damage, "The text seems to end in the middle.", "Look for another copy.";
    TEXT_HOLES, "text-holes", Damage, "The copy shows holes: empty paragraphs in a row inside a talk, paragraphs that end in a sentence, or a talk without any short word.", "Look for another copy; nothing was filled in.";
    LANGUAGE_UNKNOWN, "language-unknown", Info, "The language is not stated.", "Accept or change the suggested language.";
    VERSION_SHORTER, "version-shorter", Review, "A newer copy is shorter than the one shown; it was kept as a version and not shown.", "Compare the two and choose which to show.";
    VERSION_NEW, "version-new", Info, "The text changed at its source; the older version is kept.", "Nothing.";
    EDIT_OVER_CHANGED_VALUE, "edit-over-changed-value", Review, "The value under a curator's edit changed; the edit stands.", "Check that the edit is still right.";
    ATTACHMENT, "attachment", Review, "A message carries something beside its text, which was not read; the original keeps it.", "Take the attachment out of the original and import it, if it is a story.";
    LOW_CONFIDENCE, "low-confidence", Review, "Little speaks for this being a work.", "Look at it and keep or remove it.";
    UNKNOWN_RECORD, "unknown-record", Review, "A line of canonical JSON is not a record we know.", "Check the file; the line was kept in the original.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_catalogue_is_unique_and_says_what_to_do() {
        let codes = all_finding_codes();
        for (index, code) in codes.iter().enumerate() {
            assert!(codes[..index].iter().all(|other| other.code != code.code), "{}", code.code);
            assert!(code.next.ends_with('.') && code.meaning.ends_with('.'), "{}", code.code);
        }
    }
}
