//! Readers' reviews with the author's replies. eFiction writes the reply into the review's own text, behind two breaks
//! and in italics; here the two are parted.

use super::schema::Fields;
use super::site::Site;
use super::story::{RULE, pen_name};
use super::words::{plain, shown};
use crate::body::Body;
use crate::comments::{Review, person, without_addresses};
use crate::formats::row_dates::date;
use crate::importer::{ImportError, Input};
use fanfold_model::Extracted;

/// Reads the reviews of a story.
pub(super) fn read(
    input: &Input<'_>,
    site: &Site,
    story: i64,
    extracted: &mut Extracted,
) -> Result<(), ImportError> {
    let chapters: Vec<i64> = site.chapters.of(story).iter().map(|row| row.number).collect();
    for place in site.reviews.of(story) {
        let Some((columns, cells)) = site.read(input, place)? else { continue };
        let review = one(site, &chapters, &Fields { columns: &columns, cells: &cells });
        review.keep(RULE, extracted);
    }
    Ok(())
}

fn one(site: &Site, chapters: &[i64], fields: &Fields<'_>) -> Review {
    let member = fields.any(&["uid", "member"]).number().filter(|member| *member > 0);
    let guest = || person(&plain(&site.words.text(fields.get("reviewer"))));
    let by = member.and_then(|member| pen_name(site, member)).unwrap_or_else(guest);
    // In version 1.1 the chapter is the row that `sid` names.
    let chapter = fields.any(&["chapid", "sid"]).number();
    let chapter = chapter.and_then(|own| chapters.iter().position(|known| *known == own));
    let (review, reply) = parted(&site.words.text(fields.get("review")));
    let review = review.filter(|text| !text.trim().eq_ignore_ascii_case("no review"));
    let score = fields.number("rating").filter(|score| *score > 0);
    Review {
        number: fields.number("reviewid"),
        chapter: chapter.map(|at| at + 1),
        by: Some(by).filter(|name| !name.is_empty() && name != "0"),
        date: date(fields.get("date").bytes()),
        score,
        text: review.as_deref().and_then(clean),
        reply: reply.as_deref().and_then(clean),
    }
}

/// A text without mail addresses, as clean HTML; `None` where nothing is in it.
fn clean(text: &str) -> Option<String> {
    let html = shown(&without_addresses(text), &mut Body::default());
    Some(html).filter(|html| crate::body::has_content(html))
}

/// A review and the author's reply in it: `…<br><br><i>Author's Response: …</i>`, in any language.
pub(crate) fn parted(text: &str) -> (Option<String>, Option<String>) {
    let whole = || (Some(text.to_owned()), None);
    let trimmed = text.trim_end();
    let Some(inner) = trimmed.strip_suffix("</i>") else { return whole() };
    let marks = ["<br><br><i>", "<br /><br /><i>", "<br/><br/><i>"];
    let found = marks.iter().filter_map(|mark| Some((inner.find(mark)?, mark.len()))).min();
    let Some((at, length)) = found else { return whole() };
    let (label, reply) = match inner[at + length..].split_once(':') {
        Some((label, reply)) if label.len() < 60 && !label.contains('<') => (label, reply),
        _ => return whole(),
    };
    if label.trim().is_empty() || reply.trim().is_empty() {
        return whole();
    }
    (Some(inner[..at].to_owned()), Some(reply.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn the_authors_reply_is_parted_from_the_review_in_any_language() {
        let some = |text: &str| Some(text.to_owned());
        for (written, review, reply) in [
            ("Fine.<br><br><i>Author's Response: Thanks.</i>", some("Fine."), some("Thanks.")),
            ("Fein.<br /><br /><i>Antwort der Autorin: Danke!</i> ", some("Fein."), some("Danke!")),
            ("Fine. <i>Lamps: all of them</i>", some("Fine. <i>Lamps: all of them</i>"), None),
            ("Fine.<br><br><i>no label</i>", some("Fine.<br><br><i>no label</i>"), None),
            ("", some(""), None),
        ] {
            assert_eq!(parted(written), (review, reply), "{written}");
        }
    }
}
