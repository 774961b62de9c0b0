//! Any bytes as what lies beside a file.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fanfold_import::fuzz::fuzz_neighbours(data));
