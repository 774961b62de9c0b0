//! What initials, numbers and run-together names mean in the largest fandoms. The same letters mean other people
//! elsewhere ("J/C" is Janeway and Chakotay on one ship only), so a code is opened only for a work of that fandom, and
//! only as a suggestion: the creator's wording stays. A library learns further codes from its own tags.

use crate::fold::fold;
use crate::phrase::has_any;

/// The codes of one fandom.
struct Codes {
    /// Words that stand in the fandom's names, folded.
    fandom: &'static [&'static str],
    /// Code, folded, and the pair.
    pairs: &'static [(&'static str, &'static str)],
    /// Persons by number or letter, for codes such as 1x2 and R+1.
    numbered: &'static [(&'static str, &'static str)],
}

/// How the one fandom is named whose letter codes are also genres.
pub(crate) const X_FILES: &[&str] =
    &["x-files", "x files", "xfiles", "txf", "akte x", "aux frontieres du reel"];

const CODES: &[Codes] = &[
    Codes {
        fandom: &["star trek", "tos", "aos", "startrek"],
        pairs: &[
            ("k/s", "Kirk/Spock"),
            ("spirk", "Kirk/Spock"),
            ("s/mc", "Spock/McCoy"),
            ("k/mc", "Kirk/McCoy"),
            ("p/c", "Picard/Crusher"),
            ("p/q", "Picard/Q"),
            ("r/t", "Riker/Troi"),
            ("g/b", "Garak/Bashir"),
            ("j/c", "Janeway/Chakotay"),
            ("jc", "Janeway/Chakotay"),
            ("p/t", "Paris/Torres"),
            ("pt", "Paris/Torres"),
            ("d/7", "The Doctor/Seven of Nine"),
            ("d7", "The Doctor/Seven of Nine"),
            ("j/7", "Janeway/Seven of Nine"),
            ("tu", "Archer/T'Pol"),
        ],
        numbered: &[],
    },
    Codes {
        fandom: X_FILES,
        pairs: &[
            ("m/s", "Mulder/Scully"),
            ("msr", "Mulder/Scully"),
            ("m/sk", "Mulder/Skinner"),
            ("m/k", "Mulder/Krycek"),
            ("d/r", "Doggett/Reyes"),
        ],
        numbered: &[],
    },
    Codes {
        fandom: &["buffy", "btvs", "angel", "angel the series", "ats"],
        pairs: &[
            ("b/s", "Buffy/Spike"),
            ("spuffy", "Buffy/Spike"),
            ("b/a", "Buffy/Angel"),
            ("bangel", "Buffy/Angel"),
            ("b/x", "Buffy/Xander"),
            ("b/g", "Buffy/Giles"),
            ("w/t", "Willow/Tara"),
            ("w/o", "Willow/Oz"),
            ("x/a", "Xander/Anya"),
            ("s/x", "Spike/Xander"),
            ("spander", "Spike/Xander"),
            ("fuffy", "Faith/Buffy"),
            ("c/a", "Cordelia/Angel"),
        ],
        numbered: &[],
    },
    Codes {
        fandom: &["harry potter", "hp", "гарри поттер"],
        pairs: &[
            ("hp/dm", "Harry Potter/Draco Malfoy"),
            ("h/d", "Harry Potter/Draco Malfoy"),
            ("drarry", "Harry Potter/Draco Malfoy"),
            ("драрри", "Harry Potter/Draco Malfoy"),
            ("hg/dm", "Hermione Granger/Draco Malfoy"),
            ("dramione", "Hermione Granger/Draco Malfoy"),
            ("hp/ss", "Harry Potter/Severus Snape"),
            ("ss/hp", "Harry Potter/Severus Snape"),
            ("snarry", "Harry Potter/Severus Snape"),
            ("снарри", "Harry Potter/Severus Snape"),
            ("ss/hg", "Hermione Granger/Severus Snape"),
            ("hg/ss", "Hermione Granger/Severus Snape"),
            ("rw/hg", "Ron Weasley/Hermione Granger"),
            ("romione", "Ron Weasley/Hermione Granger"),
            ("hp/gw", "Harry Potter/Ginny Weasley"),
            ("hinny", "Harry Potter/Ginny Weasley"),
            ("rl/sb", "Remus Lupin/Sirius Black"),
            ("sb/rl", "Remus Lupin/Sirius Black"),
            ("wolfstar", "Remus Lupin/Sirius Black"),
            ("jily", "James Potter/Lily Evans"),
        ],
        numbered: &[],
    },
    Codes {
        fandom: &["stargate", "sg-1", "sg1", "sga"],
        pairs: &[
            ("s/j", "Sam Carter/Jack O'Neill"),
            ("j/s", "Sam Carter/Jack O'Neill"),
            ("j/d", "Jack O'Neill/Daniel Jackson"),
            ("mcshep", "Rodney McKay/John Sheppard"),
        ],
        numbered: &[],
    },
    Codes {
        fandom: &["sherlock"],
        pairs: &[
            ("johnlock", "Sherlock Holmes/John Watson"),
            ("h/w", "Sherlock Holmes/John Watson"),
            ("sheriarty", "Sherlock Holmes/Jim Moriarty"),
            ("mystrade", "Mycroft Holmes/Lestrade"),
        ],
        numbered: &[],
    },
    Codes {
        fandom: &["supernatural", "spn"],
        pairs: &[("destiel", "Dean Winchester/Castiel")],
        numbered: &[],
    },
    Codes {
        fandom: &["merlin"],
        pairs: &[("merthur", "Merlin/Arthur"), ("mergana", "Merlin/Morgana")],
        numbered: &[],
    },
    Codes { fandom: &["csi"], pairs: &[("gsr", "Gil Grissom/Sara Sidle")], numbered: &[] },
    Codes {
        fandom: &["due south"],
        pairs: &[("f/k", "Fraser/Kowalski"), ("f/v", "Fraser/Vecchio")],
        numbered: &[],
    },
    Codes { fandom: &["smallville"], pairs: &[("clex", "Clark Kent/Lex Luthor")], numbered: &[] },
    Codes {
        fandom: &["sentinel", "the sentinel"],
        pairs: &[("j/b", "Jim Ellison/Blair Sandburg")],
        numbered: &[],
    },
    Codes { fandom: &["highlander"], pairs: &[("d/m", "Duncan/Methos")], numbered: &[] },
    Codes { fandom: &["xena"], pairs: &[("x/g", "Xena/Gabrielle")], numbered: &[] },
    Codes {
        fandom: &["star wars", "phantom menace", "tpm"],
        pairs: &[
            ("q/o", "Qui-Gon Jinn/Obi-Wan Kenobi"),
            ("qui/obi", "Qui-Gon Jinn/Obi-Wan Kenobi"),
            ("reylo", "Rey/Kylo Ren"),
            ("stormpilot", "Finn/Poe Dameron"),
        ],
        numbered: &[],
    },
    Codes {
        fandom: &["once upon a time", "ouat"],
        pairs: &[("swanqueen", "Emma Swan/Regina Mills"), ("rumbelle", "Rumplestiltskin/Belle")],
        numbered: &[],
    },
    Codes {
        fandom: &["teen wolf"],
        pairs: &[("sterek", "Stiles Stilinski/Derek Hale")],
        numbered: &[],
    },
    Codes {
        fandom: &["marvel", "avengers", "the avengers", "mcu", "captain america"],
        pairs: &[("stucky", "Steve Rogers/Bucky Barnes"), ("stony", "Steve Rogers/Tony Stark")],
        numbered: &[],
    },
    Codes {
        fandom: &["glee"],
        pairs: &[
            ("klaine", "Kurt Hummel/Blaine Anderson"),
            ("faberry", "Quinn Fabray/Rachel Berry"),
        ],
        numbered: &[],
    },
    Codes {
        fandom: &["the 100"],
        pairs: &[("clexa", "Clarke Griffin/Lexa"), ("bellarke", "Bellamy Blake/Clarke Griffin")],
        numbered: &[],
    },
    Codes {
        fandom: &["walking dead", "the walking dead"],
        pairs: &[("caryl", "Carol Peletier/Daryl Dixon")],
        numbered: &[],
    },
    Codes {
        fandom: &["haikyuu"],
        pairs: &[("kagehina", "Kageyama Tobio/Hinata Shouyou")],
        numbered: &[],
    },
    Codes {
        fandom: &["my hero academia", "boku no hero academia", "bnha"],
        pairs: &[("bakudeku", "Bakugou Katsuki/Midoriya Izuku")],
        numbered: &[],
    },
    Codes {
        fandom: &["good omens"],
        pairs: &[("ineffable husbands", "Aziraphale/Crowley")],
        numbered: &[],
    },
    Codes {
        fandom: &["gundam wing", "gw"],
        pairs: &[],
        numbered: &[
            ("1", "Heero Yuy"),
            ("2", "Duo Maxwell"),
            ("3", "Trowa Barton"),
            ("4", "Quatre Raberba Winner"),
            ("5", "Chang Wufei"),
            ("6", "Zechs Merquise"),
            ("9", "Lucrezia Noin"),
            ("13", "Treize Khushrenada"),
            ("r", "Relena Peacecraft"),
        ],
    },
];

