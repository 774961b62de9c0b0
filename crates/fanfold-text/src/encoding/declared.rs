//! What a file, or whoever hands it over, says about its encoding.

/// Someone's word about an encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodingHint {
    pub(super) label: String,
    pub(super) forced: bool,
}

impl EncodingHint {
    /// A declaration to be checked against the bytes: a mail header, a server's content type, a habit of the batch.
    pub fn declared(label: &str) -> Self {
        Self { label: normal(label), forced: false }
    }

    /// A person's decision for this batch. Followed unless the label is unknown or a byte order mark says otherwise.
    pub fn forced(label: &str) -> Self {
        Self { label: normal(label), forced: true }
    }
}

fn normal(label: &str) -> String {
    label.trim().trim_matches(['"', '\'']).to_ascii_lowercase()
}

/// The label that an HTML page or XML file declares in its first 2 KB.
pub(super) fn in_file(bytes: &[u8]) -> Option<EncodingHint> {
    let head = bytes.get(..bytes.len().min(2048))?;
    let text: String = head.iter().map(|b| char::from(*b).to_ascii_lowercase()).collect();
    let after = if text.trim_start().starts_with("<?xml") {
        text.split("?>").next()?.split_once("encoding")?.1
    } else {
        let meta = text.match_indices("charset").find(|(at, _)| {
            text.get(..*at).is_some_and(|before| {
                before
                    .rfind("<meta")
                    .is_some_and(|m| !before.get(m..).unwrap_or_default().contains('>'))
            })
        })?;
        text.get(meta.0 + "charset".len()..)?
    };
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let label: String = value
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c))
        .collect();
    (!label.is_empty()).then(|| EncodingHint::declared(&label))
}
