//! Text to the words of the index.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fanfold_search::fuzz::fuzz_words(data));
