//! Running the program on a library of its own.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A library in a temporary folder, and the program to use it.
pub(crate) struct Library {
    folder: TempDir,
}

impl Library {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A library with the pile's first works.
    pub(crate) fn filled(works: u64) -> Self {
        let library = Self::new();
        pile(&library.beside("pile"), works);
        library.import(&library.beside("pile"));
        library
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    /// A place beside the library.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program on this library, ready to be run.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command.arg("--library").arg(self.path()).args(arguments);
        command
    }

    /// Runs it and gives what it printed; fails the test unless it ends with one of these codes.
    pub(crate) fn run_to(&self, codes: &[i32], arguments: &[&str]) -> String {
        let output = self.command(arguments).stdin(Stdio::null()).output().unwrap();
        expect_code(&output, codes, arguments)
    }

    /// Runs it to success.
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        self.run_to(&[0], arguments)
    }

    /// Runs it with `--json` and reads every line.
    pub(crate) fn json(&self, arguments: &[&str]) -> Vec<Value> {
        let arguments: Vec<&str> = ["--json"].iter().chain(arguments).copied().collect();
        lines(&self.run_to(&[0, 3], &arguments))
    }

    /// Imports a path and gives the report.
    pub(crate) fn import(&self, path: &Path) -> Value {
        self.json(&["import", path.to_str().unwrap()]).pop().unwrap()
    }

    /// The whole library as canonical JSON lines.
    pub(crate) fn export(&self) -> String {
        self.run(&["export", "--format", "jsonl"])
    }
}

/// The program with a clean environment.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fanfold"));
    command.env_remove("FANFOLD_LIBRARY").env_remove("FANFOLD_DATABASE_URL").env("NO_COLOR", "1");
    command
}

/// Every line as JSON.
pub(crate) fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A path of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// What a command printed, if it ended with one of these codes.
pub(crate) fn expect_code(output: &Output, codes: &[i32], arguments: &[&str]) -> String {
    let code = output.status.code().unwrap_or(-1);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(codes.contains(&code), "fanfold {arguments:?} ended with {code}: {stderr}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Seeded chance (splitmix64): a failing test prints its seed.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }
}

/// Writes a pile of small stories with headers, parts and copies; every text is different.
pub(crate) fn pile(folder: &Path, works: u64) {
    std::fs::create_dir_all(folder).unwrap();
    for number in 0..works {
        let text = story(number);
        std::fs::write(folder.join(format!("tale{number:03}.txt")), &text).unwrap();
        if number % 10 == 3 {
            std::fs::write(folder.join(format!("copy of tale{number:03}.txt")), &text).unwrap();
        }
        if number % 12 == 5 {
            for part in 1..=2 {
                let head =
                    format!("Title: The Long Tide {number} (Part {part}/2)\nAuthor: Heron\n\n");
                let name = format!("tide{number:03}_{part}.txt");
                std::fs::write(folder.join(name), head + &body(number * 100 + part)).unwrap();
            }
        }
    }
}

/// A small story with a header block.
pub(crate) fn story(number: u64) -> String {
    let head = format!(
        "Title: The Lamp in Room {number}\nAuthor: Wren {}\nFandom: Treasure Island\n\
         Pairing: Jim Hawkins/Ben Gunn\nRating: PG-13\nSummary: Tale number {number}.\n\n",
        number % 5
    );
    head + &body(number)
}

fn body(seed: u64) -> String {
    let words = [
        "lamp", "tide", "harbour", "parrot", "cheese", "ladder", "window", "anchor", "letter",
        "gull",
    ];
    let mut chance = Chance(seed);
    let mut text = String::new();
    for _ in 0..6 {
        let mut sentence = format!("Jim looked at the {seed} lights and ");
        for _ in 0..40 {
            let word = words[usize::try_from(chance.below(words.len() as u64)).unwrap()];
            sentence.push_str(word);
            sentence.push(' ');
        }
        text.push_str(sentence.trim_end());
        text.push_str(".\n\n");
    }
    text
}
