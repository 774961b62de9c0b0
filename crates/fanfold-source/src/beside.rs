//! What lies beside an item, for formats whose works are spread over many files: a database dump and its folder of
//! chapters, a library's catalogue and its books.
//!
//! Only files that were given are looked at, links are not followed, and nothing but names is read until a file is
//! asked for.

mod leaves;

use crate::item::Item;
use crate::limits::Limits;
use leaves::Leaves;
use std::any::Any;
use std::collections::HashMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tempfile::TempDir;

/// The leaves of one root or one container, by name.
pub struct Beside {
    ground: Ground,
    leaves: OnceLock<Leaves>,
    learnt: Mutex<HashMap<String, Arc<dyn Any + Send + Sync>>>,
}

enum Ground {
    /// A folder on disk, listed when first asked.
    Folder(PathBuf),
    /// Unpacked members of the container with this path; the folder goes when nobody needs it any more.
    Shelf { path: String, members: Vec<(String, PathBuf)>, _folder: TempDir },
    /// Items at hand, by their names.
    Items(Vec<(String, Item)>),
    /// Items that are fetched, one at a time, when they are asked for.
    Fetched(Vec<String>, Fetch),
}

/// Gives the item with this name, if it can be had.
pub type Fetch = Box<dyn Fn(&str, &Limits) -> Option<Item> + Send + Sync>;

impl Beside {
    pub(crate) fn folder(root: &Path) -> Self {
        Self::on(Ground::Folder(root.to_owned()))
    }

    pub(crate) fn shelf(path: String, members: Vec<(String, PathBuf)>, folder: TempDir) -> Self {
        Self::on(Ground::Shelf { path, members, _folder: folder })
    }

    /// Items at hand: originals that come from a store again.
    #[must_use]
    pub fn of(items: Vec<(String, Item)>) -> Self {
        Self::on(Ground::Items(items))
    }

    /// Files with these names, of which none is held: `fetch` gets each when it is asked for.
    #[must_use]
    pub fn fetched(names: Vec<String>, fetch: Fetch) -> Self {
        Self::on(Ground::Fetched(names, fetch))
    }

    fn on(ground: Ground) -> Self {
        Self { ground, leaves: OnceLock::new(), learnt: Mutex::default() }
    }

    /// The file whose path ends with `wanted` ("stories/12/345.txt"), whole names only, the case of letters counting
    /// only where it must decide; of several the one nearest to the item named `from`.
    #[must_use]
    pub fn find(&self, from: &str, wanted: &str, limits: &Limits) -> Option<Item> {
        let (name, file) = self.place_of(from, wanted)?;
        self.item(name, file, limits)
    }

    /// The names of all files in folders whose path ends with `folder`, in order.
    #[must_use]
    pub fn names_in(&self, folder: &str) -> Vec<String> {
        self.leaves().in_folders(|own| ends_with(own, folder).is_some())
    }

    /// The names of all files that are called `last`, whatever their folders, in order.
    #[must_use]
    pub fn names_of(&self, last: &str) -> Vec<String> {
        self.leaves().called(last).map(|(name, _)| name.clone()).collect()
    }

    /// The names of all files in the same folder as this one, itself among them, in order.
    #[must_use]
    pub fn siblings(&self, name: &str) -> Vec<String> {
        self.leaves().beside(name).map(|(own, _)| own.clone()).collect()
    }

