//! A plain Tantivy index: one indexed field of tag numbers expanded at write time, a column of canonical tags for each
//! kind, columns of numbers, title and summary as text; the library's own collectors, and one that counts columns.

use std::ops::Bound;
use std::path::{Path, PathBuf};

use anyhow::Context;
use fanfold_model::TagKind;
use tantivy::collector::sort_key::SortByStaticFastValue;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{AllQuery, BooleanQuery, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TEXT};
use tantivy::{Index, IndexReader, IndexWriter, Order, Searcher, TantivyDocument, Term};

use super::row::{NUMBERS, Row};
use super::tantivy_facets::FacetCounting;
use super::{Answer, Reference, Reply, Size};
use crate::meter;
use crate::search::asked::{Asked, By};

pub(super) const NAME: &str = "tantivy";

/// What the writers may keep in memory, as the library's examples have it for large indexes.
const WRITER_BYTES: usize = 200_000_000;

#[derive(Clone)]
struct Fields {
    id: Field,
    tags: Field,
    facets: [Field; 7],
    numbers: [Field; 9],
    language: Field,
    title: Field,
    summary: Field,
}

/// The column of a kind's canonical tags.
pub(super) fn facet_column(kind: TagKind) -> String {
    format!("facet_{kind}")
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let fields = Fields {
        id: builder.add_u64_field("id", FAST),
        tags: builder.add_u64_field("tags", INDEXED),
        facets: TagKind::ALL.map(|kind| builder.add_u64_field(&facet_column(kind), FAST)),
        numbers: NUMBERS.map(|name| match name {
            "complete" => builder.add_u64_field(name, INDEXED),
            _ => builder.add_u64_field(name, FAST),
        }),
        language: builder.add_text_field("language", STRING),
        title: builder.add_text_field("title", TEXT),
        summary: builder.add_text_field("summary", TEXT),
    };
    (builder.build(), fields)
}

/// The index being written.
pub(super) struct Building {
    folder: PathBuf,
    fields: Fields,
    index: Index,
    writer: IndexWriter,
}

impl Building {
    pub(super) fn new(folder: &Path) -> anyhow::Result<Self> {
        let (schema, fields) = schema();
        let index = Index::create_in_dir(folder, schema)?;
        let writer = index.writer_with_num_threads(2, WRITER_BYTES)?;
        Ok(Self { folder: folder.to_owned(), fields, index, writer })
    }
}

impl super::Building for Building {
    fn add(&mut self, row: &Row<'_>) -> anyhow::Result<()> {
        let mut document = TantivyDocument::default();
        document.add_u64(self.fields.id, row.work.id);
        row.tags.iter().for_each(|tag| document.add_u64(self.fields.tags, *tag));
        for (kind, field) in TagKind::ALL.into_iter().zip(self.fields.facets) {
            let facets = row.facets.iter().filter(|(of, _)| *of == kind);
            facets.for_each(|(_, tag)| document.add_u64(field, *tag));
        }
        for (field, number) in self.fields.numbers.into_iter().zip(row.numbers()) {
            document.add_u64(field, number);
        }
        document.add_text(self.fields.language, row.language());
        document.add_text(self.fields.title, row.title());
        document.add_text(self.fields.summary, row.summary());
        self.writer.add_document(document)?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> anyhow::Result<Box<dyn Reference>> {
        self.writer.commit()?;
        self.writer.wait_merging_threads()?;
        let reader = self.index.reader()?;
        Ok(Box::new(PlainTantivy { folder: self.folder, fields: self.fields, reader }))
    }
}

struct PlainTantivy {
    folder: PathBuf,
    fields: Fields,
    reader: IndexReader,
}

impl Reference for PlainTantivy {
    fn ask(&mut self, asked: &Asked) -> anyhow::Result<Reply> {
        let searcher = self.reader.searcher();
        let query = self.query(asked);
        let facets = asked.facets.then_some(FacetCounting);
        let (total, top, facets) = match asked.sort {
            By::Kudos => by_column(&searcher, &query, "kudos", facets)?,
            By::Updated => by_column(&searcher, &query, "updated", facets)?,
            By::Rank => by_score(&searcher, &query, facets)?,
        };
        Ok(Reply::Answer(Answer { total, top, facets: facets.unwrap_or_default() }))
    }

