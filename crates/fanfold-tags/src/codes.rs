//! Initials and run-together names of persons: "SH" and "Sh" for Sherlock Holmes, "Robian" for Robin and Marian.

/// Letters that a run-together name takes from each person at least.
const SHARE: usize = 2;
/// Initials are at most this long.
const INITIALS: usize = 3;

/// "h" or "ho" for Holmes, "sh" for Sherlock Holmes. Both in small letters, a person as words.
#[must_use]
pub fn are_initials(code: &str, person: &[String]) -> bool {
    let initials: String = person.iter().filter_map(|word| word.chars().next()).collect();
    let short = (1..=INITIALS).contains(&code.chars().count());
    short && (person.iter().any(|word| word.starts_with(code)) || initials == code)
}

/// Whether a word is the beginning of a name of one and the beginning or end of a name of the other, with nothing
/// between. All in small letters, persons as words.
#[must_use]
pub fn is_run_together(code: &str, first: &[String], second: &[String]) -> bool {
    let whole = first.iter().chain(second).any(|word| word == code);
    let splits = code.char_indices().map(|(at, _)| code.split_at(at));
    !whole
        && splits.filter(|(head, _)| head.chars().count() >= SHARE).any(|(head, tail)| {
            tail.chars().count() >= SHARE
                && first.iter().any(|word| word.starts_with(head))
                && second.iter().any(|word| word.starts_with(tail) || word.ends_with(tail))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str) -> Vec<String> {
        name.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn initials_are_of_a_word_or_of_all_words() {
        let holmes = person("sherlock holmes");
        for code in ["s", "h", "ho", "sh", "she", "hol"] {
            assert!(are_initials(code, &holmes), "{code}");
        }
        for code in ["", "w", "hs", "holm", "sherlock"] {
            assert!(!are_initials(code, &holmes), "{code}");
        }
    }

    #[test]
    fn a_run_together_name_takes_from_both() {
        let (robin, marian) = (person("robin hood"), person("maid marian"));
        for code in ["robian", "roma", "hooma", "marian"] {
            assert_eq!(is_run_together(code, &robin, &marian), code != "marian", "{code}");
        }
        assert!(!is_run_together("robiner", &robin, &marian));
        assert!(!is_run_together("ro", &robin, &marian));
    }
}
