//! A curator's hand. An edit names a field, what to do, and the value it was made against; it is
//! kept apart from what was read, so that reprocessing and re-import never overwrite it.

use crate::creator::Credit;
use crate::date::PartialDate;
use crate::ids::Uid;
use crate::rating::Rating;
use crate::tag::{CATEGORIES, TagKind, WARNINGS, fold_name, fold_tag};
use crate::viewer::Visibility;
use crate::work::{Status, Work};
use std::fmt;

/// A field that a curator may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each name is the work's field of that name")]
pub enum EditField {
    Title,
    Creators,
    Fandoms,
    Relationships,
    Characters,
    Categories,
    Warnings,
    Freeforms,
    Rating,
    Summary,
    Notes,
    EndNotes,
    Language,
    Status,
    Written,
    Published,
    Updated,
    Visibility,
    Held,
}

impl EditField {
    /// All fields, for help texts.
    pub const ALL: [Self; 19] = [
        Self::Title,
        Self::Creators,
        Self::Fandoms,
        Self::Relationships,
        Self::Characters,
        Self::Categories,
        Self::Warnings,
        Self::Freeforms,
        Self::Rating,
        Self::Summary,
        Self::Notes,
        Self::EndNotes,
        Self::Language,
        Self::Status,
        Self::Written,
        Self::Published,
        Self::Updated,
        Self::Visibility,
        Self::Held,
    ];

    /// The field's name in JSON and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Creators => "creators",
            Self::Fandoms => "fandoms",
            Self::Relationships => "relationships",
            Self::Characters => "characters",
            Self::Categories => "categories",
            Self::Warnings => "warnings",
            Self::Freeforms => "freeforms",
            Self::Rating => "rating",
            Self::Summary => "summary",
            Self::Notes => "notes",
            Self::EndNotes => "end_notes",
            Self::Language => "language",
            Self::Status => "status",
            Self::Written => "written",
            Self::Published => "published",
            Self::Updated => "updated",
            Self::Visibility => "visibility",
            Self::Held => "held",
        }
    }

    /// The field with this name; singular forms of lists are accepted.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_lowercase().replace('-', "_");
        Self::ALL.into_iter().find(|field| {
            let own = field.as_str();
            own == name
                || (field.is_list() && own.trim_end_matches('s') == name)
                || (own == "categories" && name == "category")
        })
    }

    /// Whether the field is a list, whose edits are additions and removals.
    #[must_use]
    pub fn is_list(self) -> bool {
        matches!(
            self,
            Self::Creators
                | Self::Fandoms
                | Self::Relationships
                | Self::Characters
                | Self::Categories
                | Self::Warnings
                | Self::Freeforms
        )
    }

    /// An entry as it is compared with others of the field: as tags of its kind and creators are.
    #[must_use]
    pub fn fold(self, entry: &str) -> String {
        match self {
            Self::Relationships => fold_tag(TagKind::Relationship, entry),
            _ => fold_name(entry),
        }
    }
}

impl fmt::Display for EditField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What an edit does to its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EditOp {
    /// Replaces a single value (`None` clears it).
    Set,
    /// Adds one entry to a list.
    Add,
    /// Removes one entry from a list.
    Remove,
}

impl EditOp {
    /// The name in JSON and in the store.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::Add => "add",
            Self::Remove => "remove",
        }
    }

    /// The operation with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Set, Self::Add, Self::Remove].into_iter().find(|op| op.as_str() == name)
    }
}

/// The value of an edit; `None` clears.
pub type EditValue = Option<String>;

/// One change by a curator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The edit's own uid.
    pub uid: Uid,
    /// The work.
    pub work: Uid,
    /// The field.
    pub field: EditField,
    /// What to do.
    pub op: EditOp,
    /// The new value or the entry; HTML fields hold clean HTML.
    pub value: EditValue,
    /// The value underneath when the edit was made.
    pub against: EditValue,
    /// Who made it.
    pub actor: String,
    /// When, RFC 3339 UTC.
    pub at: String,
}

/// Why an edit cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field} cannot be `{value}`: {hint}")]
pub struct EditError {
    /// The field.
    pub field: EditField,
    /// The value that was offered.
    pub value: String,
    /// What would work.
    pub hint: String,
}

