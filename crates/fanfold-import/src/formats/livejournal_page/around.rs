//! What stands around an entry's text: subject, poster, day, tags, lists, locks, the address.

use fanfold_text::document::{Document, Element};

const SUBJECT: [&str; 6] = [
    "h1.b-singlepost-title, .aentry-post__title, h1.entry-title, h3.entry-title, .entry-title, .asset-name",
    "#entrysubj, .entrysubj, .entry-subject, .entry_subject, .entrysubject, .entrySubject",
    ".entry_title, .entryTitle, .entryHeader .subject, .datesubject .subject, .caption .subject",
    ".subject, .entry h2, .entry h3",
    "#entry h1, #entry h2, #content h1",
    "font[face] b + br",
];

/// The subject line: the style's, else the page's title without the journal's name.
pub(super) fn subject(page: &Document) -> String {
    let styled = SUBJECT.iter().flat_map(|place| page.select(place)).find_map(|own| {
        let line = own.line();
        let fits = !line.is_empty() && line.chars().count() <= 255 && !is_in_comments(&own);
        fits.then_some(line)
    });
    let subject = styled.or_else(|| page.meta("og:title")).unwrap_or_else(|| {
        let title = page.title().unwrap_or_default();
        of_title(&title.split_whitespace().collect::<Vec<_>>().join(" ")).to_owned()
    });
    match subject.as_str() {
        "(no subject)" | "no subject" | "No Subject" => String::new(),
        _ => subject,
    }
}

/// "wren: The Lamp", "wren | The Lamp", "The Lamp: wren — LiveJournal", "The Lamp - Wren's journal".
fn of_title(title: &str) -> &str {
    let is_name = |text: &str| {
        !text.is_empty()
            && text.len() <= 25
            && text
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-')
    };
    let bare = [" — LiveJournal", " - LiveJournal", " — ЖЖ", " - Dreamwidth"]
        .iter()
        .find_map(|end| title.strip_suffix(end))
        .unwrap_or(title);
    for joint in [": ", " | ", " - ", " — "] {
        if let Some((_, rest)) = bare.split_once(joint).filter(|(name, _)| is_name(name)) {
            return rest.trim();
        }
        if let Some((rest, _)) = bare.rsplit_once(joint).filter(|(_, name)| is_name(name)) {
            return rest.trim();
        }
    }
    bare
}

/// Who posted: the first user box that stands in no text and no comment, else the name in the address.
pub(super) fn poster(page: &Document, url: Option<&str>) -> Option<String> {
    let placed = page.select(
        ".entry-poster .ljuser, .b-singlepost-author .ljuser, .aentry-head .ljuser, .poster .ljuser, .asset-meta .ljuser, \
         .entry_poster .ljuser, .user .ljuser, .entryHeader .ljuser, .userpic .ljuser, .datesubject .ljuser",
    );
    let all = page.select(".ljuser");
    let texts =
        [".entry-content", ".asset-body", ".b-singlepost-body", ".entry_text", ".entrytext"];
    let outside = |own: &&Element<'_>| {
        let in_text =
            own.ancestors().any(|above| texts.iter().any(|text| above.has_class(&text[1..])));
        !in_text && !is_in_comments(own)
    };
    let boxed = placed.iter().chain(&all).find(outside).map(name_in);
    boxed.filter(|name| !name.is_empty()).or_else(|| named_in(url?))
}

/// A user box says the name in an attribute, else as its text.
fn name_in(own: &Element<'_>) -> String {
    let told = own.attr("lj:user").or_else(|| own.attr("data-ljuser"));
    told.map_or_else(|| own.line(), str::to_owned)
}

/// `wren.livejournal.com`, `/users/wren/`, `/~wren/`; a community is no poster.
fn named_in(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let (host, path) = rest.split_once('/')?;
    let first = host.split('.').next()?;
    let in_path = path
        .strip_prefix("users/")
        .or_else(|| path.strip_prefix('~'))
        .and_then(|rest| rest.split('/').next());
    let name = match first {
        "www" | "community" | "syndicated" => in_path?,
        "users" => in_path.or_else(|| path.split('/').next())?,
        own if host.split('.').count() >= 3 => own,
        _ => in_path?,
    };
    (!name.is_empty()).then(|| name.replace('-', "_"))
}

