//! From the archive's types to the views' plain values.

mod card;
mod head;
mod names;

pub(crate) use card::{card, cards, title};
pub(crate) use head::{chapter_lines, chapter_text, chapter_title, head};
pub(crate) use names::{kind_plural, kind_singular, language_name, status_words};

use fanfold_app::CreatorRef;
use fanfold_model::{PartialDate, TagKind, WorkId};

use crate::urls;
use crate::views::parts::NamedLink;
use crate::views::words::{SafeHtml, When};

/// A number of the store as it stands in addresses.
pub(crate) fn number(id: i64) -> u64 {
    u64::try_from(id).unwrap_or_default()
}

/// A work's number as it stands in addresses.
pub(crate) fn work_number(id: Option<WorkId>) -> u64 {
    id.map_or(0, |id| number(id.0))
}

/// Tags of a kind as links to the works that carry them.
pub(crate) fn tag_links(kind: TagKind, names: &[String]) -> Vec<NamedLink> {
    names.iter().map(|name| NamedLink::new(name, urls::tag_works(kind.as_str(), name))).collect()
}

/// Creators as links.
pub(crate) fn creator_links(creators: &[CreatorRef]) -> Vec<NamedLink> {
    creators
        .iter()
        .map(|creator| {
            NamedLink::new(&creator.name, urls::creator(number(creator.id.0), &creator.name))
        })
        .collect()
}

/// A date that may be partial.
pub(crate) fn when(date: PartialDate) -> When {
    When::from_iso(&date.to_string())
}

/// HTML of a work. The store holds only what the one sanitiser let through.
pub(crate) fn stored_html(html: Option<&String>) -> Option<SafeHtml> {
    html.filter(|html| !html.trim().is_empty()).map(|html| SafeHtml(html.clone()))
}
