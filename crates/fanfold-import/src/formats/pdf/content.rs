//! What a page shows: its operators carried out as far as they set letters and draw lines across the page.

use super::file::File;
use super::font::Font;
use super::object::{Dict, Lexer, Object};
use std::collections::HashMap;
use std::rc::Rc;

/// Letters of one page that are read.
const MOST_GLYPHS: usize = 400_000;
/// Operators of one page that are carried out.
const MOST_STEPS: usize = 4_000_000;
/// Pages inside pages (forms) that are carried out, in each other and of one page.
const MOST_DEPTH: usize = 8;
const MOST_FORMS: usize = 2_000;
/// Fonts of one page.
const MOST_FONTS: usize = 500;

/// A letter where it stands, in points from the lower left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    pub(super) left: f64,
    pub(super) right: f64,
    /// The line that it stands on.
    pub(super) base: f64,
    pub(super) size: f64,
    pub(super) text: String,
    pub(super) is_bold: bool,
    pub(super) is_italic: bool,
}

/// A line that is drawn: from, to, height.
pub(super) type Stroke = (f64, f64, f64);

/// What one page shows.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) strokes: Vec<Stroke>,
    /// Letters that nothing tells.
    pub(super) unknown: usize,
    /// The middle of the page, from the left.
    pub(super) middle: f64,
}

type Matrix = [f64; 6];
const UNIT: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// `first`, then `second`.
fn product(first: &Matrix, second: &Matrix) -> Matrix {
    let [a, b, c, d, e, f] = *first;
    let [g, h, i, j, k, l] = *second;
    [
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + l,
    ]
}

#[derive(Clone)]
struct State {
    place: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// Carries out pages; fonts are kept from page to page.
pub(super) struct Painter<'a> {
    file: &'a File<'a>,
    fonts: HashMap<u32, Rc<Font>>,
}

impl<'a> Painter<'a> {
    pub(super) fn new(file: &'a File<'a>) -> Self {
        Self { file, fonts: HashMap::new() }
    }

    /// What a page with these resources shows.
    pub(super) fn page(&mut self, content: &[u8], resources: &Dict) -> Shown {
        let state = State {
            place: UNIT,
            font: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let mut run = Run { painter: self, shown: Shown::default(), steps: 0, forms: 0 };
        run.content(content, resources, state, 0);
        run.shown
    }

    fn font(&mut self, resources: &Dict, name: &str) -> Option<Rc<Font>> {
        let fonts = self.file.sub(resources, "Font");
        let own = fonts.get(name)?;
        if let Object::Reference(number) = own
            && let Some(known) = self.fonts.get(number)
        {
            return Some(known.clone());
        }
        let font = Rc::new(Font::read(self.file, &self.file.dict(own)?));
        if let (Object::Reference(number), true) = (own, self.fonts.len() < 2_000) {
            self.fonts.insert(*number, font.clone());
        }
        Some(font)
    }
}

struct Run<'p, 'a> {
    painter: &'p mut Painter<'a>,
    shown: Shown,
    steps: usize,
    forms: usize,
}

/// Where the next letter goes, where the line began, and the fonts of this content by their names.
struct Pen {
    at: Matrix,
    line: Matrix,
    fonts: HashMap<String, Option<Rc<Font>>>,
}

impl Run<'_, '_> {
    fn content(&mut self, content: &[u8], resources: &Dict, mut state: State, depth: usize) {
        let (mut kept, mut things) = (Vec::new(), Vec::<Object>::new());
        let mut pen = Pen { at: UNIT, line: UNIT, fonts: HashMap::new() };
        let mut path = Path::default();
        let mut lexer = Lexer::new(content, 0);
        while let Some(thing) = lexer.next() {
            self.steps += 1;
            if self.steps > MOST_STEPS || self.shown.glyphs.len() > MOST_GLYPHS {
                return;
            }
            let Object::Word(word) = thing else {
                if things.len() < 10_000 {
                    things.push(thing);
                }
                continue;
            };
            match word.as_slice() {
                b"q" if kept.len() < 1_000 => kept.push(state.clone()),
                b"Q" => state = kept.pop().unwrap_or(state),
                b"cm" => state.place = product(&matrix(&things), &state.place),
                b"BI" => skip_picture(&mut lexer),
                b"Do" => self.form(&things, resources, &state, depth),
                b"re" | b"m" | b"l" | b"h" | b"f" | b"F" | b"f*" | b"S" | b"s" | b"B" | b"n" => {
                    path.draw(&word, &things, &state.place, &mut self.shown.strokes);
                }
                _ => self.text(&word, &things, resources, &mut state, &mut pen),
            }
            things.clear();
        }
    }

