//! The same facts in many skins, and pages that only look like a work's.

use crate::read;
use fanfold_model::{Extracted, FieldKind, ReadAs};
use fanfold_source::{Item, Limits};

const TEXT: &str = "<p>\"Is it lit?\" asked Dorothy.</p><p>\"It was,\" said Toto, and looked at the window.</p><p>The oil had not gone down since Tuesday, and nobody could say why.</p>";

fn of(body: &str) -> (Option<&'static str>, Extracted) {
    let html = format!("<html><head><title>Lamp Archive</title></head><body>{body}</body></html>");
    let mut reading = read(&Item::from_bytes("page.html", html.into_bytes()), &Limits::default());
    (reading.format, reading.extracted.remove(0))
}

fn work(body: &str) -> Extracted {
    let (format, read) = of(body);
    assert_eq!(
        (format, read.read_as),
        (Some("efiction-page"), ReadAs::Work),
        "{:?}",
        read.findings
    );
    read
}

fn values(read: &Extracted, kind: FieldKind) -> Vec<&str> {
    read.fields_of(kind).map(|own| own.value.as_str()).collect()
}

/// What each of the skins below says.
fn assert_told(read: &Extracted) {
    assert_eq!(values(read, FieldKind::Title), ["The Lamp"]);
    assert_eq!(values(read, FieldKind::Creator), ["Wren", "Ash"]);
    assert_eq!(values(read, FieldKind::Rating), ["PG-13"]);
    assert_eq!(values(read, FieldKind::Fandom), ["Wizard of Oz"]);
    assert_eq!(values(read, FieldKind::Character), ["Dorothy Gale", "Toto"]);
    assert_eq!(values(read, FieldKind::Status).len(), 1);
    assert_eq!(read.chapters.len(), 1);
    assert!(read.chapters[0].html.starts_with("<p>\"Is it lit?\""), "{}", read.chapters[0].html);
}

#[test]
fn labels_are_found_however_a_skin_marks_them() {
    let heading = "<div id=\"pagetitle\"><a href=\"viewstory.php?sid=4\">The Lamp</a> by <a href=\"viewuser.php?uid=1\">Wren</a>, <a href=\"viewuser.php?uid=2\">Ash</a></div>";
    for facts in [
        "<div class='listbox'><b>Rated:</b> PG-13 [<a href='reviews.php?type=ST&amp;item=4'>Reviews</a> - <a href='reviews.php?type=ST&amp;item=4'>3</a>]<br><b>Categories:</b> Wizard of Oz <b>Characters: </b> Dorothy Gale, Toto<br><b>Series:</b> None<br><b>Completed:</b> No <b>Word count:</b> 12</div>",
        "<table><tr><td>Rated:</td><td>PG-13</td></tr><tr><td>Category:</td><td><a href='browse.php?type=categories'>Wizard of Oz</a></td></tr><tr><td>Characters:</td><td>Dorothy Gale, Toto</td></tr><tr><td>Completed:</td><td>No</td></tr></table>",
        "<p>Rated: PG-13<br>Category: Wizard of Oz<br><strong>Characters</strong>: Dorothy Gale, Toto<br>Completed: No<br></p>",
        "<dl><dt>Rated</dt><dd>PG-13</dd><dt>Categories</dt><dd>Wizard of Oz</dd><dt>Characters</dt><dd>Dorothy Gale, Toto</dd><dt>Completed</dt><dd>No</dd></dl>",
    ] {
        let page =
            format!("{heading}{facts}<div class='noteinfo'></div><div id=\"story\">{TEXT}</div>");
        assert_told(&work(&page));
    }
}

#[test]
fn a_translated_skin_without_the_programs_classes_is_read_by_its_labels() {
    let page = format!(
        "<div class=\"gb-full\"><h2>The Lamp von Wren, Ash</h2><div class=\"listbox\"><b>Zusammenfassung:</b> A lamp goes out.<br><b>Eingestuft:</b> PG-13 [<a href=\"reviews.php?sid=4\">Reviews</a> - 2]<br><b>Kategorie:</b> Wizard of Oz<br><b>Charaktere:</b> Dorothy Gale, Toto<br><b>Kapitel: </b> 1 <b>Abgeschlossen:</b> Ja<br><b>Wörter:</b> 120 <b>Gelesen:</b> 7</div><blockquote><b>Kapitel Bemerkung:</b> Hello again.</blockquote><div id=\"story\">{TEXT}</div><blockquote><b>Kapitel Abschlussbemerkung:</b> More soon.</blockquote></div>"
    );
    let read = work(&page);
    assert_told(&read);
    assert_eq!(values(&read, FieldKind::Summary), ["<p>A lamp goes out.</p>"]);
    assert_eq!(values(&read, FieldKind::Hits), ["7"]);
    let notes = (read.chapters[0].notes.as_deref(), read.chapters[0].end_notes.as_deref());
    assert_eq!(notes, (Some("<p>Hello again.</p>"), Some("<p>More soon.</p>")));
}

