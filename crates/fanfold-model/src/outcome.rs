//! What became of the items of an import. Each counts exactly once (contract section 1).

/// What a reading of an item found, before any library is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReadAs {
    /// A work.
    Work,
    /// A part whose work could not be assembled.
    Part,
    /// Understood, and not a work: an index, a recipe, a login page.
    NotAWork,
    /// Not understood, unreadable or over a limit.
    NotUnderstood,
}

impl ReadAs {
    /// The name in canonical JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Part => "part",
            Self::NotAWork => "not-a-work",
            Self::NotUnderstood => "not-understood",
        }
    }

    /// The reading with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Work, Self::Part, Self::NotAWork, Self::NotUnderstood]
            .into_iter()
            .find(|read| read.as_str() == name)
    }
}

/// What an import did with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemOutcome {
    /// Began a new work.
    Taken,
    /// Joined a work as a part, a version or a further copy.
    Merged,
    /// Same identity and same bytes as already stored.
    Unchanged,
    /// Would be taken or merged, but waits.
    Held,
    /// Not a work, not understood, unreadable or over a limit.
    Refused,
}

impl ItemOutcome {
    /// All outcomes, in the report's order.
    pub const ALL: [Self; 5] =
        [Self::Taken, Self::Merged, Self::Unchanged, Self::Held, Self::Refused];

    /// The name in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Merged => "merged",
            Self::Unchanged => "unchanged",
            Self::Held => "held",
            Self::Refused => "refused",
        }
    }

    /// The outcome with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == name)
    }
}

/// How many items ended how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Items that began a work.
    pub taken: u64,
    /// Items that joined one.
    pub merged: u64,
    /// Items already stored.
    pub unchanged: u64,
    /// Items that wait.
    pub held: u64,
    /// Items refused.
    pub refused: u64,
}

impl Counts {
    /// Counts one more item.
    pub fn add(&mut self, outcome: ItemOutcome) {
        match outcome {
            ItemOutcome::Taken => self.taken += 1,
            ItemOutcome::Merged => self.merged += 1,
            ItemOutcome::Unchanged => self.unchanged += 1,
            ItemOutcome::Held => self.held += 1,
            ItemOutcome::Refused => self.refused += 1,
        }
    }

    /// The count of one outcome.
    #[must_use]
    pub fn of(&self, outcome: ItemOutcome) -> u64 {
        match outcome {
            ItemOutcome::Taken => self.taken,
            ItemOutcome::Merged => self.merged,
            ItemOutcome::Unchanged => self.unchanged,
            ItemOutcome::Held => self.held,
            ItemOutcome::Refused => self.refused,
        }
    }

    /// All items seen: always the sum, because an item has exactly one outcome.
    #[must_use]
    pub fn seen(&self) -> u64 {
        ItemOutcome::ALL.into_iter().map(|outcome| self.of(outcome)).sum()
    }
}
