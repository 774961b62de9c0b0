//! The statements of pages.

use crate::statements::{ids, known_by, listed, names, statements, visible};

/// How many works under a tag or a synonym of it the viewer may see: kept with each change, never counted by a page.
macro_rules! tag_count {
    ($viewer:literal) => {
        concat!(
            "CASE WHEN CAST(",
            $viewer,
            " AS TEXT) = 'owner' THEN t.all_owner \
             ELSE t.all_public END"
        )
    };
}

/// Whether a viewer may know of a tag that is no canonical one: a visible work carries it, or it is known from another
/// archive.
macro_rules! no_secret {
    ($viewer:literal) => {
        concat!("(CAST(", $viewer, " AS TEXT) = 'owner' OR t.works_public > 0 OR t.elsewhere > 0)")
    };
}

statements! {
    BY_ID = concat!(
        "SELECT w.id, w.shown, w.shown_version, w.imported, w.changed FROM works w WHERE ",
        visible!("w", "$1"), " AND w.id = $2"
    );
    BY_UID = concat!(
        "SELECT w.id, w.shown, w.shown_version, w.imported, w.changed FROM works w WHERE ",
        visible!("w", "$1"), " AND w.uid = $2"
    );
    // $1: a position, 0 for no text, -1 for all texts.
    CHAPTERS = "SELECT c.position, c.uid, c.number, c.title, c.words, c.text_hash, c.meta, t.body \
        FROM chapters c LEFT JOIN texts t ON t.hash = c.text_hash \
        AND (CAST($1 AS BIGINT) < 0 OR c.position = CAST($1 AS BIGINT)) \
        WHERE c.work = $2 AND c.version = $3 ORDER BY c.position";
    CREATORS_OF = "SELECT creator, name FROM work_creators WHERE work = $1 ORDER BY place";
    SERIES_OF = "SELECT s.id, s.title, sw.part FROM series_works sw \
        JOIN series s ON s.id = sw.series WHERE sw.work = $1 ORDER BY sw.place";
    IN_SERIES = concat!(
        "SELECT sw.series, sw.work, w.title, sw.part FROM series_works sw \
         JOIN works w ON w.id = sw.work WHERE ", visible!("w", "$1"),
        " AND sw.series IN ", ids!("$2"),
        " ORDER BY sw.series, CASE WHEN sw.part IS NULL THEN 1 ELSE 0 END, sw.part, sw.work, sw.place"
    );
    CHAIN_MATES = concat!(
        "SELECT mate.chain, mate.work, w.title FROM chain_works own \
         JOIN chain_works mate ON mate.chain = own.chain JOIN works w ON w.id = mate.work WHERE ",
        visible!("w", "$1"), " AND own.work = $2 ORDER BY mate.place"
    );
    CHAIN = concat!(
        "SELECT c.work, w.title, n.uid FROM chains n JOIN chain_works c ON c.chain = n.id \
         JOIN works w ON w.id = c.work WHERE ",
        visible!("w", "$1"), " AND n.id = $2 ORDER BY c.place"
    );
    AT_ADDRESSES = concat!(
        "SELECT i.value, MIN(w.id) FROM identities i JOIN works w ON w.id = i.work WHERE ",
        visible!("w", "$1"),
        " AND i.kind IN ('address', 'chapter-address', 'site-id') AND i.value IN ", names!("$2"),
        " GROUP BY i.value ORDER BY i.value"
    );
    TITLED_BY_SAME = concat!(
        "SELECT DISTINCT w.folded, w.id FROM works w JOIN work_creators c ON c.work = w.id WHERE ",
        visible!("w", "$1"), " AND w.folded IN ", names!("$2"),
        " AND w.id <> $3 \
         AND c.creator IN (SELECT own.creator FROM work_creators own WHERE own.work = $3) \
         ORDER BY w.folded, w.id"
    );
    SOURCE_AT_URL = concat!(
        "SELECT MIN(w.id) FROM sources s JOIN works w ON w.id = s.work WHERE ",
        visible!("w", "$1"), " AND s.url IN ", names!("$2")
    );
    SOURCE_AT_TAIL = concat!(
        "SELECT MIN(w.id) FROM sources s JOIN works w ON w.id = s.work WHERE ",
        visible!("w", "$1"), " AND s.tail IN ", names!("$2")
    );

    CARDS = concat!(
        "SELECT w.id, w.shown, w.chapters, w.imported FROM works w WHERE ",
        visible!("w", "$1"), " AND w.id IN ", ids!("$2")
    );
    // The owner's list of removed works is the one place where the rule does not hold.
    REMOVED_CARDS = concat!(
        "SELECT w.id, w.shown, w.chapters, w.imported FROM works w \
         WHERE w.removed = 1 AND w.id IN ", ids!("$1")
    );
    CARD_CREATORS = concat!(
        "SELECT work, creator, name FROM work_creators WHERE work IN ", ids!("$1"),
        " ORDER BY work, place"
    );

    LIST_ALL = concat!(
        "SELECT w.id FROM works w WHERE ", visible!("w", "$1"),
        " AND w.id < $2 ORDER BY w.id DESC LIMIT $3"
    );
    WORKS_OF_CREATOR = concat!(
        "SELECT DISTINCT c.work FROM work_creators c JOIN works w ON w.id = c.work WHERE ",
        visible!("w", "$1"), " AND c.creator = $2 ORDER BY c.work"
    );
    LIST_TAG = concat!(
        "SELECT DISTINCT t.work FROM work_tags t JOIN works w ON w.id = t.work WHERE ",
        visible!("w", "$1"), " AND t.work < $2 AND t.tag = $3 ORDER BY t.work DESC LIMIT $4"
    );
    SAME_TAG = "SELECT child FROM tag_edges WHERE parent = $1 AND kind = 'synonym' ORDER BY child";
    LIST_IMPORT = concat!(
        "SELECT w.id FROM works w WHERE ", visible!("w", "$1"),
        " AND w.id < $2 AND w.import = $3 ORDER BY w.id DESC LIMIT $4"
    );
    LIST_HELD = concat!(
        "SELECT w.id FROM works w WHERE ", visible!("w", "$1"),
        " AND w.id < $2 AND w.held IS NOT NULL ORDER BY w.id DESC LIMIT $3"
    );
    LIST_NEEDS_PERSON = concat!(
        "SELECT w.id FROM works w WHERE ", visible!("w", "$1"),
        " AND w.id < $2 AND w.needs_person = 1 ORDER BY w.id DESC LIMIT $3"
    );
    LIST_REMOVED =
        "SELECT w.id FROM works w WHERE w.removed = 1 AND w.id < $1 ORDER BY w.id DESC LIMIT $2";

    CREATOR = concat!(
        "SELECT c.id, c.name, c.site, COUNT(DISTINCT w.id) FROM creators c \
         JOIN work_creators wc ON wc.creator = c.id JOIN works w ON w.id = wc.work WHERE ",
        visible!("w", "$1"), " AND c.id = $2 GROUP BY c.id, c.name, c.site"
    );
    CREATORS_NAMED = concat!(
        "SELECT c.id, c.name, c.site, COUNT(DISTINCT w.id) FROM creators c \
         JOIN work_creators wc ON wc.creator = c.id JOIN works w ON w.id = wc.work WHERE ",
        visible!("w", "$1"), " AND c.folded = $2 GROUP BY c.id, c.name, c.site \
         ORDER BY c.site, c.id"
    );
    CREATOR_NAMES = concat!(
        "SELECT c.id, c.name FROM creators c WHERE EXISTS (SELECT 1 FROM work_creators wc \
         JOIN works w ON w.id = wc.work WHERE ", visible!("w", "$1"),
        " AND wc.creator = c.id) AND c.id > $2 ORDER BY c.id LIMIT $3"
    );
    CREATOR_FANDOMS = concat!(
        "SELECT t.id, t.kind, t.name, COUNT(DISTINCT w.id) FROM work_creators wc \
         JOIN works w ON w.id = wc.work \
         JOIN work_tags wt ON wt.work = w.id AND wt.kind = 'fandom' \
         JOIN tags t ON t.id = wt.tag WHERE ",
        visible!("w", "$1"), " AND wc.creator = $2 GROUP BY t.id, t.kind, t.name, t.folded \
         ORDER BY COUNT(DISTINCT w.id) DESC, t.folded LIMIT 100"
    );

    SERIES = "SELECT id, uid, title FROM series WHERE id = $1";

    TAGS = concat!(
        "SELECT t.id, t.kind, t.name, ", tag_count!("$1"),
        " FROM tags t WHERE t.kind = $2 AND ", listed!("t"), " > $3 AND ", tag_count!("$1"),
        " > 0 AND NOT EXISTS (SELECT 1 FROM tag_edges e WHERE e.child = t.id AND e.kind = 'synonym') \
         ORDER BY ", listed!("t"), " LIMIT $4"
    );
    TAGS_NAMED = concat!(
        "SELECT t.id, t.kind, t.name, ", tag_count!("$1"),
        " FROM tags t WHERE ", known_by!("t", "$2", "$3"), " AND (", tag_count!("$1"),
        " > 0 OR t.canonical = 1 OR (", no_secret!("$1"),
        " AND EXISTS (SELECT 1 FROM tag_edges e WHERE e.child = t.id))) ORDER BY t.id"
    );
    // $1: a kind, or '' for any.
    TAG_IDS = concat!("SELECT DISTINCT COALESCE(e.parent, t.id) FROM tags t \
        LEFT JOIN tag_edges e ON e.child = t.id AND e.kind = 'synonym' \
        WHERE (CAST($1 AS TEXT) = '' OR t.kind = CAST($1 AS TEXT)) AND ", known_by!("t", "$2", "$3"),
        " ORDER BY 1");
    TAGS_OF_WORKS = concat!(
        "SELECT DISTINCT wt.work, COALESCE(e.parent, wt.tag) FROM work_tags wt \
         LEFT JOIN tag_edges e ON e.child = wt.tag AND e.kind = 'synonym' \
         WHERE wt.work IN ", ids!("$1"), " ORDER BY 1, 2"
    );
    TAG_REFS = concat!(
        "SELECT id, kind, name, all_owner FROM tags WHERE id IN ", ids!("$1"), " ORDER BY id"
    );
    TAG = concat!(
        "SELECT t.id, t.kind, t.name, ", tag_count!("$1"),
        ", t.canonical FROM tags t WHERE t.id = $2 AND (", tag_count!("$1"),
        " > 0 OR t.canonical = 1 OR (", no_secret!("$1"),
        " AND EXISTS (SELECT 1 FROM tag_edges e WHERE e.child = t.id)))"
    );
    TAG_ABOVE = concat!(
        "SELECT t.id, t.kind, t.name, ", tag_count!("$1"),
        " FROM tag_edges e JOIN tags t ON t.id = e.parent \
         WHERE e.child = $2 AND e.kind = $3 ORDER BY ", listed!("t"), ", t.id"
    );
    TAG_BELOW = concat!(
        "SELECT t.id, t.kind, t.name, ", tag_count!("$1"),
        " FROM tag_edges e JOIN tags t ON t.id = e.child \
         WHERE e.parent = $2 AND e.kind = $3 AND (t.canonical = 1 OR ", no_secret!("$1"),
        ") ORDER BY ", listed!("t"), ", t.id LIMIT 500"
    );
    TAG_METATAGS = concat!(
        "WITH RECURSIVE up (id, depth) AS (\
         SELECT parent, 1 FROM tag_edges WHERE child = $1 AND kind = 'metatag' \
         UNION SELECT e.parent, up.depth + 1 FROM up \
         JOIN tag_edges e ON e.child = up.id AND e.kind = 'metatag' WHERE up.depth < 16) \
         SELECT t.id, t.kind, t.name, ", tag_count!("$2"),
        " FROM (SELECT id, MIN(depth) AS depth FROM up GROUP BY id) near \
         JOIN tags t ON t.id = near.id WHERE t.id <> $1 ORDER BY near.depth, ", listed!("t")
    );
    // A tag may have a million works: the forms in its newest thousand are enough for a page.
    TAG_WRITTEN = concat!(
        "SELECT DISTINCT newest.written FROM (\
         SELECT wt.written FROM work_tags wt JOIN works w ON w.id = wt.work WHERE ",
        visible!("w", "$1"), " AND wt.tag = $2 ORDER BY wt.work DESC LIMIT 1000) newest \
         ORDER BY newest.written"
    );

    LAYERS = "SELECT layer, rules, body FROM layers WHERE work = $1 AND version = $2";
    EDITS = "SELECT e.uid, w.uid, e.field, e.op, e.value, e.against, e.actor, e.at \
             FROM edits e JOIN works w ON w.id = e.work WHERE e.work = $1 ORDER BY e.at, e.number";
    VERSION = concat!(
        "SELECT w.shown, l.body FROM works w JOIN layers l ON l.work = w.id WHERE ",
        visible!("w", "$1"), " AND w.id = $2 AND l.version = $3 AND l.layer = 'normalised'"
    );
    VERSION_SOURCES = "SELECT path, member, format, encoding, blake3, stored, url FROM sources \
                       WHERE work = $1 AND version = $2 ORDER BY place";
}
