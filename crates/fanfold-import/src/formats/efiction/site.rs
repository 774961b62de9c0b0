//! The first pass over a dump: names are taken, long rows only by their place.

use super::schema::{Fields, Table, table_of, usual_columns};
use super::words::Words;
use crate::importer::{ImportError, Input};
use crate::sql_dump::{Cell, Columns, Dump, Event, Row, cells_of};
use std::collections::{BTreeMap, HashMap};

/// A name's bytes: how they are read is decided once all have been seen.
pub(super) type Raw = Vec<u8>;

/// One site of a dump: the tables with one prefix.
#[derive(Default)]
pub(super) struct Site {
    pub(super) address: Option<String>,
    pub(super) key: Option<String>,
    pub(super) name: Option<String>,
    pub(super) stories_folder: Option<String>,
    pub(super) words: Words,
    pub(super) authors: HashMap<i64, Raw>,
    /// Parent and name.
    pub(super) categories: HashMap<i64, (i64, Raw)>,
    /// Category and name.
    pub(super) characters: HashMap<i64, (i64, Raw)>,
    pub(super) class_types: HashMap<i64, Raw>,
    /// Type and name.
    pub(super) classes: HashMap<i64, (i64, Raw)>,
    pub(super) genres: HashMap<i64, Raw>,
    pub(super) warnings: HashMap<i64, Raw>,
    pub(super) ratings: HashMap<i64, Raw>,
    pub(super) challenges: HashMap<i64, Raw>,
    pub(super) coauthors: HashMap<i64, Vec<i64>>,
    pub(super) series: HashMap<i64, Raw>,
    /// Series and place of each story.
    pub(super) in_series: HashMap<i64, Vec<(i64, Option<u32>)>>,
    /// The series that a series stands in, and its place there.
    pub(super) series_in: HashMap<i64, Vec<(i64, Option<u32>)>>,
    pub(super) stories: Vec<RowPlace>,
    pub(super) chapters: Vec<RowPlace>,
    pub(super) reviews: Vec<RowPlace>,
    /// Whether stories rows are chapters, as in version 1.1.
    pub(super) rows_are_chapters: bool,
    column_sets: Vec<Columns>,
}

/// Where a row stands, with what it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RowPlace {
    /// The story.
    pub(super) story: i64,
    /// Its place in the story.
    pub(super) order: i64,
    /// Its own number.
    pub(super) number: i64,
    pub(super) start: u64,
    length: u32,
    columns: u16,
}

impl RowPlace {
    /// Where the row ends.
    pub(super) fn end(&self) -> u64 {
        self.start + u64::from(self.length)
    }
}

/// The sites of a dump by their prefix, and what could not be read.
#[derive(Default)]
pub(super) struct Survey {
    pub(super) sites: BTreeMap<String, Site>,
    pub(super) broken: Vec<(u64, &'static str)>,
    columns: HashMap<String, Columns>,
}

impl Survey {
    /// Goes through a dump.
    pub(super) fn of(input: &Input<'_>) -> Result<Self, ImportError> {
        let failed = |source| ImportError::Io { path: input.item.path.clone(), source };
        let mut dump = Dump::new(input.item.reader()?);
        let mut survey = Self::default();
        while let Some(event) = dump.next().map_err(failed)? {
            match event {
                Event::Table(name, columns) => {
                    survey.columns.insert(name.to_ascii_lowercase(), columns);
                }
                Event::Row(row) => survey.row(&row),
                Event::Broken(at, why) => survey.broken.push((at, why)),
            }
        }
        survey.sites.retain(|_, site| !site.stories.is_empty());
        survey.sites.values_mut().for_each(Site::settle);
        Ok(survey)
    }

