//! The statements of imports.

use crate::statements::{ids, names, statements};

statements! {
    IMPORT = "SELECT actor FROM imports WHERE id = $1";
    TOUCH_IMPORT = "UPDATE imports SET touched = $1 WHERE id = $2";
    BEGIN = "INSERT INTO imports (id, actor, started, touched, roots) VALUES ($1, $2, $3, $4, $5)";
    FINISH = "UPDATE imports SET touched = $1, finished = $2, taken = $3, merged = $4, \
              unchanged = $5, held = $6, refused = $7 WHERE id = $8";
    IMPORTS = "SELECT id, actor, started, finished, undone, roots, taken, merged, unchanged, \
               held, refused FROM imports ORDER BY id DESC LIMIT $1";
    ONE_IMPORT = "SELECT id, actor, started, finished, undone, roots, taken, merged, unchanged, \
                  held, refused FROM imports WHERE id = $1";
    IMPORT_ITEMS = "SELECT i.path, i.member, i.blake3, i.format, i.outcome, i.reason, w.id \
                    FROM import_items i LEFT JOIN works w ON w.id = i.work \
                    WHERE i.import = $1 ORDER BY i.place LIMIT $2 OFFSET $3";
    LAST_PLACE = "SELECT MAX(place) FROM import_items WHERE import = $1";

    KNOWN_SOURCES = concat!(
        "SELECT DISTINCT s.blake3, s.work, w.uid, w.removed, s.stored FROM sources s \
         JOIN works w ON w.id = s.work WHERE s.blake3 IN ", names!("$1"),
        " AND NOT EXISTS (SELECT 1 FROM begun b WHERE b.blake3 = s.blake3) ORDER BY s.blake3, w.removed DESC, s.work"
    );
    KNOWN_ITEMS = concat!(
        "SELECT DISTINCT i.blake3, i.stored FROM items i WHERE i.blake3 IN ", names!("$1"),
        " AND NOT EXISTS (SELECT 1 FROM begun b WHERE b.blake3 = i.blake3)"
    );
    KNOWN_ERASED = concat!(
        "SELECT h.hash, t.reason FROM tombstone_hashes h JOIN tombstones t ON t.work = h.work \
         WHERE t.state = 'erased' AND h.hash IN ", names!("$1"), " ORDER BY h.hash, t.work"
    );
    READ_AGAIN = "INSERT INTO begun (blake3) SELECT DISTINCT s.blake3 FROM sources s WHERE s.import = $1 \
                  AND EXISTS (SELECT 1 FROM sources o WHERE o.blake3 = s.blake3 AND o.import <> $1) \
                  ON CONFLICT (blake3) DO NOTHING";
    ENDED = concat!("DELETE FROM begun WHERE blake3 IN ", names!("$1"));
    IDENTIFY = concat!(
        "SELECT DISTINCT i.kind, i.value, w.id, w.uid, v.text_hash, v.words, \
         (SELECT MAX(n.number) FROM versions n WHERE n.work = w.id), w.removed, w.held \
         FROM identities i JOIN works w ON w.id = i.work \
         JOIN versions v ON v.work = w.id AND v.number = w.shown_version \
         WHERE i.kind IN ", names!("$1"), " AND i.value IN ", names!("$2"),
        " ORDER BY i.kind, i.value, w.removed DESC, w.id"
    );
    HEADS = concat!(
        "SELECT w.id, w.uid, v.text_hash, v.words, \
         (SELECT MAX(n.number) FROM versions n WHERE n.work = w.id), w.removed, w.held \
         FROM works w JOIN versions v ON v.work = w.id AND v.number = w.shown_version \
         WHERE w.uid IN ", names!("$1"), " ORDER BY w.id"
    );

    TARGETS = concat!(
        "SELECT w.uid, w.id, w.shown_version, \
         (SELECT MAX(n.number) FROM versions n WHERE n.work = w.id), \
         (SELECT MAX(s.place) FROM sources s WHERE s.work = w.id AND s.version = w.shown_version) \
         FROM works w WHERE w.uid IN ", names!("$1")
    );
    ERASED_UIDS = concat!(
        "SELECT uid FROM tombstones WHERE state = 'erased' AND uid IN ", names!("$1")
    );
    SPENT_IDS = concat!(
        "SELECT id, uid FROM works WHERE id IN ", ids!("$1"),
        " UNION ALL SELECT work, uid FROM tombstones WHERE state <> 'hidden' AND work IN ", ids!("$1")
    );
    LAST_WORK = "SELECT value FROM counters WHERE name = 'work'";
    SET_LAST_WORK = "UPDATE counters SET value = $1 WHERE name = 'work'";
    FORGET_UNDONE = concat!("DELETE FROM tombstones WHERE state = 'undone' AND work IN ", ids!("$1"));
    SOURCE_PLACES = concat!(
        "SELECT work, blake3, path, member FROM sources WHERE work IN ", ids!("$1")
    );

    SHOW_VERSION = "UPDATE works SET shown_version = $1 WHERE id = $2";
    CHAPTER_TEXTS = "SELECT DISTINCT text_hash FROM chapters WHERE work = $1 AND version = $2";
    CLEAR_CHAPTERS = "DELETE FROM chapters WHERE work = $1 AND version = $2";
    CLEAR_LAYERS = "DELETE FROM layers WHERE work = $1 AND version = $2";
    VERSION_SOURCES = "SELECT path, member, format, encoding, blake3, stored, url, import \
                       FROM sources WHERE work = $1 AND version = $2 ORDER BY place";
    CLEAR_SOURCES = "DELETE FROM sources WHERE work = $1 AND version = $2";
    RENEW_VERSION = "UPDATE versions SET text_hash = $1, words = $2, has_text = 1 \
                     WHERE work = $3 AND number = $4";

    WITHOUT_BYTES = concat!(
        "SELECT DISTINCT work FROM sources WHERE stored = 0 AND blake3 IN ", names!("$1")
    );
    RETURN_SOURCES = concat!(
        "UPDATE sources SET stored = 1 WHERE stored = 0 AND blake3 IN ", names!("$1")
    );
    RETURN_ITEMS = concat!(
        "UPDATE items SET stored = 1, \
         record = replace(record, '\"blob\":\"absent\"', '\"blob\":\"stored\"') \
         WHERE stored = 0 AND blake3 IN ", names!("$1")
    );

    OWN_SOURCES = concat!(
        "SELECT path, member, blake3 FROM sources WHERE blake3 IN ", names!("$1")
    );
    OLD_ITEMS = concat!("SELECT blake3, path, member FROM items WHERE blake3 IN ", names!("$1"),
        " OR (blake3 = '' AND path IN ", names!("$2"), ")");

    BEGUN_BY = "SELECT w.id, \
        (SELECT COUNT(*) FROM edits e WHERE e.work = w.id), w.removed, \
        (SELECT COUNT(*) FROM sources s WHERE s.work = w.id AND s.import <> w.import), \
        (SELECT COUNT(*) FROM versions v WHERE v.work = w.id AND v.import <> w.import), w.uid, \
        (SELECT COUNT(*) FROM import_items i JOIN imports m ON m.id = i.import \
        WHERE i.work = w.id AND i.import <> w.import AND m.undone IS NULL) \
        FROM works w WHERE w.import = $1 ORDER BY w.id";
    JOINED_SOURCES = "SELECT s.work, COUNT(*) FROM sources s JOIN works w ON w.id = s.work \
        WHERE s.import = $1 AND w.import <> $1 GROUP BY s.work ORDER BY s.work";
    JOINED_VERSIONS = "SELECT v.work, v.number FROM versions v JOIN works w ON w.id = v.work \
        WHERE v.import = $1 AND w.import <> $1 ORDER BY v.work, v.number";
    DETACH_SOURCES = "DELETE FROM sources WHERE import = $1 \
        AND work IN (SELECT id FROM works WHERE import <> $1)";
    DETACH_VERSION = "DELETE FROM versions WHERE work = $1 AND number = $2";
    BEST_VERSION = "SELECT MAX(number) FROM versions \
        WHERE work = $1 AND was_shown = 1 AND has_text = 1";
    DETACH_IDENTITIES = "DELETE FROM identities WHERE import = $1 \
        AND work IN (SELECT id FROM works WHERE import <> $1) \
        AND NOT (kind = 'text' AND EXISTS (SELECT 1 FROM versions v \
        WHERE v.work = identities.work AND v.text_hash = identities.value))";
    FORGET_ITEMS = "DELETE FROM items WHERE import = $1";
    FORGET_SEEN = "DELETE FROM seen_at WHERE import = $1";
    UNDONE = "UPDATE imports SET undone = $1 WHERE id = $2";
}

