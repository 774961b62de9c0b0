//! Any bytes as the list of an Automated Archive.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fanfold_import::fuzz::fuzz_archive_list(data));
