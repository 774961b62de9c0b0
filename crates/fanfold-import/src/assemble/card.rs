//! What is known of a part before its group is found: where it lies, what it is called, who sent it, which part it says
//! it is, what it answers.

use super::numbering::Numbering;
use super::reposts::calls_itself_revised;
use super::title_key::title_key;
use crate::site_address;
use crate::text_work::file_name_part;
use fanfold_model::{Extracted, FieldKind, Identity, IdentityKind, PartMark, ReadAs, fold_name};
use mail_parser::DateTime;

/// A message refers to at most so many others: those before it in its thread.
const MOST_REFERENCES: usize = 20;

/// What is known of a part before its group is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartCard {
    /// The caller's own number for it.
    pub index: usize,
    /// Where it lies: container and folder, without the file's name.
    pub folder: String,
    /// Its title, spelled so that the parts of a work agree.
    pub title_key: String,
    /// Its creators, spelled so; empty where none is named.
    pub creator_key: String,
    /// Who posted it, spelled so; empty where nobody is named.
    pub poster_key: String,
    /// Which part it is.
    pub part: PartMark,
    /// Where it stands among the others.
    pub(super) place: Numbering,
    /// The file name without its number, where only the name says which part it is.
    pub by_name: Option<String>,
    /// Every title that the source gives it, spelled so.
    pub(super) titles: Vec<String>,
    /// Whether its subject or title calls it a revised or repeated posting.
    pub(super) revised: bool,
    /// When it was posted, in seconds since 1970; 0 where that is not known.
    pub(super) posted: i64,
    /// Its own Message-ID.
    pub(super) message: Option<String>,
    /// The Message-IDs that it answers or follows.
    pub(super) refers: Vec<String>,
    /// What its site knows the whole work by: parts with it belong together wherever they lie.
    pub work: Option<String>,
}

impl PartCard {
    /// The card of a reading; `None` for what is no work, no part, or has no title to go by. `path` is the item's path
    /// with its member, if it has one, behind a slash.
    #[must_use]
    pub fn of(index: usize, path: &str, extracted: &Extracted) -> Option<Self> {
        if !matches!(extracted.read_as, ReadAs::Work | ReadAs::Part)
            || extracted.canonical.is_some()
        {
            return None;
        }
        let (folder, name) = place_of(path, extracted);
        let stated = extracted.part.clone().filter(|part| Numbering::of(part).is_some());
        let (part, by_name) = match stated {
            Some(part) => (part, None),
            None => part_by_name(name)?,
        };
        let place = Numbering::of(&part)?;
        let titles: Vec<String> =
            extracted.fields_of(FieldKind::Title).map(|own| title_key(&own.value)).collect();
        let title_key = titles.first()?.clone();
        let names: Vec<String> =
            extracted.fields_of(FieldKind::Creator).map(|own| fold_name(&own.value)).collect();
        let (folder, creator_key) = (folder.to_owned(), names.join(", "));
        let poster = extracted.fields_of(FieldKind::Poster).next();
        let poster_key = poster.map(|own| fold_name(&own.value)).unwrap_or_default();
        // A page's own address names the page; only some sites' addresses name the work.
        let of_work = |own: &&Identity| match own.kind {
            IdentityKind::SiteId => true,
            IdentityKind::Address => {
                site_address::of(&own.value).is_some_and(|site| site.work == own.value)
            }
            _ => false,
        };
        let work = extracted.identities.iter().find(of_work).map(|own| own.value.clone());
        let work = work.filter(|_| by_name.is_none());
        (!title_key.is_empty()).then_some(Self {
            index,
            folder,
            title_key,
            creator_key,
            poster_key,
            part,
            place,
            by_name,
            titles,
            revised: is_revised(extracted),
            posted: posted(extracted),
            message: message(extracted),
            refers: refers(extracted),
            work,
        })
    }

    /// The same part as if it lay in another folder: for parts that are held against those of an earlier import.
    #[must_use]
    pub fn in_folder(self, folder: &str) -> Self {
        Self { folder: folder.to_owned(), ..self }
    }

    /// Whether a message says who sent or wrote it.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        !self.creator_key.is_empty() || !self.poster_key.is_empty()
    }

    pub(super) fn covers(&self, part: u32) -> bool {
        self.place.covers(part)
    }
}

/// Folder and name of an item. A message's folder is the one that its mailbox lies in.
fn place_of<'p>(path: &'p str, extracted: &Extracted) -> (&'p str, &'p str) {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let numbered = name.len() == 6 && name.bytes().all(|byte| byte.is_ascii_digit());
    let is_message = extracted.fields_of(FieldKind::Other).any(|own| own.label == "Subject");
    if numbered && is_message {
        return (of_group(folder.rsplit_once('/').map_or("", |(above, _)| above), extracted), name);
    }
    (of_group(folder, extracted), name)
}

/// A saved group keeps its messages twice, alone and by topics: both lie in the group's folder.
fn of_group<'p>(folder: &'p str, extracted: &Extracted) -> &'p str {
    let is_groups = extracted.fields_of(FieldKind::Other).any(|own| own.label == "Yahoo Message");
    let (above, last) = folder.rsplit_once('/').unwrap_or(("", folder));
    let parted = matches!(last, "email" | "topics" | "messages");
    if is_groups && parted { above } else { folder }
}

/// "LAMPS_2.TXT" may be a second part; only the files beside it can make it one.
fn part_by_name(name: &str) -> Option<(PartMark, Option<String>)> {
    let (stem, part) = file_name_part(name).filter(|(_, part)| (1..=200).contains(part))?;
    let mark = PartMark { part, through: part, of: None, written: name.to_owned(), span: None };
    Some((mark, Some(stem)))
}

/// Subject lines and titles say so; a story's own text does not count.
fn is_revised(extracted: &Extracted) -> bool {
    let says = |kind: FieldKind, label: Option<&str>| {
        extracted
            .fields_of(kind)
            .filter(|own| label.is_none_or(|label| own.label == label))
            .any(|own| calls_itself_revised(&own.value))
    };
    says(FieldKind::Other, Some("Subject")) || says(FieldKind::Title, None)
}

fn posted(extracted: &Extracted) -> i64 {
    let header = |own: &&fanfold_model::ExtractedField| own.rule == "mail-header";
    let date = extracted.fields_of(FieldKind::Published).find(header);
    date.and_then(|own| DateTime::parse_rfc822(&own.value)).map_or(0, |date| date.to_timestamp())
}

fn message(extracted: &Extracted) -> Option<String> {
    let own = extracted.identities.iter().find(|own| own.kind == IdentityKind::MessageId);
    own.map(|own| own.value.clone())
}

fn refers(extracted: &Extracted) -> Vec<String> {
    let headers = extracted
        .fields_of(FieldKind::Other)
        .filter(|own| own.label == "References" || own.label == "In-Reply-To");
    let mut ids: Vec<String> =
        headers.flat_map(|own| own.value.split(' ').map(str::to_owned)).collect();
    // The nearest stand last.
    ids.drain(..ids.len().saturating_sub(MOST_REFERENCES));
    ids.sort_unstable();
    ids.dedup();
    ids
}
