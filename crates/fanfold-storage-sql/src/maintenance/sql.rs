//! The statements of maintenance.

use crate::statements::{names, statements, visible};

/// Tags of which column `$kept` is not the number of works that a viewer may see under their own name.
macro_rules! tag_counts {
    ($kept:literal, $viewer:literal) => {
        concat!(
            "SELECT t.id, ",
            $kept,
            ", COUNT(DISTINCT w.id) FROM tags t \
             LEFT JOIN work_tags wt ON wt.tag = t.id LEFT JOIN works w ON w.id = wt.work AND ",
            visible!("w", $viewer),
            " GROUP BY t.id, ",
            $kept,
            " HAVING ",
            $kept,
            " <> COUNT(DISTINCT w.id) ORDER BY t.id"
        )
    };
}

/// The same with the works of their synonyms. What a change waits to count is not counted yet.
macro_rules! all_counts {
    ($kept:literal, $viewer:literal) => {
        concat!(
            "SELECT t.id, ",
            $kept,
            ", COUNT(DISTINCT w.id) FROM tags t \
             LEFT JOIN tag_edges e ON e.parent = t.id AND e.kind = 'synonym' \
             LEFT JOIN work_tags wt ON wt.tag = t.id OR wt.tag = e.child \
             LEFT JOIN works w ON w.id = wt.work AND ",
            visible!("w", $viewer),
            " WHERE t.id NOT IN (SELECT tag FROM tag_tasks WHERE task = 'count') \
             GROUP BY t.id, ",
            $kept,
            " HAVING ",
            $kept,
            " <> COUNT(DISTINCT w.id) ORDER BY t.id"
        )
    };
}

