//! The statements of scans.

use crate::statements::{ids, listed, names, statements, visible};

statements! {
    IDS_AFTER = concat!(
        "SELECT w.id FROM works w WHERE ", visible!("w", "$1"),
        " AND w.id > $2 ORDER BY w.id LIMIT $3"
    );
    WHOLE = concat!(
        "SELECT w.id, w.shown, w.imported FROM works w WHERE ", visible!("w", "$1"),
        " AND w.id IN ", ids!("$2"), " ORDER BY w.id"
    );
    WORDS_OF = concat!("SELECT id, words FROM works WHERE id IN ", ids!("$1"), " ORDER BY id");
    LONE_PARTS = concat!(
        "SELECT id FROM works WHERE lone_part = 1 AND id IN ", ids!("$1"), " ORDER BY id"
    );
    WHOLE_CHAPTERS = concat!(
        "SELECT c.work, c.position, c.uid, c.number, c.title, c.words, c.text_hash, c.meta, \
         t.body FROM works w \
         JOIN chapters c ON c.work = w.id AND c.version = w.shown_version \
         LEFT JOIN texts t ON t.hash = c.text_hash \
         WHERE w.id IN ", ids!("$1"), " ORDER BY c.work, c.position"
    );
    WORK_TAGS = concat!(
        "SELECT wt.work, wt.tag, t.kind, t.name FROM work_tags wt \
         JOIN tags t ON t.id = wt.tag WHERE wt.work IN ", ids!("$1"),
        " ORDER BY wt.work, wt.place"
    );
    CARRIED = concat!(
        "SELECT id, kind, name FROM tags WHERE works_owner > 0 AND id IN ", ids!("$1"), " ORDER BY id"
    );
    CARRIED_AFTER = "SELECT id FROM tags WHERE works_owner > 0 AND id > $1 ORDER BY id LIMIT $2";
    CANONICAL_OF = concat!(
        "SELECT e.child, t.id, t.name FROM tag_edges e JOIN tags t ON t.id = e.parent \
         WHERE e.kind = 'synonym' AND e.child IN ", ids!("$1"), " ORDER BY e.child, t.id"
    );
    // Of a tag with so many synonyms that most of them are whims, each is found by its own words and the canonical ones.
    SYNONYMS_OF = concat!(
        "SELECT e.parent, t.name FROM (SELECT parent FROM tag_edges WHERE kind = 'synonym' \
         AND parent IN ", ids!("$1"), " GROUP BY parent HAVING COUNT(*) <= 64) few \
         JOIN tag_edges e ON e.parent = few.parent AND e.kind = 'synonym' \
         JOIN tags t ON t.id = e.child ORDER BY e.parent, ", listed!("t")
    );

    // The spelling most works use, not the first that came: an export must not depend on the order of imports.
    TAGS = "SELECT t.id, t.kind, CASE WHEN t.canonical = 1 THEN t.name ELSE COALESCE(( \
        SELECT wt.written FROM work_tags wt WHERE wt.tag = t.id GROUP BY wt.written \
        ORDER BY COUNT(*) DESC, wt.written LIMIT 1), t.name) END, t.canonical, t.unwrangleable \
        FROM tags t WHERE t.works_owner > 0 OR t.unwrangleable = 1 \
        OR EXISTS (SELECT 1 FROM tag_edges e WHERE e.child = t.id) \
        OR EXISTS (SELECT 1 FROM tag_edges e WHERE e.parent = t.id) \
        OR (t.canonical = 1 AND t.kind NOT IN ('rating', 'warning', 'category')) \
        ORDER BY t.kind, t.name, t.id";
    EDGES = "SELECT e.child, e.kind, t.name FROM tag_edges e JOIN tags t ON t.id = e.parent \
             ORDER BY e.child, e.kind, t.name";
    SERIES = "SELECT s.id, s.uid, s.title, s.creator, s.url FROM series s WHERE EXISTS \
        (SELECT 1 FROM series_works sw JOIN works w ON w.id = sw.work \
         WHERE sw.series = s.id AND w.removed = 0) ORDER BY s.uid";
    SERIES_WORKS = "SELECT sw.series, w.uid FROM series_works sw JOIN works w ON w.id = sw.work \
        WHERE w.removed = 0 ORDER BY sw.series, \
        CASE WHEN sw.part IS NULL THEN 1 ELSE 0 END, sw.part, sw.work, sw.place";
    CREATORS = "SELECT c.uid, COALESCE((SELECT wc.name FROM work_creators wc \
        WHERE wc.creator = c.id GROUP BY wc.name ORDER BY COUNT(*) DESC, wc.name LIMIT 1), \
        c.name), c.site FROM creators c WHERE EXISTS \
        (SELECT 1 FROM work_creators wc JOIN works w ON w.id = wc.work \
         WHERE wc.creator = c.id AND w.removed = 0) ORDER BY c.uid";
    EDITS = "SELECT e.uid, w.uid, e.field, e.op, e.value, e.against, e.actor, e.at \
        FROM edits e JOIN works w ON w.id = e.work WHERE w.removed = 0 ORDER BY e.uid";
    ITEMS = "SELECT id, record FROM items WHERE id > $1 ORDER BY id LIMIT $2";

    KNOWN_WORKS = concat!("SELECT uid FROM works WHERE uid IN ", names!("$1"));
}
