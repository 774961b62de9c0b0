//! Every fixture through detection and extraction, compared with what was expected. `UPDATE_GOLDEN=1` writes what is
//! read now; look at the difference before you commit it.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its ground has failed")]

use fanfold_import::{ConvertError, Converter, Reading, detect, importers, read_with};
use fanfold_model::canonical::{WorkRecord, extracted_json};
use fanfold_model::{Extracted, FieldKind, ReadAs};
use fanfold_source::{Beside, Item, Limits};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

struct Case {
    format: String,
    nature: String,
    folder: PathBuf,
    item: Item,
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let known: Vec<String> =
        importers().iter().map(|importer| importer.format().id.replace('-', "_")).collect();
    let mut cases = Vec::new();
    for format in folders(&root).into_iter().filter(|folder| known.contains(&name(folder))) {
        for nature in folders(&format) {
            for folder in folders(&nature) {
                let input = fs::read_dir(&folder)
                    .unwrap()
                    .map(|entry| entry.unwrap().path())
                    .find(|path| name(path).starts_with("input."));
                let input = input.unwrap_or_else(|| panic!("{} has no input", folder.display()));
                let mut item = Item::from_bytes(name(&input), fs::read(&input).unwrap());
                item.beside = beside(&folder.join("beside"));
                cases.push(Case {
                    format: name(&format).replace('_', "-"),
                    nature: name(&nature),
                    folder,
                    item,
                });
            }
        }
    }
    cases
}

/// What lies beside the input: the files of a folder of that name.
fn beside(root: &Path) -> Option<Arc<Beside>> {
    let mut items = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let own = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
                items.push((own.clone(), Item::from_bytes(own, fs::read(&path).unwrap())));
            }
        }
    }
    (!items.is_empty()).then(|| Arc::new(Beside::of(items)))
}

fn read_case(case: &Case) -> Reading {
    read_with(&case.item, &Limits::default(), &Given(case.folder.join("converted.txt")))
}

/// What a foreign program gave for a file lies beside it.
struct Given(PathBuf);

impl Converter for Given {
    fn to_text(&self, _format: &str, _bytes: &[u8]) -> Result<Vec<u8>, ConvertError> {
        fs::read(&self.0).map_err(|_| ConvertError::NotSet)
    }
}

fn work_json(extracted: &Extracted) -> Value {
    let mut value = extracted_json(extracted);
    value["related"] = json!(extracted.related.iter().map(|own| json!({"rel": own.rel, "title": own.title, "creator": own.creator, "url": own.url})).collect::<Vec<_>>());
    for (index, chapter) in extracted.chapters.iter().enumerate() {
        let own = &mut value["chapters"][index];
        own["creators"] = json!(chapter.creators);
        own["summary"] = json!(chapter.summary);
        own["notes"] = json!(chapter.notes);
        own["end_notes"] = json!(chapter.end_notes);
        own["html"] = json!(chapter.html);
    }
    value["canonical"] = extracted
        .canonical
        .as_deref()
        .map_or(Value::Null, |work| serde_json::to_value(WorkRecord::from(work)).unwrap());
    value
}

fn as_json(reading: &Reading) -> Value {
    json!({
        "format": reading.format,
        "extracted": reading.extracted.iter().map(work_json).collect::<Vec<_>>(),
        "records": reading.records.iter().map(|record| format!("{record:?}")).collect::<Vec<_>>(),
        "findings": reading.findings.iter().map(|finding| json!({"code": finding.code, "message": finding.message})).collect::<Vec<_>>(),
    })
}

#[test]
fn every_fixture_is_read_as_expected() {
    let update = std::env::vars().any(|(name, _)| name == "UPDATE_GOLDEN");
    let mut wrong = Vec::new();
    for case in cases() {
        let read =
            format!("{}\n", serde_json::to_string_pretty(&as_json(&read_case(&case))).unwrap());
        let golden = case.folder.join("expected.json");
        if update {
            fs::write(&golden, &read).unwrap();
        } else if fs::read_to_string(&golden).ok().as_deref() != Some(&read) {
            wrong.push(case.folder.display().to_string());
        }
    }
    assert!(
        wrong.is_empty(),
        "other than expected (UPDATE_GOLDEN=1 writes what is read now):\n{}",
        wrong.join("\n")
    );
}

#[test]
fn every_fixture_is_claimed_by_its_own_format_and_no_other_comes_near() {
    for case in cases() {
        let detection = detect(&case.item);
        let best = detection
            .best()
            .unwrap_or_else(|| panic!("{} is claimed by nobody", case.folder.display()));
        assert_eq!(
            best.format,
            case.format,
            "{}: {:?}",
            case.folder.display(),
            detection.candidates
        );
        let second = detection.candidates.get(1).map_or(0, |other| other.score);
        assert!(best.score >= second + 30, "{}: {:?}", case.folder.display(), detection.candidates);
    }
}

#[test]
fn what_is_not_a_work_is_refused_with_a_reason_and_everything_else_is_one() {
    for case in cases() {
        let reading = read_case(&case);
        let works = reading.extracted.iter().filter(|own| own.read_as == ReadAs::Work).count();
        let place = case.folder.display();
        if case.nature == "not-a-work" {
            assert_eq!(works, 0, "{place}");
            let reasons = reading
                .extracted
                .iter()
                .all(|own| own.findings.iter().any(|finding| finding.message.ends_with('.')));
            assert!(reasons, "{place}");
        } else {
            assert!(
                works > 0,
                "{place}: {:?}",
                reading.extracted.iter().map(|own| &own.findings).collect::<Vec<_>>()
            );
            let told = reading.extracted.iter().filter(|own| own.canonical.is_none());
            // A work whose text is known to lie elsewhere waits for it.
            for work in told.filter(|work| work.held.as_deref() != Some("no-text")) {
                assert!(!work.chapters.is_empty(), "{place} has no chapter");
                assert!(
                    work.chapters.iter().any(|chapter| chapter.html.len() > 100),
                    "{place} has no text"
                );
            }
        }
    }
}