    /// What was learnt of these files under a key: made when it is first asked for, the same for everybody after.
    pub fn learnt<T: Send + Sync + 'static>(&self, key: &str, make: impl FnOnce() -> T) -> Arc<T> {
        let known = |all: &HashMap<String, Arc<dyn Any + Send + Sync>>| {
            all.get(key).and_then(|own| own.clone().downcast::<T>().ok())
        };
        let mut all = self.learnt.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known(&all) {
            return known;
        }
        let made = Arc::new(make());
        all.insert(key.to_owned(), made.clone());
        made
    }

    fn place_of(&self, from: &str, wanted: &str) -> Option<&(String, PathBuf)> {
        let last = wanted.rsplit('/').next().unwrap_or(wanted);
        let fits = self.leaves().called(last);
        let ranked = fits
            .filter_map(|leaf| Some(((common(from, &leaf.0), ends_with(&leaf.0, wanted)?), leaf)));
        // The first of equals: names are in order, so the same pile gives the same file.
        ranked
            .reduce(|best, other| if other.0 > best.0 { other } else { best })
            .map(|(_, leaf)| leaf)
    }

    fn item(&self, name: &str, file: &Path, limits: &Limits) -> Option<Item> {
        if let Ground::Fetched(_, fetch) = &self.ground {
            return fetch(name, limits);
        }
        if let Ground::Items(items) = &self.ground {
            let (_, item) = items.iter().find(|(own, _)| own == name)?;
            let bytes = item.bytes(limits.member_bytes).ok()?.into_owned();
            let again = Item::from_bytes(item.path.as_str(), bytes);
            return Some(match &item.member {
                Some(member) => again.inside(member.as_str()),
                None => again,
            });
        }
        let open = File::open(file).ok()?;
        match &self.ground {
            Ground::Folder(_) => Item::from_file(name, open, limits).ok(),
            Ground::Shelf { path, .. } => {
                Item::from_file(path.as_str(), open, limits).ok().map(|item| item.inside(name))
            }
            Ground::Items(_) | Ground::Fetched(..) => None,
        }
    }

    fn leaves(&self) -> &Leaves {
        self.leaves.get_or_init(|| {
            Leaves::of(match &self.ground {
                Ground::Folder(root) => listed(root),
                Ground::Shelf { members, .. } => members.clone(),
                Ground::Items(items) => {
                    items.iter().map(|(name, _)| (name.clone(), PathBuf::new())).collect()
                }
                Ground::Fetched(names, _) => {
                    names.iter().map(|name| (name.clone(), PathBuf::new())).collect()
                }
            })
        })
    }
}

/// Whether a file is a catalogue of others, by its name: a dump, a flat-file archive's list, a library's database
/// or index.
pub(crate) fn is_catalogue(name: &str) -> bool {
    const DUMPS: [&str; 6] = [".sql", ".sql.gz", ".sql.bz2", ".sql.xz", ".sql.zst", ".sql.zip"];
    let last = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let flat_file = last.starts_with("archive_db") && last.ends_with(".pl");
    let index = last == "index.json";
    flat_file || index || last == "metadata.db" || DUMPS.iter().any(|ending| last.ends_with(ending))
}

/// A folder's own lists of its files by their names, the one written for it first.
pub const FOLDER_LISTS: [&str; 12] = [
    "descript.ion",
    ".descs",
    "files.bbs",
    "00index",
    "00index.txt",
    "00_index.txt",
    "0index.txt",
    "index",
    "index.txt",
    "contents.txt",
    "index.html",
    "index.htm",
];

/// Whether a name is that of a page of a site, by its ending. Among addresses one without an ending is a page too, and
/// one that a program answers.
#[must_use]
pub fn is_page(name: &str, addresses: bool) -> bool {
    let path = name.split('?').next().unwrap_or(name);
    let last = path.rsplit('/').next().unwrap_or(path);
    let Some((_, ending)) = last.rsplit_once('.') else { return addresses };
    let ending = ending.to_ascii_lowercase();
    let program = ["cgi", "pl", "cfm", "jsp", "do"].contains(&ending.as_str());
    ["html", "htm", "shtml", "xhtml", "php", "php3", "asp", "aspx"].contains(&ending.as_str())
        || (addresses && program)
}

