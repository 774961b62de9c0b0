//! The second pass: one story with its chapters, its people and its tags.

use super::chapters;
use super::reviews;
use super::rows::RowPlace;
use super::schema::Fields;
use super::site::Site;
use super::tags;
use super::words::{list, plain, shown};
use crate::body::Body;
use crate::comments::person;
use crate::formats::row_dates::date;
use crate::importer::{ImportError, Input};
use crate::seen::{field, html_field};
use fanfold_model::{
    Extracted, ExtractedField, FieldKind, Finding, FindingCode, Identity, IdentityKind, ReadAs,
    SeriesEntry, Span, SpanUnit,
};
use fanfold_text::document::text_of;

/// Where every value of a row is said to stand: the row.
pub(super) const RULE: &str = "efiction-row";

/// Reads a story; `None` where its row is unreadable.
pub(super) fn read(
    input: &Input<'_>,
    site: &Site,
    place: RowPlace,
) -> Result<Option<Extracted>, ImportError> {
    let Some((columns, cells)) = site.read(input, place)? else { return Ok(None) };
    let fields = Fields { columns: &columns, cells: &cells };
    let mut story = Extracted::new(ReadAs::Work);
    story.encoding = Some("utf-8".to_owned());
    let row = site.bytes(input, place)?;
    let mut body = Body::new(site.address.as_deref().map(|url| format!("{url}/")).as_deref());
    let mut seen =
        Seen { site, story: &mut story, body: &mut body, span: span_of(place), row: &row };
    seen.html(FieldKind::Title, "title", fields.get("title").bytes());
    people(&mut seen, &fields, place.story);
    seen.prose(FieldKind::Summary, "summary", fields.get("summary").bytes());
    seen.prose(FieldKind::Notes, "storynotes", fields.get("storynotes").bytes());
    tags::read(&mut seen, &fields);
    facts(&mut seen, &fields);
    identity(&mut seen, place.story);
    series(&mut seen, place.story);
    if fields.waits() {
        story.held = Some("unvalidated".to_owned());
    }
    finish(input, site, place, &fields, (story, body)).map(Some)
}

/// Chapters whose story's row is lost, as in a dump that breaks off before it: a work without a header.
pub(super) fn headless(
    input: &Input<'_>,
    site: &Site,
    place: RowPlace,
) -> Result<Extracted, ImportError> {
    let mut story = Extracted::new(ReadAs::Work);
    story.encoding = Some("utf-8".to_owned());
    let mut body = Body::new(site.address.as_deref().map(|url| format!("{url}/")).as_deref());
    let mut seen =
        Seen { site, story: &mut story, body: &mut body, span: span_of(place), row: &[] };
    let writers: Result<Vec<Option<i64>>, ImportError> = site
        .chapters
        .of(place.story)
        .iter()
        .map(|row| {
            let read = site.read(input, *row)?;
            Ok(read.and_then(|(columns, cells)| {
                Fields { columns: &columns, cells: &cells }.number("uid")
            }))
        })
        .collect();
    name_people(&mut seen, writers?.into_iter().flatten());
    identity(&mut seen, place.story);
    series(&mut seen, place.story);
    let what = format!(
        "The dump holds chapters of story {}, and not the row with its title and tags.",
        place.story
    );
    story.findings.push(Finding::new(FindingCode::TRUNCATED, what).at(Some(span_of(place))));
    let none = Fields { columns: &[][..].into(), cells: &[] };
    finish(input, site, place, &none, (story, body))
}

/// Chapters, language and reviews.
fn finish(
    input: &Input<'_>,
    site: &Site,
    place: RowPlace,
    head: &Fields<'_>,
    (mut story, mut body): (Extracted, Body),
) -> Result<Extracted, ImportError> {
    chapters::read(input, site, place, head, &mut body, &mut story)?;
    story.findings.extend(body.findings());
    once_each(&mut story.findings);
    language(site, &mut story);
    reviews::read(input, site, place.story, &mut story)?;
    Ok(story)
}

