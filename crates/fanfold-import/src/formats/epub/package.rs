//! The package document (OPF): metadata as written, the files, their order. EPUB 2 and 3 alike; read as far as it goes
//! when it is broken. No document type is looked at, so no entity can grow.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::collections::HashMap;

/// One element of the metadata.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Meta {
    /// "title", "creator", "meta" … without the prefix; for a `meta` its property or name.
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) id: Option<String>,
    /// The id this refines, without `#`.
    pub(crate) refines: Option<String>,
    /// `opf:role`, `opf:scheme` or `opf:event`.
    pub(crate) kind: Option<String>,
}

/// A file of the book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct File {
    /// Path in the archive.
    pub(crate) path: String,
    pub(crate) media: String,
    pub(crate) properties: String,
}

/// A package document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Package {
    pub(crate) metadata: Vec<Meta>,
    pub(crate) files: HashMap<String, File>,
    /// Ids of files in reading order.
    pub(crate) spine: Vec<String>,
    /// Id of the NCX.
    pub(crate) toc: Option<String>,
    /// Id of the identifier that is the book's own.
    pub(crate) unique: Option<String>,
    /// Guide types by path ("title-page", "cover", "toc").
    pub(crate) guide: HashMap<String, String>,
    /// Whether it ends where it should.
    pub(crate) whole: bool,
}

/// The package document that a container document names.
pub(super) fn root_file(container: &str) -> Option<String> {
    let mut reader = Reader::from_str(container);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) if local(&tag) == "rootfile" => {
                return attribute(&tag, "full-path")
                    .map(|path| path.trim_start_matches('/').to_owned());
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

impl Package {
    /// Parses a package document that lies at `path`.
    pub(crate) fn parse(path: &str, text: &str) -> Self {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut package = Self::default();
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        let mut open: Option<Meta> = None;
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag)) => {
                    package.finish(open.take());
                    open = package.element(&tag, folder);
                }
                Ok(Event::Empty(tag)) => {
                    let meta = package.element(&tag, folder);
                    package.finish(meta);
                }
                Ok(Event::Text(text)) => push(&mut open, &text.html_content()),
                Ok(Event::CData(text)) => push(&mut open, &text.into_inner()),
                Ok(Event::GeneralRef(entity)) => push(&mut open, &resolve(&entity)),
                Ok(Event::End(_)) => package.finish(open.take()),
                Ok(Event::Eof) => {
                    package.whole = !package.spine.is_empty();
                    break;
                }
                Ok(_) => {}
                Err(_) => break,
            }
        }
        package.finish(open);
        package
    }

    /// Values of a metadata element, in order.
    pub(crate) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Meta> {
        self.metadata.iter().filter(move |meta| meta.name == name && meta.refines.is_none())
    }

    /// The first value of a metadata element.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.metadata
            .iter()
            .find(|meta| meta.name == name && meta.refines.is_none())
            .map(|meta| meta.value.as_str())
    }

    /// What refines an element ("role" of a creator).
    pub(crate) fn refinement(&self, of: &Meta, name: &str) -> Option<&str> {
        let id = of.id.as_deref()?;
        self.metadata
            .iter()
            .find(|meta| meta.refines.as_deref() == Some(id) && meta.name == name)
            .map(|meta| meta.value.as_str())
    }

    fn finish(&mut self, meta: Option<Meta>) {
        let Some(mut meta) = meta else { return };
        meta.value = meta.value.trim().to_owned();
        if !meta.name.is_empty() && !meta.value.is_empty() && self.metadata.len() < 5_000 {
            self.metadata.push(meta);
        }
    }

    /// Takes an element; gives the metadata whose text follows.
    fn element(&mut self, tag: &BytesStart<'_>, folder: &str) -> Option<Meta> {
        // Packages of the Open eBook time write `dc:Title`.
        match local(tag).to_ascii_lowercase().as_str() {
            "package" => self.unique = attribute(tag, "unique-identifier"),
            "item" => self.file(tag, folder),
            "itemref" => self.spine.extend(attribute(tag, "idref")),
            "spine" => self.toc = attribute(tag, "toc"),
            "reference" => {
                if let (Some(kind), Some(href)) = (attribute(tag, "type"), attribute(tag, "href")) {
                    self.guide.insert(resolve_path(folder, &href), kind);
                }
            }
            "meta" => return Some(meta(tag)),
            name @ ("title" | "creator" | "contributor" | "subject" | "description"
            | "language" | "publisher" | "source" | "rights" | "date" | "identifier"
            | "relation" | "coverage" | "type") => {
                let kind = ["role", "scheme", "event"].iter().find_map(|kind| attribute(tag, kind));
                return Some(Meta {
                    name: name.to_owned(),
                    id: attribute(tag, "id"),
                    kind,
                    ..Meta::default()
                });
            }
            _ => {}
        }
        None
    }

    fn file(&mut self, tag: &BytesStart<'_>, folder: &str) {
        if let (Some(id), Some(href)) = (attribute(tag, "id"), attribute(tag, "href")) {
            let media = attribute(tag, "media-type").unwrap_or_default();
            let properties = attribute(tag, "properties").unwrap_or_default();
            self.files.insert(id, File { path: resolve_path(folder, &href), media, properties });
        }
    }
}

