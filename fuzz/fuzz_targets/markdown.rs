//! Markdown to clean HTML.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fanfold_text::fuzz::fuzz_markdown(data));
