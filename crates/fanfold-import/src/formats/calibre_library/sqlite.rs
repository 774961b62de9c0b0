//! An SQLite file, read without SQLite: pages, trees, records. Nothing is opened for writing, no lock is taken and no
//! journal is looked at, so a library that its program has open is left as it is. Source of rules: the file format as
//! SQLite's own documentation states it.

use fanfold_source::RandomAccess;
use std::cell::Cell;

/// What every such file begins with.
pub(super) const MAGIC: &[u8] = b"SQLite format 3\0";
/// Bytes of one row that are read.
const MOST_ROW_BYTES: u64 = 8 << 20;
/// How deep a tree of pages may be; SQLite's own never pass 20.
const MOST_DEPTH: usize = 40;

/// A value of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Blob,
}

/// An open file.
pub(super) struct Sqlite<'a> {
    data: &'a dyn RandomAccess,
    page_size: u64,
    usable: u64,
    encoding: u32,
    /// Bytes of rows that may still be read: damaged places may name one row many times.
    left: Cell<u64>,
}

impl<'a> Sqlite<'a> {
    /// Reads the header. `None` where it is none.
    pub(super) fn open(data: &'a dyn RandomAccess) -> Option<Self> {
        let head = read(data, 0, 100)?;
        if !head.starts_with(MAGIC) {
            return None;
        }
        let page_size = match number_at(&head, 16, 2)? {
            1 => 65_536,
            size if size >= 512 && size.is_power_of_two() => size,
            _ => return None,
        };
        let usable = page_size - u64::from(*head.get(20)?);
        let encoding = u32::try_from(number_at(&head, 56, 4)?).ok()?;
        let left = Cell::new(0);
        (usable >= 480).then_some(Self { data, page_size, usable, encoding, left })
    }

    /// Hands on every row of the table whose tree begins on a page: its row number and its values. Gives whether all
    /// of it could be read.
    pub(super) fn rows(&self, root: u64, each: &mut dyn FnMut(i64, Vec<Value>)) -> bool {
        let mut pages_left = self.data.size() / self.page_size + 1;
        self.left.set(self.data.size().saturating_mul(2).saturating_add(1 << 16));
        self.tree(root, 0, &mut pages_left, each)
    }

    fn tree(
        &self,
        number: u64,
        depth: usize,
        pages_left: &mut u64,
        each: &mut dyn FnMut(i64, Vec<Value>),
    ) -> bool {
        // Pages that point in circles are read no more often than there are pages.
        if *pages_left == 0 || depth > MOST_DEPTH {
            return false;
        }
        *pages_left -= 1;
        let Some(page) = self.page(number) else { return false };
        let start = if number == 1 { 100 } else { 0 };
        let Some(count) =
            number_at(&page, start + 3, 2).and_then(|count| usize::try_from(count).ok())
        else {
            return false;
        };
        let cell = |index: usize, head: usize| {
            number_at(&page, start + head + index * 2, 2).and_then(|at| usize::try_from(at).ok())
        };
        match page.get(start) {
            Some(0x0D) => {
                let row = |index| cell(index, 8).and_then(|at| self.row(&page, at));
                let mut whole = true;
                for index in 0..count {
                    match row(index) {
                        Some((id, values)) => each(id, values),
                        None => whole = false,
                    }
                }
                whole
            }
            Some(0x05) => {
                let inner = (0..count).map(|index| number_at(&page, cell(index, 12)?, 4));
                let children = inner.chain([number_at(&page, start + 8, 4)]);
                let mut whole = true;
                for child in children {
                    whole &=
                        child.is_some_and(|child| self.tree(child, depth + 1, pages_left, each));
                }
                whole
            }
            _ => false,
        }
    }

    fn page(&self, number: u64) -> Option<Vec<u8>> {
        let start = number.checked_sub(1)?.checked_mul(self.page_size)?;
        read(self.data, start, self.page_size)
    }

