//! Any bytes as a database dump.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fanfold_import::fuzz::fuzz_dump(data));