/// Lays edits over what was read, in the order they were made, and notes the curated fields.
///
/// # Errors
/// If a value does not fit its field; the edits before it are applied.
pub fn apply_edits(work: &mut Work, edits: &[Edit]) -> Result<(), EditError> {
    for edit in edits {
        apply(work, edit)?;
        let name = edit.field.as_str();
        if !work.curated.iter().any(|curated| curated == name) {
            work.curated.push(name.to_owned());
        }
    }
    work.curated.sort();
    Ok(())
}

impl Work {
    /// The field's value as an edit would state it: what stands under a new edit.
    #[must_use]
    pub fn field_value(&self, field: EditField) -> EditValue {
        let joined = |list: &[String]| (!list.is_empty()).then(|| list.join(", "));
        match field {
            EditField::Title => Some(self.title.clone()),
            EditField::Creators => {
                let names: Vec<_> =
                    self.creators.iter().map(|credit| credit.name.clone()).collect();
                joined(&names)
            }
            EditField::Rating => self.rating.map(|rating| rating.as_str().to_owned()),
            EditField::Summary => self.summary.clone(),
            EditField::Notes => self.notes.clone(),
            EditField::EndNotes => self.end_notes.clone(),
            EditField::Language => self.language.clone(),
            EditField::Status => Some(self.status.as_str().to_owned()),
            EditField::Written => self.written.map(|date| date.to_string()),
            EditField::Published => self.published.map(|date| date.to_string()),
            EditField::Updated => self.updated.map(|date| date.to_string()),
            EditField::Visibility => Some(self.visibility.as_str().to_owned()),
            EditField::Held => self.held.clone(),
            _ => tag_list(self, field).and_then(|list| joined(list)),
        }
    }
}

impl Work {
    /// Whether a list has this entry, names compared as tags and creators are; `false` for fields that are no lists.
    #[must_use]
    pub fn lists(&self, field: EditField, entry: &str) -> bool {
        let key = field.fold(entry);
        match field {
            EditField::Creators => self.creators.iter().any(|own| field.fold(&own.name) == key),
            _ => tag_list(self, field)
                .is_some_and(|list| list.iter().any(|own| field.fold(own) == key)),
        }
    }
}

fn apply(work: &mut Work, edit: &Edit) -> Result<(), EditError> {
    match (edit.field, edit.op) {
        (EditField::Creators, op) => {
            let name = edit.value.clone().unwrap_or_default();
            let key = fold_name(&name);
            work.creators.retain(|credit| fold_name(&credit.name) != key);
            if op != EditOp::Remove && !name.is_empty() {
                work.creators.push(Credit::author(name));
            }
            Ok(())
        }
        (field, op) if field.is_list() => {
            let entry = edit.value.clone().unwrap_or_default();
            check_vocabulary(field, &entry)?;
            let key = field.fold(&entry);
            if let Some(list) = tag_list_mut(work, field) {
                list.retain(|old| field.fold(old) != key);
                if op != EditOp::Remove && !entry.is_empty() {
                    list.push(entry);
                }
            }
            Ok(())
        }
        (field, _) => set_single(work, field, edit.value.clone()),
    }
}

