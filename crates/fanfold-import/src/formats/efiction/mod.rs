//! eFiction dump: the database of an archive that ran eFiction, 1.1 to 3.5 and the community's fork, as SQL.
//!
//! Read from any maker's dump (phpMyAdmin, mysqldump, hosting panels, eFiction's own backup without column names),
//! also packed or inside an archive of a whole account, with several installs in one file. Versions are told apart by
//! their columns. Read: stories with their chapters from rows or from the `stories` folder beside the dump (by number
//! or by pen name), round robins with each chapter's author, coauthors from both places, categories, characters,
//! classes of every type, ratings by number or by name, warnings, series and series in series, challenges, dates in
//! all three forms, word counts as claims, reviews. HTML or plain text is decided for each chapter as eFiction does.
//! Stories that wait for the site's approval are held.
//!
//! Never read: mail addresses, real names, passwords, IP addresses, logs, messages between members, favourites.
//! Known damage: dumps that break off (what stands before is taken), two encodings in one site, added backslashes,
//! chapter files that are missing (told for each).

mod categories;
mod chapters;
mod reviews;
mod rows;
mod schema;
mod site;
mod story;
mod tags;
mod words;

pub(crate) use reviews::parted as parted_reply;

use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use fanfold_model::{Finding, FindingCode, ReadAs, Span};
use site::Survey;

/// The importer.
pub(crate) struct Efiction;

impl Importer for Efiction {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "efiction",
            name: "eFiction dump",
            description: "The database of an eFiction archive as SQL, any version and any maker",
            docs: "Every story with its chapters, tags, series and coauthors. Give the folder that holds the dump and \
                   the stories folder together. Private data of members is never taken over.",
        }
    }

    fn holds_many(&self) -> bool {
        true
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        let named = probe.ending() == "sql";
        let head = probe.lower();
        let statement = head.contains("insert into") || head.contains("create table");
        if !statement || (!named && !probe.is_text()) {
            return None;
        }
        if head.contains("fanfiction_") {
            return Some(Match {
                score: 950,
                reason: "It is a database dump with tables of eFiction.",
            });
        }
        let tables =
            ["_stories", "_chapters", "_inseries", "_classtypes", "_characters", "penname"];
        let found = tables.iter().filter(|table| head.contains(**table)).count();
        match (found, named) {
            (2.., _) => Some(Match {
                score: 900,
                reason: "It is a database dump with tables named as eFiction's are.",
            }),
            (_, true) => Some(Match { score: 300, reason: "It is a database dump." }),
            _ => None,
        }
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let survey = Survey::of(input)?;
        if survey.sites.is_empty() {
            let tables: Vec<&str> = survey.tables.iter().map(String::as_str).take(20).collect();
            let what = format!(
                "It is a database dump without stories of an archive program that is known here; its tables are {}.",
                if tables.is_empty() { "empty".to_owned() } else { tables.join(", ") }
            );
            let finding = Finding::new(FindingCode::NOT_A_WORK, what);
            sink.extracted(input.refusal(ReadAs::NotAWork, finding));
            return Ok(());
        }
        for site in survey.sites.values() {
            for row in &site.stories.all {
                if !sink.wants_more() {
                    return Ok(());
                }
                if let Some(story) = story::read(input, site, *row)? {
                    sink.extracted(story);
                }
            }
            chapters::orphans(input, site, sink)?;
        }
        tell_damage(&survey, input, sink)
    }
}

/// Damage of the dump itself, each with its place, the first hundred; and what was too much to note.
fn tell_damage(survey: &Survey, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let left_out =
        |site: &site::Site| site.stories.left_out + site.chapters.left_out + site.reviews.left_out;
    let left_out: u64 = survey.sites.values().map(left_out).sum();
    if left_out > 0 {
        let what = format!("{left_out} rows are more than are read of one dump.");
        sink.finding(Finding::new(FindingCode::LIMIT_HIT, what));
    }
    for (at, why) in survey.broken.iter().take(100) {
        let end = (*at + 1).min(input.item.size);
        let what = format!("The dump cannot be read at byte {at}: {why}.");
        let place = Span { start: *at, end, unit: fanfold_model::SpanUnit::Source };
        sink.finding(Finding::new(FindingCode::TRUNCATED, what).at(Some(place)));
    }
    Ok(())
}
