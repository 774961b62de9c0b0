//! Labels and values of any text to the vocabulary.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fanfold_normalize::fuzz::fuzz_normalize(data));
