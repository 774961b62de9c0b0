//! Readers' comments and reviews, on whatever page or in whatever export they stand, with the author's replies parted
//! and the chapters that an author posted as comments made text.
//!
//! There is no page for comments yet, so each is kept among the work's original labels as one "Review" in JSON:
//! `{"number", "chapter", "by", "date", "score", "text", "reply"}`. Names stay as they were shown; mail addresses never
//! come along.

use crate::body::Body;
use crate::formats::html_page;
use crate::page;
use crate::rich::lines_of;
use crate::seen::field;
use crate::text_work;
use fanfold_model::{Extracted, ExtractedChapter, FieldKind, ReadAs, fold_name};
use fanfold_text::{addresses, document};
use serde_json::{Value, json};
use std::collections::HashMap;

/// The label that comments are kept under.
pub(crate) const LABEL: &str = "Review";

/// A comment with what its author was answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Review {
    /// The site's own number.
    pub(crate) number: Option<i64>,
    /// The chapter that it is about, counted from 1.
    pub(crate) chapter: Option<usize>,
    /// Who wrote it, as shown.
    pub(crate) by: Option<String>,
    /// The day, as the site writes it.
    pub(crate) date: Option<String>,
    /// Points.
    pub(crate) score: Option<i64>,
    /// Clean HTML.
    pub(crate) text: Option<String>,
    /// What the work's author answered, as clean HTML.
    pub(crate) reply: Option<String>,
}

impl Review {
    /// Lays the review with a reading.
    pub(crate) fn keep(&self, rule: &'static str, extracted: &mut Extracted) {
        let value = json!({
            "number": self.number, "chapter": self.chapter, "by": self.by, "date": self.date,
            "score": self.score, "text": self.text, "reply": self.reply,
        });
        extracted.fields.push(field(FieldKind::Other, LABEL, &value.to_string(), rule, 0.98));
    }
}

/// A kept review of a part as one of the whole, before which so many chapters stand.
pub(crate) fn moved(review: &str, before: usize) -> String {
    let Ok(mut value) = serde_json::from_str::<Value>(review) else { return review.to_owned() };
    if let Some(chapter) = value.get("chapter").and_then(Value::as_u64) {
        value["chapter"] = (chapter + before as u64).into();
    }
    value.to_string()
}

/// A text without mail addresses.
pub(crate) fn without_addresses(text: &str) -> String {
    let mut bare = String::new();
    let mut done = 0;
    for place in addresses::addresses(text) {
        bare.push_str(&text[done..place.start]);
        bare.push_str("[e-mail address]");
        done = place.end;
    }
    bare.push_str(&text[done..]);
    bare
}

/// A name that somebody gave, which may be a mail address: then only what stands before the sign.
pub(crate) fn person(name: &str) -> String {
    let Some(place) = addresses::addresses(name).into_iter().next() else {
        return name.trim().to_owned();
    };
    let around = format!("{} {}", &name[..place.start], &name[place.end..]);
    let around = around.trim_matches(|c: char| !c.is_alphanumeric());
    let own = name[place].split(['@', '(', '[', ' ']).next().unwrap_or_default();
    if around.is_empty() { own.to_owned() } else { around.to_owned() }
}

/// One comment as a page or an export tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// The site's number of it.
    pub(crate) id: Option<String>,
    /// The number of the comment that it answers.
    pub(crate) parent: Option<String>,
    /// Whether the site shows that it answers no other comment.
    pub(crate) is_first: bool,
    /// Who said it, as shown.
    pub(crate) by: String,
    /// The day, as written.
    pub(crate) date: Option<String>,
    /// What was said, as HTML.
    pub(crate) html: String,
    /// The chapter that stands before it, where the page has several.
    pub(crate) chapter: Option<usize>,
    /// Whether the page's own rules have settled that it tells no story.
    pub(crate) tells_nothing: bool,
}

/// More comments than this are on no page.
const MOST: usize = 20_000;

