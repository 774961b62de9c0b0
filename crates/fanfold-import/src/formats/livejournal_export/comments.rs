//! Readers' comments in a journal's export: inside the entry, or in the file that ljdump lays beside it ("C-12" beside
//! "L-12"). Deleted and screened ones stay with their owner.

use super::super::livejournal;
use crate::comments::Said;
use crate::formats::office::{Events, walk};
use crate::importer::Input;
use fanfold_model::Companion;
use quick_xml::events::BytesStart;

/// The values of one comment by the names of their elements and attributes.
#[derive(Debug, Clone, Default)]
pub(super) struct Values(Vec<(String, String)>);

impl Values {
    /// A comment with what its tag says.
    pub(super) fn of(tag: &BytesStart<'_>) -> Self {
        let mut attributes = tag.attributes();
        let told = attributes.with_checks(false).filter_map(Result::ok).map(|own| {
            let key = own.key.local_name();
            let name: &str = key.as_ref();
            (name.to_ascii_lowercase(), own.value.to_string())
        });
        Self(told.collect())
    }

    /// An element begins.
    pub(super) fn start(&mut self, name: &str) {
        self.0.push((name.to_owned(), String::new()));
    }

    /// Text of the element that is open.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        if let Some((_, value)) = self.0.last_mut().filter(|(own, _)| own == name) {
            value.push_str(text);
        }
    }

    fn value(&self, names: &[&str]) -> Option<String> {
        let found = names.iter().flat_map(|name| self.0.iter().filter(move |own| own.0 == *name));
        found.map(|(_, value)| value.trim().to_owned()).find(|value| !value.is_empty())
    }

    /// The comment, if everybody could see it.
    pub(super) fn said(&self) -> Option<Said> {
        let state = self.value(&["state"]).unwrap_or_default().to_ascii_uppercase();
        if matches!(state.as_str(), "D" | "S" | "B") {
            return None;
        }
        let body = self.value(&["body", "event", "text", "content"])?;
        let subject = self.value(&["subject"]).map(|own| format!("<p>{own}</p>"));
        let html = livejournal::in_plain_html(&livejournal::with_breaks(&body));
        let parent = self.value(&["parentid", "parent_itemid", "parent"]);
        let parent = parent.filter(|own| own != "0");
        Some(Said {
            id: self.value(&["id", "jtalkid", "talkid", "itemid"]),
            is_first: parent.is_none(),
            parent,
            by: self.value(&["user", "poster", "author", "username", "name"]).unwrap_or_default(),
            date: self.value(&["date", "datepost", "eventtime"]),
            html: subject.unwrap_or_default() + &html,
            ..Said::default()
        })
    }
}

/// The comments in ljdump's file beside the entry's, and that file.
pub(super) fn beside(input: &Input<'_>) -> Option<(Vec<Said>, Companion)> {
    let number = input.item.file_name().strip_prefix("L-")?;
    let wanted =
        format!("C-{}", Some(number).filter(|own| own.bytes().all(|b| b.is_ascii_digit()))?);
    let beside = input.item.beside.as_ref()?;
    let from = input.item.name_beside();
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = if folder.is_empty() { wanted } else { format!("{folder}/{wanted}") };
    let item = beside.find(&from, &name, input.limits)?;
    let bytes = item.bytes(input.limits.text_bytes).ok()?.into_owned();
    let decoded = crate::decode::whole(&bytes);
    let mut reader = CommentsOnly::default();
    walk(&decoded.text, &mut reader);
    let said: Vec<Said> = reader.comments.iter().filter_map(Values::said).collect();
    let companion = Companion {
        path: item.path.clone(),
        member: item.member.clone(),
        blake3: item.blake3?,
        encoding: Some(decoded.encoding.to_owned()),
        bytes,
    };
    (!said.is_empty()).then_some((said, companion))
}

#[derive(Default)]
struct CommentsOnly {
    open: Vec<String>,
    comments: Vec<Values>,
}

impl Events for CommentsOnly {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) {
        let name = name.to_ascii_lowercase();
        if name == "comment" {
            self.comments.push(Values::of(tag));
        } else if let Some(last) = self.comments.last_mut() {
            last.start(&name);
        }
        self.open.push(name);
    }

    fn end(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        if let Some(at) = self.open.iter().rposition(|own| *own == name) {
            self.open.truncate(at);
        }
    }

    fn text(&mut self, text: &str) {
        if let (Some(last), Some(open)) = (self.comments.last_mut(), self.open.last()) {
            last.text(open, text);
        }
    }
}
