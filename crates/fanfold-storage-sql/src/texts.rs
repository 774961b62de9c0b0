//! Chapter texts: named by their hash, shared by versions, forgotten when no chapter has them.

use crate::db::{Conn, text_list, vals};
use crate::statements::{names, statements};
use fanfold_storage::Result;

mod sql {
    use super::{names, statements};

    statements! {
        FORGET = concat!(
            "DELETE FROM texts WHERE hash IN ", names!("$1"),
            " AND NOT EXISTS (SELECT 1 FROM chapters c WHERE c.text_hash = texts.hash)"
        );
    }
}

#[cfg(test)]
pub(crate) use sql::ALL as STATEMENTS;

/// Forgets those of these texts that no chapter has any more.
pub(crate) async fn forget_unused(conn: &mut Conn, hashes: Vec<String>) -> Result<()> {
    if !hashes.is_empty() {
        conn.execute(sql::FORGET, vals![text_list(hashes)]).await?;
    }
    Ok(())
}
