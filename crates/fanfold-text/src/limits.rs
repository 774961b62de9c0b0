//! Bounds that keep hostile pages from costing more than their size.

/// How deep elements may nest in clean HTML. Chromium stops at 512; no honest story comes near.
pub(crate) const MAX_DEPTH: usize = 200;

/// How deep the parser's tree may become before the page is taken as text with breaks only.
pub(crate) const MAX_PARSE_DEPTH: usize = 600;

/// How many nodes a parsed page may have in all (about 200 bytes of memory each).
pub(crate) const MAX_NODES: usize = 800_000;

/// How much is given to the parser between two looks at the tree, in bytes.
pub(crate) const PARSE_STEP: usize = 4096;

/// Pages with fewer tags than this cannot become costly, whatever they hold.
pub(crate) const HARMLESS_TAGS: usize = 1000;