    fn cpu_ns(&self) -> anyhow::Result<Option<u64>> {
        Ok(Some(meter::thread_cpu_ns()?))
    }

    fn size(&mut self) -> anyhow::Result<Size> {
        Ok(Size { bytes: meter::folder_bytes(&self.folder)?, index_bytes: None })
    }
}

type Found = (u64, Vec<u64>, Option<Vec<(TagKind, u64, u64)>>);

/// Ties by id: a document's own place says nothing of it once segments were merged.
fn by_column(
    searcher: &Searcher,
    query: &BooleanQuery,
    column: &str,
    facets: Option<FacetCounting>,
) -> anyhow::Result<Found> {
    let key = SortByStaticFastValue::<u64>::for_field(column);
    let id = SortByStaticFastValue::<u64>::for_field("id");
    let top = TopDocs::with_limit(20).order_by(((key, Order::Desc), (id, Order::Asc)));
    let (total, top, facets) = searcher.search(query, &(Count, top, facets))?;
    let ids = top.into_iter().filter_map(|((_, id), _)| id).collect();
    Ok((total as u64, ids, facets))
}

fn by_score(
    searcher: &Searcher,
    query: &BooleanQuery,
    facets: Option<FacetCounting>,
) -> anyhow::Result<Found> {
    let top = TopDocs::with_limit(20).order_by_score();
    let (total, top, facets) = searcher.search(query, &(Count, top, facets))?;
    let id = |address: tantivy::DocAddress| -> anyhow::Result<u64> {
        let ids = searcher.segment_reader(address.segment_ord).fast_fields().u64("id")?;
        ids.first(address.doc_id).context("a work without a number")
    };
    let ids = top.into_iter().map(|(_, address)| id(address)).collect::<anyhow::Result<_>>()?;
    Ok((total as u64, ids, facets))
}

impl PlainTantivy {
    fn query(&self, asked: &Asked) -> BooleanQuery {
        let mut must = self.columns(asked);
        must.extend(asked.include.iter().map(|tag| number(self.fields.tags, *tag)));
        if !asked.rating.is_empty() {
            let ratings = asked.rating.iter().map(|tag| number(self.fields.tags, *tag)).collect();
            must.push(Box::new(BooleanQuery::union(ratings)));
        }
        for word in &asked.text {
            let within = [self.fields.title, self.fields.summary].map(|field| text(field, word));
            must.push(Box::new(BooleanQuery::union(within.into())));
        }
        if must.is_empty() {
            must.push(Box::new(AllQuery));
        }
        let mut clauses: Vec<(Occur, Box<dyn Query>)> =
            must.into_iter().map(|query| (Occur::Must, query)).collect();
        let not = asked.exclude.iter().map(|tag| number(self.fields.tags, *tag));
        clauses.extend(not.map(|query| (Occur::MustNot, query)));
        BooleanQuery::new(clauses)
    }

    fn columns(&self, asked: &Asked) -> Vec<Box<dyn Query>> {
        let [words, _, complete, ..] = self.fields.numbers;
        let mut must: Vec<Box<dyn Query>> = Vec::new();
        if let Some((from, to)) = asked.word_range() {
            let bound = |number| Bound::Included(Term::from_field_u64(words, number));
            must.push(Box::new(RangeQuery::new(bound(from), bound(to))));
        }
        must.extend(asked.lang.as_ref().map(|language| {
            let term = Term::from_field_text(self.fields.language, language);
            boxed(TermQuery::new(term, IndexRecordOption::Basic))
        }));
        must.extend(asked.complete.map(|yes| number(complete, yes)));
        must
    }
}

fn number(field: Field, number: u64) -> Box<dyn Query> {
    boxed(TermQuery::new(Term::from_field_u64(field, number), IndexRecordOption::Basic))
}

fn text(field: Field, word: &str) -> Box<dyn Query> {
    let term = Term::from_field_text(field, &word.to_lowercase());
    boxed(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

fn boxed(query: impl Query) -> Box<dyn Query> {
    Box::new(query)
}
