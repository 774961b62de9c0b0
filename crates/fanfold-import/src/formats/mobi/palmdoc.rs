//! The compression of Palm's document reader: bytes as they are, a space and a letter in one byte, and copies of what
//! stood up to 2047 bytes before.

/// Unpacks one record into `out`. Copies from before the record's beginning are left out; nothing grows beyond `most`.
pub(super) fn unpack(packed: &[u8], most: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(packed.len().saturating_mul(2).min(most));
    let mut bytes = packed.iter().copied();
    while let Some(byte) = bytes.next() {
        if out.len() >= most {
            break;
        }
        match byte {
            1..=8 => out.extend(bytes.by_ref().take(usize::from(byte))),
            0x80..=0xBF => {
                let Some(next) = bytes.next() else { break };
                let pair = usize::from(byte) << 8 | usize::from(next);
                copy(&mut out, pair >> 3 & 0x07FF, (pair & 7) + 3);
            }
            0xC0..=0xFF => out.extend([b' ', byte ^ 0x80]),
            _ => out.push(byte),
        }
    }
    out.truncate(most);
    out
}

fn copy(out: &mut Vec<u8>, distance: usize, length: usize) {
    let Some(start) = out.len().checked_sub(distance).filter(|_| distance > 0) else { return };
    for at in start..start + length {
        // Copies may reach into themselves: what is copied is there by then.
        if let Some(byte) = out.get(at).copied() {
            out.push(byte);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_runs_spaces_and_copies_come_back() {
        assert_eq!(unpack(b"abc", 100), b"abc");
        assert_eq!(unpack(&[b'a', b'b', 0x80, 0x10, b'!'], 100), b"ababa!", "a copy into itself");
        assert_eq!(unpack(&[3, 0xE2, 0x80, 0x99, 0xE1], 100), b"\xE2\x80\x99 a");
    }

    #[test]
    fn what_points_before_the_beginning_or_over_the_end_is_left_out() {
        assert_eq!(unpack(&[0xBF, 0xFF, b'x'], 100), b"x");
        assert_eq!(unpack(&[b'x', 0x80], 100), b"x");
        assert_eq!(unpack(&[8, b'x'], 100), b"x");
        assert_eq!(unpack(&[b'a', 0x80, 0x0F, 0x80, 0x0F], 4), b"aaaa");
    }
}
