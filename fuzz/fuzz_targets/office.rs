//! Any bytes as the documents inside DOCX and ODT files.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fanfold_import::fuzz::fuzz_office(data));
