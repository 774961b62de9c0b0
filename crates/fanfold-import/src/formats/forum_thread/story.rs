//! The story in a thread: which posts are its chapters, and what they say together.

use super::answers;
use super::posts::Post;
use super::thread::Thread;
use crate::formats::{html_page, mail_message, site_page};
use crate::page;
use crate::rich::lines_of;
use crate::seen::field;
use crate::text_work;
use fanfold_model::{
    Extracted, ExtractedChapter, ExtractedField, FieldKind, PartMark, ReadAs, fold_name,
};
use fanfold_text::document;

const RULE: &str = "thread";

/// Reads a page of a thread as a story, or says why it is none.
pub(super) fn read(thread: &Thread) -> Extracted {
    let marked: Vec<&Post> = thread.posts.iter().filter(|post| post.mark.is_some()).collect();
    let chosen = if marked.is_empty() { told(thread) } else { marked };
    if chosen.is_empty() {
        return site_page::not_a_work("It is a thread of a board in which nobody tells a story.");
    }
    let mut read = Extracted::new(ReadAs::Work);
    let mut ends = Vec::new();
    for post in &chosen {
        add(post, &mut read);
        ends.push(read.chapters.len());
    }
    if read.chapters.is_empty() {
        return site_page::not_a_work("It is a thread of a board in which nobody tells a story.");
    }
    let says = mail_message::under_subject(&thread.title, &mut read);
    if says.denies && chosen.iter().all(|post| post.mark.is_none()) && read.chapters.len() == 1 {
        return site_page::not_a_work("Its thread's title says that it is no story.");
    }
    people(thread, &chosen, &mut read);
    answers::keep(thread, &chosen, &ends, RULE, &mut read);
    for tag in &thread.tags {
        read.fields.push(field(FieldKind::Freeform, "Tags", tag, RULE, 0.8));
    }
    if let Some(day) = chosen.first().and_then(|post| post.day.as_ref()) {
        read.fields.push(field(FieldKind::Published, "Posted", day, RULE, 0.7));
    }
    if let Some(address) = &thread.address {
        read.fields.push(field(FieldKind::SourceUrl, "address", &address.work, RULE, 0.9));
        read.identities.extend(address.identities());
        pages(thread, &mut read);
    }
    read
}

/// Pages of one thread are parts, if there are several; a part in the title counts the thread among others.
fn pages(thread: &Thread, read: &mut Extracted) {
    if let Some(of) = thread.pages.filter(|of| *of > 1) {
        let (part, written) = (thread.page, format!("page {}", thread.page));
        read.part = Some(PartMark { part, through: part, of: Some(of), written, span: None });
    }
}

/// Without threadmarks: the opener's posts that tell, begin a chapter or carry a header. Where nobody knows who opened
/// the thread, whoever told most.
fn told(thread: &Thread) -> Vec<&Post> {
    let stories: Vec<&Post> = thread.posts.iter().filter(|post| is_story(post)).collect();
    let opener = match &thread.opener {
        Some(opener) => opener.clone(),
        None => {
            let length = |name: &str| {
                stories
                    .iter()
                    .filter(|post| post.author == name)
                    .map(|post| post.html.len())
                    .sum::<usize>()
            };
            let names = stories.iter().map(|post| post.author.as_str());
            let Some(most) = names.max_by_key(|name| length(name)) else { return Vec::new() };
            most.to_owned()
        }
    };
    let own = |post: &&&Post| fold_name(&post.author) == fold_name(&opener);
    stories.iter().filter(own).copied().collect()
}

fn is_story(post: &Post) -> bool {
    let text = document::text_of(&post.html);
    let words = text.split_whitespace().count();
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let headed = text_work::chapter_mark(first.trim()).is_some();
    let labels = text.lines().take(12).filter(|line| !text_work::labels(line).is_empty()).count();
    let tells = text_work::tells_a_story(&text);
    let telling = text_work::reads_as_telling(&text);
    (tells && words >= 60) || (headed && words >= 20) || (labels >= 1 && words >= 30 && telling)
}

/// Adds a post's chapters; of the first its header too.
fn add(post: &Post, read: &mut Extracted) {
    let Ok(piece) = page::parse_piece(&post.html) else { return };
    let whole = html_page::read_lines(lines_of(&piece.root()), &piece, None, None);
    let is_first = read.chapters.is_empty();
    let mut chapters = match whole.read_as {
        ReadAs::Work | ReadAs::Part => whole.chapters,
        // The board says that it is a chapter, and that is believed.
        _ if post.mark.is_some() => {
            let html = crate::body::Body::default().clean(&post.html);
            vec![ExtractedChapter { html, ..ExtractedChapter::default() }]
        }
        _ => return,
    };
    chapters.retain(|chapter| crate::body::has_content(&chapter.html));
    let number = whole.part.as_ref().map(|part| part.part.to_string());
    if let [only] = chapters.as_mut_slice() {
        only.number = only.number.take().or(number);
        title(post, only);
    }
    for chapter in &mut chapters {
        chapter.published.clone_from(&post.day);
        chapter.span = None;
    }
    if is_first {
        read.fields.extend(whole.fields.into_iter().map(unplaced));
        read.findings.extend(whole.findings);
        read.series.extend(whole.series);
    } else if let Some(first) = chapters.first_mut() {
        beside(whole.fields, first);
    }
    read.chapters.extend(chapters);
}

/// The threadmark's words name the chapter.
fn title(post: &Post, chapter: &mut ExtractedChapter) {
    let Some(mark) = &post.mark else { return };
    let parsed = text_work::chapter_mark(mark);
    let number = parsed.as_ref().and_then(|own| mark.get(own.written.clone()));
    let named = match &parsed {
        Some(own) => own.title.clone().and_then(|range| mark.get(range)),
        None => Some(mark.as_str()),
    };
    if let Some(number) = number {
        chapter.number = Some(number.to_owned());
    }
    if let Some(named) = named {
        chapter.title = Some(named.to_owned());
    }
}

/// Notes of a later post are its chapter's.
fn beside(fields: Vec<ExtractedField>, chapter: &mut ExtractedChapter) {
    for own in fields {
        let place = match own.kind {
            FieldKind::Notes => &mut chapter.notes,
            FieldKind::EndNotes => &mut chapter.end_notes,
            _ => continue,
        };
        let html = if own.html {
            own.value
        } else {
            fanfold_text::paragraphs::to_html(&own.value).html.into_string()
        };
        place.get_or_insert(html);
    }
}

fn unplaced(own: ExtractedField) -> ExtractedField {
    ExtractedField { span: None, ..own }
}

/// Who opened the thread posted the story; where the story names nobody, it is his.
fn people(thread: &Thread, chosen: &[&Post], read: &mut Extracted) {
    let opener = thread.opener.as_ref().or_else(|| chosen.first().map(|post| &post.author));
    let Some(opener) = opener.filter(|name| !name.is_empty()) else { return };
    if read.fields_of(FieldKind::Creator).next().is_none() {
        read.fields.push(field(FieldKind::Creator, "", opener, "thread-opener", 0.6));
    }
    read.fields.push(field(FieldKind::Poster, "Thread", opener, RULE, 0.9));
}
