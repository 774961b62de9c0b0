//! What a site's categories are. A site of many fandoms sorts by fandom, often under shelves ("Books"); a site of one
//! fandom sorts by pairing, genre or time. No column says which: the characters that belong to categories say it, and
//! the names.

use super::schema::Fields;
use super::site::Site;
use super::story::Seen;
use super::tags::{Named, entries, is_name, push};
use super::words::plain;
use fanfold_model::FieldKind;

/// Names of shelves on which fandoms stand, and which are no fandoms themselves.
const SHELVES: [&str; 30] = [
    "books",
    "book",
    "literature",
    "novels",
    "movies",
    "movie",
    "films",
    "film",
    "tv",
    "tv shows",
    "tv series",
    "television",
    "television shows",
    "anime",
    "manga",
    "anime/manga",
    "cartoons",
    "comics",
    "games",
    "video games",
    "theatre",
    "plays",
    "musicals",
    "music",
    "bands",
    "misc",
    "miscellaneous",
    "other",
    "fandoms",
    "crossovers",
];

/// Words, alone or among others, that name a kind of story and no fandom.
const KINDS: [&str; 34] = [
    "gen",
    "general",
    "het",
    "slash",
    "femslash",
    "femmeslash",
    "yaoi",
    "yuri",
    "pairing",
    "pairings",
    "threesomes",
    "multiple",
    "genre",
    "angst",
    "humor",
    "humour",
    "romance",
    "drama",
    "adventure",
    "au",
    "alternate",
    "crossover",
    "crossovers",
    "poetry",
    "vignette",
    "vignettes",
    "drabble",
    "drabbles",
    "challenge",
    "challenges",
    "season",
    "series",
    "episode",
    "canon",
];

/// Reads the categories of a story.
pub(super) fn read(seen: &mut Seen<'_>, fields: &Fields<'_>) {
    let site = seen.site;
    let fandoms = are_fandoms(site);
    let names = |name: &str| site.categories.values().any(|(_, own)| is_name(site, own, name));
    for entry in entries(seen, fields, "catid", &names) {
        let found = entry
            .parse::<i64>()
            .ok()
            .and_then(|number| Some((number, site.categories.get(&number)?)));
        let Some((number, (parent, raw))) = found else {
            let unknown = entry.bytes().all(|byte| byte.is_ascii_digit());
            let name = if unknown { Named::Unknown(entry) } else { Named::Text(entry) };
            let kind = if fandoms { FieldKind::Fandom } else { FieldKind::Classification };
            push(seen, kind, "category", name);
            continue;
        };
        let above = above(site, *parent);
        if fandoms && !is_kind(&name_of(site, number)) {
            seen.html(FieldKind::Fandom, "category", raw);
        } else {
            seen.loose(FieldKind::Classification, "category", raw);
            // A pairing or a genre below a fandom is a story of that fandom.
            let fandom = above.iter().rev().find(|name| !is_kind(name) && !is_shelf(name));
            if let Some(fandom) = fandom.filter(|_| fandoms) {
                seen.push(FieldKind::Fandom, "category path", fandom);
            }
        }
        seen.push(FieldKind::Other, "category path", &above.join(" > "));
    }
}

/// The names above a category, outermost first.
fn above(site: &Site, parent: i64) -> Vec<String> {
    let mut names = Vec::new();
    let mut at = parent;
    while let Some((next, _)) = site.categories.get(&at).filter(|_| names.len() < 20) {
        names.push(name_of(site, at));
        at = *next;
    }
    names.reverse();
    names
}

fn name_of(site: &Site, category: i64) -> String {
    site.categories
        .get(&category)
        .map_or_else(String::new, |(_, name)| plain(&site.words.name(name)))
}

/// Whether the site sorts by fandom. Characters belong to categories only where these are worlds of their own; without
/// such characters the names of the outermost decide, and a single kind of story or pairing among them is enough.
fn are_fandoms(site: &Site) -> bool {
    let bound =
        site.characters.values().filter(|(category, _)| site.categories.contains_key(category));
    let bound = bound.count();
    if bound > 0 && bound * 2 >= site.characters.len() {
        return true;
    }
    let stands_free =
        |parent: i64| !site.categories.contains_key(&parent) || is_shelf(&name_of(site, parent));
    let tops = || {
        let all = site.categories.iter().filter(|(_, (parent, _))| stands_free(*parent));
        all.map(|(number, _)| name_of(site, *number)).filter(|name| !is_shelf(name))
    };
    tops().next().is_some() && !tops().any(|name| is_kind(&name))
}

fn is_shelf(name: &str) -> bool {
    SHELVES.contains(&name.trim().to_lowercase().as_str())
}

/// "Slash Pairings", "Angst", "Holmes/Watson", "Season 2".
fn is_kind(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let pair = name.split('/').count() > 1
        && !is_shelf(name)
        && name.split('/').all(|half| half.trim().starts_with(char::is_uppercase));
    pair || words.clone().next().is_some_and(|word| KINDS.contains(&word))
        || words.next_back().is_some_and(|word| KINDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(categories: &[(i64, i64, &str)], characters: &[(i64, &str)]) -> Site {
        let mut site = Site::default();
        for (number, parent, name) in categories {
            site.categories.insert(*number, (*parent, name.as_bytes().to_vec()));
        }
        for (number, (category, name)) in (1..).zip(characters) {
            site.characters.insert(number, (*category, name.as_bytes().to_vec()));
        }
        site
    }

    #[test]
    fn fandoms_are_told_from_pairings_and_genres() {
        let many = [(1, -1, "Books"), (2, 1, "Wizard of Oz"), (3, 1, "Treasure Island")];
        assert!(are_fandoms(&site(&many, &[(2, "Dorothy"), (3, "Jim")])));
        assert!(are_fandoms(&site(&many, &[])));
        let one = [(1, -1, "General"), (2, -1, "Slash Pairings"), (3, 2, "Holmes/Watson")];
        assert!(!are_fandoms(&site(&one, &[(-1, "Holmes"), (-1, "Watson")])));
        assert!(!are_fandoms(&site(&[(1, -1, "Season One"), (2, -1, "Season Two")], &[])));
        assert!(!are_fandoms(&site(&[], &[])));
        let below = [(1, -1, "Sherlock Holmes"), (2, 1, "Holmes/Watson"), (3, -1, "Dracula")];
        assert!(are_fandoms(&site(&below, &[])));
    }

    #[test]
    fn a_circle_of_categories_ends() {
        assert!(above(&site(&[(1, 2, "A"), (2, 1, "B")], &[]), 1).len() <= 20);
    }
}
