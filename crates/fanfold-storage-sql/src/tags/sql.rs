//! The statements of the tag graph.

use crate::statements::{ids, known_by, listed, statements, visible};

/// What a tag is, in the columns of [`fanfold_storage::TagRow`]: id, kind, name, canonical, unwrangleable, the
/// canonical tag and its name, works, uses elsewhere.
macro_rules! row_columns {
    () => {
        "t.id, t.kind, t.name, t.canonical, t.unwrangleable, s.parent, c.name, t.all_owner, \
         t.elsewhere FROM tags t \
         LEFT JOIN tag_edges s ON s.child = t.id AND s.kind = 'synonym' \
         LEFT JOIN tags c ON c.id = s.parent "
    };
}

/// Tags that fit a filter. $1: kind or ''. $2: standing or ''. $3: a piece of the folded name or ''.
macro_rules! fitting {
    () => {
        "((CAST($1 AS TEXT) = '' AND t.kind IN ('fandom', 'relationship', 'character', 'freeform')) \
          OR t.kind = CAST($1 AS TEXT)) \
         AND (CAST($2 AS TEXT) = '' \
          OR (CAST($2 AS TEXT) = 'canonical' AND t.canonical = 1) \
          OR (CAST($2 AS TEXT) = 'synonym' AND s.parent IS NOT NULL) \
          OR (CAST($2 AS TEXT) = 'unwrangleable' AND t.unwrangleable = 1) \
          OR (CAST($2 AS TEXT) = 'unwrangled' AND t.canonical = 0 AND t.unwrangleable = 0 \
              AND s.parent IS NULL AND t.works_owner > 0)) \
         AND (t.canonical = 1 OR t.unwrangleable = 1 OR s.parent IS NOT NULL OR t.works_owner > 0) \
         AND (CAST($3 AS TEXT) = '' OR t.folded LIKE CAST($3 AS TEXT) ESCAPE '~' \
          OR t.listed LIKE CAST($3 AS TEXT) ESCAPE '~')"
    };
}

/// Works under a tag that the viewer $1 may see, its synonyms' with its own.
macro_rules! in_use {
    ($tag:literal) => {
        concat!(
            "(CASE WHEN CAST($1 AS TEXT) = 'owner' THEN ",
            $tag,
            ".all_owner ELSE ",
            $tag,
            ".all_public END)"
        )
    };
}

/// Whether a canonical tag leads to works: its own, or those of tags below it.
macro_rules! leads_on {
    ($tag:literal) => {
        concat!(
            "(",
            in_use!($tag),
            " > 0 OR EXISTS (SELECT 1 FROM tag_edges m WHERE m.parent = ",
            $tag,
            ".id AND m.kind = 'metatag'))"
        )
    };
}