/// Whether the members of a container can say something of each other: a catalogue of others is among them, a folder's
/// list, or pages enough to learn from.
pub(crate) fn can_tell(names: impl Iterator<Item = String>) -> bool {
    /// As few teach something.
    const PAGES: usize = 4;
    let (mut pages, mut files) = (0, 0);
    for name in names {
        let last = name.rsplit('/').next().unwrap_or(&name).to_lowercase();
        files += 1;
        pages += usize::from(is_page(&name, false));
        let lists = FOLDER_LISTS.contains(&last.as_str()) && !is_page(&name, false);
        if is_catalogue(&name) || lists || pages >= PAGES {
            return true;
        }
    }
    // A page beside other files may be their index.
    pages >= 1 && files >= 3
}

/// Every file under a folder with its name relative to it.
pub(crate) fn listed(root: &Path) -> Vec<(String, PathBuf)> {
    let mut files = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push(entry.path()),
                Ok(kind) if kind.is_file() => {
                    let path = entry.path();
                    files.push((crate::names::relative(&path, root), path));
                }
                _ => {}
            }
        }
    }
    files
}

/// Whether a path ends with these whole names; if so, whether with the same case.
fn ends_with(path: &str, end: &str) -> Option<bool> {
    let start = path.len().checked_sub(end.len())?;
    let tail = path.get(start..)?;
    let whole = start == 0 || path[..start].ends_with('/');
    (whole && tail.eq_ignore_ascii_case(end)).then(|| tail == end)
}

/// How many folders two paths have in common.
fn common(one: &str, other: &str) -> usize {
    let folders = |path: &str| path.matches('/').count();
    let (mine, theirs) = (folders(one), folders(other));
    let pairs = one.split('/').take(mine).zip(other.split('/').take(theirs));
    pairs.take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beside(names: &[&str]) -> (TempDir, Beside) {
        let root = tempfile::tempdir().unwrap();
        for name in names {
            let file = root.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, name).unwrap();
        }
        let beside = Beside::folder(root.path());
        (root, beside)
    }

    #[test]
    fn the_nearest_of_several_files_of_one_name_is_found() {
        let (_root, beside) =
            beside(&["one/stories/3/7.txt", "two/Stories/3/7.TXT", "two/notstories/3/7.txt"]);
        let found = |from: &str, wanted: &str| {
            beside.find(from, wanted, &Limits::default()).map(|item| item.path)
        };
        assert_eq!(found("one/dump.sql", "stories/3/7.txt").unwrap(), "one/stories/3/7.txt");
        assert_eq!(found("two/dump.sql", "stories/3/7.txt").unwrap(), "two/Stories/3/7.TXT");
        assert_eq!(found("dump.sql", "stories/3/7.txt").unwrap(), "one/stories/3/7.txt");
        assert_eq!(found("dump.sql", "stories/3/8.txt"), None);
        assert_eq!(beside.names_in("stories/3"), ["one/stories/3/7.txt", "two/Stories/3/7.TXT"]);
        assert_eq!(beside.names_of("7.TXT").len(), 3);
        assert!(beside.names_of("8.txt").is_empty());
    }

    #[test]
    fn siblings_lie_in_the_very_folder_and_what_was_learnt_is_learnt_once() {
        let (_root, beside) = beside(&["a/1.htm", "a/2.htm", "a/b/3.htm", "4.htm", "5.htm"]);
        assert_eq!(beside.siblings("a/1.htm"), ["a/1.htm", "a/2.htm"]);
        assert_eq!(beside.siblings("4.htm"), ["4.htm", "5.htm"]);
        let first = beside.learnt("words", || 7_u32);
        assert_eq!((*first, *beside.learnt("words", || 8_u32)), (7, 7));
        assert_eq!(beside.learnt("words", String::new).as_str(), "");
    }

    #[test]
    fn dumps_and_lists_are_catalogues_and_stories_are_not() {
        for name in
            ["a/backup.SQL", "x.sql.gz", "ARCHIVE_DB.pl", "old/archive_db_2003.pl", "metadata.db"]
        {
            assert!(is_catalogue(name), "{name}");
        }
        for name in ["a/tale.txt", "sql", "notes.pl", "xmetadata.db"] {
            assert!(!is_catalogue(name), "{name}");
        }
    }
}
