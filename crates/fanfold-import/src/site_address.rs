//! Addresses of works on known sites in their one spelling: what makes a page, a download and a link the same work.
//!
//! One line a site. Addresses of other sites stay as they are and are identity only where a page is at home there.

use fanfold_model::{Identity, IdentityKind};

/// A work's place on its site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SiteAddress {
    /// The work's address, without chapter, title and query.
    pub(crate) work: String,
    /// Site and number, where the site has numbers of its own.
    pub(crate) id: Option<String>,
    /// The chapter that the address names.
    pub(crate) chapter: Option<u32>,
}

/// How a site spells its works.
struct Site {
    /// Ends of the host's name.
    hosts: &'static [&'static str],
    /// What stands before the work's number in the path or the query.
    before: &'static str,
    /// What stands before the chapter's number behind it.
    chapter: &'static str,
    /// The site's name in an identity.
    name: &'static str,
    /// The address up to the number.
    spelled: &'static str,
}

const SITES: [Site; 10] = [
    Site {
        hosts: &["archiveofourown.org", "archiveofourown.com", "ao3.org"],
        before: "/works/",
        chapter: "",
        name: "ao3",
        spelled: "https://archiveofourown.org/works/",
    },
    Site {
        hosts: &["squidgeworld.org"],
        before: "/works/",
        chapter: "",
        name: "squidgeworld",
        spelled: "https://squidgeworld.org/works/",
    },
    Site {
        hosts: &["fanfiction.net"],
        before: "/s/",
        chapter: "/",
        name: "ffn",
        spelled: "https://www.fanfiction.net/s/",
    },
    Site {
        hosts: &["fictionpress.com"],
        before: "/s/",
        chapter: "/",
        name: "fictionpress",
        spelled: "https://www.fictionpress.com/s/",
    },
    Site {
        hosts: &["fimfiction.net"],
        before: "/story/",
        chapter: "/",
        name: "fimfiction",
        spelled: "https://www.fimfiction.net/story/",
    },
    Site {
        hosts: &["tthfanfic.org"],
        before: "/Story-",
        chapter: "-",
        name: "tth",
        spelled: "https://www.tthfanfic.org/Story-",
    },
    Site {
        hosts: &["wattpad.com"],
        before: "/story/",
        chapter: "",
        name: "wattpad",
        spelled: "https://www.wattpad.com/story/",
    },
    Site {
        hosts: &["ficbook.net"],
        before: "/readfic/",
        chapter: "",
        name: "ficbook",
        spelled: "https://ficbook.net/readfic/",
    },
    Site {
        hosts: &["royalroad.com"],
        before: "/fiction/",
        chapter: "",
        name: "royalroad",
        spelled: "https://www.royalroad.com/fiction/",
    },
    Site {
        hosts: &["scribblehub.com"],
        before: "/series/",
        chapter: "",
        name: "scribblehub",
        spelled: "https://www.scribblehub.com/series/",
    },
];

/// The place that an address names, if it is a work of a known site or a page of an eFiction archive.
pub(crate) fn of(address: &str) -> Option<SiteAddress> {
    let address = address.trim();
    let (_, rest) = address.split_once("://")?;
    let (host, path) = rest.split_at(rest.find('/')?);
    let host = host.to_ascii_lowercase();
    let host = host.rsplit('@').next()?.split(':').next()?;
    known(host, path).or_else(|| efiction(address)).or_else(|| thread(address, host, path))
}

/// A thread of a board; what other addresses call a chapter is its page. Boards lie anywhere, so that only their
/// programs' own forms count: `/threads/title.12/page-3`, `showthread.php?t=12&page=3`, `showthread.php?12-Title/page3`,
/// `viewtopic.php?f=1&t=12`, `index.php?topic=12.40`.
fn thread(address: &str, host: &str, path: &str) -> Option<SiteAddress> {
    let lower = path.to_ascii_lowercase();
    if let Some(at) = lower.find("/threads/") {
        let (before, rest) = (&path[..at], path[at + "/threads/".len()..].trim_end_matches('/'));
        let slug = rest.split(['/', '?', '#']).next()?;
        let number = digits(slug.rsplit('.').next()?)?;
        let whole = slug == number || slug.ends_with(&format!(".{number}"));
        let work = format!("https://{host}{before}/threads/{number}/");
        return whole.then(|| SiteAddress {
            work,
            id: None,
            chapter: number_behind(rest, "page-"),
        });
    }
    let (base, query) = address.split_once('?')?;
    let base = base.split_once("://")?.1;
    let (folder, script) = base.rsplit_once('/')?;
    let value = |name: &str| {
        let mut parts = query.split(['&', ';', '#']).map(|part| part.trim_start_matches("amp;"));
        parts.find_map(|part| part.split_once('=').filter(|(own, _)| *own == name).map(|own| own.1))
    };
    let (number, key) = match script.to_ascii_lowercase().as_str() {
        "showthread.php" => (value("t").or(Some(query)).and_then(digits)?, "t"),
        "viewtopic.php" => (value("t").and_then(digits)?, "t"),
        "index.php" => (value("topic").and_then(digits)?, "topic"),
        _ => return None,
    };
    let page = value("page").and_then(digits).and_then(|page| page.parse().ok());
    Some(SiteAddress {
        work: format!(
            "https://{}/{script}?{key}={number}",
            folder.replacen(folder.split('/').next()?, host, 1)
        ),
        id: None,
        chapter: page.or_else(|| number_behind(query, "/page")).filter(|page| *page > 0),
    })
}

