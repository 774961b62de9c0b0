//! What the index needs to know of a work.

use fanfold_model::{Status, TagKind, Visibility};

/// A partial date as the days it may mean, since 1970-01-01, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayInterval {
    /// First day.
    pub first: i32,
    /// Last day.
    pub last: i32,
}

/// A work as the index takes it. Plain text everywhere: markup is the caller's to remove.
#[derive(Debug, Clone, Default)]
pub struct IndexedWork {
    /// The number in the work's address; the key of the index.
    pub id: u64,
    /// How far it may be shown.
    pub visibility: Visibility,
    /// Waits for something (policy, permission, takedown …).
    pub held: bool,
    /// Needs the adult gate.
    pub adult: bool,
    /// Title, if there is one.
    pub title: Option<String>,
    /// Names of creators, the first one first: the list is sorted by it.
    pub creators: Vec<String>,
    /// Summary, notes and end notes.
    pub summary: Vec<String>,
    /// Texts of the chapters, in order.
    pub chapters: Vec<String>,
    /// Tags, with what they stand for.
    pub tags: Vec<IndexedTag>,
    /// Titles of series.
    pub series: Vec<String>,
    /// Names of collections.
    pub collections: Vec<String>,
    /// Formats and hosts of its sources.
    pub sources: Vec<String>,
    /// Language as stated, BCP 47.
    pub language: Option<String>,
    /// Language by whose rules the words are stemmed: the stated one, else one suggested by the text. Never shown.
    pub text_language: Option<String>,
    /// Complete or not.
    pub status: Status,
    /// Words.
    pub words: u64,
    /// Chapters there are; may differ from `chapters.len()` when texts are not indexed.
    pub chapter_count: u64,
    /// Kudos, if known. Unknown is in no range and sorts last.
    pub kudos: Option<u64>,
    /// Hits, if known.
    pub hits: Option<u64>,
    /// Comments, if known.
    pub comments: Option<u64>,
    /// Bookmarks, if known.
    pub bookmarks: Option<u64>,
    /// First published, if known.
    pub published: Option<DayInterval>,
    /// Last updated, if known.
    pub updated: Option<DayInterval>,
    /// Came into this library.
    pub imported: Option<DayInterval>,
}

/// A tag as it stands on a work. The index keeps its number alone; what it stands for here says whether the work is
/// about one pairing, and whether it is a crossover.
#[derive(Debug, Clone)]
pub struct IndexedTag {
    /// Its own number.
    pub id: u64,
    /// Its kind.
    pub kind: TagKind,
    /// Its canonical form, or itself where there is none.
    pub canonical: u64,
    /// Every name by whose words it is found: as written, the canonical form's, other synonyms'.
    pub names: Vec<String>,
    /// Its own number, its canonical form's, and all their metatags' at any depth.
    pub expanded: Vec<u64>,
    /// `true` when the creator put it on the work; `false` for one listed only so that its names are found.
    pub direct: bool,
}

impl IndexedWork {
    /// Exactly one relationship, synonyms counted once.
    pub(crate) fn is_otp(&self) -> bool {
        let mut forms = self.direct(TagKind::Relationship).map(|tag| tag.canonical);
        forms.next().is_some_and(|first| forms.all(|form| form == first))
    }

    /// Fandoms that no single one of them joins: AO3's rule. One fandom joins the others when it shares a tag with each
    /// of them, synonyms and metatags included.
    pub(crate) fn is_crossover(&self) -> bool {
        let shares =
            |a: &IndexedTag, b: &IndexedTag| a.expanded.iter().any(|id| b.expanded.contains(id));
        let mut fandoms = self.direct(TagKind::Fandom).peekable();
        fandoms.peek().is_some()
            && !fandoms.any(|one| {
                self.direct(TagKind::Fandom).all(|other| one.id == other.id || shares(one, other))
            })
    }

    fn direct(&self, kind: TagKind) -> impl Iterator<Item = &IndexedTag> {
        self.tags.iter().filter(move |tag| tag.kind == kind && tag.direct)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(id: u64, kind: TagKind, canonical: u64, metatags: &[u64]) -> IndexedTag {
        let expanded = [id, canonical].into_iter().chain(metatags.iter().copied()).collect();
        IndexedTag { id, kind, canonical, names: vec![], expanded, direct: true }
    }

    fn work(tags: Vec<IndexedTag>) -> IndexedWork {
        IndexedWork { tags, ..IndexedWork::default() }
    }

    #[test]
    fn two_names_of_one_relationship_are_one_pairing() {
        let pair = |id, canonical| tag(id, TagKind::Relationship, canonical, &[]);
        assert!(work(vec![pair(1, 1), pair(2, 1)]).is_otp());
        assert!(!work(vec![pair(1, 1), pair(3, 3)]).is_otp());
        assert!(!work(vec![]).is_otp());
    }

    #[test]
    fn fandoms_under_one_metatag_are_no_crossover() {
        let fandom = |id, metatags: &[u64]| tag(id, TagKind::Fandom, id, metatags);
        assert!(!work(vec![fandom(1, &[9]), fandom(2, &[9])]).is_crossover());
        assert!(work(vec![fandom(1, &[9]), fandom(2, &[8])]).is_crossover());
        assert!(
            !work(vec![fandom(1, &[9]), fandom(9, &[])]).is_crossover(),
            "a subtag beside its metatag"
        );
        assert!(
            !work(vec![fandom(1, &[8, 9]), fandom(2, &[8]), fandom(3, &[9])]).is_crossover(),
            "the first joins both"
        );
        assert!(!work(vec![fandom(1, &[])]).is_crossover());
        assert!(!work(vec![]).is_crossover());
    }
}
