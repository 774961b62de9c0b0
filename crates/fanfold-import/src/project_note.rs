//! Notes that lie beside stories and are known by their names: READMEs, lists of changes, licences. Only a text that
//! nothing else speaks for is taken for one; a story called "License" is a story.

use fanfold_model::{Extracted, FieldKind, Finding, FindingCode, ReadAs};

/// Names without their endings, folded.
const NAMES: &[&str] = &[
    "readme",
    "read.me",
    "read_me",
    "contributing",
    "changelog",
    "license",
    "licence",
    "copying",
    "installing",
    "hacking",
    "code_of_conduct",
    "maintainers",
    "robots",
    "pull_request_template",
    "issue_template",
    "00index",
    ".descs",
    "files.bbs",
    "descript.ion",
    "security.md",
    "requirements.txt",
];

/// Turns a doubtful work under such a name into a refusal.
pub(crate) fn refuse(name: &str, extracted: &mut Extracted) {
    let name = name.to_lowercase();
    let stem = name.split_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let named = NAMES.contains(&stem) || NAMES.contains(&name.as_str());
    let doubtful =
        extracted.findings.iter().any(|own| own.code == FindingCode::LOW_CONFIDENCE.code);
    let size: usize = extracted.chapters.iter().map(|chapter| chapter.html.len()).sum();
    let signed = extracted.fields_of(FieldKind::Creator).next().is_some();
    let is_short = size < 1_000 && name.starts_with("read");
    if extracted.read_as != ReadAs::Work || !named || signed || !(doubtful || is_short) {
        return;
    }
    extracted.read_as = ReadAs::NotAWork;
    extracted.chapters.clear();
    extracted.findings.retain(|own| own.code != FindingCode::LOW_CONFIDENCE.code);
    let what = "It is a note about the files beside it, by its name, and tells no story.";
    extracted.findings.push(Finding::new(FindingCode::NOT_A_WORK, what));
}
