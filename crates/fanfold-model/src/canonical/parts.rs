//! The smaller objects inside a work's record.

use super::CanonicalError;
use crate::chapter::Chapter;
use crate::creator::{CreatorRole, Credit};
use crate::date::PartialDate;
use crate::evidence::{Evidence, Span, SpanUnit, Suggestion};
use crate::finding::{Finding, Level};
use crate::ids::Uid;
use crate::series::{LinkRel, PartLink, Related, SeriesEntry};
use crate::work::{BlobState, Permissions, Source, Stats, VersionNote};
use serde::{Deserialize, Serialize};

pub(super) fn uid(text: Option<String>) -> Result<Option<Uid>, CanonicalError> {
    text.map(|text| {
        text.parse().map_err(|_| CanonicalError::value(format!("`{text}` is not a uid")))
    })
    .transpose()
}

pub(super) fn date(text: Option<String>) -> Result<Option<PartialDate>, CanonicalError> {
    text.map(|text| {
        text.parse().map_err(|error: crate::DateError| CanonicalError::value(error.to_string()))
    })
    .transpose()
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct CreditJson {
    name: String,
    #[serde(default = "author")]
    role: String,
}

fn author() -> String {
    CreatorRole::Author.as_str().to_owned()
}

impl From<&Credit> for CreditJson {
    fn from(credit: &Credit) -> Self {
        Self { name: credit.name.clone(), role: credit.role.as_str().to_owned() }
    }
}

impl TryFrom<CreditJson> for Credit {
    type Error = CanonicalError;
    fn try_from(json: CreditJson) -> Result<Self, CanonicalError> {
        let role = CreatorRole::from_name(&json.role)
            .ok_or_else(|| CanonicalError::value(format!("`{}` is no creator role", json.role)))?;
        Ok(Self { name: json.name, role })
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct SeriesJson {
    #[serde(default)]
    uid: Option<String>,
    title: String,
    #[serde(default)]
    part: Option<u32>,
    #[serde(default)]
    of: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl From<&SeriesEntry> for SeriesJson {
    fn from(entry: &SeriesEntry) -> Self {
        Self {
            uid: entry.uid.map(|uid| uid.to_string()),
            title: entry.title.clone(),
            part: entry.part,
            of: entry.of,
            url: entry.url.clone(),
        }
    }
}

impl TryFrom<SeriesJson> for SeriesEntry {
    type Error = CanonicalError;
    fn try_from(json: SeriesJson) -> Result<Self, CanonicalError> {
        Ok(Self {
            uid: uid(json.uid)?,
            title: json.title,
            part: json.part,
            of: json.of,
            url: json.url,
        })
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct LinkJson {
    rel: String,
    #[serde(default)]
    part: Option<u32>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    url: Option<String>,
}

impl From<&PartLink> for LinkJson {
    fn from(link: &PartLink) -> Self {
        Self {
            rel: link.rel.as_str().to_owned(),
            part: link.part,
            title: link.title.clone(),
            url: link.url.clone(),
        }
    }
}

impl TryFrom<LinkJson> for PartLink {
    type Error = CanonicalError;
    fn try_from(json: LinkJson) -> Result<Self, CanonicalError> {
        let rel = LinkRel::from_name(&json.rel)
            .ok_or_else(|| CanonicalError::value(format!("`{}` is no link relation", json.rel)))?;
        Ok(Self { rel, part: json.part, title: json.title, url: json.url })
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct RelatedJson {
    rel: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    creator: Option<String>,
    #[serde(default)]
    url: Option<String>,
}

impl From<&Related> for RelatedJson {
    fn from(related: &Related) -> Self {
        Self {
            rel: related.rel.clone(),
            title: related.title.clone(),
            creator: related.creator.clone(),
            url: related.url.clone(),
        }
    }
}

impl From<RelatedJson> for Related {
    fn from(json: RelatedJson) -> Self {
        Self { rel: json.rel, title: json.title, creator: json.creator, url: json.url }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ChapterJson {
    #[serde(default)]
    uid: Option<String>,
    position: u32,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    number: Option<String>,
    #[serde(default)]
    words: u64,
    #[serde(default)]
    creators: Vec<CreditJson>,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    summary: Option<String>,
    #[serde(default)]
    notes: Option<String>,
    #[serde(default)]
    end_notes: Option<String>,
    html: String,
}

impl From<&Chapter> for ChapterJson {
    fn from(chapter: &Chapter) -> Self {
        Self {
            uid: chapter.uid.map(|uid| uid.to_string()),
            position: chapter.position,
            title: chapter.title.clone(),
            number: chapter.number.clone(),
            words: chapter.words,
            creators: chapter.creators.iter().map(CreditJson::from).collect(),
            published: chapter.published.map(|date| date.to_string()),
            url: chapter.url.clone(),
            summary: chapter.summary.clone(),
            notes: chapter.notes.clone(),
            end_notes: chapter.end_notes.clone(),
            html: chapter.html.clone(),
        }
    }
}

impl TryFrom<ChapterJson> for Chapter {
    type Error = CanonicalError;
    fn try_from(json: ChapterJson) -> Result<Self, CanonicalError> {
        Ok(Self {
            uid: uid(json.uid)?,
            position: json.position,
            title: json.title,
            number: json.number,
            words: json.words,
            creators: json.creators.into_iter().map(Credit::try_from).collect::<Result<_, _>>()?,
            published: date(json.published)?,
            url: json.url,
            summary: json.summary,
            notes: json.notes,
            end_notes: json.end_notes,
            html: json.html,
        })
    }
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct StatsJson {
    #[serde(default)]
    kudos: Option<u64>,
    #[serde(default)]
    hits: Option<u64>,
    #[serde(default)]
    comments: Option<u64>,
    #[serde(default)]
    bookmarks: Option<u64>,
    #[serde(default)]
    as_of: Option<String>,
}

impl From<&Stats> for StatsJson {
    fn from(stats: &Stats) -> Self {
        Self {
            kudos: stats.kudos,
            hits: stats.hits,
            comments: stats.comments,
            bookmarks: stats.bookmarks,
            as_of: stats.as_of.map(|date| date.to_string()),
        }
    }
}

impl TryFrom<StatsJson> for Stats {
    type Error = CanonicalError;
    fn try_from(json: StatsJson) -> Result<Self, CanonicalError> {
        Ok(Self {
            kudos: json.kudos,
            hits: json.hits,
            comments: json.comments,
            bookmarks: json.bookmarks,
            as_of: date(json.as_of)?,
        })
    }
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct PermissionsJson {
    #[serde(default)]
    archiving: Option<String>,
    #[serde(default)]
    as_read: Option<String>,
}

impl From<&Permissions> for PermissionsJson {
    fn from(permissions: &Permissions) -> Self {
        Self { archiving: permissions.archiving.clone(), as_read: permissions.as_read.clone() }
    }
}

impl From<PermissionsJson> for Permissions {
    fn from(json: PermissionsJson) -> Self {
        Self { archiving: json.archiving, as_read: json.as_read }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct SourceJson {
    path: String,
    #[serde(default)]
    member: Option<String>,
    format: String,
    #[serde(default)]
    encoding: Option<String>,
    blake3: String,
    blob: String,
    #[serde(default)]
    url: Option<String>,
}

impl From<&Source> for SourceJson {
    fn from(source: &Source) -> Self {
        Self {
            path: source.path.clone(),
            member: source.member.clone(),
            format: source.format.clone(),
            encoding: source.encoding.clone(),
            blake3: source.blake3.to_string(),
            blob: source.blob.as_str().to_owned(),
            url: source.url.clone(),
        }
    }
}

impl TryFrom<SourceJson> for Source {
    type Error = CanonicalError;
    fn try_from(json: SourceJson) -> Result<Self, CanonicalError> {
        Ok(Self {
            path: json.path,
            member: json.member,
            format: json.format,
            encoding: json.encoding,
            blake3: json
                .blake3
                .parse()
                .map_err(|error| CanonicalError::value(format!("{error}")))?,
            blob: if json.blob == "stored" { BlobState::Stored } else { BlobState::Absent },
            url: json.url,
        })
    }
}

/// A span and its unit, which lie beside each other in their object.
pub(super) fn span_pair(span: Option<Span>) -> (Option<[u64; 2]>, Option<String>) {
    let unit = span.filter(|span| span.unit == SpanUnit::Decoded).map(|_| "decoded".to_owned());
    (span.map(|span| [span.start, span.end]), unit)
}

fn span_back(span: Option<[u64; 2]>, unit: Option<&str>) -> Option<Span> {
    let unit = if unit == Some("decoded") { SpanUnit::Decoded } else { SpanUnit::Source };
    span.map(|[start, end]| Span { start, end, unit })
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct EvidenceJson {
    rule: String,
    #[serde(default)]
    source: u32,
    #[serde(default)]
    span: Option<[u64; 2]>,
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    confidence: f64,
}

impl From<&Evidence> for EvidenceJson {
    fn from(evidence: &Evidence) -> Self {
        let (span, unit) = span_pair(evidence.span);
        Self {
            rule: evidence.rule.clone(),
            source: evidence.source,
            span,
            unit,
            confidence: evidence.confidence,
        }
    }
}

impl From<EvidenceJson> for Evidence {
    fn from(json: EvidenceJson) -> Self {
        Self {
            rule: json.rule,
            source: json.source,
            span: span_back(json.span, json.unit.as_deref()),
            confidence: json.confidence,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct SuggestionJson {
    value: String,
    confidence: f64,
    why: String,
}

impl SuggestionJson {
    pub(super) fn from_model(suggestion: &Suggestion) -> Self {
        Self {
            value: suggestion.value.clone(),
            confidence: suggestion.confidence,
            why: suggestion.why.clone(),
        }
    }

    pub(super) fn into_model(self, field: &str) -> Suggestion {
        Suggestion {
            field: field.to_owned(),
            value: self.value,
            confidence: self.confidence,
            why: self.why,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct VersionJson {
    number: u32,
    stored: String,
    words: u64,
    shown: bool,
}

impl From<&VersionNote> for VersionJson {
    fn from(version: &VersionNote) -> Self {
        Self {
            number: version.number,
            stored: version.stored.clone(),
            words: version.words,
            shown: version.shown,
        }
    }
}

impl From<VersionJson> for VersionNote {
    fn from(json: VersionJson) -> Self {
        Self { number: json.number, stored: json.stored, words: json.words, shown: json.shown }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct FindingJson {
    code: String,
    level: String,
    message: String,
    #[serde(default)]
    source: Option<u32>,
    #[serde(default)]
    span: Option<[u64; 2]>,
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
}

impl From<&Finding> for FindingJson {
    fn from(finding: &Finding) -> Self {
        let (span, unit) = span_pair(finding.span);
        Self {
            code: finding.code.clone(),
            level: finding.level.as_str().to_owned(),
            message: finding.message.clone(),
            source: finding.source,
            span,
            unit,
        }
    }
}

impl TryFrom<FindingJson> for Finding {
    type Error = CanonicalError;
    fn try_from(json: FindingJson) -> Result<Self, CanonicalError> {
        let level = Level::from_name(&json.level).ok_or_else(|| {
            CanonicalError::value(format!("`{}` is no finding level", json.level))
        })?;
        Ok(Self {
            code: json.code,
            level,
            message: json.message,
            source: json.source,
            span: span_back(json.span, json.unit.as_deref()),
        })
    }
}
