//! An answer of a web server as it was recorded: status, headers, body in transfer and content coding.

use std::io::Read;

/// A recorded answer.
pub(super) struct Answer {
    /// 0 where there is no status line.
    pub(super) status: u16,
    /// The encoding that the server stated.
    pub(super) charset: Option<String>,
    /// The page's own bytes.
    pub(super) body: Vec<u8>,
    /// What could not be undone.
    pub(super) damage: Option<String>,
}

impl Answer {
    /// Reads an answer; at most `most` bytes are unpacked.
    pub(super) fn parse(bytes: Vec<u8>, most: u64) -> Self {
        let end = header_end(&bytes);
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let (mut charset, mut chunked, mut packed) = (None, false, String::new());
        for line in lines {
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "content-type" => charset = charset_of(value),
                "transfer-encoding" => chunked = value.to_ascii_lowercase().contains("chunked"),
                "content-encoding" => packed = value.to_ascii_lowercase(),
                _ => {}
            }
        }
        let mut body = bytes;
        body.drain(..end);
        if chunked {
            // Some programs that record undo the coding and leave the header.
            body = dechunked(&body).unwrap_or(body);
        }
        let (body, damage) = unpacked(body, &packed, most);
        Self { status: status.unwrap_or(0), charset, body, damage }
    }
}

fn header_end(bytes: &[u8]) -> usize {
    let crlf = bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4);
    let lf = bytes.windows(2).position(|two| two == b"\n\n").map(|at| at + 2);
    match (crlf, lf) {
        (Some(one), Some(other)) => one.min(other),
        (one, other) => one.or(other).unwrap_or(bytes.len()),
    }
}

fn charset_of(value: &str) -> Option<String> {
    let lower = value.to_ascii_lowercase();
    let (_, name) = lower.split_once("charset=")?;
    let name = name.split([';', ' ']).next()?.trim_matches(['"', '\'']);
    (!name.is_empty()).then(|| name.to_owned())
}

fn dechunked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let line = std::str::from_utf8(&rest[..end]).ok()?.trim();
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(out);
        }
        // A capture that breaks off keeps what it has.
        out.extend_from_slice(rest.get(..size).unwrap_or(rest));
        rest = rest.get(size..)?;
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(out);
        }
    }
}

fn unpacked(body: Vec<u8>, coding: &str, most: u64) -> (Vec<u8>, Option<String>) {
    let read = |stream: &mut dyn Read| {
        let mut out = Vec::new();
        let result = stream.take(most).read_to_end(&mut out);
        (out, result.err())
    };
    let (out, error) = match coding {
        "gzip" | "x-gzip" if body.starts_with(&[0x1F, 0x8B]) => {
            read(&mut flate2::read::MultiGzDecoder::new(body.as_slice()))
        }
        "deflate" if body.first().is_some_and(|byte| byte & 0x0F == 8) => {
            read(&mut flate2::read::ZlibDecoder::new(body.as_slice()))
        }
        "deflate" => read(&mut flate2::read::DeflateDecoder::new(body.as_slice())),
        "" | "identity" | "gzip" | "x-gzip" => return (body, None),
        other => {
            return (
                body,
                Some(format!("The page is packed by `{other}`, which is not known here.")),
            );
        }
    };
    match error {
        Some(error) if out.is_empty() => {
            (body, Some(format!("The page cannot be unpacked: {error}.")))
        }
        Some(error) => {
            let what = format!(
                "Only the first {} bytes of the page could be unpacked: {error}.",
                out.len()
            );
            (out, Some(what))
        }
        None => (out, None),
    }
}
