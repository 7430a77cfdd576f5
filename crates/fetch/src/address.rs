//! Addresses of pages, and which addresses of machines are public.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::http::Uri;

use crate::Refusal;

/// Longest address of a page, in bytes.
const LONGEST: usize = 8_000;

/// Reads an address: `http` or `https`, a host, no user or password in it. Blanks and letters that
/// are not ASCII are encoded; the fragment is left out.
///
/// # Errors
/// [`Refusal::Address`].
pub(crate) fn parsed(url: &str) -> Result<Uri, Refusal> {
    let wrong = |reason: &str| Refusal::Address { url: url.to_owned(), reason: reason.to_owned() };
    if url.len() > LONGEST {
        return Err(wrong("it is too long"));
    }
    let whole = url.trim().split('#').next().unwrap_or_default();
    let Some((scheme, rest)) = whole.split_once("://") else {
        return Err(wrong("it does not begin with http:// or https://"));
    };
    let scheme = scheme.to_ascii_lowercase();
    if scheme != "http" && scheme != "https" {
        return Err(wrong("it does not begin with http:// or https://"));
    }
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    if host.contains('@') {
        return Err(wrong("it holds a user's name"));
    }
    if host.is_empty() {
        return Err(wrong("it names no host"));
    }
    if !host.is_ascii() {
        return Err(wrong("its host has letters that are not ASCII: write it as xn--…"));
    }
    let slash = if path.starts_with('/') { "" } else { "/" };
    let path = normal(&format!("{slash}{path}"));
    let encoded = format!("{scheme}://{}{path}", host.to_ascii_lowercase());
    let uri: Uri = encoded.parse().map_err(|_| wrong("it is malformed"))?;
    if uri.host().is_none_or(str::is_empty) {
        return Err(wrong("it names no host"));
    }
    Ok(uri)
}

/// A path with its query in its one normal form (RFC 3986, 6.2.2): what need not be escaped is not, what
/// may not stand there is, escapes are in capitals, and there are no `.` and `..`. What is asked for and
/// what a host's rules are compared with is this form alone.
fn normal(path: &str) -> String {
    let (way, query) = match path.split_once('?') {
        Some((way, query)) => (way, Some(query)),
        None => (path, None),
    };
    // For the web `\` is `/` in the way to a page.
    let mut out = without_dots(&escaped(&way.replace('\\', "/")));
    if let Some(query) = query {
        out.push('?');
        out.push_str(&escaped(query));
    }
    out
}