#[test]
fn every_format_has_a_fixture_of_each_nature() {
    let cases = cases();
    for importer in importers() {
        let id = importer.format().id;
        for nature in ["clean", "legacy", "malformed", "not-a-work"] {
            assert!(
                cases.iter().any(|case| case.format == id && case.nature == nature),
                "{id} has no {nature} fixture"
            );
        }
    }
}

#[test]
fn the_book_and_the_page_of_one_work_give_the_same_values() {
    let cases = cases();
    let find = |format: &str, folder: &str| {
        let case = cases.iter().find(|case| {
            case.format == format && case.nature == "clean" && name(&case.folder) == folder
        });
        read_case(case.unwrap()).extracted.remove(0)
    };
    for folder in ["many_chapters", "one_chapter"] {
        let (page, book) = (find("ao3-html", folder), find("ao3-epub", folder));
        let shown = |own: &Extracted| {
            let fields: Vec<(FieldKind, String, String)> = own
                .fields
                .iter()
                .filter(|field| field.kind != FieldKind::SourceUrl)
                .map(|field| (field.kind, field.label.clone(), field.value.clone()))
                .collect();
            let chapters: Vec<_> = own
                .chapters
                .iter()
                .map(|own| {
                    (
                        own.number.clone(),
                        own.title.clone(),
                        own.summary.clone(),
                        own.notes.clone(),
                        own.end_notes.clone(),
                        own.html.clone(),
                    )
                })
                .collect();
            (fields, chapters, own.series.clone(), own.related.clone())
        };
        assert_eq!(shown(&page), shown(&book), "{folder}");
    }
}

#[test]
fn a_place_in_the_source_holds_the_value_that_was_read_there() {
    let mut checked = 0;
    for case in cases() {
        let reading = read_case(&case);
        let bytes = case.item.bytes(u64::MAX).unwrap().into_owned();
        let text = reading.decoded.as_ref().map(|decoded| decoded.text.clone()).unwrap_or_default();
        for field in
            reading.extracted.iter().flat_map(|own| &own.fields).filter(|field| !field.html)
        {
            let Some(span) = field.span.filter(|_| field.source == 0) else { continue };
            let range = usize::try_from(span.start).unwrap()..usize::try_from(span.end).unwrap();
            let written = match span.unit {
                fanfold_model::SpanUnit::Source => {
                    String::from_utf8_lossy(&bytes[range]).into_owned()
                }
                fanfold_model::SpanUnit::Decoded => text[range].to_owned(),
            };
            let letters = |text: &str| {
                text.replace("&amp;", "&")
                    .replace("&#39;", "'")
                    .chars()
                    .filter(|c| c.is_alphanumeric())
                    .collect::<String>()
            };
            let named_only = field.kind == FieldKind::Series
                && letters(&field.value).contains(&letters(&written));
            assert!(
                named_only || letters(&written).contains(&letters(&field.value)),
                "{}: {written:?} for {:?}",
                case.folder.display(),
                field.value
            );
            checked += 1;
        }
    }
    assert!(checked > 100, "only {checked} places were looked at");
}

#[test]
fn mutated_fixtures_never_break_an_importer() {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut chance = move |most: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % most.max(1) as u64).unwrap()
    };
    for case in cases() {
        let seed = case.item.bytes(u64::MAX).unwrap().into_owned();
        for _ in 0..12 {
            let mut bytes = seed.clone();
            for _ in 0..=chance(8) {
                let at = chance(bytes.len());
                match chance(4) {
                    0 => bytes.truncate(at.max(1)),
                    1 => bytes.insert(at, b"<>&\"\0\n\x1a\xff-"[chance(9)]),
                    2 => bytes[at] = u8::try_from(chance(256)).unwrap(),
                    _ => {
                        let piece = bytes[at..bytes.len().min(at + 60)].to_vec();
                        let to = chance(bytes.len());
                        bytes.splice(to..to, piece);
                    }
                }
            }
            fanfold_import::fuzz::fuzz_detect(&bytes);
            match case.format.as_str() {
                "epub" | "ao3-epub" => fanfold_import::fuzz::fuzz_epub(&bytes),
                "mail-message" => {
                    fanfold_import::fuzz::fuzz_import(&bytes);
                    fanfold_import::fuzz::fuzz_mail(&bytes);
                }
                "livejournal-export" | "livejournal-page" | "yahoo-group" => {
                    fanfold_import::fuzz::fuzz_import(&bytes);
                    fanfold_import::fuzz::fuzz_journal(&bytes);
                }
                "forum-thread" | "fichub-html" | "fimfiction" | "tth-page" | "wattpad-page"
                | "wattpad-json" => {
                    fanfold_import::fuzz::fuzz_import(&bytes);
                    fanfold_import::fuzz::fuzz_site_page(&bytes);
                    fanfold_import::fuzz::fuzz_neighbours(&bytes);
                }
                _ => fanfold_import::fuzz::fuzz_import(&bytes),
            }
        }
    }
}
