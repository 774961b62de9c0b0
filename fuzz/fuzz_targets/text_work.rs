//! Plain text to header, chapters and ends.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fanfold_import::text_work::fuzz::fuzz_text_work(data));
