//! Small pictures drawn on the server. Positions are whole numbers in the picture's own units, so no
//! inline style is needed; the numbers stand in a table behind each picture.

use super::words::Count;

/// One bar with its place in the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What is counted.
    pub label: String,
    /// How many.
    pub count: Count,
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Height; at least 1 where anything was counted.
    pub height: u32,
}

/// Upright bars beside each other, for years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarChart {
    /// What the picture shows, as a sentence.
    pub caption: String,
    /// The bars, left to right.
    pub bars: Vec<Bar>,
    /// Width of the picture.
    pub width: u32,
}

/// Height of a bar chart.
pub const CHART_HEIGHT: u32 = 48;
const STEP: u32 = 10;

impl BarChart {
    /// Draws labels with their counts; `None` with fewer than two, which is no picture.
    pub fn draw(caption: impl Into<String>, counts: &[(String, u64)]) -> Option<Self> {
        let most =
            counts.iter().map(|(_, n)| *n).max().filter(|most| *most > 0 && counts.len() > 1)?;
        let mut x = 0;
        let bars = counts.iter().map(|(label, n)| {
            let height = scaled(*n, most, CHART_HEIGHT);
            let bar =
                Bar { label: label.clone(), count: Count(*n), x, y: CHART_HEIGHT - height, height };
            x += STEP;
            bar
        });
        Some(Self { caption: caption.into(), bars: bars.collect(), width: x })
    }

    /// First label, for the axis.
    pub fn first(&self) -> &str {
        self.bars.first().map_or("", |bar| &bar.label)
    }

    /// Last label, for the axis.
    pub fn last(&self) -> &str {
        self.bars.last().map_or("", |bar| &bar.label)
    }
}

fn scaled(n: u64, most: u64, full: u32) -> u32 {
    if n == 0 || most == 0 {
        return 0;
    }
    let scaled = u128::from(n) * u128::from(full) / u128::from(most);
    u32::try_from(scaled).unwrap_or(full).clamp(1, full)
}

/// A ribbon from a format on the left to an outcome on the right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ribbon {
    /// Place of the format in the list of formats.
    pub from: usize,
    /// Place of the outcome in the list of outcomes.
    pub to: usize,
    /// How many items went this way.
    pub count: Count,
    /// The outline as an SVG path.
    pub path: String,
}

/// One end of ribbons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Name in words.
    pub name: String,
    /// A class for its colour.
    pub class: &'static str,
    /// How many items.
    pub count: Count,
    /// Upper edge.
    pub y: u32,
    /// Height.
    pub height: u32,
}

impl Node {
    /// Base line of the label beside the node.
    pub fn text_y(&self) -> u32 {
        self.y + self.height / 2 + 5
    }
}

/// What an import became: a flow from formats to outcomes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Formats.
    pub formats: Vec<Node>,
    /// Outcomes.
    pub outcomes: Vec<Node>,
    /// What went where.
    pub ribbons: Vec<Ribbon>,
    /// Height of the picture.
    pub height: u32,
}

const GAP: u32 = 14;
const LEFT: u32 = 190;
const RIGHT: u32 = 450;
const LEAST: u32 = 8;

impl Flow {
    /// Draws `rows` of (format, counts per outcome); `outcomes` are names with their classes.
    pub fn draw(outcomes: &[(&str, &'static str)], rows: &[(String, Vec<u64>)]) -> Self {
        let total: u64 = rows.iter().flat_map(|(_, counts)| counts).sum();
        let body = 40 * u32::try_from(rows.len().clamp(3, 9)).unwrap_or(9);
        let cell = |n: u64| if n == 0 { 0 } else { scaled(n, total.max(1), body).max(LEAST) };
        let column =
            |i: usize| rows.iter().map(|(_, c)| c.get(i).copied().unwrap_or(0)).collect::<Vec<_>>();
        let mut bottom = 0;
        let formats = stack(
            rows.iter().map(|(name, counts)| (name.clone(), "format", counts.clone())),
            cell,
            &mut bottom,
        );
        let ends = outcomes
            .iter()
            .enumerate()
            .map(|(i, (name, class))| ((*name).to_owned(), *class, column(i)));
        let outcomes = stack(ends, cell, &mut bottom);
        let ribbons = ribbons(rows, &formats, &outcomes, cell);
        Self { formats, outcomes, ribbons, height: bottom + 4 }
    }
}

fn stack(
    ends: impl Iterator<Item = (String, &'static str, Vec<u64>)>,
    cell: impl Fn(u64) -> u32,
    bottom: &mut u32,
) -> Vec<Node> {
    let mut y = 4;
    ends.map(|(name, class, counts)| {
        let height = counts.iter().map(|n| cell(*n)).sum::<u32>();
        let node = Node { name, class, count: Count(counts.iter().sum()), y, height };
        y += height.max(LEAST) + GAP;
        *bottom = (*bottom).max(y);
        node
    })
    .collect()
}

fn ribbons(
    rows: &[(String, Vec<u64>)],
    formats: &[Node],
    outcomes: &[Node],
    cell: impl Fn(u64) -> u32,
) -> Vec<Ribbon> {
    let mut right: Vec<u32> = outcomes.iter().map(|node| node.y).collect();
    let mut ribbons = Vec::new();
    for (from, ((_, counts), node)) in rows.iter().zip(formats).enumerate() {
        let mut left = node.y;
        for (to, (n, end)) in
            counts.iter().zip(&mut right).enumerate().filter(|(_, (n, _))| **n > 0)
        {
            let thick = cell(*n);
            ribbons.push(Ribbon { from, to, count: Count(*n), path: outline(left, *end, thick) });
            left += thick;
            *end += thick;
        }
    }
    ribbons
}

fn outline(left: u32, right: u32, thick: u32) -> String {
    let middle = u32::midpoint(LEFT, RIGHT);
    let (left_low, right_low) = (left + thick, right + thick);
    format!(
        "M{LEFT} {left}C{middle} {left} {middle} {right} {RIGHT} {right}V{right_low}C{middle} {right_low} {middle} {left_low} {LEFT} {left_low}Z"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_with_one_work_is_still_seen_beside_a_year_with_a_million() {
        let chart =
            BarChart::draw("Works by year", &[("1999".into(), 1), ("2000".into(), 1_000_000)])
                .unwrap();
        assert_eq!(chart.bars[0].height, 1);
        assert_eq!(chart.bars[1].height, CHART_HEIGHT);
    }

    #[test]
    fn every_item_of_a_flow_leaves_one_format_and_reaches_one_outcome() {
        let rows = [("Plain text".to_owned(), vec![30, 2, 1]), ("EPUB".to_owned(), vec![4, 0, 1])];
        let flow = Flow::draw(&[("taken", "good"), ("merged", "good"), ("refused", "bad")], &rows);
        let sum = |nodes: &[Node]| nodes.iter().map(|n| n.count.0).sum::<u64>();
        assert_eq!(sum(&flow.formats), 38);
        assert_eq!(sum(&flow.outcomes), 38);
        assert_eq!(flow.ribbons.iter().map(|r| r.count.0).sum::<u64>(), 38);
        let thick: u32 = flow.formats.iter().map(|n| n.height).sum();
        assert_eq!(thick, flow.outcomes.iter().map(|n| n.height).sum::<u32>());
    }
}
