//! Numbers for names that are new.

use crate::db::Conn;
use fanfold_storage::Result;
use std::collections::BTreeMap;

/// A name that has just got its number.
#[derive(Debug)]
pub(crate) struct Wanted<K> {
    pub(crate) id: i64,
    pub(crate) key: K,
    /// The name as first written.
    pub(crate) name: String,
}

/// Gives numbers to the wanted keys that were not found, and adds them to those found.
pub(crate) async fn take_missing<K: Ord + Clone>(
    conn: &mut Conn,
    counter: &str,
    wanted: &BTreeMap<K, String>,
    found: &mut BTreeMap<K, i64>,
) -> Result<Vec<Wanted<K>>> {
    let missing: Vec<_> = wanted.iter().filter(|(key, _)| !found.contains_key(*key)).collect();
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    let before = conn.take_numbers(counter, missing.len()).await?;
    let made = missing.into_iter().zip(before + 1..).map(|((key, name), id)| {
        found.insert(key.clone(), id);
        Wanted { id, key: key.clone(), name: name.clone() }
    });
    Ok(made.collect())
}
