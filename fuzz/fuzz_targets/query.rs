//! Query text to its tree and back.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fanfold_model::query::fuzz::fuzz_query(data));
