//! The statements that make and unmake shown works.

use crate::statements::{ids, names, statements};

statements! {
    LOAD = concat!(
        "SELECT w.id, w.uid, w.shown_version, w.removed, w.import, w.imported, \
         (SELECT COUNT(*) FROM chapters c WHERE c.work = w.id AND c.version = w.shown_version), \
         l.body, w.lone_part \
         FROM works w JOIN layers l \
         ON l.work = w.id AND l.version = w.shown_version AND l.layer = 'normalised' \
         WHERE w.id IN ", ids!("$1"), " ORDER BY w.id"
    );
    SOURCES = concat!(
        "SELECT work, version, path, member, format, encoding, blake3, stored, url \
         FROM sources WHERE work IN ", ids!("$1"), " ORDER BY work, version, place"
    );
    VERSIONS = concat!(
        "SELECT v.work, v.number, v.stored, v.words, \
         CASE WHEN v.number = w.shown_version THEN 1 ELSE 0 END, v.was_shown, v.has_text \
         FROM versions v JOIN works w ON w.id = v.work \
         WHERE v.work IN ", ids!("$1"), " ORDER BY v.work, v.number"
    );
    EDITS = concat!(
        "SELECT e.work, e.uid, w.uid, e.field, e.op, e.value, e.against, e.actor, e.at \
         FROM edits e JOIN works w ON w.id = e.work \
         WHERE e.work IN ", ids!("$1"), " ORDER BY e.work, e.at, e.number"
    );
    OLD_TAGS = concat!(
        "SELECT DISTINCT t.work, t.tag, w.visibility, w.held, w.removed \
         FROM work_tags t JOIN works w ON w.id = t.work WHERE t.work IN ", ids!("$1")
    );
    OLD_CREATORS = concat!(
        "SELECT DISTINCT creator FROM work_creators WHERE work IN ", ids!("$1")
    );
    OLD_SERIES = concat!("SELECT DISTINCT series FROM series_works WHERE work IN ", ids!("$1"));
    CLEAR_CREATORS = concat!("DELETE FROM work_creators WHERE work IN ", ids!("$1"));
    CLEAR_TAGS = concat!("DELETE FROM work_tags WHERE work IN ", ids!("$1"));
    CLEAR_SERIES = concat!("DELETE FROM series_works WHERE work IN ", ids!("$1"));
    CLEAR_FINDINGS = concat!("DELETE FROM findings WHERE work IN ", ids!("$1"));
    FORGET_CREATORS = concat!(
        "DELETE FROM creators WHERE id IN ", ids!("$1"),
        " AND NOT EXISTS (SELECT 1 FROM work_creators c WHERE c.creator = creators.id)"
    );
    FORGET_SERIES = concat!(
        "DELETE FROM series WHERE id IN ", ids!("$1"),
        " AND NOT EXISTS (SELECT 1 FROM series_works s WHERE s.series = series.id)"
    );
    FORGET_TAGS = concat!(
        "DELETE FROM tags WHERE id IN ", ids!("$1"),
        " AND canonical = 0 AND unwrangleable = 0 \
         AND NOT EXISTS (SELECT 1 FROM work_tags t WHERE t.tag = tags.id) \
         AND NOT EXISTS (SELECT 1 FROM tag_change_tags c WHERE c.tag = tags.id) \
         AND NOT EXISTS (SELECT 1 FROM tag_edges e WHERE e.child = tags.id) \
         AND NOT EXISTS (SELECT 1 FROM tag_edges e WHERE e.parent = tags.id)"
    );
    DELETE_WORKS = concat!("DELETE FROM works WHERE id IN ", ids!("$1"));
    CANONICAL_OF = concat!(
        "SELECT child, parent FROM tag_edges WHERE kind = 'synonym' AND child IN ", ids!("$1")
    );
    TAGS_BY_NAME = concat!("SELECT id, kind, folded FROM tags WHERE folded IN ", names!("$1"));
    CREATORS_BY_NAME = concat!(
        "SELECT id, folded, site FROM creators WHERE folded IN ", names!("$1")
    );
    SERIES_BY_UID = concat!("SELECT id, uid FROM series WHERE uid IN ", names!("$1"));
}

pub(crate) mod inserts {
    //! Rows of shown works.

    use crate::db::Insert;
    use crate::statements::inserts;

    inserts! {
        WORKS = Insert::new(
            "INSERT INTO works (id, uid, title, folded, site, visibility, held, removed, \
             needs_person, lone_part, words, chapters, shown_version, import, imported, changed, \
             shown, asks)",
            18,
        ).then(
            "ON CONFLICT (id) DO UPDATE SET title = excluded.title, folded = excluded.folded, \
             site = excluded.site, visibility = excluded.visibility, held = excluded.held, \
             removed = excluded.removed, needs_person = excluded.needs_person, \
             words = excluded.words, chapters = excluded.chapters, \
             shown_version = excluded.shown_version, changed = excluded.changed, \
             shown = excluded.shown, asks = excluded.asks",
        );
        CHANGES = Insert::new("INSERT INTO changes (seq, work, kind)", 3);
        CREATORS = Insert::new("INSERT INTO creators (id, uid, name, folded, site)", 5);
        WORK_CREATORS =
            Insert::new("INSERT INTO work_creators (work, place, creator, name, role)", 5);
        TAGS = Insert::new("INSERT INTO tags (id, kind, name, folded, listed, canonical)", 6);
        WORK_TAGS = Insert::new("INSERT INTO work_tags (work, kind, place, tag, written)", 5);
        SERIES = Insert::new("INSERT INTO series (id, uid, title, creator, url)", 5);
        SERIES_WORKS =
            Insert::new("INSERT INTO series_works (series, work, place, part, total)", 5);
        FINDINGS = Insert::new("INSERT INTO findings (work, place, code, level)", 4);
        TAG_COUNTS = Insert::new(
            "UPDATE tags SET works_owner = works_owner + CAST(delta.column2 AS BIGINT), \
             works_public = works_public + CAST(delta.column3 AS BIGINT), \
             all_owner = all_owner + CAST(delta.column4 AS BIGINT), \
             all_public = all_public + CAST(delta.column5 AS BIGINT) FROM (",
            5,
        ).then(") AS delta WHERE tags.id = CAST(delta.column1 AS BIGINT)");
    }
}
