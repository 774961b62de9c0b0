//! `fanfold text`: stdin to stdout, by the very code that imports use.

use crate::arguments::{TextArgs, TextWhat};
use crate::failure::{Exit, Failure};
use crate::output::Output;
use anyhow::Context;
use fanfold_text::{encoding, paragraphs, sanitize, wordcount};
use std::io::Read;

pub(crate) fn run(output: &Output, args: &TextArgs) -> Result<Exit, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).context("reading stdin")?;
    let text = encoding::decode(&bytes, None).text;
    match args.what {
        TextWhat::Clean => output.line(sanitize::clean(&text).html.as_str()),
        TextWhat::Words => output.line(wordcount::count(&sanitize::clean(&text).html).to_string()),
        TextWhat::Paragraphs => output.line(paragraphs::to_html(&text).html.as_str()),
    }
    Ok(Exit::Done)
}
