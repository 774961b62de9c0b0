//! A folder's own catalogue (`descript.ion`, `files.bbs`, `.descs`, `00index`, an index page): evidence for title, creator
//! and summary where the file says nothing itself. Never trusted over the file: such lists err, and give one story two
//! titles. What was used of it is kept as it stands there.

use super::lists::{Entries, Said, of_page, of_text};
use super::{folder_of, keep, kept};
use crate::decode;
use crate::page;
use crate::seen::field;
use crate::text_work;
use fanfold_model::{Extracted, FieldKind, Finding, FindingCode, ReadAs};
use fanfold_source::{Beside, FOLDER_LISTS, Item, Limits};
use std::collections::HashSet;
use std::sync::Arc;

/// What an entry is kept as, behind the name of its file.
const KEPT: &str = "(folder catalogue)";
const RULE: &str = "folder-catalogue";
/// A larger list is none of one folder.
const LARGEST: u64 = 1 << 20;

/// All catalogues of one folder, each with its name.
#[derive(Debug, Default)]
struct Catalogues(Vec<(&'static str, Entries)>);

/// Adds what the folder's catalogue says of the file; refuses a catalogue that would pass for a story.
pub(crate) fn settle(item: &Item, extracted: &mut Extracted) {
    if !matches!(extracted.read_as, ReadAs::Work | ReadAs::Part) || extracted.canonical.is_some() {
        return;
    }
    let own = item.file_name().to_lowercase();
    let kind = format!("{own} {KEPT}");
    let told = match kept(item, &kind) {
        Some(kept) => from_kept(&kept),
        None => {
            let Some(beside) = &item.beside else { return };
            let name = item.name_beside();
            let key = format!("catalogues of {}", folder_of(&name));
            let all: Arc<Catalogues> = beside.learnt(&key, || find(beside, &name));
            if all.0.iter().any(|(list, entries)| *list == own && entries.len() >= 2) {
                return refuse(extracted);
            }
            let found = all.0.iter().find_map(|(list, entries)| Some((*list, entries.get(&own)?)));
            found.map(|(list, said)| (list.to_owned(), said.clone()))
        }
    };
    let Some((list, said)) =
        told.filter(|(_, said)| !said.words.is_empty() || said.title.is_some())
    else {
        return;
    };
    if !add(&list, &said, extracted) {
        return;
    }
    let title = said.title.as_deref().unwrap_or_default();
    keep(item, &kind, format!("{list}\n{title}\n{}", said.words), extracted);
}

fn from_kept(kept: &str) -> Option<(String, Said)> {
    let mut lines = kept.split('\n');
    let (list, title, words) = (lines.next()?, lines.next()?, lines.next()?);
    let title = Some(title.to_owned()).filter(|title| !title.is_empty());
    Some((list.to_owned(), Said { title, words: words.to_owned() }))
}

fn find(beside: &Beside, name: &str) -> Catalogues {
    let siblings = beside.siblings(name);
    let last = |own: &str| own.rsplit('/').next().unwrap_or(own).to_lowercase();
    let names: HashSet<String> = siblings.iter().map(|own| last(own)).collect();
    let mut all = Catalogues::default();
    for list in FOLDER_LISTS {
        let Some(file) = siblings.iter().find(|own| last(own) == list) else { continue };
        let Some(item) = beside.find(file, file, &Limits::default()) else { continue };
        let Ok(bytes) = item.bytes(LARGEST) else { continue };
        let decoded = decode::whole(&bytes);
        let entries = if list.contains(".htm") {
            page::parse(&decoded.text).map(|page| of_page(&page, &names)).unwrap_or_default()
        } else {
            of_text(&decoded.text, &names)
        };
        if !entries.is_empty() {
            all.0.push((list, entries));
        }
    }
    all
}

/// What the words say, where the file does not; whether anything was used.
fn add(list: &str, said: &Said, extracted: &mut Extracted) -> bool {
    let has = |kind: FieldKind, extracted: &Extracted| extracted.fields_of(kind).next().is_some();
    let words = said.words.as_str();
    let parted = text_work::title_by(words);
    let short = words.split_whitespace().count() <= 8 && !words.ends_with('.');
    let by_words = parted.as_ref().and_then(|(title, _)| words.get(title.clone()));
    let title = said.title.as_deref().or(by_words).or(Some(words).filter(|_| short));
    let title = title.map(|own| own.trim().trim_matches('"')).filter(|own| !own.is_empty());
    let creator =
        parted.as_ref().and_then(|(_, creator)| words.get(creator.clone())).map(str::trim);
    let summary =
        Some(words).filter(|own| !short && parted.is_none() && said.title.as_deref() != Some(*own));
    let new = [
        (FieldKind::Title, title, 0.5),
        (FieldKind::Creator, creator, 0.5),
        (FieldKind::Summary, summary, 0.4),
    ];
    let mut used = false;
    for (kind, value, confidence) in new {
        if let Some(value) = value.filter(|value| !value.is_empty() && !has(kind, extracted)) {
            extracted.fields.push(field(kind, list, value, RULE, confidence));
            used = true;
        }
    }
    let known = extracted.fields.iter().any(|own| own.label == list && own.value == words);
    if used && !known && !words.is_empty() {
        extracted.fields.push(field(FieldKind::Other, list, words, RULE, 0.5));
    }
    used
}

fn refuse(extracted: &mut Extracted) {
    extracted.read_as = ReadAs::NotAWork;
    extracted.chapters.clear();
    extracted.fields.clear();
    extracted.part = None;
    let what = "It is the folder's own catalogue of the files beside it.";
    extracted.findings.push(Finding::new(FindingCode::NOT_A_WORK, what));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    const TEXT: &str = "It rained for nine days, and on the tenth the hens came out and looked for the yard.\n\n\"Where is it?\" asked the eldest, and the others looked at the sky.\n";

    fn folder(files: &[(&str, &str)]) -> Vec<Extracted> {
        let items = || {
            files
                .iter()
                .map(|(name, text)| {
                    ((*name).to_owned(), Item::from_bytes(*name, text.as_bytes().to_vec()))
                })
                .collect::<Vec<_>>()
        };
        let beside = Arc::new(Beside::of(items()));
        let read_one = |(_, mut item): (String, Item)| {
            item.beside = Some(beside.clone());
            read(&item, &Limits::default()).extracted.remove(0)
        };
        items().into_iter().map(read_one).collect()
    }

    fn first(read: &Extracted, kind: FieldKind) -> Option<&str> {
        read.fields_of(kind).next().map(|own| own.value.as_str())
    }

    #[test]
    fn a_catalogue_names_what_the_file_does_not() {
        for (list, text) in [
            ("descript.ion", "hens.txt The Hens by Wren Ash\nyard.txt The Yard by Toto\n"),
            ("FILES.BBS", "HENS.TXT  1234  The Hens by Wren Ash\nYARD.TXT 99 The Yard by Toto\n"),
            (
                "index.html",
                "<html><body><ul><li><a href='hens.txt'>The Hens</a> by Wren Ash</li><li><a href='yard.txt'>The Yard</a></li></ul></body></html>",
            ),
        ] {
            let read = folder(&[
                ("oz/hens.txt", TEXT),
                ("oz/yard.txt", TEXT),
                (&format!("oz/{list}"), text),
            ]);
            assert_eq!(
                (first(&read[0], FieldKind::Title), first(&read[0], FieldKind::Creator)),
                (Some("The Hens"), Some("Wren Ash")),
                "{list}"
            );
            assert_eq!((read[0].learnt.len(), read[0].companions.len()), (1, 0));
            assert_eq!(read[2].read_as, ReadAs::NotAWork, "{list}");
        }
    }

    #[test]
    fn a_catalogue_is_never_trusted_over_the_file() {
        let own = format!("Title: The Hens\nAuthor: Wren Ash\nSummary: Hens.\n\n{TEXT}");
        let read = folder(&[
            ("oz/hens.txt", &own),
            ("oz/yard.txt", TEXT),
            ("oz/.descs", "hens.txt The Geese by Toto\nyard.txt The Yard\n"),
        ]);
        assert_eq!(
            (first(&read[0], FieldKind::Title), first(&read[0], FieldKind::Creator)),
            (Some("The Hens"), Some("Wren Ash"))
        );
        assert!(read[0].fields.iter().all(|own| own.rule != RULE) && read[0].learnt.is_empty());
    }

    #[test]
    fn a_stored_file_keeps_what_its_catalogue_said() {
        let read_first = folder(&[
            ("oz/hens.txt", TEXT),
            ("oz/yard.txt", TEXT),
            ("oz/descript.ion", "hens.txt The Hens by Wren Ash\nyard.txt x\n"),
        ])
        .remove(0);
        let kept = &read_first.learnt[0];
        let mut again = Item::from_bytes("oz/hens.txt", TEXT.as_bytes().to_vec());
        again.beside = Some(Arc::new(Beside::of(vec![(
            kept.path.clone(),
            Item::from_bytes(kept.path.as_str(), kept.text.clone().into_bytes()),
        )])));
        let read_again = read(&again, &Limits::default()).extracted.remove(0);
        assert_eq!(read_again.fields, read_first.fields);
    }
}
