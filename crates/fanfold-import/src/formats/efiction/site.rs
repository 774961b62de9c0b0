//! The first pass over a dump: names are taken, long rows only by their place.

use super::rows::{Reviews, RowPlace, Rows};
use super::schema::{Fields, Table, table_of, usual_columns};
use super::words::Words;
use crate::importer::{ImportError, Input};
use crate::sql_dump::{Columns, Dump, Event, Row};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The longest name that is kept.
const MOST_NAME: usize = 2_000;

/// A name's bytes: how they are read is decided once all have been seen.
pub(super) type Raw = Vec<u8>;

/// One site of a dump: the tables with one prefix.
#[derive(Default)]
pub(super) struct Site {
    pub(super) address: Option<String>,
    pub(super) key: Option<String>,
    pub(super) name: Option<String>,
    pub(super) stories_folder: Option<String>,
    pub(super) language: Option<String>,
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
    pub(super) stories: Rows,
    pub(super) chapters: Rows,
    pub(super) reviews: Reviews,
    /// Whether stories rows are chapters, as in version 1.1.
    pub(super) rows_are_chapters: bool,
    pub(super) column_sets: Vec<Columns>,
}

/// The sites of a dump by their prefix, and what could not be read.
#[derive(Default)]
pub(super) struct Survey {
    pub(super) sites: BTreeMap<String, Site>,
    pub(super) broken: Vec<(u64, &'static str)>,
    /// Names of all tables that bring rows, the first of them.
    pub(super) tables: BTreeSet<String>,
    columns: HashMap<String, Columns>,
    /// The database that the rows belong to, in a dump of several.
    database: String,
    /// Settings, each with the prefix of the tables that it is about.
    settings: Vec<(String, Settings)>,
}

/// What a site says about itself.
#[derive(Default, Clone)]
struct Settings {
    address: Option<String>,
    key: Option<String>,
    name: Option<String>,
    stories_folder: Option<String>,
    language: Option<String>,
}

impl Survey {
    /// Goes through a dump.
    pub(super) fn of(input: &Input<'_>) -> Result<Self, ImportError> {
        let failed = |source| ImportError::Io { path: input.item.path.clone(), source };
        let mut dump = Dump::new(input.item.reader()?);
        let mut survey = Self::default();
        while let Some(event) = dump.next().map_err(failed)? {
            match event {
                Event::Database(name) => survey.database = name,
                Event::Table(name, columns) => {
                    survey.columns.insert(survey.key(&name), columns);
                }
                Event::Row(row) => survey.row(&row),
                Event::Broken(at, why) => survey.broken.push((at, why)),
            }
        }
        survey.sites.retain(|_, site| site.has_stories());
        survey.sites.values_mut().for_each(Site::settle);
        survey.introduce();
        Ok(survey)
    }

    fn key(&self, name: &str) -> String {
        format!("{}\n{}", self.database, name.to_ascii_lowercase())
    }

    /// Gives each site its settings: those with its prefix, else the only ones of its database.
    fn introduce(&mut self) {
        for (prefix, site) in &mut self.sites {
            let own = self.settings.iter().filter(|(of, _)| of == prefix);
            let database = |key: &str| key.split('\n').next().unwrap_or_default().to_owned();
            let alone = self.settings.iter().filter(|(of, _)| database(of) == database(prefix));
            let found =
                own.clone().next().or_else(|| alone.clone().next().filter(|_| alone.count() == 1));
            let Some((_, found)) = found.cloned() else { continue };
            let Settings { address, key, name, stories_folder, language } = found;
            (site.address, site.key, site.name) = (address, key, name);
            (site.stories_folder, site.language) = (stories_folder, language);
        }
    }

    fn row(&mut self, row: &Row) {
        if self.tables.len() < 40 && !self.tables.contains(&*row.table) {
            self.tables.insert(row.table.to_string());
        }
        let Some((prefix, table)) = table_of(&row.table) else { return };
        let known = row.columns.as_ref().or_else(|| self.columns.get(&self.key(&row.table)));
        let columns = match known {
            Some(columns) => columns.clone(),
            None => usual_columns(table, row.cells.len()),
        };
        let prefix = self.key(&prefix);
        if table == Table::Settings {
            let named = known.is_some();
            let fields = Fields { columns: &columns, cells: &row.cells };
            return self.take_settings(prefix, &fields, named);
        }
        self.sites.entry(prefix).or_default().take(table, row, &columns);
    }

    /// Settings name the prefix of their site's tables, which need not be their own.
    fn take_settings(&mut self, own: String, fields: &Fields<'_>, named: bool) {
        let some = |name: &str| {
            let text = Words::default().text(fields.get(name)).trim().to_owned();
            Some(text).filter(|text| !text.is_empty())
        };
        let last = |path: String| path.trim_end_matches('/').rsplit('/').next().map(str::to_owned);
        let settings = Settings {
            address: some("url").map(|url| url.trim_end_matches('/').to_owned()),
            key: some("sitekey"),
            name: some("sitename"),
            stories_folder: some("storiespath").and_then(last).filter(|name| !name.is_empty()),
            language: some("language"),
        };
        let prefix = some("tableprefix").map(|prefix| self.key(&format!("{prefix}fanfiction_")));
        // Without names it may be the settings of version 1.1, which are the site's messages.
        let fits = settings.address.as_ref().is_some_and(|url| url.starts_with("http"));
        if fits || named && (fields.has("sitekey") || fields.has("url")) {
            self.settings.push((prefix.unwrap_or(own), settings));
        }
    }
}

impl Site {
    fn take(&mut self, table: Table, row: &Row, columns: &Columns) {
        let fields = Fields { columns, cells: &row.cells };
        row.cells.iter().for_each(|cell| self.words.notice(cell));
        let number = |name: &str| fields.number(name);
        let text = |name: &str| {
            let bytes = fields.get(name).bytes();
            bytes[..bytes.len().min(MOST_NAME)].to_vec()
        };
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
            Table::Settings => {}
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
            self.chapters.add(place);
            if story == number {
                self.stories.add(place);
            }
        } else {
            let place = self.place(row, fields, number, 0, number);
            self.stories.add(place);
        }
    }

    fn take_chapter(&mut self, row: &Row, fields: &Fields<'_>) {
        if let (Some(number), Some(story)) = (fields.number("chapid"), fields.number("sid")) {
            let order = fields.number("inorder").unwrap_or(0);
            let place = self.place(row, fields, story, order, number);
            self.chapters.add(place);
        }
    }

    fn take_review(&mut self, row: &Row, fields: &Fields<'_>) {
        let of_series = fields.get("type").bytes().eq_ignore_ascii_case(b"SE");
        let story = fields.any(&["item", "psid", "sid"]).number();
        if let (Some(number), Some(story), false) = (fields.number("reviewid"), story, of_series) {
            let place = self.place(row, fields, story, 0, number);
            self.reviews.add(place);
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

    /// Whether there is anything to read: stories, or chapters of a dump that broke off before its stories.
    fn has_stories(&self) -> bool {
        !self.stories.all.is_empty() || !self.chapters.all.is_empty()
    }

    fn settle(&mut self) {
        self.words.decide();
        self.stories.settle();
        self.chapters.settle();
        self.reviews.settle();
    }
}

fn keep<V>(map: &mut HashMap<i64, V>, number: Option<i64>, value: V) {
    if let Some(number) = number {
        map.insert(number, value);
    }
}
