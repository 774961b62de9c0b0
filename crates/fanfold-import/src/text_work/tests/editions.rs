//! The frame of a public library's editions, and title pages of printed books.

use fanfold_model::FieldKind as K;

use super::{STORY, reading, texts, values};

/// A made-up edition in the frame that such editions have.
fn edition(body: &str) -> String {
    format!(
        "The Project Gutenberg EBook of The Copper Lamp, by Ada Pike\n\nThis eBook is for the use of anyone anywhere.\n\nTitle: The Copper Lamp\n\nAuthor: Ada Pike\n\nRelease Date: May 1, 2004 [EBook #99999]\n\nLanguage: English\n\n*** START OF THIS PROJECT GUTENBERG EBOOK THE COPPER LAMP ***\n\n\nProduced by Wren Ashdown and others\n\n\n{body}\n\nEnd of the Project Gutenberg EBook of The Copper Lamp, by Ada Pike\n\n*** END OF THIS PROJECT GUTENBERG EBOOK THE COPPER LAMP ***\n\n1. General Terms\n\nYou may copy it.\n\n2. Information\n\nThere is none.\n"
    )
}

#[test]
fn an_edition_gives_its_labels_and_the_work_between_its_marks() {
    let body = format!(
        "THE COPPER LAMP\n\nBY\n\nADA PIKE\n\nCHAPTER I\n\n{STORY}\nCHAPTER II\n\n{STORY}\nTHE END"
    );
    let text = edition(&body);
    let reading = reading(&text);
    assert_eq!(values(&reading, K::Title).first(), Some(&"The Copper Lamp"));
    assert_eq!(values(&reading, K::Creator).first(), Some(&"Ada Pike"));
    assert_eq!(values(&reading, K::Language), ["English"]);
    assert!(values(&reading, K::Notes).is_empty(), "{:?}", values(&reading, K::Notes));
    assert_eq!(reading.chapters.len(), 2);
    let told = texts(&reading, &text);
    assert!(told[0].starts_with("Holmes put down"), "{}", told[0]);
    assert!(told[1].ends_with("THE END"), "{}", told[1]);
    let kept = values(&reading, K::Other).join(" ");
    assert!(kept.contains("for the use of anyone") && kept.contains("You may copy it"));
}

#[test]
fn an_old_edition_ends_its_frame_with_the_small_print() {
    let text = format!(
        "**The Project Gutenberg Etext of The Copper Lamp**\n\nReadable By Both Humans and By Computers, Since 1971\n\n*END*THE SMALL PRINT! FOR ETEXTS*Ver.04.29.93*END*\n\n\nThe Copper Lamp\n\nby Ada Pike\n\n{STORY}\nEnd of The Project Gutenberg Etext of The Copper Lamp\n"
    );
    let reading = reading(&text);
    assert_eq!(values(&reading, K::Title).first(), Some(&"The Copper Lamp"));
    assert_eq!(values(&reading, K::Creator), ["Ada Pike"]);
    assert!(texts(&reading, &text)[0].ends_with("into the fog."));
}

#[test]
fn a_story_that_speaks_of_such_editions_is_whole() {
    let text = format!(
        "The Reader\n\n{STORY}\nShe read to the end of the Project Gutenberg copy.\n\n{STORY}"
    );
    let reading = reading(&text);
    assert!(texts(&reading, &text)[0].contains("She read to the end"));
    assert!(!values(&reading, K::Other).iter().any(|kept| kept.contains("Gutenberg")));
}

#[test]
fn a_by_word_alone_on_its_line_names_the_next() {
    for (word, name) in [
        ("by", "Ada Pike"),
        ("BY", "MRS. ADA PIKE"),
        ("von", "Hildegund von Spatz"),
        ("par", "Capucine Brisset"),
    ] {
        let text = format!("The Copper Lamp\n\n{word}\n\n{name}\n\n\n{STORY}");
        let reading = reading(&text);
        assert_eq!(values(&reading, K::Creator), [name], "{word}");
        assert_eq!(values(&reading, K::Title).first(), Some(&"The Copper Lamp"), "{word}");
    }
    let text =
        format!("The Copper Lamp\n\nby\n\nthe river he stood and waited for her.\n\n{STORY}");
    assert!(values(&reading(&text), K::Creator).is_empty());
}

#[test]
fn a_line_that_says_what_it_is_stands_between_title_and_name() {
    for (kind, by) in
        [("Roman", "von"), ("A Novel", "by"), ("Erzählungen", "von"), ("Conte", "par")]
    {
        for text in [
            format!("The Copper Lamp\n\n{kind}\n\n{by}\n\nAda Pike\n\n\n{STORY}"),
            format!("The Copper Lamp\n\n{kind}\n\n{by} Ada Pike\n\n\n{STORY}"),
        ] {
            let reading = reading(&text);
            assert_eq!(values(&reading, K::Creator), ["Ada Pike"], "{text}");
            assert_eq!(values(&reading, K::Title).first(), Some(&"The Copper Lamp"), "{text}");
        }
    }
}

#[test]
fn who_translated_it_did_not_write_it() {
    for text in [
        format!("Ada Pike\n\nAus dem Englischen\nvon Hildegund Spatz\n\n\n{STORY}"),
        format!("The Copper Lamp\n\nAus dem Englischen von Hildegund Spatz\n\n{STORY}"),
        format!("The Copper Lamp\n\nTraduit de l'anglais\npar Capucine Brisset\n\n{STORY}"),
    ] {
        assert!(values(&reading(&text), K::Creator).is_empty(), "{text}");
    }
}
