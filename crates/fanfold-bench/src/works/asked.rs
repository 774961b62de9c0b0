//! Questions of the kit's classes about invented works.

use std::iter;

use fanfold_model::TagKind;
use serde_json::{Value, json};

use super::carried::{Drawn, Fandom, Stock};
use crate::generate::{self, Dice};

/// The fandoms and freeforms that questions about popular tags name.
const POPULAR: u64 = 20;

/// So many questions of each class. `some`: works to take tags from, so that something is found.
pub(crate) fn questions<'a>(
    stock: &'a Stock,
    some: &'a [Drawn],
    of_each: u64,
    dice: &'a mut Dice,
) -> impl Iterator<Item = Value> + 'a {
    let mut number = 0;
    let rounds = iter::from_fn(move || {
        number += 1;
        let drawn = some.get(dice.below(some.len() as u64) as usize)?;
        (number <= of_each).then(|| round(stock, drawn, number, dice))
    });
    rounds.flatten()
}

/// One question of each class.
fn round(stock: &Stock, drawn: &Drawn, number: u64, dice: &mut Dice) -> Vec<Value> {
    let popular =
        |tags: &[u64], dice: &mut Dice| stock.canonical(tags[dice.below(POPULAR) as usize]);
    let Fandom { id, characters, .. } = &stock.fandoms[dice.below(POPULAR) as usize];
    let head = stock.canonical(*id);
    let character = stock.canonical(characters[0]);
    let [a, b, c, d] = [(); 4].map(|()| popular(&stock.freeforms, dice));
    let not = |tags: &[u64]| -> Vec<u64> { tags.iter().copied().filter(|tag| *tag != a).collect() };
    let own: Vec<u64> = drawn.tags.iter().map(|tag| stock.canonical(*tag)).collect();
    let any = own[dice.below(own.len() as u64) as usize];
    let of = |kind| own.iter().copied().filter(move |tag| stock.kind(*tag) == Some(kind));
    let mut rare = of(TagKind::Freeform).chain(of(TagKind::Character));
    let fandom = stock.canonical(stock.fandoms[drawn.fandom].id);
    let two: Vec<u64> = iter::once(fandom).chain(rare.next()).collect();
    let three: Vec<u64> = two.iter().copied().chain(rare.next()).collect();
    let others = [b, c].into_iter().filter(|tag| !own.contains(tag)).collect::<Vec<_>>();
    let sort = ["kudos", "updated"][number as usize % 2];
    let words = [[1_000, 5_000], [10_000, 50_000], [50_000, 1_000_000_000]][number as usize % 3];
    vec![
        json!({ "cls": "1tag", "include": [any] }),
        json!({ "cls": "1tag_head", "include": [if number.is_multiple_of(2) { head } else { a }], "sort": sort }),
        json!({ "cls": "2and", "include": two, "sort": sort }),
        json!({ "cls": "3and_2not", "include": three, "exclude": others, "sort": "kudos" }),
        json!({ "cls": "rating_words", "rating": [3 + number % 3], "words": words, "sort": sort }),
        json!({ "cls": "fandom_form", "include": [head], "exclude": [13], "rating": [2, 3], "lang": "en",
            "words": [500, 200_000], "complete": 1, "sort": "kudos" }),
        json!({ "cls": "facets", "include": [fandom], "sort": "kudos", "facets": true }),
        json!({ "cls": "facets_head", "include": [head], "exclude": [b], "sort": "kudos", "facets": true }),
        json!({ "cls": "text1", "text": [generate::word(dice)], "sort": "kudos" }),
        json!({ "cls": "text2", "text": [generate::word(dice), generate::word(dice)], "sort": "kudos" }),
        json!({ "cls": "text1_rank", "text": [generate::word(dice)], "sort": "rank" }),
        json!({ "cls": "text_tag", "include": [head], "text": [generate::word(dice)], "sort": "kudos" }),
        json!({ "cls": "2and_head", "include": [head, a], "sort": sort }),
        json!({ "cls": "3and_2not_head", "include": [head, character, a], "exclude": not(&[b, c]), "sort": "kudos" }),
        json!({ "cls": "page", "include": [head, a], "exclude": not(&[d]), "facets": true }),
    ]
}