fn is_in_comments(own: &Element<'_>) -> bool {
    own.ancestors().any(|above| {
        ["comments", "comment", "comment-thread", "b-tree", "ljcomments"]
            .iter()
            .any(|class| above.has_class(class))
            || above
                .attr("id")
                .is_some_and(|id| id.eq_ignore_ascii_case("comments") || id.starts_with("ljcmt"))
    })
}

/// The day, as the style writes it.
pub(super) fn posted(page: &Document) -> Option<String> {
    let places = page.select(
        "time.b-singlepost-author-date, .aentry-head__date, .entry-date, .entry_date, .entrydate, abbr.datetime, .datetime, \
         .b-singlepost-author-date, .entryDate, .datesubject .date, .timestamp, .date, time",
    );
    places.iter().filter(|own| !is_in_comments(own)).find_map(|own| {
        let stamp = own.attr("datetime").or_else(|| own.attr("title")).filter(|own| has_year(own));
        let line = own.line();
        stamp.map(str::to_owned).or_else(|| has_year(&line).then_some(line))
    })
}

pub(super) fn has_year(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_ascii_digit());
    text.len() <= 80
        && words.into_iter().any(|word| {
            word.len() == 4 && word.parse::<u32>().is_ok_and(|year| (1995..2100).contains(&year))
        })
}

/// The owner's tags.
pub(super) fn tags(page: &Document) -> Vec<String> {
    let links = page.select(
        ".ljtags a, .b-singlepost-tags a, .aentry-tags a, .entry-tags a, .entry_tags a, .tag a, .asset-tags a, a[rel=tag], \
         a[rel='tag'], .ljtag a",
    );
    let mut tags: Vec<String> = Vec::new();
    for link in links.iter().filter(|own| !is_in_comments(own)) {
        let tag = link.line();
        if !tag.is_empty() && tag.chars().count() <= 100 && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// Mood, music, location: a label and what follows its colon.
pub(super) fn lists(page: &Document) -> Vec<(String, String)> {
    let rows = page.select(
        ".currents li, .currents tr, .currents p, .currents > div, .lj-currents li, .lj-currents p, .currentmood, \
         .currentmusic, .currentlocation, .metadata li, .metadata-label-mood, .entry-metadata li, .meta_item",
    );
    let mut lists: Vec<(String, String)> = Vec::new();
    for row in rows.iter().filter(|own| !is_in_comments(own)) {
        let line = row.line();
        let Some((label, value)) = line.split_once(':') else { continue };
        let (label, value) = (label.trim(), value.trim());
        let fits =
            !label.is_empty() && label.len() <= 40 && !value.is_empty() && value.len() <= 300;
        let is_tags =
            ["tags", "entry tags", "метки", "теги"].contains(&label.to_lowercase().as_str());
        if fits && !is_tags && !lists.iter().any(|(own, _)| own == label) {
            lists.push((label.to_owned(), value.to_owned()));
        }
    }
    lists
}

/// The lock beside an entry.
pub(super) fn closed(page: &Document) -> Option<&'static str> {
    let signs = page.select("img, svg, i, span, [class]");
    let outside = signs.iter().filter(|own| !is_in_comments(own));
    for own in outside {
        let told = ["alt", "title", "src", "class"].iter().filter_map(|name| {
            let value = own.attr(name)?.to_lowercase();
            lock(name, &value)
        });
        if let Some(found) = told.into_iter().next() {
            return Some(found);
        }
    }
    None
}

/// What an attribute says about who may read.
fn lock(name: &str, value: &str) -> Option<&'static str> {
    let fits = |sign: &&str| match name {
        "class" => value.split_whitespace().any(|own| own == *sign),
        // A word alone names the lock; in a longer text it may be a story's.
        _ if !sign.contains([' ', '-', '[', '_', '/']) => value == *sign,
        _ => value.contains(*sign),
    };
    let names = |lock: &&Lock| lock.attributes.contains(&name) && lock.signs.iter().any(&fits);
    LOCKS.iter().find(names).map(|lock| lock.held)
}

