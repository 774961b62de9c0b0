//! The filter form, filled with what the works of the list carry.

use fanfold_app::search::{Answer as Found, FoundFacets, TagCount};
use fanfold_model::query::{Direction, Sort, SortKey};
use fanfold_model::{PartialDate, TagKind, fold_tag};

use super::sentence::order;
use super::wishes::ALONE;
use super::{Asked, Wishes};
use crate::present::{kind_plural, language_name};
use crate::views::listing::{Choice, Facet, FacetGroup, FilterForm, RangeField, Wish};
use crate::views::words::Count;

/// The form.
pub(super) fn form(asked: &Asked, found: &Found) -> FilterForm {
    let none = FoundFacets::default();
    let facets = found.facets.as_ref().unwrap_or(&none);
    let wishes = &asked.wishes;
    FilterForm {
        action: asked.path.clone(),
        fandom: asked
            .tag
            .clone()
            .filter(|(kind, _)| *kind == TagKind::Fandom)
            .map(|(_, name)| name),
        groups: TagKind::ALL
            .into_iter()
            .map(|kind| group(kind, facets, wishes, found.total))
            .collect(),
        status: statuses(wishes),
        crossover: crossovers(wishes),
        otp: pairings(wishes),
        languages: languages(facets, wishes),
        sorts: sorts(found),
        ranges: vec![
            numbers("Words", "words", wishes.words),
            numbers("Chapters", "chapters", wishes.chapters),
            numbers("How many fandoms", "fandoms", wishes.fandoms),
            numbers("How many relationships", "relationships", wishes.relationships),
            dates("Published", "published", wishes.published),
            dates("Updated", "updated", wishes.updated),
        ],
        text: wishes.text.clone(),
    }
}

fn numbers(
    title: &'static str,
    name: &'static str,
    (from, to): (Option<u64>, Option<u64>),
) -> RangeField {
    let text = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    RangeField { title, name, from: text(from), to: text(to), is_date: false }
}

fn dates(
    title: &'static str,
    name: &'static str,
    (from, to): (Option<PartialDate>, Option<PartialDate>),
) -> RangeField {
    let text = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
    RangeField { title, name, from: text(from), to: text(to), is_date: true }
}

/// What is asked for or against first, then what the works carry most.
fn group(kind: TagKind, facets: &FoundFacets, wishes: &Wishes, total: u64) -> FacetGroup {
    let counted: &[TagCount] =
        facets.tags.iter().find(|(k, _)| *k == kind).map_or(&[], |(_, tags)| tags);
    let same = |one: &str, other: &str| fold_tag(kind, one) == fold_tag(kind, other);
    let count_of = |name: &str| {
        counted.iter().find(|tag| same(&tag.tag.name, name)).map_or(0, |tag| tag.count)
    };
    let mut found: Vec<Facet> = Vec::new();
    for (list, wish) in
        [(&wishes.with, Wish::With), (&wishes.any, Wish::Any), (&wishes.without, Wish::Without)]
    {
        for (_, name) in list.iter().filter(|(own, _)| *own == kind) {
            let count = if wish == Wish::With { total } else { count_of(name) };
            found.push(Facet { name: name.clone(), count: Count(count), wish });
        }
    }
    let open = !found.is_empty()
        || matches!(kind, TagKind::Rating | TagKind::Warning | TagKind::Character);
    for tag in counted {
        let name = &tag.tag.name;
        let asked = found.iter().any(|own| same(&own.name, name));
        if !asked {
            found.push(Facet { name: name.clone(), count: Count(tag.count), wish: Wish::Neutral });
        }
    }
    let alone = ALONE.contains(&kind).then(|| wishes.only.contains(&kind));
    let (title, kind) = (kind_plural(kind), kind.as_str());
    FacetGroup { kind, title, facets: found, open: open || alone == Some(true), alone }
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

fn pairings(wishes: &Wishes) -> Vec<Choice> {
    let options = vec![
        ("", "Any number".to_owned(), None),
        ("true", "One only".to_owned(), Some(true)),
        ("false", "None or several".to_owned(), Some(false)),
    ];
    choices(options, &wishes.otp)
}

/// The languages of the works, each to be ticked; what is asked is always among them.
fn languages(facets: &FoundFacets, wishes: &Wishes) -> Vec<Choice> {
    let asked = |code: &str| wishes.languages.iter().any(|own| own.eq_ignore_ascii_case(code));
    let counted = facets.languages.iter().map(|(code, count)| Choice {
        value: code.clone(),
        words: format!("{} ({})", language_name(code), Count(*count)),
        chosen: asked(code),
    });
    let mut all: Vec<Choice> = counted.collect();
    for code in &wishes.languages {
        if !all.iter().any(|own| own.value.eq_ignore_ascii_case(code)) {
            all.push(Choice { value: code.clone(), words: language_name(code), chosen: true });
        }
    }
    all
}

/// Every key in its usual direction, then the other way round.
pub(crate) fn orders() -> impl Iterator<Item = Sort> {
    let usual = SortKey::ALL.into_iter().map(Sort::by);
    let other = SortKey::ALL.into_iter().filter(|key| *key != SortKey::Relevance).map(reversed);
    usual.chain(other)
}

fn sorts(found: &Found) -> Vec<Choice> {
    let in_words = |sort: Sort| {
        let words = order(sort);
        let mut letters = words.chars();
        letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default() + letters.as_str()
    };
    let choice = |sort: Sort| Choice {
        value: sort.to_string(),
        words: in_words(sort),
        chosen: found.sort == sort,
    };
    orders().map(choice).collect()
}

fn reversed(key: SortKey) -> Sort {
    let direction = match key.default_direction() {
        Direction::Ascending => Direction::Descending,
        Direction::Descending => Direction::Ascending,
    };
    Sort { key, direction }
}
