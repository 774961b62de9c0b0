//! Input is read-only, links are not followed, hostile containers hit limits, and memory is bounded.

use crate::program::{Library, expect_code, story};
use std::fs;
use std::io::Write;
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
    let program = env!("CARGO_BIN_EXE_fanfold");
    let script = format!(
        "ulimit -v 2097152; exec '{program}' --json --library '{}' import '{}'",
        library.path().display(),
        folder.display()
    );
    let output = Command::new("bash").arg("-c").arg(script).output().unwrap();
    let text = expect_code(&output, &[3], &["import"]);
    let report = crate::program::lines(&text).pop().unwrap();
    assert_eq!(report["taken"], 1, "{report}");
    assert!(report.to_string().contains("limit-hit"), "{report}");
}
