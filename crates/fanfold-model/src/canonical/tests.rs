//! The form holds what the contract shows, and nothing is lost on the way there and back.

use super::*;

const SAMPLE: &str = r#"{"type": "work", "schema": 1, "id": 12, "uid": "01920000-0000-7000-8000-000000000001", "outcome": "work",
 "title": "In the Attic", "title_is_placeholder": false,
 "creators": [{"name": "Wren", "role": "author"}], "poster": null, "recipients": [],
 "fandoms": ["Treasure Island"], "relationships": ["Jim Hawkins/Ben Gunn"], "characters": ["Jim Hawkins"],
 "categories": ["Gen"], "warnings": ["Creator Chose Not To Use Archive Warnings"], "freeforms": ["Post-Canon"],
 "rating": "Teen And Up Audiences",
 "summary": "<p>A chest.</p>", "notes": "<p>Thanks.</p>", "end_notes": null,
 "language": "en", "status": "complete", "chapters_expected": 3,
 "written": null, "published": "2003-05-17", "updated": "2003-06", "captured": null,
 "series": [{"uid": "01930000-0000-7000-8000-000000000001", "title": "Attic Tales", "part": 2, "of": null}],
 "links": [{"rel": "next", "part": 3, "title": "The Cellar", "url": null}], "related": [],
 "chapters": [{"uid": "01940000-0000-7000-8000-000000000001", "position": 1, "title": null, "number": "1", "words": 812, "creators": [], "published": null, "url": null,
               "summary": null, "notes": null, "end_notes": null, "html": "<p>It was dark.</p>"}],
 "missing_parts": [], "words": 2410,
 "stats": {"kudos": 12, "hits": 340, "comments": 3, "bookmarks": 1, "as_of": "2003-06-01"},
 "visibility": "public", "held": null, "permissions": {"archiving": "ask", "as_read": "Ask first, please."},
 "original": {"Rating": ["PG-13 to be safe"], "Pairing": ["Jim/Ben"]},
 "sources": [{"path": "attic.zip", "member": "tale.txt", "format": "plain-text", "encoding": "windows-1252", "blake3": "0000000000000000000000000000000000000000000000000000000000000001", "blob": "stored", "url": null}],
 "evidence": {"title": {"rule": "label", "source": 0, "span": [0, 22], "confidence": 0.99}},
 "suggestions": {"fandoms": [{"value": "Kidnapped", "confidence": 0.8, "why": "named in the text"}]}, "curated": ["rating"], "versions": [],
 "findings": [{"code": "rating-ambiguous", "level": "review", "message": "one of two", "source": 0, "span": [40, 61]}]}"#;

fn compact() -> String {
    serde_json::to_string(&serde_json::from_str::<serde_json::Value>(SAMPLE).unwrap()).unwrap()
}

#[test]
fn a_work_in_the_contracts_form_comes_back_byte_for_byte() {
    let Record::Work(work) = parse_line(&compact()).unwrap() else { panic!("not a work") };
    assert_eq!(work_line(&work), compact());
}

#[test]
fn a_brief_reading_leaves_out_what_lists_do_not_show_and_nothing_else() {
    let Record::Work(mut work) = parse_line(&compact()).unwrap() else { panic!("not a work") };
    let brief = brief_work(compact().as_bytes()).unwrap();
    assert!(!work.evidence.is_empty() && !work.suggestions.is_empty() && !work.sources.is_empty());
    (work.original, work.sources, work.evidence) = Default::default();
    (work.suggestions, work.versions) = Default::default();
    assert_eq!(brief, *work);
}

#[test]
fn a_brief_reading_refuses_what_a_whole_one_refuses() {
    for (from, to) in
        [("\"words\":2410", "\"words\":-1"), ("\"schema\":1", "\"schema\":9"), ("}]}", "}]}}")]
    {
        let line = compact().replace(from, to);
        assert!(parse_line(&line).is_err(), "{to}");
        assert!(brief_work(line.as_bytes()).is_err(), "{to}");
    }
    assert!(brief_work(b"[]").is_err());
    assert!(brief_work(b"{\"evidence\": {").is_err());
}

#[test]
fn a_span_in_the_decoded_text_says_so() {
    let line = compact().replace("\"span\":[0,22],", "\"span\":[0,22],\"in\":\"decoded\",");
    let Record::Work(work) = parse_line(&line).unwrap() else { panic!("not a work") };
    assert_eq!(work.evidence[0].1.span, Some(crate::Span::in_decoded(0, 22)));
    assert_eq!(work_line(&work), line);
}

#[test]
fn a_record_of_an_unknown_type_is_not_an_error() {
    assert_eq!(parse_line(r#"{"type":"hologram"}"#).unwrap(), Record::Other("hologram".into()));
}

#[test]
fn a_broken_line_says_where_it_broke() {
    let error = parse_line(r#"{"type":"work","schema":1,"title":}"#).unwrap_err();
    assert_eq!(error.column, 35);
}

#[test]
fn a_newer_schema_is_refused_with_its_number() {
    let line = compact().replace("\"schema\":1", "\"schema\":9");
    assert!(parse_line(&line).unwrap_err().to_string().contains("schema 9"));
}

#[test]
fn a_rating_outside_the_vocabulary_is_refused() {
    let line = compact().replace("Teen And Up Audiences", "PG-13");
    assert!(parse_line(&line).unwrap_err().to_string().contains("`PG-13` is no rating"));
}
