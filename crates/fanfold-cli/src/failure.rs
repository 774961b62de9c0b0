//! Failures and exit codes (contract section 1).

use fanfold_app::AppError;
use std::path::PathBuf;
use std::process::ExitCode;

/// How a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Done,
    /// Done, but something needs a person.
    NeedsPerson,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::NeedsPerson => Self::from(3),
        }
    }
}

/// A failed command.
#[derive(Debug)]
pub(crate) struct Failure {
    /// A stable code.
    pub(crate) code: &'static str,
    /// What and where.
    pub(crate) message: String,
    /// The path it is about.
    pub(crate) path: Option<PathBuf>,
    /// What to do next.
    pub(crate) hint: Option<String>,
    /// 1: failed; 2: wrong use.
    pub(crate) exit: u8,
}

impl Failure {
    /// A wrong use of the command line.
    pub(crate) fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            code: "usage",
            message: message.into(),
            path: None,
            hint: Some(hint.into()),
            exit: 2,
        }
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        let exit = if matches!(error, AppError::Query(_)) { 2 } else { 1 };
        Self {
            code: error.code(),
            message: error.to_string(),
            path: error.path().cloned(),
            hint: error.hint().map(str::to_owned),
            exit,
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self { code: "failed", message: format!("{error:#}"), path: None, hint: None, exit: 1 }
    }
}
