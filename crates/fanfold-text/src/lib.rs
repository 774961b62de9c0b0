//! Bytes to text to clean HTML: encodings, paragraphs, the one sanitiser, word counts.
//!
//! Pure: no file, no clock, no chance. Nothing here fails on any input; what had to be decided or dropped is reported
//! beside the result, and callers turn it into findings.

pub mod addresses;
mod attributes;
mod canonical;
mod clean_html;
mod depth;
pub mod document;
mod elements;
pub mod encoding;
pub mod entities;
mod escape;
pub mod export_text;
mod flow;
pub mod fold;
pub mod fuzz;
pub mod language;
mod limits;
mod long_text;
pub mod markdown;
pub mod mojibake;
pub mod paragraphs;
mod plain;
pub mod sanitize;
mod source_tags;
mod tokens;
mod tree;
pub mod wordcount;
pub mod xhtml;

pub use clean_html::CleanHtml;

#[cfg(test)]
mod mutations;
#[cfg(test)]
mod properties;
