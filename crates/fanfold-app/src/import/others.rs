//! What an import takes besides works: things that are none, and the records of an export.

use super::commit::{Committer, Group, attention};
use crate::hashing;
use fanfold_model::canonical::{ItemRecord, Record};
use fanfold_model::{Finding, ItemOutcome, Level, ReadAs};
use fanfold_storage::{Entry, ItemLine, NewItem};

impl Committer {
    #[expect(clippy::too_many_arguments, reason = "the parts of one item, used once")]
    pub(super) fn place_item(
        &mut self,
        mut line: ItemLine,
        read_as: ReadAs,
        reason: String,
        findings: Vec<Finding>,
        stored: bool,
        place: u64,
        group: &mut Group,
    ) {
        line.outcome = ItemOutcome::Refused;
        line.reason = reason;
        self.report.count(&line, read_as.as_str());
        let review = findings.iter().find(|finding| finding.level != Level::Info);
        if let Some(finding) = review {
            self.report.needs_person += 1;
            self.report.note(attention(&line, finding, None));
        }
        let origin = line.blake3.unwrap_or_else(|| hashing::hash(line.path.as_bytes()));
        if let Some(hash) = line.blake3 {
            self.matcher.learn_item(hash, false);
        }
        let uid = hashing::uid_in("item", origin, place);
        group.lines.push((line.clone(), None));
        let item = NewItem { uid, read_as, item: line, stored, findings };
        group.entries.push(Entry::Item(Box::new(item)));
    }

    pub(super) fn place_record(&mut self, record: Record, line: ItemLine, group: &mut Group) {
        match record {
            Record::Tag(tag) => self.tags.push(tag),
            Record::Edit(edit) => self.edits.push(edit),
            Record::Item(item) => self.place_kept_item(&item, line, group),
            _ => {}
        }
    }

    /// An item of an export: it keeps its uid, its place and its findings; its bytes did not come.
    fn place_kept_item(&mut self, record: &ItemRecord, line: ItemLine, group: &mut Group) {
        let read_as = ReadAs::from_name(&record.outcome).unwrap_or(ReadAs::NotUnderstood);
        self.report
            .count(&ItemLine { outcome: ItemOutcome::Refused, ..line.clone() }, read_as.as_str());
        group.lines.push((ItemLine { outcome: ItemOutcome::Refused, ..line.clone() }, None));
        let item = ItemLine {
            path: record.path.clone(),
            member: record.member.clone(),
            blake3: record.blake3.as_deref().and_then(|hash| hash.parse().ok()),
            format: record.format.clone(),
            outcome: ItemOutcome::Refused,
            reason: record.reason.clone(),
        };
        let uid = record.uid.as_deref().and_then(|uid| uid.parse().ok());
        if let Some(hash) = item.blake3 {
            self.matcher.learn_item(hash, true);
        }
        let origin = item.blake3.unwrap_or_else(|| hashing::hash(item.path.as_bytes()));
        let uid = uid.unwrap_or_else(|| hashing::uid_in("item", origin, 0));
        let findings = record.findings().unwrap_or_default();
        group.entries.push(Entry::Item(Box::new(NewItem {
            uid,
            read_as,
            item,
            stored: false,
            findings,
        })));
    }
}
