//! Invented tags, and which of them a work carries.

use fanfold_model::TagKind;

use crate::generate::{self, Dice};

/// Numbers of the first rating, warning, category, and of everything else.
const FIXED: [(TagKind, u64, &[&str]); 3] = [
    (TagKind::Rating, 1, &["Not Rated", "General", "Teen", "Mature", "Explicit"]),
    (TagKind::Warning, 11, &["None Apply", "Choose Not", "Violence", "Character Death"]),
    (TagKind::Category, 21, &["M/M", "F/M", "Gen", "F/F", "Multi", "Other"]),
];
const FIRST: u64 = 100;

/// An invented tag.
pub(crate) struct InventedTag {
    pub(crate) kind: TagKind,
    pub(crate) name: String,
    /// The tag it is a synonym of, or 0.
    pub(crate) means: u64,
    /// The tag above it, or 0.
    pub(crate) above: u64,
}

/// A fandom with what is written about in it, the most frequent first.
pub(crate) struct Fandom {
    pub(crate) id: u64,
    pub(crate) characters: Vec<u64>,
    relationships: Vec<u64>,
}

/// All tags.
pub(crate) struct Stock {
    fixed: Vec<(u64, InventedTag)>,
    /// From [`FIRST`] on.
    tags: Vec<InventedTag>,
    /// The largest first.
    pub(crate) fandoms: Vec<Fandom>,
    /// The most frequent first.
    pub(crate) freeforms: Vec<u64>,
    /// Freeforms that are used once or twice each.
    own: Vec<u64>,
}

/// What a work carries, ascending.
pub(crate) struct Drawn {
    pub(crate) rating: u64,
    pub(crate) tags: Vec<u64>,
    /// The place of its fandom.
    pub(crate) fandom: usize,
}

impl Stock {
    /// As many as so many works would have.
    pub(crate) fn invented(works: u64, dice: &mut Dice) -> Self {
        let fixed = FIXED.into_iter().flat_map(|(kind, first, names)| {
            (first..).zip(names).map(move |(id, name)| {
                (id, InventedTag { kind, name: (*name).to_owned(), means: 0, above: 0 })
            })
        });
        let mut stock = Self {
            fixed: fixed.collect(),
            tags: Vec::new(),
            fandoms: Vec::new(),
            freeforms: Vec::new(),
            own: Vec::new(),
        };
        stock.add_fandoms(20 + works / 150, dice);
        for place in 0..100 + works / 50 {
            // Every tenth is a synonym of one that is used more.
            let means = match stock.freeforms.len() as u64 {
                known if known > 80 && place % 10 == 0 => stock.freeforms[dice.below(80) as usize],
                _ => 0,
            };
            let tag = stock.add(TagKind::Freeform, means, 0, dice);
            stock.freeforms.push(tag);
        }
        for place in 0..works / 2 {
            let means = match place % 5 {
                0 | 1 => stock.canonical(stock.freeforms[dice.below(80) as usize]),
                _ => 0,
            };
            let tag = stock.add(TagKind::Freeform, means, 0, dice);
            stock.own.push(tag);
        }
        stock
    }

    fn add_fandoms(&mut self, fandoms: u64, dice: &mut Dice) {
        for place in 0..fandoms {
            let earlier = |place: u64, dice: &mut Dice, stock: &Self| {
                stock.fandoms[dice.below(place.min(stock.fandoms.len() as u64)) as usize].id
            };
            // Some are another name of a large one, some belong to one: at most two steps up.
            let (means, above) = match place {
                0..20 => (0, 0),
                _ if place % 17 == 0 => (earlier(10, dice, self), 0),
                20..60 if place % 3 == 0 => (0, earlier(8, dice, self)),
                60.. if place % 4 == 0 => (0, self.fandoms[(place % 14 * 3 + 21) as usize].id),
                _ => (0, 0),
            };
            let above = self.canonical(above);
            let id = self.add(TagKind::Fandom, means, above, dice);
            let many = 2 + fandoms * 3 / (place + 10);
            let mut own = |kind| -> Vec<u64> {
                let mut tags: Vec<u64> = Vec::new();
                for number in 0..many {
                    let means = if number > 3 && number % 9 == 0 { tags[0] } else { 0 };
                    tags.push(self.add(kind, means, 0, dice));
                }
                tags
            };
            let (characters, relationships) = (own(TagKind::Character), own(TagKind::Relationship));
            self.fandoms.push(Fandom { id, characters, relationships });
        }
    }

    fn add(&mut self, kind: TagKind, means: u64, above: u64, dice: &mut Dice) -> u64 {
        let id = FIRST + self.tags.len() as u64;
        // The number makes names that were drawn twice two.
        let name = match kind {
            TagKind::Relationship => {
                format!("{} {id}/{}", generate::name(dice), generate::name(dice))
            }
            _ => format!("{} {} {id}", generate::name(dice), generate::name(dice)),
        };
        self.tags.push(InventedTag { kind, name, means, above });
        id
    }

    fn invented_tag(&self, tag: u64) -> Option<&InventedTag> {
        self.tags.get(usize::try_from(tag.checked_sub(FIRST)?).ok()?)
    }

    /// The kind of a tag that is not a rating, a warning or a category.
    pub(crate) fn kind(&self, tag: u64) -> Option<TagKind> {
        self.invented_tag(tag).map(|tag| tag.kind)
    }

    /// What a tag means.
    pub(crate) fn canonical(&self, tag: u64) -> u64 {
        self.invented_tag(tag).map(|tag| tag.means).filter(|means| *means > 0).unwrap_or(tag)
    }

    /// Every tag with its number.
    pub(crate) fn tags(&self) -> impl Iterator<Item = (u64, &InventedTag)> {
        self.fixed.iter().map(|(id, tag)| (*id, tag)).chain((FIRST..).zip(&self.tags))
    }

    /// What the next work carries.
    pub(crate) fn draw(&self, dice: &mut Dice) -> Drawn {
        let rating = dice.below(5);
        let mut tags = vec![1 + rating, 11 + dice.zipf(4), 21 + dice.zipf(6)];
        let fandom = dice.zipf(self.fandoms.len() as u64) as usize;
        let own = &self.fandoms[fandom];
        tags.push(own.id);
        if dice.below(7) == 0 {
            tags.push(one_of(self.fandoms.iter().map(|fandom| fandom.id), dice));
        }
        let several = |from: &[u64], most: u64, dice: &mut Dice| -> Vec<u64> {
            (0..dice.below(most)).map(|_| one_of(from.iter().copied(), dice)).collect()
        };
        tags.extend(several(&own.characters, 8, dice));
        tags.extend(several(&own.relationships, 4, dice));
        tags.extend(several(&self.freeforms, 9, dice));
        tags.extend(
            (0..dice.below(2)).map(|_| self.own[dice.below(self.own.len() as u64) as usize]),
        );
        tags.sort_unstable();
        tags.dedup();
        Drawn { rating: rating + 1, tags, fandom }
    }
}

/// One of many, the first of them most often.
fn one_of(mut tags: impl ExactSizeIterator<Item = u64>, dice: &mut Dice) -> u64 {
    let place = dice.zipf(tags.len() as u64);
    tags.nth(place as usize).unwrap_or_default()
}
