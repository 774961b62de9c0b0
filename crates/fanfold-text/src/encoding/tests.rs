//! One sample for each encoding, and the damage that old files carry.

use super::*;
use encoding_rs::{
    BIG5, EUC_JP, GBK, ISO_2022_JP, KOI8_R, MACINTOSH, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252,
};

const RUSSIAN: &str =
    "Шерлок Холмс стоял у окна и смотрел на улицу. Доктор Ватсон читал газету и молчал.";
const JAPANESE: &str = "ホームズは窓のそばに立って、通りを見ていた。ワトスンは新聞を読んでいた。";
const CHINESE: &str = "福尔摩斯站在窗前，看着街道。华生医生正在读报纸，一句话也没有说。";
const TRADITIONAL: &str = "福爾摩斯站在窗前，看著街道。華生醫生正在讀報紙，一句話也沒有說。";
const CURLY: &str = "\u{201c}Don\u{2019}t,\u{201d} said Andr\u{e9}. The caf\u{e9} was closed \u{2014} as usual\u{2026}";

fn check(bytes: &[u8], encoding: &str, text: &str) {
    let decoded = decode(bytes, None);
    assert_eq!((decoded.encoding, decoded.text.as_str()), (encoding, text));
}

#[test]
fn ascii_and_utf8_are_certain() {
    check(b"plain", "utf-8", "plain");
    check(CURLY.as_bytes(), "utf-8", CURLY);
    assert_eq!(decode(CURLY.as_bytes(), None).confidence, 1.0);
    check(b"", "utf-8", "");
}

#[test]
fn marks_are_taken_off_and_noted() {
    let decoded = decode(b"\xEF\xBB\xBFcaf\xC3\xA9", None);
    assert_eq!((decoded.encoding, decoded.text.as_str()), ("utf-8-bom", "caf\u{e9}"));
    assert_eq!(
        decoded.notes.first().map(|n| (n.kind, n.span.clone())),
        Some((DecodeNoteKind::BomStripped, 0..3))
    );
}

#[test]
fn utf16_is_read_with_and_without_a_mark() {
    for text in ["The hound\r\nwas here.", RUSSIAN, CURLY] {
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&[b"\xFF\xFE".to_vec(), little.clone()].concat(), "utf-16le", text);
        check(&[b"\xFE\xFF".to_vec(), big.clone()].concat(), "utf-16be", text);
        check(&little, "utf-16le", text);
        check(&big, "utf-16be", text);
    }
}

#[test]
fn single_byte_latin_pages_are_told_apart_by_their_letters() {
    check(&WINDOWS_1252.encode(CURLY).0, "windows-1252", CURLY);
    check(&MACINTOSH.encode(CURLY).0, "macintosh", CURLY);
    check(
        b"Le caf\x82 \x85 c\x93t\x82 du th\x82\x83tre, o\x97 le gar\x87on r\x88ve.",
        "cp437",
        "Le café à côté du théâtre, où le garçon rêve.",
    );
    check(
        b"\xC9\xCD\xCD\xCD\xBB\n\xBA x \xBA\n\xC8\xCD\xCD\xCD\xBC",
        "cp437",
        "╔═══╗\n║ x ║\n╚═══╝",
    );
}

#[test]
fn a_few_high_bytes_decide_too() {
    check(
        b"She said \x93no\x94 and left.",
        "windows-1252",
        "She said \u{201c}no\u{201d} and left.",
    );
    check(b"It\x92s late", "windows-1252", "It\u{2019}s late");
    check(b"It\xD5s late, \xD2John\xD3.", "macintosh", "It\u{2019}s late, \u{201c}John\u{201d}.");
    check(b"Na\xEFve caf\xE9", "windows-1252", "Na\u{ef}ve caf\u{e9}");
    check(b"the caf\x82 was shut", "cp437", "the caf\u{e9} was shut");
    check(
        b"Sch\x94ne Gr\x81\xE1e aus M\x81nchen",
        "cp437",
        "Sch\u{f6}ne Gr\u{fc}\u{df}e aus M\u{fc}nchen",
    );
    check(
        b"Sch\xF6ne Gr\xFC\xDFe aus M\xFCnchen",
        "windows-1252",
        "Sch\u{f6}ne Gr\u{fc}\u{df}e aus M\u{fc}nchen",
    );
}

#[test]
fn other_scripts_are_found() {
    check(&KOI8_R.encode(RUSSIAN).0, "koi8-r", RUSSIAN);
    check(&WINDOWS_1251.encode(RUSSIAN).0, "windows-1251", RUSSIAN);
    check(&SHIFT_JIS.encode(JAPANESE).0, "shift_jis", JAPANESE);
    check(&EUC_JP.encode(JAPANESE).0, "euc-jp", JAPANESE);
    check(&ISO_2022_JP.encode(JAPANESE).0, "iso-2022-jp", JAPANESE);
    check(&GBK.encode(CHINESE).0, "gbk", CHINESE);
    check(&BIG5.encode(TRADITIONAL).0, "big5", TRADITIONAL);
}

