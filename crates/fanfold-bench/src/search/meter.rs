//! Time of this thread's CPU, memory and disk, as Linux tells them.

use std::fs;
use std::path::Path;

use anyhow::Context;

/// Nanoseconds this thread has run.
pub(crate) fn thread_cpu_ns() -> anyhow::Result<u64> {
    let text = fs::read_to_string("/proc/thread-self/schedstat")
        .context("the kernel does not tell CPU time")?;
    let first = text.split_whitespace().next().context("an empty schedstat")?;
    Ok(first.parse()?)
}

/// A line of the process's status, in bytes.
pub(crate) fn resident_bytes(name: &str) -> anyhow::Result<u64> {
    let text =
        fs::read_to_string("/proc/self/status").context("the kernel does not tell memory")?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .with_context(|| format!("no {name} in status"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes * 1_024)
}

/// All files of a folder, in bytes.
pub(crate) fn folder_bytes(folder: &Path) -> anyhow::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes)
}
