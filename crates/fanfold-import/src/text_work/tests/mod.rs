//! Whole texts read: headers, chapters, ends, and that nothing is lost.

mod nothing_lost;
