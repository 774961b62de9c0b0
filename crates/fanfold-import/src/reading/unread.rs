//! Files of formats that are known and not read: what they are, and what their owner can do. Their bytes are kept as
//! those of any item, so nothing is lost until the day they can be read.

/// What to do about a file that no importer reads; `None` where nothing is known about it.
pub(crate) fn advice(head: &[u8]) -> Option<&'static str> {
    let known = FORMATS.iter().find(|own| head.starts_with(own.magic));
    known.map(|own| own.advice)
}

struct Unread {
    magic: &'static [u8],
    advice: &'static str,
}

const FORMATS: [Unread; 5] = [
    Unread {
        magic: b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        advice: "It is a file of an old office program, and no whole Word document is found in it; open it in LibreOffice \
                 or Word, save it as DOCX or ODT, and import that. Its bytes are kept.",
    },
    Unread {
        magic: b"ITOLITLS",
        advice: "It is a Microsoft Reader book (.lit); convert it to EPUB with calibre and import that. Its bytes are \
                 kept.",
    },
    Unread {
        magic: b"ITSF",
        advice: "It is a compiled help file (.chm); unpack it or convert it to EPUB with calibre, and import that. Its \
                 bytes are kept.",
    },
    Unread {
        magic: b"L\0R\0F\0",
        advice: "It is a Sony Reader book (.lrf); convert it to EPUB with calibre and import that. Its bytes are kept.",
    },
    Unread {
        magic: b"Rar!\x1A\x07",
        advice: "It is a RAR archive; unpack it and import the folder. Its bytes are kept.",
    },
];

#[cfg(test)]
mod tests {
    use crate::read;
    use fanfold_model::ReadAs;
    use fanfold_source::{Item, Limits};

    #[test]
    fn an_old_word_file_is_refused_with_what_to_do_about_it() {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        bytes.resize(4_096, 0);
        let reading = read(&Item::from_bytes("lamp.doc", bytes), &Limits::default());
        assert_eq!(reading.extracted[0].read_as, ReadAs::NotUnderstood);
        let told = &reading.extracted[0].findings[0].message;
        assert!(told.contains("save it as DOCX or ODT"), "{told}");
    }
}
