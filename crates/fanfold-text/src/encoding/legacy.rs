//! Old code pages: which one, and how sure.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, GB18030, GBK, IBM866, ISO_2022_JP, KOI8_R, KOI8_U, UTF_8, WINDOWS_1252,
};

use super::declared::{EncodingHint, in_file};
use super::latin::{self, Latin};
use super::utf16::lossy;
use super::{DecodeNote, DecodeNoteKind, Decoded, cp437};

/// Decodes as a person asked; `None` when nobody asked or the label is unknown.
pub(super) fn forced(bytes: &[u8], hint: &EncodingHint) -> Option<Decoded> {
    if !hint.forced {
        return None;
    }
    if is_cp437(&hint.label) {
        return Some(plain(cp437::decode(bytes), "cp437", 1.0));
    }
    let encoding = Encoding::for_label(hint.label.as_bytes())?;
    if encoding == UTF_8 && std::str::from_utf8(bytes).is_err() {
        return Some(super::mixed::read(bytes));
    }
    Some(read(bytes, encoding, 1.0))
}

/// Decodes bytes that are not UTF-8.
pub(super) fn decode(bytes: &[u8], hint: Option<EncodingHint>) -> Decoded {
    if has_shift_sequence(bytes) {
        let (_, errors) = ISO_2022_JP.decode_without_bom_handling(bytes);
        return if errors {
            read(bytes, WINDOWS_1252, 0.5)
        } else {
            read(bytes, ISO_2022_JP, 0.95)
        };
    }
    let mut ignored = None;
    for declared in [hint, in_file(bytes)].into_iter().flatten() {
        match by_declaration(bytes, &declared) {
            Some(decoded) => return decoded,
            None => {
                ignored = Some(DecodeNote::source(
                    DecodeNoteKind::DeclaredIgnored,
                    1,
                    0..bytes.len().min(2048),
                ))
            }
        }
    }
    let mut decoded = by_statistics(bytes);
    decoded.notes.extend(ignored);
    decoded
}

/// True when ASCII bytes hold the escape sequences of Japanese mail.
pub(super) fn has_shift_sequence(bytes: &[u8]) -> bool {
    bytes.windows(3).any(|w| matches!(w, b"\x1b$B" | b"\x1b$@"))
}

/// A declared encoding, when it fits: no byte without meaning, the same family as the statistics see, and for Latin
/// code pages no better reading of the letters.
fn by_declaration(bytes: &[u8], hint: &EncodingHint) -> Option<Decoded> {
    let shape = latin::shape(bytes);
    if is_cp437(&hint.label) {
        return shape.is_latin.then(|| plain(cp437::decode(bytes), "cp437", 0.9));
    }
    let encoding = Encoding::for_label(hint.label.as_bytes())
        .filter(|e| *e != UTF_8 && e.is_ascii_compatible())?;
    let decoded = read(bytes, encoding, 0.9);
    if !decoded.notes.is_empty() {
        return None;
    }
    if !encoding.is_single_byte() {
        return (!shape.is_latin).then_some(decoded);
    }
    if is_latin_page(encoding) != shape.is_latin {
        return None;
    }
    if encoding == WINDOWS_1252 && shape.best != Latin::Windows1252 && shape.margin >= 6 {
        return None;
    }
    Some(decoded)
}

/// From this many accented letters on, a general detector can tell the languages of Europe apart.
const MANY_LETTERS: usize = 40;

fn by_statistics(bytes: &[u8]) -> Decoded {
    let shape = latin::shape(bytes);
    // The general detector is slow and knows neither code page 437 nor Mac Roman: asked only when it can help.
    let western = shape.best == Latin::Windows1252 && shape.letters < MANY_LETTERS;
    let guess = match shape.is_latin && (western || shape.best != Latin::Windows1252) {
        true => WINDOWS_1252,
        false => detect(bytes),
    };
    if !shape.is_latin && !is_latin_page(guess) && guess != IBM866 {
        return by_guess(bytes, guess);
    }
    let sure = latin::confidence(&shape);
    match shape.best {
        Latin::Cp437 => plain(cp437::decode(bytes), "cp437", sure),
        Latin::Macintosh => read(bytes, encoding_rs::MACINTOSH, sure),
        // Central European, Turkish and Baltic pages share the quotes of 1252; only many letters tell them apart.
        Latin::Windows1252 if shape.letters >= MANY_LETTERS && is_latin_page(guess) => {
            read(bytes, guess, sure.min(0.75))
        }
        Latin::Windows1252 if !shape.is_latin && guess == IBM866 => read(bytes, guess, 0.6),
        Latin::Windows1252 => read(bytes, WINDOWS_1252, sure),
    }
}

fn by_guess(bytes: &[u8], guess: &'static Encoding) -> Decoded {
    let guess = if guess == GBK { GB18030 } else { guess };
    let ukrainian =
        bytes.iter().any(|b| matches!(b, 0xA4 | 0xA6 | 0xA7 | 0xAD | 0xB4 | 0xB6 | 0xB7 | 0xBD));
    let guess = if guess == KOI8_U && !ukrainian { KOI8_R } else { guess };
    let decoded = read(bytes, guess, 0.8);
    let lost = decoded.notes.first().map_or(0, |n| n.count);
    if lost * 20 > decoded.text.chars().count() {
        return read(bytes, WINDOWS_1252, 0.3);
    }
    decoded
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..bytes.len().min(200_000)).unwrap_or(bytes), true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Code pages for Latin letters, where most bytes stay ASCII.
fn is_latin_page(encoding: &'static Encoding) -> bool {
    matches!(
        encoding.name(),
        "windows-1252"
            | "windows-1250"
            | "windows-1254"
            | "windows-1257"
            | "windows-1258"
            | "ISO-8859-2"
            | "ISO-8859-3"
            | "ISO-8859-4"
            | "ISO-8859-10"
            | "ISO-8859-13"
            | "ISO-8859-14"
            | "ISO-8859-15"
            | "ISO-8859-16"
            | "macintosh"
    )
}

fn is_cp437(label: &str) -> bool {
    matches!(label, "cp437" | "ibm437" | "437" | "ibm-437" | "cspc8codepage437")
}

fn plain(text: String, encoding: &'static str, confidence: f32) -> Decoded {
    Decoded { text, encoding, confidence, notes: Vec::new(), misread: None }
}

fn read(bytes: &[u8], encoding: &'static Encoding, confidence: f32) -> Decoded {
    let (text, errors) = encoding.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    let mut notes = Vec::new();
    if errors {
        notes.push(DecodeNote::source(DecodeNoteKind::Lossy, lossy(&text), 0..bytes.len()));
    }
    Decoded { text, encoding: label(encoding), confidence, notes, misread: None }
}

/// The encoding's name in lower case, as reports show it.
fn label(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "windows-1252" => "windows-1252",
        "windows-1251" => "windows-1251",
        "windows-1250" => "windows-1250",
        "KOI8-R" => "koi8-r",
        "KOI8-U" => "koi8-u",
        "Shift_JIS" => "shift_jis",
        "EUC-JP" => "euc-jp",
        "EUC-KR" => "euc-kr",
        "ISO-2022-JP" => "iso-2022-jp",
        "GBK" => "gbk",
        // GB18030 reads every GBK file; the older name is the one people know.
        "gb18030" => "gbk",
        "Big5" => "big5",
        "IBM866" => "ibm866",
        "UTF-16LE" => "utf-16le",
        "UTF-16BE" => "utf-16be",
        "UTF-8" => "utf-8",
        "ISO-8859-2" => "iso-8859-2",
        other => other,
    }
}
