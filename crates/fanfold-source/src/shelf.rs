//! Members of a container that wait in a temporary folder until all are unpacked, so that a catalogue among them comes
//! first, and each can look at the others. Their names on the disk are numbers.

use crate::beside::{Beside, is_catalogue};
use crate::containers::Sink;
use crate::item::{Hints, Item};
use crate::limits::Limits;
use fanfold_model::Finding;
use std::fs::{self, File};
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

pub(crate) struct Shelf {
    folder: TempDir,
    leaves: Vec<Leaf>,
}

struct Leaf {
    path: String,
    member: String,
    /// Its name among the others.
    name: String,
    hints: Hints,
    findings: Vec<Finding>,
    passed: u64,
    refused: bool,
    file: Option<PathBuf>,
    beside: Option<Arc<Beside>>,
}

impl Shelf {
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self { folder: tempfile::tempdir()?, leaves: Vec::new() })
    }

    /// Puts a leaf on the shelf; hands it on at once where the disk does not take it.
    pub(crate) fn put(&mut self, leaf: Item, sink: Sink<'_>) -> ControlFlow<()> {
        let file = self.folder.path().join(self.leaves.len().to_string());
        let file = match leaf.has_bytes() {
            false => None,
            true => match copied(&leaf, &file) {
                Ok(()) => Some(file),
                Err(_) => return sink(leaf),
            },
        };
        self.leaves.push(Leaf {
            refused: leaf.is_refused(),
            name: leaf.name_beside(),
            path: leaf.path,
            member: leaf.member.unwrap_or_default(),
            hints: leaf.hints,
            findings: leaf.findings,
            passed: leaf.passed,
            file,
            beside: leaf.beside,
        });
        ControlFlow::Continue(())
    }

    /// Hands everything on, catalogues first.
    pub(crate) fn hand_on(self, limits: &Limits, sink: Sink<'_>) -> ControlFlow<()> {
        let (catalogues, others): (Vec<Leaf>, Vec<Leaf>) =
            self.leaves.into_iter().partition(|leaf| is_catalogue(&leaf.member));
        let path = catalogues.iter().chain(&others).next().map(|leaf| leaf.path.clone());
        let readable = catalogues.iter().chain(&others).filter(|leaf| !leaf.refused);
        let members =
            readable.filter_map(|leaf| Some((leaf.name.clone(), leaf.file.clone()?))).collect();
        let beside = Arc::new(Beside::shelf(path.unwrap_or_default(), members, self.folder));
        for mut leaf in catalogues.into_iter().chain(others) {
            leaf.beside.get_or_insert_with(|| beside.clone());
            sink(leaf.item(limits))?;
        }
        ControlFlow::Continue(())
    }
}

impl Leaf {
    fn item(self, limits: &Limits) -> Item {
        let file = self.file.as_ref().map(File::open);
        let item = match file {
            Some(Ok(file)) => Item::from_file(self.path.as_str(), file, limits).ok(),
            _ => None,
        };
        let mut findings = self.findings;
        let mut item = item.unwrap_or_else(|| {
            let why = findings.pop().unwrap_or_else(|| {
                crate::item::unreadable_finding(&io::Error::other("it was lost while it waited"))
            });
            Item::unreadable(self.path.as_str(), why)
        });
        if self.refused && item.has_bytes() {
            let why = findings.pop();
            why.into_iter().for_each(|why| item.refuse(why));
        }
        item.findings.splice(0..0, findings);
        item.member = Some(self.member);
        item.hints = self.hints;
        item.passed = self.passed;
        item.beside = self.beside;
        item
    }
}

fn copied(leaf: &Item, file: &Path) -> io::Result<()> {
    let mut bytes = leaf.reader().map_err(io::Error::other)?;
    io::copy(&mut bytes, &mut File::create(file)?).map(drop).inspect_err(|_| {
        // Half a file is no member; nothing else is known of it.
        let _ = fs::remove_file(file);
    })
}