fn meta(tag: &BytesStart<'_>) -> Meta {
    let name = attribute(tag, "property").or_else(|| attribute(tag, "name")).unwrap_or_default();
    let refines = attribute(tag, "refines").map(|id| id.trim_start_matches('#').to_owned());
    Meta {
        name,
        value: attribute(tag, "content").unwrap_or_default(),
        id: attribute(tag, "id"),
        refines,
        kind: None,
    }
}

fn push(open: &mut Option<Meta>, text: &str) {
    if let Some(meta) = open {
        meta.value.push_str(text);
    }
}

/// An entity's character; an unknown one stays as it is written.
pub(crate) fn resolve(entity: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return c.to_string();
    }
    let name = entity.html_content();
    match name.as_ref() {
        "nbsp" => " ".to_owned(),
        name => quick_xml::escape::resolve_predefined_entity(name)
            .map_or_else(|| format!("&{name};"), str::to_owned),
    }
}

/// An element's name without its prefix.
pub(crate) fn local(tag: &BytesStart<'_>) -> String {
    let name = tag.local_name();
    let name: &str = name.as_ref();
    name.to_owned()
}

/// An attribute's value, whatever its prefix.
pub(crate) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        tag.html_attributes().with_checks(false).filter_map(Result::ok).find(|attribute| {
            let local = attribute.key.local_name();
            let local: &str = local.as_ref();
            local == name
        })?;
    let value = found
        .normalized_value(XmlVersion::Implicit1_0)
        .map_or_else(|_| found.value.to_string(), |value| value.to_string());
    Some(value)
}

/// A reference as a path in the archive: percent signs resolved, no fragment, no way out.
pub(crate) fn resolve_path(folder: &str, href: &str) -> String {
    let href = href.split(['#', '?']).next().unwrap_or_default();
    let href = percent_encoding::percent_decode_str(href).decode_utf8_lossy();
    let from_root = href.starts_with('/');
    let mut parts: Vec<&str> = if from_root {
        Vec::new()
    } else {
        folder.split('/').filter(|part| !part.is_empty()).collect()
    };
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_of_both_versions_is_read_with_its_refinements() {
        let opf = r##"<package unique-identifier="u"><metadata xmlns:dc="x" xmlns:opf="y"><dc:title>A &amp; B</dc:title>
            <dc:creator id="c">Ada</dc:creator><meta refines="#c" property="role">trl</meta><dc:creator opf:role="ill">Ben</dc:creator>
            <dc:description>&lt;p&gt;Short.&lt;/p&gt;</dc:description><meta name="calibre:series" content="Tales"/></metadata>
            <manifest><item id="a" href="Text/one%20two.xhtml#x" media-type="application/xhtml+xml"/></manifest><spine toc="n"><itemref idref="a"/></spine></package>"##;
        let package = Package::parse("OEBPS/content.opf", opf);
        assert_eq!(package.value("title"), Some("A & B"));
        let creators: Vec<&Meta> = package.values("creator").collect();
        assert_eq!(package.refinement(creators[0], "role"), Some("trl"));
        assert_eq!(creators[1].kind.as_deref(), Some("ill"));
        assert_eq!(package.value("description"), Some("<p>Short.</p>"));
        assert_eq!(package.value("calibre:series"), Some("Tales"));
        assert_eq!(package.files["a"].path, "OEBPS/Text/one two.xhtml");
        assert!(package.whole);
    }

    #[test]
    fn a_package_that_breaks_off_gives_what_stood_before() {
        let package =
            Package::parse("p.opf", "<package><metadata><dc:title>Half</dc:title><dc:creator>A");
        assert_eq!(
            (package.value("title"), package.value("creator"), package.whole),
            (Some("Half"), Some("A"), false)
        );
    }

    #[test]
    fn references_never_leave_the_book() {
        assert_eq!(resolve_path("OEBPS/Text", "../Images/x.png"), "OEBPS/Images/x.png");
        assert_eq!(resolve_path("OEBPS", "../../../etc/passwd"), "etc/passwd");
        assert_eq!(resolve_path("OEBPS", "/top.xhtml"), "top.xhtml");
    }
}