statements! {
    NODES = concat!(
        "SELECT id, kind, name, folded, canonical, unwrangleable FROM tags WHERE id IN ", ids!("$1"),
        " OR id IN (SELECT parent FROM tag_edges WHERE child IN ", ids!("$1"),
        ") OR id IN (SELECT child FROM tag_edges WHERE parent IN ", ids!("$1"), ")"
    );
    AROUND = concat!(
        "SELECT child, parent, kind FROM tag_edges WHERE child IN ", ids!("$1"),
        " UNION SELECT child, parent, kind FROM tag_edges WHERE parent IN ", ids!("$1"),
        " ORDER BY 1, 3, 2"
    );
    ABOVE = concat!(
        "WITH RECURSIVE up (id) AS (\
         SELECT parent FROM tag_edges WHERE kind = 'metatag' AND child IN ", ids!("$1"),
        " UNION SELECT e.parent FROM up JOIN tag_edges e ON e.child = up.id AND e.kind = 'metatag') \
         SELECT id FROM up ORDER BY id"
    );
    BELOW = concat!(
        "WITH RECURSIVE down (id) AS (\
         SELECT child FROM tag_edges WHERE kind = 'metatag' AND parent IN ", ids!("$1"),
        " UNION SELECT e.child FROM down \
         JOIN tag_edges e ON e.parent = down.id AND e.kind = 'metatag') \
         SELECT id FROM down ORDER BY id"
    );
    METATAG_EDGES = "SELECT child, parent FROM tag_edges WHERE kind = 'metatag'";
    SET_STATE = "UPDATE tags SET canonical = $1, unwrangleable = $2, name = $3, \
        listed = NULLIF(CAST($4 AS TEXT), folded) WHERE id = $5";
    DELETE_EDGE = "DELETE FROM tag_edges WHERE child = $1 AND parent = $2 AND kind = $3";
    SYNONYMS_OF = concat!(
        "SELECT child FROM tag_edges WHERE kind = 'synonym' AND parent IN ", ids!("$1")
    );
    // Works under each tag, its synonyms' with its own, each once.
    RECOUNT = concat!(
        "UPDATE tags SET all_owner = (SELECT COUNT(DISTINCT w.id) FROM work_tags wt \
         JOIN works w ON w.id = wt.work WHERE ", visible!("w", "'owner'"),
        " AND wt.tag IN (SELECT tags.id UNION ALL SELECT e.child FROM tag_edges e \
         WHERE e.parent = tags.id AND e.kind = 'synonym')), \
         all_public = (SELECT COUNT(DISTINCT w.id) FROM work_tags wt \
         JOIN works w ON w.id = wt.work WHERE ", visible!("w", "'public'"),
        " AND wt.tag IN (SELECT tags.id UNION ALL SELECT e.child FROM tag_edges e \
         WHERE e.parent = tags.id AND e.kind = 'synonym')) WHERE id IN ", ids!("$1")
    );
    OWN_SUM = concat!(
        "SELECT CAST(COALESCE(SUM(works_owner), 0) AS BIGINT) FROM tags WHERE id IN ", ids!("$1")
    );
    UNDER = concat!(
        "SELECT COUNT(DISTINCT w.id) FROM work_tags wt JOIN works w ON w.id = wt.work WHERE ",
        visible!("w", "'owner'"), " AND wt.tag IN ", ids!("$1")
    );

    // Tags whose works are found under these tags, with how many carry each; the few first.
    SCOPE = concat!(
        "WITH RECURSIVE down (id) AS (SELECT t.id FROM tags t WHERE t.id IN ", ids!("$1"),
        " UNION SELECT e.child FROM down JOIN tag_edges e ON e.parent = down.id \
         AND e.kind IN ('metatag', 'synonym')) \
         SELECT t.id, t.works_owner FROM tags t WHERE t.works_owner > 0 \
         AND (t.id IN (SELECT id FROM down) OR t.id IN ", ids!("$2"), ") \
         ORDER BY t.works_owner, t.id"
    );
    VERSION = "SELECT value FROM counters WHERE name = 'tag_change'";
    CHANGES_AFTER = "SELECT action, delta FROM tag_changes WHERE id > $1 ORDER BY id";
    FORMS = concat!(
        "SELECT child, parent FROM tag_edges WHERE kind = 'synonym' AND child IN ", ids!("$1"),
        " ORDER BY child"
    );
    // Those that works carry of some tags, of what they mean, and of their synonyms where these are few.
    FAMILIES = concat!(
        "WITH heads (id) AS (SELECT t.id FROM tags t WHERE t.id IN ", ids!("$1"),
        " UNION SELECT e.parent FROM tag_edges e WHERE e.kind = 'synonym' AND e.child IN ", ids!("$1"),
        "), few (id) AS (SELECT e.parent FROM tag_edges e JOIN heads h ON h.id = e.parent \
         WHERE e.kind = 'synonym' GROUP BY e.parent HAVING COUNT(*) <= 65) \
         SELECT t.id FROM tags t WHERE t.works_owner > 0 AND (t.id IN (SELECT id FROM heads) \
         OR t.id IN (SELECT e.child FROM tag_edges e JOIN few f ON f.id = e.parent \
         WHERE e.kind = 'synonym')) ORDER BY t.id"
    );
    ALL_ABOVE = concat!(
        "WITH RECURSIVE up (start, id) AS (\
         SELECT child, parent FROM tag_edges WHERE kind = 'metatag' AND child IN ", ids!("$1"),
        " UNION SELECT up.start, e.parent FROM up \
         JOIN tag_edges e ON e.child = up.id AND e.kind = 'metatag') \
         SELECT start, id FROM up ORDER BY start, id"
    );
    ALL_UNDER = concat!(
        "WITH RECURSIVE down (id) AS (SELECT t.id FROM tags t WHERE t.id IN ", ids!("$1"),
        " UNION SELECT e.child FROM down JOIN tag_edges e ON e.parent = down.id \
         AND e.kind IN ('metatag', 'synonym')) SELECT id FROM down ORDER BY id"
    );
    NEXT_TASK = "SELECT change, place, task, tag FROM tag_tasks ORDER BY change, place LIMIT 1";
    TO_COUNT = "SELECT COUNT(*) FROM tag_tasks WHERE task = $1";
    TASK_DONE = "DELETE FROM tag_tasks WHERE change = $1 AND place = $2";

    CHANGE = "SELECT tag, name, other, other_name, delta, undone_by FROM tag_changes WHERE id = $1";
    SET_UNDONE = "UPDATE tag_changes SET undone_by = $1 WHERE id = $2";
    LATER_CHANGE = concat!(
        "SELECT c.id, c.action, c.name FROM tag_changes c WHERE c.id > $1 AND c.undone_by IS NULL \
         AND c.id IN (SELECT change FROM tag_change_tags WHERE tag IN ", ids!("$2"),
        ") ORDER BY c.id DESC LIMIT 1"
    );
    HISTORY = "SELECT id, action, tag, name, other_name, actor, at, undoes, undone_by \
        FROM tag_changes WHERE id < $1 ORDER BY id DESC LIMIT $2";
    HISTORY_OF = "SELECT c.id, c.action, c.tag, c.name, c.other_name, c.actor, c.at, c.undoes, \
        c.undone_by FROM tag_change_tags k JOIN tag_changes c ON c.id = k.change \
        WHERE k.tag = $1 AND k.change < $2 ORDER BY k.change DESC LIMIT $3";

    ROWS = concat!("SELECT ", row_columns!(), "WHERE t.id IN ", ids!("$1"), " ORDER BY t.id");
    NAMED = concat!(
        "SELECT ", row_columns!(),
        "WHERE (CAST($1 AS TEXT) = '' OR t.kind = CAST($1 AS TEXT)) AND ", known_by!("t", "$2", "$3"),
        " ORDER BY t.id"
    );
    LISTED = concat!(
        "SELECT ", row_columns!(), "WHERE ", fitting!(),
        " ORDER BY t.all_owner DESC, t.elsewhere DESC, ", listed!("t"), ", t.id LIMIT $4 OFFSET $5"
    );
    // The two that pages ask for: both stop where their index has given enough.
    UNDECIDED = concat!(
        "SELECT ", row_columns!(), "WHERE t.canonical = 0 AND t.unwrangleable = 0 AND t.works_owner > 0 \
         AND s.parent IS NULL AND (t.kind = CAST($1 AS TEXT) OR (CAST($1 AS TEXT) = '' \
          AND t.kind IN ('fandom', 'relationship', 'character', 'freeform'))) \
         ORDER BY t.all_owner DESC, t.id LIMIT $2 OFFSET $3"
    );
    OF_KIND = concat!(
        "SELECT ", row_columns!(), "WHERE t.kind = $1 AND (CAST($2 AS TEXT) = '' \
          OR (CAST($2 AS TEXT) = 'canonical' AND t.canonical = 1) \
          OR (CAST($2 AS TEXT) = 'synonym' AND s.parent IS NOT NULL) \
          OR (CAST($2 AS TEXT) = 'unwrangleable' AND t.unwrangleable = 1)) \
         AND (t.canonical = 1 OR t.unwrangleable = 1 OR s.parent IS NOT NULL OR t.works_owner > 0) \
         ORDER BY t.all_owner DESC, t.id LIMIT $3 OFFSET $4"
    );
    // $4: the fandom with its synonyms. $5: how many of its works are looked at.
    LISTED_OF_FANDOM = concat!(
        "SELECT ", row_columns!(), "WHERE ", fitting!(), " AND t.id IN (SELECT wt.tag FROM work_tags wt \
         WHERE wt.work IN (SELECT f.work FROM work_tags f WHERE f.tag IN ", ids!("$4"),
        " ORDER BY f.work DESC LIMIT $5) UNION SELECT e.child FROM tag_edges e \
         WHERE e.kind = 'parent' AND e.parent IN ", ids!("$4"), ") AND t.id NOT IN ", ids!("$4"),
        " ORDER BY t.all_owner DESC, t.elsewhere DESC, ", listed!("t"), ", t.id LIMIT $6 OFFSET $7"
    );
    KNOWN = "SELECT t.id, COALESCE(s.parent, t.id), t.name, \
        CASE WHEN t.elsewhere > t.works_owner THEN t.elsewhere ELSE t.works_owner END FROM tags t \
        LEFT JOIN tag_edges s ON s.child = t.id AND s.kind = 'synonym' \
        WHERE t.kind = $1 AND t.id > $2 AND (t.canonical = 1 OR s.parent IS NOT NULL) \
        ORDER BY t.id LIMIT $3";
    // A synonym that is no secret: it stands on a work that the viewer sees, or is known from another archive.
    IN_USE = concat!(
        "SELECT t.id, t.kind, t.name, ", in_use!("t"), ", s.parent FROM tags t \
         LEFT JOIN tag_edges s ON s.child = t.id AND s.kind = 'synonym' \
         LEFT JOIN tags c ON c.id = s.parent WHERE t.id > $2 \
         AND ((s.parent IS NULL AND ", leads_on!("t"), ") OR (s.parent IS NOT NULL \
          AND (CAST($1 AS TEXT) = 'owner' OR t.works_public > 0 OR t.elsewhere > 0) \
          AND ", leads_on!("c"), ")) ORDER BY t.id LIMIT $3"
    );
    FANDOMS_ABOVE = concat!(
        "SELECT child, parent FROM tag_edges WHERE kind = 'parent' AND child IN ", ids!("$1"),
        " ORDER BY child, parent"
    );
    FANDOMS_ELSEWHERE = concat!(
        "SELECT tag, fandom FROM tag_fandoms WHERE tag IN ", ids!("$1"), " ORDER BY tag, works DESC, fandom"
    );
    FORGET_FANDOMS = concat!("DELETE FROM tag_fandoms WHERE tag IN ", ids!("$1"));
    FANDOMS_BESIDE = concat!(
        "SELECT COALESCE(s.parent, f.tag), COUNT(DISTINCT f.work) FROM work_tags f \
         JOIN works w ON w.id = f.work \
         LEFT JOIN tag_edges s ON s.child = f.tag AND s.kind = 'synonym' \
         WHERE f.kind = 'fandom' AND ", visible!("w", "$1"),
        " AND f.work IN (SELECT wt.work FROM work_tags wt WHERE wt.tag = $2 \
         ORDER BY wt.work DESC LIMIT 1000) GROUP BY COALESCE(s.parent, f.tag) \
         ORDER BY COUNT(DISTINCT f.work) DESC, 1 LIMIT 20"
    );

    STATES = concat!(
        "SELECT t.id, t.kind, t.canonical, t.unwrangleable, t.elsewhere, s.parent FROM tags t \
         LEFT JOIN tag_edges s ON s.child = t.id AND s.kind = 'synonym' WHERE t.id IN ", ids!("$1")
    );
    MAKE_CANONICAL = concat!("UPDATE tags SET canonical = 1 WHERE id IN ", ids!("$1"));
    SET_ASIDE = concat!("UPDATE tags SET unwrangleable = 1 WHERE id IN ", ids!("$1"));
}

