//! Names of tags by their words: an index of its own beside that of the works, with one entry for each tag that works
//! carry, however many they are. A word in a name finds tags here, and these find their works by number.
//!
//! A name is stemmed by the rules of the languages of the works that carry it, so a tag may have an entry for each.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fanfold_model::TagKind;
use foldhash::HashMap;
use tantivy::collector::DocSetCollector;
use tantivy::directory::MmapDirectory;
use tantivy::indexer::IndexWriterOptions;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, NumericOptions, Schema};
use tantivy::{
    IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, TantivyError, Term,
};

use crate::analyzer::{ANALYZER, Analyzer, Backlog, with_header};
use crate::columns::numbers;
use crate::error::IndexError;
use crate::schema::{code, short};
use crate::stems::StemLanguage;
use crate::terms::Asked;
use crate::work::IndexedTag;

/// Memory of the thread that writes names: the least that Tantivy takes.
const HEAP: usize = 15_000_000;
/// The folder inside the index's own.
const FOLDER: &str = "names";

/// See the module comment.
pub(crate) struct Names {
    tantivy: tantivy::Index,
    reader: IndexReader,
    fields: NameFields,
}

#[derive(Clone, Copy)]
struct NameFields {
    tag: Field,
    /// Tag and language: what an entry is replaced by.
    key: Field,
    language: Field,
    /// Tells whether the entry is still as the tag is.
    mark: Field,
    kind: Field,
    words: Field,
}

fn schema() -> (Schema, NameFields) {
    let mut b = Schema::builder();
    let fast = || NumericOptions::default().set_fast();
    let fields = NameFields {
        tag: b.add_u64_field("tag", fast().set_indexed()),
        key: b.add_text_field("key", code()),
        language: b.add_text_field("language", code().set_fast("raw")),
        mark: b.add_u64_field("mark", fast()),
        kind: b.add_text_field("kind", code()),
        words: short(&mut b, "names"),
    };
    (b.build(), fields)
}

/// Where the names of the index in a folder are.
pub(crate) fn folder(dir: &Path) -> PathBuf {
    dir.join(FOLDER)
}

impl Names {
    /// Opens the names beside an index, or makes an empty list of them.
    pub(crate) fn open(dir: &Path) -> Result<Self, IndexError> {
        let dir = folder(dir);
        fs::create_dir_all(&dir)
            .map_err(|source| IndexError::Disk { path: dir.clone(), source })?;
        let directory = MmapDirectory::open(&dir).map_err(TantivyError::from)?;
        Self::wrap(tantivy::Index::open_or_create(directory, schema().0)?)
    }

    pub(crate) fn in_memory() -> Result<Self, IndexError> {
        Self::wrap(tantivy::Index::create_in_ram(schema().0))
    }

    fn wrap(tantivy: tantivy::Index) -> Result<Self, IndexError> {
        // Names are few: nobody has to wait for them.
        tantivy.tokenizers().register(ANALYZER, Analyzer::new(Arc::new(Backlog::default())));
        let reader = tantivy.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { tantivy, reader, fields: schema().1 })
    }

    /// Makes the last commit visible.
    pub(crate) fn refresh(&self) -> Result<(), IndexError> {
        Ok(self.reader.reload()?)
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// Tags of a kind, or of any, with all of these words in their names; ascending.
    pub(crate) fn find(
        &self,
        asked: &[Asked],
        kind: Option<TagKind>,
    ) -> Result<Vec<u64>, IndexError> {
        let searcher = self.searcher();
        let mut all: Vec<Box<dyn Query>> =
            asked.iter().map(|asked| asked.of(self.fields.words)).collect();
        if let Some(kind) = kind {
            let term = Term::from_field_text(self.fields.kind, kind.as_str());
            all.push(Box::new(TermQuery::new(term, IndexRecordOption::Basic)));
        }
        let found = searcher.search(&BooleanQuery::intersection(all), &DocSetCollector)?;
        let mut columns = Vec::new();
        for reader in searcher.segment_readers() {
            columns.push(numbers(reader, "tag")?);
        }
        let tag = |at: tantivy::DocAddress| columns.get(at.segment_ord as usize)?.first(at.doc_id);
        let mut tags: Vec<u64> = found.into_iter().filter_map(tag).collect();
        tags.sort_unstable();
        tags.dedup();
        Ok(tags)
    }
}

