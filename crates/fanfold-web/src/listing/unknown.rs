//! What was asked and no work here has, with what was probably meant.

use fanfold_app::names::{Meant, NameKind, Unknown};
use fanfold_model::query::Query;

use super::{Asked, Wishes};
use crate::error::Problem;
use crate::present::kind_singular;
use crate::site::Site;
use crate::views::listing::UnknownName;
use crate::views::parts::CountedLink;
use crate::views::words::Count;

/// Told on the first page of a list only. What the whole list is about is known.
pub(super) async fn told(
    site: &Site,
    asked: &Asked,
    total: u64,
) -> Result<Vec<UnknownName>, Problem> {
    if asked.wishes.after.is_some() {
        return Ok(Vec::new());
    }
    let Ok(query) = asked.wishes.query(None) else { return Ok(Vec::new()) };
    let standing = site.standing().filter(|_| !asked.wishes.all);
    let unknown =
        site.archive.unknown_names(&query, total, site.viewer(), standing.as_ref()).await?;
    Ok(unknown.iter().map(|own| name(asked, own)).collect())
}

fn name(asked: &Asked, unknown: &Unknown) -> UnknownName {
    let told = match unknown.kind {
        None => "Nothing here has".to_owned(),
        Some(NameKind::Creator) => "No work here is by".to_owned(),
        Some(NameKind::AnyTag) => "No work here has the tag".to_owned(),
        Some(NameKind::Tag(kind)) => {
            format!("No work here has the {}", kind_singular(kind).to_lowercase())
        }
    };
    let meant = unknown.meant.iter().map(|own| (kind_before(unknown.kind, own), link(asked, own)));
    UnknownName { told, name: unknown.name.clone(), meant: meant.collect() }
}

/// The kind of name, where it is not the one that was asked for: `the character `.
fn kind_before(asked: Option<NameKind>, meant: &Meant) -> String {
    match meant.kind {
        kind if asked == Some(kind) => String::new(),
        NameKind::Tag(kind) => format!("the {} ", kind_singular(kind).to_lowercase()),
        NameKind::Creator => "the creator ".to_owned(),
        NameKind::AnyTag => String::new(),
    }
}

fn link(asked: &Asked, meant: &Meant) -> CountedLink {
    let wishes = Wishes {
        text: Query { sort: None, ..meant.query.clone() }.to_string(),
        sort: meant.query.sort,
        all: asked.wishes.all,
        ..Wishes::default()
    };
    let href = wishes.address(&asked.path);
    CountedLink { name: meant.name.clone(), href, count: Count(meant.works) }
}
