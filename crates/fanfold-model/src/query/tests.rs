//! The language as readers use it, and its round trip.

use proptest::prelude::*;

use super::*;
use crate::{PartialDate, Status, TagKind};

fn root(text: &str) -> Node {
    parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).root.expect("a condition")
}

fn word(text: &str) -> Node {
    Node::Text { field: TextField::Anywhere, what: TextMatch::Word(text.to_owned()) }
}

fn tag(kind: TagKind, name: &str) -> Node {
    Node::Tag { kind: Some(kind), name: name.to_owned(), prefix: false }
}

fn words_in(from: Option<u64>, to: Option<u64>) -> Node {
    Node::Number { field: NumberField::Words, range: NumberRange { from, to } }
}

#[test]
fn or_binds_tighter_than_the_implied_and() {
    let expected = Node::And(vec![word("a"), Node::Or(vec![word("b"), word("c")])]);
    assert_eq!(root("a b OR c"), expected);
    assert_eq!(root("a b || c"), expected);
    assert_eq!(root("a AND b or c"), expected);
    assert_ne!(root("(a b) OR c"), expected);
}

#[test]
fn minus_and_not_exclude_a_word_a_group_or_a_field() {
    let excluded = Node::Not(Box::new(tag(TagKind::Fandom, "Oz")));
    assert_eq!(root("-fandom:Oz"), excluded);
    assert_eq!(root("not FANDOM:Oz"), excluded);
    assert_eq!(root("NOT fandom:\"Oz\""), excluded);
    assert_eq!(root("-(a b)"), Node::Not(Box::new(Node::And(vec![word("a"), word("b")]))));
    assert_eq!(root("well-known"), word("well-known"));
    assert_eq!(root("a - b"), Node::And(vec![word("a"), word("b")]));
}

#[test]
fn curly_and_straight_quotes_are_the_same() {
    let phrase =
        Node::Text { field: TextField::Title, what: TextMatch::Phrase("in the attic".to_owned()) };
    for text in [
        "title:\"in the attic\"",
        "title:\u{201c}in the attic\u{201d}",
        "Title: \u{201e}in the attic\u{201c}",
    ] {
        assert_eq!(root(text), phrase);
    }
}

#[test]
fn the_habits_of_the_other_archive_work() {
    assert_eq!(root("words>1000"), words_in(Some(1001), None));
    assert_eq!(root("words > 1000"), words_in(Some(1001), None));
    assert_eq!(root("words: 10-500"), words_in(Some(10), Some(500)));
    assert_eq!(root("WORDS:10k"), words_in(Some(10_000), Some(10_000)));
    assert_eq!(root("words:1.5k..2,000"), words_in(Some(1_500), Some(2_000)));
    assert_eq!(root("word_count:<1,000"), words_in(None, Some(999)));
    assert_eq!(root("otp:true"), Node::Flag(Flag::Otp, true));
    assert_eq!(root("Crossover: FALSE"), Node::Flag(Flag::Crossover, false));
    assert_eq!(root("complete:true"), Node::Flag(Flag::Complete, true));
    for (typed, name) in
        [("m/m", "M/M"), ("F/F", "F/F"), ("m/f", "F/M"), ("f/m", "F/M"), ("category:M/F", "F/M")]
    {
        assert_eq!(root(typed), tag(TagKind::Category, name));
    }
    assert_eq!(root("hm/m"), word("hm/m"));
    assert_eq!(root("ship:Jim/Ben"), tag(TagKind::Relationship, "Jim/Ben"));
}

#[test]
fn fandoms_and_relationships_are_counted_by_numbers_and_named_by_names() {
    let count = |field, from, to| Node::Number { field, range: NumberRange { from, to } };
    assert_eq!(root("fandoms:2"), count(NumberField::Fandoms, Some(2), Some(2)));
    assert_eq!(root("fandoms>1"), count(NumberField::Fandoms, Some(2), None));
    let two = count(NumberField::Relationships, Some(1), Some(2));
    assert_eq!(root("relationships:1-2"), two);
    assert_eq!(root("fandoms:Oz"), tag(TagKind::Fandom, "Oz"));
    assert_eq!(root("fandoms:\"24\""), tag(TagKind::Fandom, "24"));
    assert_eq!(root("fandoms:9-1-1"), tag(TagKind::Fandom, "9-1-1"), "a name, and no range");
    assert_eq!(root("relationships:(a/b OR c/d)"), root("rel:a/b OR rel:c/d"));
    assert_eq!(root("fandoms:sherl*"), root("fandom:sherl*"));
}

