//! What the system's allocator is told before anything else happens.
//!
//! glibc gives every thread an arena and keeps what is freed in it. A pile of huge files is read by one thread after
//! another, and each would keep a hundred megabytes: 1,070 MB at the end instead of 430. A server on the other hand makes
//! and frees thousands of small texts for each page, and with one arena its threads wait for each other: that was a third
//! of its time with 32 readers. The allocator reads its settings from the environment when the program starts, so the
//! program starts itself again, once, with these set.

/// What the program is about to do with memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Large pieces, by few threads: one arena for all.
    Pieces,
    /// Many small pieces by many threads at once: an arena for each of a few.
    Answers,
}

/// Starts the program again with an allocator that fits, unless the environment has settings of its own. Returns when
/// there is nothing to do, or when it does not work; then the program only takes more memory.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) fn fit(to: Use) {
    use std::os::unix::process::CommandExt;
    use std::process::Command;
    const ARENAS: &str = "MALLOC_ARENA_MAX";
    /// Blocks above eight mebibytes go back to the system as soon as they are freed.
    const LARGE: (&str, &str) = ("MALLOC_MMAP_THRESHOLD_", "8388608");
    let arenas = match to {
        Use::Pieces => "1",
        Use::Answers => "8",
    };
    let is_set = |name: &str| std::env::var_os(name).is_some();
    if is_set(ARENAS) || is_set(LARGE.0) {
        return;
    }
    let Ok(own) = std::env::current_exe() else { return };
    let mut arguments = std::env::args_os();
    let mut again = Command::new(own);
    if let Some(name) = arguments.next() {
        again.arg0(name);
    }
    // This returns only when the program could not be started.
    let _ = again.args(arguments).envs([(ARENAS, arenas), LARGE]).exec();
}

/// Other allocators give back what is freed, and their threads do not wait for each other.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn fit(_to: Use) {}
