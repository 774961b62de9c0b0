//! Where the header ends and the story begins: from anchor to anchor (labels, by-lines, codes), as
//! long as what stands between them is short and does not read as the story. Blank lines, rules and
//! prose do not end a header; speech and telling do.

use fanfold_model::FieldKind;

use super::cues::{cue, is_story, telling_share};
use super::label_line::{LabelHit, unknown_label};
use super::lines::{Line, ends_sentence, fold, word_count};
use super::seen::{Seen, is_title_like, look};

/// Lines that are looked at; a header longer than this is none.
const MOST_LINES: usize = 240;

/// Lines with words that may stand between two anchors.
const WIDEST_GAP: usize = 40;

/// Lines of a value that runs on.
const LONGEST_VALUE: usize = 60;

/// The first lines of a text and their looks.
pub(super) struct Zone<'a> {
    pub(super) lines: &'a [Line<'a>],
    pub(super) seen: Vec<Seen>,
}

impl<'a> Zone<'a> {
    /// Looks at the first lines.
    pub(super) fn new(lines: &'a [Line<'a>]) -> Self {
        let mut seen = looks(lines);
        forget_late_mail(lines, &mut seen);
        super::by_word::join(lines, &mut seen);
        super::lone_labels::join(lines, &mut seen);
        Self { lines, seen }
    }

    /// One past the header's last line that an anchor claims.
    pub(super) fn anchored_end(&self) -> usize {
        let mut end = 0;
        while let Some(anchor) = self.next_anchor(end) {
            end = self.value_end(anchor);
        }
        end
    }

    /// The nearest of the next few anchors that what stands before it lets belong to the header.
    fn next_anchor(&self, end: usize) -> Option<usize> {
        (end..self.seen.len())
            .filter(|index| self.is_anchor(*index))
            .take(5)
            .find(|anchor| self.gap_is_header(end, *anchor))
    }

    /// Whether the line is an anchor in its company.
    pub(super) fn is_anchor(&self, index: usize) -> bool {
        match &self.seen[index] {
            Seen::ByLine(_) => self.by_line_has_company(index),
            Seen::TitleBy(..) => {
                self.stands_alone(index)
                    && self.ordinal(index) < 30
                    && !self.named_below(index)
                    && !self.titled_above(index)
            }
            Seen::Subtitle(_) => self.ordinal(index) < 30 && self.stands_short(index),
            Seen::Codes(_) => self.stands_short(index),
            seen => seen.is_anchor(),
        }
    }

    /// A by-line follows a title within a few lines, or begins the text, or has a colon.
    fn by_line_has_company(&self, index: usize) -> bool {
        let colon = self.lines[index].text.chars().take(14).any(|c| c == ':');
        match self.named_before(index) {
            None => true,
            Some(before) => {
                let near = index - before <= 4;
                colon
                    || (near
                        && (is_title_like(self.lines[before].text)
                            || !matches!(self.seen[before], Seen::Text)))
            }
        }
    }

    /// The nearest line before with words.
    pub(super) fn text_before(&self, index: usize) -> Option<usize> {
        (0..index).rev().find(|before| !matches!(self.seen[*before], Seen::Blank | Seen::Rule))
    }

    /// The same, not counting an aside in brackets right under a title ("(formerly Wick)").
    pub(super) fn named_before(&self, index: usize) -> Option<usize> {
        let before = self.text_before(index)?;
        let aside = before > 0
            && self.lines[before].text.starts_with('(')
            && matches!(self.seen[before - 1], Seen::Text)
            && is_title_like(self.lines[before - 1].text);
        Some(if aside { before - 1 } else { before })
    }

    fn text_after(&self, index: usize) -> Option<usize> {
        (index + 1..self.seen.len())
            .find(|after| !matches!(self.seen[*after], Seen::Blank | Seen::Rule))
    }

    /// No line of running text touches this line.
    fn stands_alone(&self, index: usize) -> bool {
        let touches = |neighbour: Option<&Seen>, at: usize| {
            matches!(neighbour, Some(Seen::Text)) && self.lines[at].text.chars().count() > 60
        };
        let before = index > 0 && touches(self.seen.get(index - 1), index - 1);
        !before && !touches(self.seen.get(index + 1), index + 1)
    }

    /// The line before is no wrapped prose that this line would go on.
    fn stands_short(&self, index: usize) -> bool {
        index == 0
            || !matches!(self.seen[index - 1], Seen::Text)
            || self.lines[index - 1].text.chars().count() < 60
            || word_count(self.lines[index - 1].text) <= 3
    }

    /// Whether one of the next lines names title or creator better: then "Death by Chocolate" is a title.
    fn named_below(&self, index: usize) -> bool {
        let next = self.text_after(index);
        let by_line = next.is_some_and(|next| matches!(self.seen[next], Seen::ByLine(_)));
        let names = |hit: &LabelHit| {
            hit.strong && matches!(hit.kinds.first(), Some(FieldKind::Title | FieldKind::Creator))
        };
        by_line
            || self.seen[index + 1..]
                .iter()
                .take(16)
                .any(|seen| matches!(seen, Seen::Labels(hits) if hits.iter().any(names)))
    }

    /// Whether a title was labelled above: "DEATH BY CHOCOLATE" then is that title again.
    fn titled_above(&self, index: usize) -> bool {
        let is_title = |hit: &LabelHit| hit.strong && hit.kinds.first() == Some(&FieldKind::Title);
        self.seen[..index]
            .iter()
            .any(|seen| matches!(seen, Seen::Labels(hits) if hits.iter().any(is_title)))
    }

    /// How many lines with words stand before.
    fn ordinal(&self, index: usize) -> usize {
        self.seen[..index].iter().filter(|seen| !matches!(seen, Seen::Blank | Seen::Rule)).count()
    }

    /// Whether the lines between two anchors may belong to a header.
    fn gap_is_header(&self, from: usize, anchor: usize) -> bool {
        if self.words_lines(from, anchor) > WIDEST_GAP {
            return false;
        }
        let mut free = 0;
        let mut told = false;
        let mut marks = 0;
        for (start, end) in self.paragraphs(from, anchor) {
            let joined = self.joined(start, end);
            marks += self.seen[start..end].iter().filter(|seen| seen.is_worded_mark()).count();
            if cue(&joined).is_none()
                && !matches!(self.seen[start], Seen::Mark(_) | Seen::Furniture | Seen::Address)
            {
                free += joined.chars().count();
                told |= is_story(&joined);
            }
        }
        let last_mark = (from..anchor).rev().find(|index| self.seen[*index].is_worded_mark());
        let after_mark = last_mark.map_or(0, |mark| self.words_lines(mark + 1, anchor));
        if marks > 1
            || after_mark > 1
            || (marks == 1 && !matches!(self.seen[anchor], Seen::Labels(_) | Seen::ByLine(_)))
        {
            return false;
        }
        let (most, story_allowed) = self.allowance(from, anchor);
        free <= most && (!told || story_allowed)
    }

    /// How many letters of free text an anchor may stand behind, and whether they may read as a story.
    fn allowance(&self, from: usize, anchor: usize) -> (usize, bool) {
        match &self.seen[anchor] {
            Seen::Labels(hits) if hits[0].strong => {
                let run = self.labels_near(anchor);
                match run {
                    3.. => (2500, true),
                    2 => (1500, false),
                    _ => (700, false),
                }
            }
            Seen::Labels(_) if self.labels_near(anchor) >= 2 => (500, false),
            Seen::Labels(_) => (160, false),
            Seen::ByLine(_) | Seen::TitleBy(..) => (if from == 0 { 900 } else { 500 }, false),
            _ => (if from == 0 { 300 } else { 160 }, false),
        }
    }

    /// Strong label lines among the next few lines with words, this one counted.
    fn labels_near(&self, anchor: usize) -> usize {
        let mut count = 0;
        let mut looked = 0;
        for seen in &self.seen[anchor..] {
            match seen {
                Seen::Blank | Seen::Rule => continue,
                Seen::Labels(hits) => count += hits.iter().filter(|hit| hit.strong).count(),
                _ => {}
            }
            looked += 1;
            if looked >= 8 {
                break;
            }
        }
        count
    }

    fn words_lines(&self, from: usize, to: usize) -> usize {
        self.seen[from..to].iter().filter(|seen| !matches!(seen, Seen::Blank | Seen::Rule)).count()
    }

    /// Runs of lines without blanks or rules between.
    pub(super) fn paragraphs(&self, from: usize, to: usize) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        let mut open = false;
        for index in from..to.min(self.seen.len()) {
            let gap = matches!(self.seen[index], Seen::Blank | Seen::Rule);
            let alone = matches!(self.seen[index], Seen::Mark(_) | Seen::Furniture);
            if gap {
                open = false;
            } else if open && !alone {
                if let Some(last) = found.last_mut() {
                    last.1 = index + 1;
                }
            } else {
                found.push((index, index + 1));
                open = !alone;
            }
        }
        found
    }

    /// The lines' texts with blanks between.
    pub(super) fn joined(&self, from: usize, to: usize) -> String {
        let texts: Vec<&str> = self.lines[from..to]
            .iter()
            .map(|line| line.text)
            .filter(|text| !text.is_empty())
            .collect();
        texts.join(" ")
    }

    /// One past the last line of what an anchor line says: its value may go on or stand below.
    pub(super) fn value_end(&self, anchor: usize) -> usize {
        let Seen::Labels(hits) = &self.seen[anchor] else {
            return self.name_list_end(anchor);
        };
        let Some(hit) = hits.last() else { return anchor + 1 };
        let prose = !hit.is_part && hit.kinds.iter().any(|kind| is_prose(*kind));
        if hit.value.is_empty() {
            self.value_below(anchor, prose)
        } else if prose {
            self.prose_end(anchor)
        } else {
            self.short_end(anchor)
        }
    }

    /// A by-line with a list of names may be wrapped.
    fn name_list_end(&self, anchor: usize) -> usize {
        let wrapped = matches!(self.seen[anchor], Seen::ByLine(_))
            && self.lines[anchor].text.ends_with([';', ',', '&']);
        if wrapped && matches!(self.seen.get(anchor + 1), Some(Seen::Text)) {
            anchor + 2
        } else {
            anchor + 1
        }
    }

    fn short_end(&self, anchor: usize) -> usize {
        let mut end = anchor + 1;
        while end < self.seen.len() && end < anchor + 6 && matches!(self.seen[end], Seen::Text) {
            let before = self.lines[end - 1];
            let indented = self.lines[end].indent() >= self.lines[anchor].indent() + 2;
            let runs_on = before.text.ends_with([',', '/', '&', ';', '-'])
                || (before.text.chars().count() >= 60 && !ends_sentence(before.text));
            if !(indented || runs_on) || self.is_title_with_by(end) {
                break;
            }
            end += 1;
        }
        end
    }

    fn prose_end(&self, anchor: usize) -> usize {
        let mut end = anchor + 1;
        while end < self.seen.len() && end < anchor + LONGEST_VALUE && self.goes_on(end) {
            end += 1;
        }
        // Wrapped mail text: one blank line in the middle of a sentence.
        let last = self.lines[end - 1].text;
        let runs_on = last.chars().count() >= 50 && !ends_sentence(last);
        let next_is_text = matches!(self.seen.get(end), Some(Seen::Blank))
            && matches!(self.seen.get(end + 1), Some(Seen::Text));
        if runs_on && next_is_text && self.lines[end + 1].text.starts_with(char::is_lowercase) {
            return self.paragraph_end(end + 1);
        }
        end
    }

    /// Whether a line carries the value of the line before on.
    fn goes_on(&self, index: usize) -> bool {
        let text_like = match &self.seen[index] {
            Seen::Text | Seen::Address | Seen::Subtitle(_) => true,
            Seen::Mark(mark) => mark.word == super::chapters::MarkWord::Bare,
            Seen::Codes(_) | Seen::ByLine(_) | Seen::TitleBy(..) => !self.is_anchor(index),
            _ => false,
        };
        if !text_like
            || self.is_title_with_by(index)
            || self.unknown_label(index).is_some()
            || self.closing_label(index).is_some()
        {
            return false;
        }
        // A line that was wrapped is nearly full; under a short one a long line is a new paragraph.
        let before = self.lines[index - 1].text;
        let full = before.chars().count() >= 45;
        let long = self.lines[index].text.chars().count() >= 60;
        let wrapped = full || (!ends_sentence(before) && !long);
        let joined = self.joined(index, self.paragraph_end(index));
        wrapped || !(is_story(&joined) || (long && telling_share(&joined) >= 12))
    }

    fn paragraph_end(&self, from: usize) -> usize {
        (from..self.seen.len())
            .find(|index| {
                matches!(self.seen[*index], Seen::Blank | Seen::Rule)
                    || self.seen[*index].is_anchor()
            })
            .unwrap_or(self.seen.len())
    }

    /// A title-like line whose next line is a by-line belongs to neither value.
    fn is_title_with_by(&self, index: usize) -> bool {
        is_title_like(self.lines[index].text)
            && matches!(self.seen.get(index + 1), Some(Seen::ByLine(_)))
    }

    /// A label no dictionary knows, in the company of known ones; speakers of a script come again.
    pub(super) fn unknown_label(&self, index: usize) -> Option<LabelHit> {
        if !matches!(self.seen.get(index), Some(Seen::Text)) {
            return None;
        }
        let text = self.lines[index].text;
        let hit = unknown_label(text).filter(|hit| !hit.value.is_empty())?;
        let after_label =
            index.checked_sub(1).is_some_and(|before| matches!(self.seen[before], Seen::Labels(_)))
                || self.text_before(index).is_some_and(|before| {
                    matches!(self.seen[before], Seen::Labels(_)) && before + 2 == index
                });
        let next = self.text_after(index);
        let before_label = next
            .is_some_and(|next| matches!(self.seen[next], Seen::Labels(_)) && next <= index + 2);
        (after_label && before_label && self.said_once(hit.label_in(text))).then_some(hit)
    }

    /// Whether only one line begins with this label.
    fn said_once(&self, label: &str) -> bool {
        let says = |line: &&Line<'_>| {
            let rest = line.text.strip_prefix(label);
            rest.is_some_and(|rest| rest.trim_start().starts_with(':'))
        };
        self.lines.iter().take(MOST_LINES).filter(says).count() == 1
    }

    /// A label no dictionary knows in the last lines of a run of three and more known ones, which no line of the story
    /// touches. Under a full line it is that line's sentence, not a label.
    pub(super) fn closing_label(&self, index: usize) -> Option<LabelHit> {
        let shaped = |at: usize| {
            let is_text = matches!(self.seen.get(at), Some(Seen::Text));
            let text = self.lines.get(at).filter(|_| is_text)?.text;
            let hit = unknown_label(text).filter(|hit| !hit.value.is_empty())?;
            let short = hit.value_in(text).chars().count() <= 80;
            (short && text.starts_with(char::is_uppercase)).then_some(hit)
        };
        let hit = shaped(index)?;
        let above = (0..index).rev();
        let known = above
            .take_while(|at| matches!(self.seen[*at], Seen::Labels(_)) || shaped(*at).is_some())
            .filter(|at| matches!(self.seen[*at], Seen::Labels(_)))
            .count();
        let before = self.lines.get(index.checked_sub(1)?)?.text;
        let complete = before.chars().count() < 60 || ends_sentence(before);
        let below = (index + 1..index + 4).find(|at| shaped(*at).is_none());
        let closed = matches!(
            below.map(|at| self.seen.get(at)),
            Some(None | Some(Seen::Blank | Seen::Rule))
        );
        let fits = known >= 3 && complete && closed;
        (fits && self.said_once(hit.label_in(self.lines[index].text))).then_some(hit)
    }

    /// The value of a label that has none on its own line.
    fn value_below(&self, anchor: usize, prose: bool) -> usize {
        let Some(below) = self.text_after(anchor) else { return anchor + 1 };
        if !matches!(
            self.seen[below],
            Seen::Text | Seen::Address | Seen::Codes(_) | Seen::Subtitle(_)
        ) && !self.short_mark_value(below, prose)
        {
            return anchor + 1;
        }
        let end = self.paragraph_end(below).max(below + 1);
        let joined = self.joined(below, end);
        let rule_between = self.seen[anchor..below].iter().any(|seen| matches!(seen, Seen::Rule));
        let near = below == anchor + 1;
        let short = joined.chars().count() <= 100 && end - below <= 2 && !is_story(&joined);
        let next_is_anchor = self.text_after(end - 1).is_some_and(|next| self.is_anchor(next));
        let fits = if prose {
            near || cue(&joined).is_some() && !is_story(&joined)
                || (next_is_anchor && !is_story(&joined))
        } else {
            short && (near || next_is_anchor)
        };
        if fits && !rule_between {
            if prose { end } else { end.min(below + 2) }
        } else {
            anchor + 1
        }
    }

    /// Under "Title:" even a line that looks like a mark or a name is the value.
    fn short_mark_value(&self, below: usize, prose: bool) -> bool {
        !prose && matches!(self.seen[below], Seen::Mark(_) | Seen::TitleBy(..))
    }
}

