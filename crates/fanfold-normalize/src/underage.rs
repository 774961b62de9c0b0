//! Underage content. Whatever label speaks of it, the work waits for the operator; a machine never publishes it.

use crate::draft::Draft;
use crate::fold::fold;
use crate::lists::tag_list;
use crate::phrase::has_any;
use crate::warning_words::UNDERAGE;
use crate::warnings::{Meaning, meaning};
use fanfold_model::{ExtractedField, FieldKind, FindingCode, TagKind, WARNINGS};

/// Labels that are looked at.
const KINDS: [FieldKind; 7] = [
    FieldKind::Warning,
    FieldKind::Freeform,
    FieldKind::Genre,
    FieldKind::Classification,
    FieldKind::Category,
    FieldKind::Rating,
    FieldKind::Relationship,
];

/// Wordings that name it.
const NAMED: &[&str] = &[
    "underage",
    "underaged",
    "under-age",
    "under age",
    "shota",
    "shotacon",
    "loli",
    "lolicon",
    "pedophil*",
    "paedophil*",
    "teen/adult sex",
    "adult/teen sex",
    "adult/minor",
    "minderjahrig*",
    "mineurs",
    "minorenn*",
    "menores de edad",
    "menor de idade",
    "несовершеннолет*",
    "педофил*",
    "未成年",
    "ショタ",
    "ロリ",
];

/// Wordings that may mean it; in warnings only.
const NEAR: &[&str] = &[
    "chan",
    "minors",
    "a minor",
    "child abuse",
    "child sexual abuse",
    "csa",
    "child molest*",
    "jailbait",
    "kindesmissbrauch",
    "abus sur mineur",
];

/// The same words about something else.
const HARMLESS: &[&str] = &[
    "underage drinking",
    "underage smoking",
    "underage driving",
    "underage alcohol*",
    "underage drug*",
    "underage gambling",
    "no underage",
    "not underage",
    "nothing underage",
    "nobody is underage",
    "underage magic",
    "underage drinker*",
];

/// Holds the work if a label speaks of underage content.
pub(crate) fn read(draft: &mut Draft<'_>) {
    let extracted = draft.extracted;
    for field in extracted.fields.iter().filter(|field| KINDS.contains(&field.kind)) {
        let text = fold(&crate::draft::plain(field));
        let text =
            HARMLESS.iter().fold(text, |text, words| text.replace(words.trim_end_matches('*'), ""));
        let near = field.kind == FieldKind::Warning && has_any(&text, NEAR);
        if near || has_any(&text, NAMED) {
            hold(draft, field, &text);
        }
    }
    if draft.underage {
        draft.work.held = Some("underage".to_owned());
    }
}

fn hold(draft: &mut Draft<'_>, field: &ExtractedField, folded: &str) {
    draft.underage = true;
    draft.finding(
        FindingCode::UNDERAGE,
        format!("“{}” speaks of underage content", field.value.trim()),
        field,
    );
    let names_it = |item: &String| matches!(meaning(item), Meaning::Warnings(found, _) if found.contains(&UNDERAGE));
    if tag_list(folded).iter().any(names_it) {
        draft.tag(TagKind::Warning, WARNINGS[UNDERAGE], field);
    }
}

#[cfg(test)]
mod tests {
    use crate::samples::{codes, field, work};
    use fanfold_model::FieldKind;

    #[test]
    fn any_label_that_names_it_holds_the_work() {
        for (kind, written) in [
            (FieldKind::Warning, "angst, underage, tea"),
            (FieldKind::Freeform, "Implied Underage"),
            (FieldKind::Genre, "Shota"),
            (FieldKind::Rating, "NC-17 for underage content"),
            (FieldKind::Warning, "minors in romance"),
            (FieldKind::Warning, "mention of child abuse"),
            (FieldKind::Warning, "Sex mit Minderjährigen"),
        ] {
            let work = work([field(kind, "Label", written)]);
            assert_eq!(work.held.as_deref(), Some("underage"), "{written}");
            assert!(codes(&work).contains(&"underage"), "{written}");
        }
    }

    #[test]
    fn drinking_and_minor_characters_hold_nothing() {
        for written in [
            "underage drinking",
            "minor character death",
            "Not Underage",
            "a minor key",
            "Jackie Chan",
        ] {
            let kind = if written.starts_with("Jackie") || written.contains("key") {
                FieldKind::Freeform
            } else {
                FieldKind::Warning
            };
            assert_eq!(work([field(kind, "Tags", written)]).held, None, "{written}");
        }
    }
}
