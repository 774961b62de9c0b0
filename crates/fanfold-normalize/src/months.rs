//! Month names in the languages of headers, folded; a name may be cut to three letters or more.

/// Names by month.
const MONTHS: [&[&str]; 12] = [
    &[
        "january",
        "januar",
        "janner",
        "janvier",
        "gennaio",
        "enero",
        "janeiro",
        "января",
        "январь",
        "ene",
        "gen",
        "янв",
    ],
    &[
        "february",
        "februar",
        "feber",
        "fevrier",
        "febbraio",
        "febrero",
        "fevereiro",
        "февраля",
        "февраль",
        "fev",
        "фев",
    ],
    &["march", "marz", "maerz", "mars", "marzo", "marco", "марта", "март"],
    &["april", "avril", "aprile", "abril", "апреля", "апрель", "abr", "avr", "апр"],
    &["may", "mai", "maggio", "mayo", "maio", "мая", "май", "mag"],
    &["june", "juni", "juin", "giugno", "junio", "junho", "июня", "июнь", "giu"],
    &["july", "juli", "juillet", "luglio", "julio", "julho", "июля", "июль", "lug", "juil"],
    &["august", "aout", "agosto", "августа", "август", "ago", "авг"],
    &[
        "september",
        "septembre",
        "settembre",
        "septiembre",
        "setembro",
        "сентября",
        "сентябрь",
        "sept",
        "set",
        "sett",
        "сен",
    ],
    &[
        "october",
        "oktober",
        "octobre",
        "ottobre",
        "octubre",
        "outubro",
        "октября",
        "октябрь",
        "okt",
        "ott",
        "out",
        "окт",
    ],
    &["november", "novembre", "noviembre", "novembro", "ноября", "ноябрь", "ноя"],
    &[
        "december",
        "dezember",
        "decembre",
        "dicembre",
        "diciembre",
        "dezembro",
        "декабря",
        "декабрь",
        "dez",
        "dic",
        "дек",
    ],
];

/// The month that a folded word names, 1 to 12.
pub(crate) fn month(word: &str) -> Option<u8> {
    let word = word.trim_end_matches('.');
    let whole = MONTHS.iter().position(|names| names.contains(&word));
    // Cut names ("Octob", "Nov") of the long forms only, so that "mar" is March and "ma" is nothing.
    let cut = || {
        (word.chars().count() >= 3)
            .then(|| {
                MONTHS.iter().position(|names| {
                    names.iter().any(|name| name.len() > 4 && name.starts_with(word))
                })
            })
            .flatten()
    };
    whole.or_else(cut).and_then(|at| u8::try_from(at + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::month;

    #[test]
    fn months_are_known_in_seven_languages_and_cut_short() {
        for (word, number) in [
            ("oct", 10),
            ("oct.", 10),
            ("sept", 9),
            ("marz", 3),
            ("mar", 3),
            ("juin", 6),
            ("maggio", 5),
            ("enero", 1),
            ("março", 0),
            ("marco", 3),
            ("мая", 5),
            ("декабря", 12),
            ("jan", 1),
            ("jun", 6),
            ("jul", 7),
        ] {
            assert_eq!(month(word), (number > 0).then_some(number), "{word}");
        }
        for word in ["ma", "the", "", "second", "an", "de"] {
            assert_eq!(month(word), None, "{word}");
        }
    }
}
