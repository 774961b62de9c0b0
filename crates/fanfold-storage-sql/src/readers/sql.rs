//! The statements of what readers keep.

use crate::statements::statements;

/// The mutes of reader `$1` that hold on day `$2`.
macro_rules! holding {
    () => {
        "m.reader = $1 AND (m.until IS NULL OR m.until >= $2)"
    };
}

statements! {
    FILTERS = "SELECT name, query, usual FROM saved_filters WHERE reader = $1 ORDER BY folded";
    NOT_USUAL = "UPDATE saved_filters SET usual = 0 WHERE reader = $1";
    FORGET_FILTER = "DELETE FROM saved_filters WHERE reader = $1 AND folded = $2";
    MUTES = "SELECT sort, key, name, until FROM mutes WHERE reader = $1 ORDER BY at DESC, sort, key";
    UNMUTE = "DELETE FROM mutes WHERE reader = $1 AND sort = $2 AND key = $3";
    MUTED_TAGS = concat!(
        "SELECT DISTINCT COALESCE(e.parent, t.id) FROM mutes m \
         JOIN tags t ON t.kind = m.kind AND t.folded = m.folded \
         LEFT JOIN tag_edges e ON e.child = t.id AND e.kind = 'synonym' \
         WHERE m.sort = 'tag' AND ", holding!(), " ORDER BY 1"
    );
    MUTED_WORKS = concat!(
        "SELECT m.number FROM mutes m WHERE m.sort = 'work' AND ", holding!(),
        " UNION SELECT c.work FROM mutes m JOIN work_creators c ON c.creator = m.number \
         WHERE m.sort = 'creator' AND ", holding!(), " ORDER BY 1"
    );
}

pub(crate) mod inserts {
    //! Rows of filters and mutes.

    use crate::db::Insert;
    use crate::statements::inserts;

    inserts! {
        FILTERS = Insert::new(
            "INSERT INTO saved_filters (reader, folded, name, query, usual, at)",
            6,
        ).then(
            "ON CONFLICT (reader, folded) DO UPDATE SET name = excluded.name, \
             query = excluded.query, usual = excluded.usual, at = excluded.at",
        );
        MUTES = Insert::new(
            "INSERT INTO mutes (reader, sort, key, kind, folded, number, name, until, at)",
            9,
        ).then(
            "ON CONFLICT (reader, sort, key) DO UPDATE SET name = excluded.name, \
             until = excluded.until, at = excluded.at",
        );
    }
}
