//! Documents in an envelope made here, read by converters made here.

use crate::convert::{ConvertError, Converter};
use crate::{read, read_with};
use fanfold_model::{FieldKind, ReadAs};
use fanfold_source::{Item, Limits};

/// A compound file whose directory lies in two sectors, the named stream in the second.
fn compound(stream: &str) -> Vec<u8> {
    let mut file = vec![0_u8; 512 * 4];
    file[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    file[30..32].copy_from_slice(&9_u16.to_le_bytes());
    file[48..52].copy_from_slice(&1_u32.to_le_bytes());
    file[76..80].copy_from_slice(&0_u32.to_le_bytes());
    // The table of sectors: itself, then the directory's chain 1, 2.
    for (place, next) in [(0, 0xFFFF_FFFD_u32), (1, 2), (2, 0xFFFF_FFFE)] {
        file[512 + place * 4..516 + place * 4].copy_from_slice(&next.to_le_bytes());
    }
    entry(&mut file[1024..1152], "Root Entry");
    entry(&mut file[1536..1664], stream);
    file
}

fn entry(bytes: &mut [u8], name: &str) {
    let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes[..units.len()].copy_from_slice(&units);
    let length = u16::try_from(units.len() + 2).unwrap();
    bytes[64..66].copy_from_slice(&length.to_le_bytes());
}

struct Says(Result<&'static str, ConvertError>);

impl Converter for Says {
    fn to_text(&self, format: &str, bytes: &[u8]) -> Result<Vec<u8>, ConvertError> {
        assert_eq!((format, bytes.len()), ("doc", 2048));
        self.0.clone().map(|text| text.as_bytes().to_vec())
    }
}

fn item() -> Item {
    Item::from_bytes("lamp.doc", compound("WordDocument"))
}

#[test]
fn a_document_without_a_program_says_what_to_set_and_is_kept() {
    let reading = read(&item(), &Limits::default());
    assert_eq!(reading.format, Some("doc"));
    assert_eq!(reading.extracted[0].read_as, ReadAs::NotUnderstood);
    let told = &reading.extracted[0].findings[0].message;
    assert!(told.contains("antiword") && told.contains("[tools]"), "{told}");
}

#[test]
fn what_the_program_gives_is_read_as_text_or_as_a_page() {
    let body =
        "\"Is it lit?\" asked Dorothy.\n\n\"It was,\" said Toto, and looked at the window.\n\n";
    let text: &'static str = Box::leak(
        format!("Title: The Lamp\nAuthor: Wren\nRating: PG\n\n{}", body.repeat(6)).into_boxed_str(),
    );
    let paragraphs =
        "<p>\"Is it <i>lit</i>?\" asked Dorothy.</p><p>\"It was,\" said Toto.</p>".repeat(6);
    let page: &'static str = Box::leak(
        format!("<html><body><h1>The Lamp</h1><p>Author: Wren</p>{paragraphs}</body></html>")
            .into_boxed_str(),
    );
    for (given, marked) in [(text, false), (page, true)] {
        let reading = read_with(&item(), &Limits::default(), &Says(Ok(given)));
        let read = &reading.extracted[0];
        assert_eq!(read.read_as, ReadAs::Work, "{:?}", read.findings);
        let title = read.fields_of(FieldKind::Title).next().unwrap();
        assert_eq!((title.value.as_str(), title.span), ("The Lamp", None));
        assert_eq!(read.chapters[0].html.contains("<i>lit</i>"), marked);
    }
}

#[test]
fn a_program_that_fails_is_told_with_what_it_said() {
    let failed = ConvertError::Failed("antiword ended with 1: not a Word document.".to_owned());
    let reading = read_with(&item(), &Limits::default(), &Says(Err(failed)));
    let told = &reading.extracted[0].findings[0].message;
    assert!(told.contains("not a Word document"), "{told}");
}

#[test]
fn a_spreadsheet_is_left_to_the_general_advice_and_broken_files_are_no_documents() {
    let reading = read(&Item::from_bytes("sums.xls", compound("Workbook")), &Limits::default());
    assert_eq!(reading.format, None);
    let whole = compound("WordDocument");
    for cut in [0, 8, 100, 511, 600, 1100, 1600] {
        let reading = read(&Item::from_bytes("cut.doc", whole[..cut].to_vec()), &Limits::default());
        assert_ne!(reading.extracted[0].read_as, ReadAs::Work, "{cut}");
    }
}

#[test]
fn a_directory_that_turns_in_a_circle_ends() {
    let mut file = compound("Workbook");
    file[512 + 8..512 + 12].copy_from_slice(&1_u32.to_le_bytes());
    assert_eq!(read(&Item::from_bytes("circle.doc", file), &Limits::default()).format, None);
}
