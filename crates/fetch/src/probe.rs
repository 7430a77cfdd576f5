//! What must hold of any bytes, for the fuzz targets (`fuzz/`) and a test.
#![doc(hidden)]

use crate::{address::parsed, robots::Robots};

/// Rules and a path: a host's file and, after its first line, what is asked for. A path and its escaped
/// form are the same to the rules.
///
/// # Panics
/// Where they are not.
pub fn robots(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (path, rules) = text.split_once('\n').unwrap_or((&text, ""));
    let robots = Robots::read(rules);
    let form = |path: &str| {
        let uri = parsed(&format!("https://lamp.example/{path}")).ok()?;
        Some(uri.path_and_query()?.as_str().to_owned())
    };
    let Some(once) = form(path) else { return };
    // The normal form of a normal form is itself.
    assert_eq!(form(&once[1..]).as_deref(), Some(once.as_str()));
    // No escape of a letter makes another path of it.
    if !once.contains('%') {
        let letter = |c: char| {
            if c.is_ascii_alphabetic() { format!("%{:02x}", u32::from(c)) } else { c.to_string() }
        };
        let spelled: String = once[1..].chars().map(letter).collect();
        assert_eq!(form(&spelled).as_deref(), Some(once.as_str()));
    }
    // A rule for all shuts all, whatever stands beside it.
    if robots.allow(&once) {
        let shut = Robots::read("User-agent: *\rDisallow: /");
        assert!(!shut.allow(&once), "{once}");
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn rules_and_paths_of_any_letters_hold_what_the_probe_asks() {
        for text in [
            "private\nUser-agent: *\nDisallow: /private",
            "a/../%2e%2e/%%341?x=%2F&y\nUser-agent: sayso\rAllow: *$\rDisallow: *",
            "\\..\\é b\nDisallow",
            "//a/./b\n",
            "%\nUser-agent: *\nDisallow: %",
            "",
        ] {
            super::robots(text.as_bytes());
        }
    }
}
