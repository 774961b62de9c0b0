//! Bytes to text to clean HTML: encodings, paragraphs, the one sanitiser, word counts.
