//! What a reader keeps to find works by: saved filters, and what is muted for them.

use crate::ids::{CreatorId, WorkId};
use crate::{TagKind, fold_tag};

/// A query with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFilter {
    /// The reader's name for it; names are compared folded.
    pub name: String,
    /// The query, in the query language.
    pub query: String,
    /// Whether it narrows every list by itself. At most one filter of a reader does.
    pub usual: bool,
}

/// What a reader does not want to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Muted {
    /// All works found under a tag, its synonyms and its subtags.
    Tag {
        /// The tag's kind.
        kind: TagKind,
        /// The tag's name.
        name: String,
    },
    /// All works of a creator.
    Creator(CreatorId),
    /// One work.
    Work(WorkId),
}

/// Something muted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mute {
    /// What.
    pub what: Muted,
    /// Its name when it was muted, to be shown.
    pub name: String,
    /// The last day it holds, in days since 1970-01-01; `None` until it is lifted.
    pub until: Option<i32>,
}

impl Muted {
    /// What is muted, as two short texts that name it for good: `tag` and `fandom:treasure island`, `work` and `12`.
    #[must_use]
    pub fn key(&self) -> (&'static str, String) {
        match self {
            Self::Tag { kind, name } => ("tag", format!("{kind}:{}", fold_tag(*kind, name))),
            Self::Creator(id) => ("creator", id.to_string()),
            Self::Work(id) => ("work", id.to_string()),
        }
    }

    /// What these two texts name; `None` for anything else.
    #[must_use]
    pub fn from_key(sort: &str, key: &str) -> Option<Self> {
        match sort {
            "tag" => {
                let (kind, name) = key.split_once(':')?;
                let kind = TagKind::from_name(kind)?;
                (!name.trim().is_empty()).then(|| Self::Tag { kind, name: name.to_owned() })
            }
            "creator" => key.parse().ok().map(|id| Self::Creator(CreatorId(id))),
            "work" => key.parse().ok().map(|id| Self::Work(WorkId(id))),
            _ => None,
        }
    }
}

impl Mute {
    /// Whether it holds on a day (days since 1970-01-01).
    #[must_use]
    pub fn holds_on(&self, today: i32) -> bool {
        self.until.is_none_or(|until| today <= until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_muted_reads_back_from_its_key() {
        let all = [
            Muted::Tag { kind: TagKind::Fandom, name: "oz: the road".into() },
            Muted::Creator(CreatorId(7)),
            Muted::Work(WorkId(12)),
        ];
        for muted in all {
            let (sort, key) = muted.key();
            assert_eq!(Muted::from_key(sort, &key), Some(muted));
        }
        for (sort, key) in
            [("tag", "oz"), ("tag", "colour:x"), ("tag", "fandom: "), ("work", "x"), ("", "")]
        {
            assert_eq!(Muted::from_key(sort, key), None, "{sort} {key}");
        }
    }

    #[test]
    fn a_mute_holds_through_its_last_day() {
        let mute = |until| Mute { what: Muted::Work(WorkId(1)), name: String::new(), until };
        assert!(mute(None).holds_on(i32::MAX));
        assert!(mute(Some(9)).holds_on(9) && !mute(Some(9)).holds_on(10));
    }
}