/// What styles write for an entry that is not for everybody.
struct Lock {
    attributes: &'static [&'static str],
    signs: &'static [&'static str],
    held: &'static str,
}

const LOCKS: [Lock; 9] = [
    Lock {
        attributes: &["class"],
        signs: &["security-private", "icon-private", "i-post-private"],
        held: "private",
    },
    Lock {
        attributes: &["class"],
        signs: &["security-custom", "security-usemask", "icon-custom"],
        held: "custom-group",
    },
    Lock {
        attributes: &["class"],
        signs: &[
            "security-protected",
            "security-access",
            "security-friends",
            "icon-protected",
            "i-post-protected",
        ],
        held: "friends-only",
    },
    Lock {
        attributes: &["src"],
        signs: &["icon_private", "/private.gif", "/private.png"],
        held: "private",
    },
    Lock {
        attributes: &["src"],
        signs: &["icon_groups", "/groups.gif", "icon_custom", "/access_filter"],
        held: "custom-group",
    },
    Lock {
        attributes: &["src"],
        signs: &[
            "icon_protected",
            "/protected.gif",
            "/protected.png",
            "icon_locked",
            "/locked.png",
        ],
        held: "friends-only",
    },
    Lock {
        attributes: &["alt", "title"],
        signs: &["[private", "private post", "private entry", "private"],
        held: "private",
    },
    Lock {
        attributes: &["alt", "title"],
        signs: &["[custom", "custom filter", "[filter", "custom access"],
        held: "custom-group",
    },
    Lock {
        attributes: &["alt", "title"],
        signs: &[
            "[protected",
            "protected post",
            "friends only",
            "friends-only",
            "[locked",
            "locked",
            "access list",
            "friends-locked",
            "только для друзей",
            "подзамок",
        ],
        held: "friends-only",
    },
];

/// The entry's address: where it was captured, else what the page says.
pub(super) fn address(page: &Document, known: Option<&str>) -> Option<String> {
    let linked =
        || page.first("link[rel=canonical]").and_then(|link| link.attr("href").map(str::to_owned));
    let permanent = || {
        let links = page.select("a[href*='.html']");
        let reply = links
            .iter()
            .filter_map(|link| link.attr("href"))
            .find(|href| href.contains("?mode=reply"));
        reply.map(|href| href.split('?').next().unwrap_or(href).to_owned())
    };
    known
        .map(str::to_owned)
        .or_else(linked)
        .or_else(|| page.meta("og:url"))
        .or_else(permanent)
        .filter(|own| own.contains("://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_loses_the_journals_name_on_either_side() {
        for (title, subject) in [
            ("wren_ash: The Lamp", "The Lamp"),
            ("wren_ash | The Lamp (1/2)", "The Lamp (1/2)"),
            ("The Lamp: wren_ash — LiveJournal", "The Lamp"),
            ("The Lamp - wren", "The Lamp"),
            ("The Lamp: A Tale", "The Lamp: A Tale"),
        ] {
            assert_eq!(of_title(title), subject, "{title}");
        }
    }

    #[test]
    fn an_address_names_the_poster_and_a_community_none() {
        for (url, name) in [
            ("https://wren-ash.livejournal.com/12.html", Some("wren_ash")),
            ("http://www.livejournal.com/users/wren/12.html", Some("wren")),
            ("http://users.livejournal.com/_wren/12.html", Some("_wren")),
            ("http://www.journalfen.net/users/wren/12.html", Some("wren")),
            ("http://community.livejournal.com/oz_fic/12.html", None),
        ] {
            assert_eq!(named_in(url).as_deref(), name, "{url}");
        }
    }

    #[test]
    fn locks_are_seen_in_every_attribute() {
        for (name, value, held) in [
            ("alt", "[protected post]", Some("friends-only")),
            ("src", "https://x.example/img/icon_private.gif", Some("private")),
            ("class", "entry security-custom", Some("custom-group")),
            ("alt", "[personal profile]", None),
            ("title", "a locked door", None),
        ] {
            assert_eq!(lock(name, value), held, "{value}");
        }
    }
}