    fn row(&mut self, row: &Row) {
        let Some((prefix, table)) = table_of(&row.table) else { return };
        let known =
            row.columns.as_ref().or_else(|| self.columns.get(&row.table.to_ascii_lowercase()));
        let columns = match known {
            Some(columns) => columns.clone(),
            None => usual_columns(table, row.cells.len()),
        };
        let site = self.sites.entry(prefix).or_default();
        site.take(table, row, &columns);
    }
}

impl Site {
    fn take(&mut self, table: Table, row: &Row, columns: &Columns) {
        let fields = Fields { columns, cells: &row.cells };
        row.cells.iter().for_each(|cell| self.words.notice(cell));
        let number = |name: &str| fields.number(name);
        let text = |name: &str| fields.get(name).bytes().to_vec();
        match table {
            Table::Stories => self.take_story(row, &fields),
            Table::Chapters => self.take_chapter(row, &fields),
            Table::Reviews => self.take_review(row, &fields),
            Table::Authors => keep(&mut self.authors, number("uid"), text("penname")),
            Table::Ratings => keep(&mut self.ratings, number("rid"), text("rating")),
            Table::Genres => keep(&mut self.genres, number("gid"), text("genre")),
            Table::Warnings => keep(&mut self.warnings, number("wid"), text("warning")),
            Table::Series => keep(&mut self.series, number("seriesid"), text("title")),
            Table::Challenges => keep(&mut self.challenges, number("chalid"), text("title")),
            Table::Categories => {
                let parent = number("parentcatid").unwrap_or(-1);
                keep(&mut self.categories, number("catid"), (parent, text("category")));
            }
            Table::Characters => {
                let category = number("catid").unwrap_or(-1);
                keep(&mut self.characters, number("charid"), (category, text("charname")));
            }
            Table::ClassTypes => {
                let title = fields.any(&["classtype_title", "classtype_name"]);
                keep(&mut self.class_types, number("classtype_id"), title.bytes().to_vec());
            }
            Table::Classes => {
                let kind = number("class_type").unwrap_or(0);
                keep(&mut self.classes, number("class_id"), (kind, text("class_name")));
            }
            Table::Coauthors => {
                if let (Some(story), Some(author)) = (number("sid"), number("uid")) {
                    self.coauthors.entry(story).or_default().push(author);
                }
            }
            Table::InSeries => self.take_place_in_series(&fields),
            Table::Settings => self.take_settings(&fields),
        }
    }

    fn take_story(&mut self, row: &Row, fields: &Fields<'_>) {
        let Some(number) = fields.number("sid") else { return };
        if fields.has("psid") && fields.has("storytext") {
            self.rows_are_chapters = true;
            // The first row of a story names itself, or nothing.
            let story = fields.number("psid").filter(|own| *own > 0).unwrap_or(number);
            let order = fields.number("inorder").unwrap_or(0);
            let place = self.place(row, fields, story, order, number);
            self.chapters.push(place);
            if story == number {
                self.stories.push(place);
            }
        } else {
            let place = self.place(row, fields, number, 0, number);
            self.stories.push(place);
        }
    }

    fn take_chapter(&mut self, row: &Row, fields: &Fields<'_>) {
        if let (Some(number), Some(story)) = (fields.number("chapid"), fields.number("sid")) {
            let order = fields.number("inorder").unwrap_or(0);
            let place = self.place(row, fields, story, order, number);
            self.chapters.push(place);
        }
    }

    fn take_review(&mut self, row: &Row, fields: &Fields<'_>) {
        let of_series = fields.get("type").bytes().eq_ignore_ascii_case(b"SE");
        let story = fields.any(&["item", "psid", "sid"]).number();
        if let (Some(number), Some(story), false) = (fields.number("reviewid"), story, of_series) {
            let place = self.place(row, fields, story, 0, number);
            self.reviews.push(place);
        }
    }

