//! The tables of eFiction, told apart by their columns and never by the version that the site states.
//!
//! Source: the table definitions of eFiction 1.1, 2.0, 3.0 to 3.5 and the community's fork. The built-in backup writes
//! rows without column names; then the order of the definitions counts.

use crate::sql_dump::{Cell, Columns};

/// The tables that are read. Everything else in a dump is passed over: mail addresses, logs, messages, skins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Table {
    Stories,
    Chapters,
    Authors,
    Categories,
    Characters,
    ClassTypes,
    Classes,
    Genres,
    Warnings,
    Ratings,
    Coauthors,
    InSeries,
    Series,
    Challenges,
    Reviews,
    Settings,
}

/// Names at the end of a table's name, the longer before those that end them, with the columns of the newest version.
const TABLES: [(Table, &str, &str); 16] = [
    (Table::InSeries, "inseries", "seriesid sid subseriesid confirmed inorder"),
    (Table::ClassTypes, "classtypes", "classtype_id classtype_name classtype_title"),
    (Table::Classes, "classes", "class_id class_type class_name"),
    (
        Table::Stories,
        "stories",
        "sid title summary storynotes catid classes charid rid date updated uid coauthors featured validated completed \
         rr wordcount rating reviews count challenges",
    ),
    (
        Table::Chapters,
        "chapters",
        "chapid title inorder notes storytext endnotes validated wordcount rating reviews sid uid count",
    ),
    (
        Table::Authors,
        "authors",
        "uid penname realname email website bio image date admincreated password",
    ),
    (
        Table::Categories,
        "categories",
        "catid parentcatid category description image locked leveldown displayorder numitems",
    ),
    (Table::Characters, "characters", "charid catid charname bio image"),
    (Table::Genres, "genres", "gid genre"),
    (Table::Warnings, "warnings", "wid warning"),
    (Table::Ratings, "ratings", "rid rating ratingwarning warningtext"),
    (Table::Coauthors, "coauthors", "sid uid"),
    (
        Table::Series,
        "series",
        "seriesid title summary uid isopen catid rating classes characters reviews challenges numstories",
    ),
    (
        Table::Challenges,
        "challenges",
        "chalid challenger uid title catid characters summary responses",
    ),
    (
        Table::Reviews,
        "reviews",
        "reviewid item chapid reviewer uid review date rating respond type",
    ),
    (
        Table::Settings,
        "settings",
        "sitekey sitename slogan url siteemail tableprefix skin hiddenskins language submissionsoff storiespath store",
    ),
];

/// `stories` of version 1.1, where each row is a chapter.
const STORIES_1: &str = "sid psid title chapter summary catid gid charid wid rid date updated uid featured counter \
                         validated inorder storytext completed rr wordcount numreviews";

/// `reviews` of version 1.1.
const REVIEWS_1: &str = "reviewid sid psid reviewer member review date rating";

/// A table by its name, and what stands before: the prefix that all tables of one site share.
pub(super) fn table_of(name: &str) -> Option<(String, Table)> {
    let lower = name.to_ascii_lowercase();
    TABLES.iter().find_map(|(table, ending, _)| {
        let prefix = lower.strip_suffix(ending)?;
        let whole = prefix.is_empty() || prefix.ends_with('_') || prefix.ends_with("fanfiction");
        whole.then(|| (prefix.to_owned(), *table))
    })
}

/// The columns of a row that does not name them.
pub(super) fn usual_columns(table: Table, cells: usize) -> Columns {
    let usual = TABLES.iter().find(|(own, ..)| *own == table).map_or("", |(.., columns)| columns);
    let is = |names: &str| cells == names.split_whitespace().count();
    let names = match table {
        Table::Stories if is(STORIES_1) => STORIES_1,
        Table::Reviews if is(REVIEWS_1) => REVIEWS_1,
        _ => usual,
    };
    names.split_whitespace().map(str::to_owned).collect::<Vec<_>>().into()
}

/// A row by the names of its columns.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    pub(super) columns: &'a Columns,
    pub(super) cells: &'a [Cell],
}

impl<'a> Fields<'a> {
    /// The value of a column; NULL where there is no such column.
    pub(super) fn get(&self, name: &str) -> &'a Cell {
        let at = self.columns.iter().position(|column| column == name);
        at.and_then(|at| self.cells.get(at)).unwrap_or(&Cell::Null)
    }

    /// Whether there is such a column.
    pub(super) fn has(&self, name: &str) -> bool {
        self.columns.iter().any(|column| column == name)
    }

    /// The first of these columns that there is.
    pub(super) fn any(&self, names: &[&str]) -> &'a Cell {
        names.iter().find(|name| self.has(name)).map_or(&Cell::Null, |name| self.get(name))
    }

    /// The value of a column as a whole number.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.get(name).number()
    }

    /// Whether the site kept the row from the public: there is a column that says so, and it does not say yes.
    pub(super) fn waits(&self) -> bool {
        self.has("validated") && self.number("validated").unwrap_or(0) < 1
    }
}
