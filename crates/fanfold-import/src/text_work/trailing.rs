//! From the last anchor to the first line of the story: unlabelled disclaimers and notes, rules, and
//! the title repeated above the text. Without any anchor this is all the header there is.

use fanfold_model::FieldKind;

use super::chapters::MarkWord;
use super::codes::rated_in;
use super::cues::{cue, is_story, speaks_about};
use super::header::Reader;
use super::label_line::LabelHit;
use super::lines::ends_sentence;
use super::seen::{Seen, is_title_like};
use super::titles::fold_title;

/// Claims what still belongs to the header; gives the first line of the body.
pub(super) fn trailing(reader: &mut Reader<'_, '_, '_>, from: usize, has_heading: bool) -> usize {
    let mut end = from;
    if from > 0 {
        end = trailing_unknown(reader, end);
    }
    for (start, stop) in reader.zone.paragraphs(from, reader.zone.seen.len()) {
        if start < end || has_heading {
            continue;
        }
        let joined = reader.zone.joined(start, stop);
        let claimed = match &reader.zone.seen[start] {
            Seen::Furniture | Seen::Address | Seen::Copyright => true,
            Seen::Mark(mark) if mark.word != MarkWord::Bare => false,
            _ => speaks_of_itself(&joined, start == 0),
        };
        if claimed && !has_aside(reader, start, stop) {
            reader.prose(start, stop);
        } else if !title_line(reader, start, stop) {
            break;
        }
        end = stop;
        if reader.zone.seen[start].is_anchor() {
            break;
        }
    }
    end
}

/// A paragraph about the text and not of it.
fn speaks_of_itself(joined: &str, first: bool) -> bool {
    let size = joined.chars().count();
    let most = if first { 900 } else { 700 };
    size <= most
        && !is_story(joined)
        && (rated_in(joined).is_some()
            || speaks_about(joined) && (size <= 400 || cue(joined) == Some(FieldKind::Disclaimer)))
}

/// "Muse: Bob" right under the last label, and what stands so under it.
fn trailing_unknown(reader: &mut Reader<'_, '_, '_>, end: usize) -> usize {
    let mut end = end;
    while let Some(hit) = unknown_at(reader, end) {
        reader.unknown(end, &hit);
        reader.claim(end, end + 1);
        end += 1;
    }
    end
}

fn unknown_at(reader: &Reader<'_, '_, '_>, end: usize) -> Option<LabelHit> {
    let zone = reader.zone;
    let under_label = zone.seen.get(end - 1).is_some_and(|seen| matches!(seen, Seen::Labels(_)));
    let closes = matches!(zone.seen.get(end + 1), None | Some(Seen::Blank | Seen::Rule));
    let hit = matches!(zone.seen.get(end), Some(Seen::Text))
        .then(|| super::label_line::unknown_label(zone.lines[end].text))
        .flatten();
    hit.filter(|hit| under_label && closes && reader.labels >= 3 && !hit.value.is_empty())
        .or_else(|| zone.closing_label(end))
}

/// Takes the title above the story; false when the paragraph is no title.
fn title_line(reader: &mut Reader<'_, '_, '_>, start: usize, stop: usize) -> bool {
    let zone = reader.zone;
    let line = zone.lines[start];
    let known = repeats_known(reader, line.text);
    if known {
        reader.candidate(line.from..line.to, "line-above-body", 0.6);
        aside(reader, start, stop);
        reader.claim(start, stop);
        return stop - start <= 3;
    }
    let has_title = reader
        .candidates
        .iter()
        .any(|candidate| candidate.confidence >= 0.6 && candidate.rule != "subject");
    let bare_mark = matches!(&zone.seen[start], Seen::Mark(mark) if mark.word == MarkWord::Bare && mark.title.is_some());
    let plain = matches!(zone.seen[start], Seen::Text)
        || (bare_mark && !is_numbered_through(reader, start));
    if has_title || !plain || !is_one_title(reader, start, stop) || !is_title_like(line.text) {
        return false;
    }
    let Some(confidence) = title_confidence(reader, start, stop) else { return false };
    reader.candidate(
        line.from..line.to,
        if reader.labels > 0 { "line-above-body" } else { "first-line" },
        confidence,
    );
    aside(reader, start, stop);
    reader.claim(start, stop);
    true
}

/// One line, or two of which the second is an aside ("(formerly ...)").
fn is_one_title(reader: &Reader<'_, '_, '_>, start: usize, stop: usize) -> bool {
    stop - start == 1 || has_aside(reader, start, stop)
}

fn has_aside(reader: &Reader<'_, '_, '_>, start: usize, stop: usize) -> bool {
    let lines = reader.zone.lines;
    stop - start == 2 && lines[start + 1].text.starts_with('(') && is_title_like(lines[start].text)
}

fn repeats_known(reader: &Reader<'_, '_, '_>, text: &str) -> bool {
    let plain = fold_title(text);
    plain.chars().count() >= 3
        && text.chars().count() <= 90
        && reader.candidates.iter().any(|candidate| {
            let known = fold_title(&reader.text[candidate.place.clone()]);
            let subject = candidate.rule == "subject" && plain.chars().count() >= 5;
            if subject && known.contains(&plain) {
                return true;
            }
            known == plain
                || (plain.chars().count() >= 6 && known.starts_with(&plain))
                || (known.chars().count() >= 6
                    && plain.starts_with(&known)
                    && plain.len() < known.len() + 20)
        })
}

/// Whether another bare number of the file follows this one, so that this is chapter one of many.
fn is_numbered_through(reader: &Reader<'_, '_, '_>, start: usize) -> bool {
    reader.zone.lines[start + 1..].iter().any(|line| matches!(super::chapters::chapter_mark(line.text), Some(mark) if mark.word == MarkWord::Bare))
}

/// How good a lone short line is as a title; `None` when nothing speaks for it.
fn title_confidence(reader: &Reader<'_, '_, '_>, start: usize, stop: usize) -> Option<f64> {
    let zone = reader.zone;
    let text = zone.lines[start].text;
    let blank_after = matches!(zone.seen.get(stop), Some(Seen::Blank | Seen::Rule));
    let next = (stop..zone.seen.len())
        .find(|index| !matches!(zone.seen[*index], Seen::Blank | Seen::Rule))?;
    let next_is_mark = zone.seen[next].is_worded_mark();
    if !(blank_after || next_is_mark)
        || ends_sentence(text) && !text.ends_with(['!', '?', '…']) && !text.ends_with("...")
    {
        return None;
    }
    let body_follows = zone.lines[next].text.chars().count() > 60
        || zone.lines[next].text.starts_with(['"', '“', '«', '„', '—', '「', '_', '*']);
    let shouted = text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
    let base = if next_is_mark {
        0.6
    } else if body_follows {
        0.5
    } else {
        0.4
    };
    let extra = f64::from(u8::from(shouted) + u8::from(reader.labels > 0)) * 0.05;
    Some(base + extra)
}

/// Lines that touch the title from below are kept as a note.
fn aside(reader: &mut Reader<'_, '_, '_>, start: usize, stop: usize) {
    if stop > start + 1 {
        let place = reader.zone.lines[start + 1].from..reader.zone.lines[stop - 1].to;
        reader.fields.add(FieldKind::Notes, "", place, "under-title", 0.5);
    }
}
