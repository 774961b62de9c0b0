//! Threads of several programs give the same story.

use crate::read;
use fanfold_model::{Extracted, FieldKind, ReadAs};
use fanfold_source::{Item, Limits};

const HEADER: &str = "<b>Title:</b> The Lamp<br><b>Rating:</b> PG<br><br>";
const ONE: &str = "\"Is it lit?\" asked Dorothy, and went down the long stairs to the cellar, where the oil stood.<br><br>\"It was,\" said Toto, who had come late and wet, and he shook himself on the mat before anyone could stop him.<br><br>The lamp stood on the sill until the street was dark, and nobody came to light it but the rain.";
const TWO: &str = "Chapter 2: The Sill<br><br>\"Is it lit now?\" asked Ozma. She had waited long, and she would not wait any longer for a lamp.<br><br>\"It is,\" said Dorothy, and she set it on the sill, where it burned until the morning came over the hills.";
const PRAISE: &str = "<div class=\"quoteheader\">Quote from: wren</div><blockquote data-quote=\"wren\">\"Is it lit?\" asked Dorothy</blockquote>Lovely! I said \"more\" out loud, and my brother said \"hush\", and then he read it too and said he wanted more of it as well, and soon, before the weekend was over.";

/// Author, text and threadmark of each post.
type Posts<'a> = [(&'a str, String, Option<&'a str>)];

fn xenforo(posts: &Posts<'_>) -> String {
    let one = |(author, text, mark): &(&str, String, Option<&str>)| {
        let mark = mark
            .map(|mark| format!("<span class=\"threadmarkLabel\">{mark}</span>"))
            .unwrap_or_default();
        format!(
            "<article class=\"message message--post\" data-author=\"{author}\"><div class=\"message-cell--threadmark-header\">{mark}</div><section class=\"message-user\"><a class=\"username\">{author}</a></section><time datetime=\"2013-05-17T21:04:00+0000\">May 17</time><article class=\"message-body\"><div class=\"bbWrapper\">{text}</div></article><aside class=\"message-signature\"><div class=\"bbWrapper\">my sig: read my stories</div></aside></article>"
        )
    };
    page(&format!(
        "<h1 class=\"p-title-value\"><span class=\"label\">Oz</span> The Lamp</h1>{}",
        posts.iter().map(one).collect::<String>()
    ))
}

fn phpbb3(posts: &Posts<'_>) -> String {
    let one = |(author, text, _): &(&str, String, Option<&str>)| {
        format!(
            "<div class=\"post\"><dl class=\"postprofile\"><dt><a class=\"username\">{author}</a></dt></dl><div class=\"postbody\"><p class=\"author\">by <strong>{author}</strong> » Sat May 17, 2003 9:04 pm</p><div class=\"content\">{text}</div><div class=\"signature\">my sig</div></div></div>"
        )
    };
    page(&format!(
        "<h2 class=\"topic-title\"><a>The Lamp</a></h2>{}",
        posts.iter().map(one).collect::<String>()
    ))
}

fn vbulletin3(posts: &Posts<'_>) -> String {
    let one = |(author, text, _): &(&str, String, Option<&str>)| {
        format!(
            "<table id=\"post7\"><tr><td class=\"thead\">05-17-2003, 09:04 PM</td></tr><tr><td><a class=\"bigusername\">{author}</a></td><td><div id=\"post_message_7\">{text}</div></td></tr></table>"
        )
    };
    page(&format!(
        "<table><tr><td class=\"navbar\"><strong>The Lamp</strong></td></tr></table>{}",
        posts.iter().map(one).collect::<String>()
    ))
}

fn phpbb2(posts: &Posts<'_>) -> String {
    let one = |(author, text, _): &(&str, String, Option<&str>)| {
        format!(
            "<tr><td><span class=\"name\"><b>{author}</b></span></td><td><span class=\"postbody\">{text}</span></td></tr>"
        )
    };
    page(&format!(
        "<div class=\"postbody postprofile\"></div><a class=\"maintitle\">The Lamp</a><table>{}</table>",
        posts.iter().map(one).collect::<String>()
    ))
}

fn page(body: &str) -> String {
    format!(
        "<html><head><title>The Lamp | Green Lamp Board</title></head><body><div class=\"nav\"><a href=\"/\">Forums</a></div>{body}</body></html>"
    )
}

fn of(html: &str) -> Extracted {
    read(&Item::from_bytes("thread.html", html.as_bytes().to_vec()), &Limits::default())
        .extracted
        .remove(0)
}