#[test]
fn nothing_but_what_is_asked_for_is_asked_by_the_field_of_a_kind() {
    assert_eq!(root("only:rel"), Node::Only(TagKind::Relationship));
    assert_eq!(root("only:ship"), root("only:relationships"));
    assert_eq!(root("-only:Fandom"), Node::Not(Box::new(Node::Only(TagKind::Fandom))));
    let query = parse("rel:a/b (rel:\"C/D\" OR tag:x) -rel:e/f rel:g* fandom:Oz only:rel").unwrap();
    let own = |name: &str| (Some(TagKind::Relationship), name.to_owned());
    assert_eq!(
        query.only(),
        [(TagKind::Relationship, vec![own("a/b"), own("c/d"), (None, "x".to_owned())])]
    );
    assert_eq!(parse("rel:a/b").unwrap().only(), []);
}

#[test]
fn the_order_is_taken_out_of_the_text() {
    let query = parse("attic sort:>words").unwrap();
    assert_eq!(query.root, Some(word("attic")));
    assert_eq!(query.sort, Some(Sort { key: SortKey::Words, direction: Direction::Ascending }));
    assert_eq!(parse("sort:title").unwrap().sort, Some(Sort::by(SortKey::Title)));
    assert_eq!(parse("sort: <creator").unwrap().sort.unwrap().direction, Direction::Descending);
    assert_eq!(Sort::by(SortKey::Creator).direction, Direction::Ascending);
    assert_eq!(Sort::by(SortKey::Updated).direction, Direction::Descending);
    assert_eq!(parse("sort:kudos").unwrap().root, None);
    assert_eq!(parse("  ").unwrap(), Query::default());
}

#[test]
fn a_field_spreads_over_a_group() {
    assert_eq!(
        root("fandom:(Oz OR \"Treasure Island\" -Alice)"),
        root("(fandom:Oz OR fandom:\"Treasure Island\") -fandom:Alice")
    );
    assert_eq!(root("words:(>10 <20)"), root("words>10 words<20"));
    assert_eq!(root("title:(a creator:b)"), root("title:a creator:b"));
}

#[test]
fn a_star_asks_for_a_beginning() {
    let prefix = TextMatch::Prefix("treas".to_owned());
    assert_eq!(root("treas*"), Node::Text { field: TextField::Anywhere, what: prefix });
    assert_eq!(
        root("fandom:sherl*"),
        Node::Tag { kind: Some(TagKind::Fandom), name: "sherl".to_owned(), prefix: true }
    );
}

#[test]
fn a_partial_date_is_an_interval() {
    let day_number = |y, m, d| PartialDate::new(y, Some(m), Some(d)).unwrap().first_day();
    let days = |text: &str| match root(text) {
        Node::Date { range, .. } => range.days(day_number(2024, 3, 31)),
        other => panic!("{other:?}"),
    };
    let span = |from: Option<(i16, u8, u8)>, to: Option<(i16, u8, u8)>| DaySpan {
        from: from.map(|(y, m, d)| day_number(y, m, d)),
        to: to.map(|(y, m, d)| day_number(y, m, d)),
    };
    assert_eq!(days("updated:2003"), span(Some((2003, 1, 1)), Some((2003, 12, 31))));
    assert_eq!(days("updated:2004-02"), span(Some((2004, 2, 1)), Some((2004, 2, 29))));
    assert_eq!(days("updated:2003-05..2004"), span(Some((2003, 5, 1)), Some((2004, 12, 31))));
    assert_eq!(days("updated:2003-2004"), span(Some((2003, 1, 1)), Some((2004, 12, 31))));
    assert_eq!(days("updated:<2003-06"), span(None, Some((2003, 5, 31))));
    assert_eq!(days("published>2003-06"), span(Some((2003, 7, 1)), None));
    assert_eq!(days("imported:<30d"), span(Some((2024, 3, 1)), None));
    assert_eq!(
        days("imported:>1m"),
        span(None, Some((2024, 2, 28))),
        "31 March less a month is 29 February"
    );
    assert_eq!(days("updated:\"< 2 years ago\""), span(Some((2022, 3, 31)), None));
    assert_eq!(days("updated:2003-05-17"), span(Some((2003, 5, 17)), Some((2003, 5, 17))));
}

#[test]
fn languages_and_statuses_are_known_by_code_and_by_name() {
    assert_eq!(root("lang:German"), Node::Language("de".to_owned()));
    assert_eq!(root("lang:pt_BR"), Node::Language("pt-br".to_owned()));
    assert_eq!(root("status:WIP"), Node::Status(Status::InProgress));
    assert_eq!(root("status:in-progress"), root("status:\"In Progress\""));
}

