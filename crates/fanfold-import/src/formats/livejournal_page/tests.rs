//! Saved entries in several styles give the same reading.

use crate::read;
use fanfold_model::{Extracted, FieldKind, ReadAs};
use fanfold_source::{Item, Limits};

const TEXT: &str = "<b>Title:</b> The Lamp<br /><b>Author:</b> Ash Toto<br /><b>Rating:</b> PG<br /><br /><a name=\"cutid1\"></a>\"Is it lit?\" asked Dorothy.<br /><br />\"It was,\" said Toto, who had come late and wet.<br /><br />\"Then light it again,\" she said, and went down the stairs.";
const USER: &str = "<span class='ljuser' lj:user='wren_ash' style='white-space: nowrap;'><a href='https://wren-ash.livejournal.com/profile'><img src='userinfo.gif' alt='[info]' /></a><a href='https://wren-ash.livejournal.com/'><b>wren_ash</b></a></span>";
const COMMENT: &str = "<div id='Comments' class='comments'><div class='comment' id='ljcmt7'><span class='ljuser' lj:user='toto'><b>toto</b></span><div class='comment-content'>What a lovely story, I read it in one sitting and then again to my brother, who wants to know what came of the oil.</div></div></div>";

fn page(html: &str) -> Extracted {
    let html = format!(
        "<html><head><title>wren_ash: The Lamp</title><link rel='canonical' href='https://wren-ash.livejournal.com/12.html'></head><body>{html}<a href='https://wren-ash.livejournal.com/12.html?mode=reply'>Leave a comment</a></body></html>"
    );
    read(&Item::from_bytes("12.html", html.into_bytes()), &Limits::default()).extracted.remove(0)
}

fn styles() -> Vec<String> {
    [
        format!("<div class='entry security-public'><h3 class='entry-title'>The Lamp</h3><span class='entry-poster'>{USER}</span><span class='datetime'>May 17th, 2003</span><div class='entry-content'>{TEXT}</div><div class='tag'><ul><li><a rel='tag'>fic</a></li></ul></div></div>"),
        format!("<article><h1 class='b-singlepost-title'>The Lamp</h1><div class='b-singlepost-author'>{USER}</div><time class='b-singlepost-author-date'>May 17 2003, 21:04</time><article class='b-singlepost-body entry-content'>{TEXT}</article><div class='b-singlepost-tags'><a>fic</a></div></article>"),
        format!("<div class='asset'><h2 class='asset-name'>The Lamp</h2><div class='asset-meta'>{USER}<abbr class='datetime'>May. 17th, 2003</abbr></div><div class='asset-body'>{TEXT}<div class='ljtags'>Tags: <a rel='tag'>fic</a></div></div></div>"),
        format!("<table><tr><td>{USER} wrote,<br>@ <font>2003-05-17 21:04</font></td></tr></table><div class='datetime'>2003-05-17</div><div id='entrysubj'>The Lamp</div><div id='entry'>{TEXT}</div><div class='ljtags'><a rel='tag'>fic</a></div>"),
    ]
    .into()
}

#[test]
fn every_style_gives_the_same_story() {
    for style in styles() {
        let read = page(&format!("{style}{COMMENT}"));
        let of = |kind| read.fields_of(kind).map(|own| own.value.as_str()).collect::<Vec<_>>();
        assert_eq!(read.read_as, ReadAs::Work, "{:?}\n{style}", read.findings);
        assert_eq!(of(FieldKind::Title)[0], "The Lamp", "{style}");
        assert_eq!(of(FieldKind::Creator), ["Ash Toto"], "{style}");
        assert_eq!(of(FieldKind::Poster), ["wren_ash"], "{style}");
        assert!(of(FieldKind::Published)[0].contains("2003"), "{style}");
        assert!(of(FieldKind::Other).contains(&"fic"), "{style}");
        assert_eq!(read.chapters.len(), 1);
        assert_eq!(read.chapters[0].html.matches("<p>").count(), 3, "{}", read.chapters[0].html);
        assert!(!read.chapters[0].html.contains("lovely story"));
        assert_eq!(read.identities[0].value, "https://wren-ash.livejournal.com/12.html");
        assert_eq!(read.held, None);
    }
}

#[test]
fn a_locked_entry_is_held() {
    for lock in [
        "<img src='https://x.example/img/icon_protected.gif' alt='[protected post]' />",
        "<span class='access-filter'><img alt='[locked]' title='Locked' src='x.png'></span>",
        "<img title='Только для друзей' src='x.gif'>",
    ] {
        for style in styles() {
            let held = page(&format!("{lock}{style}{COMMENT}")).held;
            assert_eq!(held.as_deref(), Some("friends-only"), "{lock}");
        }
    }
}

