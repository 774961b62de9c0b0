//! Parts over many files become one work; a gap is a recorded missing part.
//!
//! [`plan`] groups what the readings say about themselves: the same folder, the same title without its part mark, the
//! same creator, and at least two different parts. Tags in front of a title, its case and its punctuation may drift,
//! and a creator may be missing from some parts. [`join`] makes one reading of a group: chapters in reading order,
//! stated numbers untouched, every field with the number of the source it stands in.
//!
//! Parts of a page's work carry the identity that its site gave it; they join over folders and archives, whatever their
//! titles. Messages of all mailboxes in one folder lie together, for lists were kept by months. Two senders who each
//! posted parts of one title under the same numbers, and signed none, wrote two works. Other parts over folders are not
//! joined: only a link or an address could prove them.

mod join;
mod numbering;
mod title_key;

pub use join::join;

use crate::site_address;
use crate::text_work::file_name_part;
use fanfold_model::{Extracted, FieldKind, Identity, IdentityKind, PartMark, ReadAs, fold_name};
use numbering::Numbering;
use std::collections::{BTreeMap, BTreeSet};
use title_key::title_key;

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
    place: Numbering,
    /// The file name without its number, where only the name says which part it is.
    pub by_name: Option<String>,
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
        let title = extracted.fields_of(FieldKind::Title).next()?;
        let title_key = title_key(&title.value);
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
            work,
        })
    }

    fn covers(&self, part: u32) -> bool {
        self.place.covers(part)
    }
}

/// Parts that make one work.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PartGroup {
    /// The callers' numbers in reading order.
    pub members: Vec<usize>,
    /// Numbers of those that repeat a part already taken.
    pub duplicates: Vec<usize>,
    /// Parts that are stated or stand between others, and are not here.
    pub missing: Vec<u32>,
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

/// Groups parts into works. What belongs to no group is in none.
#[must_use]
pub fn plan(cards: &[PartCard]) -> Vec<PartGroup> {
    let mut titles: BTreeMap<(&str, &str), Vec<&PartCard>> = BTreeMap::new();
    for card in cards {
        let key = match &card.work {
            Some(work) => ("", work.as_str()),
            None => (card.folder.as_str(), card.title_key.as_str()),
        };
        titles.entry(key).or_default().push(card);
    }
    let mut groups: Vec<PartGroup> =
        titles.into_values().flat_map(by_creator).filter_map(|cards| group(&cards)).collect();
    groups.sort_by_key(|group| group.members.first().copied());
    groups
}

/// Parts of one title by creator. Where only one creator is named, unsigned parts are that creator's.
fn by_creator(cards: Vec<&PartCard>) -> Vec<Vec<&PartCard>> {
    let mut signed: BTreeMap<&str, Vec<&PartCard>> = BTreeMap::new();
    for card in &cards {
        signed.entry(&card.creator_key).or_default().push(card);
    }
    let named = signed.keys().filter(|name| !name.is_empty()).count();
    if named > 1 {
        return signed.into_values().collect();
    }
    if named == 0 { by_poster(cards) } else { vec![cards] }
}

/// Unsigned parts of one title: of one work, whoever posted them, unless two senders number parts of their own.
fn by_poster(cards: Vec<&PartCard>) -> Vec<Vec<&PartCard>> {
    let mut posted: BTreeMap<&str, Vec<&PartCard>> = BTreeMap::new();
    for card in &cards {
        posted.entry(&card.poster_key).or_default().push(card);
    }
    let rows: Vec<BTreeSet<Numbering>> = posted
        .values()
        .map(|own| own.iter().map(|card| card.place).collect::<BTreeSet<Numbering>>())
        .filter(|places| places.len() >= 2)
        .collect();
    let mut seen = BTreeSet::new();
    let same = rows.iter().flatten().filter(|place| !seen.insert(**place)).count();
    if same >= 2 { posted.into_values().collect() } else { vec![cards] }
}

fn group(cards: &[&PartCard]) -> Option<PartGroup> {
    let cards = believed(cards);
    let (order, duplicates) = in_order(&cards);
    if order.len() < 2 {
        return None;
    }
    let missing = missing(&order);
    // A lone first chapter and a far-off number are two works of one name rather than one with a great hole.
    if missing.len() > 3 * order.len() + 10 {
        return None;
    }
    let index = |card: &&PartCard| card.index;
    Some(PartGroup {
        members: order.iter().map(index).collect(),
        duplicates: duplicates.iter().map(index).collect(),
        missing,
    })
}

/// Parts that say so, and those whose names say so where the company bears it out: beside stated parts a number that
/// none of them has, without stated parts one stem and one named creator.
fn believed<'a>(cards: &[&'a PartCard]) -> Vec<&'a PartCard> {
    let (stated, named): (Vec<&PartCard>, Vec<&PartCard>) =
        cards.iter().partition(|card| card.by_name.is_none());
    if stated.is_empty() {
        let one_stem = named.windows(2).all(|pair| pair[0].by_name == pair[1].by_name);
        let signed = named.iter().all(|card| !card.creator_key.is_empty());
        return if one_stem && signed { named } else { Vec::new() };
    }
    let free = |card: &&&PartCard| !stated.iter().any(|other| other.covers(card.part.part));
    let added: Vec<&PartCard> = named.iter().filter(free).copied().collect();
    stated.into_iter().chain(added).collect()
}

/// Parts in reading order, and those that repeat one: the first given stays.
fn in_order<'a>(cards: &[&'a PartCard]) -> (Vec<&'a PartCard>, Vec<&'a PartCard>) {
    let (mut order, mut duplicates): (Vec<&PartCard>, Vec<&PartCard>) = (Vec::new(), Vec::new());
    for card in cards {
        let taken = |part: u32| order.iter().any(|other| other.place.holds(&card.place, part));
        if card.place.parts().all(taken) {
            duplicates.push(card);
        } else {
            order.push(card);
        }
    }
    order.sort_by_key(|card| card.place);
    (order, duplicates)
}

fn missing(order: &[&PartCard]) -> Vec<u32> {
    let highest = order.iter().map(|card| card.part.through).max().unwrap_or(0);
    let stated = order.iter().filter_map(|card| card.part.of).max().unwrap_or(0);
    let last = highest.max(stated).min(highest.saturating_add(1_000));
    (1..=last.min(10_000)).filter(|part| !order.iter().any(|card| card.covers(*part))).collect()
}

#[cfg(test)]
mod tests;
