//! A story's chapters: from rows, or from files beside the dump.

use super::rows::RowPlace;
use super::schema::Fields;
use super::site::Site;
use super::story::{address_of, headless, pen_name, span_of};
use super::words::{plain, shown};
use crate::body::Body;
use crate::formats::row_dates::date;
use crate::importer::{ImportError, Input, Sink};
use fanfold_model::{
    Companion, Extracted, ExtractedChapter, FieldKind, Finding, FindingCode, Identity, IdentityKind,
};
use fanfold_source::Item;

/// The largest chapter file that is read.
const MOST_CHAPTER: u64 = 32 << 20;

/// Reads the chapters of a story in their order.
pub(super) fn read(
    input: &Input<'_>,
    site: &Site,
    story: RowPlace,
    head: &Fields<'_>,
    body: &mut Body,
    extracted: &mut Extracted,
) -> Result<(), ImportError> {
    let rows = site.chapters.of(story.story);
    let author = head.number("uid");
    for (position, place) in (1..).zip(rows) {
        let Some((columns, cells)) = site.read(input, *place)? else { continue };
        let fields = Fields { columns: &columns, cells: &cells };
        let at = rows.iter().position(|row| row.order == place.order);
        let own_order = at.and_then(|at| rows.get(at)) == Some(place);
        let mut reader = Reader {
            input,
            site,
            extracted: &mut *extracted,
            body: &mut *body,
            author,
            place: *place,
            own_order,
        };
        reader.chapter(position, &fields);
    }
    if rows.is_empty() {
        let what = "The dump names no chapter of this story.";
        extracted
            .findings
            .push(Finding::new(FindingCode::TRUNCATED, what).at(Some(span_of(story))));
    }
    repeats(rows, extracted);
    if extracted.held.is_some() {
        let what = "The site's moderators had not let all of it out.";
        extracted.findings.push(Finding::new(FindingCode::UNVALIDATED, what));
    }
    if extracted.chapters.len() == 1 && same_title(extracted) {
        extracted.chapters[0].title = None;
    }
    Ok(())
}

/// Chapters that claim one place: their order is a guess by the order in which they were posted.
fn repeats(rows: &[RowPlace], extracted: &mut Extracted) {
    let again = rows.windows(2).find(|pair| pair[0].order == pair[1].order && pair[0].order > 0);
    if let Some(pair) = again {
        let what = format!(
            "Chapters {} and {} both claim place {}; the one posted first stands first.",
            pair[0].number, pair[1].number, pair[0].order
        );
        let finding = Finding::new(FindingCode::DUPLICATE_PART, what);
        extracted.findings.push(finding.at(Some(span_of(pair[1]))));
    }
}

/// A single chapter that is called as its story has no title of its own.
fn same_title(extracted: &Extracted) -> bool {
    let title = extracted.fields_of(FieldKind::Title).next().map(|title| &title.value);
    title.is_some() && title == extracted.chapters[0].title.as_ref()
}

/// Works of chapters whose story's row is not in the dump.
pub(super) fn orphans(
    input: &Input<'_>,
    site: &Site,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let mut last = None;
    for row in &site.chapters.all {
        let is_next = last.replace(row.story) != Some(row.story);
        if !is_next || !site.stories.of(row.story).is_empty() || !sink.wants_more() {
            continue;
        }
        // In version 1.1 every chapter's row has the story's title and tags, too.
        let read = match site.rows_are_chapters {
            true => super::story::read(input, site, *row)?,
            false => Some(headless(input, site, *row)?),
        };
        read.into_iter().for_each(|story| sink.extracted(story));
    }
    Ok(())
}

struct Reader<'a> {
    input: &'a Input<'a>,
    site: &'a Site,
    extracted: &'a mut Extracted,
    body: &'a mut Body,
    /// The story's author.
    author: Option<i64>,
    place: RowPlace,
    /// Whether it is the first chapter with its place in the story.
    own_order: bool,
}

