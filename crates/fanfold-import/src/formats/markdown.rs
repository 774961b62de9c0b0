//! Markdown: stories on their authors' own sites and in note files, with or without YAML front matter.
//!
//! Recognised by the file's name or by front matter with a story's keys. Front matter gives labels by the same table
//! as plain text, lists as one value each, and the prefixes `f:` `c:` `p:` in tags as fandom, character and pairing.
//! Front matter that is no YAML is told and read as label lines. The text becomes HTML and is read as a page: headings
//! are title and chapters, label lines and by-lines are the header. Notes of programs (README files) are refused.
//!
//! Not read: wiki links, footnote pop-ups, includes.

use super::html_page;
use crate::decode::DecodedText;
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use crate::page;
use crate::rich::{Kind, Line, RichText, lines_of};
use crate::text_work;
use fanfold_model::{Extracted, Finding, FindingCode, ReadAs};
use fanfold_text::document::Document;
use fanfold_text::markdown;

mod front_matter;

/// The importer.
pub(crate) struct Markdown;

impl Importer for Markdown {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "markdown",
            name: "Markdown",
            description: "A story in Markdown, with or without YAML front matter",
            docs: "Front matter gives the labels; headings give title and chapters. Broken front matter is told and read \
                   as label lines. README files of programs are refused.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        if !probe.is_text() {
            return None;
        }
        if matches!(probe.ending().as_str(), "md" | "markdown" | "mdown" | "mkd") {
            return Some(Match { score: 620, reason: "Its name says that it is Markdown." });
        }
        let text = probe.text();
        let front = front_matter::split(text).0?;
        let known = front.lines().filter(|line| !text_work::labels(line).is_empty()).count();
        (known >= 2).then_some(Match {
            score: 500,
            reason: "It begins with front matter that has a story's labels.",
        })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        sink.extracted(read(input.text()?));
        Ok(())
    }
}

fn read(decoded: &DecodedText) -> Extracted {
    let (front, story) = front_matter::split(&decoded.text);
    let labels = front.map(|front| front_matter::read(front, decoded));
    let html = markdown::to_html(&label_lines_kept(story));
    let page = match page::parse_piece(html.as_str()) {
        Ok(page) => page,
        Err(finding) => {
            let mut refusal = Extracted::new(ReadAs::NotUnderstood);
            refusal.findings.push(finding);
            return refusal;
        }
    };
    let mut extracted = match about_a_program(&page) {
        true => {
            let mut refusal = Extracted::new(ReadAs::NotAWork);
            refusal.findings.push(Finding::new(
                FindingCode::NOT_A_WORK,
                "It is about a program: code and instructions.",
            ));
            refusal
        }
        false => html_page::read_lines(lines_of(&page.root()), &page, Some(decoded), None),
    };
    if let Some(labels) = labels {
        labels.put_before(&mut extracted);
    }
    extracted.findings.splice(0..0, decoded.findings.iter().cloned());
    extracted.encoding = Some(decoded.encoding.to_owned());
    extracted
}

/// Label lines and by-lines at the top stay lines: Markdown would join them into one paragraph.
fn label_lines_kept(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len() + 64);
    for (index, line) in markdown.split_inclusive('\n').enumerate() {
        let bare = line.trim_end_matches(['\n', '\r']);
        let is_head = index < 60
            && bare.len() < 500
            && (!text_work::labels(bare).is_empty() || text_work::by_line(bare).is_some());
        out.push_str(bare);
        out.push_str(if is_head { "  " } else { "" });
        out.push_str(&line[bare.len()..]);
    }
    out
}

/// Code blocks, hardly a paragraph of prose, and no story told around them: people in stories write programs too.
fn about_a_program(page: &Document) -> bool {
    let code = page.select("pre code").len();
    if code == 0 {
        return false;
    }
    let mut lines = lines_of(&page.root());
    lines.retain(|line| matches!(line.kind, Kind::Text | Kind::Heading(_)));
    let is_prose = |line: &&Line| {
        line.kind == Kind::Text
            && (line.text.split_whitespace().count() >= 25
                || line.text.chars().filter(|c| *c >= '\u{3040}').count() >= 40)
    };
    let prose = lines.iter().filter(is_prose).count();
    prose < 3 * code && !text_work::tells_a_story(&RichText::new(lines).text)
}
