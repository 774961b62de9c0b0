//! How far along a work is, and how many chapters it shall have. What the author says stands over what can be counted.

use crate::draft::{Draft, Value};
use crate::fold::fold;
use crate::lists::one_line;
use crate::phrase::{has_any, is_any};
use fanfold_model::{FieldKind, Status};
use std::cmp::Reverse;

const ABANDONED: &[&str] = &[
    "abandoned",
    "abandonned",
    "abandon*",
    "discontinued",
    "will not be finished",
    "won't be finished",
    "never to be finished",
    "dead",
    "orphaned",
    "withdrawn",
    "abgebrochen",
    "abbandonata",
    "abbandonato",
    "брошен*",
    "заброшен*",
    "отменен*",
    "弃坑",
    "已弃",
    "坑",
];

const HIATUS: &[&str] = &[
    "hiatus",
    "on hold",
    "paused",
    "suspended",
    "pausiert",
    "pause",
    "en pause",
    "in pausa",
    "en pausa",
    "em pausa",
    "em hiato",
    "sospesa",
    "заморожен*",
    "暂停",
    "休載",
    "停更",
];

const IN_PROGRESS: &[&str] = &[
    "wip",
    "w.i.p",
    "in progress",
    "in-progress",
    "work in progress",
    "work-in-progress",
    "works in progress",
    "ongoing",
    "on-going",
    "on going",
    "incomplete",
    "unfinished",
    "not finished",
    "not complete",
    "not completed",
    "not yet complete",
    "tbc",
    "to be continued",
    "not done",
    "continuing",
    "active",
    "updating",
    "in corso",
    "non completa",
    "incompleta",
    "incompleto",
    "en cours",
    "inacheve",
    "inachevee",
    "en progreso",
    "en curso",
    "en proceso",
    "em andamento",
    "em progresso",
    "laufend",
    "in arbeit",
    "in bearbeitung",
    "wird fortgesetzt",
    "nicht abgeschlossen",
    "unvollendet",
    "unvollstandig",
    "в процессе",
    "в работе",
    "не закончен*",
    "не завершен*",
    "незакончен*",
    "незаверш*",
    "пишется",
    "连载",
    "連載",
    "连载中",
    "連載中",
    "未完",
    "未完结",
    "未完結",
];

const COMPLETE: &[&str] = &[
    "complete",
    "completed",
    "compleat",
    "finished",
    "done",
    "the end",
    "one-shot",
    "oneshot",
    "one shot",
    "last part",
    "final part",
    "final chapter",
    "last chapter",
    "all posted",
    "it's all posted",
    "posted in full",
    "standalone",
    "stand-alone",
    "stand alone",
    "completa",
    "completo",
    "completata",
    "completada",
    "conclusa",
    "concluso",
    "concluida",
    "concluido",
    "finita",
    "finito",
    "complet",
    "complete en",
    "termine",
    "terminee",
    "acheve",
    "achevee",
    "fini",
    "finie",
    "terminada",
    "terminado",
    "finalizada",
    "finalizado",
    "abgeschlossen",
    "fertig",
    "fertiggestellt",
    "beendet",
    "vollstandig",
    "закончен",
    "закончена",
    "закончено",
    "завершен",
    "завершена",
    "завершено",
    "完",
    "完结",
    "完結",
    "已完结",
    "已完結",
    "完成",
    "全",
];

/// Labels that ask "complete?", folded.
const ASKS_COMPLETE: &[&str] = &[
    "complete*",
    "finished*",
    "abgeschlossen*",
    "fertig*",
    "beendet*",
    "complet*",
    "conclu*",
    "termin*",
    "finaliz*",
    "acheve*",
    "voltooid*",
    "compleet*",
    "befejez*",
    "kesz",
    "dokoncen*",
    "ukoncen*",
    "zakonczon*",
    "ukonczon*",
    "avslutad*",
    "закончен*",
    "завершен*",
    "完结",
    "完結",
    "完成",
];

const YES: &[&str] = &[
    "yes", "y", "true", "1", "ja", "oui", "si", "sim", "igen", "ano", "tak", "да", "是", "はい",
    "yep", "yup", "yeah",
];
const NO: &[&str] = &[
    "no",
    "n",
    "false",
    "0",
    "nein",
    "non",
    "nao",
    "nee",
    "nem",
    "ne",
    "nie",
    "nej",
    "нет",
    "否",
    "いいえ",
    "nope",
    "not yet",
    "noch nicht",
    "pas encore",
    "ancora no",
];

