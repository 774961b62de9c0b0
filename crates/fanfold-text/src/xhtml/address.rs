//! Addresses as an e-book may hold them.

/// A web, file transfer or mail address, percent-encoded where it must be; `None` when it is not a whole one.
pub(super) fn external(url: &str) -> Option<String> {
    let url: String = url.trim().chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).collect();
    let (scheme, rest) = url.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    let rest = match scheme.as_str() {
        "http" | "https" | "ftp" => {
            let rest = rest.strip_prefix("//")?;
            let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            let (host, path) = rest.split_at(host_end);
            if !is_host(host) {
                return None;
            }
            format!("//{}{}", host.to_ascii_lowercase(), encode(path))
        }
        "mailto" if rest.contains('@') => encode(rest),
        _ => return None,
    };
    Some(format!("{scheme}:{rest}"))
}

/// A host name of letters, digits, dots and hyphens, with a port or without.
fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, "80"));
    let label = |l: &str| {
        !l.is_empty()
            && l.len() < 64
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    name.split('.').all(label) && port.parse::<u16>().is_ok()
}

/// Leaves what an address may hold, encodes the rest; the second `#` and lone `%` too.
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_fragment = false;
    for (at, byte) in text.bytes().enumerate() {
        let escape = text.as_bytes().get(at + 1..at + 3);
        let plain = match byte {
            b'%' => escape.is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)),
            b'#' => !std::mem::replace(&mut in_fragment, true),
            _ => byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(&byte),
        };
        if plain {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_addresses_are_kept_and_made_valid() {
        for (from, to) in [
            ("http://example.org/a b?c=d#e#f", "http://example.org/a%20b?c=d#e%23f"),
            ("HTTPS://Example.ORG", "https://example.org"),
            ("http://example.org:8080/%7Ex%", "http://example.org:8080/%7Ex%25"),
            ("mailto:a@example.org", "mailto:a@example.org"),
            ("ftp://example.org/\u{e9}", "ftp://example.org/%C3%A9"),
        ] {
            assert_eq!(external(from).as_deref(), Some(to));
        }
    }

    #[test]
    fn what_is_no_whole_address_is_refused() {
        for url in [
            "",
            "chapter2.html",
            "#n",
            "http://",
            "http:/x",
            "http://a b/",
            "http://[::1/",
            "javascript:x",
            "mailto:nobody",
            "http://-a.org/",
        ] {
            assert_eq!(external(url), None, "{url}");
        }
    }
}
