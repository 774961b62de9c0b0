//! The table of contents: the nav document, and an NCX for old devices.

use super::Part;
use super::xml::{escape, identifier, language};
use fanfold_model::Work;
use std::fmt::Write;

fn listed(parts: &[Part]) -> impl Iterator<Item = (&str, &str)> {
    parts.iter().filter_map(|part| Some((part.file.as_str(), part.heading.as_deref()?)))
}

pub(crate) fn nav(work: &Work, parts: &[Part]) -> String {
    let lang = language(work);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
         lang=\"{lang}\" xml:lang=\"{lang}\">\n<head><title>{}</title>\
         <link rel=\"stylesheet\" href=\"style.css\"/></head>\n<body>\n\
         <nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\">\n<h1>Contents</h1>\n<ol>\n",
        escape(&work.title)
    );
    for (file, heading) in listed(parts) {
        let _ = writeln!(out, "<li><a href=\"{file}\">{}</a></li>", escape(heading));
    }
    out.push_str("</ol>\n</nav>\n</body>\n</html>\n");
    out
}

pub(crate) fn ncx(work: &Work, parts: &[Part]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\" xml:lang=\"{}\">\n\
         <head><meta name=\"dtb:uid\" content=\"{}\"/></head>\n\
         <docTitle><text>{}</text></docTitle>\n<navMap>\n",
        language(work),
        identifier(work),
        escape(&work.title)
    );
    for (place, (file, heading)) in listed(parts).enumerate() {
        let order = place + 1;
        let _ = writeln!(
            out,
            "<navPoint id=\"point{order}\" playOrder=\"{order}\"><navLabel><text>{}</text></navLabel>\
             <content src=\"{file}\"/></navPoint>",
            escape(heading)
        );
    }
    out.push_str("</navMap>\n</ncx>\n");
    out
}
