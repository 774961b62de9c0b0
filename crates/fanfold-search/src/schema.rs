//! The fields of the index. Nothing is stored: the store has it. Any change here, or in how words are made, needs a new
//! [`FORMAT`], so that older indexes are rebuilt.

use fanfold_model::TagKind;
use fanfold_model::query::{DateField, NumberField, TextField};
use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

use crate::analyzer::ANALYZER;

/// Version of the layout and of the rules that make words.
pub(crate) const FORMAT: u32 = 2;

/// The field of the chapters.
pub(crate) const TEXT: &str = "text";

/// Handles of all fields.
#[derive(Clone)]
pub(crate) struct Fields {
    /// The work's number.
    pub(crate) id: Field,
    /// Visibility, or `held`.
    pub(crate) access: Field,
    /// Languages, each with its shorter forms (`en-gb`, `en`).
    pub(crate) language: Field,
    /// The language counted in the facet: as stated, one a work.
    pub(crate) language_shown: Field,
    /// Which stemming rules made the words.
    pub(crate) stemmed: Field,
    /// Status.
    pub(crate) status: Field,
    /// `complete`, `incomplete`, `adult`.
    pub(crate) flags: Field,
    pub(crate) title: Field,
    pub(crate) title_key: Field,
    pub(crate) creator: Field,
    pub(crate) creator_key: Field,
    pub(crate) summary: Field,
    pub(crate) text: Field,
    pub(crate) series: Field,
    pub(crate) collection: Field,
    pub(crate) source: Field,
    /// Tags as they stand on the work, by kind in the order of [`TagKind::ALL`]. What they mean is asked of the tag graph.
    carried: [Field; 7],
    numbers: [Field; 6],
    dates: [(Field, Field); 3],
}

/// Name of the field with the tags of a kind.
pub(crate) fn carried_name(kind: TagKind) -> String {
    format!("carried_{kind}")
}

/// Name of the column of a number. Numbers of tags have none: what counts as one is asked of the tag graph.
pub(crate) fn number_column(field: NumberField) -> &'static str {
    match field {
        NumberField::Words => "words",
        NumberField::Chapters => "chapters",
        NumberField::Kudos => "kudos",
        NumberField::Hits => "hits",
        NumberField::Comments => "comments",
        NumberField::Bookmarks => "bookmarks",
        NumberField::Fandoms => "fandoms",
        NumberField::Relationships => "relationships",
        NumberField::Id => "id",
    }
}

/// Names of the columns of a date's first and last day.
pub(crate) fn date_columns(field: DateField) -> (&'static str, &'static str) {
    match field {
        DateField::Published => ("published_first", "published_last"),
        DateField::Updated => ("updated_first", "updated_last"),
        DateField::Imported => ("imported_first", "imported_last"),
    }
}

const NUMBERS: [NumberField; 6] = [
    NumberField::Words,
    NumberField::Chapters,
    NumberField::Kudos,
    NumberField::Hits,
    NumberField::Comments,
    NumberField::Bookmarks,
];

const DATES: [DateField; 3] = [DateField::Published, DateField::Updated, DateField::Imported];

/// Builds the schema; the order of the fields is part of the format.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let b = &mut builder;
    let fast = || NumericOptions::default().set_fast();
    let fields = Fields {
        id: b.add_u64_field("id", fast().set_indexed()),
        access: b.add_text_field("access", code()),
        language: b.add_text_field("language", code()),
        language_shown: b.add_text_field("language_shown", TextOptions::default().set_fast("raw")),
        stemmed: b.add_text_field("stemmed", code()),
        status: b.add_text_field("status", code().set_fast("raw")),
        flags: b.add_text_field("flags", code()),
        title: words(b, "title"),
        title_key: b.add_text_field("title_key", TextOptions::default().set_fast("raw")),
        creator: words(b, "creator"),
        creator_key: b.add_text_field("creator_key", TextOptions::default().set_fast("raw")),
        summary: words(b, "summary"),
        text: words(b, TEXT),
        series: short(b, "series"),
        collection: short(b, "collection"),
        source: short(b, "source"),
        carried: TagKind::ALL.map(|kind| {
            b.add_u64_field(&carried_name(kind), NumericOptions::default().set_indexed())
        }),
        numbers: NUMBERS.map(|field| b.add_u64_field(number_column(field), fast())),
        dates: DATES.map(|field| {
            let (first, last) = date_columns(field);
            (b.add_u64_field(first, fast()), b.add_u64_field(last, fast()))
        }),
    };
    (builder.build(), fields)
}

/// Texts whose length says how much a word in them matters.
fn words(builder: &mut SchemaBuilder, name: &str) -> Field {
    builder.add_text_field(name, TextOptions::default().set_indexing_options(in_places()))
}

/// Names: a word in any of them matters the same.
pub(crate) fn short(builder: &mut SchemaBuilder, name: &str) -> Field {
    let indexing = in_places().set_fieldnorms(false);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

fn in_places() -> TextFieldIndexing {
    TextFieldIndexing::default()
        .set_tokenizer(ANALYZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions)
}

/// A short code, kept whole.
pub(crate) fn code() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    TextOptions::default().set_indexing_options(indexing)
}

impl Fields {
    /// Where the tags of a kind are.
    pub(crate) fn carried(&self, kind: TagKind) -> Field {
        // Every kind is in ALL; the first stands in for the impossible.
        let index = TagKind::ALL.iter().position(|known| *known == kind).unwrap_or_default();
        self.carried[index]
    }

    /// Where a number is.
    pub(crate) fn number(&self, field: NumberField) -> Field {
        NUMBERS
            .iter()
            .position(|known| *known == field)
            .map_or(self.id, |index| self.numbers[index])
    }

    /// Where the first and the last day of a date are.
    pub(crate) fn date(&self, field: DateField) -> (Field, Field) {
        self.dates[DATES.iter().position(|known| *known == field).unwrap_or_default()]
    }

    /// The fields that a text condition looks into, each with its weight.
    pub(crate) fn text(&self, field: TextField) -> Vec<(Field, f32)> {
        match field {
            TextField::Title => vec![(self.title, 1.0)],
            TextField::Creator => vec![(self.creator, 1.0)],
            TextField::Series => vec![(self.series, 1.0)],
            TextField::Collection => vec![(self.collection, 1.0)],
            TextField::Source => vec![(self.source, 1.0)],
            TextField::Text => vec![(self.text, 1.0)],
            TextField::Summary => vec![(self.summary, 1.0)],
            TextField::Anywhere => {
                let large = [(self.title, 7.0), (self.creator, 5.0), (self.series, 3.0)];
                let small = [(self.summary, 1.5), (self.text, 1.0), (self.collection, 1.0)];
                large.into_iter().chain(small).collect()
            }
        }
    }
}
