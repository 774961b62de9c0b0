//! What the readers of single sites' pages share: a page is parsed once, refused with a reason or read, and finished the
//! same way for all; the chooser of chapters; the part that a page is.

use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use crate::page;
use crate::seen::field;
use crate::site_address::SiteAddress;
use fanfold_model::{Extracted, FieldKind, Finding, FindingCode, PartMark, ReadAs};
use fanfold_text::document::{Document, Element};

/// The pages of one site or program. What implements this is an importer.
pub(crate) trait SitePage: Send + Sync {
    /// Names and documentation.
    const FORMAT: FormatInfo;

    /// Whether a page is of the site, by its beginning in lower case.
    fn recognise(&self, head: &str) -> Option<Match>;

    /// What the page says, without what [`finish`] adds; see [`not_a_work`] for pages that tell no story.
    fn read(&self, page: &Document, input: &Input<'_>) -> Extracted;
}

impl<P: SitePage> Importer for P {
    fn format(&self) -> FormatInfo {
        P::FORMAT
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        let is_page = probe.is_text() && probe.lower().contains('<');
        self.recognise(probe.lower()).filter(|_| is_page)
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        extract(input, sink, |page| self.read(page, input))
    }
}

/// Parses a saved page of a site, reads it and pushes the reading with what every saved page adds.
///
/// # Errors
/// If the bytes cannot be had.
pub(crate) fn extract(
    input: &Input<'_>,
    sink: &mut dyn Sink,
    read: impl FnOnce(&Document) -> Extracted,
) -> Result<(), ImportError> {
    let text = &input.text()?.text;
    pushed(input, sink, |page| finish(read(page), input, text))
}

/// Parses a page, reads it and pushes the reading with how the page was decoded; a page that no tree can hold is refused.
///
/// # Errors
/// If the bytes cannot be had.
pub(crate) fn pushed(
    input: &Input<'_>,
    sink: &mut dyn Sink,
    read: impl FnOnce(&Document) -> Extracted,
) -> Result<(), ImportError> {
    let decoded = input.text()?;
    let mut extracted = match page::parse(&decoded.text) {
        Ok(page) => read(&page),
        Err(finding) => input.refusal(ReadAs::NotUnderstood, finding),
    };
    extracted.findings.splice(0..0, decoded.findings.iter().cloned());
    extracted.encoding = Some(decoded.encoding.to_owned());
    sink.extracted(extracted);
    Ok(())
}

/// What every saved page adds: the day of its capture, whether it is whole.
fn finish(mut extracted: Extracted, input: &Input<'_>, text: &str) -> Extracted {
    if matches!(extracted.read_as, ReadAs::Work | ReadAs::Part) {
        extracted.fields.extend(page::captured(input));
        extracted.findings.extend(page::cut_off(text));
    }
    extracted
}

/// Which chapter of how many a page shows, by its chooser of chapters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Chosen {
    /// Counted from 1.
    pub(crate) number: Option<u32>,
    /// How many there are.
    pub(crate) of: Option<u32>,
    /// The chapter's title without its number.
    pub(crate) title: Option<String>,
}

/// Reads a chooser: its options in order, one of them selected; without a selection the first is shown.
pub(crate) fn chosen(page: &Document, css: &str) -> Chosen {
    let options = page.first(css).map(|chooser| chooser.select("option")).unwrap_or_default();
    let at = options.iter().position(|option| option.attr("selected").is_some()).unwrap_or(0);
    let title = options.get(at).map(|option| without_number(&option.line()).to_owned());
    Chosen {
        number: u32::try_from(at + 1).ok().filter(|_| !options.is_empty()),
        of: u32::try_from(options.len()).ok().filter(|count| *count > 0),
        title: title.filter(|title| !title.is_empty()),
    }
}

/// "2. The Sill", "2 - The Sill": the title in a list of chapters.
pub(crate) fn without_number(title: &str) -> &str {
    let rest = title.trim_start_matches(|c: char| c.is_ascii_digit());
    let joint = [". ", ") ", " - ", ": "].iter().find_map(|joint| rest.strip_prefix(joint));
    match joint {
        Some(own) if rest.len() < title.len() && !own.trim().is_empty() => own.trim(),
        _ => title.trim(),
    }
}

/// A page of a work with an address: its identities, and which part it is where there are several.
pub(crate) fn identify(
    address: &SiteAddress,
    chosen: &Chosen,
    rule: &'static str,
    extracted: &mut Extracted,
) {
    extracted.fields.push(field(FieldKind::SourceUrl, "address", &address.work, rule, 0.97));
    extracted.identities.extend(address.identities());
    let number = chosen.number.or(address.chapter);
    if let (Some(part), Some(of)) = (number, chosen.of.filter(|of| *of > 1)) {
        let written = chosen.title.clone().unwrap_or_else(|| part.to_string());
        extracted.part = Some(PartMark { part, through: part, of: Some(of), written, span: None });
    }
}

/// A refusal.
pub(crate) fn not_a_work(what: &str) -> Extracted {
    let mut extracted = Extracted::new(ReadAs::NotAWork);
    extracted.findings.push(Finding::new(FindingCode::NOT_A_WORK, what));
    extracted
}

/// An element's HTML without some of what is inside.
pub(crate) fn without(element: &Element<'_>, css: &str) -> String {
    let mut html = element.inner_html();
    for own in element.select(css) {
        let gone = own.outer_html();
        // What lies in an element that went already is not found again.
        if let Some(at) = html.find(&gone) {
            html.replace_range(at..at + gone.len(), "");
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chooser_tells_number_total_and_title() {
        let page = Document::parse(
            "<select name=chap><option>1. The Cellar</option><option selected>2. The Sill</option></select>",
        );
        let chosen = chosen(&page, "select[name=chap]");
        assert_eq!(
            chosen,
            Chosen { number: Some(2), of: Some(2), title: Some("The Sill".to_owned()) }
        );
        assert_eq!(super::chosen(&page, "select[name=other]"), Chosen::default());
    }

    #[test]
    fn a_number_in_front_goes_and_a_title_that_is_one_stays() {
        for (written, title) in [
            ("2. The Sill", "The Sill"),
            ("31", "31"),
            ("1984: A Year", "A Year"),
            ("The 3. Lamp", "The 3. Lamp"),
            ("2 - The Sill", "The Sill"),
        ] {
            assert_eq!(without_number(written), title, "{written}");
        }
    }

    #[test]
    fn what_is_left_out_is_left_out_once() {
        let page =
            Document::parse("<div id=a><p>x</p><div class=b><p class=b>y</p></div><p>z</p></div>");
        assert_eq!(without(&page.first("#a").unwrap(), ".b"), "<p>x</p><p>z</p>");
    }
}
