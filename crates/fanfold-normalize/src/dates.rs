//! When it was written, published, updated and captured. The order of day and month is decided by the work's own other
//! dates or its language, never assumed; a date in the future is a mistake of the source and is dropped.

use crate::date_forms::{DateRead, DayOrder, read_date};
use crate::draft::{Draft, Value};
use crate::fold::fold;
use crate::phrase::is_none_word;
use fanfold_model::{FieldKind, FindingCode, PartialDate};

const KINDS: [(FieldKind, &str); 4] = [
    (FieldKind::Written, "written"),
    (FieldKind::Published, "published"),
    (FieldKind::Updated, "updated"),
    (FieldKind::Captured, "captured"),
];

/// Languages whose writers put the day first.
const DAY_FIRST: &[&str] = &[
    "de", "fr", "it", "es", "pt", "pt-BR", "ru", "nl", "pl", "cs", "sk", "uk", "fi", "da", "no",
    "nb", "tr", "ro",
];

/// Date labels of those languages, folded: the label tells the language where nothing else does.
const DAY_FIRST_LABELS: &[&str] = &[
    "datum",
    "erschienen",
    "veroffentlicht",
    "geschrieben",
    "aktualisiert",
    "publie",
    "publiee",
    "publie le",
    "mise a jour",
    "ecrit",
    "ecrite",
    "data",
    "pubblicata",
    "pubblicato",
    "aggiornata",
    "scritta",
    "fecha",
    "publicado",
    "publicada",
    "actualizado",
    "actualizada",
    "escrito",
    "escrita",
    "atualizado",
    "дата",
    "дата публикации",
    "опубликовано",
    "обновлено",
    "написано",
    "дата написания",
];

/// Reads the four dates.
pub(crate) fn read(draft: &mut Draft<'_>) {
    let order = day_order(draft);
    for (kind, name) in KINDS {
        let values = draft.values(kind);
        let Some(date) = values.iter().find_map(|value| one(draft, value, name, order)) else {
            continue;
        };
        match kind {
            FieldKind::Written => draft.work.written = Some(date),
            FieldKind::Published => draft.work.published = Some(date),
            FieldKind::Updated => draft.work.updated = Some(date),
            _ => draft.work.captured = Some(date),
        }
    }
}

fn one(
    draft: &mut Draft<'_>,
    value: &Value<'_>,
    name: &str,
    order: DayOrder,
) -> Option<PartialDate> {
    if is_none_word(&fold(&value.text)) {
        return None;
    }
    let read = read_date(&value.text, order, this_year(draft.context.today));
    if read.ambiguous {
        let message = read.date.map_or_else(
            || format!("“{}” is not one certain date", value.text),
            |date| format!("“{}” was taken as {date} only", value.text),
        );
        draft.finding(FindingCode::DATE_AMBIGUOUS, message, value.field);
    }
    match read {
        DateRead { date: Some(date), .. } if is_future(date, draft.context.today) => {
            draft.finding(
                FindingCode::DATE_UNREADABLE,
                format!("“{}” lies in the future and was left out", value.text),
                value.field,
            );
            None
        }
        DateRead { date: Some(date), .. } => {
            draft.evidence(name, value.field);
            Some(date)
        }
        DateRead { date: None, ambiguous } => {
            if !ambiguous {
                draft.finding(
                    FindingCode::DATE_UNREADABLE,
                    format!("“{}” was not understood as a date", value.text),
                    value.field,
                );
            }
            None
        }
    }
}

/// A chapter's date; unreadable ones are left out.
pub(crate) fn chapter_date(draft: &Draft<'_>, written: &str) -> Option<PartialDate> {
    let read = read_date(written, day_order(draft), this_year(draft.context.today));
    read.date.filter(|date| !is_future(*date, draft.context.today))
}

/// A day of grace: somewhere it is tomorrow already.
fn is_future(date: PartialDate, today: i32) -> bool {
    date.first_day() > today.saturating_add(1)
}

fn this_year(today: i32) -> i16 {
    PartialDate::from_day(today).map_or(2100, PartialDate::year)
}