impl Reader<'_> {
    fn chapter(&mut self, position: u32, fields: &Fields<'_>) {
        let words = &self.site.words;
        let span = span_of(self.place);
        let mut chapter = ExtractedChapter { span: Some(span), ..ExtractedChapter::default() };
        let title = fields.any(if self.site.rows_are_chapters { &["chapter"] } else { &["title"] });
        let title = plain(&words.text(title));
        chapter.title = Some(title.trim().to_owned()).filter(|title| !title.is_empty());
        chapter.url = self.address(position);
        let own = fields.number("uid").filter(|uid| Some(*uid) != self.author);
        chapter.creators = own.and_then(|uid| pen_name(self.site, uid)).into_iter().collect();
        chapter.notes = self.prose(fields, "notes");
        chapter.end_notes = self.prose(fields, "endnotes");
        if self.site.rows_are_chapters {
            chapter.published =
                date(fields.get("updated").bytes()).or_else(|| date(fields.get("date").bytes()));
        }
        self.text(position, fields, &mut chapter);
        if fields.waits() {
            self.extracted.held.get_or_insert_with(|| "unvalidated".to_owned());
        }
        let url = chapter.url.clone();
        self.extracted
            .identities
            .extend(url.map(|url| Identity::new(IdentityKind::ChapterAddress, url)));
        self.extracted.chapters.push(chapter);
    }

    fn address(&self, position: u32) -> Option<String> {
        let story = address_of(self.site, self.place.story)?;
        // Version 1.1 has an address for each row.
        if self.site.rows_are_chapters && self.place.number != self.place.story {
            return address_of(self.site, self.place.number);
        }
        // The page's address counts by the row's own order, which may have gaps.
        match self.place.order {
            order if order > 0 && !self.site.rows_are_chapters => {
                self.own_order.then(|| format!("{story}&chapter={order}"))
            }
            _ => Some(format!("{story}&chapter={position}")),
        }
    }

    fn text(&mut self, position: u32, fields: &Fields<'_>, chapter: &mut ExtractedChapter) {
        let bytes = fields.get("storytext").bytes();
        let (text, mut finding) = if bytes.trim_ascii().is_empty() {
            match self.file(fields) {
                Some(file) => self.text_of_file(file, chapter),
                None => {
                    let what = format!(
                        "The text of chapter {position} is neither in the dump nor in a file `{}.txt` beside it.",
                        self.place.number
                    );
                    (
                        String::new(),
                        Some(Finding::new(FindingCode::CHAPTER_MISSING, what).at(chapter.span)),
                    )
                }
            }
        } else {
            let (text, _, finding) = self.site.words.read(bytes);
            (text, finding.map(|finding| finding.at(chapter.span)))
        };
        if let Some(finding) = &mut finding {
            finding.source = Some(chapter.source);
        }
        self.extracted.findings.extend(finding);
        chapter.html = match crate::page::within(&text) {
            Ok(()) => shown(&text, self.body),
            Err(too_many) => {
                self.extracted.findings.push(too_many.at(chapter.span));
                String::new()
            }
        };
        let empty = !text.is_empty() && !crate::body::has_content(&chapter.html);
        if empty {
            let what = format!("Chapter {position} holds no text.");
            self.extracted.findings.push(Finding::new(FindingCode::EMPTY_CHAPTER, what));
        }
    }

    fn prose(&mut self, fields: &Fields<'_>, name: &str) -> Option<String> {
        let (text, _, finding) = self.site.words.read(fields.get(name).bytes());
        let html = shown(&text, self.body);
        self.extracted.findings.extend(finding);
        crate::body::has_content(&html).then_some(html)
    }

    /// The chapter's file: in a folder named by its author's number, or by the pen name as the oldest sites have it.
    fn file(&self, fields: &Fields<'_>) -> Option<Item> {
        let beside = self.input.item.beside.as_ref()?;
        let from = self.input.item.member.as_deref().unwrap_or(&self.input.item.path);
        let mut owners: Vec<String> = Vec::new();
        for uid in fields.number("uid").into_iter().chain(self.author) {
            owners.push(uid.to_string());
            owners.extend(self.site.authors.get(&uid).map(|name| self.site.words.name(name)));
        }
        let folder = self.site.stories_folder.as_deref().unwrap_or("stories");
        let number = self.place.number;
        let inside = owners.iter().map(|owner| format!("{folder}/{owner}/{number}.txt"));
        let anywhere = owners.iter().map(|owner| format!("{owner}/{number}.txt"));
        let names: Vec<String> = inside.chain(anywhere).collect();
        names.iter().find_map(|name| beside.find(from, name, self.input.limits))
    }

    fn text_of_file(
        &mut self,
        file: Item,
        chapter: &mut ExtractedChapter,
    ) -> (String, Option<Finding>) {
        let bytes = match file.bytes(MOST_CHAPTER) {
            Ok(bytes) => bytes.into_owned(),
            Err(error) => return (String::new(), Some(ImportError::from(error).finding())),
        };
        let (text, encoding, finding) = self.site.words.read(&bytes);
        if let Some(blake3) = file.blake3 {
            let encoding = Some(encoding.to_owned());
            let (path, member) = (file.path, file.member);
            self.extracted.companions.push(Companion { path, member, blake3, encoding, bytes });
            chapter.source = u32::try_from(self.extracted.companions.len()).unwrap_or(u32::MAX);
            chapter.span = None;
        }
        (text, finding)
    }
}
