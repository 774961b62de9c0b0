//! The rating. A rating is **never lowered**: of several levels the strictest counts, and where a mark can mean two,
//! the stricter is taken and a person is asked. It is never inferred from the text; what is not understood stays unset.

use crate::draft::{Draft, Value};
use crate::fold::fold;
use crate::phrase::{has_any, is_none_word};
use crate::rating_levels::{Certainty, levels};
use fanfold_model::{Evidence, FieldKind, FindingCode, Rating};

/// Words beside a rating that make the stricter of two readings the right one.
const SEXUAL: &[&str] = &[
    "sex",
    "sexual",
    "sexuality",
    "smut",
    "lemon",
    "lemons",
    "porn",
    "pwp",
    "explicit",
    "erotic*",
    "sexe",
    "sesso",
    "sexo",
    "секс",
    "slashy bits",
    "nudity",
];

/// Words of a part that is not in this text.
const ELSEWHERE: &[&str] = &[
    "posted separately",
    "separate file",
    "separate version",
    "posted elsewhere",
    "version available",
    "available separately",
    "on request",
];

/// Answers that give no rating.
const DO_NOT_KNOW: &[&str] = &[
    "don't know",
    "dont know",
    "do not know",
    "no idea",
    "not sure",
    "who knows",
    "no clue",
    "dunno",
    "can't tell",
    "you tell me",
    "you decide",
    "undecided",
    "keine ahnung",
    "je ne sais pas",
    "non lo so",
    "no se",
    "nao sei",
    "не знаю",
    "tbd",
    "?",
    "??",
    "???",
    "n/a",
];

/// The rule of a value that a person settled.
pub const ANSWER: &str = "answer";

/// What a value says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) level: Rating,
    /// Whether another level is possible.
    pub(crate) ambiguous: bool,
}

/// Reads the rating from all rating fields; the strictest wins.
pub(crate) fn read(draft: &mut Draft<'_>) {
    let mut strictest: Option<(Said, &str)> = None;
    let mut differs = false;
    let values = draft.values(FieldKind::Rating);
    for value in &values {
        if let Some(level) = draft.context.answers.rating(&value.text) {
            strictest = answered(draft, value, level, strictest);
            continue;
        }
        let Some(said) = value_says(value) else {
            unknown(draft, value);
            continue;
        };
        differs |= strictest.as_ref().is_some_and(|(before, _)| before.level != said.level);
        if said.ambiguous {
            let message = format!("“{}” was read as {}", value.text, said.level);
            draft.finding(FindingCode::RATING_AMBIGUOUS, message, value.field);
        }
        if strictest
            .as_ref()
            .is_none_or(|(before, _)| said.level.strictness() > before.level.strictness())
        {
            strictest = Some((said, &value.text));
            draft.work.evidence.retain(|(name, _)| name != "rating");
            draft.evidence("rating", value.field);
        }
    }
    if differs && !draft.has_finding(FindingCode::RATING_AMBIGUOUS) {
        draft.finding_nowhere(
            FindingCode::RATING_AMBIGUOUS,
            "the source gives several ratings; the strictest was taken",
        );
    }
    draft.work.rating = strictest.map(|(said, _)| said.level);
}

/// A wording that a person has settled: its level counts beside the others, and nobody is asked again.
fn answered<'v>(
    draft: &mut Draft<'_>,
    value: &'v Value<'_>,
    level: Rating,
    before: Option<(Said, &'v str)>,
) -> Option<(Said, &'v str)> {
    if before.as_ref().is_some_and(|(said, _)| said.level.strictness() >= level.strictness()) {
        return before;
    }
    draft.work.evidence.retain(|(name, _)| name != "rating");
    let (source, span) = (value.field.source, value.field.span);
    let evidence = Evidence { rule: ANSWER.to_owned(), source, span, confidence: 1.0 };
    draft.work.evidence.push(("rating".to_owned(), evidence));
    Some((Said { level, ambiguous: false }, &value.text))
}

fn value_says(value: &Value<'_>) -> Option<Said> {
    let exact = if value.exact { Rating::from_name(&value.text) } else { None };
    exact.map(|level| Said { level, ambiguous: false }).or_else(|| says(&value.text))
}

