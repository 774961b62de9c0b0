//! The titles under which the work that a link names may stand: authors leave articles and stops out, put the title in
//! quotes, and call the next part by the work's own title and a number.

use fanfold_model::{LinkRel, PartLink, fold_name};
use std::collections::BTreeSet;

/// Folded titles, the nearest spellings first; what stands in one rank is equally near.
pub(crate) fn spellings(link: &PartLink, own: &str) -> Vec<BTreeSet<String>> {
    let mut ranks = Vec::new();
    let own = fold_name(own);
    let own = base(&own);
    let title = link.title.as_deref().map(fold_name);
    if let Some(title) = &title {
        ranks.push(BTreeSet::from([title.clone()]));
        ranks.push(loose(title));
    }
    let follows = matches!(link.rel, LinkRel::Next | LinkRel::Previous);
    if follows && !own.is_empty() {
        let named = title.as_deref().map(bare);
        let numbers = link.part.map(written).unwrap_or_default();
        if let Some(named) = named {
            let joined =
                |of: String| [": ", " - ", ", "].map(|joint| format!("{of}{joint}{named}"));
            let with = numbers.iter().flat_map(|number| joined(format!("{own}{number}")));
            ranks.push(with.chain(joined(own.to_owned())).collect());
        } else {
            ranks.push(numbers.iter().map(|number| format!("{own}{number}")).collect());
        }
    }
    ranks
}

/// What all spellings of a folded title have in common: no article, quotes or stops.
pub(crate) fn key(folded: &str) -> &str {
    let bare = bare(folded);
    ARTICLES.iter().find_map(|own| bare.strip_prefix(own)).unwrap_or(bare)
}

const ARTICLES: [&str; 10] =
    ["the ", "a ", "an ", "der ", "die ", "das ", "la ", "le ", "les ", "el "];

/// With and without an article, quotes and the last stop.
fn loose(title: &str) -> BTreeSet<String> {
    let (bare, root) = (bare(title), key(title));
    let mut all = BTreeSet::from([bare.to_owned(), root.to_owned()]);
    all.extend(ARTICLES.iter().map(|own| format!("{own}{root}")));
    let marked: Vec<String> = all
        .iter()
        .flat_map(|own| ["!", "?", ".", "..."].map(|end| format!("{own}{end}")))
        .collect();
    all.extend(marked);
    all
}

fn bare(title: &str) -> &str {
    title.trim_matches(|c: char| " \"'“”‘’«»„*_.,;:!?…".contains(c))
}

/// A title without a number behind it: what its parts have in common.
fn base(title: &str) -> &str {
    let bare = bare(title);
    let Some((rest, last)) = bare.rsplit_once(' ') else { return bare };
    let counts = last.trim_matches(['(', ')', '#', '[', ']']);
    let number = counts.parse::<u32>().is_ok() || ROMANS.contains(&counts);
    if !number {
        return bare;
    }
    let rest = rest.trim_end_matches([' ', ',', ':', '-']);
    let word = ["part", "pt.", "pt", "book", "vol.", "volume", "teil", "partie", "parte"];
    word.iter()
        .find_map(|word| rest.strip_suffix(word))
        .unwrap_or(rest)
        .trim_end_matches([' ', ',', ':', '-', '('])
}

const ROMANS: [&str; 10] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];

/// A number as it stands behind a title.
fn written(part: u32) -> Vec<String> {
    let mut all: Vec<String> = [" ", ", part ", " part ", ": part ", " - part ", " (part "]
        .iter()
        .map(|before| format!("{before}{part}{}", if before.contains('(') { ")" } else { "" }))
        .collect();
    let roman = usize::try_from(part).ok().and_then(|part| ROMANS.get(part.checked_sub(1)?));
    all.extend(roman.map(|own| format!(" {own}")));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_title_has_its_key() {
        for (rel, part, title) in [
            (LinkRel::SequelTo, None, Some("\"The Answer!\"")),
            (LinkRel::Next, Some(2), Some("An Answer")),
            (LinkRel::Previous, None, Some("Answer")),
        ] {
            let link = PartLink { rel, part, title: title.map(str::to_owned), url: None };
            let ranks = spellings(&link, "The Lamp");
            for rank in &ranks[..2] {
                assert!(rank.iter().all(|own| key(own) == "answer"), "{rank:?}");
            }
        }
        assert_eq!(key("the lamp, part 2"), "lamp, part 2");
    }

    fn leads(rel: LinkRel, part: Option<u32>, title: Option<&str>, own: &str, to: &str) -> bool {
        let link = PartLink { rel, part, title: title.map(str::to_owned), url: None };
        spellings(&link, own).iter().any(|rank| rank.contains(&fold_name(to)))
    }

    #[test]
    fn a_named_work_is_found_though_its_title_drifts() {
        for (named, to) in [
            ("The Answer", "The Answer"),
            ("the answer", "Answer"),
            ("Answer", "The Answer"),
            ("\"The Answer\"", "The Answer"),
            ("The Answer.", "The Answer"),
            ("The Answer", "The Answer?"),
        ] {
            assert!(leads(LinkRel::SequelTo, None, Some(named), "The Lamp", to), "{named} {to}");
        }
        assert!(!leads(LinkRel::SequelTo, None, Some("The Answer"), "The Lamp", "Answers"));
        assert!(!leads(LinkRel::SequelTo, None, Some("The Answer"), "The Lamp", "The Lamp 2"));
    }

    #[test]
    fn the_next_part_is_found_by_the_works_own_title_and_its_number() {
        for (part, title, own, to) in [
            (Some(2), None, "The Lamp", "The Lamp 2"),
            (Some(2), None, "The Lamp", "The Lamp, Part 2"),
            (Some(3), None, "The Lamp II", "The Lamp III"),
            (Some(2), None, "The Lamp, Part 1", "The Lamp (Part 2)"),
            (Some(2), Some("The Answer"), "The Lamp", "The Lamp, Part 2: The Answer"),
            (Some(2), Some("The Answer"), "The Lamp 1", "The Lamp 2 - The Answer"),
            (None, Some("The Answer"), "The Lamp", "The Lamp: The Answer"),
        ] {
            assert!(leads(LinkRel::Next, part, title, own, to), "{own} {to}");
        }
        assert!(!leads(LinkRel::Next, Some(2), None, "The Lamp", "The Lamp 3"));
        assert!(!leads(LinkRel::Next, None, None, "The Lamp", "The Lamp"));
    }
}
