//! Any bytes as a container of files.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fanfold_source::fuzz::fuzz_archive(data));
