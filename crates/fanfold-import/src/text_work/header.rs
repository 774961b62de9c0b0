//! Reads the header: labels with their values, by-lines, title lines, codes, copyright lines; what is
//! left above the body becomes notes and is never thrown away.
//!
//! Precedence: own label, then the line next to the body, then a line above the labels, then the first
//! line. The file's name is not looked at here.

use std::ops::Range;

use fanfold_model::FieldKind;
use fanfold_model::FindingCode;
use fanfold_text::addresses;

use super::byline::by_line;
use super::codes::{Codes, portal_line};
use super::cues::cue;
use super::fields::Fields;
use super::label_line::LabelHit;
use super::lines::fold;
use super::parts::{PartIn, part_mark};
use super::seen::{Seen, is_date, is_title_like};
use super::title_by::{is_kind_of_work, is_translation};
use super::titles::{Candidate, Chosen, FANDOM_LINE, choose, without_marks};
use super::trailing::trailing;
use super::zone::Zone;

/// What the header was.
pub(super) struct Header {
    /// The first line of the body.
    pub(super) end: usize,
    /// The line of a chapter mark that stands inside the header.
    pub(super) heading: Option<usize>,
    /// A short line under that mark: the chapter's title, if the body agrees.
    pub(super) below_heading: Option<Range<usize>>,
    /// What the title line named.
    pub(super) chosen: Chosen,
    /// What a "Part:" label named.
    pub(super) labelled_part: Option<(PartIn, Range<usize>)>,
    /// Labels read.
    pub(super) labels: usize,
}

/// Reads the header of a text.
pub(super) fn read(text: &str, zone: &Zone<'_>, fields: &mut Fields<'_>) -> Header {
    let end = zone.anchored_end();
    let mut reader = Reader {
        text,
        zone,
        fields,
        claimed: vec![false; zone.seen.len()],
        candidates: Vec::new(),
        labelled_part: None,
        below_heading: None,
        labels: 0,
    };
    reader.anchors(end);
    let heading = reader.heading(end);
    reader.titles_above(end);
    reader.leftovers(end);
    let end = trailing(&mut reader, end, heading.is_some());
    let end = after_rules(zone, end);
    let Reader { candidates, labelled_part, below_heading, labels, .. } = reader;
    let chosen = choose(text, candidates, fields);
    if !fields.has(FieldKind::Creator) {
        copyright_holder(zone, end, fields);
    }
    report_creators(fields);
    Header { end, heading, below_heading, chosen, labelled_part, labels }
}

/// A rule between header and story is no scene break.
fn after_rules(zone: &Zone<'_>, end: usize) -> usize {
    let quiet = |index: &usize| matches!(zone.seen.get(*index), Some(Seen::Blank | Seen::Rule));
    if end == 0 { end } else { (end..).find(|index| !quiet(index)).unwrap_or(end) }
}

/// The state of the reading.
pub(super) struct Reader<'a, 'f, 't> {
    pub(super) text: &'a str,
    pub(super) zone: &'a Zone<'a>,
    pub(super) fields: &'f mut Fields<'t>,
    /// Lines that are in a field.
    pub(super) claimed: Vec<bool>,
    pub(super) candidates: Vec<Candidate>,
    labelled_part: Option<(PartIn, Range<usize>)>,
    below_heading: Option<Range<usize>>,
    pub(super) labels: usize,
}

