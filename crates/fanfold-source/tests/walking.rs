//! Walks over folders and archives, honest and hostile ones.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its ground has failed")]

use fanfold_source::{Item, Limits, walk};
use std::fs;
use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;

fn items_with(root: &Path, limits: &Limits) -> Vec<Item> {
    let mut items = Vec::new();
    walk(&[root.to_owned()], limits, &mut |item| {
        items.push(item);
        ControlFlow::Continue(())
    })
    .unwrap();
    items
}

fn items(root: &Path) -> Vec<Item> {
    items_with(root, &Limits::default())
}

fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn places(items: &[Item]) -> Vec<String> {
    let place = |item: &Item| match &item.member {
        Some(member) => format!("{}:{member}", item.path),
        None => item.path.clone(),
    };
    items.iter().map(place).collect()
}

fn codes(item: &Item) -> Vec<&str> {
    item.findings.iter().map(|finding| finding.code.as_str()).collect()
}

#[test]
fn a_folder_gives_its_files_by_name_with_paths_relative_to_it() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("old")).unwrap();
    fs::write(root.path().join("zeta.txt"), "z").unwrap();
    fs::write(root.path().join("old/tale.txt"), "t").unwrap();
    assert_eq!(places(&items(root.path())), ["old/tale.txt", "zeta.txt"]);
    assert_eq!(places(&items(&root.path().join("old/tale.txt"))), ["tale.txt"]);
}

#[test]
fn a_zip_gives_its_members_and_a_zip_inside_gives_its_own() {
    let inner = zip_of(&[("x.txt", b"inner text")]);
    let outer = zip_of(&[("a/b.txt", b"text"), ("empty/", b""), ("inner.zip", &inner)]);
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("box.zip"), outer).unwrap();
    let found = items(root.path());
    assert_eq!(places(&found), ["box.zip:a/b.txt", "box.zip:inner.zip!/x.txt"]);
    assert_eq!(found[1].bytes(100).unwrap().as_ref(), b"inner text");
    assert_eq!(found[1].blake3.unwrap().0, *blake3::hash(b"inner text").as_bytes());
    assert_eq!(found[1].file_name(), "x.txt");
}

#[test]
fn archives_deeper_than_the_limit_are_one_refused_item() {
    let mut bytes = zip_of(&[("deep.txt", b"down here")]);
    for level in 0..3 {
        bytes = zip_of(&[
            (&format!("level{level}.zip"), &bytes),
            (&format!("note{level}.txt"), b"note"),
        ]);
    }
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("box.zip"), bytes).unwrap();
    let found = items(root.path());
    let refused: Vec<&Item> = found.iter().filter(|item| item.is_refused()).collect();
    assert_eq!(found.len(), 4, "{:?}", places(&found));
    assert_eq!(refused.len(), 1);
    assert_eq!(codes(refused[0]), ["limit-hit"]);
    assert!(refused[0].has_bytes(), "what is refused for its depth is still at hand");
}

#[test]
fn a_member_that_unpacks_a_thousandfold_is_refused_with_its_archive() {
    let zeros = vec![0_u8; 50 << 20];
    let bytes = zip_of(&[("zeros.txt", &zeros)]);
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("bomb.zip"), bytes).unwrap();
    let found = items_with(root.path(), &Limits { container_ratio: 500, ..Limits::default() });
    assert_eq!(places(&found), ["bomb.zip"]);
    assert_eq!(codes(&found[0]), ["limit-hit"]);
}

#[test]
fn members_that_lie_over_each_other_make_one_refused_item() {
    let mut bytes = zip_of(&[("one.txt", &[b'a'; 4000]), ("two.txt", b"second member")]);
    let second = directory_records(&bytes)[1];
    let first_header = 0_u32.to_le_bytes();
    bytes[second + 42..second + 46].copy_from_slice(&first_header);
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("overlap.zip"), bytes).unwrap();
    let found = items(root.path());
    assert_eq!(places(&found), ["overlap.zip"]);
    assert_eq!(codes(&found[0]), ["limit-hit"]);
}

/// Places of the central records in an archive.
fn directory_records(bytes: &[u8]) -> Vec<usize> {
    let mark = b"PK\x01\x02";
    (0..bytes.len() - 4).filter(|at| &bytes[*at..*at + 4] == mark).collect()
}

