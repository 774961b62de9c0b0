//! The statements of sketches and pairs.

use crate::statements::{ids, statements};

statements! {
    MISSING = "SELECT s.work FROM (SELECT work FROM sketches WHERE rules < $1 \
        UNION ALL SELECT work FROM sketches WHERE rules > $1) s \
        JOIN works w ON w.id = s.work WHERE w.removed = 0 LIMIT $2";
    UNSCREENED = "SELECT s.work, s.words, s.shingles FROM sketches s JOIN works w ON w.id = s.work \
        WHERE s.screened = 0 AND s.rules <> '' AND w.removed = 0 AND s.work > $1 \
        ORDER BY s.work LIMIT $2";
    AFTER = "SELECT s.work, s.words, s.shingles FROM sketches s JOIN works w ON w.id = s.work \
        WHERE w.removed = 0 AND s.work > $1 ORDER BY s.work LIMIT $2";
    OF = concat!(
        "SELECT s.work, s.words, s.shingles FROM sketches s JOIN works w ON w.id = s.work \
         WHERE w.removed = 0 AND s.work IN ",
        ids!("$1"),
        " ORDER BY s.work"
    );
    FORGET = concat!(
        "UPDATE sketches SET rules = '', words = 0, shingles = $1, screened = 0 WHERE work IN ",
        ids!("$2")
    );
    SCREENED = concat!("UPDATE sketches SET screened = 2 WHERE work IN ", ids!("$1"));
    UNLISTED = "SELECT work FROM sketches WHERE screened = 1 ORDER BY work LIMIT $1";

    RUNS = "SELECT run, bits, texts, postings FROM shingle_runs ORDER BY run";
    TO_LIST = concat!("SELECT work, shingles FROM sketches WHERE work IN ", ids!("$1"));
    PARTS = concat!("SELECT place, packed FROM shingles WHERE place IN ", ids!("$1"));
    PARTS_BETWEEN = "SELECT packed FROM shingles WHERE place >= $1 AND place < $2";
    DROP_RUN = "DELETE FROM shingle_runs WHERE run = $1";
    DROP_PARTS = "DELETE FROM shingles WHERE place >= $1 AND place < $2";

    FORGET_A = concat!("DELETE FROM pairs WHERE state = 'open' AND a IN ", ids!("$1"));
    FORGET_B = concat!("DELETE FROM pairs WHERE state = 'open' AND b IN ", ids!("$1"));
    THERE = concat!("SELECT id FROM works WHERE id IN ", ids!("$1"));
    PAIRS_AFTER = "SELECT p.a, p.b, p.verdict, p.in_a, p.in_b, p.spans, p.state FROM pairs p \
        JOIN works x ON x.id = p.a JOIN works y ON y.id = p.b \
        WHERE x.removed = 0 AND y.removed = 0 AND (p.a > $1 OR (p.a = $1 AND p.b > $2)) \
        ORDER BY p.a, p.b LIMIT $3";
    PAIRS_OF = "SELECT p.a, p.b, p.verdict, p.in_a, p.in_b, p.spans, p.state FROM pairs p \
        WHERE p.state <> 'apart' AND (p.a = $1 OR p.b = $1) ORDER BY p.a, p.b";
    SETTLE = "UPDATE pairs SET state = $1, actor = $2, at = $3 WHERE a = $4 AND b = $5";
}

pub(crate) mod inserts {
    //! Rows of sketches and pairs.

    use crate::db::Insert;
    use crate::statements::inserts;

    inserts! {
        SKETCHES = Insert::new(
            "INSERT INTO sketches (work, rules, words, shingles, screened)",
            5,
        ).then(
            "ON CONFLICT (work) DO UPDATE SET rules = excluded.rules, words = excluded.words, \
             shingles = excluded.shingles, screened = excluded.screened",
        );
        RUNS = Insert::new("INSERT INTO shingle_runs (run, bits, texts, postings)", 4);
        PARTS = Insert::new("INSERT INTO shingles (place, packed)", 2);
        PAIRS = Insert::new("INSERT INTO pairs (a, b, verdict, in_a, in_b, spans, state)", 7).then(
            "ON CONFLICT (a, b) DO UPDATE SET verdict = excluded.verdict, in_a = excluded.in_a, \
             in_b = excluded.in_b, spans = excluded.spans",
        );
    }
}
