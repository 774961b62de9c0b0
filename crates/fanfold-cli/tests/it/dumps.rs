//! Whole sites in one file: an eFiction dump with its folder of chapters.

use crate::program::Library;
use std::fs;
use std::path::PathBuf;

/// A site whose chapters lie in files, in the folder of an account's backup.
fn site(library: &Library, stories: usize) -> PathBuf {
    let root = library.beside("account");
    let folder = root.join("public_html/archive/stories");
    let mut dump = String::from(
        "CREATE TABLE `fanfiction_authors` (`uid` int, `penname` varchar(200), `realname` varchar(200), `email` \
         varchar(200), `password` varchar(40));\n\
         INSERT INTO `fanfiction_authors` VALUES (1,'Lamplighter','Hidden Realname','hidden@mail.example','5f4dcc3b'),\
         (2,'Tin Whistle','Other Realname','other@mail.example','0');\n\
         INSERT INTO `fanfiction_settings` (`sitekey`,`url`,`siteemail`,`storiespath`,`store`) VALUES \
         ('k','http://lamps.example','admin@mail.example','stories','files');\n",
    );
    let (mut heads, mut chapters) = (Vec::new(), Vec::new());
    for story in 1..=stories {
        let author = 1 + story % 2;
        heads.push(format!(
            "({story},'Lamp {story}','A lamp.',{author},'1','1','2004-05-01 20:00:00')"
        ));
        for order in 1..=2 {
            let chapter = story * 10 + order;
            chapters.push(format!("({chapter},'Night {order}',{order},'','1',{story},{author})"));
            let file = folder.join(author.to_string()).join(format!("{chapter}.txt"));
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            let text = format!(
                "On night {order} lamp {story} was lit.\n\nNobody saw by whom; {}.\n",
                "it was late ".repeat(9)
            );
            fs::write(file, text).unwrap();
        }
    }
    dump += &format!(
        "INSERT INTO `fanfiction_stories` (`sid`,`title`,`summary`,`uid`,`validated`,`completed`,`date`) VALUES {};\n",
        heads.join(",\n")
    );
    dump += &format!(
        "INSERT INTO `fanfiction_chapters` (`chapid`,`title`,`inorder`,`storytext`,`validated`,`sid`,`uid`) VALUES {};\n",
        chapters.join(",\n")
    );
    fs::create_dir_all(root.join("mysql")).unwrap();
    fs::write(root.join("mysql/site.sql"), dump).unwrap();
    root
}

#[test]
fn a_dump_and_its_chapter_files_become_works_and_nothing_private_comes_along() {
    let library = Library::new();
    let root = site(&library, 3);
    let report = library.import(&root);
    // Three stories; the six files belong to them already when the walk comes to them.
    assert_eq!(
        (&report["taken"], &report["unchanged"], &report["refused"]),
        (&3.into(), &6.into(), &0.into()),
        "{report}"
    );
    let exported = library.export();
    for private in ["Hidden", "Other Realname", "@mail.example", "5f4dcc3b"] {
        assert!(!exported.contains(private), "{private}");
    }
    let work = library.json(&["show", "1"]).pop().unwrap();
    assert_eq!(work["chapters"][1]["title"], "Night 2");
    assert!(work["chapters"][1]["html"].as_str().unwrap().contains("On night 2 lamp 1 was lit."));
    assert_eq!(work["sources"].as_array().unwrap().len(), 3, "the dump and two files");
    assert_eq!(work["sources"][1]["path"], "public_html/archive/stories/2/11.txt");

    let again = library.import(&root);
    assert_eq!((&again["taken"], &again["unchanged"]), (&0.into(), &7.into()), "{again}");
    assert_eq!(library.export(), exported);
    let text = library.run(&["reprocess"]);
    assert!(text.contains('3'), "{text}");
    assert_eq!(library.export(), exported);
    library.run(&["check", "--read-data"]);
}

#[test]
fn a_dump_is_opened_once_however_many_works_are_read_again_from_it() {
    let library = Library::new();
    let root = site(&library, 30);
    library.import(&root);
    let exported = library.export();
    let done = library.json(&["reprocess"]).pop().unwrap();
    // Each work by itself would open the dump too: 30 times, and its two chapters beside it.
    assert_eq!((&done["opened"], &done["same"]), (&61.into(), &30.into()), "{done}");
    assert_eq!(done["skipped"], serde_json::json!([]));
    assert_eq!(library.export(), exported);
    let some = library.json(&["reprocess", "id:3 OR id:7"]).pop().unwrap();
    assert!(some["opened"].as_u64().unwrap() <= 1 + 2 * 30 && some["same"] == 2, "{some}");
    library.run(&["check", "--read-data"]);
}

