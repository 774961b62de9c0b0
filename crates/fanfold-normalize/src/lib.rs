//! Pure functions from original labels to the archive's vocabulary.
