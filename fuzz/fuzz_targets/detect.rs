//! What a file is, from its first bytes and its name.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fanfold_import::fuzz::fuzz_detect(data));