#[test]
fn a_hundred_thousand_members_are_each_one_item_and_more_than_the_limit_are_none() {
    let names: Vec<String> = (0..100_000).map(|index| format!("{index:06}.txt")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("many.zip"), zip_of(&members)).unwrap();
    assert_eq!(items(root.path()).len(), 100_000);
    let found = items_with(root.path(), &Limits { container_entries: 99_999, ..Limits::default() });
    assert_eq!(codes(&found[0]), ["limit-hit"]);
    assert_eq!(found.len(), 1);
}

#[test]
fn a_name_that_climbs_out_is_shown_without_its_way_out() {
    let bytes = zip_of(&[("../../evil.txt", b"x"), ("/abs.txt", b"y"), ("C:\\win\\dos.txt", b"z")]);
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("names.zip"), bytes).unwrap();
    let expected = ["names.zip:evil.txt", "names.zip:abs.txt", "names.zip:win/dos.txt"];
    assert_eq!(places(&items(root.path())), expected);
    assert!(!root.path().join("../evil.txt").exists());
}

#[test]
fn a_lost_directory_is_made_up_for_by_the_members_own_headers() {
    let bytes = zip_of(&[("one.txt", b"first tale"), ("two.txt", &[b'b'; 3000])]);
    let cut = directory_records(&bytes)[0];
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("cut.zip"), &bytes[..cut]).unwrap();
    let found = items(root.path());
    assert_eq!(places(&found), ["cut.zip:one.txt", "cut.zip:two.txt"]);
    assert_eq!(found[1].bytes(10_000).unwrap().as_ref(), &[b'b'; 3000]);
    assert!(found.iter().all(|item| codes(item) == ["container-damaged"]));
}

#[test]
fn a_damaged_member_is_told_and_the_others_are_taken() {
    let text: Vec<u8> = (0..20_000_u32).flat_map(|n| n.to_string().into_bytes()).collect();
    let mut bytes = zip_of(&[("bad.txt", &text), ("good.txt", b"fine")]);
    bytes[2000] ^= 0xFF;
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("box.zip"), bytes).unwrap();
    let found = items(root.path());
    assert_eq!(places(&found), ["box.zip:bad.txt", "box.zip:good.txt"]);
    assert_eq!(codes(&found[0]), ["member-unreadable"]);
    assert!(codes(&found[1]).is_empty());
}

#[test]
fn what_only_claims_to_be_an_archive_counts_once() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("a.zip"), b"PK\x03\x04").unwrap();
    fs::write(root.path().join("b.zip"), zip_of(&[])).unwrap();
    fs::write(root.path().join("c.zip"), zip_of(&[("folder/", b"")])).unwrap();
    fs::write(root.path().join("d.zip"), b"no archive at all").unwrap();
    let found = items(root.path());
    assert_eq!(places(&found), ["a.zip", "b.zip", "c.zip", "d.zip"]);
    let refused: Vec<bool> = found.iter().map(Item::is_refused).collect();
    assert_eq!(refused, [true, true, true, false]);
}

#[test]
fn a_book_is_one_item_even_in_a_box() {
    let book = zip_of(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", b"<container/>"),
    ]);
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("tale.epub"), &book).unwrap();
    fs::write(root.path().join("nameless"), &book).unwrap();
    fs::write(root.path().join("box.zip"), zip_of(&[("tale.epub", &book), ("bare", &book)]))
        .unwrap();
    let expected = ["box.zip:tale.epub", "box.zip:bare", "nameless", "tale.epub"];
    assert_eq!(places(&items(root.path())), expected);
}

#[cfg(unix)]
#[test]
fn a_link_is_told_and_not_followed_and_a_loop_ends() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("in")).unwrap();
    std::os::unix::fs::symlink(root.path(), root.path().join("in/loop")).unwrap();
    std::os::unix::fs::symlink("/nowhere", root.path().join("broken")).unwrap();
    fs::write(root.path().join("tale.txt"), "t").unwrap();
    let found = items(root.path());
    assert_eq!(places(&found), ["broken", "in/loop", "tale.txt"]);
    assert_eq!(codes(&found[0]), ["symlink-skipped"]);
    assert_eq!(codes(&found[1]), ["symlink-skipped"]);
    assert!(found[0].blake3.is_none() && !found[0].has_bytes());
}

#[test]
fn a_large_file_is_not_kept_in_memory_and_reads_the_same() {
    let bytes: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("large.bin"), &bytes).unwrap();
    fs::write(root.path().join("box.zip"), zip_of(&[("large.bin", &bytes)])).unwrap();
    let limits = Limits { memory_bytes: 1000, ..Limits::default() };
    for item in items_with(root.path(), &limits) {
        assert_eq!(item.probe(), &bytes[..64 * 1024]);
        assert_eq!(item.bytes(u64::MAX).unwrap().as_ref(), bytes);
        assert!(item.bytes(1000).is_err());
        let mut read = Vec::new();
        std::io::Read::read_to_end(&mut item.reader().unwrap(), &mut read).unwrap();
        assert_eq!(read, bytes);
    }
}