#[test]
fn pages_of_several_entries_and_pages_before_an_entry_are_no_works() {
    let two =
        format!("<div class='entry'>{USER}<div class='entry-content'>{TEXT}</div></div>").repeat(2);
    for html in [
        two.as_str(),
        "<div class='ljuser'>wren</div><div class='entry-content'>You are not authorized to view this protected entry.</div>",
        "<div class='ljuser'>wren</div><h1>Adult Content Notice</h1><p>The journal may hold adult concepts.</p><a href='?style=mine'>x</a>",
        "<div class='ljuser'>wren</div><p>This journal has been deleted and purged.</p>",
    ] {
        assert_eq!(page(html).read_as, ReadAs::NotAWork, "{html}");
    }
}

#[test]
fn a_style_without_class_names_is_read_by_its_longest_block() {
    let read = page(&format!(
        "<div><font>{USER} (2003-05-17)</font></div><div>{TEXT} And there she found the oil, the wick and the matches, and carried them up again, one by one, for the stairs were steep.</div>{COMMENT}"
    ));
    assert_eq!(read.read_as, ReadAs::Work, "{:?}", read.findings);
    assert_eq!(read.fields_of(FieldKind::Title).next().unwrap().value, "The Lamp");
    assert!(!read.chapters[0].html.contains("lovely"), "{}", read.chapters[0].html);
}

#[test]
fn readers_comments_are_reviews_in_several_styles_and_the_posters_answers_replies() {
    let reply = "<p>Thank you, it was the oil.</p>";
    let more = "<b>Part 2</b><br><br>\"Is it lit now?\" asked Ozma. She had waited long, and she would not wait any longer for a lamp.<br><br>\"It is,\" said Dorothy, and she set it on the sill, where it burned until the morning came over the hills.";
    let lines = [
        // Nested, with a link to the parent.
        format!(
            "<div id='comments'><div class='comment-thread comment-depth-1'><div id='cmt7' class='comment-wrapper'><div class='header'><span class='ljuser' lj:user='toto'><b>toto</b></span><span class='datetime'>2003-05-18 10:00</span></div><div class='comment-content'>Lovely!</div></div></div><div class='comment-thread comment-depth-2'><div id='cmt9' class='comment-wrapper'><div class='header'>{USER}</div><div class='comment-content'>{reply}</div><a href='https://x.example/12.html?thread=7#cmt7'>Parent</a></div></div><div class='comment-thread comment-depth-1'><div id='cmt11' class='comment-wrapper'><div class='header'>{USER}</div><div class='comment-content'>{more}</div></div></div></div>"
        ),
        // By indent, with no numbers.
        format!(
            "<div class='comments'><div class='comment' style='margin-left: 0px'><span class='ljuser'>toto</span> <span class='date'>2003-05-18</span><div class='comment-body'>Lovely!</div></div><div class='comment' style='margin-left: 25px'>{USER}<div class='comment-body'>{reply}</div></div><div class='comment' style='margin-left: 0px'>{USER}<div class='comment-body'>{more}</div></div></div>"
        ),
        format!(
            "<div class='b-tree'><div class='b-leaf' data-tid='t7' style='margin-left: 0px'><div class='b-leaf-username'><span class='ljuser' data-ljuser='toto'>toto</span></div><time class='b-leaf-createdtime'>May 18 2003, 10:00</time><div class='b-leaf-article'>Lovely!</div></div><div class='b-leaf' data-tid='t9' style='margin-left: 30px'><div class='b-leaf-username'>{USER}</div><div class='b-leaf-article'>{reply}</div></div><div class='b-leaf' data-tid='t11' style='margin-left: 0px'><div class='b-leaf-username'>{USER}</div><div class='b-leaf-article'>{more}</div></div></div>"
        ),
    ];
    for comments in lines {
        let read = page(&format!("{}{comments}", styles()[0]));
        let reviews: Vec<serde_json::Value> = read
            .fields_of(FieldKind::Other)
            .filter(|own| own.label == "Review")
            .map(|own| serde_json::from_str(&own.value).unwrap())
            .collect();
        assert_eq!(reviews.len(), 1, "{reviews:#?}\n{comments}");
        let review = &reviews[0];
        assert_eq!((&review["by"], &review["chapter"]), (&"toto".into(), &1.into()));
        assert!(review["date"].as_str().unwrap().contains("2003"));
        assert!(review["text"].as_str().unwrap().contains("Lovely!"));
        assert!(review["reply"].as_str().unwrap().contains("it was the oil"), "{comments}");
        assert_eq!(read.chapters.len(), 2, "{comments}");
        assert!(read.chapters[1].html.contains("morning came over"));
    }
}

/// Who wrote a comment, when, what, and its links.
type Spoken = (String, &'static str, &'static str, String);