fn number_behind(text: &str, mark: &str) -> Option<u32> {
    let (_, behind) = text.split_once(mark)?;
    digits(behind)?.parse().ok().filter(|number| *number > 0)
}

fn known(host: &str, path: &str) -> Option<SiteAddress> {
    let at_home = |site: &&Site| {
        site.hosts.iter().any(|own| host == *own || host.ends_with(&format!(".{own}")))
    };
    let site = SITES.iter().find(at_home)?;
    let rest = &path[path.find(site.before)? + site.before.len()..];
    let number = digits(rest)?;
    let behind = rest[number.len()..].strip_prefix(site.chapter);
    let chapter = behind.filter(|_| !site.chapter.is_empty()).and_then(digits);
    Some(SiteAddress {
        work: format!("{}{number}", site.spelled),
        id: Some(format!("{}:{number}", site.name)),
        chapter: chapter.and_then(|chapter| chapter.parse().ok()).filter(|chapter| *chapter > 0),
    })
}

/// `…/viewstory.php?sid=12&chapter=3`: the archives that run eFiction lie anywhere.
fn efiction(address: &str) -> Option<SiteAddress> {
    let (base, query) = address.split_once("/viewstory.php?")?;
    let value = |name: &str| {
        let parts = query.split(['&', ';']).map(|part| part.trim_start_matches("amp"));
        let mut parts = parts.filter_map(|part| part.trim_start_matches(';').split_once('='));
        parts.find(|(own, _)| *own == name).and_then(|(_, value)| digits(value))
    };
    let number = value("sid")?;
    let chapter = value("chapter").and_then(|chapter| chapter.parse().ok());
    let work = format!("{base}/viewstory.php?sid={number}");
    Some(SiteAddress { work, id: None, chapter: chapter.filter(|chapter| *chapter > 0) })
}

fn digits(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (1..=18).contains(&end).then(|| &text[..end])
}

impl SiteAddress {
    /// What the work is known by.
    pub(crate) fn identities(&self) -> Vec<Identity> {
        let own = Identity::new(IdentityKind::Address, self.work.as_str());
        let id = self.id.as_ref().map(|id| Identity::new(IdentityKind::SiteId, id.as_str()));
        std::iter::once(own).chain(id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threads_pages_are_one_place_on_every_board() {
        let threads = [
            (
                "https://forums.lamps.example/threads/the-lamp-oz.31/page-3#post-7",
                "https://forums.lamps.example/threads/31/",
                Some(3),
            ),
            (
                "https://forums.lamps.example/threads/31/",
                "https://forums.lamps.example/threads/31/",
                None,
            ),
            (
                "http://lamps.example/board/showthread.php?t=31&page=2",
                "https://lamps.example/board/showthread.php?t=31",
                Some(2),
            ),
            (
                "http://lamps.example/showthread.php?31-The-Lamp/page2",
                "https://lamps.example/showthread.php?t=31",
                Some(2),
            ),
            (
                "http://lamps.example/viewtopic.php?f=4&amp;t=31&amp;start=20",
                "https://lamps.example/viewtopic.php?t=31",
                None,
            ),
            (
                "http://lamps.example/index.php?topic=31.20",
                "https://lamps.example/index.php?topic=31",
                None,
            ),
        ];
        for (written, work, page) in threads {
            let found = of(written).unwrap_or_else(|| panic!("{written}"));
            assert_eq!((found.work.as_str(), found.chapter), (work, page), "{written}");
        }
    }

    #[test]
    fn every_spelling_of_an_address_is_one_place() {
        let cases = [
            (
                "http://m.fanfiction.net/s/4242/3/The-Lamp",
                "https://www.fanfiction.net/s/4242",
                Some(3),
            ),
            ("https://www.fanfiction.net/s/4242", "https://www.fanfiction.net/s/4242", None),
            (
                "https://ao3.org/works/12/chapters/99#top",
                "https://archiveofourown.org/works/12",
                None,
            ),
            (
                "https://archiveofourown.org/collections/x/works/12",
                "https://archiveofourown.org/works/12",
                None,
            ),
            (
                "http://lamps.example/a/viewstory.php?sid=7&chapter=2",
                "http://lamps.example/a/viewstory.php?sid=7",
                Some(2),
            ),
            (
                "http://lamps.example/viewstory.php?action=printable&amp;sid=7",
                "http://lamps.example/viewstory.php?sid=7",
                None,
            ),
            (
                "https://www.tthfanfic.org/Story-31-2/Wren+The+Lamp.htm",
                "https://www.tthfanfic.org/Story-31",
                Some(2),
            ),
        ];
        for (written, work, chapter) in cases {
            let found = of(written).unwrap_or_else(|| panic!("{written}"));
            assert_eq!((found.work.as_str(), found.chapter), (work, chapter), "{written}");
        }
        for other in [
            "https://evilfanfiction.net/s/1",
            "http://lamps.example/s/12",
            "viewstory.php?sid=1",
            "https://www.fanfiction.net/u/77/",
            "https://lamps.example/threads/the-lamp/",
            "https://lamps.example/index.php?page=2",
        ] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
