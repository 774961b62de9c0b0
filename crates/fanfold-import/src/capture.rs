//! Where and when bytes were captured: what the container knows, what the program that captured a page wrote into it,
//! and what a mirror's folders say. The best provenance that a page can have, and often the only address left.

use fanfold_source::Item;

/// A capture's address and day, as far as known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Capture {
    /// The page's own address, without that of an archive of the web around it.
    pub(crate) url: Option<String>,
    /// The day, ISO 8601.
    pub(crate) day: Option<String>,
}

/// How much of a page is looked at for what a program wrote into it.
const HEAD: usize = 64 << 10;

impl Capture {
    /// What is known of an item; `head` and `tail` are its text's two ends.
    pub(crate) fn of(item: &Item, text: &str) -> Self {
        let hinted = item.hints.url.as_deref().map(unwrapped);
        let (hint_url, hint_day) = match hinted {
            Some((url, day)) => (Some(url), day),
            None => (None, None),
        };
        let stated = item.hints.captured.as_deref().and_then(day_of);
        let written = written(text);
        let folders = || of_folders(item.member.as_deref().unwrap_or(&item.path));
        Self {
            url: hint_url.or(written.url).or_else(folders),
            day: hint_day.or(stated).or(written.day),
        }
    }
}

/// An address without the Wayback Machine's around it, and the day that it names.
fn unwrapped(url: &str) -> (String, Option<String>) {
    let behind = url.split_once("web.archive.org/web/").map(|(_, behind)| behind);
    let inner = behind.and_then(|behind| behind.split_once('/'));
    match inner {
        Some((stamp, inner)) if stamp.get(..4).is_some_and(|year| year.parse::<u32>().is_ok()) => {
            let inner =
                if inner.contains("://") { inner.to_owned() } else { format!("http://{inner}") };
            (inner.replace(":80/", "/"), day_of(stamp))
        }
        _ => (url.to_owned(), None),
    }
}

/// What HTTrack, the Wayback Machine and browsers write into a page.
fn written(text: &str) -> Capture {
    let head = text.get(..text.floor_char_boundary(HEAD)).unwrap_or_default();
    let tail =
        text.get(text.ceil_char_boundary(text.len().saturating_sub(4_096))..).unwrap_or_default();
    let mut capture = Capture::default();
    if let Some(comment) = between(head, "<!-- Mirrored from ", "-->") {
        let address = comment.split(" by HTTrack").next().unwrap_or_default().trim();
        if address.contains('.') && !address.contains(' ') {
            capture.url = Some(format!("http://{address}"));
        }
        capture.day = comment.rsplit_once(", ").and_then(|(before, after)| {
            let day = before.rsplit_once(", ").map_or(before, |(_, day)| day);
            day_in_words(&format!("{day} {after}"))
        });
    }
    if let Some(comment) = between(tail, "FILE ARCHIVED ON ", " AND RETRIEVED") {
        capture.day = day_in_words(comment);
    }
    let linked = [
        "href=\"https://web.archive.org/web/",
        "href=\"http://web.archive.org/web/",
        "__wm.wombat(\"",
    ];
    let canonical = head.contains("WAYBACK TOOLBAR INSERT").then(|| {
        linked.iter().find_map(|start| between(head, start, "\"").map(|rest| (*start, rest)))
    });
    if let Some(Some((start, rest))) = canonical {
        let (url, day) = match start {
            "__wm.wombat(\"" => unwrapped(rest),
            _ => unwrapped(&format!("https://web.archive.org/web/{rest}")),
        };
        if start == "__wm.wombat(\"" {
            capture.url = Some(url);
        }
        capture.day = capture.day.or(day);
    }
    capture
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(start)?;
    rest.split_once(end).map(|(inside, _)| inside).filter(|inside| inside.len() < 2_000)
}

/// A mirror keeps the site's name as a folder: `www.example.org/tales/x.html`, the query in the file's name.
fn of_folders(path: &str) -> Option<String> {
    let mut parts = path.split('/');
    let host = parts.by_ref().find(|part| is_host(part))?;
    let rest: Vec<&str> = parts.collect();
    let last = rest.last()?;
    let page = last
        .strip_suffix(".html")
        .filter(|own| own.contains(".php") || own.contains(".cgi") || own.contains(".asp"));
    let page = page.unwrap_or(last).replacen('@', "?", 1).replace("%3F", "?").replace("%26", "&");
    let folders = rest[..rest.len() - 1].join("/");
    let between = if folders.is_empty() { "" } else { "/" };
    Some(format!("http://{host}/{folders}{between}{page}"))
}

