//! One file for each format, named for it. A folder beside a file holds what that format needs more.

mod ao3;
pub(crate) mod ao3_epub;
pub(crate) mod ao3_html;
pub(crate) mod automated_archive;
pub(crate) mod calibre_library;
pub(crate) mod canonical_json;
pub(crate) mod doc;
pub(crate) mod docx;
pub(crate) mod efiction;
pub(crate) mod efiction_page;
mod epub;
pub(crate) mod epub_book;
pub(crate) mod fb2;
pub(crate) mod ffn_page;
pub(crate) mod fichub;
pub(crate) mod fimfarchive;
pub(crate) mod fimfiction;
mod flattened;
pub(crate) mod forum_thread;
pub(crate) mod html_page;
pub(crate) mod htmlz;
mod livejournal;
pub(crate) mod livejournal_export;
pub(crate) mod livejournal_page;
pub(crate) mod mail_message;
pub(crate) mod markdown;
pub(crate) mod mobi;
pub(crate) mod odt;
mod office;
pub(crate) mod pdf;
pub(crate) mod plain_text;
mod row_dates;
pub(crate) mod rtf;
mod site_page;
mod text_labels;
pub(crate) mod tth_page;
pub(crate) mod wattpad_json;
pub(crate) mod wattpad_page;
pub(crate) mod yahoo_group;

pub(crate) use epub::Book;

/// A member of an office file that is read by itself, for the fuzz entry: `word/document.xml` or `content.xml`.
pub(crate) fn office_file(name: &str, bytes: &[u8]) -> fanfold_model::Extracted {
    let xml = epub::text(bytes);
    match name {
        "content.xml" => odt::read(&xml, &xml, &xml),
        _ => docx::read_parts(&docx::Parts {
            document: xml.clone(),
            styles: xml.clone(),
            footnotes: xml.clone(),
            endnotes: String::new(),
            properties: xml,
        }),
    }
}

/// Takes the places off a reading: they would count in a member or an unpacked text that is no item of its own.
fn without_places(extracted: &mut fanfold_model::Extracted) {
    extracted.fields.iter_mut().for_each(|field| field.span = None);
    extracted.chapters.iter_mut().for_each(|chapter| chapter.span = None);
    extracted.findings.iter_mut().for_each(|finding| finding.span = None);
    if let Some(part) = &mut extracted.part {
        part.span = None;
    }
}
