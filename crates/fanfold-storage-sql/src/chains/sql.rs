//! The statements of links and chains.

use crate::statements::{ids, names, statements};

statements! {
    CREATORS = concat!("SELECT work, creator FROM work_creators WHERE work IN ", ids!("$1"));
    LINKS = concat!(
        "SELECT l.work, w.title, l.rel, l.part, l.title, l.url FROM work_links l \
         JOIN works w ON w.id = l.work WHERE w.removed = 0 AND l.work IN ", ids!("$1"),
        " ORDER BY l.work, l.place"
    );
    TITLES = concat!(
        "SELECT c.creator, w.folded FROM works w JOIN work_creators c ON c.work = w.id \
         WHERE w.removed = 0 AND w.id IN ", ids!("$1")
    );
    ADDRESSES = concat!(
        "SELECT DISTINCT i.value FROM identities i \
         WHERE i.kind IN ('address', 'chapter-address', 'site-id') AND i.work IN ", ids!("$1")
    );
    LEADING = concat!("SELECT DISTINCT work FROM link_keys WHERE key IN ", names!("$1"));
    MATES = concat!(
        "SELECT DISTINCT mate.work FROM chain_works own \
         JOIN chain_works mate ON mate.chain = own.chain WHERE own.work IN ", ids!("$1")
    );

    STATED = concat!(
        "SELECT DISTINCT work, series FROM series_works WHERE work IN ", ids!("$1")
    );
    CHAINS_OF = concat!("SELECT DISTINCT chain FROM chain_works WHERE work IN ", ids!("$1"));
    CHAINS_AT = concat!("SELECT id, anchor FROM chains WHERE anchor IN ", ids!("$1"));
    UIDS = concat!("SELECT id, uid FROM works WHERE id IN ", ids!("$1"));
    CLEAR = concat!("DELETE FROM chain_works WHERE work IN ", ids!("$1"));
    FORGET = concat!(
        "DELETE FROM chains WHERE id IN ", ids!("$1"),
        " AND NOT EXISTS (SELECT 1 FROM chain_works c WHERE c.chain = chains.id)"
    );

    CLEAR_LINKS = concat!("DELETE FROM work_links WHERE work IN ", ids!("$1"));
    CLEAR_KEYS = concat!("DELETE FROM link_keys WHERE work IN ", ids!("$1"));

    UNREAD = "SELECT CAST(at AS BIGINT) FROM marks WHERE name = 'links'";
    UNREAD_WORKS = "SELECT id, shown FROM works WHERE removed = 0 AND id > $1 ORDER BY id LIMIT 512";
    READ_TO = "UPDATE marks SET at = $1 WHERE name = 'links'";
    ALL_READ = "DELETE FROM marks WHERE name = 'links'";
}

pub(crate) mod inserts {
    //! Rows of links and chains.

    use crate::db::Insert;
    use crate::statements::inserts;

    inserts! {
        LINKS = Insert::new("INSERT INTO work_links (work, place, rel, part, title, url)", 6);
        KEYS = Insert::new("INSERT INTO link_keys (key, work)", 2);
        CHAINS = Insert::new("INSERT INTO chains (id, uid, anchor)", 3);
        CHAIN_WORKS = Insert::new("INSERT INTO chain_works (chain, place, work)", 3);
    }
}
