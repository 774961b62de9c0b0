//! What is printed, and where: results on stdout, everything else on stderr. A closed pipe is the
//! reader's way to say "enough" and is no error.

use crate::arguments::{Globals, When};
use crate::failure::Failure;
use serde_json::{Value, json};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

/// How to print.
#[derive(Debug, Clone)]
pub(crate) struct Output {
    pub(crate) json: bool,
    pub(crate) quiet: bool,
    colour: bool,
}

impl Output {
    pub(crate) fn new(globals: &Globals) -> Self {
        let colour = match globals.color {
            When::Always => true,
            When::Never => false,
            When::Auto => std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        };
        Self { json: globals.json, quiet: globals.quiet, colour }
    }

    /// A line of the result.
    pub(crate) fn line(&self, text: impl AsRef<str>) {
        self.write(text.as_ref());
    }

    /// A JSON object of the result.
    pub(crate) fn object(&self, value: &Value) {
        self.write(&value.to_string());
    }

    /// A line about the work, not the result; nothing with `--quiet`.
    pub(crate) fn note(&self, text: impl AsRef<str>) {
        if !self.quiet {
            // A closed stderr has nobody to tell.
            let _ = writeln!(std::io::stderr(), "{}", text.as_ref());
        }
    }

    /// Text set apart where colours are wanted.
    pub(crate) fn strong(&self, text: &str) -> String {
        if self.colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Text in the background where colours are wanted.
    pub(crate) fn muted(&self, text: &str) -> String {
        if self.colour { format!("\u{1b}[2m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Prints a failure and gives its exit code.
    pub(crate) fn fail(&self, failure: &Failure) -> ExitCode {
        let mut stderr = std::io::stderr();
        let printed = if self.json {
            let line = json!({
                "type": "error", "code": failure.code, "message": failure.message,
                "path": failure.path, "hint": failure.hint,
            });
            writeln!(stderr, "{line}")
        } else {
            writeln!(stderr, "fanfold: {}", failure.message).and_then(|()| match &failure.hint {
                Some(hint) if !failure.message.contains(hint) => writeln!(stderr, "  {hint}"),
                _ => Ok(()),
            })
        };
        // A closed stderr has nobody to tell.
        let _ = printed;
        ExitCode::from(failure.exit)
    }

    fn write(&self, text: &str) {
        let mut stdout = std::io::stdout().lock();
        if writeln!(stdout, "{text}").is_err() {
            std::process::exit(0);
        }
    }
}
