//! The statements of review.

use crate::statements::{ids, statements};

statements! {
    ASKING = "SELECT w.shown, i.roots FROM works w JOIN imports i ON i.id = w.import \
        WHERE (w.asks = 1 OR EXISTS (SELECT 1 FROM guesses g WHERE g.work = w.id)) \
        AND w.removed = 0 AND w.id > $1 ORDER BY w.id LIMIT $2";
    GUESSES = concat!(
        "SELECT work, field, value, percent, why FROM guesses WHERE work IN ", ids!("$1"),
        " ORDER BY work, field, value"
    );
    FORGET_GUESSES = concat!("DELETE FROM guesses WHERE work IN ", ids!("$1"));
    WITHOUT_FANDOM = "SELECT w.id FROM works w WHERE w.removed = 0 AND NOT EXISTS \
        (SELECT 1 FROM work_tags t WHERE t.work = w.id AND t.kind = 'fandom') \
        ORDER BY w.id DESC LIMIT $1";
    BROUGHT_WITHOUT_FANDOM = "SELECT w.id FROM works w WHERE w.import = $1 AND w.removed = 0 \
        AND NOT EXISTS (SELECT 1 FROM work_tags t WHERE t.work = w.id AND t.kind = 'fandom') LIMIT 1";
    FANDOM_NAMES = "SELECT n.name, n.kind, f.name, COUNT(*) FROM work_tags wt \
        JOIN tags n ON n.id = wt.tag \
        JOIN work_tags wf ON wf.work = wt.work AND wf.kind = 'fandom' \
        JOIN tags f ON f.id = wf.tag JOIN works w ON w.id = wt.work \
        WHERE wt.kind IN ('character', 'relationship') AND w.removed = 0 AND \
        (SELECT COUNT(*) FROM work_tags o WHERE o.work = wt.work AND o.kind = 'fandom') = 1 \
        GROUP BY n.name, n.kind, f.name ORDER BY n.name, n.kind, f.name";
    WITH_RELATIONSHIP = "SELECT wt.work FROM work_tags wt JOIN tags n ON n.id = wt.tag \
        JOIN work_tags wf ON wf.work = wt.work AND wf.kind = 'fandom' \
        JOIN tags f ON f.id = wf.tag JOIN works w ON w.id = wt.work \
        WHERE wt.kind = 'relationship' AND n.name = $1 AND f.name = $2 AND w.removed = 0 \
        ORDER BY wt.work DESC LIMIT $3";
    ANSWERS = "SELECT kind, origin, subject, choice, through, actor, at FROM answers \
        ORDER BY kind, origin, subject";
    ANSWER = "SELECT choice FROM answers WHERE kind = $1 AND origin = $2 AND subject = $3";
    FORGET = "DELETE FROM answers WHERE kind = $1 AND origin = $2 AND subject = $3";
    IDENTITIES = "SELECT DISTINCT kind, value FROM identities WHERE work = $1 ORDER BY kind, value";
    ROOTS = "SELECT i.roots FROM works w JOIN imports i ON i.id = w.import WHERE w.id = $1";
    ORIGINS = "SELECT w.id, w.site, i.roots FROM works w JOIN imports i ON i.id = w.import \
        WHERE w.removed = 0 AND w.id > $1 ORDER BY w.id LIMIT $2";
    MERGED_A = "SELECT p.b FROM pairs p JOIN works w ON w.id = p.b \
        WHERE p.state = 'merged' AND w.removed = 0 AND p.a = $1 ORDER BY p.b LIMIT 1";
    MERGED_B = "SELECT p.a FROM pairs p JOIN works w ON w.id = p.a \
        WHERE p.state = 'merged' AND w.removed = 0 AND p.b = $1 ORDER BY p.a LIMIT 1";
    SHOWN = "SELECT shown_version FROM works WHERE id = $1 AND removed = 0";
    HAS_TEXT = "UPDATE versions SET was_shown = 1 \
        WHERE work = $1 AND number = $2 AND has_text = 1";
    SHOW = "UPDATE works SET shown_version = $1 WHERE id = $2";
}

pub(crate) mod inserts {
    //! Rows of answers.

    use crate::db::Insert;
    use crate::statements::inserts;

    inserts! {
        GUESSES = Insert::new("INSERT INTO guesses (work, field, value, percent, why)", 5)
            .then("ON CONFLICT (work, field, value) DO NOTHING");
        ANSWERS = Insert::new(
            "INSERT INTO answers (kind, origin, subject, choice, through, actor, at)",
            7,
        ).then(
            "ON CONFLICT (kind, origin, subject) DO UPDATE SET choice = excluded.choice, \
             through = excluded.through, actor = excluded.actor, at = excluded.at",
        );
    }
}
