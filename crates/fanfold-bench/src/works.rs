//! `works FOLDER --works N`: works, tags and questions in the shape of the bench kit's files, for a machine that has no kit:
//! `search FOLDER` reads them. Few fandoms have most works, most tags are used a few times, synonyms and metatags are among
//! them, and questions are drawn from works, so that each finds something. The same number gives the same files. There are
//! no expected answers: what is asked of several engines is held against each other.

mod asked;
mod carried;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;

use self::asked::questions;
use self::carried::{Drawn, Stock};
use crate::generate::{self, Dice};

/// What to write.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Where to.
    folder: PathBuf,
    /// How many works.
    #[arg(long, default_value_t = 100_000)]
    works: u64,
    /// How many questions of each class.
    #[arg(long, default_value_t = 10)]
    questions: u64,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    std::fs::create_dir_all(&args.folder)?;
    let mut dice = Dice::new(17);
    let stock = Stock::invented(args.works, &mut dice);
    write_tags(&args.folder.join("tags.tsv"), &stock)?;
    let mut some = Vec::new();
    let mut file = create(&args.folder.join("works_arr.tsv"))?;
    for id in 1..=args.works {
        let drawn = stock.draw(&mut dice);
        write_work(&mut file, id, &drawn, &mut dice)?;
        if id % (args.works / 1_000).max(1) == 0 {
            some.push(drawn);
        }
    }
    file.flush()?;
    let mut file = create(&args.folder.join("queries.jsonl"))?;
    for (id, mut question) in questions(&stock, &some, args.questions, &mut dice).enumerate() {
        question["id"] = Value::from(id);
        writeln!(file, "{question}")?;
    }
    Ok(file.flush()?)
}

fn create(path: &Path) -> anyhow::Result<BufWriter<File>> {
    Ok(BufWriter::with_capacity(1 << 20, File::create(path)?))
}

fn write_tags(path: &Path, stock: &Stock) -> anyhow::Result<()> {
    let mut file = create(path)?;
    for (id, tag) in stock.tags() {
        let canonical = u8::from(tag.means == 0);
        let (kind, name, means, above) = (tag.kind, &tag.name, tag.means, tag.above);
        writeln!(file, "{id}\t{kind}\t{name}\t{canonical}\t{means}\t{above}")?;
    }
    Ok(file.flush()?)
}

/// The columns of the kit: see its README.
fn write_work(
    file: &mut impl Write,
    id: u64,
    drawn: &Drawn,
    dice: &mut Dice,
) -> std::io::Result<()> {
    let words = |many: u64, dice: &mut Dice| -> String {
        let words: Vec<String> = (0..many).map(|_| generate::word(dice)).collect();
        words.join(" ")
    };
    let (title, summary) = (words(2 + dice.below(4), dice), words(6 + dice.below(30), dice));
    let creator = 1 + dice.below(20_000);
    let language = ["en", "zh", "ru", "es", "fr"][dice.zipf(5) as usize];
    // Most are short, some are very long.
    let length = 20 + dice.below(60) * dice.below(60) * dice.below(60);
    let (chapters, complete) = (1 + length / 3_000, u8::from(dice.below(4) > 0));
    let kudos = dice.below(20) * dice.below(20) * dice.below(8);
    let hits = kudos * 12 + dice.below(100);
    let (comments, bookmarks) = (kudos / 10, kudos / 6);
    let day = |from: u64, dice: &mut Dice| {
        let day = from + dice.below(400);
        format!("{:04}-{:02}-{:02}", 2008 + day / 336, 1 + day / 28 % 12, 1 + day % 28)
    };
    let begun = dice.below(5_000);
    let (published, updated) = (day(begun, dice), day(begun + 400, dice));
    let tags: Vec<String> = drawn.tags.iter().map(u64::to_string).collect();
    let (rating, tags) = (drawn.rating, tags.join(","));
    writeln!(
        file,
        "{id}\t{title}\t{summary}\t{creator}\t{rating}\t{language}\t{length}\t{chapters}\t{complete}\t{kudos}\t{hits}\t\
         {comments}\t{bookmarks}\t{published}\t{updated}\t{{{tags}}}"
    )
}