    fn take_place_in_series(&mut self, fields: &Fields<'_>) {
        let Some(series) = fields.number("seriesid") else { return };
        // A story that somebody proposed and the series' owner did not take.
        if fields.has("confirmed") && fields.number("confirmed") == Some(0) {
            return;
        }
        let place = fields.number("inorder").and_then(|place| u32::try_from(place).ok());
        let place = place.filter(|place| *place > 0);
        match (fields.number("sid").unwrap_or(0), fields.number("subseriesid").unwrap_or(0)) {
            (story, _) if story > 0 => {
                self.in_series.entry(story).or_default().push((series, place))
            }
            (_, inner) if inner > 0 => {
                self.series_in.entry(inner).or_default().push((series, place))
            }
            _ => {}
        }
    }

    fn take_settings(&mut self, fields: &Fields<'_>) {
        let words = &self.words;
        let some = |name: &str| {
            Some(words.text(fields.get(name)).trim().to_owned()).filter(|text| !text.is_empty())
        };
        let (address, name, key, folder) =
            (some("url"), some("sitename"), some("sitekey"), some("storiespath"));
        self.address =
            self.address.take().or_else(|| address.map(|url| url.trim_end_matches('/').to_owned()));
        self.name = self.name.take().or(name);
        self.key = self.key.take().or(key);
        let last = |path: String| path.trim_end_matches('/').rsplit('/').next().map(str::to_owned);
        self.stories_folder = self.stories_folder.take().or_else(|| folder.and_then(last));
        if fields.columns.is_empty() {
            // A backup without column names: the address is the value that looks like one.
            let address = fields
                .cells
                .iter()
                .map(|cell| words.text(cell))
                .find(|text| text.starts_with("http"));
            self.address =
                self.address.take().or(address.map(|url| url.trim_end_matches('/').to_owned()));
        }
    }

    fn place(
        &mut self,
        row: &Row,
        fields: &Fields<'_>,
        story: i64,
        order: i64,
        number: i64,
    ) -> RowPlace {
        let known = self.column_sets.iter().position(|known| known == fields.columns);
        let columns = known.unwrap_or_else(|| {
            self.column_sets.push(fields.columns.clone());
            self.column_sets.len() - 1
        });
        RowPlace {
            story,
            order,
            number,
            start: row.start,
            length: u32::try_from(row.end - row.start).unwrap_or(u32::MAX),
            columns: u16::try_from(columns).unwrap_or(u16::MAX),
        }
    }

    fn settle(&mut self) {
        self.words.decide();
        for rows in [&mut self.stories, &mut self.chapters, &mut self.reviews] {
            rows.sort_unstable();
            rows.dedup_by_key(|row| (row.story, row.number));
        }
    }

    /// The rows of a story among rows in order.
    pub(super) fn rows_of(rows: &[RowPlace], story: i64) -> &[RowPlace] {
        let start = rows.partition_point(|row| row.story < story);
        let end = rows.partition_point(|row| row.story <= story);
        &rows[start..end]
    }

    /// Reads a row again at its place.
    pub(super) fn read(
        &self,
        input: &Input<'_>,
        place: RowPlace,
    ) -> Result<Option<(Columns, Vec<Cell>)>, ImportError> {
        let columns = self.column_sets.get(usize::from(place.columns)).cloned();
        Ok(columns.zip(cells_of(&self.bytes(input, place)?)))
    }

    /// A row as it stands in the dump.
    pub(super) fn bytes(&self, input: &Input<'_>, place: RowPlace) -> Result<Vec<u8>, ImportError> {
        let mut bytes = vec![0; place.length as usize];
        let data = input.item.random_access()?;
        let mut filled = 0;
        while filled < bytes.len() {
            let at = place.start + filled as u64;
            let count = data
                .read_at(at, &mut bytes[filled..])
                .map_err(|source| ImportError::Io { path: input.item.path.clone(), source })?;
            if count == 0 {
                break;
            }
            filled += count;
        }
        bytes.truncate(filled);
        Ok(bytes)
    }
}

fn keep<V>(map: &mut HashMap<i64, V>, number: Option<i64>, value: V) {
    if let Some(number) = number {
        map.insert(number, value);
    }
}
