//! Loose HTML to paragraphs, and to XHTML.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fanfold_text::fuzz::fuzz_html_paragraphs(data));