/// The habit that the work's other dates show ("25/12/2003" puts the day first), else that of its language.
fn day_order(draft: &Draft<'_>) -> DayOrder {
    if let Some(day_first) = draft.context.answers.day_first() {
        return if day_first { DayOrder::DayFirst } else { DayOrder::MonthFirst };
    }
    let year = this_year(draft.context.today);
    let (mut day_first, mut month_first) = (false, false);
    let fields = KINDS
        .iter()
        .flat_map(|(kind, _)| draft.extracted.fields_of(*kind))
        .map(|field| field.value.as_str());
    let chapters =
        draft.extracted.chapters.iter().filter_map(|chapter| chapter.published.as_deref());
    for value in fields.chain(chapters) {
        let as_day_first = read_date(value, DayOrder::DayFirst, year);
        let unknown = read_date(value, DayOrder::Unknown, year);
        if unknown.ambiguous || unknown != as_day_first {
            continue;
        }
        match shown_order(value) {
            DayOrder::DayFirst => day_first = true,
            DayOrder::MonthFirst => month_first = true,
            DayOrder::Unknown => {}
        }
    }
    let labels = KINDS.iter().flat_map(|(kind, _)| draft.extracted.fields_of(*kind));
    let foreign =
        |label: &str| DAY_FIRST_LABELS.contains(&fold(label).trim_end_matches([':', ' ']));
    let labelled = labels.map(|field| field.label.as_str()).any(foreign);
    match (day_first, month_first) {
        (true, false) => DayOrder::DayFirst,
        (false, true) => DayOrder::MonthFirst,
        (true, true) => DayOrder::Unknown,
        (false, false) if labelled => DayOrder::DayFirst,
        (false, false)
            if draft.work.language.as_deref().is_some_and(|code| DAY_FIRST.contains(&code)) =>
        {
            DayOrder::DayFirst
        }
        (false, false) => DayOrder::Unknown,
    }
}

/// Which order a date of three numbers shows, if one of its first two can only be a day.
fn shown_order(value: &str) -> DayOrder {
    let numbers: Vec<u32> =
        value.trim().split(['/', '.', '-']).filter_map(|part| part.trim().parse().ok()).collect();
    match numbers.as_slice() {
        [first, second, _] if (13..=31).contains(first) && (1..=12).contains(second) => {
            DayOrder::DayFirst
        }
        [first, second, _] if (1..=12).contains(first) && (13..=31).contains(second) => {
            DayOrder::MonthFirst
        }
        _ => DayOrder::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use crate::samples::{codes, field, work};
    use fanfold_model::{FieldKind, PartialDate};

    fn date(text: &str) -> Option<PartialDate> {
        text.parse().ok()
    }

    #[test]
    fn each_date_goes_to_its_own_field() {
        let work = work([
            field(FieldKind::Written, "Written", "Spring 2002"),
            field(FieldKind::Published, "Date", "14 March 2003"),
            field(FieldKind::Updated, "Updated", "2004-02"),
            field(FieldKind::Captured, "Captured", "20060704"),
        ]);
        assert_eq!(
            (work.written, work.published, work.updated, work.captured),
            (date("2002"), date("2003-03-14"), date("2004-02"), date("2006-07-04"))
        );
    }

    #[test]
    fn an_ambiguous_date_keeps_its_year_and_asks() {
        let work = work([field(FieldKind::Written, "Written", "3/5/02")]);
        assert_eq!(work.written, date("2002"));
        assert!(codes(&work).contains(&"date-ambiguous"));
    }

    #[test]
    fn another_date_of_the_work_shows_the_order() {
        for (other, expected) in [("25/12/2003", "2002-05-03"), ("12/25/2003", "2002-03-05")] {
            let work = work([
                field(FieldKind::Written, "Written", "3/5/02"),
                field(FieldKind::Updated, "Updated", other),
            ]);
            assert_eq!(work.written, date(expected), "{other}");
        }
    }

    #[test]
    fn the_stated_language_shows_the_order() {
        let work = work([
            field(FieldKind::Language, "Sprache", "Deutsch"),
            field(FieldKind::Published, "Datum", "3.5.2002"),
        ]);
        assert_eq!(work.published, date("2002-05-03"));
    }

    #[test]
    fn a_label_in_another_language_shows_the_order() {
        for (label, expected) in [("Datum", "2004-04-01"), ("Date", "2004")] {
            let work = work([field(FieldKind::Published, label, "01.04.2004")]);
            assert_eq!(work.published, date(expected), "{label}");
        }
    }

    #[test]
    fn the_future_is_dropped_and_said() {
        let work = work([field(FieldKind::Published, "Published", "2031-01-01")]);
        assert_eq!(work.published, None);
        assert!(codes(&work).contains(&"date-unreadable"));
    }
}
