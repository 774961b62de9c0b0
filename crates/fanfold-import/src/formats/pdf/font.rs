//! A font as far as text goes: which letters its codes are, how wide they are, and whether it is bold or italic.

use super::encoding::{self, ToUnicode, code_of};
use super::file::File;
use super::object::{Dict, Object};
use std::collections::HashMap;

/// A font.
#[derive(Debug, Default)]
pub(super) struct Font {
    /// Bytes of one code.
    code_bytes: usize,
    own: ToUnicode,
    /// Letters of 256 codes; empty for fonts with larger codes.
    letters: Vec<String>,
    widths: HashMap<u32, f64>,
    other_width: f64,
    pub(super) is_bold: bool,
    pub(super) is_italic: bool,
}

/// One letter of a text that is shown.
pub(super) struct Letter {
    /// What it is; empty where nothing tells it.
    pub(super) text: String,
    /// Its width at size 1.
    pub(super) width: f64,
    /// Whether word spacing is added to it.
    pub(super) is_space: bool,
}

impl Font {
    /// Reads a font of a page.
    pub(super) fn read(file: &File<'_>, font: &Dict) -> Self {
        let is_composed = font.get("Subtype").and_then(Object::name) == Some("Type0");
        let table = match font.get("ToUnicode") {
            Some(Object::Reference(number)) => file.stream(*number).unwrap_or_default(),
            _ => Vec::new(),
        };
        let mut own = Self { own: ToUnicode::parse(&table), code_bytes: 1, ..Self::default() };
        let inner = match file.get(font, "DescendantFonts") {
            Some(Object::Array(fonts)) => {
                fonts.first().and_then(|own| file.dict(own)).unwrap_or_default()
            }
            _ => font.clone(),
        };
        if is_composed {
            own.code_bytes = own.own.width.filter(|width| (1..=4).contains(width)).unwrap_or(2);
            own.other_width = number(file, &inner, "DW").unwrap_or(1000.0) / 1000.0;
            own.composed_widths(file, &inner);
        } else {
            own.letters = letters(file, font);
            own.simple_widths(file, font);
        }
        own.style(file, font, &inner);
        own
    }

    /// The letters of a text that is shown.
    pub(super) fn decode(&self, text: &[u8]) -> Vec<Letter> {
        let codes = text.chunks(self.code_bytes.max(1));
        codes
            .map(|bytes| {
                let code = code_of(bytes);
                let width = self.widths.get(&code).copied().unwrap_or(self.other_width);
                let is_space = bytes == b" ";
                Letter { text: self.letter(code), width, is_space }
            })
            .collect()
    }

    fn letter(&self, code: u32) -> String {
        if let Some(known) = self.own.get(code) {
            return known.to_owned();
        }
        let place = usize::try_from(code).unwrap_or(usize::MAX);
        self.letters.get(place).cloned().unwrap_or_default()
    }

    /// Whether anything tells what its codes mean.
    pub(super) fn is_readable(&self) -> bool {
        !self.own.is_empty() || !self.letters.is_empty()
    }

    fn simple_widths(&mut self, file: &File<'_>, font: &Dict) {
        let first = number(file, font, "FirstChar").unwrap_or_default().clamp(0.0, 255.0);
        let Some(Object::Array(widths)) = file.get(font, "Widths") else {
            // One of the fonts that every reader has: half a square is near enough to find the spaces.
            self.other_width = 0.5;
            return;
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 255"
        )]
        let codes = first as u32..;
        for (code, width) in codes.zip(widths.iter().take(256)) {
            let width = file.resolve(width).and_then(|own| own.number()).unwrap_or_default();
            self.widths.insert(code, width / 1000.0);
        }
    }

    /// `[first [w w w] first last w …]`.
    fn composed_widths(&mut self, file: &File<'_>, font: &Dict) {
        let Some(Object::Array(items)) = file.get(font, "W") else { return };
        let items: Vec<Object> = items.iter().filter_map(|own| file.resolve(own)).collect();
        let mut rest = items.as_slice();
        while let [first, second, others @ ..] = rest {
            let Some(first) = first.count().and_then(|own| u32::try_from(own).ok()) else { return };
            if let Object::Array(widths) = second {
                for (code, width) in (first..).zip(widths.iter().take(0x1_0000)) {
                    self.widths.insert(code, width.number().unwrap_or_default() / 1000.0);
                }
                rest = others;
            } else {
                let [width, others @ ..] = others else { return };
                let last = second.count().and_then(|own| u32::try_from(own).ok()).unwrap_or(first);
                for code in first..=last.min(first.saturating_add(0xFFFF)) {
                    self.widths.insert(code, width.number().unwrap_or_default() / 1000.0);
                }
                rest = others;
            }
            if self.widths.len() > 0x2_0000 {
                return;
            }
        }
    }

    fn style(&mut self, file: &File<'_>, font: &Dict, inner: &Dict) {
        let name = font.get("BaseFont").and_then(Object::name).unwrap_or_default().to_lowercase();
        let about = file.sub(inner, "FontDescriptor");
        let flags = about.get("Flags").and_then(Object::count).unwrap_or_default();
        let weight = number(file, &about, "FontWeight").unwrap_or_default();
        let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
        self.is_bold =
            says(&["bold", "black", "heavy"]) || weight >= 600.0 || flags & 0x4_0000 != 0;
        self.is_italic = says(&["italic", "oblique"]) || flags & 0x40 != 0;
    }
}

fn number(file: &File<'_>, dict: &Dict, key: &str) -> Option<f64> {
    file.get(dict, key)?.number()
}

/// What the codes of a simple font mean: an encoding with a name, and differences from it.
fn letters(file: &File<'_>, font: &Dict) -> Vec<String> {
    let kind = font.get("Subtype").and_then(Object::name).unwrap_or_default();
    let base = if kind == "TrueType" { "WinAnsiEncoding" } else { "StandardEncoding" };
    match file.get(font, "Encoding") {
        Some(Object::Name(name)) => encoding::by_name(&name),
        Some(Object::Dict(dict)) => {
            let named = dict.get("BaseEncoding").and_then(Object::name);
            let mut letters = encoding::by_name(named.unwrap_or(base));
            if let Some(Object::Array(differences)) = file.get(&dict, "Differences") {
                differ(&differences, &mut letters);
            }
            letters
        }
        _ => encoding::by_name(base),
    }
}

fn differ(differences: &[Object], letters: &mut [String]) {
    let mut code = 0;
    for own in differences {
        match own {
            Object::Number(_) => code = own.count().unwrap_or_default(),
            Object::Name(name) => {
                if let (Some(place), Some(letter)) = (letters.get_mut(code), encoding::letter(name))
                {
                    *place = letter;
                }
                code += 1;
            }
            _ => {}
        }
    }
}