#[test]
fn other_scripts_are_found_under_an_english_header() {
    let header =
        "Title: The Window\nAuthor: A Friend\nRating: G\nSummary: A quiet evening at home.\n\n";
    for (page, name, text) in [
        (KOI8_R, "koi8-r", RUSSIAN),
        (WINDOWS_1251, "windows-1251", RUSSIAN),
        (SHIFT_JIS, "shift_jis", JAPANESE),
        (GBK, "gbk", CHINESE),
        (BIG5, "big5", TRADITIONAL),
        (EUC_JP, "euc-jp", JAPANESE),
    ] {
        let whole = format!("{header}{text}\n{text}");
        check(&page.encode(&whole).0, name, &whole);
    }
}

#[test]
fn single_old_bytes_inside_utf8_are_read_each_for_itself() {
    let decoded = decode(b"caf\xC3\xA9 \xE2\x80\x94 it\x92s \x93ok\x94", None);
    assert_eq!(decoded.encoding, "mixed utf-8/windows-1252");
    assert_eq!(decoded.text, "caf\u{e9} \u{2014} it\u{2019}s \u{201c}ok\u{201d}");
    let spans: Vec<_> = decoded.notes.iter().map(|n| (n.kind, n.span.clone())).collect();
    assert_eq!(spans, [12..13, 15..16, 18..19].map(|s| (DecodeNoteKind::InvalidReadAs1252, s)));
}

#[test]
fn a_declaration_is_followed_only_when_it_fits() {
    let page = |label: &str, body: &[u8]| {
        [format!("<html><head><meta http-equiv=Content-Type content=\"text/html; charset={label}\"></head>").into_bytes(), body.to_vec()].concat()
    };
    let koi = decode(&page("koi8-r", &KOI8_R.encode(RUSSIAN).0), None);
    assert_eq!(koi.encoding, "koi8-r");
    let lie = decode(&page("iso-8859-1", &WINDOWS_1251.encode(RUSSIAN).0), None);
    assert_eq!(lie.encoding, "windows-1251");
    assert!(lie.notes.iter().any(|n| n.kind == DecodeNoteKind::DeclaredIgnored));
    let utf8_lie = decode(&page("utf-8", b"It\x92s \x93late\x94"), None);
    assert_eq!(utf8_lie.encoding, "windows-1252");
    let utf8_under_latin = decode(&page("iso-8859-1", CURLY.as_bytes()), None);
    assert_eq!(utf8_under_latin.encoding, "utf-8");
}

#[test]
fn a_persons_choice_for_the_batch_is_followed() {
    let decoded = decode(b"caf\x8E", Some(EncodingHint::forced("macintosh")));
    assert_eq!((decoded.encoding, decoded.text.as_str()), ("macintosh", "caf\u{e9}"));
    let decoded = decode(b"caf\x82", Some(EncodingHint::forced("CP437")));
    assert_eq!(decoded.text, "caf\u{e9}");
}

#[test]
fn control_characters_go_and_are_counted() {
    let decoded = decode(b"a\0b\0c\x1A_\x08d\x07e\x0Bf\x0Cg\x7F", None);
    assert_eq!(decoded.text, "abcde\nf\x0Cg");
    let counts: Vec<_> = decoded.notes.iter().map(|n| (n.kind, n.count)).collect();
    assert!(counts.contains(&(DecodeNoteKind::NulRemoved, 2)));
    assert!(counts.contains(&(DecodeNoteKind::CtrlZRemoved, 1)));
    assert!(counts.contains(&(DecodeNoteKind::OverstrikeResolved, 1)));
    assert!(counts.contains(&(DecodeNoteKind::ControlRemoved, 2)));
    assert!(counts.contains(&(DecodeNoteKind::VerticalTabAsLine, 1)));
}

#[test]
fn quotes_that_became_c1_controls_are_read_again() {
    let decoded = decode("It\u{92}s \u{93}ok\u{94}".as_bytes(), None);
    assert_eq!(decoded.text, "It\u{2019}s \u{201c}ok\u{201d}");
    assert_eq!(
        decoded.notes.first().map(|n| (n.kind, n.count)),
        Some((DecodeNoteKind::C1ReadAs1252, 3))
    );
}

#[test]
fn earlier_losses_are_reported_not_repaired() {
    let decoded = decode("It\u{fffd}s".as_bytes(), None);
    assert_eq!(decoded.text, "It\u{fffd}s");
    assert_eq!(decoded.notes.first().map(|n| n.kind), Some(DecodeNoteKind::ReplacementPresent));
}

#[test]
fn all_line_ends_become_one() {
    assert_eq!(normalize_newlines("a\r\nb\rc\nd\u{2029}e"), "a\nb\nc\nd\n\ne");
}

#[test]
fn any_bytes_give_text() {
    let mut seed = 7u32;
    for len in 0..300 {
        let bytes: Vec<u8> = (0..len)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed >> 24) as u8
            })
            .collect();
        crate::fuzz::fuzz_decode(&bytes);
    }
}
