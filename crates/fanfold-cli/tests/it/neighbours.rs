//! What the files beside one teach, in folders, archives and captures of the web: page furniture, a folder's own list.
//! It is evidence, and no source of the text.

use crate::program::Library;
use serde_json::Value;
use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;
use zip::write::SimpleFileOptions;

const TALES: [(&str, &str); 5] = [
    (
        "The Lamp",
        "\"Is it lit?\" asked Dorothy, and went down the long stairs to the cellar for oil.",
    ),
    (
        "The Stairs",
        "\"They creak,\" said Toto, and he sat down on the third of them to hear the rain.",
    ),
    ("The Sill", "Ozma waited on the sill until the street was dark, and nobody came to the lamp."),
    (
        "The Rain",
        "It rained for nine days, and on the tenth the hens came out to look for the yard.",
    ),
    ("The Hens", "\"Where is the yard?\" asked the eldest hen, and the others looked at the sky."),
];

fn page(title: &str, text: &str) -> String {
    format!(
        "<html><head><title>{title}</title></head><body><div>Welcome to the Green Lamp Archive, home of tales since 1997!</div><h2>{title}</h2><p>by Wren Ash</p><p>Fandom: Oz</p><p>{text}</p><div>This week only: lamps at half the price in our shop</div><p>\"Good night,\" said the {title}, and that was that for the day.</p><div>Copyright 1997 by the keepers of the Green Lamp</div></body></html>"
    )
}

fn pages() -> Vec<(String, String)> {
    let one = |(at, (title, text)): (usize, &(&str, &str))| {
        (format!("tales/{at}.html"), page(title, text))
    };
    TALES.iter().enumerate().map(one).collect()
}

fn in_folder(library: &Library, files: &[(String, String)]) -> PathBuf {
    let root = library.beside("folder");
    for (name, text) in files {
        let file = root.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    root
}

fn in_zip(library: &Library, files: &[(String, String)]) -> PathBuf {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    let file = library.beside("site.zip");
    fs::write(&file, writer.finish().unwrap().into_inner()).unwrap();
    file
}

/// A tar archive as any program of the last forty years writes it.
fn tar_of(files: &[(String, String)]) -> Vec<u8> {
    let mut all = Vec::new();
    for (name, text) in files {
        let mut head = [0_u8; 512];
        head[..name.len()].copy_from_slice(name.as_bytes());
        head[100..108].copy_from_slice(b"0000644\0");
        head[124..136].copy_from_slice(format!("{:011o}\0", text.len()).as_bytes());
        head[148..156].fill(b' ');
        head[156] = b'0';
        head[257..265].copy_from_slice(b"ustar\x0000");
        let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
        head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        all.extend(head);
        all.extend(text.as_bytes());
        all.resize(all.len().next_multiple_of(512), 0);
    }
    all.resize(all.len() + 1_024, 0);
    all
}

fn in_tar(library: &Library, files: &[(String, String)]) -> PathBuf {
    let file = library.beside("site.tar");
    fs::write(&file, tar_of(files)).unwrap();
    file
}

/// The same inside a zip archive: an archive in an archive.
fn in_tar_in_zip(library: &Library, files: &[(String, String)]) -> PathBuf {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("old/site.tar", SimpleFileOptions::default()).unwrap();
    writer.write_all(&tar_of(files)).unwrap();
    let file = library.beside("backup.zip");
    fs::write(&file, writer.finish().unwrap().into_inner()).unwrap();
    file
}

/// A 7z archive of one solid block that is not packed.
fn in_7z(library: &Library, files: &[(String, String)]) -> PathBuf {
    let number = |own: usize| [vec![0xFF], (own as u64).to_le_bytes().to_vec()].concat();
    let whole: String = files.iter().map(|(_, text)| text.as_str()).collect();
    let (last, others) = files.split_last().unwrap();
    assert!(!last.1.is_empty());
    let sizes: Vec<u8> = others.iter().flat_map(|(_, text)| number(text.len())).collect();
    let names: Vec<u8> = files
        .iter()
        .flat_map(|(name, _)| name.encode_utf16().chain([0]).collect::<Vec<u16>>())
        .flat_map(u16::to_le_bytes)
        .collect();
    let header = [
        vec![0x01, 0x04, 0x06, 0x00, 0x01, 0x09],
        number(whole.len()),
        vec![0x00, 0x07, 0x0B, 0x01, 0x00, 0x01, 0x01, 0x00, 0x0C],
        number(whole.len()),
        vec![0x00, 0x08, 0x0D],
        number(files.len()),
        vec![0x09],
        sizes,
        vec![0x00, 0x00, 0x05],
        number(files.len()),
        vec![0x11],
        number(names.len() + 1),
        vec![0x00],
        names,
        vec![0x00, 0x00],
    ]
    .concat();
    let start = [
        (whole.len() as u64).to_le_bytes().to_vec(),
        (header.len() as u64).to_le_bytes().to_vec(),
        crc(&header).to_le_bytes().to_vec(),
    ]
    .concat();
    let magic = b"7z\xBC\xAF\x27\x1C\x00\x04".to_vec();
    let bytes =
        [magic, crc(&start).to_le_bytes().to_vec(), start, whole.into_bytes(), header].concat();
    let file = library.beside("site.7z");
    fs::write(&file, bytes).unwrap();
    file
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 * (crc & 1)))
    };
    !bytes.iter().fold(u32::MAX, step)
}

