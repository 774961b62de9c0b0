//! What every request passes and every answer carries: the host check against DNS rebinding, the origin
//! check against cross-site forms, and the security headers. Rules: OWASP ASVS 5.0, chapters 3 and 4.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::site::Site;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
                      connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // The address of a work tells what is read: it stays on this site.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Refuses what comes from elsewhere, and puts the security headers on every answer.
pub(crate) async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let refusal = refusal(
        &site,
        request.method(),
        request.uri().authority().map(|a| a.as_str()),
        request.headers(),
    );
    let mut response = match refusal {
        Some(reason) => (StatusCode::FORBIDDEN, reason).into_response(),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

fn refusal(
    site: &Site,
    method: &Method,
    authority: Option<&str>,
    headers: &HeaderMap,
) -> Option<&'static str> {
    let host = authority.or_else(|| text(headers, &header::HOST)).unwrap_or_default();
    if !site.settings.public && !is_own_host(host, site.settings.base_url.as_deref()) {
        return Some(
            "This library answers to its own address only. Open it as http://127.0.0.1 or localhost.\n",
        );
    }
    if !matches!(*method, Method::GET | Method::HEAD)
        && !is_same_origin(headers, host, site.settings.base_url.as_deref())
    {
        return Some(
            "This form was sent from another site. Open the page here and send it again.\n",
        );
    }
    None
}

/// Whether a `Host` names this machine. Another name that leads here is DNS rebinding.
fn is_own_host(host: &str, base_url: Option<&str>) -> bool {
    let name = without_port(host);
    let own = base_url.map(authority_of).map(without_port);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]") || (own.is_some() && own == Some(name))
}

/// Whether a form was sent from a page of this site. Programs that send neither header carry no cookies
/// that they were not given, so they pass.
fn is_same_origin(headers: &HeaderMap, host: &str, base_url: Option<&str>) -> bool {
    if let Some(site) = text(headers, &HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    match text(headers, &header::ORIGIN) {
        Some(origin) => {
            let origin = authority_of(origin);
            origin == host || base_url.map(authority_of) == Some(origin)
        }
        None => true,
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn authority_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.is_empty() => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_and_of_the_site_are_own_hosts() {
        for own in [
            "localhost",
            "localhost:8420",
            "127.0.0.1:1",
            "[::1]:8420",
            "[::1]",
            "attic.example:443",
        ] {
            assert!(is_own_host(own, Some("https://attic.example/")), "{own}");
        }
        for foreign in [
            "",
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example:8420",
            "attic.example.evil",
        ] {
            assert!(!is_own_host(foreign, Some("https://attic.example/")), "{foreign}");
        }
    }

    #[test]
    fn a_form_of_another_site_is_seen_by_either_header() {
        let with = |name: &'static str, value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
            is_same_origin(&headers, "localhost:8420", None)
        };
        assert!(with("sec-fetch-site", "same-origin"));
        assert!(!with("sec-fetch-site", "cross-site"));
        assert!(!with("sec-fetch-site", "same-site"));
        assert!(with("origin", "http://localhost:8420"));
        assert!(!with("origin", "http://localhost:9000"));
        assert!(!with("origin", "null"));
    }
}
