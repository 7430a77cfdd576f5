//! Addresses and rules as others read them: `url` follows the standard of browsers, `robotstxt` the crawler
//! for which the rules were written. Where they differ from ours a test says so and why.

use proptest::{prelude::*, sample::select};
use url::Url;

use crate::{
    address::{join, parsed},
    robots::Robots,
};

/// The target of a request: path and query.
fn target(uri: &ureq::http::Uri) -> &str {
    uri.path_and_query().map_or("/", |target| target.as_str())
}

/// True for a host that browsers take for an address of four numbers in one of its old forms ("0x7f.1",
/// "2130706433"). Here it stays a name until the system says what it means, and that is what is checked.
fn is_old_form(host: &str) -> bool {
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    let hex = last.strip_prefix("0x").unwrap_or("g");
    !last.is_empty()
        && (last.bytes().all(|b| b.is_ascii_digit()) || hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn address() -> impl Strategy<Value = String> {
    let scheme = select(vec!["http://", "https://", "HTTP://", "https:///", "http:/"]);
    let host = prop_oneof![
        4 => "[a-z]{1,6}\\.example",
        2 => select(vec![
            "127.0.0.1", "[::1]", "[::ffff:7f00:1]", "0x7f.1", "2130706433", "017700000001", "127.1",
            "LOCALHOST", "localhost.", "a.example.", "169.254.169.254", "[fe80::1]", "xn--bcher-kva.example",
        ]).prop_map(str::to_owned),
        2 => "[a-z0-9.@:%\\\\\\[\\] -]{1,12}",
    ];
    let port = select(vec!["", ":80", ":443", ":8080", ":", ":0", ":99999"]);
    let path = prop_oneof!["(/[a-z.%2e\\\\]{0,6}){0,4}", "[/\\\\.%a-z?#@]{0,10}"];
    (scheme, host, port, path)
        .prop_map(|(scheme, host, port, path)| format!("{scheme}{host}{port}{path}"))
}

/// `PROPTEST_CASES` makes it look further.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: 4 * usual.cases, failure_persistence: None, ..usual }
}

proptest! {
    #![proptest_config(config())]

    /// Whoever is asked is whom a browser would ask: no spelling leads past the check of the host.
    #[test]
    fn the_host_is_the_one_that_browsers_see(address in address()) {
        let (Ok(own), Ok(other)) = (parsed(&address), Url::parse(&address)) else { return Ok(()) };
        let host = own.host().unwrap_or_default();
        if !is_old_form(host) {
            prop_assert_eq!(Some(host), other.host_str(), "{}", address);
        }
        let port = own.port_u16().or(match own.scheme_str() { Some("http") => Some(80), _ => Some(443) });
        prop_assert_eq!(port, other.port_or_known_default(), "{}", address);
        // What is left to do to the path that browsers make of it is what they leave escaped.
        let again = parsed(other.as_str()).map(|uri| target(&uri).to_owned()).ok();
        prop_assert_eq!(again.as_deref(), Some(target(&own)), "{}", address);
    }

    /// A link of a page leads where it leads in a browser.
    #[test]
    fn links_lead_where_browsers_follow_them(
        reference in "(https?:)?[/.]{0,3}[a-z.]{0,5}(/|\\?|/\\.\\./|#|:)?[a-z.?/]{0,6}"
    ) {
        let base = "https://lamp.example/news/dam/today?x";
        let Some(own) = join(base, &reference).and_then(|whole| parsed(&whole).ok()) else { return Ok(()) };
        let Ok(other) = Url::parse(base).expect("the base is one").join(&reference) else { return Ok(()) };
        let other = parsed(other.as_str()).expect("what a browser makes of it is one");
        prop_assert_eq!(own.host(), other.host(), "{}", reference);
        prop_assert_eq!(target(&own), target(&other), "{}", reference);
    }

    /// What the rules of a host forbid is forbidden here, and nothing else.
    #[test]
    fn rules_are_read_as_by_whom_they_were_written_for(
        lines in prop::collection::vec(line(), 0..14),
        path in "/[abc]{0,2}(/[abc.]{0,3}){0,2}(\\?[ab]{0,2})?",
        end in select(vec!["\n", "\r\n", "\r"]),
    ) {
        let text = lines.join(end);
        let uri = parsed(&format!("https://lamp.example{path}")).expect("a path of letters");
        let other = robotstxt::DefaultMatcher::default()
            .one_agent_allowed_by_robots(&text, "sayso", &uri.to_string());
        prop_assert_eq!(Robots::read(&text).allow(target(&uri)), other, "{:?} {}", text, path);
    }
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => select(vec![
            "User-agent: *", "user-agent: sayso", "User-Agent: Sayso/2", "User-agent: other",
            "User-agent: sayso-other",
        ]).prop_map(str::to_owned),
        5 => (select(vec!["Allow", "disallow", "Disallow "]), "(/[abc]{0,3}){0,2}[$]?( # why)?")
            .prop_map(|(key, value)| format!("{key}: {value}")),
        // No stars: `robotstxt` 0.3 holds that "/*c/" does not fit "/cc/".
        // No records of others (`Crawl-delay`, `Sitemap`): between two names they end a group for the other, and
        // must not for the standard (RFC 9309, 2.2.4).
        1 => select(vec!["", "# Disallow: /", "what"])
            .prop_map(str::to_owned),
    ]
}