#[test]
fn a_walk_ends_when_it_is_told_to_and_a_missing_root_is_an_error_before_anything_is_read() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("a"), "a").unwrap();
    fs::write(root.path().join("b"), "b").unwrap();
    let mut seen = 0;
    let mut stop = |_| {
        seen += 1;
        ControlFlow::Break(())
    };
    walk(&[root.path().to_owned()], &Limits::default(), &mut stop).unwrap();
    assert_eq!(seen, 1);
    let roots: Vec<PathBuf> = vec![root.path().to_owned(), root.path().join("missing")];
    let mut none =
        |_| -> ControlFlow<()> { panic!("nothing is read before the roots are known to be there") };
    let error = walk(&roots, &Limits::default(), &mut none).unwrap_err();
    assert!(error.to_string().contains("missing"));
}

#[test]
fn an_archive_behind_other_bytes_opens_by_its_directory() {
    let mut bytes = b"#!/bin/sh\nsome program in front\n".to_vec();
    bytes.extend(zip_of(&[("tale.txt", b"text")]));
    let archive = fanfold_source::Archive::open(&bytes).unwrap().unwrap();
    let entry = archive.entries().next().unwrap().unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.read(&entry).unwrap(), &mut text).unwrap();
    assert_eq!((entry.name.as_str(), text.as_str()), ("tale.txt", "text"));
    assert!(!archive.is_damaged());
}

#[test]
fn mutated_archives_never_break_the_walk() {
    let inner = zip_of(&[("x.txt", b"inner text of some length")]);
    let seed = zip_of(&[("a/b.txt", &[b't'; 500]), ("inner.zip", &inner), ("c", b"c")]);
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut chance = move |most: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % most as u64).unwrap()
    };
    for _ in 0..5_000 {
        let mut bytes = seed.clone();
        for _ in 0..=chance(6) {
            let at = chance(bytes.len());
            match chance(3) {
                0 => bytes[at] = u8::try_from(chance(256)).unwrap(),
                1 => bytes.truncate(at.max(8)),
                _ => {
                    let piece = bytes[at..bytes.len().min(at + 40)].to_vec();
                    let to = chance(bytes.len());
                    bytes.splice(to..to, piece);
                }
            }
        }
        fanfold_source::fuzz::fuzz_archive(&bytes);
    }
}

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/containers").join(name)
}

fn text(item: &Item) -> String {
    String::from_utf8(item.bytes(1 << 20).unwrap().into_owned()).unwrap()
}

#[test]
fn a_tar_archive_gives_its_members_however_it_is_packed() {
    for ending in ["tar", "tar.gz", "tar.bz2", "tar.xz", "tar.zst"] {
        let found = items(&kept(&format!("pile.{ending}")));
        let expected = ["tale.txt", "old/letter.txt", "link.txt"];
        let expected: Vec<String> =
            expected.iter().map(|name| format!("pile.{ending}:pile/{name}")).collect();
        assert_eq!(places(&found), expected);
        assert_eq!(text(&found[1]), "Zoë read the letter.\n");
        assert_eq!(codes(&found[2]), ["symlink-skipped"]);
    }
}

#[test]
fn a_tar_archive_that_breaks_off_gives_what_it_has_and_says_so() {
    let whole = fs::read(kept("pile.tar")).unwrap();
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("cut.tar"), &whole[..512 + 20]).unwrap();
    let found = items(root.path());
    assert!(text(&found[0]).starts_with("Title: The Lamp"));
    assert_eq!(codes(&found[0]), ["member-unreadable"]);
}

#[test]
fn a_packed_file_and_a_7z_archive_are_opened() {
    assert_eq!(places(&items(&kept("tale.txt.gz"))), ["tale.txt.gz:tale.txt"]);
    let found = items(&kept("pile.7z"));
    assert_eq!(places(&found), ["pile.7z:pile/tale.txt", "pile.7z:pile/old/letter.txt"]);
    assert_eq!(text(&found[1]), "Zoë read the letter.\n");
}