fn unknown(draft: &mut Draft<'_>, value: &Value<'_>) {
    if is_none_word(&fold(&value.text)) {
        return;
    }
    draft.finding(
        FindingCode::RATING_UNKNOWN,
        format!("“{}” is no rating we know", value.text),
        value.field,
    );
    if has_any(
        &fold(&value.text),
        &["same as the show", "same as the series", "as the show", "like the show"],
    ) {
        draft.suggest("rating", Rating::Teen.as_str(), 0.4, "It is said to be like the show.");
    }
}

/// What a value says about the rating; `None` if it names no level.
pub(crate) fn says(text: &str) -> Option<Said> {
    let folded = fold(text);
    let found = levels(text);
    if found.is_empty() {
        return has_any(&folded, DO_NOT_KNOW)
            .then_some(Said { level: Rating::NotRated, ambiguous: false })
            .or_else(|| {
                (!folded.is_empty() && folded.chars().all(|c| c == '?'))
                    .then_some(Said { level: Rating::NotRated, ambiguous: false })
            });
    }
    let sexual = has_any(&folded, SEXUAL);
    let counted = counted(text, sexual);
    let level = counted.iter().copied().max_by_key(|level| level.strictness())?;
    let several = found.iter().any(|mark| mark.level != found[0].level);
    let doubtful = found.iter().any(|mark| match mark.certainty {
        Certainty::Sure => false,
        Certainty::MoreIfSexual(_) => sexual,
        Certainty::Doubtful => mark.level == level,
    });
    Some(Said { level, ambiguous: several || doubtful || has_any(&folded, DO_NOT_KNOW) })
}

/// The levels that count: all, unless a clause says that its level is in another text.
fn counted(text: &str, sexual: bool) -> Vec<Rating> {
    let of = |text: &str| -> Vec<Rating> {
        levels(text)
            .into_iter()
            .map(|mark| match mark.certainty {
                Certainty::MoreIfSexual(more) if sexual => more,
                _ => mark.level,
            })
            .collect()
    };
    if !has_any(&fold(text), ELSEWHERE) {
        return of(text);
    }
    let here: Vec<Rating> = text
        .split([',', ';', '(', ')', '.', '\n'])
        .filter(|clause| !has_any(&fold(clause), ELSEWHERE))
        .flat_map(of)
        .collect();
    if here.is_empty() { of(text) } else { here }
}

#[cfg(test)]
mod tests {
    use super::says;
    use crate::samples::{codes, field, ruled, work};
    use fanfold_model::{
        FieldKind,
        Rating::{Explicit, General, Mature, NotRated, Teen},
    };
    use proptest::prelude::*;

    #[test]
    fn ratings_of_many_schemes_and_languages_are_known() {
        for (level, written) in [
            (
                General,
                "G|g|PG|pg|K|K+|All Ages|Gen|General|A - All Readers|FR7|FRC|Tout public|Verde|PG (K+)|P - Pre-Teen|U|P6|FSK 6|ab 6 Jahren|0+|6+|Rated G|[PG]|(G)|Per tutti|Todo público|Livre|全年齢|全年龄|Для всех|K, I think|TV-PG|G.|Rated: K+",
            ),
            (
                Teen,
                "PG-13|PG13|PG -13|pg 13|PG\u{2011}13|Teen|T|t|12+|13+|14 et +|FR13|FRT|P12|Giallo|PG-13 to be safe|PG-13 at least|PG-13, for one very strong cup of tea|FR15|15|R-15|Rated T|PG-14|PG-15|T (a K, really, but who asks)|Fiction Rated: T|Teen And Up Audiences|FSK 12|ab 12|TV-14|+13|Rating: T for tea",
            ),
            (
                Mature,
                "R|A mild R|M|R-16|16+|FRM|P16|Arancione|FR18|Mature|Mature (for tax law)|R for language|hard R|(R)|Restricted|soft R|P 16|FSK 16|mayores de 16|Rated M|Mature Audiences|R.|R/G|G/R|16 ans et plus",
            ),
            (
                Explicit,
                "NC-17|NC17|NC 17|nc-17|MA|18+|X|FRAO|FR21|P18|P18-AVL|Rosso|Adult++|NC-21|R/NC-17|R, and in spots NC-17|PG13 (there might be some NC17 parts)|R-18|R18|18禁|限制级|成人|VM18|Explicit|E|Adults only|interdit aux moins de 18 ans|XXX|PG to NC-17|M/E|K/X",
            ),
            (
                NotRated,
                "Not Rated|Unrated|Unrated. Nobody would tell me what it is.|NR|Huh, I don't know|no idea|?|без рейтинга|未分级",
            ),
        ] {
            for written in written.split('|') {
                assert_eq!(says(written).map(|said| said.level), Some(level), "{written}");
            }
        }
    }

