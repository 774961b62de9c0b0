//! The other record types, and reading a line of any type.

use super::parts::FindingJson;
use super::{CanonicalError, WorkRecord};
use crate::edit::{Edit, EditField, EditOp};
use crate::finding::Finding;
use crate::work::Work;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A line of canonical JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// A work.
    Work(Box<Work>),
    /// Something that is not a work, kept with why.
    Item(ItemRecord),
    /// A tag with its place in the graph.
    Tag(TagRecord),
    /// A series.
    Series(SeriesRecord),
    /// A creator.
    Creator(CreatorRecord),
    /// A curator's edit.
    Edit(EditRecord),
    /// A record of a type this version does not know, kept as it is.
    Other(String),
}

/// `{"type":"item"…}`: an input that is not a work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are the keys of the record")]
pub struct ItemRecord {
    #[serde(rename = "type")]
    pub kind: String,
    pub uid: Option<String>,
    pub outcome: String,
    pub path: String,
    pub member: Option<String>,
    pub format: Option<String>,
    pub blake3: Option<String>,
    pub blob: String,
    pub reason: String,
    #[serde(default)]
    findings: Vec<FindingJson>,
}

impl ItemRecord {
    /// A record with these findings.
    #[must_use]
    pub fn with_findings(mut self, findings: &[Finding]) -> Self {
        self.findings = findings.iter().map(FindingJson::from).collect();
        self
    }

    /// A record of an item.
    #[must_use]
    pub fn new(outcome: crate::ReadAs, path: &str, member: Option<&str>, reason: &str) -> Self {
        Self {
            kind: "item".to_owned(),
            uid: None,
            outcome: outcome.as_str().to_owned(),
            path: path.to_owned(),
            member: member.map(str::to_owned),
            format: None,
            blake3: None,
            blob: "absent".to_owned(),
            reason: reason.to_owned(),
            findings: Vec::new(),
        }
    }

    /// The findings of the record.
    ///
    /// # Errors
    /// If a finding has an unknown level.
    pub fn findings(&self) -> Result<Vec<Finding>, CanonicalError> {
        self.findings.iter().cloned().map(Finding::try_from).collect()
    }
}

/// `{"type":"tag"…}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are the keys of the record, named in the contract")]
pub struct TagRecord {
    #[serde(rename = "type")]
    pub record: String,
    pub kind: String,
    pub name: String,
    #[serde(default)]
    pub canonical: bool,
    #[serde(default)]
    pub synonym_of: Option<String>,
    #[serde(default)]
    pub parents: Vec<String>,
    #[serde(default)]
    pub metatags: Vec<String>,
    /// Stands in a record only where it is true.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unwrangleable: bool,
}

/// `{"type":"series"…}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are the keys of the record")]
pub struct SeriesRecord {
    #[serde(rename = "type")]
    pub record: String,
    pub uid: String,
    pub title: String,
    #[serde(default)]
    pub creator: Option<String>,
    #[serde(default)]
    pub url: Option<String>,
    /// Uids of the works in order.
    #[serde(default)]
    pub works: Vec<String>,
}

/// `{"type":"creator"…}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are the keys of the record")]
pub struct CreatorRecord {
    #[serde(rename = "type")]
    pub record: String,
    pub uid: String,
    pub name: String,
    #[serde(default)]
    pub site: Option<String>,
}

/// `{"type":"edit"…}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are the keys of the record")]
pub struct EditRecord {
    #[serde(rename = "type")]
    pub record: String,
    pub uid: String,
    pub work: String,
    pub field: String,
    pub op: String,
    pub value: Option<String>,
    pub against: Option<String>,
    pub actor: String,
    pub at: String,
}

impl From<&Edit> for EditRecord {
    fn from(edit: &Edit) -> Self {
        Self {
            record: "edit".to_owned(),
            uid: edit.uid.to_string(),
            work: edit.work.to_string(),
            field: edit.field.as_str().to_owned(),
            op: edit.op.as_str().to_owned(),
            value: edit.value.clone(),
            against: edit.against.clone(),
            actor: edit.actor.clone(),
            at: edit.at.clone(),
        }
    }
}

impl TryFrom<EditRecord> for Edit {
    type Error = CanonicalError;
    fn try_from(json: EditRecord) -> Result<Self, CanonicalError> {
        let uid = |text: &str| {
            text.parse().map_err(|_| CanonicalError::value(format!("`{text}` is not a uid")))
        };
        let field = EditField::from_name(&json.field)
            .ok_or_else(|| CanonicalError::value(format!("`{}` cannot be edited", json.field)))?;
        let op = EditOp::from_name(&json.op)
            .ok_or_else(|| CanonicalError::value(format!("`{}` is no edit operation", json.op)))?;
        Ok(Self {
            uid: uid(&json.uid)?,
            work: uid(&json.work)?,
            field,
            op,
            value: json.value,
            against: json.against,
            actor: json.actor,
            at: json.at,
        })
    }
}

pub(super) fn parse(line: &str) -> Result<Record, CanonicalError> {
    let at = |error: serde_json::Error| CanonicalError {
        reason: error.to_string(),
        column: error.column().max(1),
    };
    #[derive(Deserialize)]
    struct Kind {
        #[serde(rename = "type")]
        kind: String,
    }
    let kind: Kind = serde_json::from_str(line).map_err(at)?;
    Ok(match kind.kind.as_str() {
        "work" => {
            let record: WorkRecord = serde_json::from_str(line).map_err(at)?;
            Record::Work(Box::new(Work::try_from(record)?))
        }
        "item" => Record::Item(serde_json::from_str(line).map_err(at)?),
        "tag" => Record::Tag(serde_json::from_str(line).map_err(at)?),
        "series" => Record::Series(serde_json::from_str(line).map_err(at)?),
        "creator" => Record::Creator(serde_json::from_str(line).map_err(at)?),
        "edit" => Record::Edit(serde_json::from_str(line).map_err(at)?),
        _ => {
            serde_json::from_str::<Value>(line).map_err(at)?;
            Record::Other(kind.kind)
        }
    })
}