fn set_single(work: &mut Work, field: EditField, value: EditValue) -> Result<(), EditError> {
    let wrong = |hint: &str| EditError {
        field,
        value: value.clone().unwrap_or_default(),
        hint: hint.to_owned(),
    };
    let date = || -> Result<Option<PartialDate>, EditError> {
        let parsed = value.as_deref().map(str::parse::<PartialDate>).transpose();
        parsed.map_err(|_| wrong("write 2003, 2003-06 or 2003-06-01"))
    };
    match field {
        EditField::Title => {
            work.title = value
                .clone()
                .filter(|title| !title.trim().is_empty())
                .ok_or_else(|| wrong("a work needs a title"))?;
            work.title_is_placeholder = false;
        }
        EditField::Rating => {
            let known = "General Audiences, Teen And Up Audiences, Mature, Explicit or Not Rated";
            work.rating = value
                .as_deref()
                .map(|name| Rating::from_name(name).ok_or_else(|| wrong(known)))
                .transpose()?;
        }
        EditField::Status => {
            let known = "complete, in-progress, hiatus, abandoned or unknown";
            work.status = Status::from_name(value.as_deref().unwrap_or("unknown"))
                .ok_or_else(|| wrong(known))?;
        }
        EditField::Visibility => {
            let known = "public, members, listed, hidden or draft";
            work.visibility = Visibility::from_name(value.as_deref().unwrap_or("public"))
                .ok_or_else(|| wrong(known))?;
        }
        EditField::Written => work.written = date()?,
        EditField::Published => work.published = date()?,
        EditField::Updated => work.updated = date()?,
        EditField::Summary => work.summary = value,
        EditField::Notes => work.notes = value,
        EditField::EndNotes => work.end_notes = value,
        EditField::Language => work.language = value,
        EditField::Held => work.held = value,
        _ => {}
    }
    Ok(())
}

/// Warnings and categories are closed vocabularies.
fn check_vocabulary(field: EditField, entry: &str) -> Result<(), EditError> {
    let known: &[&str] = match field {
        EditField::Warnings => &WARNINGS,
        EditField::Categories => &CATEGORIES,
        _ => return Ok(()),
    };
    if known.contains(&entry) {
        return Ok(());
    }
    Err(EditError {
        field,
        value: entry.to_owned(),
        hint: format!("use one of: {}", known.join(", ")),
    })
}

fn tag_list(work: &Work, field: EditField) -> Option<&Vec<String>> {
    match field {
        EditField::Fandoms => Some(&work.fandoms),
        EditField::Relationships => Some(&work.relationships),
        EditField::Characters => Some(&work.characters),
        EditField::Categories => Some(&work.categories),
        EditField::Warnings => Some(&work.warnings),
        EditField::Freeforms => Some(&work.freeforms),
        _ => None,
    }
}

fn tag_list_mut(work: &mut Work, field: EditField) -> Option<&mut Vec<String>> {
    match field {
        EditField::Fandoms => Some(&mut work.fandoms),
        EditField::Relationships => Some(&mut work.relationships),
        EditField::Characters => Some(&mut work.characters),
        EditField::Categories => Some(&mut work.categories),
        EditField::Warnings => Some(&mut work.warnings),
        EditField::Freeforms => Some(&mut work.freeforms),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(field: EditField, op: EditOp, value: &str) -> Edit {
        let uid = crate::ids::UidMint.mint([7; 16]);
        Edit {
            uid,
            work: uid,
            field,
            op,
            value: Some(value.to_owned()),
            against: None,
            actor: "owner".to_owned(),
            at: "2026-01-01T00:00:00Z".to_owned(),
        }
    }

    #[test]
    fn edits_of_lists_are_additions_and_removals_and_keep_the_other_entries_in_order() {
        let mut work = Work {
            freeforms: vec!["Post-Canon".into(), "Sea Shanties".into(), "Fluff".into()],
            ..Work::default()
        };
        let edits = [
            edit(EditField::Freeforms, EditOp::Remove, "sea shanties"),
            edit(EditField::Freeforms, EditOp::Add, "Parrots"),
        ];
        apply_edits(&mut work, &edits).unwrap();
        assert_eq!(work.freeforms, ["Post-Canon", "Fluff", "Parrots"]);
        assert_eq!(work.curated, ["freeforms"]);
    }

    #[test]
    fn a_rating_outside_the_vocabulary_is_refused_with_what_would_work() {
        let mut work = Work::default();
        let error =
            apply_edits(&mut work, &[edit(EditField::Rating, EditOp::Set, "PG")]).unwrap_err();
        assert!(error.to_string().contains("Teen And Up Audiences"), "{error}");
    }

    #[test]
    fn setting_a_title_ends_the_placeholder() {
        let mut work =
            Work { title: "Untitled".into(), title_is_placeholder: true, ..Work::default() };
        apply_edits(&mut work, &[edit(EditField::Title, EditOp::Set, "The Lamp")]).unwrap();
        assert!(!work.title_is_placeholder);
    }
}
