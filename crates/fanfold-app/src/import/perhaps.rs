//! Which readings wait for parts. A stated part always waits. A file whose name alone says that it
//! may be a part ("LAMPS_2.TXT") waits only beside a neighbour of the walk with the same folder and
//! title, so that a folder of ten thousand numbered files still streams. Neighbours are those of
//! the walk, not of a batch: the same pile always ends the same way.

use super::read::{One, Read};
use fanfold_import::assemble::PartCard;

/// What to do with a reading.
pub(super) enum Step {
    /// Handle it now.
    Place(Box<Read>),
    /// Put it aside until its group is whole.
    Wait(Box<PartCard>, Box<Read>),
}

/// Looks one reading ahead.
#[derive(Default)]
pub(super) struct Perhaps {
    held: Option<(PartCard, Read)>,
    last: Option<(String, String)>,
}

impl Perhaps {
    /// What the next reading of the walk makes clear.
    pub(super) fn next(&mut self, read: Read) -> Vec<Step> {
        let Some(card) = read.things.first().and_then(One::part_card).cloned() else {
            self.last = None;
            return self.end().into_iter().chain([Step::Place(Box::new(read))]).collect();
        };
        let key = (card.folder.clone(), card.title_key.clone());
        let follows = self.last.as_ref() == Some(&key);
        let stated = card.by_name.is_none();
        self.last = Some(key);
        let mut steps: Vec<Step> = match self.held.take() {
            Some((card, read)) if follows => vec![Step::Wait(Box::new(card), Box::new(read))],
            Some((_, read)) => vec![Step::Place(Box::new(read))],
            None => Vec::new(),
        };
        if stated || follows {
            steps.push(Step::Wait(Box::new(card), Box::new(read)));
        } else {
            self.held = Some((card, read));
        }
        steps
    }

    /// Something that is no reading passes: neighbours on both sides of it are none.
    pub(super) fn pass(&mut self) -> Vec<Step> {
        self.last = None;
        self.end()
    }

    /// What is left when the walk ends.
    pub(super) fn end(&mut self) -> Vec<Step> {
        self.held.take().map(|(_, read)| Step::Place(Box::new(read))).into_iter().collect()
    }
}
