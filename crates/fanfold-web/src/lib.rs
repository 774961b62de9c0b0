//! The only crate that knows HTTP: server-rendered pages that need no JavaScript.