/// Lays comments with a reading. What the author said is the reply to the comment it answers, or to the reader's
/// before it; where it goes on telling the story, it is a chapter.
pub(crate) fn settle(
    said: Vec<Said>,
    authors: &[String],
    rule: &'static str,
    extracted: &mut Extracted,
) {
    let authors: Vec<String> =
        authors.iter().map(|name| fold_name(name)).filter(|name| !name.is_empty()).collect();
    let mut thread = Thread::default();
    for own in said.into_iter().take(MOST) {
        let by = person(&own.by);
        let is_authors = authors.contains(&fold_name(&by));
        let answers = is_authors.then(|| thread.answered(&own)).flatten();
        if is_authors && answers.is_none() && !own.tells_nothing {
            let chapters = chapters_of(&own);
            if !chapters.is_empty() {
                extracted.chapters.extend(chapters);
                thread.last = None;
                continue;
            }
        }
        thread.take(own, by, answers, extracted.chapters.len());
    }
    for review in thread.reviews.iter().filter(|own| own.text.is_some() || own.reply.is_some()) {
        review.keep(rule, extracted);
    }
}

/// Comments so far.
#[derive(Default)]
struct Thread {
    reviews: Vec<Review>,
    /// The review that a comment is or belongs to.
    places: HashMap<String, usize>,
    /// The last reader's comment.
    last: Option<usize>,
}

impl Thread {
    /// The review that an author's comment answers.
    fn answered(&self, own: &Said) -> Option<usize> {
        let told = own.parent.as_ref().map(|parent| self.places.get(parent).copied());
        match told {
            Some(place) => place,
            None if own.is_first => None,
            None => self.last,
        }
    }

    fn take(&mut self, own: Said, by: String, answers: Option<usize>, chapters: usize) {
        let text = clean(&own.html);
        let place = match answers.and_then(|at| self.reviews.get_mut(at).map(|own| (at, own))) {
            Some((at, review)) => {
                let before = review.reply.take();
                review.reply = match (before, text) {
                    (Some(before), Some(text)) => Some(format!("{before}\n{text}")),
                    (before, text) => before.or(text),
                };
                at
            }
            None => {
                let number = own.id.as_deref().and_then(|id| id.parse().ok());
                let chapter = own.chapter.or(Some(chapters)).filter(|at| *at > 0);
                let by = Some(by).filter(|name| !name.is_empty());
                let (date, score, reply) = (own.date, None, None);
                self.reviews.push(Review { number, chapter, by, date, score, text, reply });
                self.last = Some(self.reviews.len() - 1);
                self.reviews.len() - 1
            }
        };
        self.places.extend(own.id.map(|id| (id, place)));
    }
}

fn clean(html: &str) -> Option<String> {
    let html = Body::default().clean(&without_addresses(html));
    Some(html).filter(|html| crate::body::has_content(html))
}

/// The chapters in an author's comment: a story that goes on, at some length or under a mark. Words to the readers
/// give none.
fn chapters_of(own: &Said) -> Vec<ExtractedChapter> {
    let text = document::text_of(&own.html);
    let words = text.split_whitespace().count();
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let headed = text_work::chapter_mark(first).is_some() || text_work::part_mark(first).is_some();
    let tells = text_work::tells_a_story(&text) || text_work::reads_as_telling(&text);
    if !(tells && (words >= 120 || (headed && words >= 40))) {
        return Vec::new();
    }
    let Ok(piece) = page::parse_piece(&own.html) else { return Vec::new() };
    let whole = html_page::read_lines(lines_of(&piece.root()), &piece, None, None);
    let mut chapters = match whole.read_as {
        ReadAs::Work | ReadAs::Part => whole.chapters,
        _ => {
            let html = Body::default().clean(&own.html);
            vec![ExtractedChapter { html, ..ExtractedChapter::default() }]
        }
    };
    chapters.retain(|chapter| crate::body::has_content(&chapter.html));
    if let [only] = chapters.as_mut_slice() {
        let number = whole.part.as_ref().map(|part| part.part.to_string());
        only.number = only.number.take().or(number);
    }
    for chapter in &mut chapters {
        chapter.published.clone_from(&own.date);
        chapter.span = None;
    }
    chapters
}

#[cfg(test)]
mod tests {
    use super::*;

    const MORE: &str = "<p>Part 2</p><p>\"Is it lit now?\" asked Ozma. She had waited long, and she would not wait any longer for a lamp.</p><p>\"It is,\" said Dorothy, and she set it on the sill, where it burned until the morning came over the hills.</p>";

