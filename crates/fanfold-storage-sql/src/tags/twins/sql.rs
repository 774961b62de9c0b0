//! The statements that join relationships.

use crate::statements::{names, statements, visible};

statements! {
    MARK = "SELECT CAST(at AS BIGINT) FROM marks WHERE name = 'pairs'";
    MARK_AT = "UPDATE marks SET at = $1 WHERE name = 'pairs'";
    DONE = "DELETE FROM marks WHERE name = 'pairs'";
    // Of every kind, so that no engine thinks of sorting a whole kind for each page.
    TAGS_AFTER = "SELECT id, kind, folded FROM tags WHERE id > $1 ORDER BY id LIMIT $2";
    HOLDERS = concat!("SELECT id, kind, folded FROM tags WHERE folded IN ", names!("$1"));
    USED = "SELECT works_owner FROM tags WHERE id = $1";

    WORKS = "SELECT DISTINCT w.id, w.removed FROM work_tags wt JOIN works w ON w.id = wt.work \
        WHERE wt.tag = $1 ORDER BY w.id";
    RELINK = "UPDATE work_tags SET tag = $1 WHERE tag = $2";
    COUNT_OWN = concat!(
        "UPDATE tags SET works_owner = (SELECT COUNT(DISTINCT w.id) FROM work_tags wt \
         JOIN works w ON w.id = wt.work WHERE wt.tag = tags.id AND ", visible!("w", "'owner'"),
        "), works_public = (SELECT COUNT(DISTINCT w.id) FROM work_tags wt \
         JOIN works w ON w.id = wt.work WHERE wt.tag = tags.id AND ", visible!("w", "'public'"),
        ") WHERE id = $1"
    );

    TAKE_FANDOMS = "INSERT INTO tag_fandoms (tag, fandom, works) \
        SELECT CAST($1 AS BIGINT), fandom, works FROM tag_fandoms WHERE tag = $2 \
        ON CONFLICT (tag, fandom) DO UPDATE SET works = tag_fandoms.works + excluded.works";
    TAKE_USES = "UPDATE tags SET elsewhere = (SELECT CAST(SUM(twin.elsewhere) AS BIGINT) \
        FROM tags twin WHERE twin.id IN ($1, $2)) WHERE id = $1";
    TAKE_TOUCHED = "INSERT INTO tag_change_tags (tag, change) \
        SELECT CAST($1 AS BIGINT), change FROM tag_change_tags WHERE tag = $2 \
        ON CONFLICT (tag, change) DO NOTHING";
    TAKE_LINES = "UPDATE tag_changes SET tag = $1 WHERE tag = $2";
    TAKE_OTHERS = "UPDATE tag_changes SET other = $1 WHERE other = $2";
    TAKE_TASKS = "UPDATE tag_tasks SET tag = $1 WHERE tag = $2";
    FORGET_FANDOMS = "DELETE FROM tag_fandoms WHERE tag = $1";
    FORGET_TOUCHED = "DELETE FROM tag_change_tags WHERE tag = $1";
    FORGET_TAG = "DELETE FROM tags WHERE id = $1";

    MUTES = "SELECT reader, key, folded, until FROM mutes \
        WHERE sort = 'tag' AND kind = 'relationship' ORDER BY reader, key";
    UNMUTE = "DELETE FROM mutes WHERE sort = 'tag' AND reader = $1 AND key = $2";
    MUTE_AS = "UPDATE mutes SET key = $1, folded = $2 \
        WHERE sort = 'tag' AND reader = $3 AND key = $4";
}

/// What the tag that stays ($1) takes over from the one that goes ($2).
pub(super) const TAKE_OVER: [&str; 6] =
    [TAKE_FANDOMS, TAKE_USES, TAKE_TOUCHED, TAKE_LINES, TAKE_OTHERS, TAKE_TASKS];
/// What is left of the tag that goes ($1).
pub(super) const FORGET: [&str; 3] = [FORGET_FANDOMS, FORGET_TOUCHED, FORGET_TAG];

pub(crate) mod inserts {
    //! Rows that are made others.

    use crate::db::Insert;
    use crate::statements::inserts;

    inserts! {
        KEYS = Insert::new(
            "UPDATE tags SET folded = CAST(given.column2 AS TEXT), \
             listed = NULLIF(CAST(given.column3 AS TEXT), CAST(given.column2 AS TEXT)) FROM (",
            3,
        ).then(") AS given WHERE tags.id = CAST(given.column1 AS BIGINT)");
        CHANGED = Insert::new(
            "UPDATE works SET changed = CAST(given.column2 AS BIGINT) FROM (", 2,
        ).then(") AS given WHERE works.id = CAST(given.column1 AS BIGINT)");
    }
}
