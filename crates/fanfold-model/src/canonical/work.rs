//! A work's record and its two conversions.

use super::parts::{
    ChapterJson, CreditJson, EvidenceJson, FindingJson, LinkJson, PermissionsJson, RelatedJson,
    SeriesJson, SourceJson, StatsJson, SuggestionJson, VersionJson, date, uid,
};
use super::{CanonicalError, SCHEMA};
use crate::chapter::Chapter;
use crate::creator::Credit;
use crate::evidence::Evidence;
use crate::finding::Finding;
use crate::ids::WorkId;
use crate::outcome::ReadAs;
use crate::rating::Rating;
use crate::series::{PartLink, Related, SeriesEntry};
use crate::viewer::Visibility;
use crate::work::{Permissions, Source, Stats, Status, VersionNote, Work};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A work in canonical JSON; the fields are the keys, in the contract's order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkRecord {
    #[serde(rename = "type")]
    kind: String,
    schema: u32,
    #[serde(default)]
    id: Option<i64>,
    #[serde(default)]
    uid: Option<String>,
    #[serde(default = "work_outcome")]
    outcome: String,
    title: String,
    #[serde(default)]
    title_is_placeholder: bool,
    #[serde(default)]
    creators: Vec<CreditJson>,
    #[serde(default)]
    poster: Option<String>,
    #[serde(default)]
    recipients: Vec<String>,
    #[serde(default)]
    fandoms: Vec<String>,
    #[serde(default)]
    relationships: Vec<String>,
    #[serde(default)]
    characters: Vec<String>,
    #[serde(default)]
    categories: Vec<String>,
    #[serde(default)]
    warnings: Vec<String>,
    #[serde(default)]
    freeforms: Vec<String>,
    #[serde(default)]
    rating: Option<String>,
    #[serde(default)]
    summary: Option<String>,
    #[serde(default)]
    notes: Option<String>,
    #[serde(default)]
    end_notes: Option<String>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default = "unknown_status")]
    status: String,
    #[serde(default)]
    chapters_expected: Option<u32>,
    #[serde(default)]
    written: Option<String>,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    updated: Option<String>,
    #[serde(default)]
    captured: Option<String>,
    #[serde(default)]
    series: Vec<SeriesJson>,
    #[serde(default)]
    links: Vec<LinkJson>,
    #[serde(default)]
    related: Vec<RelatedJson>,
    #[serde(default)]
    chapters: Vec<ChapterJson>,
    #[serde(default)]
    missing_parts: Vec<u32>,
    #[serde(default)]
    words: u64,
    #[serde(default)]
    stats: StatsJson,
    #[serde(default = "public")]
    visibility: String,
    #[serde(default)]
    held: Option<String>,
    #[serde(default)]
    permissions: PermissionsJson,
    #[serde(default)]
    original: Map<String, Value>,
    #[serde(default)]
    sources: Vec<SourceJson>,
    #[serde(default)]
    evidence: Map<String, Value>,
    #[serde(default)]
    suggestions: Map<String, Value>,
    #[serde(default)]
    curated: Vec<String>,
    #[serde(default)]
    versions: Vec<VersionJson>,
    #[serde(default)]
    findings: Vec<FindingJson>,
}

fn work_outcome() -> String {
    ReadAs::Work.as_str().to_owned()
}

fn unknown_status() -> String {
    Status::Unknown.as_str().to_owned()
}

fn public() -> String {
    Visibility::Public.as_str().to_owned()
}

impl WorkRecord {
    /// The same record with this outcome (`part` for a part that could not be assembled).
    #[must_use]
    pub fn with_outcome(mut self, outcome: ReadAs) -> Self {
        outcome.as_str().clone_into(&mut self.outcome);
        self
    }
}

impl From<&Work> for WorkRecord {
    fn from(work: &Work) -> Self {
        let text = |date: Option<crate::PartialDate>| date.map(|date| date.to_string());
        Self {
            kind: "work".to_owned(),
            schema: SCHEMA,
            id: work.id.map(|id| id.0),
            uid: work.uid.map(|uid| uid.to_string()),
            outcome: work_outcome(),
            title: work.title.clone(),
            title_is_placeholder: work.title_is_placeholder,
            creators: work.creators.iter().map(CreditJson::from).collect(),
            poster: work.poster.clone(),
            recipients: work.recipients.clone(),
            fandoms: work.fandoms.clone(),
            relationships: work.relationships.clone(),
            characters: work.characters.clone(),
            categories: work.categories.clone(),
            warnings: work.warnings.clone(),
            freeforms: work.freeforms.clone(),
            rating: work.rating.map(|rating| rating.as_str().to_owned()),
            summary: work.summary.clone(),
            notes: work.notes.clone(),
            end_notes: work.end_notes.clone(),
            language: work.language.clone(),
            status: work.status.as_str().to_owned(),
            chapters_expected: work.chapters_expected,
            written: text(work.written),
            published: text(work.published),
            updated: text(work.updated),
            captured: text(work.captured),
            series: work.series.iter().map(SeriesJson::from).collect(),
            links: work.links.iter().map(LinkJson::from).collect(),
            related: work.related.iter().map(RelatedJson::from).collect(),
            chapters: work.chapters.iter().map(ChapterJson::from).collect(),
            missing_parts: work.missing_parts.clone(),
            words: work.words,
            stats: StatsJson::from(&work.stats),
            visibility: work.visibility.as_str().to_owned(),
            held: work.held.clone(),
            permissions: PermissionsJson::from(&work.permissions),
            original: original_map(&work.original),
            sources: work.sources.iter().map(SourceJson::from).collect(),
            evidence: evidence_map(&work.evidence),
            suggestions: suggestion_map(work),
            curated: work.curated.clone(),
            versions: work.versions.iter().map(VersionJson::from).collect(),
            findings: work.findings.iter().map(FindingJson::from).collect(),
        }
    }
}

