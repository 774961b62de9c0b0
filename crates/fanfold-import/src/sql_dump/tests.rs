//! Dumps of every maker, damaged ones, and any text there and back.

use super::*;
use proptest::prelude::*;

fn events(dump: &str) -> Vec<Event> {
    let mut dump = Dump::new(dump.as_bytes());
    std::iter::from_fn(|| dump.next().unwrap()).collect()
}

fn rows(dump: &str) -> Vec<(String, Vec<String>)> {
    let row = |event| match event {
        Event::Row(row) => {
            let cells =
                row.cells.iter().map(|cell| String::from_utf8_lossy(cell.bytes()).into_owned());
            Some((row.table.to_string(), cells.collect()))
        }
        _ => None,
    };
    events(dump).into_iter().filter_map(row).collect()
}

#[test]
fn rows_of_every_maker_are_read() {
    let dumps = [
        "INSERT INTO `x_works` (`sid`, `title`) VALUES (1, 'It\\'s a lamp'),\n(2,'two ''quotes''');",
        "# Dump of x_works\r\nINSERT INTO x_works VALUES(\"1\", \"It's a lamp\");\r\nINSERT INTO x_works VALUES(\"2\", \"two 'quotes'\");\r\n",
        "LOCK TABLES `x_works` WRITE;\n/*!40000 ALTER TABLE `x_works` DISABLE KEYS */;\nINSERT IGNORE INTO db.`x_works` VALUES (1,_binary 'It\\'s a lamp') , ( 2 , 0x74776F202771756F74657327 );\nUNLOCK TABLES;",
        "-- (1, 'no row')\nREPLACE INTO x_works VALUES (1,'It''s a lamp') -- a note\n, (2,\"two 'quotes'\")",
    ];
    let expected = [
        ("x_works".to_owned(), vec!["1".to_owned(), "It's a lamp".to_owned()]),
        ("x_works".to_owned(), vec!["2".to_owned(), "two 'quotes'".to_owned()]),
    ];
    for dump in dumps {
        assert_eq!(rows(dump), expected, "{dump}");
    }
}

#[test]
fn a_table_gives_its_columns_and_keys_are_none() {
    let dump = "CREATE TABLE IF NOT EXISTS `s_authors` (\n `uid` int(11) NOT NULL auto_increment, -- the number\n `penname` varchar(200) default 'a, b) c',\n `key` int,\n PRIMARY KEY (`uid`),\n KEY `p` (`penname`,`uid`)\n) TYPE=MyISAM;";
    let columns: Columns = ["uid", "penname", "key"].map(str::to_owned).into();
    assert_eq!(events(dump), [Event::Table("s_authors".into(), columns)]);
}

#[test]
fn damage_is_told_with_its_place_and_what_follows_is_read() {
    let dump = "INSERT INTO a VALUES (1,'x'),(2,'y' 3);\nINSERT INTO a VALUES (4,'z');\nINSERT INTO a VALUES (5,'cut of";
    let found = events(dump);
    assert_eq!(found.len(), 4, "{found:?}");
    assert_eq!(
        found[1],
        Event::Broken(29, "a value is followed by neither a comma nor a parenthesis")
    );
    assert!(matches!(&found[2], Event::Row(row) if row.start > 55), "{found:?}");
    assert_eq!(found[3], Event::Broken(91, "the dump ends inside a text"));
}

#[test]
fn a_row_is_found_again_at_its_place() {
    let dump = "INSERT INTO a VALUES ( NULL, -5, 'a\\nb' , 'back\\\\slash');";
    let found = events(dump);
    let Event::Row(row) = &found[0] else { panic!("{found:?}") };
    let bytes = &dump.as_bytes()[row.start as usize..row.end as usize];
    assert_eq!(cells_of(bytes).unwrap(), row.cells);
    assert_eq!(row.cells[0], Cell::Null);
    assert_eq!(row.cells[1].number(), Some(-5));
    assert_eq!(row.cells[2].bytes(), b"a\nb");
}

proptest! {
    #[test]
    fn any_text_comes_back_from_a_dump(texts in prop::collection::vec("[ -~\n\r\t\0é]{0,20}", 1..8)) {
        let escaped = |text: &String| {
            let mut out = String::from("'");
            for c in text.chars() {
                match c {
                    '\'' => out.push_str("''"),
                    '\\' => out.push_str("\\\\"),
                    '\n' => out.push_str("\\n"),
                    '\0' => out.push_str("\\0"),
                    other => out.push(other),
                }
            }
            out + "'"
        };
        let dump = format!("INSERT INTO t VALUES ({});", texts.iter().map(escaped).collect::<Vec<_>>().join(","));
        let read = rows(&dump);
        prop_assert_eq!(&read[0].1, &texts);
    }

    #[test]
    fn no_bytes_make_it_fail(bytes in prop::collection::vec(prop::sample::select(b"INSERT INTO a VALUES(1,'x\\'');-#/*`\n\"0xCREATE TABLE".to_vec()), 0..200)) {
        let mut dump = Dump::new(bytes.as_slice());
        while let Some(event) = dump.next().unwrap() {
            if let Event::Row(row) = event {
                prop_assert!(row.start < row.end && row.end <= bytes.len() as u64);
            }
        }
    }
}