/// Percent-encodes what may not stand in a path or query, decodes what needs no escape, and sets the
/// other escapes in capitals.
pub(crate) fn escaped(path: &str) -> String {
    use std::fmt::Write as _;
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(path.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        let hex = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        if byte == b'%'
            && let (Some(high), Some(low)) = (hex(at), hex(at + 1))
        {
            at += 2;
            // Two digits of four bits each.
            let byte = (high * 16 + low) as u8;
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
                out.push(char::from(byte));
            } else {
                let _ = write!(out, "%{byte:02X}");
            }
        } else if byte.is_ascii_graphic()
            // A mark that begins no escape must not become the beginning of one.
            && !matches!(byte, b'%' | b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
        {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The address that `reference`, as it stands on the page `base`, means (RFC 3986, 5.2). Nothing for
/// what is no page (`mailto:`).
pub fn join(base: &str, reference: &str) -> Option<String> {
    let reference = reference.trim();
    let reference = reference.split('#').next().unwrap_or(reference);
    let scheme_end = reference.find(':').filter(|end| {
        let scheme = &reference[..*end];
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    });
    if let Some(end) = scheme_end {
        let known = ["http", "https"].iter().any(|s| reference[..end].eq_ignore_ascii_case(s));
        return (known && reference[end..].starts_with("://")).then(|| reference.to_owned());
    }
    let base = base.split('#').next().unwrap_or(base);
    let (scheme, rest) = base.split_once("://")?;
    if reference.starts_with("//") {
        return Some(format!("{scheme}:{reference}"));
    }
    let host = &rest[..rest.find(['/', '?']).unwrap_or(rest.len())];
    let path = rest[host.len()..].split('?').next().unwrap_or("/");
    let path = if path.is_empty() { "/" } else { path };
    if reference.is_empty() {
        return Some(base.to_owned());
    }
    if reference.starts_with('?') {
        return Some(format!("{scheme}://{host}{path}{reference}"));
    }
    let (way, query) = match reference.split_once('?') {
        Some((way, query)) => (way, format!("?{query}")),
        None => (reference, String::new()),
    };
    let whole = if way.starts_with('/') {
        way.to_owned()
    } else {
        format!("{}{way}", &path[..=path.rfind('/').unwrap_or(0)])
    };
    Some(format!("{scheme}://{host}{}{query}", without_dots(&whole)))
}

/// A path without `.` and `..` (RFC 3986, 5.2.4).
fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut last_is_folder = false;
    for part in path.split('/').skip(1) {
        last_is_folder = matches!(part, "." | "..");
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    if last_is_folder {
        parts.push("");
    }
    format!("/{}", parts.join("/"))
}

/// True for addresses that anybody on the internet can mean: not those of this machine, of local
/// networks, of providers' inner networks, for documentation, for many machines at once. (The
/// special-purpose registries of IANA; RFC 6890 and its kin.)
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(a == 0
        || a == 10
        || a == 127
        // Providers' inner networks, where some clouds answer with secrets.
        || a == 100 && (64..128).contains(&b)
        // Link-local; 169.254.169.254 tells virtual machines their keys.
        || a == 169 && b == 254
        || a == 172 && (16..32).contains(&b)
        || a == 192 && b == 168
        || a == 192 && b == 0 && (c == 0 || c == 2)
        || a == 192 && b == 88 && c == 99
        || a == 198 && (b == 18 || b == 19)
        || a == 198 && b == 51 && c == 100
        || a == 203 && b == 0 && c == 113
        // For many at once, kept for later, for all.
        || a >= 224)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    // An IPv4 address in another form is judged as what it is.
    let [a, b] = [parts[6].to_be_bytes(), parts[7].to_be_bytes()];
    let inner = Ipv4Addr::new(a[0], a[1], b[0], b[1]);
    if parts[..5] == [0; 5] && matches!(parts[5], 0 | 0xffff)
        || parts[..4] == [0, 0, 0, 0] && parts[4] == 0xffff
    {
        // `::1` and `::` are within, and are none of the public ones.
        return is_public_v4(inner);
    }
    if parts[..6] == [0x64, 0xff9b, 0, 0, 0, 0] {
        return is_public_v4(inner);
    }
    if parts[0] == 0x2002 {
        let [c, d] = [parts[1].to_be_bytes(), parts[2].to_be_bytes()];
        return is_public_v4(Ipv4Addr::new(c[0], c[1], d[0], d[1]));
    }
    // Only what has been given out for use on the internet, and of that not documentation, Teredo,
    // and what the registry keeps.
    (0x2000..0x4000).contains(&parts[0])
        && !(parts[0] == 0x2001 && parts[1] < 0x200)
        && !(parts[0] == 0x2001 && parts[1] == 0xdb8)
        && !(parts[0] == 0x3fff && parts[1] < 0x1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_addresses_are_not_public_in_any_form() {
        for address in [
            "127.0.0.1",
            "127.255.0.9",
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "192.0.0.192",
            "192.0.2.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.1.2.3",
            "::127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::1",
            "fe80::1",
            "fec0::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "100::1",
            "64:ff9b:1::1",
            "3fff::1",
            "5f00::1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.0.1",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.17.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450::1",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2002:808:808::1",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn references_are_joined_as_browsers_do() {
        let base = "https://a.example/b/c/d?q#f";
        for (reference, whole) in [
            ("g", "https://a.example/b/c/g"),
            ("./g/", "https://a.example/b/c/g/"),
            ("../g", "https://a.example/b/g"),
            ("../../../g", "https://a.example/g"),
            ("..", "https://a.example/b/"),
            ("/g?x=/../y", "https://a.example/g?x=/../y"),
            ("?y", "https://a.example/b/c/d?y"),
            ("#s", "https://a.example/b/c/d?q"),
            ("//g.example/h", "https://g.example/h"),
            ("http://g.example", "http://g.example"),
            (" g:h/i ", ""),
            ("mailto:a@b.example", ""),
            ("javascript:x", ""),
            ("a/b:c", "https://a.example/b/c/a/b:c"),
        ] {
            assert_eq!(join(base, reference).unwrap_or_default(), whole, "{reference}");
        }
        assert_eq!(join("https://a.example", "g").as_deref(), Some("https://a.example/g"));
    }

    #[test]
    fn addresses_are_mended_or_refused_with_a_reason() {
        let uri = |url: &str| parsed(url).map(|uri| uri.to_string());
        assert_eq!(
            uri("HTTP://A.example/ü x?q=“#f").unwrap(),
            "http://a.example/%C3%BC%20x?q=%E2%80%9C"
        );
        assert_eq!(uri("https://a.example").unwrap(), "https://a.example/");
        assert_eq!(uri("https://a.example?q").unwrap(), "https://a.example/?q");
        for wrong in [
            "a.example",
            "ftp://a.example",
            "http://",
            "http://u:p@a.example/",
            "http://ü.example",
            "http:///x",
        ] {
            assert!(uri(wrong).is_err(), "{wrong}");
        }
    }
}
