//! CPU time, memory and disk, as Linux tells them.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::Context;

/// Ticks of the kernel's accounts: 100 a second on every Linux that Rust runs on.
const TICKS_PER_SECOND: u64 = 100;

/// Nanoseconds this thread has run.
pub(crate) fn thread_cpu_ns() -> anyhow::Result<u64> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Ok(u64::try_from(time.tv_sec)? * 1_000_000_000 + u64::try_from(time.tv_nsec)?)
}

/// Nanoseconds all threads of this process have run.
pub(crate) fn process_cpu_ns() -> anyhow::Result<u64> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Ok(u64::try_from(time.tv_sec)? * 1_000_000_000 + u64::try_from(time.tv_nsec)?)
}

/// CPU of this process's children that have ended, user and system, to a hundredth of a second.
pub(crate) fn children_cpu() -> anyhow::Result<Duration> {
    Ok(Duration::from_millis(ticks("self", [13, 14])? * 1_000 / TICKS_PER_SECOND))
}

/// Nanoseconds the first thread of another process has run; from its user and system time, to a hundredth of a second,
/// where the kernel keeps no finer account.
pub(crate) fn other_cpu_ns(process: u32) -> anyhow::Result<u64> {
    let account = fs::read_to_string(format!("/proc/{process}/schedstat")).unwrap_or_default();
    match account.split_whitespace().next().and_then(|run| run.parse().ok()) {
        Some(nanoseconds) if nanoseconds > 0 => Ok(nanoseconds),
        _ => Ok(ticks(&process.to_string(), [11, 12])? * (1_000_000_000 / TICKS_PER_SECOND)),
    }
}

/// The sum of two fields of a process's `stat`, counted behind its name.
fn ticks(process: &str, fields: [usize; 2]) -> anyhow::Result<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/stat"))
        .context("the kernel does not tell CPU")?;
    // The program's name stands in brackets and may hold blanks.
    let (_, rest) = text.rsplit_once(')').context("an odd stat line")?;
    let all: Vec<&str> = rest.split_whitespace().collect();
    let ticks = |at: usize| -> anyhow::Result<u64> {
        Ok(all.get(at).context("a short stat line")?.parse()?)
    };
    Ok(ticks(fields[0])? + ticks(fields[1])?)
}

/// A line of this process's status, in bytes.
pub(crate) fn resident_bytes(name: &str) -> anyhow::Result<u64> {
    status_bytes(std::process::id(), name)
}

/// A line of a process's status, in bytes.
pub(crate) fn status_bytes(process: u32, name: &str) -> anyhow::Result<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/status"))
        .context("the kernel does not tell memory")?;
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
        let entry = entry?;
        let meta = entry.metadata()?;
        bytes += if meta.is_dir() { folder_bytes(&entry.path())? } else { meta.len() };
    }
    Ok(bytes)
}

/// The median of some figures, in milliseconds.
pub(crate) fn median_ms(mut nanoseconds: Vec<u64>) -> f64 {
    nanoseconds.sort_unstable();
    let middle = nanoseconds.get(nanoseconds.len() / 2).copied().unwrap_or(0);
    (middle / 1_000) as f64 / 1_000.0
}