/// Reads status and expected chapters.
pub(crate) fn read(draft: &mut Draft<'_>) {
    let mut stated = draft.values(FieldKind::Status);
    // A label stands over an end mark; of several joined files, the last knows best.
    stated.sort_by_key(|value| (of_mark(value).is_some(), Reverse(value.field.source)));
    for value in &stated {
        let said = of_label_and_value(&value.field.label, &value.text);
        if let Some(status) = said.or_else(|| of_mark(value)) {
            set(draft, status, value);
        }
    }
    let mut counted = draft.values(FieldKind::Chapters);
    counted.sort_by_key(|value| Reverse(value.field.source));
    for value in stated.iter().chain(&counted) {
        let Some((so_far, of)) = fraction(&value.text) else { continue };
        if let Some(of) = of {
            draft.work.chapters_expected = draft.work.chapters_expected.or(Some(of));
            draft.evidence("chapters_expected", value.field);
        }
        set(draft, if of == Some(so_far) { Status::Complete } else { Status::InProgress }, value);
    }
    from_part(draft);
    expected_of_the_finished(draft, &counted);
}

/// What the mark at the end of the text says by being one, in whatever language: "~ Fin ~", "Fortsetzung folgt".
fn of_mark(value: &Value<'_>) -> Option<Status> {
    match value.field.rule {
        "end-mark" => Some(Status::Complete),
        "goes-on-mark" => Some(Status::InProgress),
        _ => None,
    }
}

/// The first statement stands.
fn set(draft: &mut Draft<'_>, status: Status, value: &Value<'_>) {
    if draft.work.status == Status::Unknown {
        draft.work.status = status;
        draft.evidence("status", value.field);
    }
}

/// What a status field says: "Status: Complete", "Completed: Yes".
pub(crate) fn of_label_and_value(label: &str, value: &str) -> Option<Status> {
    let folded = fold(value);
    if is_any(&folded, YES) || is_any(&folded, NO) {
        let asks = has_any(&fold(label), ASKS_COMPLETE);
        return asks
            .then(|| if is_any(&folded, YES) { Status::Complete } else { Status::InProgress });
    }
    let head = one_line(&folded);
    if let Some((first, _)) = head
        .split_once([',', ';', '(', '-'])
        .filter(|(first, _)| is_any(first.trim(), YES) && has_any(&fold(label), ASKS_COMPLETE))
    {
        return (!first.is_empty()).then_some(Status::Complete);
    }
    said(&folded)
}

/// The status that a folded phrase names; the less finished one where several fit.
fn said(folded: &str) -> Option<Status> {
    let in_progress = has_any(folded, IN_PROGRESS);
    if has_any(folded, HIATUS) {
        Some(Status::Hiatus)
    } else if has_any(folded, ABANDONED)
        && !has_any(folded, &["not abandoned", "isn't abandoned", "never abandon*"])
    {
        Some(Status::Abandoned)
    } else if in_progress
        || folded.contains("/?")
        || has_any(
            folded,
            &[
                "when complete",
                "until complete",
                "almost complete",
                "nearly complete",
                "almost finished",
                "nearly finished",
                "not abandoned",
            ],
        )
    {
        Some(Status::InProgress)
    } else if has_any(folded, COMPLETE) {
        Some(Status::Complete)
    } else {
        None
    }
}

/// "3/5", "2/?", "Chapter 2 of 7", "(7/7)".
pub(crate) fn fraction(text: &str) -> Option<(u32, Option<u32>)> {
    let folded = fold(text);
    let spread = folded
        .replace(" of ", "/")
        .replace(" von ", "/")
        .replace(" sur ", "/")
        .replace(" di ", "/")
        .replace(" из ", "/")
        .replace(" / ", "/");
    spread.match_indices('/').find_map(|(at, _)| {
        let so_far: String = spread[..at]
            .chars()
            .rev()
            .take_while(char::is_ascii_digit)
            .collect::<String>()
            .chars()
            .rev()
            .collect();
        let rest = &spread[at + 1..];
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let more =
            rest[digits.len()..].starts_with('/') || spread[..at - so_far.len()].ends_with('/');
        let so_far: u32 = so_far.parse().ok().filter(|_| !more)?;
        if digits.is_empty() {
            return (rest.starts_with('?')
                || rest.starts_with('x') && !rest[1..].starts_with(char::is_alphanumeric))
            .then_some((so_far, None));
        }
        let of: u32 = digits.parse().ok()?;
        (so_far <= of && of > 0 && of < 10_000).then_some((so_far, Some(of)))
    })
}

/// "2/5" says how many there shall be; "1/1" in the title is a whole work; "2/?" is not finished.
fn from_part(draft: &mut Draft<'_>) {
    let Some(part) = &draft.extracted.part else { return };
    draft.work.chapters_expected = draft.work.chapters_expected.or(part.of);
    if draft.work.status != Status::Unknown {
        return;
    }
    if part.part == 1 && part.of == Some(part.through) {
        draft.work.status = Status::Complete;
    } else if part.of.is_none() && part.written.contains('?') {
        draft.work.status = Status::InProgress;
    }
}

