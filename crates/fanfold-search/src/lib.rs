//! The only crate that knows Tantivy: schema, indexing, queries, facets, snippets.
