//! Summary, notes and end notes as clean HTML. Several notes join in their order; disclaimers, thanks and the like join
//! them with their label when they are prose. Addresses of persons are masked.

use crate::draft::Draft;
use crate::fold::fold;
use crate::lists::one_line;
use crate::private::{has_address, masked};
use fanfold_model::{ExtractedField, FieldKind};
use fanfold_text::{paragraphs, sanitize};

/// Kinds that join the notes with a label, and the label where none was written.
const LABELLED: [(FieldKind, &str); 5] = [
    (FieldKind::Disclaimer, "Disclaimer"),
    (FieldKind::Thanks, "Thanks"),
    (FieldKind::Dedication, "Dedication"),
    (FieldKind::Spoilers, "Spoilers"),
    (FieldKind::Timeline, "Timeline"),
];

/// Fewer words than this are a value, not prose; they stay among the original labels.
const FEWEST_WORDS: usize = 4;

/// Reads the three pieces of prose.
pub(crate) fn read(draft: &mut Draft<'_>) {
    draft.work.summary = joined(draft, FieldKind::Summary, "summary");
    draft.work.end_notes = joined(draft, FieldKind::EndNotes, "end_notes");
    let mut notes = Vec::new();
    for field in &draft.extracted.fields {
        let label = LABELLED.iter().find(|(kind, _)| *kind == field.kind).map(|(_, name)| *name);
        let html = match label {
            Some(name) if is_prose(field) => labelled(
                if field.label.trim().is_empty() { name } else { &field.label },
                &html(field),
            ),
            None if field.kind == FieldKind::Notes => html(field),
            _ => continue,
        };
        push_new(&mut notes, html);
        draft.evidence("notes", field);
    }
    for (label, text) in std::mem::take(&mut draft.asides) {
        let html = paragraphs::to_html(&masked(&text)).html.into_string();
        push_new(
            &mut notes,
            labelled(if label.trim().is_empty() { "Warning" } else { &label }, &html),
        );
    }
    draft.work.notes = join(&notes);
    if draft.work.notes.is_none() {
        draft.work.evidence.retain(|(name, _)| name != "notes");
    }
}

fn joined(draft: &mut Draft<'_>, kind: FieldKind, name: &str) -> Option<String> {
    let mut pieces = Vec::new();
    for field in draft.extracted.fields_of(kind) {
        let html = html(field);
        if !html.is_empty() {
            push_new(&mut pieces, html);
            draft.evidence(name, field);
        }
    }
    let joined = join(&pieces);
    if joined.is_none() {
        draft.work.evidence.retain(|(known, _)| known != name);
    }
    joined
}

/// The same words under two labels are shown once.
fn push_new(pieces: &mut Vec<String>, html: String) {
    if !html.is_empty() && !pieces.contains(&html) {
        pieces.push(html);
    }
}

/// Pieces on top of each other; one more cleaning holds the whole to the sanitiser's own form.
fn join(pieces: &[String]) -> Option<String> {
    let html = sanitize::clean(&pieces.concat()).html;
    (!html.text().trim().is_empty()).then(|| html.into_string())
}

/// A field's value as clean HTML; empty where nothing is to be seen.
fn html(field: &ExtractedField) -> String {
    let value = if has_address(&field.value) { masked(&field.value) } else { field.value.clone() };
    let html =
        if field.html { sanitize::clean(&value).html } else { paragraphs::to_html(&value).html };
    if html.text().trim().is_empty() { String::new() } else { html.into_string() }
}

/// `<p><b>Label</b>: …`; where the piece does not begin with a paragraph, the label is one of its own.
fn labelled(label: &str, html: &str) -> String {
    let label = one_line(label);
    let label = sanitize::escape_text(label.trim_end_matches([':', ' ', '-'])).into_string();
    match html.strip_prefix("<p>") {
        Some(rest) => format!("<p><b>{label}</b>: {rest}"),
        None => format!("<p><b>{label}</b>:</p>{html}"),
    }
}

fn is_prose(field: &ExtractedField) -> bool {
    let words = fold(&crate::draft::plain(field))
        .split(' ')
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count();
    let unspaced = field.value.chars().filter(|c| crate::phrase::is_unspaced(*c)).count();
    words >= FEWEST_WORDS || unspaced >= 8
}

#[cfg(test)]
mod tests {
    use crate::samples::{field, work};
    use fanfold_model::{ExtractedField, FieldKind};

    #[test]
    fn notes_join_in_order_with_the_labels_of_what_is_not_a_note() {
        let work = work([
            field(FieldKind::Disclaimer, "DISCLAIMER", "They belong to the sea, not to me."),
            field(FieldKind::Notes, "Notes", "First note.\n\nSecond paragraph."),
            field(FieldKind::Spoilers, "Spoilers", "none"),
            field(FieldKind::Thanks, "", "Thanks to everyone who held the lantern."),
        ]);
        let notes = work.notes.unwrap_or_default().replace('\n', "");
        assert_eq!(
            notes,
            "<p><b>DISCLAIMER</b>: They belong to the sea, not to me.</p><p>First note.</p><p>Second paragraph.</p><p><b>Thanks</b>: Thanks to everyone who held the lantern.</p>"
        );
    }

    #[test]
    fn html_passes_the_sanitiser_and_addresses_are_masked() {
        let summary = ExtractedField {
            html: true,
            ..field(
                FieldKind::Summary,
                "Summary",
                "<p onclick=\"x()\">A <i>tale</i>.</p><script>alert(1)</script>",
            )
        };
        let work = work([
            summary,
            field(FieldKind::EndNotes, "End Notes", "Write to wren@example.invalid, do."),
        ]);
        assert_eq!(work.summary.as_deref(), Some("<p>A <i>tale</i>.</p>"));
        assert!(
            work.end_notes
                .is_some_and(|notes| notes.contains("[e-mail address]") && !notes.contains('@'))
        );
    }

    #[test]
    fn blank_prose_is_no_prose() {
        let work = work([
            field(FieldKind::Summary, "Summary", "  \n "),
            ExtractedField { html: true, ..field(FieldKind::Notes, "Notes", "<p> </p>") },
        ]);
        assert_eq!((work.summary, work.notes), (None, None));
        assert!(work.evidence.is_empty());
    }
}
