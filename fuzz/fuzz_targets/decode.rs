//! Bytes to text: encodings, marks, mojibake.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fanfold_text::fuzz::fuzz_decode(data));
