//! `fanfold completions` and `fanfold man`, for packagers.

use crate::arguments::{Arguments, CompletionsArgs};
use crate::failure::{Exit, Failure};
use anyhow::Context;
use clap::CommandFactory;

pub(crate) fn completions(args: &CompletionsArgs) -> Result<Exit, Failure> {
    clap_complete::generate(
        args.shell,
        &mut Arguments::command(),
        "fanfold",
        &mut std::io::stdout(),
    );
    Ok(Exit::Done)
}

pub(crate) fn man() -> Result<Exit, Failure> {
    let page = clap_mangen::Man::new(Arguments::command());
    page.render(&mut std::io::stdout()).context("writing the manual page")?;
    Ok(Exit::Done)
}
