//! Plain text to paragraphs.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fanfold_text::fuzz::fuzz_paragraphs(data));
