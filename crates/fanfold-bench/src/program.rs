//! Programs as a person runs them, measured from outside: wall time, CPU, peak memory.
//!
//! CPU is what the kernel says of ended children, so two programs are never measured at once.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::meter;

/// What one run cost.
pub(crate) struct Cost {
    /// From start to end.
    pub(crate) wall: Duration,
    /// User and system time of the program and its children.
    pub(crate) cpu: Duration,
    /// The most that was resident, looked at every few milliseconds.
    pub(crate) peak_bytes: u64,
    /// What it printed.
    pub(crate) printed: String,
}

/// Runs a program to its end.
///
/// # Errors
/// If it cannot be started, or ends with another code than one of `fine`.
pub(crate) fn run(command: &mut Command, fine: &[i32]) -> anyhow::Result<Cost> {
    let name = command.get_program().to_string_lossy().into_owned();
    let cpu_before = meter::children_cpu()?;
    let started = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("starting {name}"))?;
    let printed = drain(child.stdout.take());
    let complained = drain(child.stderr.take());
    let mut peak_bytes = 0;
    let status = loop {
        // The line is gone once the program has ended.
        peak_bytes = peak_bytes.max(meter::status_bytes(child.id(), "VmHWM:").unwrap_or(0));
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let wall = started.elapsed();
    let cpu = meter::children_cpu()?.saturating_sub(cpu_before);
    let printed = printed.join().unwrap_or_default();
    if !status.code().is_some_and(|code| fine.contains(&code)) {
        let said = complained.join().unwrap_or_default();
        bail!("{name} ended with {status}: {}", said.trim());
    }
    Ok(Cost { wall, cpu, peak_bytes, printed })
}

fn drain(pipe: Option<impl std::io::Read + Send + 'static>) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut text = String::new();
        if let Some(mut pipe) = pipe {
            // What is no text is nothing we look at.
            let _ = pipe.read_to_string(&mut text);
        }
        text
    })
}

/// Whether a program is on the path.
pub(crate) fn installed(name: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

/// The release binary `fanfold`, built if the sources are newer.
///
/// # Errors
/// If it cannot be built.
pub(crate) fn fanfold() -> anyhow::Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--release", "--quiet", "--locked", "--package", "fanfold-cli"])
        .status()
        .context("building fanfold")?;
    if !built.success() {
        bail!("fanfold does not build: run cargo build --release -p fanfold-cli");
    }
    let own = std::env::current_exe().context("finding the folder of the built programs")?;
    Ok(own.with_file_name("fanfold"))
}

/// A server that ends with this value.
pub(crate) struct Server(pub(crate) Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
