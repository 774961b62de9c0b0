//! Wrangling from elsewhere: canonical JSON lines, and the dump that AO3 published (`tags-*.csv` with the columns id, type,
//! name, canonical, cached_count, merger_id; `works-*.csv`, whose last column lists the ids of a work's tags with `+`
//! between them).
//!
//! Files are read as streams. In memory stand sixteen bytes for each tag of the dump, and what is counted. What is loaded
//! is committed in batches, each of which may come again: a load that was killed is simply started again, and a second load
//! changes nothing. What this library has decided itself stands. Works of the dump feed counts and make no works.
//! Not read: compressed files (unpack them first), and the dump's media, which this archive has no kind of tag for.

mod dump;
mod ids;
mod lines;
mod uses;

use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use dump::Dump;
use fanfold_storage::Loaded;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

/// Rows committed at once.
const BATCH: usize = 4_096;
/// Bytes of a file read at once.
const BUFFER: usize = 1 << 18;

/// What was found in the files, and what became of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TagLoad {
    /// Rows that name tags.
    pub tags: u64,
    /// Whose name the dump does not give away.
    pub redacted: u64,
    /// That nobody had decided on there either.
    pub unwrangled: u64,
    /// Of kinds that this archive does not wrangle (media, ratings …), or not readable.
    pub passed_over: u64,
    /// Synonyms whose canonical tag is redacted, missing or of another kind.
    pub unresolved: u64,
    /// Relationships that another row names with their members in another order.
    pub twins: u64,
    /// Rows that are works.
    pub works: u64,
    /// Decisions that are new here.
    pub new: u64,
    /// Decisions that were here already.
    pub known: u64,
    /// Decisions that this library has made otherwise.
    pub kept: u64,
}

impl TagLoad {
    fn add(&mut self, loaded: Loaded) {
        self.new += loaded.new;
        self.known += loaded.known;
        self.kept += loaded.kept;
    }

    fn loaded(&self) -> Loaded {
        Loaded { new: self.new, known: self.known, kept: self.kept }
    }
}

/// Hears how far a load is.
pub trait LoadProgress: Send + Sync {
    /// Bytes of all files together.
    fn total(&self, bytes: u64);
    /// Bytes read so far.
    fn bytes(&self, done: u64);
    /// What it is doing beyond reading.
    fn doing(&self, what: &str);
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum FileKind {
    Lines,
    DumpTags,
    DumpWorks,
}

impl Archive {
    /// Loads wrangling from files in any order.
    ///
    /// # Errors
    /// If a file cannot be read or is of neither kind, or the store fails; what was loaded before stays.
    pub async fn load_tags(
        &self,
        files: &[PathBuf],
        actor: &str,
        progress: &dyn LoadProgress,
    ) -> Result<TagLoad> {
        let mut sorted = Vec::new();
        for path in files {
            sorted.push((kind_of(path)?, path));
        }
        // Tags come before the works that carry them.
        sorted.sort_by_key(|(kind, _)| *kind);
        let sizes: Vec<u64> = sorted.iter().map(|(_, path)| size(path)).collect();
        progress.total(sizes.iter().sum());
        let (mut load, mut before, mut dump) = (TagLoad::default(), 0, Dump::default());
        for ((kind, path), size) in sorted.iter().zip(sizes) {
            let tick = Tick { progress, before };
            match kind {
                FileKind::Lines => lines::load(self, path, &mut load, &tick).await?,
                FileKind::DumpTags => dump.read_tags(self, path, &mut load, &tick).await?,
                FileKind::DumpWorks => {
                    self.settle_dump(&mut dump, &mut load, progress).await?;
                    dump.read_works(path, &mut load, &tick).await?;
                }
            }
            before += size;
        }
        self.settle_dump(&mut dump, &mut load, progress).await?;
        progress.doing("uses");
        dump.write_uses(self).await?;
        let names: Vec<String> = sorted.iter().map(|(_, path)| name_of(path)).collect();
        let stamp = self.stamp();
        self.store().note_tag_load(&names.join(", "), load.loaded(), actor, &stamp).await?;
        progress.doing("index");
        self.catch_up().await?;
        Ok(load)
    }

    async fn settle_dump(
        &self,
        dump: &mut Dump,
        load: &mut TagLoad,
        progress: &dyn LoadProgress,
    ) -> Result<()> {
        if dump.has_open_synonyms() {
            progress.doing("synonyms");
            dump.write_synonyms(self, load).await?;
        }
        Ok(())
    }
}

/// Says how far a file is.
struct Tick<'a> {
    progress: &'a dyn LoadProgress,
    before: u64,
}

impl Tick<'_> {
    fn at(&self, byte: u64) {
        self.progress.bytes(self.before + byte);
    }
}

fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |found| found.len())
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn open(path: &Path) -> Result<BufReader<File>> {
    let file = File::open(path)
        .map_err(|error| AppError::at(path, &error, "name files of tags that can be read"))?;
    Ok(BufReader::with_capacity(BUFFER, file))
}

/// What a file is, by its first bytes.
fn kind_of(path: &Path) -> Result<FileKind> {
    let mut start = Vec::new();
    let read = open(path)?.take(4_096).read_to_end(&mut start);
    read.map_err(|error| AppError::at(path, &error, "name files of tags that can be read"))?;
    let start = String::from_utf8_lossy(&start);
    let start = start.trim_start_matches('\u{feff}').trim_start();
    let head = start.lines().next().unwrap_or_default();
    if start.starts_with('{') {
        Ok(FileKind::Lines)
    } else if head.contains("merger_id") && head.contains("name") {
        Ok(FileKind::DumpTags)
    } else if head.contains("tags") && head.contains(',') {
        Ok(FileKind::DumpWorks)
    } else {
        Err(AppError::Path {
            path: path.to_owned(),
            reason: "it holds neither canonical JSON lines nor a dump of tags".to_owned(),
            hint: "the first line of a dump names its columns: id,type,name,canonical,cached_count,merger_id"
                .to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_first_line() {
        let folder = tempfile::tempdir().unwrap();
        let kind = |text: &str| {
            let path = folder.path().join("file");
            std::fs::write(&path, text).unwrap();
            kind_of(&path).ok()
        };
        let header = "id,type,name,canonical,cached_count,merger_id\n";
        assert_eq!(kind(header), Some(FileKind::DumpTags));
        assert_eq!(kind(&format!("\u{feff}{header}")), Some(FileKind::DumpTags));
        let works = "creation date,language,restricted,complete,word_count,tags,\n";
        assert_eq!(kind(works), Some(FileKind::DumpWorks));
        assert_eq!(kind("\n{\"type\":\"tag\"}"), Some(FileKind::Lines));
        assert_eq!(kind("Dear reader,\n"), None);
        assert_eq!(kind(""), None);
    }
}
