//! A story's chapters: from rows, or from files beside the dump.

use super::schema::Fields;
use super::site::{RowPlace, Site};
use super::story::{address_of, span_of};
use super::words::{date, plain};
use crate::importer::{ImportError, Input, Sink};
use fanfold_model::{
    Companion, Extracted, ExtractedChapter, FieldKind, Finding, FindingCode, Identity, IdentityKind,
};
use fanfold_source::Item;
use fanfold_text::paragraphs::html_paragraphs;

/// The largest chapter file that is read.
const MOST_CHAPTER: u64 = 32 << 20;

/// Reads the chapters of a story in their order.
pub(super) fn read(
    input: &Input<'_>,
    site: &Site,
    story: RowPlace,
    head: &Fields<'_>,
    extracted: &mut Extracted,
) -> Result<(), ImportError> {
    let rows = Site::rows_of(&site.chapters, story.story);
    let author = head.number("uid");
    for (position, place) in (1..).zip(rows) {
        let Some((columns, cells)) = site.read(input, *place)? else { continue };
        let fields = Fields { columns: &columns, cells: &cells };
        let mut reader = Reader { input, site, extracted: &mut *extracted, author, place: *place };
        reader.chapter(position, &fields);
    }
    if rows.is_empty() {
        let what = "The dump names no chapter of this story.";
        extracted
            .findings
            .push(Finding::new(FindingCode::TRUNCATED, what).at(Some(span_of(story))));
    }
    if extracted.chapters.len() == 1 && same_title(extracted) {
        extracted.chapters[0].title = None;
    }
    Ok(())
}

/// A single chapter that is called as its story has no title of its own.
fn same_title(extracted: &Extracted) -> bool {
    let title = extracted.fields_of(FieldKind::Title).next().map(|title| &title.value);
    title.is_some() && title == extracted.chapters[0].title.as_ref()
}

/// Chapters whose story is not in the dump are told; their text stays in the original.
pub(super) fn orphans(site: &Site, sink: &mut dyn Sink) {
    let known = |row: &&RowPlace| !Site::rows_of(&site.stories, row.story).is_empty();
    for row in site.chapters.iter().filter(|row| !known(row)).take(100) {
        let what = format!(
            "Chapter {} belongs to story {}, which the dump does not hold.",
            row.number, row.story
        );
        sink.finding(Finding::new(FindingCode::MISSING_PART, what).at(Some(span_of(*row))));
    }
}

struct Reader<'a> {
    input: &'a Input<'a>,
    site: &'a Site,
    extracted: &'a mut Extracted,
    /// The story's author.
    author: Option<i64>,
    place: RowPlace,
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
        let name = own.and_then(|uid| self.site.authors.get(&uid));
        chapter.creators = name.map(|name| words.name(name)).into_iter().collect();
        let prose = |name: &str| {
            let html = html_paragraphs(&words.text(fields.get(name))).into_string();
            crate::body::has_content(&html).then_some(html)
        };
        chapter.notes = prose("notes");
        chapter.end_notes = prose("endnotes");
        if self.site.rows_are_chapters {
            chapter.published = date(fields.get("updated")).or_else(|| date(fields.get("date")));
        }
        self.text(position, fields, &mut chapter);
        if fields.has("validated") && fields.number("validated") == Some(0) {
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
        Some(format!("{story}&chapter={position}"))
    }

    fn text(&mut self, position: u32, fields: &Fields<'_>, chapter: &mut ExtractedChapter) {
        let bytes = fields.get("storytext").bytes();
        let (text, finding) = if bytes.trim_ascii().is_empty() {
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
        self.extracted.findings.extend(finding);
        chapter.html = html_paragraphs(&text).into_string();
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
