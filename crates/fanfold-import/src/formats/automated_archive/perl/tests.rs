//! Lists as old archives wrote them, damaged ones, and any text.

use super::*;
use proptest::prelude::*;

/// A record's name and its texts.
type Named = (String, Vec<(String, String)>);

fn records(text: &str) -> (Vec<Named>, usize) {
    let mut perl = Perl::new(text);
    let mut found = Vec::new();
    while let Some((name, value)) = perl.record() {
        let pairs = value
            .pairs()
            .filter_map(|(name, value)| Some((name.to_owned(), value.text()?.0.to_owned())));
        found.push((name, pairs.collect()));
    }
    (found, perl.damage.len())
}

fn titles(text: &str) -> Vec<String> {
    let of = |(_, pairs): Named| {
        pairs.into_iter().find(|(name, _)| name == "Title").map(|(_, title)| title)
    };
    records(text).0.into_iter().filter_map(of).collect()
}

#[test]
fn every_way_to_write_a_text_gives_the_text() {
    for written in [
        r"'It\'s a lamp'",
        r#""It's a lamp""#,
        r#"'It' . "'s a lamp""#,
        r"q(It's a lamp)",
        "'It's a lamp'",
        "\"It\\x27s a lamp\"",
    ] {
        let file = format!(
            "# the archive's own list\npackage X;\n%FILES = (\n 12 => {{ 'Title' => {written}, 'Notes' => undef, Parts => [1, qw(a b)] }},\n);\n1;\n"
        );
        assert_eq!(titles(&file), ["It's a lamp"], "{written}");
    }
    let heredoc = "%FILES = ( 1 => { Title => <<'END'\nIt's a lamp\nEND\n} );";
    assert_eq!(titles(heredoc), ["It's a lamp\n"]);
}

#[test]
fn quotes_that_are_not_escaped_are_text_and_told() {
    let file = "%FILES = (\n'1' => {\n'Title' => 'The dogs' bone', he said, 'and left',\n'Author' => 'Wren',\n},\n'2' => { 'Title' => 'Two' },\n);";
    let (found, damage) = records(file);
    assert_eq!(found[0].1[0].1, "The dogs' bone', he said, 'and left");
    assert_eq!((found[0].1[1].1.as_str(), found.len(), damage), ("Wren", 2, 1));
}

#[test]
fn a_record_that_does_not_end_costs_only_itself() {
    let file = "%FILES = (\n1 => { 'Title' => 'One' },\n2 => { 'Title' => [ },\n3 => { 'Title' => 'Three' },\n);";
    let (found, damage) = records(file);
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!((names, damage), (vec!["1", "3"], 1));
}

#[test]
fn what_is_no_record_is_passed_over() {
    assert!(
        records("my %FILES = ();\nsub f { return { a => 1 }; }\nprint \"x\";\n1;").0.is_empty()
    );
}

proptest! {
    #[test]
    fn any_text_comes_back(texts in prop::collection::vec("[ -~\né]{0,20}", 1..6)) {
        let mut file = String::from("%FILES = (\n");
        for (at, text) in texts.iter().enumerate() {
            let escaped = text.replace('\\', "\\\\").replace('\'', "\\'");
            file += &format!("{at} => {{ 'Title' => '{escaped}' }},\n");
        }
        prop_assert_eq!(titles(&file), texts);
    }

    #[test]
    fn no_text_makes_it_fail(text in "[%(){}\\[\\]=>,'\"\\\\a1#\n.<q ]{0,120}") {
        let mut perl = Perl::new(&text);
        while perl.record().is_some() {}
    }
}
