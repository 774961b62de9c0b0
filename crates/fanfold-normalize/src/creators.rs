//! Who made it, who only sent it in, and for whom. A poster is never taken for the creator, and no address is shown.

use crate::draft::{Draft, Value};
use crate::fold::fold;
use crate::names::{people, person};
use crate::phrase::has_any;
use fanfold_model::{CreatorRole, Credit, FieldKind, FindingCode};

/// Labels, folded, of persons who did something else for the work.
const ROLES: &[(CreatorRole, &[&str])] = &[
    (
        CreatorRole::Translator,
        &[
            "translator",
            "translators",
            "translated by",
            "translation by",
            "ubersetzer",
            "ubersetzerin",
            "ubersetzung",
            "traducteur",
            "traductrice",
            "traductor",
            "traductora",
            "traduttore",
            "traduttrice",
            "tradutor",
            "tradutora",
            "перевод",
            "переводчик",
            "翻译",
            "翻訳",
            "訳者",
            "译者",
        ],
    ),
    (
        CreatorRole::Artist,
        &[
            "artist",
            "artists",
            "art by",
            "illustrator",
            "illustrations by",
            "illustriert von",
            "художник",
            "иллюстратор",
        ],
    ),
];

/// Reads creators, poster and recipients.
pub(crate) fn read(draft: &mut Draft<'_>) {
    authors(draft);
    other_roles(draft);
    poster(draft);
    recipients(draft);
}

/// The preferred creator, with those that the same rule names under the same label; others are alternatives.
fn authors(draft: &mut Draft<'_>) {
    let values = draft.values(FieldKind::Creator);
    let mut preferred: Option<&Value<'_>> = None;
    for value in &values {
        let names = names_of(value);
        let same = preferred.is_none_or(|first| {
            first.field.rule == value.field.rule
                && fold(&first.field.label) == fold(&value.field.label)
        });
        for name in names {
            if same {
                add(draft, &name, CreatorRole::Author, value);
                preferred = preferred.or(Some(value));
            } else {
                alternative(draft, &name, value);
            }
        }
    }
    if draft.is_work()
        && draft.work.creators.is_empty()
        && !draft.has_finding(FindingCode::CREATOR_MISSING)
    {
        draft.finding_nowhere(FindingCode::CREATOR_MISSING, "no creator is named");
    }
}

fn names_of(value: &Value<'_>) -> Vec<String> {
    if value.exact {
        vec![value.text.clone()]
    } else if value.field.rule == "opf" {
        // A book names each creator in an element of its own; only "A & B" is two.
        value.text.split(" & ").map(person).filter(|name| !name.is_empty()).collect()
    } else {
        people(&value.text)
    }
}

/// The names in one of a chapter's creators.
pub(crate) fn chapter_names(name: &str) -> Option<String> {
    Some(person(name)).filter(|name| !name.is_empty())
}

fn add(draft: &mut Draft<'_>, name: &str, role: CreatorRole, value: &Value<'_>) {
    let credit = Credit { name: name.to_owned(), role };
    if !draft.work.creators.contains(&credit) {
        draft.work.creators.push(credit);
        draft.evidence("creators", value.field);
    }
}

fn alternative(draft: &mut Draft<'_>, name: &str, value: &Value<'_>) {
    let key = fold(name);
    if draft.work.creators.iter().any(|known| fold(&known.name) == key) {
        return;
    }
    draft.suggest("creators", name, 0.3, "The source also names this person as who wrote it.");
    if !draft.has_finding(FindingCode::CREATOR_ALTERNATIVES) {
        draft.finding(
            FindingCode::CREATOR_ALTERNATIVES,
            format!("the source also names “{name}”"),
            value.field,
        );
    }
}