const FACTS: &str = "<p><b>Summary:</b> A lamp goes out.<br><b>Rated:</b> PG-13<br><b>Category:</b> Wizard of Oz<br><b>Characters:</b> Dorothy Gale, Toto<br><b>Completed:</b> Yes</p>";

#[test]
fn where_no_box_holds_the_text_it_is_what_stands_behind_the_facts() {
    let page = format!(
        "<center><h2>The Lamp by Wren, Ash</h2></center>{FACTS}<a href=\"reviews.php?sid=4\"></a><hr>{TEXT}"
    );
    assert_told(&work(&page));
}

#[test]
fn a_page_with_the_facts_of_several_works_is_no_work() {
    let entry = format!(
        "<div class=\"listbox\"><a href=\"viewstory.php?sid=4\">The Lamp</a> by <a href=\"viewuser.php?uid=1\">Wren</a>{FACTS}</div>"
    );
    let (format, read) = of(&entry.repeat(3));
    assert_eq!((format, read.read_as), (Some("efiction-page"), ReadAs::NotAWork));
}

#[test]
fn a_side_column_with_another_works_facts_is_left_out() {
    let side = "<div id=\"side\"><div class=\"title\">Random story</div><a href=\"viewstory.php?sid=9\">Wick</a> by <a href=\"viewuser.php?uid=8\">Tamsin</a><br><span class=\"label\">Rated:</span> NC-17<br><span class=\"label\">Summary:</span> Another.</div>";
    let page = format!(
        "{side}<div id=\"pagetitle\"><a href=\"viewstory.php?sid=4\">The Lamp</a> by <a href=\"viewuser.php?uid=1\">Wren</a>, <a href=\"viewuser.php?uid=2\">Ash</a></div><div class=\"infobox\">{FACTS}</div><div id=\"story\">{TEXT}</div>"
    );
    assert_told(&work(&page));
}

#[test]
fn a_printed_page_gives_numbers_titles_and_other_names_of_chapters() {
    let chapter = |heading: &str| {
        format!("<div class='chaptertitle'>{heading}</div><div class='chapter'>{TEXT}</div>")
    };
    let page = format!(
        "<div id=\"pagetitle\">The Lamp by Wren, Ash</div><div class=\"infobox\">{FACTS}</div>{}{}{}",
        chapter("1. Chapter 1 by Wren"),
        chapter("2. The Sill by Tamsin"),
        chapter("Dark by Ash"),
    );
    let read = work(&page);
    let titles: Vec<Option<&str>> = read.chapters.iter().map(|own| own.title.as_deref()).collect();
    assert_eq!(titles, [None, Some("The Sill"), Some("Dark")]);
    assert_eq!(read.chapters[1].creators, ["Tamsin"]);
    assert!(read.chapters[0].creators.is_empty() && read.chapters[2].creators.is_empty());
}

#[test]
fn the_chooser_gives_a_saved_chapter_its_number_and_title() {
    let page = format!(
        "<div id=\"pagetitle\"><a href=\"viewstory.php?sid=4\">The Lamp</a> by <a href=\"viewuser.php?uid=1\">Wren</a></div><form><select name=\"chapter\"><option value=\"viewstory.php?sid=4&amp;chapter=1\">1. The Cellar</option><option value=\"viewstory.php?sid=4&amp;chapter=2\" selected>2. The Sill</option></select></form><div class='notes'><div class='title'><span class='label'>Chapter End Notes:</span></div><div class='noteinfo'></div></div><div id=\"story\">{TEXT}</div><div id=\"archivedat\">http://lamps.example/viewstory.php?sid=4</div>"
    );
    let read = work(&page);
    let part = read.part.as_ref().map(|own| (own.part, own.of));
    assert_eq!(part, Some((2, Some(2))));
    assert_eq!(read.chapters[0].title.as_deref(), Some("The Sill"));
}

