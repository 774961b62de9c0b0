//! The list of formats, and nothing else. Its order decides between equal scores.

use crate::formats;
use crate::importer::Importer;

/// Every format that can be read.
#[must_use]
pub fn importers() -> &'static [&'static dyn Importer] {
    &[
        &formats::canonical_json::CanonicalJson,
        &formats::efiction::Efiction,
        &formats::automated_archive::AutomatedArchive,
        &formats::calibre_library::CalibreLibrary,
        &formats::ao3_html::Ao3Html,
        &formats::ao3_epub::Ao3Epub,
        &formats::ffn_page::FfnPage,
        &formats::efiction_page::EfictionPage,
        &formats::fichub::FichubHtml,
        &formats::fimfiction::Fimfiction,
        &formats::fimfarchive::Fimfarchive,
        &formats::tth_page::TthPage,
        &formats::wattpad_page::WattpadPage,
        &formats::wattpad_json::WattpadJson,
        &formats::livejournal_export::LivejournalExport,
        &formats::livejournal_page::LivejournalPage,
        &formats::forum_thread::ForumThread,
        &formats::yahoo_group::YahooGroup,
        &formats::mail_message::MailMessage,
        &formats::epub_book::EpubBook,
        &formats::docx::Docx,
        &formats::doc::Doc,
        &formats::odt::Odt,
        &formats::fb2::Fb2,
        &formats::rtf::Rtf,
        &formats::htmlz::Htmlz,
        &formats::mobi::Mobi,
        &formats::pdf::Pdf,
        &formats::markdown::Markdown,
        &formats::html_page::HtmlPage,
        &formats::plain_text::PlainText,
    ]
}
