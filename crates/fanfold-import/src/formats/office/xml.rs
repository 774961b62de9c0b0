//! XML as events, as far as it goes. No document type is looked at, so no entity can grow; nothing recurses, so no
//! nesting is too deep.

use crate::formats::epub::{local, resolve};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// Who listens to the events of a document. Names come without their prefix.
pub(crate) trait Events {
    /// An element begins.
    fn start(&mut self, name: &str, tag: &BytesStart<'_>);
    /// An element ends; an empty one too.
    fn end(&mut self, name: &str);
    /// Text, entities resolved.
    fn text(&mut self, text: &str);
}

/// Tells all events. Gives whether the document came to its end.
pub(crate) fn walk(xml: &str, events: &mut dyn Events) -> bool {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut depth: i64 = 0;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                depth += 1;
                events.start(&local(&tag), &tag);
            }
            Ok(Event::Empty(tag)) => {
                let name = local(&tag);
                events.start(&name, &tag);
                events.end(&name);
            }
            Ok(Event::End(tag)) => {
                depth -= 1;
                let name = tag.local_name();
                let name: &str = name.as_ref();
                events.end(name);
            }
            Ok(Event::Text(text)) => events.text(&text.html_content()),
            Ok(Event::CData(text)) => events.text(&text.into_inner()),
            Ok(Event::GeneralRef(entity)) => events.text(&resolve(&entity)),
            Ok(Event::Eof) => return depth <= 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}
