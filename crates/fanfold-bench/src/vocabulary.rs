//! Invented tags in the shape of an archive's, for what reads names of tags.

use fanfold_model::TagKind;
use fanfold_tags::Known;

use crate::generate::{self, Dice};

/// Fandoms of very different size, each with families of characters and the pairs among them; and freeforms.
pub(crate) fn tags(tags: u64, dice: &mut Dice) -> Vec<Known> {
    let mut known: Vec<Known> = Vec::new();
    let mut fandom = 0;
    while (known.len() as u64) < tags * 2 / 3 {
        fandom += 1;
        let of = format!("{} {}", generate::name(dice), generate::name(dice));
        add(&mut known, TagKind::Fandom, of, 0, dice);
        let many = 4 + dice.below(20) * dice.below(20) * dice.below(20) / 40;
        let families: Vec<String> = (0..=many / 3).map(|_| generate::name(dice)).collect();
        let pick = |dice: &mut Dice, from: &[String]| -> String {
            from.get(dice.below(from.len() as u64) as usize).cloned().unwrap_or_default()
        };
        let cast: Vec<String> = (0..many)
            .map(|_| format!("{} {}", generate::name(dice), pick(dice, &families)))
            .collect();
        for person in &cast {
            add(&mut known, TagKind::Character, person.clone(), fandom, dice);
        }
        for _ in 0..many * 2 {
            let (a, b) = (pick(dice, &cast), pick(dice, &cast));
            let joint = if dice.below(3) == 0 { " & " } else { "/" };
            if a != b {
                add(&mut known, TagKind::Relationship, format!("{a}{joint}{b}"), fandom, dice);
            }
        }
    }
    while (known.len() as u64) < tags {
        let words: Vec<String> = (0..2 + dice.below(4)).map(|_| generate::name(dice)).collect();
        add(&mut known, TagKind::Freeform, words.join(" "), 0, dice);
    }
    known.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
    known.dedup_by(|a, b| (a.kind, &a.name) == (b.kind, &b.name));
    known
}

fn add(known: &mut Vec<Known>, kind: TagKind, name: String, fandom: u64, dice: &mut Dice) {
    let uses = 1 + dice.below(100) * dice.below(100) * dice.below(100) / 50;
    let fandoms = if fandom == 0 { Vec::new() } else { vec![fandom] };
    let id = known.len() as u64 + 1;
    known.push(Known { id, kind, name, uses: u32::try_from(uses).unwrap_or(u32::MAX), fandoms });
}

/// Two letters change places, one is left out, or one is written twice.
pub(crate) fn typing_error(name: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    if letters.len() < 4 {
        return name.to_owned();
    }
    let at = 1 + dice.below(letters.len() as u64 - 3) as usize;
    match dice.below(3) {
        0 => letters.swap(at, at + 1),
        1 => drop(letters.remove(at)),
        _ => letters.insert(at, letters[at]),
    }
    letters.into_iter().collect()
}
