//! Input is read-only, links are not followed, hostile containers hit limits, and memory is bounded.

use crate::program::{Library, story};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use zip::write::SimpleFileOptions;

#[test]
fn an_input_is_never_touched_and_links_are_not_followed() {
    let library = Library::new();
    let folder = library.beside("pile");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("tale.txt");
    fs::write(&file, story(1)).unwrap();
    fs::write(library.beside("secret.txt"), story(2)).unwrap();
    std::os::unix::fs::symlink(library.beside("secret.txt"), folder.join("link.txt")).unwrap();
    std::os::unix::fs::symlink(&folder, folder.join("loop")).unwrap();
    let before = fs::metadata(&file).unwrap();
    let report = library.import(&folder);
    assert_eq!(report["taken"], 1, "{report}");
    let after = fs::metadata(&file).unwrap();
    assert_eq!(before.modified().unwrap(), after.modified().unwrap());
    assert_eq!(fs::read_to_string(&file).unwrap(), story(1));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 3);
}

#[test]
fn a_zip_bomb_hits_a_limit_inside_two_gigabytes_of_address_space() {
    let library = Library::new();
    let folder = library.beside("pile");
    fs::create_dir_all(&folder).unwrap();
    let bomb = fs::File::create(folder.join("bomb.zip")).unwrap();
    let mut zip = zip::ZipWriter::new(bomb);
    zip.start_file("zeros.txt", SimpleFileOptions::default()).unwrap();
    let zeros = vec![0_u8; 1 << 20];
    for _ in 0..600 {
        zip.write_all(&zeros).unwrap();
    }
    zip.finish().unwrap();
    fs::write(folder.join("tale.txt"), story(1)).unwrap();
    let (report, _) = import_in_two_gigabytes(&library, &folder);
    assert_eq!(report["taken"], 1, "{report}");
    assert!(report.to_string().contains("limit-hit"), "{report}");
}

#[test]
fn several_huge_texts_and_an_export_of_many_works_are_read_within_half_a_gigabyte() {
    let library = Library::new();
    let folder = library.beside("pile");
    fs::create_dir_all(&folder).unwrap();
    for number in 0..4 {
        fs::write(folder.join(format!("{number}.txt")), long_story(number, 7 << 20)).unwrap();
    }
    let many = many_records(1_000, 30_000);
    fs::write(folder.join("export.jsonl"), many).unwrap();
    let (report, peak) = import_in_two_gigabytes(&library, &folder);
    assert_eq!((&report["seen"], &report["taken"]), (&1_004.into(), &1_004.into()), "{report}");
    assert!(peak < 512 << 20, "{} MB were resident", peak >> 20);
    let (report, _) = import_in_two_gigabytes(&library, &folder);
    assert_eq!((&report["taken"], &report["unchanged"]), (&0.into(), &1_004.into()), "{report}");
}

/// A story of about this many bytes.
fn long_story(number: usize, size: usize) -> String {
    let mut text = format!("Title: The Long Lamp {number}\nAuthor: Wren Example\n\n");
    for line in 0.. {
        if text.len() > size {
            break;
        }
        text += &format!(
            "In year {line} lamp {number} was lit again, and nobody in the street knew by whom.\n\n"
        );
    }
    text
}

/// Canonical JSON lines, each a work of about this many bytes.
fn many_records(count: usize, size: usize) -> String {
    let own = Library::new();
    let file = own.beside("tale.txt");
    fs::write(&file, long_story(0, size)).unwrap();
    own.import(&file);
    let records = crate::program::lines(&own.export());
    let mut record = records.into_iter().find(|record| record["type"] == "work").unwrap();
    let html = record["chapters"][0]["html"].as_str().unwrap().to_owned();
    let mut lines = String::new();
    for number in 0..count {
        record["id"] = (number + 10).into();
        record["uid"] = format!("00000000-0000-4000-8000-{number:012x}").into();
        record["title"] = format!("Lamp {number}").into();
        record["chapters"][0]["uid"] = format!("00000000-0000-4000-9000-{number:012x}").into();
        record["chapters"][0]["html"] = html.replace("lamp 0", &format!("lamp {number}")).into();
        lines += &(record.to_string() + "\n");
    }
    lines
}

/// The report of an import under a limit of address space, and the most that was resident, in bytes.
fn import_in_two_gigabytes(library: &Library, folder: &Path) -> (serde_json::Value, u64) {
    let program = env!("CARGO_BIN_EXE_fanfold");
    let out = library.beside("report.jsonl");
    let script = format!(
        "ulimit -v 2097152; exec '{program}' --json --library '{}' import '{}' > '{}'",
        library.path().display(),
        folder.display(),
        out.display()
    );
    let mut child = Command::new("bash").arg("-c").arg(script).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let code = loop {
        let lines = fs::read_to_string(&status).unwrap_or_default();
        let line = lines.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
        peak = peak.max(kib.unwrap_or_default() << 10);
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    };
    assert!(matches!(code, Some(0 | 3)), "import ended with {code:?}");
    let text = fs::read_to_string(out).unwrap();
    (crate::program::lines(&text).pop().unwrap(), peak)
}
