//! Where a part stands among the others: numbers, letters behind numbers ("1a/5", "1b/5"), prologues before the first
//! part and epilogues behind the last.

use fanfold_model::{PartMark, fold_name};

/// A part's place in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Numbering {
    /// An epilogue stands behind every number.
    is_epilogue: bool,
    part: u32,
    /// Posted in pieces: the letter of this one.
    letter: Option<char>,
    through: u32,
}

impl Numbering {
    /// The place that a mark states; `None` where it states none.
    pub(super) fn of(mark: &PartMark) -> Option<Self> {
        let written = fold_name(&mark.written);
        let is_epilogue = mark.part == 0 && written.contains("epilog");
        let is_before = mark.part == 0 && (mark.of.is_some() || written.contains("prolog"));
        let states = mark.part > 0 || is_before || is_epilogue;
        (states && mark.part <= mark.through).then(|| Self {
            is_epilogue,
            part: mark.part,
            letter: letter(&written),
            through: mark.through,
        })
    }

    /// Whether this one holds a numbered part.
    pub(super) fn covers(&self, part: u32) -> bool {
        !self.is_epilogue && (self.part..=self.through).contains(&part)
    }

    /// Whether this one holds that much of another: a whole part holds its pieces.
    pub(super) fn holds(&self, other: &Self, part: u32) -> bool {
        if self.is_epilogue || other.is_epilogue {
            return self.is_epilogue && other.is_epilogue;
        }
        self.covers(part) && (self.letter.is_none() || self.letter == other.letter)
    }

    /// The numbered parts in it; none for an epilogue.
    pub(super) fn parts(&self) -> std::ops::RangeInclusive<u32> {
        self.part..=self.through.min(self.part.saturating_add(10_000))
    }

    /// As a chapter's number says it.
    pub(super) fn written(&self) -> String {
        match (self.is_epilogue, self.part, self.letter) {
            (true, _, _) => "Epilogue".to_owned(),
            (false, 0, _) => "Prologue".to_owned(),
            (false, part, Some(letter)) => format!("{part}{letter}"),
            (false, part, None) => part.to_string(),
        }
    }
}

/// The letter right behind the first number: "(1a/7)", "Part 2b".
fn letter(written: &str) -> Option<char> {
    let start = written.find(|c: char| c.is_ascii_digit())?;
    let rest = written[start..].trim_start_matches(|c: char| c.is_ascii_digit());
    let mut chars = rest.chars();
    let letter = chars.next().filter(|c| ('a'..='h').contains(c))?;
    let ends = chars.next().is_none_or(|c| !c.is_alphanumeric());
    ends.then_some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(part: u32, written: &str, total: Option<u32>) -> Option<Numbering> {
        let (written, through) = (written.to_owned(), part);
        Numbering::of(&PartMark { part, through, of: total, written, span: None })
    }

    #[test]
    fn places_follow_numbers_letters_prologues_and_epilogues() {
        let places = [
            of(0, "Prologue", None),
            of(1, "(1a/3)", Some(3)),
            of(1, "Part 1b", None),
            of(2, "2 of 3", Some(3)),
            of(3, "Part Three", None),
            of(0, "Epilogue", None),
        ];
        let places: Vec<Numbering> = places.into_iter().map(|own| own.unwrap()).collect();
        assert!(places.windows(2).all(|pair| pair[0] < pair[1]));
        let written: Vec<String> = places.iter().map(Numbering::written).collect();
        assert_eq!(written, ["Prologue", "1a", "1b", "2", "3", "Epilogue"]);
        assert_eq!(of(0, "Interlude", None), None);
        assert!(of(0, "(00/?)", None).is_none() && of(0, "(0/5)", Some(5)).is_some());
    }
}