/// "Chapters: 7" counts what is there; it is also the goal once the work is finished.
fn expected_of_the_finished(draft: &mut Draft<'_>, counted: &[Value<'_>]) {
    if draft.work.status != Status::Complete || draft.work.chapters_expected.is_some() {
        return;
    }
    if let Some((count, value)) = counted.iter().find_map(|value| {
        value
            .text
            .trim()
            .parse::<u32>()
            .ok()
            .filter(|n| (1..10_000).contains(n))
            .map(|n| (n, value))
    }) {
        draft.work.chapters_expected = Some(count);
        draft.evidence("chapters_expected", value.field);
    }
}

#[cfg(test)]
mod tests {
    use super::{fraction, of_label_and_value};
    use crate::samples::{field, normalized, of, part, ruled, work};
    use fanfold_model::{
        FieldKind,
        Status::{self, Abandoned, Complete, Hiatus, InProgress},
    };

    #[test]
    fn statuses_are_known_in_many_languages() {
        for (status, statements) in [
            (
                Complete,
                "Complete|COMPLETED|Finished!|Complete (7/7)|complete in six chapters|Completa|conclusa|terminé|abgeschlossen|закончен|Завершён|已完结|完|one-shot|It's all posted now",
            ),
            (
                InProgress,
                "WIP|Work in Progress|ongoing|Incomplete|not finished yet|in corso|en cours|em andamento|in Arbeit|в процессе|не закончен|连载中|will archive when complete|TBC|8/?",
            ),
            (Hiatus, "indefinite hiatus|On Hold|en pause|заморожен|complete? no, on hold"),
            (Abandoned, "Abandoned|discontinued|abgebrochen|заброшен"),
        ] {
            for statement in statements.split('|') {
                assert_eq!(of_label_and_value("Status", statement), Some(status), "{statement}");
            }
        }
        assert_eq!(of_label_and_value("Status", "posted on a Tuesday"), None);
    }

    #[test]
    fn yes_and_no_answer_the_label() {
        for (label, value, status) in [
            ("Completed", "Yes", Some(Complete)),
            ("Completed", "No", Some(InProgress)),
            ("Abgeschlossen", "Ja", Some(Complete)),
            ("Abgeschlossen", "Nein", Some(InProgress)),
            ("Complete?", "yes, finally", Some(Complete)),
            ("Status", "Yes", None),
            ("Закончен", "да", Some(Complete)),
            ("Completed", "Completed", Some(Complete)),
        ] {
            assert_eq!(of_label_and_value(label, value), status, "{label}: {value}");
        }
    }

    #[test]
    fn chapter_counts_say_how_far_it_is() {
        for (written, expected, status) in [
            ("4/4", Some(4), Complete),
            ("3/?", None, InProgress),
            ("2/5", Some(5), InProgress),
            ("1/1", Some(1), Complete),
            ("7", None, Status::Unknown),
            ("Chapter 2 of 7", Some(7), InProgress),
        ] {
            let work = work([field(FieldKind::Chapters, "Chapters", written)]);
            assert_eq!((work.chapters_expected, work.status), (expected, status), "{written}");
        }
        assert_eq!(fraction("25/12/2003"), None);
        assert_eq!(fraction("7/3"), None);
    }

    #[test]
    fn what_the_author_says_stands_over_the_count() {
        let work = work([
            field(FieldKind::Status, "Status", "Abandoned"),
            field(FieldKind::Chapters, "Chapters", "3/3"),
        ]);
        assert_eq!(work.status, Abandoned);
        assert_eq!(work.chapters_expected, Some(3));
    }

    #[test]
    fn the_last_of_several_joined_files_says_whether_it_ends() {
        let mark = |source, value| fanfold_model::ExtractedField {
            source,
            ..ruled(FieldKind::Status, "", value, "end-mark")
        };
        let joined = work([mark(0, "TBC"), mark(1, "THE END")]);
        assert_eq!(joined.status, Complete);
        let label = field(FieldKind::Status, "Status", "WIP");
        assert_eq!(work([mark(1, "THE END"), label]).status, InProgress);
    }

    #[test]
    fn an_end_mark_ends_the_work_in_any_language_and_dress() {
        for (rule, written, status) in [
            ("end-mark", "~ Fin ~", Complete),
            ("end-mark", "ENDE", Complete),
            ("end-mark", "Конец", Complete),
            ("goes-on-mark", "Fortsetzung folgt", InProgress),
            ("goes-on-mark", "À suivre...", InProgress),
        ] {
            assert_eq!(work([ruled(FieldKind::Status, "", written, rule)]).status, status);
        }
    }

    #[test]
    fn a_part_mark_tells_a_whole_work_from_an_open_one() {
        let mut extracted = of([]);
        extracted.part = Some(part(1, Some(1)));
        assert_eq!(normalized(&extracted).status, Complete);
        extracted.part = Some(part(2, None));
        assert_eq!(normalized(&extracted).status, InProgress);
        extracted.part = Some(part(2, Some(3)));
        assert_eq!(normalized(&extracted).status, Status::Unknown);
    }
}
