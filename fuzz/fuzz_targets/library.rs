//! Any bytes as the catalogue of a library of books.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fanfold_import::fuzz::fuzz_library(data));