/// The site's language, where the text is in it: each alone would be a guess.
fn language(site: &Site, story: &mut Extracted) {
    let Some(own) = site.language.as_deref().map(str::to_ascii_lowercase) else { return };
    let stated = story.fields_of(FieldKind::Language).next().is_some();
    let text = story.chapters.first().map(|chapter| text_of(&chapter.html)).unwrap_or_default();
    let guess = fanfold_text::language::guess(&text).filter(|guess| guess.confidence > 0.5);
    if !stated && guess.is_some_and(|guess| own == guess.code) {
        story.fields.push(field(FieldKind::Language, "site language", &own, RULE, 0.9));
    }
}

/// The same thing noticed of many values is told once, with how many.
fn once_each(findings: &mut Vec<Finding>) {
    let mut told: Vec<(Finding, usize)> = Vec::new();
    for finding in findings.drain(..) {
        let same = |known: &&mut (Finding, usize)| {
            known.0.code == finding.code && known.0.message == finding.message
        };
        match told.iter_mut().find(same) {
            Some((_, count)) => *count += 1,
            None => told.push((finding, 1)),
        }
    }
    findings.extend(told.into_iter().map(|(mut finding, count)| {
        if count > 1 {
            let verb = if count == 2 { "was" } else { "were" };
            finding.message.push_str(&format!(" So {verb} {} more.", count - 1));
        }
        finding
    }));
}

/// Where a row stands.
pub(super) fn span_of(place: RowPlace) -> Span {
    Span { start: place.start, end: place.end(), unit: SpanUnit::Source }
}

/// What is seen of a story, value by value.
pub(super) struct Seen<'a> {
    pub(super) site: &'a Site,
    pub(super) story: &'a mut Extracted,
    pub(super) body: &'a mut Body,
    span: Span,
    row: &'a [u8],
}

impl Seen<'_> {
    /// A value in words; nothing where it is empty.
    pub(super) fn push(&mut self, kind: FieldKind, label: &str, value: &str) {
        let value = value.trim();
        if !value.is_empty() {
            self.add(field(kind, label, value, RULE, 0.98));
        }
    }

    /// A value that eFiction keeps with HTML's references in it.
    pub(super) fn html(&mut self, kind: FieldKind, label: &str, bytes: &[u8]) {
        let value = plain(&self.site.words.name(bytes));
        self.push(kind, label, &value);
    }

    /// A value that is read like a label's: it may name several things.
    pub(super) fn loose(&mut self, kind: FieldKind, label: &str, bytes: &[u8]) {
        let value = plain(&self.site.words.name(bytes));
        if !value.trim().is_empty() {
            self.add(field(kind, label, value.trim(), "category-row", 0.8));
        }
    }

    /// Prose, with paragraphs.
    pub(super) fn prose(&mut self, kind: FieldKind, label: &str, bytes: &[u8]) {
        let (text, _, finding) = self.site.words.read(bytes);
        let html = shown(&text, self.body);
        if crate::body::has_content(&html) {
            self.story.findings.extend(finding.map(|finding| finding.at(Some(self.span))));
            self.add(html_field(kind, label, html, RULE, 0.98));
        }
    }

    /// A value that stands in the row as it is has the row for its place; a name of another table has none.
    fn add(&mut self, field: ExtractedField) {
        let value = field.value.as_bytes();
        let here = self.row.windows(value.len().max(1)).any(|part| part == value);
        self.story.fields.push(ExtractedField { span: here.then_some(self.span), ..field });
    }
}

/// The author, then the coauthors of both places, each once.
fn people(seen: &mut Seen<'_>, fields: &Fields<'_>, story: i64) {
    let mut numbers: Vec<i64> = fields.number("uid").into_iter().collect();
    let own = seen.site.words.text(fields.get("coauthors"));
    let listed = list(&own).into_iter().filter_map(|entry| entry.parse::<i64>().ok());
    // In the fork the column only says that there are some.
    let only_says = !seen.site.coauthors.is_empty() && own.trim() == "1";
    numbers.extend(listed.filter(|_| !only_says));
    numbers.extend(seen.site.coauthors.get(&story).into_iter().flatten());
    name_people(seen, numbers.into_iter());
}