fn in_capture(library: &Library, files: &[(String, String)]) -> PathBuf {
    let record = |(name, text): &(String, String)| {
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{text}");
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://lamps.example/{name}\r\nWARC-Date: 2004-05-06T07:08:09Z\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
            answer.len()
        )
    };
    let file = library.beside("site.warc");
    fs::write(&file, files.iter().map(record).collect::<String>()).unwrap();
    file
}

fn works(library: &Library) -> Vec<Value> {
    let mut works: Vec<Value> =
        library.export().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    works.retain(|own| own["type"] == "work");
    works
}

#[test]
fn page_furniture_goes_wherever_the_pages_lie_and_is_no_source() {
    for lay in [in_folder, in_zip, in_tar, in_tar_in_zip, in_7z, in_capture] {
        let library = Library::new();
        let root = lay(&library, &pages());
        library.import(&root);
        let works = works(&library);
        assert_eq!(works.len(), 5, "{}", root.display());
        for work in &works {
            let html = work["chapters"][0]["html"].as_str().unwrap();
            assert!(!html.contains("half the price") && !html.contains("Copyright"), "{html}");
            assert!(html.contains("Good night"), "{html}");
            assert_eq!(work["sources"].as_array().unwrap().len(), 1, "{}", work["sources"]);
        }
        // Read again without its neighbours, it is read the same.
        let exported = library.export();
        let done = library.json(&["reprocess"]).pop().unwrap();
        assert_eq!((&done["same"], &done["changed"]), (&5.into(), &0.into()), "{done}");
        assert_eq!(library.export(), exported);
        library.run(&["check", "--read-data"]);
    }
}

#[test]
fn a_folders_list_in_an_archive_names_what_the_files_do_not() {
    let text = |(_, text): &(&str, &str)| format!("{text}\n\n{text}\n\n\"Good night,\" he said.\n");
    let mut files: Vec<(String, String)> =
        TALES.iter().enumerate().map(|(at, tale)| (format!("oz/T{at}.TXT"), text(tale))).collect();
    let list: String = TALES
        .iter()
        .enumerate()
        .map(|(at, (title, _))| format!("T{at}.TXT  1234  {title} by Wren Ash\n"))
        .collect();
    files.push(("oz/FILES.BBS".to_owned(), list));
    for lay in [in_folder, in_zip, in_tar, in_tar_in_zip, in_7z] {
        let library = Library::new();
        library.import(&lay(&library, &files));
        let works = works(&library);
        let mut titles: Vec<&str> = works.iter().filter_map(|own| own["title"].as_str()).collect();
        titles.sort_unstable();
        assert_eq!(titles, ["The Hens", "The Lamp", "The Rain", "The Sill", "The Stairs"]);
        for work in &works {
            assert_eq!(work["creators"][0]["name"], "Wren Ash");
            assert_eq!(
                work["evidence"]["title"]["rule"], "folder-catalogue",
                "{}",
                work["evidence"]
            );
            assert_eq!(work["sources"].as_array().unwrap().len(), 1);
        }
        let exported = library.export();
        library.run(&["reprocess"]);
        assert_eq!(library.export(), exported);
    }
}