#[test]
fn an_unreadable_query_points_at_the_column_and_says_what_would_work() {
    let cases = [
        ("attic words:many", 13, "number", "words:1000"),
        ("\u{e9}t\u{e9} \"unclosed", 5, "never closed", "second"),
        ("(a OR b", 1, "never closed", ")"),
        ("a)", 2, "never opened", "opening"),
        ("a OR", 3, "nothing after", "\"OR\""),
        ("OR a", 1, "nothing before", "\"OR\""),
        ("a AND", 3, "nothing after", "\"AND\""),
        ("a OR OR b", 3, "nothing after", "\"OR\""),
        ("fandmo:Oz", 1, "no field", "fandom:"),
        ("fandum:Oz", 1, "no field", "did you mean fandom:"),
        ("storm rle:a/b", 7, "no field", "did you mean rel:"),
        ("sort:kudoes", 6, "kudoes", "did you mean sort:kudos?"),
        ("sort:>kudso", 6, "kudso", "did you mean sort:kudos?"),
        ("lang:englsh", 6, "englsh", "did you mean lang:english?"),
        ("status:compelte", 8, "compelte", "did you mean status:complete?"),
        ("complete:ture", 10, "ture", "did you mean complete:true?"),
        ("only:realtionship", 6, "realtionship", "did you mean only:relationship?"),
        ("only:words", 6, "words", "only:rel"),
        ("fandoms:>many", 9, "number", "words:1000"),
        ("a tr*sure", 5, "end of a word", "treas*"),
        ("*", 1, "letters before", "treas*"),
        ("words:5000-1000", 7, "backwards", "1000-5000"),
        ("words:<0", 7, "no number", "words:"),
        ("updated:2003-13", 9, "not a date", "2003-05"),
        ("updated:2023-02-29", 9, "not a date", "2003-05"),
        ("updated:30d", 9, "which side", "<30d"),
        ("complete:maybe", 10, "maybe", "complete:true"),
        ("sort:size", 6, "size", "sort:kudos"),
        ("sort:kudos sort:words", 17, "twice", "one sort:"),
        ("status:done-ish", 8, "done-ish", "hiatus"),
        ("a title:", 3, "nothing after", "title:attic"),
        ("a NOT", 3, "nothing after", "quotes"),
        ("()", 1, "nothing between", "condition"),
        ("\"\"", 1, "nothing between", "words"),
        ("lang:1234", 6, "1234", "lang:en"),
        ("words:99999999999999999999", 7, "number", "words:1000"),
    ];
    for (text, column, message, hint) in cases {
        let error = parse(text).expect_err(text);
        assert_eq!(error.column, column, "{text}: {error}");
        assert!(error.message.contains(message) && error.hint.contains(hint), "{text}: {error}");
    }
}

#[test]
fn escaped_keywords_and_signs_are_words() {
    for text in [
        "or", "NOT", "and", "-x", "a:b", "words", "m/m", "&", "+1", "<3", "a b", "\u{201c}", "(",
        "tr*sure", "\\",
    ] {
        let query = Query { root: Some(word(text)), sort: None };
        assert_eq!(parse(&query.to_string()), Ok(query));
    }
    assert_eq!(
        root("Star Wars: a beginning"),
        root("Star \"Wars:\" a beginning").clone_with_word("Wars:")
    );
}

impl Node {
    /// The same tree with its phrases as words: only to compare in a test.
    fn clone_with_word(&self, text: &str) -> Node {
        match self {
            Node::And(nodes) => {
                Node::And(nodes.iter().map(|node| node.clone_with_word(text)).collect())
            }
            Node::Text { what: TextMatch::Phrase(_), .. } => word(text),
            other => other.clone(),
        }
    }
}

#[test]
fn size_and_depth_are_bounded_with_a_friendly_error() {
    let deep = format!("{}a{}", "(".repeat(MAX_DEPTH + 1), ")".repeat(MAX_DEPTH + 1));
    assert!(parse(&deep).unwrap_err().message.contains("nested"));
    assert!(
        parse(&format!("{}a", "-".repeat(MAX_DEPTH + 1))).unwrap_err().message.contains("nested")
    );
    assert!(parse(&"a ".repeat(MAX_TERMS + 1)).unwrap_err().message.contains("conditions"));
    assert!(parse(&"a".repeat(MAX_LENGTH + 1)).unwrap_err().message.contains("longer"));
    assert!(parse(&"a ".repeat(MAX_TERMS)).is_ok());
}

