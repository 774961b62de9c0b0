//! Label lines inside a summary: sites that know no field for rating or pairing write them into the description of
//! the books that they give out.

use crate::seen::field;
use crate::text_work;
use fanfold_model::{Extracted, FieldKind};
use fanfold_text::document::Document;

const RULE: &str = "summary-labels";

/// Adds the labels of a description where the reading has no field of their kind.
pub(crate) fn add(html: &str, extracted: &mut Extracted) {
    if html.is_empty() {
        return;
    }
    let page = Document::parse_fragment(html);
    let lines = crate::rich::lines_of(&page.root());
    let known: Vec<FieldKind> = extracted.fields.iter().map(|field| field.kind).collect();
    for line in lines.iter().flat_map(|line| line.text.lines()) {
        for hit in text_work::labels(line) {
            let (label, value) = (hit.label_in(line), hit.value_in(line));
            for kind in hit.kinds.iter().filter(|kind| !value.is_empty() && !known.contains(kind)) {
                extracted.fields.push(field(*kind, label, value, RULE, 0.8));
            }
        }
    }
}
