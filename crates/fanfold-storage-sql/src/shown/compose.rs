//! Making the shown work out of its layers. Pure: rows in, work out.

use crate::forms::sixteen;
use fanfold_model::{
    Edit, EditField, EditOp, EditValue, Finding, FindingCode, Source, Uid, UidMint, VersionNote,
    Work, apply_edits, fold_name, site_of,
};
use fanfold_storage::{Result, StorageError};

/// Everything that lies beneath a shown work.
#[derive(Debug, Clone)]
pub(crate) struct Beneath {
    /// The normalised layer of the shown version, without chapters.
    pub(crate) normalised: Work,
    pub(crate) id: i64,
    pub(crate) uid: Uid,
    /// Sources, those of the shown version first: evidence points to them by place.
    pub(crate) sources: Vec<Source>,
    /// Versions in order.
    pub(crate) versions: Vec<VersionNote>,
    /// The newest version waits for a person.
    pub(crate) newest_waits: bool,
    /// Edits, oldest first.
    pub(crate) edits: Vec<Edit>,
}

/// Lays the edits over the normalised work and fills in what only the store knows.
///
/// # Errors
/// If an edit does not fit its field.
pub(crate) fn compose(beneath: Beneath) -> Result<Work> {
    let mut work = beneath.normalised;
    work.id = Some(fanfold_model::WorkId(beneath.id));
    work.uid = Some(beneath.uid);
    work.sources = beneath.sources;
    work.versions = beneath.versions;
    name_series(&mut work);
    if beneath.newest_waits {
        notice_waiting_version(&mut work);
    }
    notice_changes_under_edits(&mut work, &beneath.edits)?;
    Ok(work)
}

/// A series is its address, else its title with the first creator and the site.
fn name_series(work: &mut Work) {
    let site = site_of(&work.sources);
    let creator = work.creators.first().map(|credit| fold_name(&credit.name)).unwrap_or_default();
    for entry in &mut work.series {
        if entry.uid.is_some() {
            continue;
        }
        let hashed = match &entry.url {
            Some(url) => sixteen(&["series", url]),
            None => sixteen(&["series", &fold_name(&entry.title), &creator, &site]),
        };
        entry.uid = Some(UidMint.mint(hashed));
    }
}

fn notice_waiting_version(work: &mut Work) {
    let shown = work.versions.iter().find(|version| version.shown);
    let (Some(newest), Some(shown)) = (work.versions.last(), shown) else {
        return;
    };
    let message = format!(
        "version {} has {} words and is kept beside version {}, which is shown and has {}",
        newest.number, newest.words, shown.number, shown.words
    );
    add_once(work, Finding::new(FindingCode::VERSION_SHORTER, message));
}

/// Applies the edits one by one and notes where the value beneath is no longer the one that the
/// curator saw. An edit whose value now also stands beneath asks nothing of anyone.
fn notice_changes_under_edits(work: &mut Work, edits: &[Edit]) -> Result<()> {
    let beneath: Vec<EditValue> = edits.iter().map(|edit| work.field_value(edit.field)).collect();
    let mut notices = Vec::new();
    for (edit, beneath) in edits.iter().zip(beneath) {
        let under = work.field_value(edit.field);
        let known = edit.against == under || edit.against == beneath;
        if !known && !satisfied(edit, &under) && !satisfied(edit, &beneath) {
            notices.push(format!(
                "{} was edited over {}, which is now {}",
                edit.field,
                quoted(&edit.against),
                quoted(&beneath)
            ));
        }
        apply_edits(work, std::slice::from_ref(edit))
            .map_err(|error| StorageError::Refused(error.to_string()))?;
    }
    for notice in notices {
        add_once(work, Finding::new(FindingCode::EDIT_OVER_CHANGED_VALUE, notice));
    }
    Ok(())
}

/// Whether the field already says what the edit wants.
fn satisfied(edit: &Edit, value: &EditValue) -> bool {
    if edit.op == EditOp::Set && edit.field != EditField::Creators {
        return *value == edit.value;
    }
    let wanted = edit.field.fold(edit.value.as_deref().unwrap_or_default());
    let list = value.as_deref().unwrap_or_default();
    let there = list.split(", ").any(|entry| edit.field.fold(entry) == wanted);
    there == (edit.op != EditOp::Remove)
}

fn quoted(value: &EditValue) -> String {
    value.as_ref().map_or_else(|| "nothing".to_owned(), |value| format!("“{}”", clipped(value)))
}

fn clipped(value: &str) -> String {
    let mut short: String = value.chars().take(80).collect();
    if short.len() < value.len() {
        short.push('…');
    }
    short
}

fn add_once(work: &mut Work, finding: Finding) {
    if !work.findings.contains(&finding) {
        work.findings.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanfold_model::ContentHash;

    fn beneath(title: &str, edits: Vec<Edit>) -> Beneath {
        Beneath {
            normalised: Work { title: title.into(), ..Work::default() },
            id: 1,
            uid: UidMint.mint([1; 16]),
            sources: Vec::new(),
            versions: Vec::new(),
            newest_waits: false,
            edits,
        }
    }

    fn title_edit(value: &str, against: &str) -> Edit {
        Edit {
            uid: UidMint.mint([2; 16]),
            work: UidMint.mint([1; 16]),
            field: EditField::Title,
            op: EditOp::Set,
            value: Some(value.into()),
            against: Some(against.into()),
            actor: "owner".into(),
            at: "2026-01-01T00:00:00Z".into(),
        }
    }

    #[test]
    fn an_edit_over_the_value_it_was_made_against_raises_no_finding() {
        let work = compose(beneath("The Lamp", vec![title_edit("A Lamp", "The Lamp")])).unwrap();
        assert_eq!((work.title.as_str(), work.findings.len()), ("A Lamp", 0));
    }

    #[test]
    fn an_edit_stands_over_a_changed_value_and_a_finding_says_so_once() {
        let edits = vec![title_edit("A Lamp", "The Lamp")];
        let work = compose(beneath("Two Lamps", edits)).unwrap();
        assert_eq!(work.title, "A Lamp");
        let codes: Vec<_> = work.findings.iter().map(|f| f.code.as_str()).collect();
        assert_eq!(codes, ["edit-over-changed-value"]);
    }

    #[test]
    fn a_second_edit_made_against_the_first_or_against_the_source_raises_no_finding() {
        for against in ["A Lamp", "The Lamp"] {
            let edits = vec![title_edit("A Lamp", "The Lamp"), title_edit("No Lamp", against)];
            let work = compose(beneath("The Lamp", edits)).unwrap();
            assert_eq!((work.title.as_str(), work.findings.len()), ("No Lamp", 0), "{against}");
        }
    }

    #[test]
    fn a_source_that_now_agrees_with_the_edit_asks_nothing() {
        let work = compose(beneath("A Lamp", vec![title_edit("A Lamp", "The Lamp")])).unwrap();
        assert!(work.findings.is_empty());
    }

    #[test]
    fn a_site_is_the_host_of_the_source_without_port_account_or_www() {
        let with = |url: Option<&str>, format: &str| {
            let source = Source {
                path: "a".into(),
                member: None,
                format: format.into(),
                encoding: None,
                blake3: ContentHash([0; 32]),
                blob: fanfold_model::BlobState::Absent,
                url: url.map(str::to_owned),
            };
            site_of(&[source])
        };
        assert_eq!(with(Some("http://me@WWW.Attic.example:80/x?y"), "html"), "attic.example");
        assert_eq!(with(None, "ao3-html"), "archiveofourown.org");
        assert_eq!(with(Some("mailto:x"), "plain-text"), "");
    }
}
