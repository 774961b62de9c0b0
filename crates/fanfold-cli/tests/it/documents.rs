//! Pages of the documentation that are made of the code. `UPDATE_GOLDEN=1` writes them anew.

use crate::program::repository;
use std::fmt::Write;

fn compare(path: &str, wanted: &str) {
    let file = repository(path);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, wanted).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(found == wanted, "{path} is out of date: run this test with UPDATE_GOLDEN=1");
}

#[test]
fn the_page_of_findings_lists_the_catalogue() {
    let mut page = String::from(
        "# Findings\n\nA finding is something that was noticed while a file was read. It never stops an import. \
         *Info* is good to know, *review* wants a decision, *damage* means that something is missing or broken.\n\n\
         | code | level | what it means | what to do |\n| --- | --- | --- | --- |\n",
    );
    for code in fanfold_model::all_finding_codes() {
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | {} |",
            code.code,
            code.level.as_str(),
            code.meaning,
            code.next
        );
    }
    compare("docs/findings.md", &page);
}

#[test]
fn the_page_of_formats_lists_the_importers() {
    let mut page = String::from("# Formats\n\nMade of the importers' own words.\n");
    for format in fanfold_app::formats() {
        let _ = write!(
            page,
            "\n## {}\n\n`{}`: {}\n\n{}\n",
            format.name,
            format.id,
            format.description,
            format.docs.trim()
        );
    }
    compare("docs/formats.md", &page);
}