#[test]
fn the_openers_posts_that_tell_are_the_chapters_on_every_board() {
    let posts = [
        ("wren", format!("{HEADER}{ONE}"), None),
        ("toto", PRAISE.to_owned(), None),
        ("wren", "Thank you! Next part on Sunday.".to_owned(), None),
        ("wren", TWO.to_owned(), None),
    ];
    for html in [xenforo(&posts), phpbb3(&posts), vbulletin3(&posts), phpbb2(&posts)] {
        let read = of(&html);
        let values = |kind| read.fields_of(kind).map(|own| own.value.as_str()).collect::<Vec<_>>();
        assert_eq!(read.read_as, ReadAs::Work, "{:?}\n{html}", read.findings);
        assert_eq!(values(FieldKind::Title)[0], "The Lamp");
        assert_eq!(
            (values(FieldKind::Creator), values(FieldKind::Poster)),
            (vec!["wren"], vec!["wren"])
        );
        assert_eq!(values(FieldKind::Rating), ["PG"]);
        assert_eq!(read.chapters.len(), 2, "{:?}\n{html}", read.chapters);
        assert_eq!(
            (read.chapters[1].number.as_deref(), read.chapters[1].title.as_deref()),
            (Some("2"), Some("The Sill"))
        );
        let reviews: Vec<serde_json::Value> = read
            .fields_of(FieldKind::Other)
            .filter(|own| own.label == "Review")
            .map(|own| serde_json::from_str(&own.value).unwrap())
            .collect();
        assert_eq!(reviews.len(), 1, "{reviews:#?}");
        assert_eq!((&reviews[0]["by"], &reviews[0]["chapter"]), (&"toto".into(), &1.into()));
        assert!(reviews[0]["text"].as_str().unwrap().contains("Lovely"));
        assert!(reviews[0]["reply"].as_str().unwrap().contains("Thank you"), "{reviews:#?}");
        let all: String = read.chapters.iter().map(|own| own.html.as_str()).collect();
        assert!(
            !all.contains("Lovely") && !all.contains("Thank you") && !all.contains("my sig"),
            "{all}"
        );
    }
}

#[test]
fn threadmarks_say_which_posts_are_chapters_and_name_them() {
    let posts = [
        ("wren", "Welcome to my thread, it will be a long one.".to_owned(), None),
        ("wren", ONE.to_owned(), Some("Threadmarks: Chapter 1: The Cellar")),
        ("toto", PRAISE.to_owned(), None),
        ("wren", "The lamp, a poem.".to_owned(), Some("Interlude")),
    ];
    let read = of(&xenforo(&posts));
    let marks: Vec<(Option<&str>, Option<&str>)> =
        read.chapters.iter().map(|own| (own.number.as_deref(), own.title.as_deref())).collect();
    assert_eq!(marks.len(), 2, "{:?}", read.chapters);
    assert_eq!(marks[0], (Some("1"), Some("The Cellar")));
    assert!(read.chapters[1].html.contains("a poem"));
}

#[test]
fn talk_is_no_story() {
    let posts = [
        (
            "wren",
            "Which lamp do you like best? I have three, and the green one smokes.".to_owned(),
            None,
        ),
        ("toto", "The red one, of course.".to_owned(), None),
    ];
    for html in [xenforo(&posts), phpbb3(&posts), vbulletin3(&posts), phpbb2(&posts)] {
        assert_eq!(of(&html).read_as, ReadAs::NotAWork);
    }
}

#[test]
fn pages_of_one_thread_know_each_other_and_their_place() {
    let posts =
        [("wren", format!("Chapter 3<br><br>{ONE}"), None), ("toto", PRAISE.to_owned(), None)];
    let nav = "<ul class=\"pageNav-main\"><li class=\"pageNav-page\"><a>1</a></li><li class=\"pageNav-page pageNav-page--current\"><a>2</a></li></ul><link rel=\"canonical\" href=\"https://lamps.example/threads/the-lamp.31/page-2\"><div class=\"p-description\"><a class=\"username\">wren</a></div>";
    let read = of(&xenforo(&posts).replace("<h1", &format!("{nav}<h1")));
    assert_eq!(read.identities[0].value, "https://lamps.example/threads/31/");
    assert_eq!(read.part.as_ref().map(|part| (part.part, part.of)), Some((2, Some(2))));
    assert_eq!(read.chapters[0].number.as_deref(), Some("3"));
}
