//! What a page says about where it came from, and whether it is a text file in a frame of HTML.

use fanfold_text::document::Document;

/// The page's address: what the container knows, else what the page or the browser that saved it wrote into it.
pub(super) fn of_page(page: &Document, text: &str, known: Option<&str>) -> Option<String> {
    let canonical =
        || page.first("link[rel=canonical]").and_then(|link| link.attr("href").map(str::to_owned));
    let found = known
        .map(str::to_owned)
        .or_else(|| saved_from(text))
        .or_else(canonical)
        .or_else(|| page.meta("og:url"));
    found.filter(|address| is_address(address))
}

/// `<!-- saved from url=(0042)http://… -->`, as Internet Explorer and its heirs write it.
fn saved_from(text: &str) -> Option<String> {
    let head: &str = text.get(..text.floor_char_boundary(2_000))?;
    let (_, rest) = head.split_once("saved from url=(")?;
    let (_, rest) = rest.split_once(')')?;
    let end = rest.find(|c: char| c.is_whitespace() || c == '>')?;
    Some(rest[..end].to_owned())
}

fn is_address(address: &str) -> bool {
    let web = address.starts_with("http://") || address.starts_with("https://");
    web && address.len() < 2_000 && address.split('/').nth(2).is_some_and(|host| host.contains('.'))
}

/// The text of the page when nearly all of it stands in one `<pre>`.
pub(super) fn preformatted(page: &Document) -> Option<String> {
    let pre = page.first("pre")?;
    let own = pre.text();
    let all = page.first("body").unwrap_or(page.root()).text().len();
    let lines = own.lines().filter(|line| !line.trim().is_empty()).count();
    (own.len() * 10 > all * 8 && lines >= 5).then_some(own)
}
