//! How statements are written: one `&'static str` for both engines, values as `$1…` in the order
//! of their first use (SQLite numbers them so), lists as one JSON text, the visibility rule once.

/// Names the statements of a module and, for the test that prepares all of them on both engines,
/// gathers them in `ALL`.
macro_rules! statements {
    ($($name:ident = $text:expr;)*) => {
        $(pub(crate) const $name: &str = $text;)*
        #[cfg(test)]
        pub(crate) const ALL: &[&str] = &[$($name),*];
    };
}

/// Names the many-row statements of a module and gathers them in `ALL`.
macro_rules! inserts {
    ($($name:ident = $insert:expr;)*) => {
        $(pub(crate) const $name: $crate::db::Insert = $insert;)*
        #[cfg(test)]
        pub(crate) const ALL: &[$crate::db::Insert] = &[$($name),*];
    };
}

/// The numbers of a list parameter: `id IN` this.
macro_rules! ids {
    ($parameter:literal) => {
        concat!("(SELECT CAST(value AS BIGINT) FROM json_each(CAST(", $parameter, " AS TEXT)))")
    };
}

/// The texts of a list parameter: `uid IN` this.
macro_rules! names {
    ($parameter:literal) => {
        concat!("(SELECT value FROM json_each(CAST(", $parameter, " AS TEXT)))")
    };
}

/// The one visibility rule ([`fanfold_model::Viewer::may_see`]) over a row of `works`. The
/// parameter is the viewer as [`crate::statements::viewer`] writes it. Reads pass it; nothing else
/// in this crate decides who sees what.
macro_rules! visible {
    ($works:literal, $viewer:literal) => {
        concat!(
            "(",
            $works,
            ".removed = 0 AND (CAST(",
            $viewer,
            " AS TEXT) = 'owner' OR (",
            $works,
            ".held IS NULL AND ",
            $works,
            ".visibility = 'public')))"
        )
    };
}

/// The folded name of a row of `tags`, by which lists are sorted: what readers see, not the key.
macro_rules! listed {
    ($tags:literal) => {
        concat!("COALESCE(", $tags, ".listed, ", $tags, ".folded)")
    };
}

/// The rows of `tags` that go by a name, of whatever kind. The parameters are those of [`crate::statements::keys`].
macro_rules! known_by {
    ($tags:literal, $folded:literal, $ordered:literal) => {
        concat!(
            "(",
            $tags,
            ".folded IN (",
            $folded,
            ", ",
            $ordered,
            ") AND ",
            $tags,
            ".folded = CASE ",
            $tags,
            ".kind WHEN 'relationship' THEN ",
            $ordered,
            " ELSE ",
            $folded,
            " END)"
        )
    };
}

pub(crate) use {ids, inserts, known_by, listed, names, statements, visible};

use crate::db::Val;
use fanfold_model::{TagKind, Viewer, fold_name, fold_tag};

/// The viewer as a value.
pub(crate) fn viewer(viewer: Viewer) -> Val {
    Val::from(match viewer {
        Viewer::Owner => "owner",
        Viewer::Public => "public",
    })
}

/// The two keys of a name: of a tag of any kind but one, and of a relationship.
pub(crate) fn keys(name: &str) -> [Val; 2] {
    [fold_name(name).into(), fold_tag(TagKind::Relationship, name).into()]
}
