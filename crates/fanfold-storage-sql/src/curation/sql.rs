//! The statements of curation.

use crate::statements::{names, statements};

statements! {
    WORKS_BY_UID = concat!("SELECT uid, id FROM works WHERE uid IN ", names!("$1"));
    EDITS_THERE = concat!("SELECT uid FROM edits WHERE uid IN ", names!("$1"));
    EDIT = "SELECT work, field, value FROM edits WHERE uid = $1";
    LAST_EDIT = "SELECT uid FROM edits WHERE work = $1 ORDER BY at DESC, number DESC LIMIT 1";
    DELETE_EDIT = "DELETE FROM edits WHERE uid = $1";
    DELETE_TOMBSTONE = "DELETE FROM tombstones WHERE work = $1";
    WORK = "SELECT uid, removed FROM works WHERE id = $1";
    OWN_HASHES = "SELECT DISTINCT s.blake3 FROM sources s WHERE s.work = $1 AND NOT EXISTS \
        (SELECT 1 FROM sources o WHERE o.blake3 = s.blake3 AND o.work <> $1) ORDER BY s.blake3";
    STORED_HASHES =
        "SELECT DISTINCT blake3 FROM sources WHERE work = $1 AND stored = 1 ORDER BY blake3";
    STILL_NAMED = concat!(
        "SELECT blake3 FROM sources WHERE stored = 1 AND blake3 IN ", names!("$1"),
        " UNION SELECT blake3 FROM items WHERE stored = 1 AND blake3 IN ", names!("$1")
    );
    FORGET_PLACES = concat!("DELETE FROM seen_at WHERE blake3 IN ", names!("$1"));
    FORGET_LINES = "DELETE FROM import_items WHERE work = $1";
}

pub(crate) mod inserts {
    //! Rows of curation.

    use crate::db::Insert;
    use crate::statements::inserts;

    inserts! {
        EDITS = Insert::new(
            "INSERT INTO edits (number, uid, work, field, op, value, against, actor, at)",
            9,
        );
        TOMBSTONE_HASHES = Insert::new("INSERT INTO tombstone_hashes (hash, work)", 2)
            .then("ON CONFLICT (hash, work) DO NOTHING");
    }
}
