//! Any bytes as the records of a Mobipocket or Kindle book.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fanfold_import::fuzz::fuzz_mobi(data));