fn other_roles(draft: &mut Draft<'_>) {
    for value in draft.values(FieldKind::Other) {
        let label = fold(&value.field.label);
        let label = label.trim_end_matches([':', ' ']);
        let role = ROLES.iter().find(|(_, labels)| labels.contains(&label)).map(|(role, _)| *role);
        let role =
            role.or((value.field.rule == "translator-line").then_some(CreatorRole::Translator));
        for name in role.iter().flat_map(|_| people(&value.text)) {
            add(draft, &name, role.unwrap_or_default(), &value);
        }
    }
}

fn poster(draft: &mut Draft<'_>) {
    let values = draft.values(FieldKind::Poster);
    let Some((name, value)) =
        values.iter().map(|value| (person(&value.text), value)).find(|(name, _)| !name.is_empty())
    else {
        return;
    };
    draft.evidence("poster", value.field);
    if draft.work.creators.is_empty() {
        draft.suggest("creators", &name, 0.5, "This person posted it; no one else is named.");
    }
    draft.work.poster = Some(name);
}

fn recipients(draft: &mut Draft<'_>) {
    for value in draft.values(FieldKind::Recipient) {
        let names =
            if value.exact { vec![value.text.clone()] } else { recipient_names(&value.text) };
        for name in names {
            if !draft.work.recipients.contains(&name) {
                draft.work.recipients.push(name);
                draft.evidence("recipients", value.field);
            }
        }
    }
}

/// Names after "for"; a sentence is not a name.
fn recipient_names(text: &str) -> Vec<String> {
    let is_prose = |name: &String| {
        name.split(' ').count() <= 5
            && !has_any(&fold(name), &["challenge", "ficathon", "exchange", "contest", "fest"])
    };
    people(text.trim_start_matches("for ").trim_start_matches("For "))
        .into_iter()
        .filter(is_prose)
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::samples::{codes, field, ruled, work};
    use fanfold_model::{CreatorRole, FieldKind};

    fn names(work: &fanfold_model::Work) -> Vec<&str> {
        work.creators.iter().map(|credit| credit.name.as_str()).collect()
    }

    #[test]
    fn a_poster_is_not_the_creator_and_an_address_is_never_shown() {
        let work = work([field(FieldKind::Poster, "From", "\"Wren\" <wren@example.invalid>")]);
        assert_eq!(names(&work), Vec::<&str>::new());
        assert_eq!(work.poster.as_deref(), Some("Wren"));
        assert_eq!(work.suggestions[0].value, "Wren");
        assert!(codes(&work).contains(&"creator-missing"));
    }

    #[test]
    fn creators_under_one_label_belong_together_and_another_rule_gives_an_alternative() {
        let work = work([
            field(FieldKind::Creator, "Author", "Wren"),
            field(FieldKind::Creator, "Author", "Finch"),
            ruled(FieldKind::Creator, "", "Sparrow", "by-line"),
            ruled(FieldKind::Creator, "", "WREN", "by-line"),
        ]);
        assert_eq!(names(&work), ["Wren", "Finch"]);
        assert_eq!(work.suggestions.len(), 1);
        assert!(codes(&work).contains(&"creator-alternatives"));
    }

    #[test]
    fn names_that_an_archive_states_one_by_one_are_never_split() {
        let work = work([ruled(FieldKind::Creator, "by", "Salt, Pepper & Co", "ao3-preface")]);
        assert_eq!(names(&work), ["Salt, Pepper & Co"]);
    }

    #[test]
    fn a_translator_is_credited_as_one() {
        let work = work([
            field(FieldKind::Creator, "Author", "Wren"),
            field(FieldKind::Other, "Übersetzerin", "Amsel"),
        ]);
        assert_eq!(work.creators[1].role, CreatorRole::Translator);
        assert_eq!(work.creators[1].name, "Amsel");
    }

    #[test]
    fn recipients_are_names_and_not_sentences() {
        let work = work([
            field(FieldKind::Recipient, "For", "Wren and Finch"),
            field(FieldKind::Recipient, "Written for", "everyone who ever lost a boot in a bog"),
        ]);
        assert_eq!(work.recipients, ["Wren", "Finch"]);
    }
}
