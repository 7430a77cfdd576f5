//! Reservations of text and data mining (W3C TDM Reservation Protocol; `noai`).
//!
//! `noindex` and `noarchive` are not among them: a ledger on one's own machine is no search engine,
//! and evidence is not shown to others.

use serde_json::Value;

use crate::robots::fits;

/// Bytes of a page in which its head is looked for.
const HEAD: usize = 128 * 1024;

/// Where a page or its server says that it is not to be mined; nothing where neither does.
pub(crate) fn reserved(
    tdm: Option<&str>,
    robots: impl Iterator<Item = String>,
    page: &[u8],
) -> Option<&'static str> {
    if tdm.is_some_and(|value| value.trim() == "1") {
        return Some("header tdm-reservation");
    }
    if robots.into_iter().any(|value| says_no(&value)) {
        return Some("header X-Robots-Tag");
    }
    let head = String::from_utf8_lossy(&page[..page.len().min(HEAD)]);
    head.match_indices('<').find_map(|(at, _)| {
        let tag = head.get(at + 1..)?;
        if !tag.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("meta")) {
            return None;
        }
        // No attribute of these is long; the end of a tag that is never closed is not looked for.
        let end = tag.bytes().take(1000).position(|byte| byte == b'>')?;
        let tag = tag.get(..end)?.to_ascii_lowercase();
        let (name, content) = (attribute(&tag, "name")?, attribute(&tag, "content")?);
        match name {
            "tdm-reservation" if content.trim() == "1" => Some("meta tdm-reservation"),
            "robots" | "sayso" if says_no(content) => Some("meta robots"),
            _ => None,
        }
    })
}

/// Directives that have a value; any other word before a colon is the name of a program.
const VALUED: [&str; 4] =
    ["unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"];

/// True for the words that reserve mining, for all programs or for this one ("sayso: noai"). A name
/// holds for the words after it.
fn says_no(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    let mut meant = true;
    value.split(',').any(|part| {
        let word = match part.split_once(':') {
            Some((name, _)) if VALUED.contains(&name.trim()) => return false,
            Some((name, word)) => {
                meant = name.trim() == "sayso";
                word
            }
            None => part,
        };
        meant && word.trim() == "noai"
    })
}

/// The value of an attribute in a tag of small letters.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag.match_indices(name).map(|(at, _)| at).find(|at| {
        let before = tag.as_bytes().get(at.wrapping_sub(1));
        let after = tag.get(at + name.len()..).unwrap_or_default().trim_start();
        before.is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'/'))
            && after.starts_with('=')
    })?;
    let value = tag.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
    match value.chars().next()? {
        mark @ ('"' | '\'') => value[1..].split(mark).next(),
        _ => value.split(|c: char| c.is_whitespace() || c == '/').next(),
    }
}

/// The reservations of a host by paths (`/.well-known/tdmrep.json`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Reservations(Vec<(String, bool)>);

impl Reservations {
    /// Reads the file; what is not understood reserves nothing.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let Ok(Value::Array(list)) = serde_json::from_slice(bytes) else { return Self::default() };
        let rule = |entry: &Value| {
            let location = entry.get("location")?.as_str()?.to_owned();
            let value = entry.get("tdm-reservation")?;
            let reserved = value.as_i64() == Some(1) || value.as_str() == Some("1");
            Some((location, reserved))
        };
        Self(list.iter().filter_map(rule).collect())
    }

    /// True where a path is reserved: the first location that fits decides.
    pub(crate) fn reserve(&self, path: &str) -> bool {
        self.0
            .iter()
            .find(|(location, _)| fits(location, path))
            .is_some_and(|(_, reserved)| *reserved)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(tdm: Option<&str>, robots: &[&str], page: &str) -> Option<&'static str> {
        reserved(tdm, robots.iter().map(ToString::to_string), page.as_bytes())
    }

    #[test]
    fn headers_and_pages_reserve() {
        assert!(by(Some("1"), &[], "").is_some());
        assert!(by(Some("0"), &["noindex", "other: noai"], "<p>noai</p>").is_none());
        assert!(by(None, &["noindex, NoAI"], "").is_some());
        assert!(by(None, &["sayso: noindex, noai"], "").is_some());
        assert!(by(None, &["noai, unavailable_after: 3 Apr 2031 08:00:00"], "").is_some());
        assert!(by(None, &["max-snippet: 5, other: noindex, noai"], "").is_none());
        assert!(by(None, &[], "<head><META content='1' name=\"TDM-Reservation\">").is_some());
        assert!(by(None, &[], "<meta name=robots content=noai />").is_some());
        assert!(by(None, &[], "<meta name='robots' content='index, noai, noimageai'>").is_some());
        for page in [
            "<meta name='tdm-reservation' content='0'>",
            "<meta name='robots' content='noindex, noarchive'>",
            "<meta name='keywords' content='noai'>",
            "<meta",
            "<",
        ] {
            assert_eq!(by(None, &[], page), None, "{page}");
        }
    }

    #[test]
    fn a_host_reserves_by_paths() {
        let file = br#"[{"location": "/open/*", "tdm-reservation": 0},
                        {"location": "/", "tdm-reservation": 1, "tdm-policy": "https://x/p"}]"#;
        let reservations = Reservations::read(file);
        assert!(!reservations.reserve("/open/a") && reservations.reserve("/news/a"));
        for nonsense in ["", "{}", "[1, {}]", "<html>"] {
            assert!(!Reservations::read(nonsense.as_bytes()).reserve("/a"));
        }
    }
}
