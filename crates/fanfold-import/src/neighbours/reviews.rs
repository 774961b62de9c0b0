//! Pages of readers' reviews beside a story's pages, as a mirror of an eFiction archive keeps them. They are no works;
//! what they hold goes to the work that they name, by its number at the site, else by its title and author. Of a work in
//! several pages the first takes them.

use super::{folder_of, keep, kept};
use crate::comments;
use crate::decode;
use crate::formats::efiction_page::{self, Reviewed};
use crate::page;
use crate::seen::field;
use fanfold_model::{Extracted, FieldKind, ReadAs, fold_name};
use fanfold_source::{Beside, Item, Limits, is_page};
use std::sync::Arc;

/// What they are kept as, behind the name of the work's file.
const KEPT: &str = "(readers' reviews)";
/// More pages of reviews in one folder are not looked at.
const MOST_PAGES: usize = 5_000;
/// A larger page is none of reviews.
const LARGEST: u64 = 8 << 20;

/// Adds what readers said of the work on pages beside it.
pub(crate) fn settle(item: &Item, extracted: &mut Extracted) {
    let told = extracted.fields_of(FieldKind::Title).next();
    let is_story = matches!(extracted.read_as, ReadAs::Work | ReadAs::Part)
        && told.is_some_and(|title| title.rule == efiction_page::RULE);
    if !is_story || extracted.part.as_ref().is_some_and(|part| part.part > 1) {
        return;
    }
    let kind = format!("{} {KEPT}", item.file_name().to_lowercase());
    let found: Vec<String> = match kept(item, &kind) {
        Some(kept) => kept.lines().map(str::to_owned).collect(),
        None => {
            let Some(beside) = &item.beside else { return };
            let name = item.name_beside();
            let key = format!("reviews of {}", folder_of(&name));
            let all: Arc<Vec<Reviewed>> = beside.learnt(&key, || find(beside, &name));
            let own = all.iter().filter(|page| is_about(page, extracted));
            own.flat_map(|page| page.reviews.iter().cloned()).collect()
        }
    };
    let known = |value: &String, extracted: &Extracted| {
        extracted.fields.iter().any(|own| own.label == comments::LABEL && same(&own.value, value))
    };
    let mut used = Vec::new();
    for value in found {
        if !known(&value, extracted) {
            let own = field(FieldKind::Other, comments::LABEL, &value, efiction_page::RULE, 0.9);
            extracted.fields.push(own);
            used.push(value);
        }
    }
    if !used.is_empty() {
        keep(item, &kind, used.join("\n"), extracted);
    }
}

fn find(beside: &Beside, name: &str) -> Vec<Reviewed> {
    let siblings = beside.siblings(name);
    let pages = siblings.iter().filter(|own| {
        let last = own.rsplit('/').next().unwrap_or(own).to_lowercase();
        last.contains("review") && is_page(&last, true)
    });
    let read = |file: &String| {
        let item = beside.find(file, file, &Limits::default())?;
        let decoded = decode::whole(&item.bytes(LARGEST).ok()?);
        efiction_page::reviewed(&page::parse(&decoded.text).ok()?, file)
    };
    pages.take(MOST_PAGES).filter_map(read).collect()
}

/// Whether a page of reviews is about this work: both name a number, or both name the same title and an author.
fn is_about(page: &Reviewed, extracted: &Extracted) -> bool {
    let mut addresses = extracted.fields_of(FieldKind::SourceUrl);
    let number = addresses.find_map(|own| efiction_page::number_in(&own.value));
    if let (Some(theirs), Some(own)) = (&page.number, number) {
        return *theirs == own;
    }
    let said = |kind: FieldKind, name: &str| {
        let name = fold_name(name);
        !name.is_empty() && extracted.fields_of(kind).any(|own| fold_name(&own.value) == name)
    };
    said(FieldKind::Title, &page.title)
        && page.authors.iter().any(|author| said(FieldKind::Creator, author))
}

/// The same review on two pages may count its chapter differently.
fn same(one: &str, other: &str) -> bool {
    let parts = |text: &str| {
        let value: serde_json::Value = serde_json::from_str(text).ok()?;
        Some((value["by"].clone(), value["date"].clone(), value["text"].clone()))
    };
    parts(one).is_some_and(|one| parts(other) == Some(one))
}

#[cfg(test)]
mod tests {
    use crate::read;
    use fanfold_model::{Extracted, ReadAs};
    use fanfold_source::{Beside, Item, Limits};
    use std::sync::Arc;

