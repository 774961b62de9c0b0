//! Read-only input: files, folders and containers as streams of items, within limits.
