//! What occurs in a segment: the first half of making a board.

use fanfold_model::TagKind;
use tantivy::SegmentReader;
use tantivy::columnar::StrColumn;

use super::table::{NAMED, Table};
use crate::canonical::Canonical;
use crate::carried::Carried;
use crate::error::IndexError;

/// Everything that works of a segment are counted by.
pub(crate) struct Census {
    pub(crate) docs: u32,
    kinds: Vec<CountedKind>,
    named: Vec<CountedNames>,
}

/// The tags of a kind.
struct CountedKind {
    kind: u8,
    carried: Carried,
    /// How often each occurs; later its ordinal.
    slots: Vec<u32>,
}

/// Languages or statuses.
struct CountedNames {
    kind: u8,
    column: StrColumn,
    names: Vec<String>,
    slots: Vec<u32>,
}

impl Census {
    /// Reads what occurs how often.
    pub(crate) fn take(reader: &SegmentReader, canonical: &Canonical) -> Result<Self, IndexError> {
        let mut kinds = Vec::new();
        for (kind, of) in (0_u8..).zip(TagKind::ALL) {
            let carried = Carried::of(reader, of, canonical)?;
            let slots = carried.families().map(|family| carried.count(family));
            let slots = slots.collect::<Result<_, _>>()?;
            kinds.push(CountedKind { kind, carried, slots });
        }
        let mut named = Vec::new();
        for (kind, field) in (NAMED as u8..).zip(["language_shown", "status"]) {
            if let Some(column) = reader.fast_fields().str(field)? {
                named.push(CountedNames::of(kind, column, reader.max_doc())?);
            }
        }
        Ok(Self { docs: reader.max_doc(), kinds, named })
    }

    /// Counts everything that occurs in a table that only counts.
    pub(crate) fn count_in(&self, table: &mut Table) {
        let mut carried = Vec::new();
        for CountedKind { kind, carried: tags, slots } in &self.kinds {
            let counted = tags.families().zip(slots);
            carried.extend(counted.map(|(tag, count)| (table.ordinal((*kind, tag.form)), *count)));
        }
        for CountedNames { kind, names, slots, .. } in &self.named {
            for (name, count) in names.iter().zip(slots).filter(|(_, count)| **count > 0) {
                let number = table.name_number(name);
                carried.push((table.ordinal((*kind, number)), *count));
            }
        }
        table.add(&carried);
    }

    /// Puts the table's ordinals in place of the counts; gives what is carried how often.
    pub(crate) fn number(&mut self, table: &mut Table) -> Vec<(u32, u32)> {
        let mut carried = Vec::new();
        let mut number = |slot: &mut u32, ordinal: u32| {
            carried.push((ordinal, *slot));
            *slot = ordinal;
        };
        for CountedKind { kind, carried: tags, slots } in &mut self.kinds {
            for (tag, slot) in tags.families().zip(slots) {
                number(slot, table.ordinal((*kind, tag.form)));
            }
        }
        for CountedNames { kind, names, slots, .. } in &mut self.named {
            for (name, slot) in names.iter().zip(slots).filter(|(_, slot)| **slot > 0) {
                let counted = (*kind, table.name_number(name));
                number(slot, table.ordinal(counted));
            }
        }
        carried
    }

    /// The ordinal of the largest fandom of each document; the highest number of all where there is none.
    pub(crate) fn homes(&self) -> Result<Vec<u32>, IndexError> {
        let mut homes = vec![u32::MAX; self.docs as usize];
        let fandoms = self.kinds.iter().zip(TagKind::ALL).filter(|(_, of)| *of == TagKind::Fandom);
        for (CountedKind { carried, slots, .. }, _) in fandoms {
            for (fandom, slot) in carried.families().zip(slots) {
                carried.works(fandom, |docs| {
                    for doc in docs {
                        let home = &mut homes[*doc as usize];
                        *home = (*home).min(*slot);
                    }
                })?;
            }
        }
        Ok(homes)
    }

    /// Every document with the ordinal of each thing it carries, kind by kind.
    pub(crate) fn each_carried(&self, mut take: impl FnMut(u32, u32)) -> Result<(), IndexError> {
        for CountedKind { carried, slots, .. } in &self.kinds {
            for (tag, slot) in carried.families().zip(slots) {
                carried.works(tag, |docs| docs.iter().for_each(|doc| take(*doc, *slot)))?;
            }
        }
        for CountedNames { column, slots, .. } in &self.named {
            for doc in 0..self.docs {
                for ord in column.term_ords(doc) {
                    let slot = usize::try_from(ord).ok().and_then(|ord| slots.get(ord));
                    take(doc, slot.copied().unwrap_or(0));
                }
            }
        }
        Ok(())
    }
}

impl CountedNames {
    fn of(kind: u8, column: StrColumn, docs: u32) -> Result<Self, IndexError> {
        let mut names = Vec::new();
        for ord in 0..column.num_terms() as u64 {
            let mut name = String::new();
            column.ord_to_str(ord, &mut name).map_err(tantivy::TantivyError::from)?;
            names.push(name);
        }
        let mut slots = vec![0; names.len()];
        for ord in (0..docs).flat_map(|doc| column.term_ords(doc)) {
            if let Some(count) = usize::try_from(ord).ok().and_then(|ord| slots.get_mut(ord)) {
                *count += 1;
            }
        }
        Ok(Self { kind, column, names, slots })
    }
}
