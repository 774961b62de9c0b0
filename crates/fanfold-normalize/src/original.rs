//! The original labels and values, in source order: the owner's record of what was written. Nothing is left out.

use crate::draft::Draft;

/// Copies every label and value as it stands. What had no label stands under the rule that read it ("by-line").
pub(crate) fn read(draft: &mut Draft<'_>) {
    let extracted = draft.extracted;
    for field in &extracted.fields {
        let label = match field.label.trim() {
            "" => field.rule,
            label => label,
        };
        let original = &mut draft.work.original;
        match original.iter_mut().find(|(known, _)| known == label) {
            Some((_, values)) => values.push(field.value.clone()),
            None => original.push((label.to_owned(), vec![field.value.clone()])),
        }
    }
}