/// The same two reviews in several skins.
fn reviewed() -> [String; 4] {
    let head = |by: &str, day: &str| {
        format!(
            "<span class='label'>Reviewer:</span> {by} <span class='label'>Date:</span> {day} <span class='label'>Title:</span> <a href='viewstory.php?sid=4&amp;chapter=2'>The Sill</a>"
        )
    };
    let (toto, ozma) = (
        "<a href='viewuser.php?uid=9'>Toto</a> Signed <img src='images/star.gif'><img src='images/star.gif'><img src='images/starhalf.gif'>",
        "Ozma Anonymous",
    );
    let words = "Lovely!<br>I want the <b>oil:</b> more of it.<br><br><i>Author's Response: Thank you, Toto. Write to wren@oz.example.</i>";
    [
        format!(
            "<div class='listbox'><div class='content'>{}</div><div class='content'>{words}</div></div><div class='listbox'><div class='content'>{}</div><div class='content'>More, please.</div></div>",
            head(toto, "01/02/05"),
            head(ozma, "03/02/05")
        ),
        format!(
            "<table><tr><td>{}</td></tr><tr><td>{words}</td></tr><tr><td>{}</td></tr><tr><td>More, please.</td></tr></table>",
            head(toto, "01/02/05"),
            head(ozma, "03/02/05")
        ),
        format!(
            "<div id='reviews'>{}<br>{words}<hr>{}<br>More, please.<hr></div>",
            head(toto, "01/02/05"),
            head(ozma, "03/02/05")
        ),
        format!(
            "<ul><li><b>Rezensent:</b> {toto} <b>Datum:</b> 01/02/05 <b>Kapitel:</b> Kapitel 2<p>Lovely!</p><p>I want the oil: more of it.</p><div><b>Antwort des Autors:</b> Thank you, Toto. Write to wren@oz.example.</div></li><li><b>Rezensent:</b> Ozma [Anonym] <b>Datum:</b> 03/02/05 <b>Kapitel:</b> 2. The Sill<p>More, please.</p></li></ul>"
        ),
    ]
}

fn kept(read: &Extracted) -> Vec<serde_json::Value> {
    let own = read.fields.iter().filter(|own| own.label == "Review");
    own.map(|own| serde_json::from_str(&own.value).unwrap()).collect()
}

fn plain(html: &serde_json::Value) -> String {
    fanfold_text::document::text_of(html.as_str().unwrap()).trim().to_owned()
}

#[test]
fn reviews_below_a_story_are_kept_with_stars_chapter_and_response_in_any_skin() {
    let chapter = |heading: &str| {
        format!("<div class='chaptertitle'>{heading}</div><div class='chapter'>{TEXT}</div>")
    };
    for reviews in reviewed() {
        let page = format!(
            "<div id=\"pagetitle\">The Lamp by Wren, Ash</div><div class=\"infobox\">{FACTS}</div>{}{}{reviews}",
            chapter("1. The Cellar by Wren"),
            chapter("2. The Sill by Wren"),
        );
        let read = work(&page);
        let reviews = kept(&read);
        assert_eq!(reviews.len(), 2, "{reviews:#?}\n{page}");
        let (toto, ozma) = (&reviews[0], &reviews[1]);
        assert_eq!((&toto["by"], &toto["date"]), (&"Toto".into(), &"01/02/05".into()), "{page}");
        assert_eq!((&toto["score"], &toto["chapter"]), (&5.into(), &2.into()), "{page}");
        let (text, reply) = (plain(&toto["text"]), plain(&toto["reply"]));
        assert!(text.contains("Lovely!") && text.contains("more of it"), "{text}");
        assert!(!text.contains("Thank you"), "{text}");
        assert!(reply.starts_with("Thank you, Toto.") && !reply.contains('@'), "{reply}");
        assert_eq!((&ozma["by"], &ozma["chapter"]), (&"Ozma".into(), &2.into()), "{page}");
        assert_eq!(plain(&ozma["text"]), "More, please.");
        assert_eq!((read.chapters.len(), &ozma["score"]), (2, &serde_json::Value::Null));
        assert!(!read.chapters[1].html.contains("Lovely"));
    }
}

#[test]
fn reviews_of_a_chapters_own_page_count_it_as_the_first() {
    let page = format!(
        "<div id=\"pagetitle\"><a href=\"viewstory.php?sid=4\">The Lamp</a> by <a href=\"viewuser.php?uid=1\">Wren</a></div><form><select name=\"chapter\"><option value=\"1\">1. The Cellar</option><option value=\"2\" selected>2. The Sill</option></select></form><div id=\"story\">{TEXT}</div>{}<div id=\"archivedat\">http://lamps.example/viewstory.php?sid=4</div>",
        reviewed()[0]
    );
    let read = work(&page);
    assert_eq!(read.part.as_ref().map(|own| own.part), Some(2));
    let chapters: Vec<_> = kept(&read).iter().map(|own| own["chapter"].clone()).collect();
    assert_eq!(chapters, [1, 1]);
}

#[test]
fn a_lone_review_is_its_own_box_and_a_storys_reviewer_is_none() {
    let lone = "<div class='listbox'><div class='content'><span class='label'>Reviewer:</span> Toto <span class='label'>Date:</span> 01/02/05</div><div class='content'>Lovely!</div></div><div class='footer'>Powered by a lamp</div>";
    let text = format!("{TEXT}<p><b>Reviewer:</b> the man with the lamp</p>");
    let page = format!(
        "<div id=\"pagetitle\">The Lamp by Wren, Ash</div><div class=\"infobox\">{FACTS}</div><div id=\"story\">{text}</div>{lone}"
    );
    let reviews = kept(&work(&page));
    assert_eq!(reviews.len(), 1, "{reviews:#?}");
    assert_eq!(
        (plain(&reviews[0]["by"]), plain(&reviews[0]["text"])),
        ("Toto".into(), "Lovely!".into())
    );
}
