//! Where messages begin and where they do not; mailboxes there and back.

use super::*;
use crate::containers::opened;
use proptest::prelude::*;

fn members(text: &[u8]) -> Vec<Vec<u8>> {
    opened::members(&Mailbox, "list.txt", text)
}

const ONE: &str = "From: Wren <wren@example.org>\nSubject: NEW: The Lamp 1/2\nDate: 4 Mar 1997\nMessage-ID: <1@example.org>\n\nThe lamp burned.\n\n";
const TWO: &str = "Path: news!not-for-mail\nFrom: Wren <wren@example.org>\nSubject: NEW: The Lamp 2/2\nNewsgroups: alt.oz\n\nThe lamp went out.\n";

#[test]
fn messages_run_together_without_from_lines_are_parted() {
    let both = format!("{ONE}{TWO}");
    assert_eq!(members(both.as_bytes()), [ONE.as_bytes(), TWO.as_bytes()]);
    let ruled = format!("{ONE}----------------------------\n\x0c\n{TWO}");
    assert_eq!(members(ruled.as_bytes()).len(), 2);
}

#[test]
fn one_message_and_a_story_with_a_letter_in_it_stay_whole() {
    assert!(members(ONE.as_bytes()).is_empty());
    let story = "Title: The Lamp\nAuthor: Wren\n\nShe read it aloud.\n\nFrom: Toto\nSubject: the lamp\nDate: Tuesday\n\nCome home.\n\nFrom: Alice\nSubject: no\n\nNever.\n";
    assert!(members(story.as_bytes()).is_empty());
    let forward = format!(
        "{ONE}----- Forwarded -----\n\nFrom: Toto\nTo: Wren\nSubject: lamp\nDate: now\n\nHere it is.\n"
    );
    assert!(members(forward.as_bytes()).is_empty());
}

#[test]
fn a_news_batch_is_parted_by_its_lengths() {
    let batch = format!("#! rnews {}\n{ONE}#! rnews {}\n{TWO}", ONE.len(), TWO.len());
    assert_eq!(members(batch.as_bytes()), [ONE.as_bytes(), TWO.as_bytes()]);
}

#[test]
fn a_digest_gives_its_parts_and_its_own_words() {
    let rule = "-".repeat(30);
    let digest = format!(
        "From: list@example.org\nSubject: Oz Digest V1 #3\nDate: now\n\nTopics: two\n\n{}\n\nDate: then\nFrom: Wren\nSubject: Lamp\n\nIt burned.\n\n{rule}\n\nFrom: Toto\nSubject: Re: Lamp\n\nNice.\n\n{rule}\n\nEnd of Oz Digest\n",
        "-".repeat(70)
    );
    let found = members(digest.as_bytes());
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[1].starts_with(b"Date: then"));
}

#[test]
fn the_numbers_between_the_parts_of_a_digest_are_in_none_of_them() {
    let rule = "_".repeat(72);
    let digest = format!(
        "From: list@example.org\nSubject: [oz] Digest Number 12\nDate: now\n\nThere are 2 messages in this issue.\n\n{rule}\n{rule}\n\nMessage: 1\n   Date: then\n   From: Wren\nSubject: Lamp\n\nIt burned.\nMessage: he had none.\n\n{rule}\n{rule}\n\nMessage: 2\nDate: then\nFrom: Toto\nSubject: Stairs\n\nThey creaked.\n"
    );
    let digest = digest.replace("   Date", "Date").replace("   From", "From");
    let found: Vec<String> =
        members(digest.as_bytes()).into_iter().map(|own| String::from_utf8(own).unwrap()).collect();
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[1].ends_with("Message: he had none.\n\n"), "{found:?}");
    assert!(found.iter().all(|own| !own.contains("Message: 1") && !own.contains("Message: 2")));
}

proptest! {
    #[test]
    fn messages_written_as_mboxrd_come_back_byte_for_byte(
        bodies in prop::collection::vec("([a-zA-Z >]{0,12}\n|From [a-z]{1,5}\n|>From me\n|\n){0,8}", 1..6)
    ) {
        let messages: Vec<String> = bodies.iter().map(|body| format!("Subject: x\nFrom: a@b\n\n{body}")).collect();
        let mut mailbox = String::new();
        for message in &messages {
            mailbox += "From a@b Tue Mar  4 10:11:12 1997\n";
            for line in message.split_inclusive('\n') {
                if line.trim_start_matches('>').starts_with("From ") {
                    mailbox.push('>');
                }
                mailbox += line;
            }
            mailbox.push('\n');
        }
        let found: Vec<String> = members(mailbox.as_bytes()).into_iter().map(|own| String::from_utf8(own).unwrap()).collect();
        prop_assert_eq!(found, messages);
    }

    #[test]
    fn no_bytes_are_lost_from_messages_run_together(text in "(From: a\n|Subject: b\n|Message-ID: c\n|\n|words\n|Newsgroups: x\n){0,40}") {
        let found = members(text.as_bytes());
        let kept: usize = found.iter().flatten().filter(|byte| **byte != b'\n').count();
        let given = text.bytes().filter(|byte| *byte != b'\n').count();
        prop_assert!(found.is_empty() || kept == given);
    }
}
