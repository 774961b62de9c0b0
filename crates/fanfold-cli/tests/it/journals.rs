//! Journals, groups, threads and mirrors, from the pile to the library: parts join, what was closed stays closed, what is
//! the site's is no story's.

use crate::program::Library;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// A stretch of story that no other has.
fn told(what: &str) -> String {
    format!(
        "\"This is the tale of {what},\" said Dorothy, and she looked down the road that the lamp had taken.\n\n\
         The Scarecrow said nothing at all, for he was counting {what} on the fingers of both hands.\n\n\
         \"Listen,\" said the Tin Woodman, and he held up his axe. \"Somebody walks behind us with {what}.\""
    )
}

fn write(root: &Path, name: &str, text: &str) {
    let file = root.join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn works(library: &Library) -> Vec<Value> {
    let all = library.export();
    let records = all.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    records.filter(|own| own["type"] == "work").collect()
}

fn numbers(work: &Value) -> Vec<&str> {
    let chapters = work["chapters"].as_array().unwrap();
    chapters.iter().filter_map(|own| own["number"].as_str()).collect()
}

fn entry(number: u32, subject: &str, text: &str, security: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<event>\n<itemid>{number}</itemid>\n<eventtime>2003-05-{number} 21:04:00</eventtime>\n\
         <subject>{subject}</subject>\n<event>{text}</event>\n{security}</event>\n"
    )
}

#[test]
fn the_parts_of_a_journal_join_and_one_that_is_closed_closes_the_whole() {
    let library = Library::new();
    let root = library.beside("journal");
    let header = "Title: The Walking Lamp\nAuthor: Wren Ash\nRating: G\n\n";
    let closed = "<security>usemask</security>\n<allowmask>1</allowmask>\n";
    write(
        &root,
        "wren/L-12",
        &entry(12, "FIC: The Walking Lamp (1/2)", &format!("{header}{}", told("oil")), ""),
    );
    write(&root, "wren/L-13", &entry(13, "Fic: the walking lamp, 2/2", &told("wicks"), closed));
    write(
        &root,
        "wren/L-14",
        &entry(14, "long day", "Went to work, came home. My flist is quiet.", ""),
    );
    let report = library.import(&root);
    let count = |name: &str| report[name].as_u64().unwrap();
    assert_eq!((count("held"), count("refused")), (2, 1), "{report}");
    let all = works(&library);
    let [lamp] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((numbers(lamp), &lamp["held"]), (vec!["1", "2"], &json!("friends-only")));
    assert!(!library.run(&["export", "--format", "jsonl", "--public"]).contains("Walking Lamp"));
}

#[test]
fn a_saved_group_gives_each_story_once_and_no_addresses() {
    let library = Library::new();
    let root = library.beside("group");
    let message = |number: u32, body: &str| {
        let mail = format!(
            "From: \"Wren Ash\" &lt;wren.ash@example.org&gt;\nSubject: [oz] NEW: The Walking Lamp ({number}/2)\n\
             Date: Sat, 17 May 2003 21:0{number}:00 -0000\nMessage-ID: &lt;a{number}@eGroups.com&gt;\n\n{body}\n"
        );
        json!({"msgId": number, "topicId": 1, "email": "wren.ash@example.org", "rawEmail": mail.replace('"', "&quot;")})
    };
    let (one, two) = (message(1, &told("oil")), message(2, &told("wicks")));
    write(&root, "oz/email/1.json", &one.to_string());
    write(&root, "oz/email/2.json", &two.to_string());
    write(&root, "oz/topics/1.json", &json!({"messages": [one, two]}).to_string());
    write(&root, "oz/about.json", "{\"name\": \"oz\"}");
    library.import(&root);
    let all = works(&library);
    let [lamp] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((&lamp["title"], numbers(lamp)), (&json!("The Walking Lamp"), vec!["1", "2"]));
    assert!(!lamp.to_string().contains("wren.ash@"), "{lamp}");
}

#[test]
fn the_pages_of_a_mirror_lose_what_they_share_and_are_read_the_same_from_the_store() {
    let library = Library::new();
    let root = library.beside("mirror");
    for (number, title) in ["Oil", "Wicks", "Glass", "Smoke", "Matches"].into_iter().enumerate() {
        let text = told(&title.to_lowercase()).replace("\n\n", "</p><p>");
        let page = format!(
            "<html><head><title>{title}</title></head><body><div>Welcome to the Green Lamp Archive since 1997!</div>\
             <p><a href=\"/\">Home</a> | <a href=\"/tales\">Tales</a></p><h2>{title}</h2><p>by Wren Ash</p><p>{text}</p>\
             <div>Copyright 1997 by the keepers of the Green Lamp</div></body></html>"
        );
        write(&root, &format!("lamps.example/{number}.html"), &page);
    }
    library.import(&root);
    let before = library.export();
    assert_eq!(works(&library).len(), 5);
    assert!(
        !before.contains("Welcome to the Green Lamp") && !before.contains("keepers of the Green"),
        "{before}"
    );
    library.run(&["reprocess"]);
    assert_eq!(
        library.export(),
        before,
        "the stored pages are read the same without their neighbours"
    );
}
