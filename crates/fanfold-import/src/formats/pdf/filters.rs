//! How streams are packed: deflate, LZW, two spellings of bytes as letters; and the differences of rows that may lie
//! under them. Broken data gives what stands before the break.

use super::file::File;
use super::object::{Dict, Object};
use flate2::read::{DeflateDecoder, ZlibDecoder};
use std::io::Read;

/// Bytes of one stream that are unpacked.
const MOST_STREAM: usize = 64 << 20;

/// The bytes of a stream, no more than `most`. Empty where a filter is of no use for text (pictures).
pub(super) fn unpack(file: &File<'_>, dict: &Dict, raw: &[u8], most: usize) -> Vec<u8> {
    let most = most.min(MOST_STREAM);
    let list = |key: &str| match file.get(dict, key) {
        Some(Object::Array(items)) => items.iter().map(|own| file.resolve(own)).collect(),
        own => vec![own],
    };
    let (filters, settings) = (list("Filter"), list("DecodeParms"));
    let mut data = raw.to_vec();
    for (at, filter) in filters.iter().flatten().enumerate().take(8) {
        let settings = settings.get(at).and_then(|own| own.as_ref()?.dict());
        data = match filter.name() {
            Some("FlateDecode" | "Fl") => unpredicted(file, inflate(&data, most), settings),
            Some("LZWDecode" | "LZW") => unpredicted(file, lzw(&data, most, settings), settings),
            Some("ASCIIHexDecode" | "AHx") => hex(&data),
            Some("ASCII85Decode" | "A85") => ascii85(&data),
            Some("Crypt") => data,
            _ => return Vec::new(),
        };
    }
    data.truncate(most);
    data
}

fn inflate(data: &[u8], most: usize) -> Vec<u8> {
    let take = |reader: &mut dyn Read| {
        let mut out = Vec::new();
        // An error leaves what was unpacked before it.
        let _unfinished = reader.take(most as u64).read_to_end(&mut out);
        out
    };
    let out = take(&mut ZlibDecoder::new(data));
    if out.is_empty() && data.len() > 2 { take(&mut DeflateDecoder::new(&data[2..])) } else { out }
}

fn lzw(data: &[u8], most: usize, settings: Option<&Dict>) -> Vec<u8> {
    let early = settings.and_then(|own| own.get("EarlyChange")?.count()).unwrap_or(1).min(1);
    let (mut table, mut out) = (Vec::<Vec<u8>>::new(), Vec::new());
    let (mut width, mut before) = (9, Vec::new());
    let (mut word, mut bits) = (0_u32, 0);
    for byte in data {
        word = word << 8 | u32::from(*byte);
        bits += 8;
        if bits < width {
            continue;
        }
        bits -= width;
        let code = (word >> bits & ((1 << width) - 1)) as usize;
        word &= (1 << bits) - 1;
        match code {
            256 => {
                table.clear();
                before.clear();
                width = 9;
                continue;
            }
            257 => break,
            _ => {}
        }
        let entry = match code {
            0..256 => vec![(code & 0xFF) as u8],
            _ => match table.get(code - 258) {
                Some(known) => known.clone(),
                None => before.iter().chain(before.first()).copied().collect(),
            },
        };
        out.extend_from_slice(&entry);
        if let (Some(first), false, true) = (entry.first(), before.is_empty(), table.len() < 3_838)
        {
            before.push(*first);
            table.push(std::mem::take(&mut before));
        }
        before = entry;
        width = match table.len() + 258 + early {
            0..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
        if out.len() >= most {
            break;
        }
    }
    out
}

fn hex(data: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = data
        .iter()
        .take_while(|byte| **byte != b'>')
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .map(|digit| (digit & 0xF) as u8)
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or_default()).collect()
}

fn ascii85(data: &[u8]) -> Vec<u8> {
    let (mut out, mut group) = (Vec::new(), Vec::new());
    for byte in data.iter().take_while(|byte| **byte != b'~') {
        match byte {
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            _ => {}
        }
        if group.len() == 5 {
            out.extend(word_of(&group));
            group.clear();
        }
    }
    if group.len() > 1 {
        let known = group.len() - 1;
        group.resize(5, 84);
        out.extend(word_of(&group).into_iter().take(known));
    }
    out
}

fn word_of(group: &[u32]) -> [u8; 4] {
    let word = group.iter().fold(0_u32, |word, digit| word.wrapping_mul(85).wrapping_add(*digit));
    word.to_be_bytes()
}

/// Takes back the differences of PNG rows; other kinds are for pictures.
fn unpredicted(file: &File<'_>, data: Vec<u8>, settings: Option<&Dict>) -> Vec<u8> {
    let number = |key| settings.and_then(|own| file.get(own, key)?.count());
    if number("Predictor").unwrap_or(1) < 10 {
        return data;
    }
    let bits =
        number("Colors").unwrap_or(1).min(64) * number("BitsPerComponent").unwrap_or(8).min(32);
    let pixel = bits.div_ceil(8).max(1);
    let row = (bits * number("Columns").unwrap_or(1).min(100_000)).div_ceil(8).max(1);
    let mut out: Vec<u8> = Vec::with_capacity(data.len());
    let mut above = vec![0; row];
    for line in data.chunks(row + 1) {
        let Some((kind, line)) = line.split_first() else { break };
        let mut own = vec![0_u8; row];
        for (at, byte) in line.iter().enumerate() {
            let left = at.checked_sub(pixel).map_or(0, |at| own[at]);
            let corner = at.checked_sub(pixel).map_or(0, |at| above[at]);
            let up = above[at];
            let added = match kind {
                1 => left,
                2 => up,
                3 => (u16::from(left) + u16::from(up)).div_euclid(2) as u8,
                4 => paeth(left, up, corner),
                _ => 0,
            };
            own[at] = byte.wrapping_add(added);
        }
        out.extend_from_slice(&own[..line.len()]);
        above = own;
    }
    out
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, up, corner].map(i16::from);
    let guess = a + b - c;
    let (to_left, to_up, to_corner) = ((guess - a).abs(), (guess - b).abs(), (guess - c).abs());
    if to_left <= to_up && to_left <= to_corner {
        left
    } else if to_up <= to_corner {
        up
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_bytes_comes_back() {
        assert_eq!(hex(b"48 65 6C6 >zz"), b"Hel`");
        assert_eq!(ascii85(b"87cURD_*#TDfTZ)~>"), b"Hello, world");
        assert_eq!(
            lzw(&[0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01], 100, None),
            b"-----A---B"
        );
    }

    #[test]
    fn deflate_that_breaks_off_gives_what_stood_before() {
        let text =
            b"The lamp was lit, and the lamp was lit again, and nobody saw the lamp.".repeat(20);
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packer, &text).unwrap();
        let packed = packer.finish().unwrap();
        assert_eq!(inflate(&packed, 1 << 20), text);
        let cut = inflate(&packed[..packed.len() / 2], 1 << 20);
        assert!(text.starts_with(&cut));
        assert_eq!(inflate(&packed, 10).len(), 10);
    }
}
