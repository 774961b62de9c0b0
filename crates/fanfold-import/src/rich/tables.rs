//! Labels in two columns: definition lists and small tables become one line a pair; layout tables are gone through.

use super::Kind;
use super::flatten::{Flatten, linked};
use fanfold_text::document::{Element, Node};

/// A label is no longer than this.
const LABEL: usize = 40;

/// `<dt>Label<dd>value`; other lists stay whole.
pub(super) fn definition_list(flatten: &mut Flatten, list: &Element<'_>) {
    let children: Vec<Element<'_>> = list
        .children()
        .flat_map(
            |child| if child.name() == "div" { child.children().collect() } else { vec![child] },
        )
        .collect();
    let labels: Vec<String> =
        children.iter().filter(|child| child.name() == "dt").map(Element::line).collect();
    let short = labels.iter().all(|label| label.chars().count() <= LABEL);
    let values = children.iter().filter(|child| child.name() == "dd").count();
    let stray = list.nodes().any(|node| match node {
        Node::Text(text) => !text.trim().is_empty(),
        Node::Element(child) => !matches!(child.name(), "dt" | "dd" | "div"),
    });
    if labels.is_empty() || !short || values < labels.len() || stray {
        let (text, html) = (list.visible_text(), list.outer_html());
        return if flatten.is_major(list) {
            flatten.container(list)
        } else {
            flatten.writer.whole(Kind::Whole, text, html, linked(list))
        };
    }
    let mut label = String::new();
    for child in &children {
        if child.name() == "dt" {
            label = child.line();
        } else {
            pair(flatten, &label, child);
        }
    }
}

/// A table of label and value, a layout table, or a real one.
pub(super) fn table(flatten: &mut Flatten, table: &Element<'_>) {
    let rows = own_rows(table);
    let pairs: Vec<(Element<'_>, Element<'_>)> =
        rows.iter().filter_map(|row| label_and_value(row)).collect();
    let is_labels = !pairs.is_empty() && pairs.len() * 2 > rows.len() && !flatten.is_major(table);
    if is_labels {
        for row in &rows {
            match label_and_value(row) {
                Some((label, value)) => pair(flatten, &label.line(), &value),
                None => flatten.container(row),
            }
        }
    } else if is_layout(table, &rows) || flatten.is_major(table) {
        flatten.writer.block_break();
        rows.iter().flat_map(Element::children).for_each(|cell| flatten.container(&cell));
    } else {
        flatten.writer.whole(Kind::Whole, table.visible_text(), table.outer_html(), linked(table));
    }
}

/// The rows of this table and not of tables inside it.
fn own_rows<'a>(table: &Element<'a>) -> Vec<Element<'a>> {
    let mut rows = Vec::new();
    for child in table.children() {
        match child.name() {
            "tr" | "caption" => rows.push(child),
            "tbody" | "thead" | "tfoot" => {
                rows.extend(child.children().filter(|row| row.name() == "tr"))
            }
            _ => {}
        }
    }
    rows
}

fn label_and_value<'a>(row: &Element<'a>) -> Option<(Element<'a>, Element<'a>)> {
    let cells: Vec<Element<'a>> =
        row.children().filter(|cell| matches!(cell.name(), "td" | "th")).collect();
    let [label, value] = cells.as_slice() else { return None };
    let (written, long) = (label.line(), value.line());
    let fits =
        !written.is_empty() && written.chars().count() <= LABEL && long.chars().count() <= 1_500;
    let marked =
        label.name() == "th" || written.ends_with(':') || label.first("b, strong").is_some();
    let known = !crate::text_work::labels(&format!("{written}: {long}")).is_empty();
    (fits && (marked || known) && value.first("table, h1, h2").is_none())
        .then_some((*label, *value))
}

fn is_layout(table: &Element<'_>, rows: &[Element<'_>]) -> bool {
    let cells = rows.iter().map(|row| row.children().count()).max().unwrap_or(0);
    cells <= 1 || table.first("p, br, h1, h2, h3, hr, center, table, ul").is_some()
}

fn pair(flatten: &mut Flatten, label: &str, value: &Element<'_>) {
    flatten.writer.block_break();
    let label = label.trim_end_matches([':', ' ']);
    flatten.writer.text(&format!("{label}: "));
    flatten.writer.element(&value.inner_html(), &value.line(), linked(value));
    flatten.writer.block_break();
}
