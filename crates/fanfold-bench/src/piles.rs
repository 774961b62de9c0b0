//! Piles of generated stories in the forms in which stories come, so that each form's import can be measured on the
//! same prose: single files, books, and the three big containers.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context;
use fanfold_export::Format;
use fanfold_model::{Chapter, Credit, Work};

use crate::generate::{self, Parts};

/// The form of the generated stories.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub(crate) enum Form {
    /// Hard-wrapped plain text with a header block.
    Text,
    /// Pages with bold labels.
    Html,
    /// AO3's HTML download.
    Ao3,
    /// EPUB books.
    Epub,
    /// FictionBook.
    Fb2,
    /// Rich text.
    Rtf,
    /// One mailbox with a message for each.
    Mbox,
    /// One database dump of an eFiction archive.
    Efiction,
    /// One web capture with a page for each.
    Warc,
}

/// Writes a pile: hundred folders of files, or one container.
pub(crate) fn write(form: Form, stories: u64, bytes: usize, pile: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(pile)?;
    match form {
        Form::Mbox => container(pile, "list.mbox", stories, |number, out| {
            message(number, &generate::plain_text(number, bytes), out)
        }),
        Form::Efiction => efiction(pile, stories, bytes),
        Form::Warc => container(pile, "capture.warc", stories, |number, out| {
            capture(number, &generate::html_page(number, bytes), out)
        }),
        _ => files(form, stories, bytes, pile),
    }
}

fn files(form: Form, stories: u64, bytes: usize, pile: &Path) -> anyhow::Result<()> {
    for number in 0..stories {
        let shelf = pile.join(format!("{:02}", number % 100));
        std::fs::create_dir_all(&shelf)?;
        let parts = || generate::parts(number, bytes);
        let (ending, content) = match form {
            Form::Html => ("html", generate::html_page(number, bytes).into_bytes()),
            Form::Ao3 => ("html", ao3(number, &parts()).into_bytes()),
            Form::Epub => ("epub", book(&parts())?),
            Form::Fb2 => ("fb2", fictionbook(&parts()).into_bytes()),
            Form::Rtf => ("rtf", rich_text(&parts()).into_bytes()),
            _ => ("txt", generate::plain_text(number, bytes).into_bytes()),
        };
        std::fs::write(shelf.join(format!("story{number}.{ending}")), content)
            .context("writing a generated story")?;
    }
    Ok(())
}

fn html_paragraphs(parts: &Parts) -> String {
    parts.paragraphs.iter().fold(String::new(), |mut html, text| {
        // Writing to a string cannot fail.
        let _ = writeln!(html, "<p>{text}</p>");
        html
    })
}

fn ao3(number: u64, parts: &Parts) -> String {
    let Parts { title, creator, fandom, summary, .. } = parts;
    let body = html_paragraphs(parts);
    format!(
        "<!DOCTYPE html>\n<html><head><title>{title} - {creator} - {fandom}</title></head><body>\n\
         <div id=\"preface\"><p class=\"message\"><b>{title}</b><br/>Posted originally on the Archive of Our Own at \
         <a href=\"http://archiveofourown.org/works/{id}\">http://archiveofourown.org/works/{id}</a>.</p>\n\
         <div class=\"meta\"><dl class=\"tags\"><dt>Rating:</dt><dd><a href=\"#\">General Audiences</a></dd>\
         <dt>Archive Warning:</dt><dd><a href=\"#\">No Archive Warnings Apply</a></dd><dt>Fandom:</dt>\
         <dd><a href=\"#\">{fandom}</a></dd><dt>Language:</dt><dd>English</dd><dt>Stats:</dt><dd>Published: \
         2014-05-01 Words: 3000 Chapters: 1/1</dd></dl><h1>{title}</h1><div class=\"byline\">by \
         <a rel=\"author\" href=\"http://archiveofourown.org/users/w\">{creator}</a></div><p>Summary</p>\
         <blockquote class=\"userstuff\"><p>{summary}</p></blockquote></div></div>\n\
         <div id=\"chapters\" class=\"userstuff\">\n{body}</div>\n<div id=\"afterword\"><p class=\"message\">Please \
         drop by the archive.</p></div></body></html>\n",
        id = number + 1,
    )
}

fn book(parts: &Parts) -> anyhow::Result<Vec<u8>> {
    let chapter = Chapter { position: 1, html: html_paragraphs(parts), ..Chapter::default() };
    let work = Work {
        title: parts.title.clone(),
        creators: vec![Credit::author(&parts.creator)],
        fandoms: vec![parts.fandom.clone()],
        language: Some("en".to_owned()),
        chapters: vec![chapter],
        ..Work::default()
    };
    Ok(fanfold_export::export(&work, Format::Epub)?.bytes)
}

