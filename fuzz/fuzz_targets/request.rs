//! A query over a small index.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fanfold_search::fuzz::fuzz_request(data));