pub(crate) mod inserts {
    //! Rows of the tag graph.

    use crate::db::Insert;
    use crate::statements::inserts;

    inserts! {
        EDGES = Insert::new("INSERT INTO tag_edges (child, parent, kind)", 3)
            .then("ON CONFLICT (child, kind, parent) DO NOTHING");
        CHANGES = Insert::new("INSERT INTO changes (seq, work, kind)", 3);
        TAG_CHANGES = Insert::new(
            "INSERT INTO tag_changes \
             (id, action, tag, name, other, other_name, actor, at, works, undoes, undone_by, delta)",
            12,
        );
        TOUCHED = Insert::new("INSERT INTO tag_change_tags (tag, change)", 2)
            .then("ON CONFLICT (tag, change) DO NOTHING");
        TASKS = Insert::new(
            "INSERT INTO tag_tasks (change, place, task, tag, after, through, done, total)",
            8,
        );
        USES = Insert::new(
            "UPDATE tags SET elsewhere = CAST(given.column2 AS BIGINT) FROM (", 2,
        ).then(") AS given WHERE tags.id = CAST(given.column1 AS BIGINT)");
        FANDOMS = Insert::new("INSERT INTO tag_fandoms (tag, fandom, works)", 3);
        CANONICAL = Insert::new("UPDATE tags SET canonical = 1, name = CAST(given.column2 AS TEXT), \
            listed = NULLIF(CAST(given.column3 AS TEXT), tags.folded) FROM (", 3)
            .then(") AS given WHERE tags.id = CAST(given.column1 AS BIGINT)");
    }
}
