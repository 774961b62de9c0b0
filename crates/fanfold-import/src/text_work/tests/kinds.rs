//! Works and other things.

use fanfold_model::ReadAs;

use super::{STORY, reading};

#[test]
fn what_is_no_work_is_told_from_a_work_and_the_reason_says_why() {
    for (text, word) in [
        (
            "GINGERBREAD\n\nIngredients:\n 8 oz flour\n 4 oz treacle\n 2 eggs\n 1 tsp ginger\n\nMethod:\n1. Mix everything.\n2. Bake for an hour.\n",
            "recipe",
        ),
        (
            "LAMPS-L FAQ\n\nQ1. How do I subscribe?\nA. Send a mail.\n\nQ2. How do I leave?\nA. Send another.\n\nQ3. Who are you?\nA. Nobody.\n",
            "questions",
        ),
        (
            "My recs\n\nTitle: The Lamp\nAuthor: Wren\nWhy this must be read: the goose.\n\nTitle: Fog\nAuthor: Ada\nWhy this must be read: the fog.\n",
            "recommend",
        ),
        (
            "Episode guide\n\n1.01 The Lamp\n1.02 The Fog\n1.03 The Hat\n1.04 The Night\n1.05 The Goose\n",
            "episodes",
        ),
        (
            "lamp.txt   A lamp goes out\nfog.txt   A fog comes up\nhat.txt   Hats\nnight.txt   Night\n",
            "catalogue",
        ),
        ("Log in\n\nUser name:\nPassword:\n\nForgot your password?\n", "login"),
        (
            "Lamps Digest   Volume 1\n\nIn this issue:\n\nSubject: The Lamp (1/2)\nSubject: Re: hats\n\nSubject: The Lamp (1/2)\n\nHe went to the window. \"It is out,\" he said, and she laughed.\n",
            "digest",
        ),
        (
            "Title: The Lamp\nAuthor: Wren\nRating: G\nSummary: A lamp goes out.\n\nRead it here at the archive: http://www.example.invalid/lamp\n",
            "somewhere else",
        ),
        ("Title: The Lamp\nAuthor: Wren\nRating: G\nSummary: A lamp goes out.\n", "no text"),
        (
            "A lamp goes out in the fog.\nSherlock Holmes - Rated: T - English - Humor - Chapters: 3 - Words: 2,844 - Published: 8/11/2004\n",
            "card",
        ),
        (
            "README\n\nInstall with:\n\n$ make install\n$ lamp --help\n\nUsage: lamp FILE\n",
            "software",
        ),
        ("   \n\n", "no words"),
    ] {
        let read = reading(text);
        assert_eq!(read.read_as, ReadAs::NotAWork, "{text}");
        assert!(read.reason.contains(word), "{}: {text}", read.reason);
    }
}

#[test]
fn short_and_odd_works_are_works() {
    for text in [
        "Lamplight\nby Wren\n\nA lamp, a fog,\na hat, a dog,\nthe street was long,\nthe night a song.\n".to_owned(),
        "Title: Drabble: The Lamp\nAuthor: Wren\n\nThe lamp went out. Nobody minded, for it was morning.\n".to_owned(),
        format!("The Rules of the House\nby Wren\n\n{STORY}"), format!("Guide to Lamps\n\n{STORY}\n{STORY}"), format!("Ingredients for a Mystery\nby Wren\n\n{STORY}"),
        "Titel: Die Lampe\nAutor: Wren\n\nEs regnete seit dem Mittag. Sie stellte die Tasse ab und sah wieder zur Tür.\n".to_owned(),
        "标题：灯\n作者：雾\n\n灯灭了。他走到窗前，看着外面的雾，一句话也没有说。\n".to_owned(),
        "Title: The Lamp, a Play\nAuthor: Wren\n\nHOLMES: Quick!\nWATSON: Coming, coming.\nHOLMES: The lamp is out, and so are we.\n".to_owned(),
        "Title: Flies\nAuthor: Wren\n\n3 June\n\nFlies, 41. The doctor came. He was civil about the spiders.\n\n6 June\n\nFlies, 0. He took them.\n".to_owned(),
    ] {
        let read = reading(&text);
        assert_eq!(read.read_as, ReadAs::Work, "{}: {text}", read.reason);
    }
}

#[test]
fn a_long_story_is_not_lost_for_a_word_that_a_list_would_say() {
    let story = STORY.repeat(40);
    for aside in [
        "Author's note: I recommend the goose story by Ada. Must read!",
        "He wrote: the film got 4/5 stars, the play 3/5 stars.",
        "Ingredients\n\n2 eggs\n1 cup of flour\n3 oz sugar",
        "sudo reboot\n\nsudo halt\n\nsudo again",
        "Title: The Fog\n\nTitle: The Hat\n\nTitle: The Goose",
    ] {
        let text = format!("The Lamp\n\nby Wren\n\n{story}\n{aside}\n\n{aside}\n\n{story}");
        assert_eq!(reading(&text).read_as, ReadAs::Work, "{aside}");
    }
}

#[test]
fn a_template_without_a_text_is_no_work() {
    for text in [
        "{% assign all = collections.story | reverse %}\n{% for post in all %}\n- {{ post.data.date }} {{ post.data.title }} ({{ post.data.words }} words)\n{% endfor %}\n",
        "<% await tp.system.prompt(\"New title:\", \"Untitled\", false) %>\n",
    ] {
        let reading = reading(text);
        assert_eq!(reading.read_as, ReadAs::NotAWork, "{text}");
        assert!(
            reading.reason.contains("template") || reading.reason.contains("no text"),
            "{}",
            reading.reason
        );
    }
    let story = format!("The Lamp\n\nby Wren\n\n{STORY}\n{{% include footer %}}\n");
    assert_eq!(reading(&story).read_as, ReadAs::Work);
}
