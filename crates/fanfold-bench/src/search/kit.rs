//! The kit's files: `tags.tsv` (id, kind, name, canonical, merger, metatag) and `works_arr.tsv` (16 columns).

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, bail};
use fanfold_model::{PartialDate, Status, TagKind};
use fanfold_search::{DayInterval, IndexedTag, IndexedWork};

/// All tags of the kit by id.
pub(crate) struct Tags {
    tags: Vec<Option<Tag>>,
}

struct Tag {
    kind: TagKind,
    name: String,
    /// As the index takes it.
    indexed: IndexedTag,
    /// The tag it is a synonym of, or 0.
    merger: usize,
    /// The tag above it, or 0.
    metatag: usize,
}

impl Tags {
    /// Reads `tags.tsv`.
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let mut tags: Vec<Option<Tag>> = Vec::new();
        for line in lines(path)? {
            let line = line?;
            let columns: Vec<&str> = line.split('\t').collect();
            let [id, kind, name, _, merger, metatag] = columns[..] else {
                bail!("{}: {line}", path.display())
            };
            let kind = TagKind::from_name(kind).with_context(|| format!("no tag kind {kind}"))?;
            let id: usize = id.parse()?;
            if tags.len() <= id {
                tags.resize_with(id + 1, || None);
            }
            tags[id] = Some(Tag {
                kind,
                name: name.to_owned(),
                indexed: IndexedTag::new(id as u64, kind, vec![name.to_owned()]),
                merger: merger.parse()?,
                metatag: metatag.parse()?,
            });
        }
        Ok(Self { tags }.with_canonical_names())
    }

    /// Synonyms are found by the words of their canonical forms, too.
    fn with_canonical_names(mut self) -> Self {
        for id in 0..self.tags.len() {
            let canonical = self.get(self.canonical(id)).map(|tag| tag.name.clone());
            if let Some(Some(tag)) = self.tags.get_mut(id)
                && tag.merger != 0
            {
                let names = [Some(tag.name.clone()), canonical].into_iter().flatten().collect();
                tag.indexed = IndexedTag::new(id as u64, tag.kind, names);
            }
        }
        self
    }

    fn get(&self, id: usize) -> Option<&Tag> {
        self.tags.get(id)?.as_ref()
    }

    /// Kind and name of a tag.
    pub(crate) fn name(&self, id: usize) -> anyhow::Result<(TagKind, &str)> {
        let tag = self.get(id).with_context(|| format!("there is no tag {id}"))?;
        Ok((tag.kind, &tag.name))
    }

    /// Every tag whose works are found under another: its synonyms, and all below it.
    pub(crate) fn under(&self) -> Vec<Vec<u64>> {
        let mut under: Vec<Vec<u64>> = vec![Vec::new(); self.tags.len()];
        for id in 0..self.tags.len() {
            for above in self.expanded(id) {
                if let Some(list) = usize::try_from(above).ok().and_then(|at| under.get_mut(at)) {
                    list.push(id as u64);
                }
            }
        }
        under
    }

    /// Synonyms with their canonical tags.
    pub(crate) fn forms(&self) -> HashMap<u64, u64> {
        let tags = (0_u64..).zip(&self.tags);
        tags.filter_map(|(id, tag)| Some((id, tag.as_ref()?.merger as u64)))
            .filter(|(_, merger)| *merger > 0)
            .collect()
    }

    /// A tag as the index takes it.
    fn indexed(&self, id: usize) -> anyhow::Result<IndexedTag> {
        Ok(self.get(id).with_context(|| format!("there is no tag {id}"))?.indexed.clone())
    }

    /// The tag that a tag is a synonym of, or itself.
    pub(crate) fn canonical(&self, id: usize) -> usize {
        self.get(id).map(|tag| tag.merger).filter(|merger| *merger != 0).unwrap_or(id)
    }

    /// Everything a tag stands for: itself, its canonical form, and all above.
    pub(crate) fn expanded(&self, id: usize) -> Vec<u64> {
        if self.get(id).is_none() {
            return Vec::new();
        }
        let canonical = self.canonical(id);
        let mut expanded = vec![id as u64];
        if canonical != id {
            expanded.push(canonical as u64);
        }
        let mut above = self.get(canonical).map_or(0, |tag| tag.metatag);
        while above != 0 {
            expanded.push(above as u64);
            above = self.get(above).map_or(0, |tag| tag.metatag);
        }
        expanded
    }
}

/// Reads `works_arr.tsv` and hands on each work.
pub(crate) fn for_each_work(
    path: &Path,
    tags: &Tags,
    mut take: impl FnMut(IndexedWork) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    for line in lines(path)? {
        let line = line?;
        let columns: Vec<&str> = line.split('\t').collect();
        let work = work(&columns, tags).with_context(|| format!("{}: {line}", path.display()))?;
        take(work)?;
    }
    Ok(())
}

/// The first of the works.
pub(crate) fn first_work(path: &Path, tags: &Tags) -> anyhow::Result<IndexedWork> {
    let line = lines(path)?.next().with_context(|| format!("{}: no work", path.display()))??;
    work(&line.split('\t').collect::<Vec<_>>(), tags)
}

fn work(columns: &[&str], tags: &Tags) -> anyhow::Result<IndexedWork> {
    let column = |index: usize| columns.get(index).copied().context("too few columns");
    let number = |index: usize| -> anyhow::Result<u64> { Ok(column(index)?.parse()?) };
    let ids = column(15)?.trim_matches(['{', '}']).split(',').filter(|id| !id.is_empty());
    Ok(IndexedWork {
        id: number(0)?,
        title: Some(column(1)?.to_owned()),
        summary: vec![column(2)?.to_owned()],
        creators: vec![format!("Creator {}", column(3)?)],
        language: Some(column(5)?.to_owned()),
        words: number(6)?,
        chapter_count: number(7)?,
        status: if column(8)? == "1" { Status::Complete } else { Status::InProgress },
        kudos: Some(number(9)?),
        hits: Some(number(10)?),
        comments: Some(number(11)?),
        bookmarks: Some(number(12)?),
        published: Some(day(column(13)?)?),
        updated: Some(day(column(14)?)?),
        tags: ids.map(|id| tags.indexed(id.parse()?)).collect::<anyhow::Result<_>>()?,
        ..IndexedWork::default()
    })
}

fn day(text: &str) -> anyhow::Result<DayInterval> {
    let date: PartialDate = text.parse()?;
    Ok(DayInterval { first: date.first_day(), last: date.last_day() })
}

fn lines(path: &Path) -> anyhow::Result<impl Iterator<Item = std::io::Result<String>>> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    Ok(BufReader::with_capacity(1 << 20, file).lines())
}