fn name_people(seen: &mut Seen<'_>, numbers: impl Iterator<Item = i64>) {
    let mut known = Vec::new();
    for number in numbers {
        if known.contains(&number) {
            continue;
        }
        known.push(number);
        if let Some(name) = pen_name(seen.site, number) {
            seen.push(FieldKind::Creator, "author", &name);
        }
    }
}

/// The name that a member writes under.
pub(super) fn pen_name(site: &Site, member: i64) -> Option<String> {
    let name = plain(&site.words.name(site.authors.get(&member)?));
    Some(person(&name)).filter(|name| !name.is_empty())
}

fn facts(seen: &mut Seen<'_>, fields: &Fields<'_>) {
    let dated = |name: &str| date(fields.get(name).bytes()).unwrap_or_default();
    let (published, updated) = (dated("date"), dated("updated"));
    seen.push(FieldKind::Published, "date", &published);
    if updated != published {
        seen.push(FieldKind::Updated, "updated", &updated);
    }
    if fields.has("completed") {
        let complete = fields.number("completed") == Some(1);
        seen.push(
            FieldKind::Status,
            "completed",
            if complete { "Complete" } else { "In Progress" },
        );
    }
    let counted = |names: &[&str]| fields.any(names).number().filter(|count| *count > 0);
    let counts = [
        (FieldKind::Words, "wordcount", counted(&["wordcount"])),
        (FieldKind::Hits, "count", counted(&["count", "counter"])),
        (FieldKind::Comments, "reviews", counted(&["reviews", "numreviews"])),
    ];
    for (kind, label, count) in counts {
        // In version 1.1 the words are the first chapter's.
        if let Some(count) =
            count.filter(|_| kind != FieldKind::Words || !seen.site.rows_are_chapters)
        {
            seen.push(kind, label, &count.to_string());
        }
    }
    let archive = seen.site.name.clone().unwrap_or_default();
    seen.push(FieldKind::Collection, "archive", &archive);
    if fields.number("rr") == Some(1) {
        seen.push(FieldKind::Other, "round robin", "yes");
    }
    if fields.number("featured").is_some_and(|featured| featured > 0) {
        seen.push(FieldKind::Other, "featured", "yes");
    }
}

/// The site's own number for the story, and its page's address, which old links still name.
fn identity(seen: &mut Seen<'_>, story: i64) {
    if let Some(address) = address_of(seen.site, story) {
        seen.push(FieldKind::SourceUrl, "address", &address);
        seen.story.identities.push(Identity::new(IdentityKind::Address, address));
    } else if let Some(key) = &seen.site.key {
        let value = format!("efiction:{key}:{story}");
        seen.story.identities.push(Identity::new(IdentityKind::SiteId, value));
    }
}

/// The address of a story's page.
pub(super) fn address_of(site: &Site, story: i64) -> Option<String> {
    let address = site.address.as_ref().filter(|url| url.starts_with("http"))?;
    Some(format!("{address}/viewstory.php?sid={story}"))
}

/// The series it stands in, and those that these stand in.
fn series(seen: &mut Seen<'_>, story: i64) {
    let direct = seen.site.in_series.get(&story).cloned().unwrap_or_default();
    let mut open: Vec<(i64, Option<u32>)> = direct;
    let mut known: Vec<i64> = Vec::new();
    while let Some((number, part)) = open.first().copied() {
        open.remove(0);
        if known.contains(&number) || known.len() > 50 {
            continue;
        }
        known.push(number);
        let Some(title) = seen.site.series.get(&number) else { continue };
        let title = plain(&seen.site.words.name(title));
        let url = seen
            .site
            .address
            .as_ref()
            .map(|site| format!("{site}/viewseries.php?seriesid={number}"));
        seen.story.series.push(SeriesEntry { uid: None, title, part, of: None, url });
        // The outer series counts its inner ones, so the story has no place of its own there.
        let outer = seen.site.series_in.get(&number).into_iter().flatten();
        open.extend(outer.map(|(outer, _)| (*outer, None)));
    }
}
