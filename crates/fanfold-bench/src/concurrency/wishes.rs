//! What readers ask of a list of works: one or more of a fandom, words of the text, a tag to leave out, a range, an order.

use crate::generate::{self, Dice};

/// Conditions that stand alone in an address, over what generated works carry.
const CONDITIONS: [&str; 12] = [
    "with.fandom=Treasure+Island",
    "with.fandom=Sherlock+Holmes",
    "any.fandom=Robin+Hood&any.fandom=Alice+in+Wonderland",
    "without.fandom=Robin+Hood",
    "with.relationship=Jim+Hawkins%2FBen+Gunn",
    "without.character=Ben+Gunn",
    "with.rating=Teen+And+Up+Audiences",
    "without.rating=Mature",
    "crossover=false",
    "words_from=300",
    "words_from=200&words_to=400",
    "status=complete",
];

const ORDERS: [&str; 6] = ["updated", "words", "title", "creator", "imported", "kudos"];

/// The address of a list: two readers in three have conditions, every other one words, every other one an order. Of a
/// hundred words, `common` are drawn as they stand in texts.
pub(super) fn address(dice: &mut Dice, common: u64) -> String {
    let mut fields = Vec::new();
    for _ in 0..dice.below(3) {
        let condition = CONDITIONS[dice.below(CONDITIONS.len() as u64) as usize];
        if !fields.iter().any(|known| known == condition) {
            fields.push(condition.to_owned());
        }
    }
    let word = |dice: &mut Dice| match dice.below(100) < common {
        true => generate::word(dice),
        false => generate::telling_word(dice),
    };
    match dice.below(6) {
        0 => fields.push(format!("q={}", word(dice))),
        1 => fields.push(format!("q={}+{}", word(dice), word(dice))),
        2 => fields.push(format!("q=%22{}+{}%22", word(dice), word(dice))),
        _ => {}
    }
    if dice.below(2) == 0 {
        let order = ORDERS[dice.below(ORDERS.len() as u64) as usize];
        fields.push(format!("sort={order}"));
    }
    if fields.is_empty() { "/works".to_owned() } else { format!("/works?{}", fields.join("&")) }
}

/// The address behind “Next page”, if the page has it.
pub(super) fn next_page(page: &str) -> Option<String> {
    let (before, _) = page.split_once("\" rel=\"next\"")?;
    let (_, address) = before.rsplit_once("href=\"")?;
    Some(address.replace("&amp;", "&").replace("&#38;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_dice_ask_the_same_and_what_they_ask_is_mixed() {
        let asked = |seed| {
            let mut dice = Dice::new(seed);
            (0..200).map(|_| address(&mut dice, 10)).collect::<Vec<_>>()
        };
        let (one, mut other) = (asked(1), asked(2));
        assert_eq!(one, asked(1));
        assert_ne!(one, other);
        for part in ["/works?with", "q=", "sort=words", "words_to"] {
            assert!(other.iter().any(|address| address.contains(part)), "{part}");
        }
        other.sort();
        other.dedup();
        assert!(other.len() > 100, "{}", other.len());
    }

    #[test]
    fn the_next_page_is_the_one_the_page_names() {
        let page = "<a href=\"/works?after=1\" rel=\"prev\">x</a><a href=\"/works?q=a&#38;after=2\" rel=\"next\">";
        assert_eq!(next_page(page).as_deref(), Some("/works?q=a&after=2"));
        assert_eq!(next_page("<a href=\"/works\">"), None);
    }
}