    fn said(id: &str, parent: Option<&str>, by: &str, html: &str) -> Said {
        Said {
            id: Some(id.to_owned()),
            parent: parent.map(str::to_owned),
            by: by.to_owned(),
            html: html.to_owned(),
            ..Said::default()
        }
    }

    fn settled(all: Vec<Said>) -> (Extracted, Vec<Value>) {
        let mut read = Extracted::new(ReadAs::Work);
        read.chapters.push(ExtractedChapter::default());
        settle(all, &["Wren".to_owned()], "test", &mut read);
        let reviews = read.fields.iter().map(|own| serde_json::from_str(&own.value).unwrap());
        let reviews = reviews.collect();
        (read, reviews)
    }

    #[test]
    fn an_authors_answer_is_the_reply_to_the_comment_that_it_answers() {
        let (_, reviews) = settled(vec![
            said("1", None, "toto", "<p>Lovely!</p>"),
            said("2", None, "ozma", "<p>More, please.</p>"),
            said("3", Some("1"), "wren", "<p>Thank you, Toto.</p>"),
            said("4", Some("3"), "toto", "<p>You are welcome.</p>"),
            said("5", Some("4"), "Wren", "<p>Again!</p>"),
            Said { parent: None, ..said("6", None, "WREN", "<p>Soon.</p>") },
        ]);
        let reply = |at: usize| reviews[at]["reply"].as_str().unwrap_or("-").to_owned();
        assert_eq!(reviews.len(), 3, "{reviews:#?}");
        assert_eq!(reply(0), "<p>Thank you, Toto.</p>");
        assert_eq!(reply(2), "<p>Again!</p>\n<p>Soon.</p>", "without a number, the last reader's");
        assert_eq!((&reviews[1]["by"], &reviews[1]["chapter"]), (&"ozma".into(), &1.into()));
    }

    #[test]
    fn a_chapter_that_the_author_posted_as_a_comment_is_text_and_later_comments_are_about_it() {
        let (read, reviews) = settled(vec![
            said("1", None, "toto", "<p>More!</p>"),
            Said { is_first: true, ..said("2", None, "wren", MORE) },
            said("3", Some("2"), "toto", "<p>Oh, good.</p>"),
            said("4", None, "ozma", MORE),
        ]);
        assert_eq!(read.chapters.len(), 2);
        assert!(read.chapters[1].html.contains("morning came over"));
        assert_eq!(reviews.len(), 3, "a reader's story is a comment: {reviews:#?}");
        assert_eq!(reviews[1]["chapter"], 2);
    }

    #[test]
    fn mail_addresses_never_come_along() {
        let (read, reviews) = settled(vec![
            said("1", None, "toto@oz.example", "<p>Write to toto@oz.example, please.</p>"),
            said("2", None, "", "<p>Nameless.</p>"),
            said("3", None, "ash", " "),
        ]);
        assert!(!read.fields.iter().any(|own| own.value.contains('@')), "{:?}", read.fields);
        assert_eq!((&reviews[0]["by"], &reviews[1]["by"]), (&"toto".into(), &Value::Null));
        assert_eq!(reviews.len(), 2, "an empty comment is none");
    }

    #[test]
    fn a_pen_name_that_is_a_mail_address_keeps_only_its_first_half() {
        assert_eq!(person("wren.ash@mail.example"), "wren.ash");
        assert_eq!(person("Wren (wren@mail.example)"), "Wren");
        assert_eq!(person(" Wren @ the lamp "), "Wren @ the lamp");
    }

    #[test]
    fn a_review_of_a_part_moves_with_its_chapter() {
        assert!(moved("{\"chapter\":2}", 3).contains("5"));
        assert_eq!(moved("no json", 3), "no json");
        assert_eq!(moved("{\"chapter\":null}", 3), "{\"chapter\":null}");
    }

    proptest::proptest! {
        #[test]
        fn any_comments_are_laid_down_without_their_addresses(parts in proptest::collection::vec("(wren|toto|a@b.cc)? ?(<p>|</i>|x@y.example| )?", 0..12)) {
            let all = parts.iter().enumerate().map(|(at, text)| said(&at.to_string(), Some("0"), text, text)).collect();
            let (read, _) = settled(all);
            proptest::prop_assert!(read.fields.iter().all(|own| !own.value.contains("y.example")));
        }
    }
}
