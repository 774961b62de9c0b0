//! The objects of a file. They are looked for in the bytes themselves and not in the file's own table of them, so that
//! a file that is cut off, or was changed by a mail program, gives what it has.

use super::filters;
use super::object::{Dict, Lexer, Object};
use std::cell::Cell;
use std::collections::HashMap;

/// Unpacked bytes that are read of all streams of a file together.
const MOST_BYTES: usize = 96 << 20;
/// Bytes of objects that are read again and again, and of streams that are searched for their end.
const MOST_WORK: usize = 2 << 30;
/// Objects of a file that are known.
const MOST_OBJECTS: usize = 2_000_000;

/// An open file.
pub(super) struct File<'a> {
    bytes: &'a [u8],
    /// Where objects begin.
    places: HashMap<u32, usize>,
    /// Objects that were packed together.
    packed: HashMap<u32, Object>,
    root: Option<Object>,
    about: Option<Object>,
    /// Whether it has its end and its root.
    pub(super) is_whole: bool,
    /// Whether its contents are encrypted.
    pub(super) is_encrypted: bool,
    left: Cell<usize>,
    work: Cell<usize>,
}

impl<'a> File<'a> {
    /// Finds the objects.
    pub(super) fn open(bytes: &'a [u8]) -> Self {
        let (left, work) = (Cell::new(MOST_BYTES), Cell::new(MOST_WORK));
        let (packed, root, about) = (HashMap::new(), None, None);
        let places = places(bytes);
        let tail = bytes.get(bytes.len().saturating_sub(2_048)..).unwrap_or_default();
        let is_whole = tail.windows(5).any(|own| own == b"%%EOF");
        let mut file =
            Self { bytes, places, packed, root, about, is_whole, is_encrypted: false, left, work };
        file.trailers();
        let mut numbers: Vec<u32> = file.places.keys().copied().collect();
        numbers.sort_unstable();
        for number in numbers {
            let Some(Object::Dict(dict)) = file.direct(number) else { continue };
            match dict.get("Type").and_then(Object::name) {
                Some("ObjStm") => file.unpack(number, &dict),
                Some("XRef") => file.learn(&dict),
                Some("Catalog") if file.root.is_none() => file.root = Some(Object::Dict(dict)),
                _ => {}
            }
        }
        file.is_whole &= file.root().is_some_and(|root| root.contains_key("Pages"));
        file
    }

    fn trailers(&mut self) {
        const WORD: &[u8] = b"trailer";
        let ends = self.bytes.windows(WORD.len()).enumerate().filter(|(_, own)| *own == WORD);
        let places: Vec<usize> = ends.map(|(at, _)| at + WORD.len()).take(1_000).collect();
        for at in places {
            if let Some(Object::Dict(dict)) = Lexer::new(self.bytes, at).next() {
                self.learn(&dict);
            }
        }
    }

    fn learn(&mut self, dict: &Dict) {
        self.is_encrypted |= dict.contains_key("Encrypt");
        if let Some(root) = dict.get("Root") {
            self.root = Some(root.clone());
        }
        if let Some(about) = dict.get("Info") {
            self.about = Some(about.clone());
        }
    }

    fn unpack(&mut self, number: u32, dict: &Dict) {
        let Some(data) = self.stream(number) else { return };
        let count = dict.get("N").and_then(Object::count).unwrap_or_default().min(100_000);
        let first = dict.get("First").and_then(Object::count).unwrap_or_default();
        let mut heads = Lexer::new(&data, 0);
        for _ in 0..count {
            let (Some(own), Some(at)) = (heads.next(), heads.next()) else { return };
            let (Some(own), Some(at)) = (own.count(), at.count()) else { return };
            let thing = Lexer::new(&data, first.saturating_add(at)).next();
            if let (Some(thing), Ok(own), true) =
                (thing, u32::try_from(own), self.packed.len() < MOST_OBJECTS)
            {
                self.packed.insert(own, thing);
            }
        }
    }

    /// The root of everything.
    pub(super) fn root(&self) -> Option<Dict> {
        let known = self.root.as_ref().and_then(|root| self.dict(root));
        known.or_else(|| {
            let is_root = |own: &&Object| kind_of(own) == Some("Catalog");
            self.packed.values().find(is_root)?.dict().cloned()
        })
    }

    /// What the file says about itself.
    pub(super) fn about(&self) -> Dict {
        self.about.as_ref().and_then(|own| self.dict(own)).unwrap_or_default()
    }

