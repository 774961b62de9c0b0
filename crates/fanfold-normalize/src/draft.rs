//! The work while it is being read: the reading beside it, and the ways in which a rule may add to it. Every tag,
//! evidence and finding goes through here, so that trimming, duplicates and places are treated alike.

use crate::Context;
use crate::lists::one_line;
use fanfold_model::{
    Evidence, Extracted, ExtractedField, FieldKind, Finding, FindingCode, ReadAs, Suggestion,
    TagKind, Work,
};
use fanfold_text::sanitize;

/// A work in the making.
pub(crate) struct Draft<'a> {
    pub(crate) extracted: &'a Extracted,
    pub(crate) context: Context<'a>,
    pub(crate) work: Work,
    /// Prose that belongs into the notes although another label holds it: label and plain text.
    pub(crate) asides: Vec<(String, String)>,
    /// Whether a label speaks of underage content.
    pub(crate) underage: bool,
}

/// One field's value as one line of plain text.
pub(crate) struct Value<'a> {
    pub(crate) text: String,
    pub(crate) field: &'a ExtractedField,
    /// Read from a page or a table that states its tags one by one (AO3, eFiction): never split, never reworded.
    pub(crate) exact: bool,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(extracted: &'a Extracted, context: Context<'a>) -> Self {
        let work = Work {
            findings: extracted.findings.clone(),
            links: extracted.links.clone(),
            related: extracted.related.clone(),
            held: extracted.held.clone(),
            ..Work::default()
        };
        Self { extracted, context, work, asides: Vec::new(), underage: false }
    }

    /// The finished work.
    pub(crate) fn finish(mut self) -> Work {
        self.work.evidence.sort_by(|a, b| a.0.cmp(&b.0));
        self.work
    }

    /// Whether this is a work at all: an index or a recipe lacks no title.
    pub(crate) fn is_work(&self) -> bool {
        matches!(self.extracted.read_as, ReadAs::Work | ReadAs::Part)
    }

    /// The non-empty values of one kind, preferred first.
    pub(crate) fn values(&self, kind: FieldKind) -> Vec<Value<'a>> {
        self.extracted
            .fields_of(kind)
            .map(|field| Value { text: plain_line(field), field, exact: is_exact(field) })
            .filter(|value| !value.text.is_empty())
            .collect()
    }

    /// Notes where a shown field comes from; the first place wins.
    pub(crate) fn evidence(&mut self, name: &str, field: &ExtractedField) {
        if self.work.evidence.iter().any(|(known, _)| known == name) {
            return;
        }
        let evidence = Evidence {
            rule: field.rule.to_owned(),
            source: field.source,
            span: field.span,
            confidence: if field.confidence.is_finite() {
                field.confidence.clamp(0.0, 1.0)
            } else {
                0.0
            },
        };
        self.work.evidence.push((name.to_owned(), evidence));
    }

    /// Adds a tag in the creator's wording; blanks and exact repeats are left out.
    pub(crate) fn tag(&mut self, kind: TagKind, tag: &str, field: &ExtractedField) {
        let tag = one_line(tag);
        let Some((list, name)) = tag_list(&mut self.work, kind) else { return };
        if tag.is_empty() || list.contains(&tag) {
            return;
        }
        list.push(tag);
        self.evidence(name, field);
    }

    /// Adds a finding at a field's place.
    pub(crate) fn finding(
        &mut self,
        code: FindingCode,
        message: impl Into<String>,
        field: &ExtractedField,
    ) {
        let mut finding = Finding::new(code, message).at(field.span);
        finding.source = Some(field.source);
        self.note(finding);
    }

    /// Adds a finding that has no place.
    pub(crate) fn finding_nowhere(&mut self, code: FindingCode, message: impl Into<String>) {
        self.note(Finding::new(code, message));
    }

    fn note(&mut self, finding: Finding) {
        if !self.work.findings.contains(&finding) {
            self.work.findings.push(finding);
        }
    }

    /// Whether a finding of this code is known already.
    pub(crate) fn has_finding(&self, code: FindingCode) -> bool {
        self.work.findings.iter().any(|finding| finding.code == code.code)
    }

    /// Adds a guess that waits for a person.
    pub(crate) fn suggest(
        &mut self,
        field: &str,
        value: &str,
        confidence: f64,
        why: impl Into<String>,
    ) {
        let value = one_line(value);
        let known = |known: &Suggestion| known.field == field && known.value == value;
        if !value.is_empty() && !self.work.suggestions.iter().any(known) {
            self.work.suggestions.push(Suggestion {
                field: field.to_owned(),
                value,
                confidence,
                why: why.into(),
            });
        }
    }
}

/// The list that holds tags of a kind, with its name in JSON; the rating is no list.
fn tag_list(work: &mut Work, kind: TagKind) -> Option<(&mut Vec<String>, &'static str)> {
    Some(match kind {
        TagKind::Rating => return None,
        TagKind::Warning => (&mut work.warnings, "warnings"),
        TagKind::Category => (&mut work.categories, "categories"),
        TagKind::Fandom => (&mut work.fandoms, "fandoms"),
        TagKind::Relationship => (&mut work.relationships, "relationships"),
        TagKind::Character => (&mut work.characters, "characters"),
        TagKind::Freeform => (&mut work.freeforms, "freeforms"),
    })
}

/// A field's value as plain text, line ends kept.
pub(crate) fn plain(field: &ExtractedField) -> String {
    if field.html { sanitize::clean(&field.value).html.text() } else { field.value.clone() }
}

fn plain_line(field: &ExtractedField) -> String {
    let plain = plain(field);
    // Entities that were escaped twice: nobody names a pairing "A &amp; B".
    let plain = if plain.contains("&amp;") || plain.contains("&quot;") {
        plain.replace("&quot;", "\"").replace("&amp;", "&")
    } else {
        plain
    };
    plain.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn is_exact(field: &ExtractedField) -> bool {
    field.rule.starts_with("ao3") || field.rule.starts_with("efiction")
}