    /// A row: its length, its number, its bytes, of which the rest may stand on pages of their own.
    fn row(&self, page: &[u8], at: usize) -> Option<(i64, Vec<Value>)> {
        let (length, used) = varint(page.get(at..)?)?;
        let (id, more) = varint(page.get(at + used..)?)?;
        let left = self.left.get().checked_sub(length.max(4))?;
        if length > MOST_ROW_BYTES {
            return None;
        }
        self.left.set(left);
        let start = at + used + more;
        let local = self.local(length);
        let end = start.checked_add(usize::try_from(local).ok()?)?;
        let mut bytes = page.get(start..end)?.to_vec();
        let mut next = if local < length { number_at(page, end, 4)? } else { 0 };
        while (bytes.len() as u64) < length {
            let overflow = self.page(next)?;
            next = number_at(&overflow, 0, 4)?;
            let wanted = (length - bytes.len() as u64).min(self.usable - 4);
            bytes.extend_from_slice(overflow.get(4..4 + usize::try_from(wanted).ok()?)?);
        }
        Some((id.cast_signed(), self.values(&bytes)?))
    }

    /// How many bytes of a row stand on the page itself.
    fn local(&self, length: u64) -> u64 {
        let most = self.usable - 35;
        if length <= most {
            return length;
        }
        let least = (self.usable - 12) * 32 / 255 - 23;
        let own = least + (length - least) % (self.usable - 4);
        if own <= most { own } else { least }
    }

    fn values(&self, row: &[u8]) -> Option<Vec<Value>> {
        let (head, used) = varint(row)?;
        let head = usize::try_from(head).ok()?;
        let mut types = row.get(used..head)?;
        let mut body = row.get(head..)?;
        let mut values = Vec::new();
        while !types.is_empty() {
            let (kind, used) = varint(types)?;
            types = types.get(used..)?;
            let (bytes, rest) = body.split_at_checked(size_of_kind(kind)?)?;
            body = rest;
            values.push(self.value(kind, bytes));
        }
        Some(values)
    }

    fn value(&self, kind: u64, bytes: &[u8]) -> Value {
        match kind {
            1..=6 => Value::Integer(integer(bytes)),
            7 => Value::Real(f64::from_bits(integer(bytes).cast_unsigned())),
            8 => Value::Integer(0),
            9 => Value::Integer(1),
            kind if kind >= 13 && kind % 2 == 1 => Value::Text(self.text(bytes)),
            kind if kind >= 12 => Value::Blob,
            _ => Value::Null,
        }
    }

    fn text(&self, bytes: &[u8]) -> String {
        let wide = |one: fn([u8; 2]) -> u16| {
            let units = bytes.chunks_exact(2).map(|pair| one([pair[0], pair[1]]));
            char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
        };
        match self.encoding {
            2 => wide(u16::from_le_bytes),
            3 => wide(u16::from_be_bytes),
            _ => String::from_utf8_lossy(bytes).into_owned(),
        }
    }
}

fn size_of_kind(kind: u64) -> Option<usize> {
    Some(match kind {
        0 | 8 | 9 => 0,
        1..=4 => usize::try_from(kind).ok()?,
        5 => 6,
        6 | 7 => 8,
        10 | 11 => return None,
        _ => usize::try_from((kind - 12) / 2).ok()?,
    })
}

/// A number with its sign, the larger bytes first.
fn integer(bytes: &[u8]) -> i64 {
    let negative = bytes.first().is_some_and(|first| first & 0x80 != 0);
    let start = if negative { -1 } else { 0 };
    bytes.iter().fold(start, |value: i64, byte| value << 8 | i64::from(*byte))
}

fn number_at(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let own = bytes.get(at..at.checked_add(length)?)?;
    Some(own.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)))
}

/// A number of up to nine bytes, and how many it has.
fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut value = 0;
    for at in 0..8 {
        let byte = *bytes.get(at)?;
        value = value << 7 | u64::from(byte & 0x7F);
        if byte & 0x80 == 0 {
            return Some((value, at + 1));
        }
    }
    Some((value << 8 | u64::from(*bytes.get(8)?), 9))
}

fn read(data: &dyn RandomAccess, start: u64, length: u64) -> Option<Vec<u8>> {
    if start.checked_add(length)? > data.size() {
        return None;
    }
    let mut bytes = vec![0; usize::try_from(length).ok()?];
    let mut done = 0;
    while done < bytes.len() {
        match data.read_at(start + done as u64, bytes.get_mut(done..)?) {
            Ok(0) | Err(_) => return None,
            Ok(count) => done += count,
        }
    }
    Some(bytes)
}
