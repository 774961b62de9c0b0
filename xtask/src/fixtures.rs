//! Fixtures: `fixtures/<format>/<nature>/<case>/`, each case with an `ABOUT`, each registered format in all four natures.

use crate::repository::Repository;

/// The natures a format has to be shown in: as it should be, as it was once written, damaged, and something else entirely.
const NATURES: [&str; 4] = ["clean", "legacy", "malformed", "not-a-work"];

/// Formats by the name of their importer's file.
const FORMATS: &[&str] = &[
    "plain_text",
    "html_page",
    "markdown",
    "ao3_html",
    "epub",
    "ao3_epub",
    "canonical_json",
    "efiction",
    "efiction_page",
    "ffn_page",
    "doc",
    "docx",
    "odt",
    "fb2",
    "rtf",
    "htmlz",
    "mobi",
    "pdf",
    "calibre_library",
    "mail_message",
    "livejournal_export",
    "livejournal_page",
    "yahoo_group",
    "forum_thread",
    "fichub_html",
    "fimfiction",
    "fimfarchive",
    "tth_page",
    "wattpad_page",
    "wattpad_json",
    "automated_archive",
];

/// Folders of `fixtures/` that hold no format: libraries of released versions, for the upgrade tests.
const NOT_FORMATS: [&str; 1] = ["databases"];

/// Every format without a nature, every case without an origin, every folder that is in the wrong place.
pub(crate) fn faults(repository: &Repository) -> Vec<String> {
    let mut faults = Vec::new();
    let found = repository.folders("fixtures");
    for format in FORMATS {
        let natures = repository.folders(&format!("fixtures/{format}"));
        let has = |nature: &str| {
            let folder = format!("fixtures/{format}/{nature}");
            natures.iter().any(|one| one == nature) && !repository.folders(&folder).is_empty()
        };
        let lacking: Vec<&str> = NATURES.into_iter().filter(|nature| !has(nature)).collect();
        if !lacking.is_empty() {
            let lacking = lacking.join(", or ");
            faults.push(format!("fixtures/{format} shows no case that is {lacking}"));
        }
    }
    for format in found.iter().filter(|format| !NOT_FORMATS.contains(&format.as_str())) {
        if !FORMATS.contains(&format.as_str()) {
            faults.push(format!("fixtures/{format} belongs to no registered format (xtask/src/fixtures.rs has the list)"));
        }
        for nature in repository.folders(&format!("fixtures/{format}")) {
            faults.extend(nature_faults(
                repository,
                &format!("fixtures/{format}/{nature}"),
                &nature,
            ));
        }
    }
    faults
}

fn nature_faults(repository: &Repository, folder: &str, nature: &str) -> Vec<String> {
    if !NATURES.contains(&nature) {
        return vec![format!("{folder}: a case stands under one of {}", NATURES.join(", "))];
    }
    let cases = repository.folders(folder);
    cases.iter().filter_map(|case| case_fault(repository, &format!("{folder}/{case}"))).collect()
}

fn case_fault(repository: &Repository, case: &str) -> Option<String> {
    if repository.read(&format!("{case}/ABOUT")).split_whitespace().count() < 3 {
        return Some(format!("{case}/ABOUT must say origin, licence and what the case shows"));
    }
    (repository.files(case, &[""]).len() < 2)
        .then(|| format!("{case} holds nothing besides its ABOUT"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{assert_kept, planted};

    #[test]
    fn every_registered_format_is_shown_in_its_four_natures() {
        assert_kept(&faults(&Repository::this()));
    }

    #[test]
    fn a_missing_nature_an_anonymous_case_and_a_stray_folder_are_found() {
        let about = "Written for Fanfold, CC0, shows one fault.";
        let mut files = Vec::new();
        for format in FORMATS {
            for nature in NATURES {
                files.push((format!("fixtures/{format}/{nature}/a/ABOUT"), about));
                files.push((format!("fixtures/{format}/{nature}/a/input.txt"), "x"));
            }
        }
        let count = |files: &[(String, &str)]| {
            let files: Vec<(&str, &str)> =
                files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
            let (_folder, repository) = planted(&files);
            faults(&repository).len()
        };
        assert_eq!(count(&files), 0);
        assert_eq!(count(&files[2..]), 1, "a nature is missing");
        assert_eq!(count(&files[1..]), 1, "an ABOUT is missing");
        assert_eq!(
            count(&[files.clone(), vec![("fixtures/epub/odd/a/ABOUT".to_owned(), about)]].concat()),
            1
        );
        assert_eq!(
            count(
                &[files.clone(), vec![("fixtures/new_format/clean/a/ABOUT".to_owned(), "")]]
                    .concat()
            ),
            2
        );
        assert_eq!(
            count(
                &[files, vec![("fixtures/databases/0.1/library.sqlite".to_owned(), "")]].concat()
            ),
            0
        );
    }
}