#[test]
fn sort_stands_beside_conditions_and_not_inside_or() {
    assert!(parse("a OR sort:kudos").is_err());
    assert!(parse("-sort:kudos").is_err());
    assert!(parse("(a sort:kudos) b").is_ok());
}

/// Trees as the parser could give them.
fn any_node() -> impl Strategy<Value = Node> {
    let text = prop_oneof![
        "\\PC{1,8}".prop_map(TextMatch::Word),
        "[a-z\"\\\\()*:-]{1,6}".prop_map(TextMatch::Word),
        "[^\\s]{1,4}".prop_map(TextMatch::Prefix),
        "\\PC{0,6}[a-z]".prop_map(TextMatch::Phrase),
    ];
    let field = prop::sample::select(vec![
        TextField::Anywhere,
        TextField::Title,
        TextField::Creator,
        TextField::Series,
        TextField::Collection,
        TextField::Source,
        TextField::Text,
        TextField::Summary,
    ]);
    let kinds: Vec<_> = TagKind::ALL.into_iter().map(Some).chain([None]).collect();
    let numbers =
        prop::sample::select(vec![NumberField::Words, NumberField::Relationships, NumberField::Id]);
    let range = prop_oneof![
        (any::<u32>(), any::<u32>())
            .prop_map(|(a, b)| (Some(a.min(b).into()), Some(a.max(b).into()))),
        any::<u64>().prop_map(|a| (Some(a), None)),
        any::<u64>().prop_map(|a| (None, Some(a))),
    ];
    let leaf = prop_oneof![
        (field, text).prop_map(|(field, what)| Node::Text { field, what }),
        (prop::sample::select(kinds), "\\PC{0,6}[a-z]", any::<bool>())
            .prop_map(|(kind, name, prefix)| Node::Tag { kind, name, prefix }),
        (numbers, range).prop_map(|(field, (from, to))| Node::Number {
            field,
            range: NumberRange { from, to }
        }),
        any_date().prop_map(|range| Node::Date { field: DateField::Updated, range }),
        any::<bool>().prop_map(|yes| Node::Flag(Flag::Complete, yes)),
        prop::sample::select(TagKind::ALL.to_vec()).prop_map(Node::Only),
        Just(Node::Language("pt-br".to_owned())),
        Just(Node::Status(Status::Hiatus)),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Node::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Node::Or),
            inner.prop_map(|node| Node::Not(Box::new(node))),
        ]
    })
}

fn any_date() -> impl Strategy<Value = DateRange> {
    let date = (0_i16..=9999, prop::option::of((1_u8..=12, prop::option::of(1_u8..=28))))
        .prop_filter_map("no such day", |(year, rest)| {
            PartialDate::new(year, rest.map(|(month, _)| month), rest.and_then(|(_, day)| day))
        });
    let unit =
        prop::sample::select(vec![AgoUnit::Days, AgoUnit::Weeks, AgoUnit::Months, AgoUnit::Years]);
    let ago = (any::<u16>(), unit).prop_map(|(count, unit)| Ago { count, unit });
    prop_oneof![
        date.clone().prop_map(|date| DateRange::Inside(Some(date), Some(date))),
        date.clone().prop_map(|date| DateRange::Inside(None, Some(date))),
        date.clone()
            .prop_map(|date| DateRange::Inside(Some(date), PartialDate::new(9999, None, None))),
        date.clone().prop_map(DateRange::Before),
        date.prop_map(DateRange::After),
        ago.clone().prop_map(DateRange::Within),
        ago.prop_map(DateRange::LongerAgo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_printed_query_parses_to_the_same_tree(node in any_node(), key in prop::sample::select(SortKey::ALL.to_vec()), up in any::<bool>()) {
        let direction = if up { Direction::Ascending } else { Direction::Descending };
        let query = Query { root: Some(node), sort: Some(Sort { key, direction }) };
        prop_assert_eq!(parse(&query.to_string()), Ok(query.clone()), "{}", query);
    }

    #[test]
    fn any_text_is_read_or_refused_without_panic(text in "[ab\\-\"()*:|<>=\\\\ 0-9kORNTwords/]{0,30}|\\PC{0,30}") {
        fuzz::fuzz_query(text.as_bytes());
    }
}

#[test]
fn the_names_of_all_asked_tags_are_known_before_the_search() {
    let names =
        parse("fandom:\"Treasure  ISLAND\" (attic OR -tag:fluff) rel:jim*").unwrap().tag_names();
    assert_eq!(
        names,
        [(Some(TagKind::Fandom), "treasure island".to_owned()), (None, "fluff".to_owned())]
    );
}