impl TryFrom<WorkRecord> for Work {
    type Error = CanonicalError;

    fn try_from(json: WorkRecord) -> Result<Self, CanonicalError> {
        if json.schema > SCHEMA {
            let reason =
                format!("schema {} is newer than {SCHEMA}, the newest known here", json.schema);
            return Err(CanonicalError::value(reason));
        }
        Ok(Self {
            id: json.id.map(WorkId),
            uid: uid(json.uid)?,
            title: json.title,
            title_is_placeholder: json.title_is_placeholder,
            creators: each(json.creators, Credit::try_from)?,
            poster: json.poster,
            recipients: json.recipients,
            fandoms: json.fandoms,
            relationships: json.relationships,
            characters: json.characters,
            categories: json.categories,
            warnings: json.warnings,
            freeforms: json.freeforms,
            rating: named(json.rating, "rating", Rating::from_name)?,
            summary: json.summary,
            notes: json.notes,
            end_notes: json.end_notes,
            language: json.language,
            status: named(Some(json.status), "status", Status::from_name)?.unwrap_or_default(),
            chapters_expected: json.chapters_expected,
            written: date(json.written)?,
            published: date(json.published)?,
            updated: date(json.updated)?,
            captured: date(json.captured)?,
            series: each(json.series, SeriesEntry::try_from)?,
            links: each(json.links, PartLink::try_from)?,
            related: json.related.into_iter().map(Related::from).collect(),
            chapters: each(json.chapters, Chapter::try_from)?,
            missing_parts: json.missing_parts,
            words: json.words,
            stats: Stats::try_from(json.stats)?,
            visibility: named(Some(json.visibility), "visibility", Visibility::from_name)?
                .unwrap_or_default(),
            held: json.held,
            permissions: Permissions::from(json.permissions),
            original: original_back(json.original)?,
            sources: each(json.sources, Source::try_from)?,
            evidence: evidence_back(json.evidence)?,
            suggestions: suggestions_back(json.suggestions)?,
            curated: json.curated,
            versions: json.versions.into_iter().map(VersionNote::from).collect(),
            findings: each(json.findings, Finding::try_from)?,
        })
    }
}

fn each<A, B>(
    list: Vec<A>,
    convert: impl Fn(A) -> Result<B, CanonicalError>,
) -> Result<Vec<B>, CanonicalError> {
    list.into_iter().map(convert).collect()
}

/// A value of a closed vocabulary.
fn named<T>(
    name: Option<String>,
    what: &str,
    find: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, CanonicalError> {
    name.map(|name| {
        find(&name).ok_or_else(|| CanonicalError::value(format!("`{name}` is no {what}")))
    })
    .transpose()
}

fn original_map(original: &[(String, Vec<String>)]) -> Map<String, Value> {
    original.iter().map(|(label, values)| (label.clone(), Value::from(values.clone()))).collect()
}

fn original_back(map: Map<String, Value>) -> Result<Vec<(String, Vec<String>)>, CanonicalError> {
    map.into_iter().map(|(label, values)| Ok((label, from_value(values)?))).collect()
}

fn evidence_map(evidence: &[(String, Evidence)]) -> Map<String, Value> {
    evidence
        .iter()
        .map(|(field, found)| (field.clone(), to_value(&EvidenceJson::from(found))))
        .collect()
}

fn evidence_back(map: Map<String, Value>) -> Result<Vec<(String, Evidence)>, CanonicalError> {
    let read = |value| from_value::<EvidenceJson>(value).map(Evidence::from);
    map.into_iter().map(|(field, value)| Ok((field, read(value)?))).collect()
}

fn suggestion_map(work: &Work) -> Map<String, Value> {
    let mut map = Map::new();
    for suggestion in &work.suggestions {
        let list = map.entry(suggestion.field.clone()).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.push(to_value(&SuggestionJson::from_model(suggestion)));
        }
    }
    map
}

fn suggestions_back(map: Map<String, Value>) -> Result<Vec<crate::Suggestion>, CanonicalError> {
    let mut suggestions = Vec::new();
    for (field, value) in map {
        let list: Vec<SuggestionJson> = from_value(value)?;
        suggestions.extend(list.into_iter().map(|json| json.into_model(&field)));
    }
    Ok(suggestions)
}

fn to_value<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

fn from_value<T: serde::de::DeserializeOwned>(value: Value) -> Result<T, CanonicalError> {
    serde_json::from_value(value).map_err(|error| CanonicalError::value(error.to_string()))
}
