//! What the system's allocator is told before anything else happens.
//!
//! glibc gives every thread an arena and keeps what is freed in it. A pile of huge files is read by one thread after
//! another, and each would keep a hundred megabytes: 1,070 MB at the end instead of 430. The allocator reads its settings
//! from the environment when the program starts, so the program starts itself again, once, with these set.

/// Starts the program again with a modest allocator, unless the environment has settings of its own. Returns when there
/// is nothing to do, or when it does not work; then the program only takes more memory.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) fn make_modest() {
    use std::os::unix::process::CommandExt;
    use std::process::Command;
    /// One arena for all; blocks above eight mebibytes go back to the system as soon as they are freed.
    const SETTINGS: [(&str, &str); 2] =
        [("MALLOC_ARENA_MAX", "1"), ("MALLOC_MMAP_THRESHOLD_", "8388608")];
    let is_set = |name: &str| std::env::var_os(name).is_some();
    if SETTINGS.iter().any(|(name, _)| is_set(name)) {
        return;
    }
    let Ok(own) = std::env::current_exe() else { return };
    let mut arguments = std::env::args_os();
    let mut again = Command::new(own);
    if let Some(name) = arguments.next() {
        again.arg0(name);
    }
    // This returns only when the program could not be started.
    let _ = again.args(arguments).envs(SETTINGS).exec();
}

/// Other allocators give back what is freed.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn make_modest() {}