/// The same three comments below an entry, in skins without names of classes.
fn threads() -> [String; 4] {
    let url = "https://wren-ash.livejournal.com/12.html";
    let links = |own: &str, parent: Option<&str>| {
        let up = parent.map(|up| format!("(<a href='{url}?thread={up}#t{up}'>Parent</a>)"));
        format!(
            "(<a href='{url}?replyto={own}'>Reply</a>) {} (<a href='{url}?thread={own}#t{own}'>Thread</a>)",
            up.unwrap_or_default()
        )
    };
    let user = |name: &str| {
        format!(
            "<span lj:user='{name}'><a href='https://{name}.livejournal.com/profile'><img src='i.gif' alt='[info]'></a><a href='https://{name}.livejournal.com/'><b>{name}</b></a></span>"
        )
    };
    let said = [
        (
            user("toto"),
            "2003-05-18 10:11 am UTC",
            "Is the <i>oil</i> out?<br><br>I hope so.",
            links("77", None),
        ),
        (user("wren_ash"), "2003-05-18 11:00 am UTC", "It is not.", links("99", Some("77"))),
        (
            "(Anonymous)".to_owned(),
            "2003-05-19 09:00 pm UTC",
            "Lovely story, I read it twice.",
            links("111", None),
        ),
    ];
    let all = |one: &dyn Fn(&Spoken) -> String| said.iter().map(one).collect::<String>();
    [
        all(&|(by, day, text, links)| {
            format!(
                "<div><table><tr><td><b>From:</b></td><td>{by}</td></tr><tr><td><b>Date:</b></td><td>{day}</td></tr></table><div>{text}</div><p>{links}</p></div>"
            )
        }),
        all(&|(by, day, text, links)| {
            format!("<table><tr><td>{by}<br>{day}</td></tr></table><div>{text}</div><p>{links}</p>")
        }),
        format!(
            "<table>{}</table>",
            all(&|(by, day, text, links)| format!(
                "<tr><td>{by} wrote:<br>{day} (66.1.2.3)</td></tr><tr><td>{text}</td></tr><tr><td>{links}</td></tr>"
            ))
        ),
        {
            let (by, day, text, links) = &said[1];
            let inner = format!(
                "<blockquote><div>{by} {day}</div><div>{text}</div><div>{links}</div></blockquote>"
            );
            let outer = |(by, day, text, links): &Spoken, inner: &str| {
                format!(
                    "<div><div>{by} {day}</div><div>{text}</div><div>{links}</div>{inner}</div>"
                )
            };
            format!("{}{}", outer(&said[0], &inner), outer(&said[2], ""))
        },
    ]
}

#[test]
fn comments_without_names_of_classes_are_found_by_their_structure() {
    for thread in threads() {
        let read = page(&format!(
            "<div><font>{USER} (2003-05-17)</font></div><div>{TEXT} And there she found the oil, the wick and the matches, and carried them up again, one by one, for the stairs were steep.</div>{thread}"
        ));
        assert_eq!(read.read_as, ReadAs::Work, "{:?}\n{thread}", read.findings);
        let story = &read.chapters[0].html;
        assert!(story.contains("the stairs were steep"), "{story}");
        assert!(!story.contains("read it twice") && !story.contains("It is not"), "{story}");
        let own = read.fields.iter().filter(|own| own.label == "Review");
        let reviews: Vec<serde_json::Value> =
            own.map(|own| serde_json::from_str(&own.value).unwrap()).collect();
        assert_eq!(reviews.len(), 2, "{reviews:#?}\n{thread}");
        assert_eq!((&reviews[0]["by"], &reviews[0]["number"]), (&"toto".into(), &77.into()));
        assert_eq!(
            reviews[0]["text"], "<p>Is the <i>oil</i> out?</p><p>I hope so.</p>",
            "{thread}"
        );
        assert_eq!(reviews[0]["reply"], "<p>It is not.</p>", "{thread}");
        assert!(
            reviews[0]["date"].as_str().unwrap().starts_with("2003-05-18 10:11"),
            "{reviews:#?}"
        );
        assert_eq!(reviews[1]["by"], serde_json::Value::Null);
        assert_eq!(reviews[1]["text"], "<p>Lovely story, I read it twice.</p>", "{thread}");
        assert!(!reviews.iter().any(|own| own.to_string().contains("66.1.2.3")));
    }
}

#[test]
fn a_lone_comment_without_names_of_classes_takes_nothing_of_the_entry() {
    let lone = "<table><tr><td><span lj:user='toto'><b>toto</b></span><br>2003-05-18 10:11</td></tr></table><div>Lovely!</div><p>(<a href='https://wren-ash.livejournal.com/12.html?replyto=77'>Reply</a>)</p>";
    let read = page(&format!(
        "<div><font>{USER} (2003-05-17)</font></div><div>{TEXT} And there she found the oil, the wick and the matches, and carried them up again, one by one, for the stairs were steep.</div>{lone}"
    ));
    let reviews: Vec<&str> = read
        .fields
        .iter()
        .filter(|own| own.label == "Review")
        .map(|own| own.value.as_str())
        .collect();
    assert_eq!(reviews.len(), 1, "{reviews:?}");
    assert!(
        reviews[0].contains("<p>Lovely!</p>") && !reviews[0].contains("Dorothy"),
        "{reviews:?}"
    );
    assert!(read.chapters[0].html.contains("the stairs were steep"));
}
