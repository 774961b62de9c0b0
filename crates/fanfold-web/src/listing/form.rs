//! The filter form, filled with what the works of the list carry.

use fanfold_app::search::{Answer as Found, FoundFacets, TagCount};
use fanfold_model::TagKind;
use fanfold_model::query::{Sort, SortKey};

use super::sentence::order;
use super::{Asked, Wishes};
use crate::present::{kind_plural, language_name};
use crate::views::listing::{Choice, Facet, FacetGroup, FilterForm, Wish};
use crate::views::words::Count;

/// The form.
pub(super) fn form(asked: &Asked, found: &Found) -> FilterForm {
    let none = FoundFacets::default();
    let facets = found.facets.as_ref().unwrap_or(&none);
    let wishes = &asked.wishes;
    let text = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
    let date = |d: Option<fanfold_model::PartialDate>| d.map(|d| d.to_string()).unwrap_or_default();
    FilterForm {
        action: asked.path.clone(),
        groups: TagKind::ALL
            .into_iter()
            .map(|kind| group(kind, facets, wishes, found.total))
            .collect(),
        status: statuses(wishes),
        crossover: crossovers(wishes),
        languages: languages(facets, wishes),
        sorts: sorts(found),
        words_from: text(wishes.words.0),
        words_to: text(wishes.words.1),
        updated_from: date(wishes.updated.0),
        updated_to: date(wishes.updated.1),
        text: wishes.text.clone(),
    }
}

fn group(kind: TagKind, facets: &FoundFacets, wishes: &Wishes, total: u64) -> FacetGroup {
    let counted: &[TagCount] =
        facets.tags.iter().find(|(k, _)| *k == kind).map_or(&[], |(_, tags)| tags);
    let asked =
        |list: &[(TagKind, String)], name: &str| list.iter().any(|(k, n)| *k == kind && n == name);
    let mut found: Vec<Facet> = Vec::new();
    for (list, wish, count) in
        [(&wishes.with, Wish::With, total), (&wishes.without, Wish::Without, 0)]
    {
        let names = list.iter().filter(|(k, _)| *k == kind).map(|(_, name)| name.clone());
        found.extend(names.map(|name| Facet { name, count: Count(count), wish }));
    }
    let open = !found.is_empty()
        || matches!(kind, TagKind::Rating | TagKind::Warning | TagKind::Character);
    for tag in counted {
        let name = &tag.tag.name;
        if !asked(&wishes.with, name) && !asked(&wishes.without, name) {
            found.push(Facet { name: name.clone(), count: Count(tag.count), wish: Wish::Neutral });
        }
    }
    FacetGroup { kind: kind.as_str(), title: kind_plural(kind), facets: found, open }
}

fn choices<T: PartialEq>(options: Vec<(&str, String, T)>, chosen: &T) -> Vec<Choice> {
    options
        .into_iter()
        .map(|(value, words, meaning)| Choice {
            value: value.to_owned(),
            words,
            chosen: meaning == *chosen,
        })
        .collect()
}

fn statuses(wishes: &Wishes) -> Vec<Choice> {
    use fanfold_model::Status;
    let options = vec![
        ("", "Any".to_owned(), None),
        ("complete", "Complete".to_owned(), Some(Status::Complete)),
        ("in-progress", "In progress".to_owned(), Some(Status::InProgress)),
        ("hiatus", "On hiatus".to_owned(), Some(Status::Hiatus)),
        ("abandoned", "Abandoned".to_owned(), Some(Status::Abandoned)),
    ];
    choices(options, &wishes.status)
}

fn crossovers(wishes: &Wishes) -> Vec<Choice> {
    let options = vec![
        ("", "Any".to_owned(), None),
        ("false", "None".to_owned(), Some(false)),
        ("true", "Only".to_owned(), Some(true)),
    ];
    choices(options, &wishes.crossover)
}

fn languages(facets: &FoundFacets, wishes: &Wishes) -> Vec<Choice> {
    let mut codes: Vec<(&str, String, Option<String>)> =
        vec![("", "Any language".to_owned(), None)];
    for (code, count) in &facets.languages {
        codes.push((
            code,
            format!("{} ({})", language_name(code), Count(*count)),
            Some(code.clone()),
        ));
    }
    if let Some(code) =
        wishes.language.as_ref().filter(|code| !facets.languages.iter().any(|(c, _)| c == *code))
    {
        codes.push((code, language_name(code), Some(code.clone())));
    }
    choices(codes, &wishes.language)
}

fn sorts(found: &Found) -> Vec<Choice> {
    let in_words = |key: SortKey| {
        let words = order(Sort::by(key));
        let mut letters = words.chars();
        letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default() + letters.as_str()
    };
    SortKey::ALL
        .into_iter()
        .map(|key| Choice {
            value: key.name().to_owned(),
            words: in_words(key),
            chosen: found.sort.key == key,
        })
        .collect()
}
