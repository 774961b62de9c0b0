//! Programs that read what Fanfold does not: chosen by the owner in the settings, run with no shell, in a private folder,
//! with a limit on time and output and nothing of this process's environment. What they stumble over is a finding.

use fanfold_import::{ConvertError, Converter};
use fanfold_source::Item;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// The programs in force. A program is its name or path and its arguments; the file's path is added as the last one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tools {
    /// Reads Word documents of 1997 to 2003 and writes their text; empty for none.
    pub doc: Vec<String>,
    /// How long a program may take for one file.
    pub seconds: u64,
    /// How much it may write.
    pub output_bytes: u64,
}

impl Default for Tools {
    fn default() -> Self {
        Self { doc: Vec::new(), seconds: 30, output_bytes: 64 << 20 }
    }
}

impl Converter for Tools {
    fn to_text(&self, format: &str, bytes: &[u8]) -> Result<Vec<u8>, ConvertError> {
        let command = self.command(format).and_then(<[String]>::split_first);
        let Some((program, arguments)) = command else { return Err(ConvertError::NotSet) };
        self.run(program, arguments, bytes)
            .map_err(|what| ConvertError::Failed(format!("{program} {what}.")))
    }
}

impl Tools {
    /// The program that is set for a format (the id of an importer) with its arguments.
    #[must_use]
    pub fn command(&self, format: &str) -> Option<&[String]> {
        (format == "doc" && !self.doc.is_empty()).then_some(self.doc.as_slice())
    }

    /// Whether a program is set that may read this item. Looks at the item only if any program is set.
    #[must_use]
    pub fn reads(&self, item: &Item) -> bool {
        let best = || fanfold_import::detect(item).best().map(|best| best.format);
        !self.doc.is_empty() && best().is_some_and(|format| self.command(format).is_some())
    }
}

/// Where programs are looked for that are named without a path.
const PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// How much is kept of what a program says about a failure.
const SAID: u64 = 2_000;

impl Tools {
    /// Runs a program on bytes; the error is the end of a sentence that begins with the program.
    fn run(&self, program: &str, arguments: &[String], bytes: &[u8]) -> Result<Vec<u8>, String> {
        let no_folder = |error: std::io::Error| format!("could not be given the file ({error})");
        let folder = tempfile::tempdir().map_err(no_folder)?;
        let input = folder.path().join("input.doc");
        std::fs::write(&input, bytes).map_err(no_folder)?;
        let mut output = tempfile::tempfile_in(folder.path()).map_err(no_folder)?;
        let mut said = tempfile::tempfile_in(folder.path()).map_err(no_folder)?;
        let (to_output, to_said) = (output.try_clone(), said.try_clone());
        let mut child = command(program, folder.path())
            .args(arguments)
            .arg(&input)
            .stdin(Stdio::null())
            .stdout(to_output.map_err(no_folder)?)
            .stderr(to_said.map_err(no_folder)?)
            .spawn()
            .map_err(|error| format!("could not be started ({error})"))?;
        let ended = self.wait(&mut child, [&output, &said]);
        let words = words(&mut said);
        match ended {
            Ok(status) if status.success() => {}
            Ok(status) => return Err(format!("failed ({status}){words}")),
            Err(what) => return Err(format!("{what}{words}")),
        }
        let text = first(&mut output, self.output_bytes).map_err(no_folder)?;
        let empty = text.iter().all(u8::is_ascii_whitespace);
        if empty { Err(format!("found no text in it{words}")) } else { Ok(text) }
    }

    /// Waits for the end, within the limits; what goes beyond them is ended.
    fn wait(&self, child: &mut Child, written: [&File; 2]) -> Result<ExitStatus, String> {
        let until = Instant::now() + Duration::from_secs(self.seconds);
        let beyond = loop {
            match child.try_wait() {
                Ok(Some(status)) if self.fits(written) => return Ok(status),
                Ok(None) if Instant::now() >= until => {
                    break format!("took longer than {} seconds", self.seconds);
                }
                Ok(None) if self.fits(written) => std::thread::sleep(Duration::from_millis(5)),
                Ok(_) => break format!("wrote more than {} bytes", self.output_bytes),
                Err(error) => break format!("was lost ({error})"),
            }
        };
        // A program that ended meanwhile cannot be ended again.
        let _ = child.kill();
        let _ = child.wait();
        Err(beyond)
    }

    /// What a program complains of fills the disk as well as what it gives.
    fn fits(&self, written: [&File; 2]) -> bool {
        let small = |file: &File| file.metadata().is_ok_and(|own| own.len() <= self.output_bytes);
        written.into_iter().all(small)
    }
}

/// A program in a folder of its own, without this process's environment: it may hold secrets.
fn command(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("PATH", PATH).env("HOME", folder).env("LC_ALL", "C.UTF-8");
    command.current_dir(folder);
    command
}

/// What a program said on the way, as the end of a sentence.
fn words(said: &mut File) -> String {
    let bytes = first(said, SAID).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_end_matches('.');
    if line.is_empty() { String::new() } else { format!(" and said: {line}") }
}

/// The beginning of a file that somebody else wrote.
fn first(file: &mut File, bytes: u64) -> std::io::Result<Vec<u8>> {
    file.rewind()?;
    let mut read = Vec::new();
    file.take(bytes).read_to_end(&mut read)?;
    Ok(read)
}

#[cfg(test)]
mod tests;
