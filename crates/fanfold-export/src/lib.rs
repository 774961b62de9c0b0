//! Works leave by open formats: EPUB, HTML, text, Markdown, canonical JSON lines.
