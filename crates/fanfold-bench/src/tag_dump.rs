//! `tag-dump FOLDER --tags N --works N`: a dump of tags and works in the shape of the one that AO3 published in 2021
//! (its shares of kinds, of redacted names, of synonyms; about sixteen tags a work), with invented names. The same
//! numbers give the same files. `fanfold tag load` is measured on it.

use crate::generate::{self, Dice};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// What to write.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Where to.
    folder: PathBuf,
    /// How many tags.
    #[arg(long, default_value_t = 14_467_138)]
    tags: u32,
    /// How many works.
    #[arg(long, default_value_t = 7_269_693)]
    works: u32,
}

/// The kinds with their share in a hundred.
const KINDS: [(&str, u64); 4] =
    [("Fandom", 2), ("Relationship", 20), ("Character", 18), ("Freeform", 60)];
/// Numbers below are media, ratings, warnings and categories.
const FIRST: u32 = 100;

/// Canonical tags by kind: what synonyms mean and works carry.
type Canonical = [Vec<u32>; KINDS.len()];

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    std::fs::create_dir_all(&args.folder)?;
    let mut dice = Dice::new(2021);
    let tags = args.folder.join("tags-20210226.csv");
    let canonical = write_tags(&tags, args.tags, &mut dice)?;
    let works = args.folder.join("works-20210226.csv");
    write_works(&works, args.works, &canonical, args.tags, &mut dice)?;
    for path in [tags, works] {
        println!("{} {}", std::fs::metadata(&path)?.len(), path.display());
    }
    Ok(())
}

fn write_tags(path: &Path, tags: u32, dice: &mut Dice) -> anyhow::Result<Canonical> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    writeln!(file, "id,type,name,canonical,cached_count,merger_id")?;
    for (id, name) in [(10, "Not Rated"), (11, "General Audiences"), (12, "Mature")] {
        writeln!(file, "{id},Rating,{name},true,{},", dice.below(900_000))?;
    }
    let mut canonical = Canonical::default();
    for id in FIRST..FIRST + tags {
        let kind = kind(dice);
        let Some(((word, _), known)) = KINDS.get(kind).zip(canonical.get_mut(kind)) else {
            continue;
        };
        // 89 of a hundred names are not given away; of those that are, 73 are canonical and 14 synonyms.
        let named = dice.below(1_000) < 112;
        let part = dice.below(100);
        let is_canonical = named && (part < 73 || known.is_empty());
        let means = !known.is_empty() && !is_canonical && (part < 87 || !named && part < 95);
        let merger = if means { known.get(skewed(known.len(), dice)).copied() } else { None };
        let merger = merger.map(|id| id.to_string()).unwrap_or_default();
        let name = if named { name(kind, id, dice) } else { "Redacted".to_owned() };
        let uses = if named { 5 + dice.below(40) * dice.below(40) } else { dice.below(5) };
        writeln!(file, "{id},{word},{name},{is_canonical},{uses},{merger}")?;
        if is_canonical {
            known.push(id);
        }
    }
    file.flush()?;
    Ok(canonical)
}

fn kind(dice: &mut Dice) -> usize {
    let mut at = dice.below(100);
    for (place, (_, share)) in KINDS.iter().enumerate() {
        if at < *share {
            return place;
        }
        at -= share;
    }
    KINDS.len() - 1
}

/// The first are far more often taken than the last.
fn skewed(length: usize, dice: &mut Dice) -> usize {
    let within = dice.below(length as u64) + 1;
    usize::try_from(dice.below(within)).unwrap_or(0)
}

/// A name that no other number has; some want quotes.
fn name(kind: usize, id: u32, dice: &mut Dice) -> String {
    let mut tail = String::new();
    let mut rest = id;
    while rest > 0 {
        tail.push(char::from(b'a' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    let (one, two) = (generate::name(dice), generate::name(dice));
    match kind {
        1 => format!("{one} {tail}/{two} {}", generate::name(dice)),
        3 if dice.below(8) == 0 => format!("\"{one}, {two} \"\"{tail}\"\"\""),
        _ => format!("{one} {two} {tail}"),
    }
}

fn write_works(
    path: &Path,
    works: u32,
    canonical: &Canonical,
    tags: u32,
    dice: &mut Dice,
) -> anyhow::Result<()> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    writeln!(file, "creation date,language,restricted,complete,word_count,tags,")?;
    for work in 0..works {
        let day = work % 28 + 1;
        write!(file, "2021-02-{day:02},en,false,true,{}.0,{}", dice.below(90_000), 10 + work % 3)?;
        for (known, most) in canonical.iter().zip([1_u64, 3, 5, 8]) {
            for _ in 0..=dice.below(most) {
                // One of three is written otherwise than the canonical tag.
                let id = match known.get(skewed(known.len(), dice)) {
                    Some(id) if dice.below(3) > 0 => *id,
                    _ => FIRST + u32::try_from(dice.below(tags.into()))?,
                };
                write!(file, "+{id}")?;
            }
        }
        writeln!(file, ",")?;
    }
    Ok(file.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dump_has_as_many_rows_as_were_asked_for_and_the_same_each_time() {
        let write = || {
            let folder = tempfile::tempdir().unwrap();
            let args = Args { folder: folder.path().to_owned(), tags: 3_000, works: 50 };
            run(&args).unwrap();
            ["tags-20210226.csv", "works-20210226.csv"]
                .map(|name| std::fs::read_to_string(folder.path().join(name)).unwrap())
        };
        let [tags, works] = write();
        assert_eq!((tags.lines().count(), works.lines().count()), (3_004, 51));
        let share = |what: &str| tags.lines().filter(|line| line.contains(what)).count();
        assert!((2_500..2_800).contains(&share("Redacted")), "{}", share("Redacted"));
        assert!((180..320).contains(&share(",true,")), "{}", share(",true,"));
        assert_eq!(write(), [tags, works]);
    }
}