/// Run-together names that no table opens; they only tell a pair from a single person.
const UNOPENED: &[&str] = &["frerard", "larry", "wincest"];

/// Whether a folded word is a pair's run-together name or nickname in some fandom.
pub(crate) fn is_smushed(folded: &str) -> bool {
    let known = |codes: &Codes| codes.pairs.iter().any(|(code, _)| *code == folded);
    let word = folded.chars().count() >= 3 && !folded.contains('/');
    word && (UNOPENED.contains(&folded) || CODES.iter().any(known))
}

/// The pair that a code means in one of these fandoms; `None` if no table knows it. Case and blanks do not matter.
#[must_use]
pub fn opened(code: &str, fandoms: &[String]) -> Option<String> {
    let folded = fold(code).replace(' ', "");
    let spaced = fold(code);
    let of_fandom =
        |codes: &&Codes| fandoms.iter().any(|fandom| has_any(&fold(fandom), codes.fandom));
    CODES.iter().filter(of_fandom).find_map(|codes| {
        let known = codes.pairs.iter().find(|(known, _)| *known == folded || *known == spaced);
        known.map(|(_, pair)| (*pair).to_owned()).or_else(|| by_numbers(&folded, codes.numbered))
    })
}

/// "1x2x5" and "R+1" by the persons' numbers; a plus is a hint or a friendship, so it is written with an ampersand.
fn by_numbers(folded: &str, numbered: &[(&str, &str)]) -> Option<String> {
    let person = |number: &str| numbered.iter().find(|(known, _)| *known == number);
    for (joint, written) in [('x', "/"), ('\u{d7}', "/"), ('/', "/"), ('+', " & ")] {
        let persons: Option<Vec<&str>> =
            folded.split(joint).map(|number| person(number).map(|(_, name)| *name)).collect();
        if let Some(persons) = persons.filter(|persons| persons.len() >= 2) {
            return Some(persons.join(written));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened_in(code: &str, fandom: &str) -> Option<String> {
        opened(code, &[fandom.to_owned()])
    }

    #[test]
    fn a_code_is_opened_in_its_own_fandom_only() {
        assert_eq!(opened_in("K/S", "Star Trek: TOS").as_deref(), Some("Kirk/Spock"));
        assert_eq!(opened_in("k / s", "Star Trek").as_deref(), Some("Kirk/Spock"));
        assert_eq!(opened_in("JC", "Star Trek: Voyager").as_deref(), Some("Janeway/Chakotay"));
        assert_eq!(opened_in("J/C", "Treasure Island"), None);
        assert_eq!(opened_in("K/S", "Knight Rider"), None);
        assert_eq!(opened_in("Johnlock", "Dracula"), None);
    }

    #[test]
    fn numbers_are_persons_of_one_fandom_and_a_plus_is_no_romance() {
        let wing = "Gundam Wing";
        assert_eq!(opened_in("1x2", wing).as_deref(), Some("Heero Yuy/Duo Maxwell"));
        assert_eq!(opened_in("R+1", wing).as_deref(), Some("Relena Peacecraft & Heero Yuy"));
        assert_eq!(opened_in("13+5", wing).as_deref(), Some("Treize Khushrenada & Chang Wufei"));
        assert_eq!(opened_in("1x77", wing), None);
        assert_eq!(opened_in("1x2", "Sherlock Holmes"), None);
    }

    #[test]
    fn a_run_together_name_is_no_single_person() {
        assert!(is_smushed("spuffy") && is_smushed("larry") && is_smushed("ineffable husbands"));
        assert!(!is_smushed("watson") && !is_smushed("k/s") && !is_smushed("pt"));
    }
}
