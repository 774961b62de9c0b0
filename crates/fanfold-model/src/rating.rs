//! Ratings in the contract's vocabulary, ordered so that "never lower a rating" can be checked.

use std::fmt;

/// A rating. "Not stated" is `None` of an `Option<Rating>`, which is not [`Rating::NotRated`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rating {
    /// The creator chose not to rate.
    NotRated,
    /// General Audiences.
    General,
    /// Teen And Up Audiences.
    Teen,
    /// Mature.
    Mature,
    /// Explicit.
    Explicit,
}

impl Rating {
    /// All ratings, mildest first, "Not Rated" in front.
    pub const ALL: [Self; 5] =
        [Self::NotRated, Self::General, Self::Teen, Self::Mature, Self::Explicit];

    /// The contract's wording.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotRated => "Not Rated",
            Self::General => "General Audiences",
            Self::Teen => "Teen And Up Audiences",
            Self::Mature => "Mature",
            Self::Explicit => "Explicit",
        }
    }

    /// The rating with exactly this wording (case does not matter).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rating| rating.as_str().eq_ignore_ascii_case(name.trim()))
    }

    /// How strict the rating is, for "the higher of two". Not Rated counts as possibly anything.
    #[must_use]
    pub fn strictness(self) -> u8 {
        match self {
            Self::General => 1,
            Self::Teen => 2,
            Self::NotRated => 3,
            Self::Mature => 4,
            Self::Explicit => 5,
        }
    }

    /// Whether a reader is asked before a work with this rating is shown. An unrated work
    /// (`None`) asks too: "not stated" is not "for everyone".
    #[must_use]
    pub fn is_adult(rating: Option<Self>) -> bool {
        !matches!(rating, Some(Self::General | Self::Teen))
    }
}

impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