    fn story(sid: u32, title: &str, chapter: Option<u32>) -> String {
        let chooser = chapter.map(|at| {
            let option = |own: u32| {
                let chosen = if own == at { " selected" } else { "" };
                format!("<option value='{own}'{chosen}>{own}. Room {own}</option>")
            };
            format!("<select name='chapter'>{}{}</select>", option(1), option(2))
        });
        format!(
            "<html><body><div id='pagetitle'><a href='viewstory.php?sid={sid}'>{title}</a> by <a href='viewuser.php?uid=1'>Wren</a></div><div class='infobox'><span class='label'>Rated:</span> PG<br><span class='label'>Completed:</span> Yes</div>{}<div id='story'><p>\"Is it lit?\" asked Dorothy in the {title}.</p><p>\"It was,\" said Toto, and he looked at the window of room {chapter:?}.</p></div><div id='archivedat'>http://lamps.example/viewstory.php?sid={sid}</div></body></html>",
            chooser.unwrap_or_default()
        )
    }

    fn reviews(heading: &str, by: &str) -> String {
        format!(
            "<html><body><div id='pagetitle'>Reviews For {heading}</div><div class='listbox'><span class='label'>Reviewer:</span> {by} <span class='label'>Date:</span> 01/02/05 <span class='label'>Title:</span> 2. Room 2<div>I like the oil.</div></div><div class='listbox'><span class='label'>Reviewer:</span> Ash <span class='label'>Date:</span> 02/02/05<div>\"Is it out?\" she asked me. I said it was not.</div></div><a href='viewstory.php?sid=99'></a></body></html>"
        )
    }

    fn folder(files: &[(&str, String)]) -> Vec<Extracted> {
        let items = || -> Vec<(String, Item)> {
            let item = |(name, text): &(&str, String)| {
                ((*name).to_owned(), Item::from_bytes(*name, text.clone().into_bytes()))
            };
            files.iter().map(item).collect()
        };
        let beside = Arc::new(Beside::of(items()));
        let read = |(_, mut item): (String, Item)| {
            item.beside = Some(beside.clone());
            read(&item, &Limits::default()).extracted.remove(0)
        };
        items().into_iter().map(read).collect()
    }

    fn by(read: &Extracted) -> Vec<String> {
        let own = read.fields.iter().filter(|own| own.label == "Review");
        own.map(|own| {
            let value: serde_json::Value = serde_json::from_str(&own.value).unwrap();
            format!("{} {}", value["by"].as_str().unwrap(), value["chapter"])
        })
        .collect()
    }

    #[test]
    fn a_page_of_reviews_is_no_work_and_its_reviews_go_to_the_work_it_names() {
        let linked =
            "<a href='viewstory.php?sid=4'>The Lamp</a> by <a href='viewuser.php?uid=1'>Wren</a>";
        let all = folder(&[
            ("reviews.php?type=ST&item=4", reviews(linked, "Toto")),
            ("reviews7.html", reviews("The Kettle by Wren", "Tip")),
            ("reviews8.html", reviews("The Kettle by Ozma", "Nobody")),
            ("viewstory.php?sid=4&chapter=1", story(4, "The Lamp", Some(1))),
            ("viewstory.php?sid=4&chapter=2", story(4, "The Lamp", Some(2))),
            ("viewstory.php?sid=7", story(7, "The Kettle", None)),
            ("viewstory.php?sid=8", story(8, "The Broom", None)),
        ]);
        assert!(all[..3].iter().all(|own| own.read_as == ReadAs::NotAWork));
        assert!(all[0].findings[0].message.contains("reviews"), "{:?}", all[0].findings);
        assert_eq!(by(&all[3]), ["Toto 2", "Ash null"]);
        assert_eq!(by(&all[4]), [""; 0], "the first page has them");
        assert_eq!(by(&all[5]), ["Tip 2", "Ash null"], "by title and author");
        assert_eq!(by(&all[6]), [""; 0]);
        assert_eq!(all[3].learnt.len(), 1);
    }

    #[test]
    fn what_was_learnt_is_read_again_without_the_neighbours() {
        let page = story(4, "The Lamp", None);
        let linked = "<a href='viewstory.php?sid=4'>The Lamp</a> by Wren";
        let all = folder(&[("4.html", page.clone()), ("reviews4.html", reviews(linked, "Toto"))]);
        let learnt = &all[0].learnt[0];
        let mut item = Item::from_bytes("4.html", page.into_bytes());
        let note = Item::from_bytes(learnt.path.as_str(), learnt.text.clone().into_bytes());
        item.beside = Some(Arc::new(Beside::of(vec![(learnt.path.clone(), note)])));
        let again = read(&item, &Limits::default()).extracted.remove(0);
        assert_eq!((by(&again), &again.learnt), (by(&all[0]), &all[0].learnt));
        assert_eq!(by(&again).len(), 2);
    }
}