    /// All pages by their numbers, where the tree of pages is lost.
    pub(super) fn loose_pages(&self) -> Vec<Dict> {
        let mut numbers: Vec<u32> = self.places.keys().chain(self.packed.keys()).copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        let things = numbers.iter().filter_map(|number| self.direct(*number));
        things
            .filter(|own| kind_of(own) == Some("Page"))
            .filter_map(|own| own.dict().cloned())
            .collect()
    }

    fn direct(&self, number: u32) -> Option<Object> {
        let Some(at) = self.places.get(&number) else {
            let own = self.packed.get(&number)?;
            self.spend(weight(own))?;
            return Some(own.clone());
        };
        let mut lexer = Lexer::new(self.bytes, *at);
        let own = lexer.next();
        self.spend(lexer.at - at)?;
        own
    }

    /// Counts work against the limit; `None` when there has been enough.
    fn spend(&self, cost: usize) -> Option<()> {
        let left = self.work.get().checked_sub(cost)?;
        self.work.set(left);
        Some(())
    }

    /// What a thing is once references are followed.
    pub(super) fn resolve(&self, thing: &Object) -> Option<Object> {
        let mut own = thing.clone();
        for _ in 0..20 {
            match own {
                Object::Reference(number) => own = self.direct(number)?,
                own => return Some(own),
            }
        }
        None
    }

    /// A thing as a dictionary.
    pub(super) fn dict(&self, thing: &Object) -> Option<Dict> {
        match self.resolve(thing)? {
            Object::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    /// An entry of a dictionary, followed.
    pub(super) fn get(&self, dict: &Dict, key: &str) -> Option<Object> {
        self.resolve(dict.get(key)?)
    }

    /// An entry that is itself a dictionary; empty where there is none.
    pub(super) fn sub(&self, dict: &Dict, key: &str) -> Dict {
        dict.get(key).and_then(|own| self.dict(own)).unwrap_or_default()
    }

    /// The unpacked bytes of a stream.
    pub(super) fn stream(&self, number: u32) -> Option<Vec<u8>> {
        let mut lexer = Lexer::new(self.bytes, *self.places.get(&number)?);
        let Object::Dict(dict) = lexer.next()? else { return None };
        if lexer.next()? != Object::Word(b"stream".to_vec()) {
            return None;
        }
        let mut start = lexer.at;
        start += usize::from(self.bytes.get(start) == Some(&b'\r'));
        start += usize::from(self.bytes.get(start) == Some(&b'\n'));
        let raw = self.raw(&dict, start)?;
        let most = self.left.get();
        let data = filters::unpack(self, &dict, raw, most);
        self.left.set(most.saturating_sub(data.len()));
        Some(data)
    }

    /// The packed bytes: as many as the dictionary says if the end stands there, else all up to the end.
    fn raw(&self, dict: &Dict, start: usize) -> Option<&'a [u8]> {
        const END: &[u8] = b"endstream";
        let rest = self.bytes.get(start..)?;
        let stated = self.get(dict, "Length").and_then(|own| own.count());
        let ends = |length: &usize| {
            let behind = rest.get(*length..).unwrap_or_default();
            behind.trim_ascii_start().starts_with(END)
        };
        if let Some(length) = stated.filter(ends) {
            return rest.get(..length);
        }
        let found = rest.windows(END.len()).position(|own| own == END);
        self.spend(found.unwrap_or(rest.len()))?;
        rest.get(..found.unwrap_or(rest.len()))
    }
}

/// About how many bytes a thing takes.
fn weight(thing: &Object) -> usize {
    32 + match thing {
        Object::Text(text) | Object::Word(text) => text.len(),
        Object::Array(items) => items.iter().map(weight).sum(),
        Object::Dict(dict) => dict.values().map(weight).sum::<usize>() * 2,
        _ => 0,
    }
}

fn kind_of(thing: &Object) -> Option<&str> {
    thing.dict()?.get("Type")?.name()
}

/// Where objects begin: behind "12 0 obj". Of two with one number the later counts, as in files that were changed.
fn places(bytes: &[u8]) -> HashMap<u32, usize> {
    const WORD: &[u8] = b" obj";
    let mut places = HashMap::new();
    for (at, _) in bytes.windows(WORD.len()).enumerate().filter(|(_, own)| *own == WORD) {
        let before = bytes.get(at.saturating_sub(20)..at).unwrap_or_default();
        let mut words = before.rsplit(|byte| !byte.is_ascii_digit());
        let (generation, number) =
            (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let number = std::str::from_utf8(number).ok().and_then(|own| own.parse().ok());
        if let (Some(number), false, true) =
            (number, generation.is_empty(), places.len() < MOST_OBJECTS)
        {
            places.insert(number, at + WORD.len());
        }
    }
    places
}
