//! Automated Archive: `ARCHIVE_DB.pl`, the list of a small archive that ran the Automated Archive scripts, with the story
//! files beside it.
//!
//! The list is a Perl program that assigns a hash of hashes: one record a story, or a part of one. It is read as a
//! grammar of literals and never run. Recognised by `%FILES = (` with records behind it. Read: title, author, summary,
//! notes, rating, warnings, categories, pairings, fandoms, recipients, dates as seconds since 1970 or `mm/dd/yy`, and the
//! labels that a site added. The text comes from the file that `Location` and `FileType` name, read as the page or the
//! text that it is; what the file says about itself besides is kept. A record that points to another site is kept
//! without a text, waits, and meets the story when it comes.
//!
//! Never read: mail addresses. Known damage: quotes that are not escaped, line ends inside values, several encodings,
//! records that do not end (the others are read), story files that are missing (told for each).

mod perl;
mod record;
mod story_file;

use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use fanfold_model::{Finding, FindingCode, ReadAs};
use perl::Perl;

/// The importer.
pub(crate) struct AutomatedArchive;

impl Importer for AutomatedArchive {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "automated-archive",
            name: "Automated Archive list",
            description: "ARCHIVE_DB.pl of the Automated Archive scripts, with its story files",
            docs: "Every record with the file it names. Give the folder that holds the list and the story files together. \
                   The list is read as text and never run; mail addresses are left out.",
        }
    }

    fn holds_many(&self) -> bool {
        true
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        if !probe.is_text() {
            return None;
        }
        let name = probe.file_name.to_ascii_lowercase();
        let named = name.starts_with("archive_db") && name.ends_with(".pl");
        let head = probe.lower();
        let hash = head.find("%files").is_some_and(|at| {
            let rest = head[at + "%files".len()..].trim_start();
            rest.strip_prefix('=').is_some_and(|rest| rest.trim_start().starts_with('('))
        });
        let keyed =
            ["'title'", "\"title\"", "'location'", "\"location\"", "title =>", "location =>"]
                .iter()
                .any(|key| head.contains(key));
        match (named, hash, keyed) {
            (_, true, true) => Some(Match {
                score: 950,
                reason: "It is the list of an Automated Archive: a Perl hash of stories.",
            }),
            (true, ..) => Some(Match {
                score: 900,
                reason: "It is named as the list of an Automated Archive.",
            }),
            (_, true, false) if probe.ending() == "pl" => {
                Some(Match { score: 300, reason: "It is a Perl program with a hash of files." })
            }
            _ => None,
        }
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let decoded = input.text()?;
        let mut perl = Perl::new(&decoded.text);
        let (mut stories, mut told) = (0, 0);
        while let Some((name, value)) = perl.record() {
            if !sink.wants_more() {
                return Ok(());
            }
            let Some(record) = record::read(&name, &value, decoded) else { continue };
            stories += 1;
            let damage = perl.damage.get(told..).unwrap_or_default();
            told = perl.damage.len();
            sink.extracted(record::story(input, record, damage));
        }
        if stories == 0 {
            let what = "It is a Perl program without records of stories; it was not run.";
            let finding = Finding::new(FindingCode::NOT_A_WORK, what);
            sink.extracted(input.refusal(ReadAs::NotAWork, finding));
            return Ok(());
        }
        decoded.findings.iter().for_each(|finding| sink.finding(finding.clone()));
        for damage in perl.damage.get(told..).unwrap_or_default() {
            sink.finding(record::finding(decoded, damage));
        }
        Ok(())
    }
}