/// "www.example.org": names with dots and an ending that sites have, not a file's.
fn is_host(part: &str) -> bool {
    const ENDINGS: [&str; 18] = [
        "com", "net", "org", "info", "edu", "us", "uk", "de", "fr", "it", "es", "ca", "au", "ru",
        "nl", "br", "nu", "example",
    ];
    let labels: Vec<&str> = part.split('.').collect();
    let plain = |label: &&str| {
        !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    labels.len() >= 2
        && labels.iter().all(plain)
        && labels.last().is_some_and(|last| ENDINGS.contains(last))
}

/// The day of a stamp ("20040102123456", "2004-01-02T03:04:05Z").
fn day_of(stamp: &str) -> Option<String> {
    let digits: String = stamp.chars().filter(char::is_ascii_digit).take(8).collect();
    let (year, month, day) = (digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?);
    let (y, m, d) =
        (year.parse::<u32>().ok()?, month.parse::<u32>().ok()?, day.parse::<u32>().ok()?);
    let honest = (1990..2100).contains(&y) && (1..=12).contains(&m) && (1..=31).contains(&d);
    honest.then(|| format!("{year}-{month}-{day}"))
}

/// "12:34:56 Jan 02, 2004", "02 Jan 2004 12:34:56 GMT".
fn day_in_words(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty() && !word.contains(':'))
        .map(str::to_ascii_lowercase)
        .collect();
    let month = words.iter().find_map(|word| {
        MONTHS.iter().position(|month| word.get(..3) == Some(month)).map(|at| at + 1)
    })?;
    let numbers: Vec<u32> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let year = numbers.iter().find(|number| (1990..2100).contains(*number))?;
    let day = numbers.iter().find(|number| (1..=31).contains(*number))?;
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn capture(path: &str, url: Option<&str>, text: &str) -> (Option<String>, Option<String>) {
        let mut item = Item::from_bytes(path, text.as_bytes().to_vec());
        item.hints.url = url.map(str::to_owned);
        let found = Capture::of(&item, text);
        (found.url, found.day)
    }

    fn some(url: &str, day: &str) -> (Option<String>, Option<String>) {
        (Some(url.to_owned()), Some(day.to_owned()))
    }

    #[test]
    fn an_address_loses_the_archive_around_it() {
        let url = "https://web.archive.org/web/20040102123456id_/http://lamps.example:80/viewstory.php?sid=1";
        assert_eq!(
            capture("x", Some(url), ""),
            some("http://lamps.example/viewstory.php?sid=1", "2004-01-02")
        );
    }

    #[test]
    fn programs_that_mirror_say_where_a_page_was() {
        let text = "<html>\n<!-- Mirrored from lamps.example/oz/tale.html by HTTrack Website Copier/3.x [XR&CO'2010], Fri, 02 Jan 2004 12:34:56 GMT -->\n<body>";
        assert_eq!(
            capture("tale.html", None, text),
            some("http://lamps.example/oz/tale.html", "2004-01-02")
        );
        let text = "<p>Tale</p><!--\n     FILE ARCHIVED ON 12:34:56 Jan 02, 2004 AND RETRIEVED FROM THE\n-->";
        assert_eq!(capture("tale.html", None, text), (None, Some("2004-01-02".to_owned())));
    }

    #[test]
    fn a_mirrors_folders_are_an_address_and_a_collectors_are_none() {
        let url = |path: &str| capture(path, None, "").0;
        assert_eq!(
            url("mirror/www.lamps.example/oz/viewstory.php@sid=12.html").as_deref(),
            Some("http://www.lamps.example/oz/viewstory.php?sid=12")
        );
        assert_eq!(
            url("www.lamps.example/tale.html").as_deref(),
            Some("http://www.lamps.example/tale.html")
        );
        for path in ["disk1/oz.stories/tale.txt", "tale.de.txt", "v1.2/tale.html", "lamps.example"]
        {
            assert_eq!(url(path), None, "{path}");
        }
    }
}