    #[test]
    fn words_that_only_look_like_ratings_are_none() {
        for written in [
            "",
            "see the last chapter",
            "a kiss and a quarrel",
            "3 biscuits out of 5",
            "K/S",
            "m/m",
            "don't worry",
            "fluffy",
            "Sherlock",
        ] {
            assert_eq!(says(written), None, "{written}");
        }
    }

    #[test]
    fn remarks_beside_a_rating_do_not_raise_it() {
        for (written, level) in [
            ("PG for a kiss", General),
            ("G, m/m hand-holding", General),
            ("PG-13, K/S", Teen),
            ("G (can't hurt anyone)", General),
            ("PG-13 for chapter 18", Teen),
        ] {
            assert_eq!(says(written).map(|said| said.level), Some(level), "{written}");
        }
    }

    #[test]
    fn two_possible_levels_give_the_higher_and_ask_a_person() {
        for (written, level) in [
            ("R/NC-17", Explicit),
            ("PG-13 or R", Mature),
            ("FR15 for sexual situations", Mature),
            ("R for explicit sex", Explicit),
            ("Adult", Explicit),
            ("T (a K, really)", Teen),
        ] {
            let work = work([field(FieldKind::Rating, "Rating", written)]);
            assert_eq!(work.rating, Some(level), "{written}");
            assert!(codes(&work).contains(&"rating-ambiguous"), "{written}");
        }
        assert!(
            !codes(&work([field(FieldKind::Rating, "Rating", "PG-13")]))
                .contains(&"rating-ambiguous")
        );
    }

    #[test]
    fn a_level_that_lies_in_another_file_does_not_count() {
        assert_eq!(says("R (NC-17 parts posted separately)").map(|said| said.level), Some(Mature));
    }

    #[test]
    fn an_unknown_rating_stays_unset_and_keeps_its_wording() {
        let work = work([field(FieldKind::Rating, "Rating", "four biscuits")]);
        assert_eq!(work.rating, None);
        assert!(codes(&work).contains(&"rating-unknown"));
        assert_eq!(work.original, [("Rating".to_owned(), vec!["four biscuits".to_owned()])]);
        assert!(work.evidence.iter().all(|(name, _)| name != "rating"));
    }

    #[test]
    fn of_several_fields_the_strictest_counts_and_is_the_evidence() {
        let work = work([
            field(FieldKind::Rating, "Rating", "PG"),
            ruled(FieldKind::Rating, "", "R", "bracket"),
        ]);
        assert_eq!(work.rating, Some(Mature));
        assert_eq!(
            work.evidence
                .iter()
                .find(|(name, _)| name == "rating")
                .map(|(_, evidence)| evidence.rule.as_str()),
            Some("bracket")
        );
    }

    proptest! {
        #[test]
        fn a_rating_is_never_lower_than_any_level_mentioned(
            marks in prop::collection::vec(prop::sample::select(vec![
                ("G", General), ("K+", General), ("PG-13", Teen), ("T", Teen), ("FRT", Teen), ("R", Mature), ("16+", Mature), ("Mature", Mature),
                ("NC-17", Explicit), ("MA", Explicit), ("Rosso", Explicit), ("P12", Teen), ("all ages", General), ("Explicit", Explicit), ("Arancione", Mature),
            ]), 1..4),
            joint in prop::sample::select(vec![" to ", "/", ", later ", " or ", " - ", "; maybe ", " (", "\n", " for tea and ", ". In parts "]),
        ) {
            let text = marks.iter().map(|(mark, _)| *mark).collect::<Vec<_>>().join(joint);
            let highest = marks.iter().map(|(_, level)| level.strictness()).max().unwrap_or(0);
            let said = says(&text).map(|said| said.level.strictness());
            prop_assert!(said >= Some(highest), "{}: {:?}", text, said);
        }

        #[test]
        fn any_text_is_read_without_a_panic_and_a_level_added_never_lowers(text in "\\PC{0,60}") {
            let before = says(&text).map(|said| said.level);
            let after = says(&format!("{text}, NC-17")).map(|said| said.level);
            prop_assert_eq!(after, Some(Explicit));
            if let Some(before) = before { prop_assert!(before.strictness() <= Explicit.strictness()); }
        }
    }
}
