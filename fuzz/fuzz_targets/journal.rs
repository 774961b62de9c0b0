//! Any bytes as an entry of a journal or a message of a group.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fanfold_import::fuzz::fuzz_journal(data));
