//! Ids and uids. An id is the number in a URL, never reused, below 2^53; a uid is minted once and
//! kept through export, import, versions and reprocessing (contract section 2).

use std::fmt;
use std::str::FromStr;

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl $name {
            /// The number as the index and addresses have it; 0, which no store gives, for a negative one.
            #[must_use]
            pub fn number(self) -> u64 {
                u64::try_from(self.0).unwrap_or(0)
            }

            /// The id with this number; 0, which no store gives, for one that is too large.
            #[must_use]
            pub fn of_number(number: u64) -> Self {
                Self(i64::try_from(number).unwrap_or(0))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number_id!(
    /// A work's number in this library.
    WorkId
);
number_id!(
    /// A creator's number in this library.
    CreatorId
);
number_id!(
    /// A series' number in this library.
    SeriesId
);
number_id!(
    /// A tag's number in this library.
    TagId
);
number_id!(
    /// An import's number in this library.
    ImportId
);
number_id!(
    /// The number of a kept item that is not a work.
    ItemId
);

/// A universally unique id, minted once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uid(pub uuid::Uuid);

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_hyphenated().fmt(f)
    }
}

impl FromStr for Uid {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        uuid::Uuid::parse_str(text).map(Self)
    }
}

/// Mints uids from what they name, so that an import that was killed and started again ends with
/// the very same uids, and two libraries that rescue the same bytes agree on them.
///
/// A uid is version 8 of RFC 9562: 122 bits of a BLAKE3 hash that the caller computes.
#[derive(Debug, Clone, Copy, Default)]
pub struct UidMint;

impl UidMint {
    /// The uid for 16 hashed bytes of a thing's origin (`kind`, source hash, place in the source).
    #[must_use]
    pub fn mint(self, hashed: [u8; 16]) -> Uid {
        Uid(uuid::Builder::from_custom_bytes(hashed).into_uuid())
    }
}

/// The BLAKE3 hash that names original bytes or a text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash(pub [u8; 32]);

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A hash that is not 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a BLAKE3 hash: 64 hexadecimal digits are wanted")]
pub struct HashError(pub String);

impl FromStr for ContentHash {
    type Err = HashError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || HashError(text.chars().take(80).collect());
        if text.len() != 64 || !text.is_ascii() {
            return Err(wrong());
        }
        let mut bytes = [0_u8; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| wrong())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| wrong())?;
        }
        Ok(Self(bytes))
    }
}
