//! What stands before every page: who may ask, and what a browser may do with the answer.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    address,
    screens::{Trouble, token},
    state::Pages,
};

/// Nothing but our own style sheet and pictures; forms come back to us; no frame holds us.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// Refuses requests that name another host, and adds the headers of the house to every answer.
///
/// A page of the outside web can make its own name point to 127.0.0.1 and then read what we
/// answer (DNS rebinding); its requests name that host, ours name this machine.
pub(crate) async fn check(State(pages): State<Pages>, request: Request, next: Next) -> Response {
    // Whoever brings the token may call this machine by any name: no other page has it.
    let is_named = |name: &str| pages.token.is_some() || is_local(name, pages.port);
    let here = host(&request).is_some_and(is_named)
        // In its absolute form a request names a host twice.
        && request.uri().authority().is_none_or(|named| is_named(named.as_str()));
    let mut response = if !here {
        Trouble::OtherHost.into_response()
    } else if let Some(answer) = at_the_door(&pages, &request) {
        answer
    } else if changes(&request) && !is_ours(request.headers()) {
        Trouble::OtherSite.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    response
}

/// The answer to who does not bring the token, where there is one; a link that carries it opens the door.
fn at_the_door(pages: &Pages, request: &Request) -> Option<Response> {
    let token = pages.token.as_deref()?;
    let path = request.uri().path();
    let is_open = ["/token", "/style.css", "/icon.svg"].contains(&path);
    if is_open || token::brings(request.headers(), token) {
        return None;
    }
    let query = request.uri().query().unwrap_or_default();
    let given = query.split('&').find_map(|pair| pair.strip_prefix("token="));
    let is_right = given.is_some_and(|given| token::is_same(&address::decode(given), token));
    // On to the page without it: an address with a token in it is copied, sent and logged.
    Some(if is_right { token::remembered(token, path) } else { token::asked(given.is_some()) })
}

fn changes(request: &Request) -> bool {
    !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS)
}

/// True for what our own page sent. Browsers say of every form from where it comes; a page of
/// another site can send one here, and cannot change what the browser says of it.
fn is_ours(headers: &HeaderMap) -> bool {
    let said = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match (said("sec-fetch-site"), said("origin")) {
        (Some(site), _) => site == "same-origin",
        // Older browsers: the origin is the host, which has been looked at.
        (None, Some(origin)) => origin
            .strip_prefix("http://")
            .is_some_and(|origin| said("host").is_some_and(|host| host == origin)),
        (None, None) => false,
    }
}

/// The host that the request names in its header.
fn host(request: &Request) -> Option<&str> {
    let mut named = request.headers().get_all(header::HOST).iter();
    match (named.next(), named.next()) {
        (Some(host), None) => host.to_str().ok(),
        // Two hosts are a trick, and none is no browser.
        _ => None,
    }
}

fn is_local(host: &str, port: u16) -> bool {
    let (name, named_port) = match host.rsplit_once(':') {
        Some((name, digits)) if !digits.ends_with(']') => (name, digits.parse().ok()),
        _ => (host, Some(80)),
    };
    named_port == Some(port)
        && ["127.0.0.1", "localhost", "[::1]"].iter().any(|own| own.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    use super::{is_local, is_ours};

    #[test]
    fn a_form_of_another_site_is_not_ours() {
        let of = |pairs: &[(&'static str, &'static str)]| {
            let pair = |(name, value): &(&'static str, &'static str)| {
                (HeaderName::from_static(name), HeaderValue::from_static(value))
            };
            is_ours(&pairs.iter().map(pair).collect::<HeaderMap>())
        };
        let host = ("host", "127.0.0.1:7070");
        assert!(of(&[host, ("sec-fetch-site", "same-origin")]));
        assert!(of(&[host, ("origin", "http://127.0.0.1:7070")]));
        for other in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-site", "none"),
            ("origin", "http://127.0.0.1:7071"),
            ("origin", "https://127.0.0.1:7070"),
            ("origin", "null"),
        ] {
            assert!(!of(&[host, other]), "{other:?}");
        }
        assert!(!of(&[host]));
        let both = [host, ("sec-fetch-site", "cross-site"), ("origin", "http://127.0.0.1:7070")];
        assert!(!of(&both));
    }

    #[test]
    fn only_this_machine_at_our_port_is_local() {
        for host in ["127.0.0.1:7070", "localhost:7070", "LOCALHOST:7070", "[::1]:7070"] {
            assert!(is_local(host, 7070), "{host}");
        }
        for host in [
            "",
            ":7070",
            "example.org",
            "example.org:7070",
            "127.0.0.1",
            "127.0.0.1:7071",
            "127.0.0.1.example.org:7070",
            "localhost:7070:7070",
            "[::1]",
            "127.0.0.1:70700",
        ] {
            assert!(!is_local(host, 7070), "{host}");
        }
        assert!(is_local("localhost", 80));
        assert!(is_local("[::1]", 80));
    }
}