statements! {
    WORKS = "SELECT COUNT(*), COUNT(w.held), CAST(COALESCE(SUM(w.chapters), 0) AS BIGINT), \
        CAST(COALESCE(SUM(w.words), 0) AS BIGINT), \
        CAST(COALESCE(SUM(w.needs_person), 0) AS BIGINT) FROM works w WHERE w.removed = 0";
    REMOVED = "SELECT COUNT(*) FROM tombstones WHERE state <> 'undone'";
    CREATORS = "SELECT COUNT(*) FROM creators";
    SERIES = "SELECT COUNT(*) FROM series";
    SOURCES = "SELECT COUNT(*) FROM sources";
    ITEMS = "SELECT COUNT(*) FROM items";
    IMPORTS = "SELECT COUNT(*) FROM imports";
    LAST_SEQ = "SELECT MAX(seq) FROM changes";
    TAGS = "SELECT kind, COUNT(*) FROM tags WHERE works_owner > 0 GROUP BY kind";
    NAMED_BLOBS = "SELECT blake3 FROM sources WHERE stored = 1 \
        UNION SELECT blake3 FROM items WHERE stored = 1 AND blake3 <> '' ORDER BY 1";
    UNDER_WAY = "SELECT touched FROM imports WHERE finished IS NULL AND undone IS NULL \
        UNION ALL SELECT at FROM marks WHERE name = 'backup'";
    MARK = "INSERT INTO marks (name, at) VALUES ($1, $2) \
        ON CONFLICT (name) DO UPDATE SET at = excluded.at";
    LIBRARY_KEY = "SELECT at FROM marks WHERE name = 'library'";
    KEEP_LIBRARY_KEY = "INSERT INTO marks (name, at) VALUES ('library', $1) \
        ON CONFLICT (name) DO NOTHING";
    UNMARK = "DELETE FROM marks WHERE name = $1";

    TEXTS_AFTER = "SELECT hash, body FROM texts WHERE hash > $1 ORDER BY hash LIMIT 256";
    CHAPTERS_OF_TEXTS = concat!(
        "SELECT text_hash, work, version, position FROM chapters WHERE text_hash IN ", names!("$1"),
        " ORDER BY work, version, position"
    );
    LAYERS_AFTER = "SELECT work, version, layer, body FROM layers WHERE work > $1 \
        AND work <= $1 + 256 ORDER BY work, version, layer";
    SHOWN_AFTER = "SELECT id, uid, title, words, shown FROM works WHERE id > $1 \
        AND id <= $1 + 256 ORDER BY id";
    LAST_WORK = "SELECT MAX(id) FROM works";

    TEXTLESS = "SELECT c.work, c.version, c.position FROM chapters c WHERE NOT EXISTS \
        (SELECT 1 FROM texts t WHERE t.hash = c.text_hash) ORDER BY c.work, c.version, c.position";
    LAYERLESS = "SELECT w.id, 0, 0 FROM works w WHERE 2 <> (SELECT COUNT(*) FROM layers l \
        WHERE l.work = w.id AND l.version = w.shown_version) ORDER BY w.id";
    VERSIONLESS = "SELECT w.id, w.shown_version, 0 FROM works w WHERE NOT EXISTS \
        (SELECT 1 FROM versions v WHERE v.work = w.id AND v.number = w.shown_version \
         AND v.has_text = 1) ORDER BY w.id";
    CHAPTER_COUNTS = "SELECT w.id, w.chapters, (SELECT COUNT(*) FROM chapters c \
        WHERE c.work = w.id AND c.version = w.shown_version) FROM works w WHERE w.chapters <> \
        (SELECT COUNT(*) FROM chapters c WHERE c.work = w.id AND c.version = w.shown_version) \
        ORDER BY w.id";
    TAGLESS_LINKS = "SELECT wt.work, wt.tag, 0 FROM work_tags wt WHERE \
        NOT EXISTS (SELECT 1 FROM tags t WHERE t.id = wt.tag) \
        OR NOT EXISTS (SELECT 1 FROM works w WHERE w.id = wt.work) ORDER BY wt.work, wt.tag";
    CREATORLESS_LINKS = "SELECT wc.work, wc.creator, 0 FROM work_creators wc WHERE \
        NOT EXISTS (SELECT 1 FROM creators c WHERE c.id = wc.creator) \
        OR NOT EXISTS (SELECT 1 FROM works w WHERE w.id = wc.work) ORDER BY wc.work, wc.creator";
    SERIESLESS_LINKS = "SELECT sw.work, sw.series, 0 FROM series_works sw WHERE \
        NOT EXISTS (SELECT 1 FROM series s WHERE s.id = sw.series) \
        OR NOT EXISTS (SELECT 1 FROM works w WHERE w.id = sw.work) ORDER BY sw.work, sw.series";
    TEXT_IDENTITIES = "SELECT w.id, w.shown_version, 0 FROM works w \
        JOIN versions v ON v.work = w.id AND v.number = w.shown_version WHERE NOT EXISTS \
        (SELECT 1 FROM identities i WHERE i.kind = 'text' AND i.value = v.text_hash \
         AND i.work = w.id) ORDER BY w.id";
    TAG_COUNTS = tag_counts!("t.works_owner", "'owner'");
    PUBLIC_TAG_COUNTS = tag_counts!("t.works_public", "'public'");
    ALL_COUNTS = all_counts!("t.all_owner", "'owner'");
    ALL_PUBLIC_COUNTS = all_counts!("t.all_public", "'public'");
    SYNONYM_RULES = "SELECT s.child, s.parent, 0 FROM tag_edges s JOIN tags t ON t.id = s.child \
        JOIN tags c ON c.id = s.parent WHERE s.kind = 'synonym' AND (t.canonical = 1 \
        OR t.unwrangleable = 1 OR c.canonical = 0 OR c.kind <> t.kind OR EXISTS (SELECT 1 \
        FROM tag_edges e WHERE (e.child = s.child AND (e.kind <> 'synonym' OR e.parent <> s.parent)) \
        OR e.parent = s.child)) ORDER BY s.child";
    METATAG_RULES = "WITH RECURSIVE up (start, id) AS (\
        SELECT child, parent FROM tag_edges WHERE kind = 'metatag' \
        UNION SELECT up.start, e.parent FROM up \
        JOIN tag_edges e ON e.child = up.id AND e.kind = 'metatag') \
        SELECT m.child, m.parent, 0 FROM tag_edges m JOIN tags t ON t.id = m.child \
        JOIN tags c ON c.id = m.parent WHERE m.kind = 'metatag' AND (t.canonical = 0 \
        OR c.canonical = 0 OR t.kind <> c.kind \
        OR m.child IN (SELECT start FROM up WHERE start = id)) ORDER BY m.child, m.parent";
    PARENT_RULES = "SELECT p.child, p.parent, 0 FROM tag_edges p JOIN tags t ON t.id = p.child \
        JOIN tags c ON c.id = p.parent WHERE p.kind = 'parent' AND (c.kind <> 'fandom' \
        OR c.canonical = 0 OR t.kind NOT IN ('character', 'relationship', 'freeform')) \
        ORDER BY p.child, p.parent";
    UNLOGGED = "SELECT w.id, w.changed, 0 FROM works w WHERE NOT EXISTS \
        (SELECT 1 FROM changes c WHERE c.seq = w.changed AND c.work = w.id) ORDER BY w.id";
    HIDDEN_GRAVES = "SELECT w.id, w.removed, 0 FROM works w LEFT JOIN tombstones t \
        ON t.work = w.id WHERE (w.removed = 1) <> (t.state IS NOT NULL AND t.state = 'hidden') \
        ORDER BY w.id";
    COUNTERS = "SELECT w.id, c.value, 0 FROM works w JOIN counters c ON c.name = 'work' \
        WHERE w.id > c.value ORDER BY w.id";
    UNUSED_TEXTS = "SELECT COUNT(*) FROM texts t WHERE NOT EXISTS \
        (SELECT 1 FROM chapters c WHERE c.text_hash = t.hash)";
}