#[test]
fn captures_are_items_with_their_address_and_date_and_damage_is_told() {
    for name in ["captures.warc", "captures.warc.gz"] {
        let found = items(&kept(name));
        let url = |item: &Item| item.hints.url.clone().unwrap_or_default();
        assert_eq!(url(&found[0]), "http://attic.example/viewstory.php?sid=1");
        assert_eq!(found[0].hints.captured.as_deref(), Some("2004-05-06T07:08:09Z"));
        assert_eq!(found[0].hints.charset.as_deref(), Some("windows-1252"));
        for page in &found[..3] {
            assert!(text(page).ends_with("burned.</p></body></html>"), "{}", text(page));
        }
        assert!(found[3].is_refused(), "the page was not found when it was captured");
        assert_eq!(found.len(), if name.ends_with("gz") { 4 } else { 5 });
    }
    let cut = items(&kept("captures.warc")).pop().unwrap();
    assert_eq!(codes(&cut), ["container-damaged"]);
    let found = items(&kept("old.arc"));
    assert_eq!(found[0].hints.url.as_deref(), Some("http://attic.example/a story.html"));
    assert_eq!(found[0].hints.captured.as_deref(), Some("19990102030405"));
}

#[test]
fn a_catalogue_comes_before_what_it_lists_and_sees_it() {
    let members: [(&str, &[u8]); 3] =
        [("site/stories/3/7.txt", b"seven"), ("a.txt", b"a"), ("sql/site.sql", b"-- dump")];
    let root = tempfile::tempdir().unwrap();
    for (name, bytes) in members {
        let file = root.path().join("folder").join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    fs::write(root.path().join("box.zip"), zip_of(&members)).unwrap();
    for name in ["folder", "box.zip"] {
        let found = items(&root.path().join(name));
        assert_eq!(found.len(), 3, "{name}");
        let catalogue = &found[0];
        let own = catalogue.member.as_deref().unwrap_or(&catalogue.path);
        assert_eq!(own, "sql/site.sql", "{name}");
        let beside = catalogue.beside.clone().unwrap();
        let chapter = beside.find(own, "stories/3/7.txt", &Limits::default()).unwrap();
        assert_eq!(text(&chapter), "seven");
        assert!(found[1].beside.is_some(), "{name}");
    }
}

#[test]
fn pages_and_lists_in_an_archive_see_each_other_and_lone_files_wait_for_nobody() {
    let pages: Vec<(String, String)> =
        (0..5).map(|at| (format!("site/{at}.html"), format!("<p>page {at}</p>"))).collect();
    let pages: Vec<(&str, &[u8])> =
        pages.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let listed: [(&str, &[u8]); 2] =
        [("oz/HENS.TXT", b"hens"), ("oz/FILES.BBS", b"HENS.TXT The Hens")];
    let lone: [(&str, &[u8]); 2] = [("a.txt", b"a"), ("b.txt", b"b")];
    let root = tempfile::tempdir().unwrap();
    for (name, members, sees) in [
        ("pages.zip", &pages[..], true),
        ("list.zip", &listed[..], true),
        ("lone.zip", &lone[..], false),
    ] {
        fs::write(root.path().join(name), zip_of(members)).unwrap();
        let found = items(&root.path().join(name));
        assert_eq!(found.len(), members.len(), "{name}");
        for (item, (own, bytes)) in found.iter().zip(members) {
            assert_eq!(item.beside.is_some(), sees, "{name}");
            assert_eq!((item.member.as_deref(), text(item).as_bytes()), (Some(*own), *bytes));
            let Some(beside) = &item.beside else { continue };
            assert_eq!(beside.siblings(&item.name_beside()).len(), members.len(), "{name}");
        }
    }
}

#[test]
fn pages_of_one_folder_of_a_host_see_each_other_in_a_capture() {
    let addresses = [
        "http://oz.example/tales/one.html",
        "http://oz.example/tales/view.php?sid=2&from=/a/b",
        "http://oz.example/other/three.html",
        "http://attic.example/tales/four.html",
    ];
    let record = |url: &&str| {
        let page = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>{url}</p>");
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
            page.len()
        );
        format!("{head}{page}\r\n\r\n")
    };
    let root = tempfile::tempdir().unwrap();
    let capture: String = addresses.iter().map(record).collect();
    fs::write(root.path().join("oz.warc"), capture).unwrap();
    let found = items(&root.path().join("oz.warc"));
    assert_eq!(found.len(), 4);
    let beside = found[0].beside.clone().unwrap();
    assert_eq!(
        beside.siblings(&found[0].name_beside()),
        ["oz.example/tales/one.html", "oz.example/tales/view.php?sid=2&from=%2Fa%2Fb"]
    );
    let other = beside.find(&found[0].name_beside(), &found[1].name_beside(), &Limits::default());
    assert!(text(&other.unwrap()).contains("sid=2"));
}
