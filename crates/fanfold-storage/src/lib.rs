//! What a store can do, as traits: the truth about works, tags, sources, imports and their history.
