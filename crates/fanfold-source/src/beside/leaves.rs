//! Files by their last name and by their folder, so that a pile of a million files in ten thousand folders is not gone
//! through once for each of them.

use std::collections::HashMap;
use std::path::PathBuf;

/// A name and where the file is.
pub(super) type Leaf = (String, PathBuf);

/// The files of one ground, in the order of their names.
#[derive(Debug)]
pub(super) struct Leaves {
    all: Vec<Leaf>,
    /// Places in `all` by the last name in lower case.
    by_name: HashMap<String, Vec<usize>>,
    by_folder: HashMap<String, Vec<usize>>,
}

impl Leaves {
    pub(super) fn of(mut all: Vec<Leaf>) -> Self {
        all.sort();
        let mut by_name: HashMap<_, Vec<_>> = HashMap::new();
        let mut by_folder: HashMap<_, Vec<_>> = HashMap::new();
        for (place, (name, _)) in all.iter().enumerate() {
            let (folder, last) = parted(name);
            by_name.entry(last.to_lowercase()).or_default().push(place);
            match by_folder.get_mut(folder) {
                Some(places) => places.push(place),
                None => drop(by_folder.insert(folder.to_owned(), vec![place])),
            }
        }
        Self { all, by_name, by_folder }
    }

    /// The files with this last name, the case of its letters not counting.
    pub(super) fn called(&self, last: &str) -> impl Iterator<Item = &Leaf> {
        self.at(self.by_name.get(&last.to_lowercase()))
    }

    /// The files in the very folder of the one with this name.
    pub(super) fn beside(&self, name: &str) -> impl Iterator<Item = &Leaf> {
        self.at(self.by_folder.get(parted(name).0))
    }

    /// The names of the files in such folders; a file without a folder is in none.
    pub(super) fn in_folders(&self, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let folders = self.by_folder.iter();
        let fitting = folders.filter(|(folder, _)| !folder.is_empty() && wanted(folder));
        let files = fitting.flat_map(|(_, places)| self.at(Some(places)));
        let mut names: Vec<String> = files.map(|(name, _)| name.clone()).collect();
        names.sort_unstable();
        names
    }

    fn at(&self, places: Option<&Vec<usize>>) -> impl Iterator<Item = &Leaf> {
        let places = places.map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|place| self.all.get(*place))
    }
}

/// The folder, empty if there is none, and the last name.
fn parted(name: &str) -> (&str, &str) {
    name.rsplit_once('/').unwrap_or(("", name))
}
