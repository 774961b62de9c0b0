//! The other compression: Huffman codes (HUFF) into a dictionary of phrases (CDIC), which may themselves be packed.

use super::palm::{u16_at, u32_at, usize_at};

/// Phrases inside phrases that are unpacked.
const MOST_DEPTH: usize = 24;

/// Both tables.
pub(super) struct Huff {
    /// For the first eight bits: length of the code, whether it ends there, largest code of the length.
    short: Vec<(u32, bool, u64)>,
    /// Smallest and largest code of each length.
    long: Vec<(u64, u64)>,
    /// Phrases, and whether they are plain.
    phrases: Vec<(Vec<u8>, bool)>,
}

impl Huff {
    /// From the HUFF record and the CDIC records behind it. `None` where they are none.
    pub(super) fn new(huff: &[u8], dictionaries: &[Vec<u8>]) -> Option<Self> {
        if huff.get(..4) != Some(b"HUFF") {
            return None;
        }
        let (first, second) = (usize_at(huff, 8)?, usize_at(huff, 12)?);
        let short = (0..256).map(|at| Some(short_code(u32_at(huff, first + at * 4)?)));
        let mut long = vec![(0, 0)];
        for length in 1..=32_usize {
            let at = second + (length - 1) * 8;
            let (least, most) = (u32_at(huff, at)?, u32_at(huff, at + 4)?);
            let shift = 32 - length;
            long.push((u64::from(least) << shift, ((u64::from(most) + 1) << shift) - 1));
        }
        let mut phrases = Vec::new();
        for dictionary in dictionaries {
            add_phrases(dictionary, &mut phrases)?;
        }
        Some(Self { short: short.collect::<Option<_>>()?, long, phrases })
    }

    /// Unpacks one record; no more than `most` bytes. Every code costs one of the `steps`, which are those of the whole
    /// book, so phrases that name each other or are empty cannot go on for ever.
    pub(super) fn unpack(&self, packed: &[u8], most: usize, steps: &mut usize) -> Vec<u8> {
        let mut out = Vec::new();
        self.unpack_into(packed, most, &mut out, steps, 0);
        out.truncate(most);
        out
    }

    fn unpack_into(
        &self,
        packed: &[u8],
        most: usize,
        out: &mut Vec<u8>,
        steps: &mut usize,
        depth: usize,
    ) {
        let mut left = packed.len() * 8;
        let mut at = 0;
        while out.len() < most && *steps > 0 {
            *steps -= 1;
            let code = bits(packed, at);
            let Some((length, largest)) = self.code(code) else { return };
            let Some(rest) = left.checked_sub(length as usize).filter(|_| length > 0) else {
                return;
            };
            left = rest;
            at += length as usize;
            let number = largest.wrapping_sub(code) >> (32 - length);
            let phrase = usize::try_from(number).ok().and_then(|number| self.phrases.get(number));
            match phrase {
                Some((plain, true)) => out.extend_from_slice(plain),
                Some((own, false)) if depth < MOST_DEPTH => {
                    self.unpack_into(own, most, out, steps, depth + 1);
                }
                _ => return,
            }
        }
    }

    /// Length of the code that stands at the front of these 32 bits, and the largest code of that length.
    fn code(&self, code: u64) -> Option<(u32, u64)> {
        let (mut length, ends, mut largest) = *self.short.get(usize::try_from(code >> 24).ok()?)?;
        if !ends {
            loop {
                let (least, most) = *self.long.get(length as usize)?;
                if code >= least {
                    largest = most;
                    break;
                }
                length += 1;
            }
        }
        (1..=32).contains(&length).then_some((length, largest))
    }
}

fn short_code(word: u32) -> (u32, bool, u64) {
    let length = word & 0x1F;
    let largest = ((u64::from(word >> 8) + 1) << (32 - length)) - 1;
    (length, word & 0x80 != 0, largest)
}

/// 32 bits from a place, zeros behind the end.
fn bits(bytes: &[u8], at: usize) -> u64 {
    let mut word = 0;
    for offset in 0..5 {
        word = word << 8 | u64::from(bytes.get(at / 8 + offset).copied().unwrap_or_default());
    }
    word >> (8 - at % 8) & 0xFFFF_FFFF
}

fn add_phrases(dictionary: &[u8], phrases: &mut Vec<(Vec<u8>, bool)>) -> Option<()> {
    if dictionary.get(..4) != Some(b"CDIC") {
        return None;
    }
    let (total, width) = (usize_at(dictionary, 8)?, u32_at(dictionary, 12)?);
    let here = 1_usize.checked_shl(width).unwrap_or(usize::MAX);
    for number in 0..here.min(total.saturating_sub(phrases.len())).min(0x1_0000) {
        let Some(place) = u16_at(dictionary, 16 + number * 2) else { break };
        let start = 16 + usize::from(place);
        let Some(length) = u16_at(dictionary, start) else { break };
        let end = start + 2 + usize::from(length & 0x7FFF);
        let phrase = dictionary.get(start + 2..end.min(dictionary.len())).unwrap_or_default();
        phrases.push((phrase.to_vec(), length & 0x8000 != 0));
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two codes of one bit: 1 is the first phrase, 0 the second; the second is packed with the same codes.
    fn tables() -> Huff {
        let mut huff = b"HUFF\0\0\0\x18".to_vec();
        huff.extend(24_u32.to_be_bytes());
        huff.extend((24 + 1024_u32).to_be_bytes());
        huff.resize(24, 0);
        for _ in 0..256 {
            huff.extend((1 << 8 | 0x80 | 1_u32).to_be_bytes());
        }
        for _ in 0..64 {
            huff.extend(0_u32.to_be_bytes());
        }
        let mut cdic = b"CDIC\0\0\0\x10".to_vec();
        cdic.extend(2_u32.to_be_bytes());
        cdic.extend(1_u32.to_be_bytes());
        cdic.extend([0, 4, 0, 8]);
        cdic.extend([0x80, 2, b'h', b'o']);
        // Eight codes "1": the first phrase eight times.
        cdic.extend([0x00, 1, 0xFF]);
        Huff::new(&huff, &[cdic]).expect("the tables are whole")
    }

    #[test]
    fn codes_become_phrases_and_packed_phrases_are_unpacked() {
        let huff = tables();
        let unpack = |packed: &[u8], most| huff.unpack(packed, most, &mut 10_000);
        assert_eq!(unpack(&[0xFF], 100), b"hohohohohohohoho");
        assert_eq!(unpack(&[0x7F], 100), "ho".repeat(15).as_bytes());
        assert_eq!(unpack(&[0x00; 50], 7).len(), 7);
    }

    #[test]
    fn phrases_that_name_each_other_come_to_an_end() {
        let mut huff = tables();
        huff.phrases[1].0 = vec![0; 100];
        let mut steps = 100_000;
        assert!(huff.unpack(&[0; 1000], 100_000, &mut steps).len() <= 100_000);
        huff.phrases[1] = (Vec::new(), true);
        assert!(huff.unpack(&[0; 1_000_000], 100_000, &mut steps).is_empty());
        assert_eq!(steps, 0, "empty phrases cost steps too");
    }
}