    fn text(
        &mut self,
        word: &[u8],
        things: &[Object],
        resources: &Dict,
        state: &mut State,
        pen: &mut Pen,
    ) {
        let number = |at: usize| things.get(at).and_then(Object::number).unwrap_or_default();
        match word {
            b"BT" => (pen.at, pen.line) = (UNIT, UNIT),
            b"Tf" => {
                let name = things.first().and_then(Object::name).unwrap_or_default();
                let known = pen.fonts.get(name).cloned();
                state.font = known.unwrap_or_else(|| {
                    let is_one_more = pen.fonts.len() < MOST_FONTS;
                    is_one_more.then(|| self.painter.font(resources, name)).flatten()
                });
                pen.fonts.insert(name.to_owned(), state.font.clone());
                state.size = number(1);
            }
            b"Tc" => state.letter_space = number(0),
            b"Tw" => state.word_space = number(0),
            b"Tz" => state.stretch = number(0) / 100.0,
            b"TL" => state.leading = number(0),
            b"Ts" => state.rise = number(0),
            b"Td" => pen.advance(number(0), number(1)),
            b"TD" => {
                state.leading = -number(1);
                pen.advance(number(0), number(1));
            }
            b"Tm" => {
                pen.line = matrix(things);
                pen.at = pen.line;
            }
            b"T*" => pen.advance(0.0, -state.leading),
            b"Tj" => self.show(things.first(), state, pen),
            b"'" => {
                pen.advance(0.0, -state.leading);
                self.show(things.first(), state, pen);
            }
            b"\"" => {
                (state.word_space, state.letter_space) = (number(0), number(1));
                pen.advance(0.0, -state.leading);
                self.show(things.get(2), state, pen);
            }
            b"TJ" => {
                for own in things.first().and_then(Object::array).unwrap_or_default() {
                    match own {
                        Object::Number(back) => {
                            pen.step(-back / 1000.0 * state.size * state.stretch);
                        }
                        own => self.show(Some(own), state, pen),
                    }
                }
            }
            _ => {}
        }
    }

    fn show(&mut self, text: Option<&Object>, state: &State, pen: &mut Pen) {
        let (Some(font), Some(text)) = (&state.font, text.and_then(Object::text)) else { return };
        for letter in font.decode(text) {
            let place = product(&pen.at, &state.place);
            let [a, b, c, d, x, y] = place;
            let space = state.letter_space + if letter.is_space { state.word_space } else { 0.0 };
            let step = (letter.width * state.size + space) * state.stretch;
            let width = letter.width * state.size * state.stretch;
            pen.step(step);
            if letter.text.is_empty() || !font.is_readable() {
                self.shown.unknown += 1;
                continue;
            }
            // Letters that stand across the page are no text of it; nor is what no one sees.
            let size = state.size * (c * c + d * d).sqrt();
            let is_level = b.abs() <= 0.1 * a.abs();
            if is_level && size.is_finite() && x.is_finite() && y.is_finite() && size.abs() > 0.5 {
                let base = y + state.rise * d;
                let (left, right) = (x, x + width * a);
                let (is_bold, is_italic) = (font.is_bold, font.is_italic);
                let (text, size) = (letter.text, size.abs());
                self.shown.glyphs.push(Glyph { left, right, base, size, text, is_bold, is_italic });
            }
        }
    }

    /// A page inside the page.
    fn form(&mut self, things: &[Object], resources: &Dict, state: &State, depth: usize) {
        if depth >= MOST_DEPTH || self.forms >= MOST_FORMS {
            return;
        }
        self.forms += 1;
        let file = self.painter.file;
        let forms = file.sub(resources, "XObject");
        let name = things.first().and_then(Object::name).unwrap_or_default();
        let Some(own @ Object::Reference(number)) = forms.get(name) else { return };
        let Some(dict) = file.dict(own) else { return };
        if dict.get("Subtype").and_then(Object::name) != Some("Form") {
            return;
        }
        let Some(content) = file.stream(*number) else { return };
        let mut inner = state.clone();
        if let Some(Object::Array(items)) = file.get(&dict, "Matrix") {
            inner.place = product(&matrix(&items), &inner.place);
        }
        let own = file.sub(&dict, "Resources");
        let resources = if own.is_empty() { resources } else { &own };
        self.content(&content, resources, inner, depth + 1);
    }
}

impl Pen {
    fn advance(&mut self, x: f64, y: f64) {
        self.line = product(&[1.0, 0.0, 0.0, 1.0, x, y], &self.line);
        self.at = self.line;
    }

    fn step(&mut self, x: f64) {
        self.at = product(&[1.0, 0.0, 0.0, 1.0, x, 0.0], &self.at);
    }
}

/// The outline that is being drawn: only how far it reaches.
#[derive(Default)]
struct Path {
    reach: Option<[f64; 4]>,
}

impl Path {
    fn draw(&mut self, word: &[u8], things: &[Object], place: &Matrix, strokes: &mut Vec<Stroke>) {
        let number = |at: usize| things.get(at).and_then(Object::number).unwrap_or_default();
        match word {
            b"re" => {
                self.reach_to(number(0), number(1), place);
                self.reach_to(number(0) + number(2), number(1) + number(3), place);
            }
            b"m" | b"l" => self.reach_to(number(0), number(1), place),
            b"h" => {}
            b"n" => self.reach = None,
            _ => {
                let thin = self
                    .reach
                    .take()
                    .filter(|[left, low, right, high]| high - low <= 4.0 && right - left >= 30.0);
                if let Some([left, low, right, _]) = thin.filter(|_| strokes.len() < 10_000) {
                    strokes.push((left, right, low));
                }
            }
        }
    }

    fn reach_to(&mut self, x: f64, y: f64, place: &Matrix) {
        let [.., x, y] = product(&[1.0, 0.0, 0.0, 1.0, x, y], place);
        let [left, low, right, high] = self.reach.unwrap_or([x, y, x, y]);
        self.reach = Some([left.min(x), low.min(y), right.max(x), high.max(y)]);
    }
}

fn matrix(things: &[Object]) -> Matrix {
    let mut own = UNIT;
    for (place, thing) in own.iter_mut().zip(things) {
        *place = thing.number().unwrap_or_default();
    }
    own
}

/// A picture inside the page: its bytes are no operators.
fn skip_picture(lexer: &mut Lexer<'_>) {
    let rest = lexer.bytes.get(lexer.at..).unwrap_or_default();
    let end =
        rest.windows(3).position(|own| own.starts_with(b"EI") && own[2].is_ascii_whitespace());
    lexer.at += end.map_or(rest.len(), |end| end + 2);
}