fn fictionbook(parts: &Parts) -> String {
    let Parts { title, creator, summary, .. } = parts;
    let body = html_paragraphs(parts);
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<FictionBook xmlns=\"http://www.gribuser.ru/xml/fictionbook/2.0\">\
         <description><title-info><author><nickname>{creator}</nickname></author><book-title>{title}</book-title>\
         <annotation><p>{summary}</p></annotation><lang>en</lang></title-info></description>\n\
         <body><section>\n{body}</section></body></FictionBook>\n"
    )
}

fn rich_text(parts: &Parts) -> String {
    let Parts { title, creator, fandom, paragraphs, .. } = parts;
    format!(
        "{{\\rtf1\\ansi\\ansicpg1252 Title: {title}\\par Author: {creator}\\par Fandom: {fandom}\\par\\par\n{}\\par}}\n",
        paragraphs.join("\\par\n")
    )
}

/// One file that holds all stories, each as `member` writes it.
fn container(
    pile: &Path,
    name: &str,
    stories: u64,
    member: impl Fn(u64, &mut dyn std::io::Write) -> std::io::Result<()>,
) -> anyhow::Result<()> {
    let file = std::fs::File::create(pile.join(name)).context("writing a generated container")?;
    let mut out = std::io::BufWriter::new(file);
    for number in 0..stories {
        member(number, &mut out)?;
    }
    Ok(out.flush()?)
}

fn message(number: u64, text: &str, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    let title = text.lines().next().and_then(|line| line.strip_prefix("Title: ")).unwrap_or("A");
    write!(
        out,
        "From wren@attic.example.invalid Sat May  4 20:00:00 2002\nFrom: Wren <wren@attic.example.invalid>\n\
         Subject: FIC: {title} (1/1)\nMessage-ID: <{number}@attic.example.invalid>\n\
         Date: Sat, 4 May 2002 20:00:00 +0000\n\n{text}\n"
    )
}

fn capture(number: u64, page: &str, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n{page}",
        page.len()
    );
    write!(
        out,
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://attic.example.invalid/s/{number}.html\r\n\
         WARC-Date: 2009-05-04T20:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    )
}

/// A dump as phpMyAdmin writes it: fifty chapters a statement, then the stories.
fn efiction(pile: &Path, stories: u64, bytes: usize) -> anyhow::Result<()> {
    let file = std::fs::File::create(pile.join("dump.sql")).context("writing a generated dump")?;
    let mut out = std::io::BufWriter::new(file);
    writeln!(
        out,
        "INSERT INTO `fanfiction_settings` (`sitekey`,`url`) VALUES ('lamps','http://lamps.example.invalid');"
    )?;
    for first in (0..stories).step_by(50) {
        let all: Vec<(u64, Parts)> = (first..stories.min(first + 50))
            .map(|number| (number + 1, generate::parts(number, bytes)))
            .collect();
        let rows = |row: &dyn Fn(&(u64, Parts)) -> String| {
            all.iter().map(row).collect::<Vec<_>>().join(",\n")
        };
        let authors = rows(&|(sid, parts)| format!("({sid},'{}')", parts.creator));
        writeln!(out, "INSERT INTO `fanfiction_authors` (`uid`,`penname`) VALUES {authors};")?;
        let chapters = rows(&|(sid, parts)| {
            let text = html_paragraphs(parts).replace('\'', "\\'").replace('\n', "\\r\\n");
            format!("({sid},'Chapter 1',1,'{text}','1',{sid},{sid})")
        });
        writeln!(
            out,
            "INSERT INTO `fanfiction_chapters` (`chapid`,`title`,`inorder`,`storytext`,`validated`,`sid`,`uid`) VALUES \
             {chapters};"
        )?;
        let heads = rows(&|(sid, Parts { title, summary, .. })| {
            format!("({sid},'{title}','{summary}',{sid},'1','1','2004-05-01 20:00:00')")
        });
        writeln!(
            out,
            "INSERT INTO `fanfiction_stories` (`sid`,`title`,`summary`,`uid`,`validated`,`completed`,`date`) VALUES \
             {heads};"
        )?;
    }
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

    #[test]
    fn every_form_of_a_pile_is_read_as_the_stories_it_was_made_of() {
        for form in Form::value_variants() {
            let folder = tempfile::tempdir().unwrap();
            let pile = folder.path().join("pile");
            write(*form, 7, 4_000, &pile).unwrap();
            let records = crate::quality::reading::records(&pile).unwrap();
            let read: Vec<_> = records
                .iter()
                .map(|record| record.fields["title"].as_str().map(str::to_owned))
                .collect();
            let mut titles: Vec<String> = (0..7).map(generate::title_of).collect();
            let mut found: Vec<String> = read.into_iter().flatten().collect();
            titles.sort();
            found.sort();
            assert_eq!(found, titles, "{form:?}");
        }
    }
}
