//! The second pass: one story with its chapters, its people and its tags.

use super::chapters;
use super::schema::Fields;
use super::site::{RowPlace, Site};
use super::tags;
use super::words::{date, list, plain};
use crate::importer::{ImportError, Input};
use crate::seen::{field, html_field};
use fanfold_model::{
    Extracted, ExtractedField, FieldKind, Identity, IdentityKind, ReadAs, SeriesEntry, Span,
    SpanUnit,
};
use fanfold_text::paragraphs::html_paragraphs;

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
    let mut seen = Seen { site, story: &mut story, span: span_of(place), row: &row };
    seen.html(FieldKind::Title, "title", fields.get("title").bytes());
    people(&mut seen, &fields, place.story);
    seen.prose(FieldKind::Summary, "summary", fields.get("summary").bytes());
    seen.prose(FieldKind::Notes, "storynotes", fields.get("storynotes").bytes());
    tags::read(&mut seen, &fields);
    facts(&mut seen, &fields);
    identity(&mut seen, place.story);
    series(&mut seen, place.story);
    if fields.has("validated") && fields.number("validated") == Some(0) {
        story.held = Some("unvalidated".to_owned());
    }
    chapters::read(input, site, place, &fields, &mut story)?;
    Ok(Some(story))
}

/// Where a row stands.
pub(super) fn span_of(place: RowPlace) -> Span {
    Span { start: place.start, end: place.end(), unit: SpanUnit::Source }
}

/// What is seen of a story, value by value.
pub(super) struct Seen<'a> {
    pub(super) site: &'a Site,
    pub(super) story: &'a mut Extracted,
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
        let html = html_paragraphs(&text).into_string();
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
    let only_says = seen.site.coauthors.contains_key(&story) && own.trim() == "1";
    numbers.extend(listed.filter(|_| !only_says));
    numbers.extend(seen.site.coauthors.get(&story).into_iter().flatten());
    let mut known = Vec::new();
    for number in numbers {
        if known.contains(&number) {
            continue;
        }
        known.push(number);
        if let Some(name) = seen.site.authors.get(&number) {
            seen.html(FieldKind::Creator, "author", &name.clone());
        }
    }
}

fn facts(seen: &mut Seen<'_>, fields: &Fields<'_>) {
    let dated = |name: &str| date(fields.get(name)).unwrap_or_default();
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