pub(crate) mod inserts {
    //! Rows of imports.

    use crate::db::Insert;
    use crate::statements::inserts;

    inserts! {
        TEXTS = Insert::new("INSERT INTO texts (hash, body)", 2)
            .then("ON CONFLICT (hash) DO NOTHING");
        VERSIONS = Insert::new(
            "INSERT INTO versions (work, number, text_hash, words, has_text, was_shown, import, \
             stored)",
            8,
        );
        LAYERS = Insert::new("INSERT INTO layers (work, version, layer, rules, body)", 5);
        CHAPTERS = Insert::new(
            "INSERT INTO chapters (work, version, position, uid, number, title, words, \
             text_hash, meta)",
            9,
        );
        SOURCES = Insert::new(
            "INSERT INTO sources (work, version, place, path, member, format, encoding, blake3, \
             stored, url, tail, import)",
            12,
        );
        IDENTITIES = Insert::new("INSERT INTO identities (kind, value, work, import)", 4)
            .then("ON CONFLICT (kind, value, work, import) DO NOTHING");
        BEGUN = Insert::new("INSERT INTO begun (blake3)", 1)
            .then("ON CONFLICT (blake3) DO NOTHING");
        SEEN_AT = Insert::new("INSERT INTO seen_at (blake3, path, member, import)", 4)
            .then("ON CONFLICT (blake3, path, member) DO NOTHING");
        ITEMS = Insert::new(
            "INSERT INTO items (id, uid, read_as, path, member, format, blake3, stored, reason, \
             record, import)",
            11,
        );
        IMPORT_ITEMS = Insert::new(
            "INSERT INTO import_items (import, place, path, member, blake3, format, outcome, \
             reason, work)",
            9,
        );
    }
}