/// The looks of the first lines, until no later anchor can be reached from the last one over its value and a gap.
fn looks(lines: &[Line<'_>]) -> Vec<Seen> {
    let mut seen = Vec::new();
    let mut since_anchor = 0;
    for line in lines.iter().take(MOST_LINES) {
        let look = look(line);
        match look {
            Seen::Blank | Seen::Rule => {}
            _ if look.is_anchor() => since_anchor = 0,
            _ => since_anchor += 1,
        }
        seen.push(look);
        if since_anchor > LONGEST_VALUE + WIDEST_GAP {
            break;
        }
    }
    seen
}

/// Families whose values are sentences and may be long.
pub(super) fn is_prose(kind: FieldKind) -> bool {
    use FieldKind as K;
    matches!(
        kind,
        K::Summary
            | K::Notes
            | K::EndNotes
            | K::Disclaimer
            | K::Warning
            | K::Spoilers
            | K::Permission
            | K::Feedback
            | K::Thanks
            | K::Challenge
            | K::Dedication
            | K::Timeline
            | K::Series
            | K::Freeform
            | K::Classification
            | K::Character
            | K::Other
    )
}

/// Mail headers open a file. Under the header of a story, "To:" and "From:" are a letter in the story.
fn forget_late_mail(lines: &[Line<'_>], seen: &mut [Seen]) {
    const MAIL: [&str; 9] =
        ["from", "to", "cc", "subject", "subj", "re", "sender", "reply-to", "newsgroups"];
    let mut headed = false;
    for (line, seen) in lines.iter().zip(seen.iter_mut()) {
        let Seen::Labels(hits) = &*seen else { continue };
        let label = fold(hits[0].label_in(line.text));
        let is_mail = hits.len() == 1 && MAIL.contains(&label.as_str());
        let strong = hits[0].strong;
        if is_mail && headed {
            *seen = Seen::Text;
        }
        headed |= !is_mail && strong;
    }
}
