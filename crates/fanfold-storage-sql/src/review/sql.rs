//! The statements of review.

use crate::statements::statements;

statements! {
    ASKING = "SELECT w.shown, i.roots FROM works w JOIN imports i ON i.id = w.import \
        WHERE w.asks = 1 AND w.removed = 0 AND w.id > $1 ORDER BY w.id LIMIT $2";
    ANSWERS = "SELECT kind, origin, subject, choice, through, actor, at FROM answers \
        ORDER BY kind, origin, subject";
    ANSWER = "SELECT choice FROM answers WHERE kind = $1 AND origin = $2 AND subject = $3";
    FORGET = "DELETE FROM answers WHERE kind = $1 AND origin = $2 AND subject = $3";
    IDENTITIES = "SELECT DISTINCT kind, value FROM identities WHERE work = $1 ORDER BY kind, value";
    ROOTS = "SELECT i.roots FROM works w JOIN imports i ON i.id = w.import WHERE w.id = $1";
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
        ANSWERS = Insert::new(
            "INSERT INTO answers (kind, origin, subject, choice, through, actor, at)",
            7,
        ).then(
            "ON CONFLICT (kind, origin, subject) DO UPDATE SET choice = excluded.choice, \
             through = excluded.through, actor = excluded.actor, at = excluded.at",
        );
    }
}
