//! Any bytes as a PDF, and as what a page of one shows.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fanfold_import::fuzz::fuzz_pdf(data));