#[test]
fn an_export_whose_works_are_read_again_names_what_is_not_kept() {
    let library = Library::new();
    library.import(&site(&library, 4));
    let export = library.beside("all.jsonl");
    fs::write(&export, library.export()).unwrap();
    let other = Library::new();
    other.import(&export);
    let done = other.json(&["reprocess"]).pop().unwrap();
    assert_eq!(done["skipped"].as_array().unwrap().len(), 4, "{done}");
    assert_eq!((&done["opened"], &done["changed"]), (&0.into(), &0.into()), "{done}");
}

#[test]
fn the_list_of_an_automated_archive_and_its_files_become_works_once() {
    let library = Library::new();
    let root = library.beside("disk");
    let fixture = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/automated_archive/clean/two_stories");
    fs::create_dir_all(root.join("cgi-bin")).unwrap();
    fs::create_dir_all(root.join("archive/1")).unwrap();
    fs::copy(fixture.join("input.pl"), root.join("cgi-bin/ARCHIVE_DB.pl")).unwrap();
    for file in ["archive/1/thirdlamp.html", "archive/barrel.txt"] {
        fs::copy(fixture.join("beside").join(file), root.join(file)).unwrap();
    }
    let shown = library.json(&["inspect", root.to_str().unwrap()]);
    let titles: Vec<&str> = shown.iter().filter_map(|record| record["title"].as_str()).collect();
    assert_eq!(titles, ["The Third Lamp", "The Apple Barrel", "Elsewhere"], "each once");
    let lamp = &shown[0];
    assert_eq!(
        (&lamp["rating"], &lamp["published"]),
        (&"Teen And Up Audiences".into(), &"2003-05-17".into())
    );
    assert_eq!(lamp["fandoms"], serde_json::json!(["Sherlock Holmes"]));
    assert_eq!(lamp["relationships"], serde_json::json!(["Holmes/Watson"]));
    assert_eq!(lamp["categories"], serde_json::json!(["M/M"]));
    assert_eq!(lamp["warnings"], serde_json::json!(["Major Character Death"]));
    assert_eq!(shown[1]["creators"].as_array().unwrap().len(), 2);

    let report = library.import(&root);
    let counts = [&report["seen"], &report["taken"], &report["unchanged"], &report["held"]];
    assert_eq!(counts, [5, 2, 2, 1], "{report}");
    let exported = library.export();
    assert!(!exported.contains("other@mail.example"));
    let again = library.import(&root);
    assert_eq!((&again["taken"], &again["unchanged"]), (&0.into(), &3.into()), "{again}");
    assert_eq!(library.export(), exported);
    library.run(&["reprocess"]);
    assert_eq!(library.export(), exported);
}

#[test]
fn members_private_data_is_nowhere_whatever_the_maker_of_the_dump() {
    let fixtures = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/efiction");
    let cases = [
        "clean/lamp_archive",
        "legacy/own_backup",
        "legacy/version_1",
        "legacy/two_databases",
        "malformed/before_the_stories",
        "malformed/cut_off",
    ];
    for case in cases {
        let library = Library::new();
        let file = library.beside("site.sql");
        fs::copy(fixtures.join(case).join("input.sql"), &file).unwrap();
        library.import(&file);
        let exported = library.export();
        assert!(exported.contains("\"type\":\"work\""), "{case}");
        for private in ["Hidden Realname", "Other Realname", "@mail.example", "5f4dcc3b", "hunter2"]
        {
            assert!(!exported.contains(private), "{case}: {private}");
        }
    }
}

#[test]
fn a_large_dump_that_was_cut_off_in_the_middle_is_taken_up_again() {
    let library = Library::new();
    let root = site(&library, 900);
    // The first group of works is committed, then the program is killed.
    let mut child = library.command(&["import", root.to_str().unwrap()]).spawn().unwrap();
    let committed =
        || fs::metadata(library.path().join("library.sqlite3-wal")).map_or(0, |file| file.len());
    for _ in 0..3_000 {
        std::thread::sleep(std::time::Duration::from_millis(2));
        if committed() > 600_000 || child.try_wait().unwrap().is_some() {
            break;
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    let report = library.import(&root);
    let after = library.export();
    assert_eq!(report["refused"], 0, "{report}");
    let undisturbed = Library::new();
    let root = site(&undisturbed, 900);
    undisturbed.import(&root);
    let without_times = |text: &str| {
        let lines = text.lines().map(|line| {
            let mut record: serde_json::Value = serde_json::from_str(line).unwrap();
            record["versions"] = serde_json::Value::Null;
            record.to_string()
        });
        lines.collect::<Vec<_>>()
    };
    assert_eq!(without_times(&after), without_times(&undisturbed.export()));
}