impl Reader<'_, '_, '_> {
    fn anchors(&mut self, end: usize) {
        let mut index = 0;
        while index < end {
            let next = if self.zone.is_anchor(index) {
                self.zone.value_end(index).min(end.max(index + 1))
            } else {
                index + 1
            };
            if self.zone.is_anchor(index) {
                self.anchor(index, next);
                self.claim(index, next);
            } else if let Some(hit) = self.zone.unknown_label(index) {
                self.unknown(index, &hit);
                self.claim(index, next);
            }
            index = next;
        }
    }

    /// A chapter mark among the labels, with the chapter's title on the line below it.
    fn heading(&mut self, end: usize) -> Option<usize> {
        let heading = (0..end)
            .rev()
            .find(|index| !self.claimed[*index] && self.zone.seen[*index].is_worded_mark())?;
        self.claimed[heading] = true;
        let below = (heading + 1..end.min(heading + 3))
            .find(|index| !matches!(self.zone.seen[*index], Seen::Blank));
        if let Some(below) = below.filter(|below| self.may_be_title(*below)) {
            let next = self.zone.seen.get(below + 1);
            if matches!(next, None | Some(Seen::Blank | Seen::Rule)) {
                self.claimed[below] = true;
                self.below_heading = Some(self.zone.lines[below].from..self.zone.lines[below].to);
            }
        }
        Some(heading)
    }

    pub(super) fn claim(&mut self, from: usize, to: usize) {
        let to = to.min(self.claimed.len());
        self.claimed[from..to].fill(true);
    }

    fn anchor(&mut self, index: usize, next: usize) {
        let line = self.zone.lines[index];
        match &self.zone.seen[index] {
            Seen::Labels(hits) => self.label_line(index, next, hits),
            Seen::ByLine(name) => self.by_line(index, next, line.place(name.clone())),
            Seen::TitleBy(title, name) => {
                self.candidate(line.place(title.clone()), "title-by-line", 0.8);
                self.fields.add(
                    FieldKind::Creator,
                    "",
                    line.place(name.clone()),
                    "title-by-line",
                    0.8,
                );
            }
            Seen::Codes(codes) if self.leads_to_the_title(index, codes) => {
                self.fields.add(FieldKind::Other, "footer", line.from..line.to, "furniture", 0.8);
            }
            Seen::Codes(codes) => {
                for (kind, range) in &codes.facts {
                    self.fields.add(*kind, "", line.place(range.clone()), "codes", 0.7);
                }
                let taken: usize = codes.facts.iter().map(|(_, range)| range.len()).sum();
                if line.text.len() > taken + 24 && codes.facts.len() == 1 {
                    self.fields.add(FieldKind::Notes, "", line.from..line.to, "codes", 0.5);
                }
            }
            Seen::Subtitle(fandom) => {
                self.fields.add(FieldKind::Fandom, "", line.place(fandom.clone()), "subtitle", 0.75)
            }
            Seen::Copyright => {
                self.fields.add(FieldKind::Disclaimer, "", line.from..line.to, "copyright", 0.8)
            }
            _ => {}
        }
    }

    /// Adds a title candidate.
    pub(super) fn candidate(&mut self, place: Range<usize>, rule: &'static str, confidence: f64) {
        self.candidates.push(Candidate { place, rule, label: String::new(), confidence });
    }

    /// A by-line: its name, and the title above it.
    fn by_line(&mut self, index: usize, next: usize, name: Range<usize>) {
        let end = if next > index + 1 { self.zone.lines[next - 1].to } else { name.end };
        if let Some(above) = self.zone.named_before(index).filter(|above| self.translated(*above)) {
            let label = self.zone.lines[above].text;
            self.fields.add(FieldKind::Other, label, name.start..end, "translator-line", 0.8);
            self.claimed[above] = true;
            return;
        }
        let confidence = if self.fields.has(FieldKind::Creator) { 0.8 } else { 0.85 };
        self.fields.add(FieldKind::Creator, "", name.start..end, "by-line", confidence);
        let Some(above) = self.title_above(index) else { return };
        let line = self.zone.lines[above];
        let names_fandom = fold(self.zone.lines[index].text)
            .trim_start_matches(['(', '*', '_', '-', ' '])
            .starts_with("fan");
        let (rule, confidence) =
            if names_fandom { (FANDOM_LINE, 0.45) } else { ("title-line", 0.85) };
        self.candidate(line.from..line.to, rule, confidence);
        self.claimed[above] = true;
    }

    /// "Aus dem Englischen" above "von NAME".
    fn translated(&self, above: usize) -> bool {
        let text = self.zone.lines[above].text;
        !self.claimed[above] && is_translation(text) && super::lines::word_count(text) <= 4
    }

    /// The title of a by-line: the first of the short lines right above it.
    fn title_above(&self, index: usize) -> Option<usize> {
        let mut above = self.zone.named_before(index)?;
        while self.claimed[above]
            && matches!(self.zone.seen[above], Seen::Subtitle(_) | Seen::Codes(_))
        {
            above = self.zone.text_before(above)?;
        }
        if is_kind_of_work(self.zone.lines[above].text) && !self.claimed[above] {
            above = self.zone.text_before(above)?;
        }
        let fits = |at: usize| {
            let can = matches!(self.zone.seen[at], Seen::Text | Seen::TitleBy(..) | Seen::Codes(_))
                || matches!(&self.zone.seen[at], Seen::Mark(mark) if mark.word == super::chapters::MarkWord::Bare);
            can && !self.claimed[at] && is_title_like(self.zone.lines[at].text)
        };
        if !fits(above) || index - above > 8 {
            return None;
        }
        while above > 0 && fits(above - 1) && is_close(self.zone, above) {
            above -= 1;
        }
        Some(above)
    }

    fn label_line(&mut self, index: usize, next: usize, hits: &[LabelHit]) {
        let line = self.zone.lines[index];
        self.labels += hits.len();
        for (at, hit) in hits.iter().enumerate() {
            let mut place = line.place(hit.value.clone());
            if at + 1 == hits.len() && next > index + 1 {
                let below = (index + 1..next).find(|below| !self.zone.lines[*below].is_blank());
                let start = if hit.value.is_empty() {
                    below.map_or(place.start, |below| self.zone.lines[below].from)
                } else {
                    place.start
                };
                let last = (index..next)
                    .rev()
                    .find(|last| !self.zone.lines[*last].is_blank())
                    .unwrap_or(index);
                place = start..self.zone.lines[last].to.max(start);
            }
            self.labelled(hit, hit.label_in(line.text), place, line.from..line.to);
        }
    }

    fn labelled(&mut self, hit: &LabelHit, label: &str, place: Range<usize>, line: Range<usize>) {
        let confidence = if hit.typo { 0.8 } else { 0.95 };
        if place.is_empty() {
            let value = self.text[line.clone()].to_owned();
            self.fields.add_value(FieldKind::Other, "", value, line, "empty-label", 0.9);
            return;
        }
        if hit.is_part {
            self.part_label(label, place, confidence);
            return;
        }
        for kind in &hit.kinds {
            match kind {
                FieldKind::Title => self.candidates.push(Candidate {
                    place: place.clone(),
                    rule: "label",
                    label: label.to_owned(),
                    confidence,
                }),
                FieldKind::Creator => self.creator_label(label, place.clone(), confidence),
                FieldKind::Other if ["subject", "subj", "re"].contains(&fold(label).as_str()) => {
                    self.candidates.push(Candidate {
                        place: place.clone(),
                        rule: "subject",
                        label: label.to_owned(),
                        confidence: 0.55,
                    });
                }
                FieldKind::Series if is_screen_series(&self.text[place.clone()]) => {
                    self.fields.add(FieldKind::Fandom, label, place.clone(), "label", 0.85);
                }
                kind => self.fields.add(*kind, label, place.clone(), "label", confidence),
            }
        }
        if hit.kinds.iter().all(|kind| matches!(kind, FieldKind::Disclaimer | FieldKind::Notes)) {
            self.fields.rating_inside(place);
        }
    }

    /// An address after a name is no part of the name.
    fn creator_label(&mut self, label: &str, place: Range<usize>, confidence: f64) {
        let value = &self.text[place.clone()];
        let with_by = format!("by: {value}");
        let name = by_line(&with_by)
            .map(|range| range.start.saturating_sub(4)..range.end.saturating_sub(4));
        let name = name.filter(|_| !value.contains('\n')).unwrap_or(0..value.len());
        let name = without_marks(value, name);
        let value = super::fields::unwrapped(&value[name]);
        let kind = if value.contains('@') || addresses::is_address(&value) {
            FieldKind::Email
        } else {
            FieldKind::Creator
        };
        self.fields.add_value(kind, label, value, place, "label", confidence);
    }

    fn part_label(&mut self, label: &str, place: Range<usize>, confidence: f64) {
        let value = &self.text[place.clone()];
        let numbered = format!("part {value}");
        let part = part_mark(value)
            .or_else(|| part_mark(&numbered).map(|part| PartIn { place: 0..value.len(), ..part }));
        if let Some(part) = part.filter(|_| self.labelled_part.is_none()) {
            self.labelled_part = Some((part, place.clone()));
        }
        self.fields.add(FieldKind::Other, label, place, "label", confidence);
    }

    /// Keeps a label that no dictionary knows.
    pub(super) fn unknown(&mut self, index: usize, hit: &LabelHit) {
        let line = self.zone.lines[index];
        let label = hit.label_in(line.text);
        self.fields.add(FieldKind::Other, label, line.place(hit.value.clone()), "label", 0.6);
        self.fields.note(
            FindingCode::UNKNOWN_LABEL,
            format!("\u{201c}{label}\u{201d} is not a label we know"),
            &(line.from..line.to),
        );
    }

    /// Short lines between the labels or above them that may be titles.
    fn titles_above(&mut self, end: usize) {
        let first_label = (0..end).find(|index| matches!(self.zone.seen[*index], Seen::Labels(_)));
        let lone: Vec<usize> = self
            .zone
            .paragraphs(0, end)
            .into_iter()
            .filter(|(from, to)| {
                to - from <= 2 || first_label.is_some_and(|label| *from < label && label <= *to)
            })
            .filter_map(|(from, to)| (from..to.min(from + 3)).find(|at| self.may_be_title(*at)))
            .collect();
        let count = lone.len();
        for (order, at) in lone.into_iter().enumerate() {
            let above_labels = first_label.is_some_and(|label| at < label);
            let nearest = f64::from(u32::try_from(count - order).unwrap_or(9).min(9)) * 0.01;
            let confidence = if above_labels { 0.66 } else { 0.62 } - nearest;
            let line = self.zone.lines[at];
            self.candidate(
                line.from..line.to,
                if above_labels { "line-above-labels" } else { "line-above-body" },
                confidence,
            );
            self.claimed[at] = true;
        }
    }

    fn may_be_title(&self, at: usize) -> bool {
        !self.claimed[at]
            && matches!(self.zone.seen[at], Seen::Text | Seen::Mark(_) | Seen::TitleBy(..))
            && !self.zone.seen[at].is_worded_mark()
            && is_title_like(self.zone.lines[at].text)
    }

    /// Everything in the header that no rule claimed: notes, by what they speak of.
    fn leftovers(&mut self, end: usize) {
        let mut from = 0;
        while from < end {
            if self.claimed[from] || matches!(self.zone.seen[from], Seen::Blank | Seen::Rule) {
                from += 1;
                continue;
            }
            let furniture = matches!(self.zone.seen[from], Seen::Furniture);
            let to = (from + 1..end)
                .find(|to| {
                    furniture
                        || self.claimed[*to]
                        || matches!(self.zone.seen[*to], Seen::Blank | Seen::Rule | Seen::Furniture)
                })
                .unwrap_or(end);
            self.prose(from, to);
            from = to;
        }
    }

    /// "Board > Reading room > The Lamp": a path whose last step is the title names no fandom.
    fn leads_to_the_title(&self, index: usize, codes: &Codes) -> bool {
        let line = self.zone.lines[index];
        let Some((FieldKind::Fandom, last)) = codes.facts.last() else { return false };
        let last = fold(&line.text[last.clone()]);
        let titles = |hit: &LabelHit, text: &str| {
            hit.kinds.first() == Some(&FieldKind::Title) && fold(hit.value_in(text)) == last
        };
        self.zone.seen.iter().zip(self.zone.lines).any(|(seen, line)| {
            matches!(seen, Seen::Labels(hits) if hits.iter().any(|hit| titles(hit, line.text)))
        })
    }

    /// Portals set the summary right above their line of facts.
    fn stands_above_facts(&self, to: usize) -> bool {
        let next = (to..self.zone.lines.len()).find(|at| !self.zone.lines[*at].is_blank());
        next.is_some_and(|next| portal_line(self.zone.lines[next].text).is_some())
    }

    /// One paragraph above the story.
    pub(super) fn prose(&mut self, from: usize, to: usize) {
        let place = self.zone.lines[from].from..self.zone.lines[to - 1].to;
        let joined = self.zone.joined(from, to);
        let about = cue(&joined);
        match (&self.zone.seen[from], about) {
            (Seen::Furniture, _) => {
                self.fields.add(FieldKind::Other, "footer", place.clone(), "furniture", 0.8)
            }
            (Seen::Address, _) => self.fields.add(
                if addresses::holds_address(&joined) {
                    FieldKind::Email
                } else {
                    FieldKind::SourceUrl
                },
                "",
                place.clone(),
                "address",
                0.7,
            ),
            (_, None) if is_date(&joined) => {
                self.fields.add(FieldKind::Published, "", place.clone(), "date-line", 0.5);
            }
            (_, Some(kind @ (FieldKind::Disclaimer | FieldKind::Permission))) => {
                self.fields.add(kind, "", place.clone(), "prose", 0.7)
            }
            (_, Some(_)) => self.fields.add(FieldKind::Notes, "", place.clone(), "prose", 0.7),
            (_, None) if self.stands_above_facts(to) => {
                self.fields.add(FieldKind::Summary, "", place.clone(), "above-the-facts", 0.7)
            }
            (_, None) => {
                self.fields.add(FieldKind::Notes, "", place.clone(), "above-the-story", 0.5)
            }
        }
        self.fields.rating_inside(place.clone());
        if about == Some(FieldKind::Disclaimer) && super::cues::forbids_or_permits(&joined) {
            self.fields.add(FieldKind::Permission, "", place, "prose", 0.6);
        }
        self.claim(from, to);
    }
}

