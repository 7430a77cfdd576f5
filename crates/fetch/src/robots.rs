//! `robots.txt` (RFC 9309).

use std::time::Duration;

use crate::address::escaped;

/// The name by which rules mean this program.
const NAME: &str = "sayso";
/// The longest delay that is obeyed; who asks for more has most likely meant milliseconds.
const SLOWEST: Duration = Duration::from_mins(1);

/// The rules of a host that concern this program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Robots {
    /// Allowed or not, and the pattern of paths.
    rules: Vec<(bool, String)>,
    /// Between two requests, where the host asks for a delay.
    pub(crate) delay: Option<Duration>,
}

impl Robots {
    /// Nothing is allowed: what holds while the file cannot be had.
    pub(crate) fn closed() -> Self {
        Self { rules: vec![(false, "/".to_owned())], delay: None }
    }

    /// Reads the file. The group that names this program holds, else the one for all. Lines that are
    /// not understood are passed over.
    pub(crate) fn read(text: &str) -> Self {
        let (mut own, mut all) = (None::<Self>, None::<Self>);
        let (mut names, mut in_rules) = (Vec::new(), false);
        // Lines may end in CR alone; an empty one more says nothing.
        for line in text.trim_start_matches('\u{feff}').split(['\r', '\n']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                // A name after rules begins a new group.
                if std::mem::take(&mut in_rules) {
                    names.clear();
                }
                names.push(value.to_ascii_lowercase());
                for (name, group) in [(NAME, &mut own), ("*", &mut all)] {
                    if names.last().is_some_and(|last| means(last, name)) {
                        group.get_or_insert_default();
                    }
                }
                continue;
            }
            if !matches!(key.as_str(), "allow" | "disallow" | "crawl-delay") {
                continue;
            }
            // A delay is none of the standard's records, and must not end the names of a group (2.2.4).
            in_rules |= key != "crawl-delay";
            for (name, group) in [(NAME, &mut own), ("*", &mut all)] {
                if !names.iter().any(|given| means(given, name)) {
                    continue;
                }
                let group = group.get_or_insert_default();
                match key.as_str() {
                    "crawl-delay" => {
                        let seconds =
                            value.parse::<f64>().ok().filter(|s| s.is_finite() && *s > 0.0);
                        group.delay =
                            seconds.map(|s| Duration::from_secs_f64(s.min(SLOWEST.as_secs_f64())));
                    }
                    // "Disallow:" with nothing allows all.
                    _ if value.is_empty() => {}
                    _ => group.rules.push((key == "allow", escaped(value))),
                }
            }
        }
        own.or(all).unwrap_or_default()
    }

    /// True where a path with its query may be read: the longest pattern that fits decides, and of
    /// equals the one that allows. The path is in its normal form, as rules are (RFC 9309, 2.2.2).
    pub(crate) fn allow(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(_, pattern)| fits(pattern, path));
        fitting
            .max_by_key(|(allowed, pattern)| (pattern.len(), *allowed))
            .is_none_or(|(allowed, _)| *allowed)
    }
}

/// True where the name in a group ("sayso/1.0") is the one looked for.
fn means(given: &str, name: &str) -> bool {
    given == name || given.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'))
}

/// True where a pattern fits the beginning of a path: `*` is anything, `$` at the end is its end.
/// Time is at most the product of their lengths.
pub(crate) fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, whole) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut last = None;
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
        last = Some(part);
    }
    match (whole, last) {
        (false, _) => true,
        (true, None) => rest.is_empty(),
        // The part after the last star may stand further on as well.
        (true, Some(last)) => rest.is_empty() || rest.ends_with(last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_group_that_names_this_program_holds() {
        let robots = Robots::read(
            "\u{feff}User-agent: *\nDisallow: /\n\nuser-agent: other\nUser-Agent: Sayso/2 # us\n\
             Crawl-delay: 5\nDisallow: /private\nAllow: /private/press\nSitemap: https://x/\n",
        );
        assert!(
            robots.allow("/news")
                && !robots.allow("/private/a")
                && robots.allow("/private/press/1")
        );
        assert_eq!(robots.delay, Some(Duration::from_secs(5)));
        let all =
            Robots::read("User-agent: sayso-other\nDisallow: /a\nUser-agent: *\nDisallow: /b\n");
        assert!(all.allow("/a") && !all.allow("/b"));
    }

    #[test]
    fn no_spelling_of_a_path_passes_a_rule() {
        let path = |url: &str| {
            let uri = crate::address::parsed(&format!("https://lamp.example{url}")).unwrap();
            uri.path_and_query().unwrap().as_str().to_owned()
        };
        for rule in ["/private", "/pr%69vate", "/%70rivate"] {
            let robots = Robots::read(&format!("User-agent: *\rDisallow: {rule}\rAllow: /ok"));
            for spelled in [
                "/private/a",
                "/%70rivate/a",
                "/x/../private/a",
                "/./private",
                "/x/%2e%2e/private",
                "/x/..\\private",
                "/x/.%2E/priv%61te?b",
                "/../private",
            ] {
                assert!(!robots.allow(&path(spelled)), "{rule}: {spelled} is {}", path(spelled));
            }
            for other in ["/Private", "/x/private", "/ok", "/?/private", "/priv%2Fate"] {
                assert!(robots.allow(&path(other)), "{rule}: {other}");
            }
        }
        assert_eq!(path("/a%2fb%7Ec/%e4?x=%2e&y=ü"), "/a%2Fb~c/%E4?x=.&y=%C3%BC");
        assert_eq!(path("/100%/a%g"), "/100%25/a%25g");
        assert_eq!(path("/%%370rivate"), "/%2570rivate");
        let foreign = Robots::read("User-agent: *\nDisallow: /straße\n");
        assert!(!foreign.allow(&path("/stra%c3%9fe/1")));
    }

    #[test]
    fn no_rules_allow_all_and_a_closed_host_nothing() {
        for text in ["", "nonsense", "User-agent: *\nDisallow:\n", "Disallow: /\n"] {
            assert!(Robots::read(text).allow("/a"), "{text}");
        }
        assert!(!Robots::closed().allow("/"));
        let both = Robots::read("User-agent: *\nDisallow: /a\nUser-agent: *\nDisallow: /b");
        assert!(!both.allow("/a") && !both.allow("/b"));
    }

    #[test]
    fn patterns_fit_as_the_standard_says() {
        for (pattern, path, is) in [
            ("/fish", "/fish.html", true),
            ("/fish", "/Fish", false),
            ("/fish/", "/fish", false),
            ("/*.php", "/a/b.php?x", true),
            ("/*.php$", "/a/b.php?x", false),
            ("/*.php$", "/a.php/b.php", true),
            ("/fish*.php", "/fishheads/cat.php?p", true),
            ("*", "/", true),
            ("/a$", "/a", true),
            ("/a$", "/ab", false),
            ("/*?", "/a?b", true),
        ] {
            assert_eq!(fits(pattern, path), is, "{pattern} {path}");
        }
    }
}
