//! How much of an input is read. Hostile inputs hit these and become a finding; honest ones never come near.

/// The section of the settings file that holds these.
pub const SECTION: &str = "limits";

/// Bounds on one import. All sizes are bytes; ratios are unpacked to packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Entries of a book (EPUB).
    pub book_entries: u64,
    /// Unpacked size of a book.
    pub book_bytes: u64,
    /// Ratio of a book.
    pub book_ratio: u64,
    /// Entries of a container.
    pub container_entries: u64,
    /// Containers inside containers; 1 is the outermost.
    pub container_depth: u32,
    /// Unpacked size of one member of a container.
    pub member_bytes: u64,
    /// Ratio of a container.
    pub container_ratio: u64,
    /// A text or HTML file that is read into memory as a whole.
    pub text_bytes: u64,
    /// An item larger than this is kept in a temporary file instead of memory.
    pub memory_bytes: u64,
}

const MIB: u64 = 1024 * 1024;

impl Default for Limits {
    fn default() -> Self {
        Self {
            book_entries: 2_000,
            book_bytes: 256 * MIB,
            book_ratio: 100,
            container_entries: 1_000_000,
            container_depth: 3,
            member_bytes: 2_048 * MIB,
            container_ratio: 1_000,
            text_bytes: 32 * MIB,
            memory_bytes: 4 * MIB,
        }
    }
}