/// "(c) 1999 by Wren" names the creator where nothing else does.
fn copyright_holder(zone: &Zone<'_>, end: usize, fields: &mut Fields<'_>) {
    let held = zone.lines.iter().zip(&zone.seen).take(end);
    for (line, _) in held.filter(|(_, seen)| matches!(seen, Seen::Copyright)) {
        if let Some(name) = super::byline::holder(line.text) {
            let place = line.place(name);
            fields.add(FieldKind::Creator, "", place, "copyright", 0.5);
            return;
        }
    }
}

/// In Star Trek headers "Series: TOS" names the show; everywhere else a series is a row of works.
fn is_screen_series(value: &str) -> bool {
    let codes = value.split([',', '/', '&', ' ']).filter(|code| !code.is_empty());
    let known = |code: &str| {
        ["TOS", "TNG", "DS9", "VOY", "ENT", "TAS", "DSC", "PIC", "AOS", "ST"].contains(&code)
    };
    !value.is_empty() && codes.into_iter().all(known)
}

/// Whether two neighbouring lines touch.
fn is_close(zone: &Zone<'_>, index: usize) -> bool {
    zone.lines[index - 1].next == zone.lines[index].start
}

/// Two different names for who wrote it are for a person to judge.
fn report_creators(fields: &mut Fields<'_>) {
    let mut creators: Vec<(usize, f64, String)> = fields
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.kind == FieldKind::Creator)
        .map(|(index, field)| (index, field.confidence, fold(&field.value)))
        .collect();
    creators.sort_by(|left, right| right.1.total_cmp(&left.1));
    let (Some(first), Some(other)) = (
        creators.first(),
        creators.iter().skip(1).find(|other| {
            creators
                .first()
                .is_some_and(|first| !first.2.contains(&other.2) && !other.2.contains(&first.2))
        }),
    ) else {
        return;
    };
    let message = format!("the source also names \u{201c}{}\u{201d}", fields.fields[other.0].value);
    let span = fields.fields[other.0].span;
    // The surest name stands first among the creators.
    let (first, least) =
        (first.0, creators.iter().map(|creator| creator.0).min().unwrap_or(first.0));
    fields.fields[least..=first].rotate_right(1);
    fields
        .findings
        .push(fanfold_model::Finding::new(FindingCode::CREATOR_ALTERNATIVES, message).at(span));
}
