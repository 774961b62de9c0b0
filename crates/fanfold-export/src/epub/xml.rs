//! Text as XML content, and dates as EPUB wants them.

use fanfold_model::Work;

/// Escapes text for content and attributes; characters that XML forbids are left out.
pub(crate) fn escape(text: &str) -> String {
    let allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}');
    let text: String = text.chars().filter(allowed).collect();
    quick_xml::escape::escape(text.as_str()).into_owned()
}

/// The language of the book; `und` where it is not stated.
pub(crate) fn language(work: &Work) -> String {
    let tag = work.language.as_deref().unwrap_or("und");
    let fits = !tag.is_empty() && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if fits { tag.to_owned() } else { "und".to_owned() }
}

/// When the content last changed, from the work alone, never from the clock.
pub(crate) fn modified(work: &Work) -> String {
    let date = work.updated.or(work.published).or(work.written);
    let day = date.and_then(|date| fanfold_model::PartialDate::from_day(date.first_day()));
    format!("{}T00:00:00Z", day.map_or_else(|| "1970-01-01".to_owned(), |day| day.to_string()))
}

/// The book's identifier: the work's uid, else one made of its text.
pub(crate) fn identifier(work: &Work) -> String {
    let uid = work.uid.unwrap_or_else(|| {
        let mut hasher = blake3::Hasher::new();
        hasher.update(work.title.as_bytes());
        work.chapters.iter().for_each(|chapter| {
            hasher.update(chapter.html.as_bytes());
        });
        let mut first = [0_u8; 16];
        first.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        fanfold_model::UidMint.mint(first)
    });
    format!("urn:uuid:{uid}")
}