/// Writes names as works bring them.
#[derive(Default)]
pub(crate) struct NamesWriter {
    /// Made when the first name comes.
    inner: Option<IndexWriter>,
    /// What is there already, as far as works have asked.
    marks: HashMap<(u64, Option<StemLanguage>), u64>,
}

impl NamesWriter {
    /// Puts the names of a tag in place of what is there, if they are others.
    pub(crate) fn put(
        &mut self,
        names: &Names,
        tag: &IndexedTag,
        language: Option<StemLanguage>,
    ) -> Result<(), IndexError> {
        let mark = tag.mark;
        if self.marks.get(&(tag.id, language)) == Some(&mark) {
            return Ok(());
        }
        let code = language.map_or("", StemLanguage::code);
        let key = format!("{} {code}", tag.id);
        let term = Term::from_field_text(names.fields.key, &key);
        let known = self.marks.insert((tag.id, language), mark);
        let there = match known {
            None => kept_mark(&names.searcher(), &term)?,
            known => known,
        };
        if there == Some(mark) {
            return Ok(());
        }
        let mut doc = TantivyDocument::new();
        doc.add_u64(names.fields.tag, tag.id);
        doc.add_text(names.fields.key, key);
        doc.add_text(names.fields.language, code);
        doc.add_u64(names.fields.mark, mark);
        doc.add_text(names.fields.kind, tag.kind.as_str());
        for name in tag.names() {
            doc.add_text(names.fields.words, with_header(language, name));
        }
        let writer = self.writer(names)?;
        if there.is_some() {
            writer.delete_term(term); // looked for in every segment: not for names that are new
        }
        writer.add_document(doc)?;
        Ok(())
    }

    /// Puts the names of a tag that works carry, in every language in which the last commit has it.
    pub(crate) fn rename(&mut self, names: &Names, tag: &IndexedTag) -> Result<(), IndexError> {
        let searcher = names.searcher();
        let term = Term::from_field_u64(names.fields.tag, tag.id);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let mut languages = BTreeSet::new();
        for at in searcher.search(&query, &DocSetCollector)? {
            let column = searcher.segment_reader(at.segment_ord).fast_fields().str("language")?;
            let Some(column) = column else {
                continue;
            };
            for ord in column.term_ords(at.doc_id) {
                let mut code = String::new();
                column.ord_to_str(ord, &mut code).map_err(TantivyError::from)?;
                languages.insert(StemLanguage::for_tag(&code));
            }
        }
        languages.into_iter().try_for_each(|language| self.put(names, tag, language))
    }

    fn writer(&mut self, names: &Names) -> Result<&mut IndexWriter, IndexError> {
        let writer = match self.inner.take() {
            Some(writer) => writer,
            None => {
                let options = IndexWriterOptions::builder()
                    .num_worker_threads(1)
                    .memory_budget_per_thread(HEAP)
                    .num_merge_threads(1)
                    .build();
                names.tantivy.writer_with_options(options)?
            }
        };
        Ok(self.inner.insert(writer))
    }

    /// Makes what was put durable.
    pub(crate) fn commit(&mut self) -> Result<(), IndexError> {
        if let Some(writer) = &mut self.inner {
            writer.commit()?;
        }
        Ok(())
    }

    /// Waits until segments are merged.
    pub(crate) fn close(self) -> Result<(), IndexError> {
        self.inner.map_or(Ok(()), |writer| Ok(writer.wait_merging_threads()?))
    }
}

/// The mark of the entry that is there.
fn kept_mark(searcher: &Searcher, key: &Term) -> Result<Option<u64>, IndexError> {
    let query = TermQuery::new(key.clone(), IndexRecordOption::Basic);
    let Some(at) = searcher.search(&query, &DocSetCollector)?.into_iter().next() else {
        return Ok(None);
    };
    Ok(numbers(searcher.segment_reader(at.segment_ord), "mark")?.first(at.doc_id))
}
