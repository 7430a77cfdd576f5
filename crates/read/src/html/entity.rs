//! Character references (`&amp;`, `&#8217;`) become the characters they stand for.

use std::borrow::Cow;

use html_escape::NAMED_ENTITIES;

/// The longest name of a reference.
const LONGEST: usize = 32;

/// Names that count without their semicolon, as old pages write them. Browsers know some hundred;
/// these are the ones that stand in news.
const BARE: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("nbsp", "\u{a0}"),
    ("copy", "©"),
    ("reg", "®"),
    ("pound", "£"),
    ("laquo", "«"),
    ("raquo", "»"),
];

/// Text with its character references resolved, as a browser does it outside attributes.
pub(super) fn resolved(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((characters, length)) = reference(rest) else {
            out.push('&');
            rest = &rest[1..];
            continue;
        };
        match characters {
            Characters::One(c) => out.push(c),
            Characters::Some(characters) => out.push_str(characters),
        }
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The characters of the reference that `text` begins with, and its length.
fn reference(text: &str) -> Option<(Characters, usize)> {
    if text[1..].starts_with('#') {
        return number(text).map(|(c, length)| (Characters::One(c), length));
    }
    let bytes = &text.as_bytes()[1..];
    let length = bytes.iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric()).count();
    let name = &bytes[..length];
    if bytes.get(length) == Some(&b';') {
        let found = NAMED_ENTITIES.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
        return Some((Characters::Some(NAMED_ENTITIES.get(found)?.1), length + 2));
    }
    let (known, characters) = BARE.iter().find(|(known, _)| name == known.as_bytes())?;
    Some((Characters::Some(characters), known.len() + 1))
}

/// What a reference stands for.
enum Characters {
    One(char),
    Some(&'static str),
}

/// What the numbers 128 to 159 stand for: the characters of windows-1252, as everywhere on the web
/// (HTML standard, 13.2.5.80).
const C1: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// `&#233;` or `&#xe9;`, with or without its semicolon.
fn number(text: &str) -> Option<(char, usize)> {
    let digits = &text[2..];
    let hex = digits.starts_with(['x', 'X']);
    let digits = &digits[usize::from(hex)..];
    let radix = if hex { 16 } else { 10 };
    let count = digits.bytes().take_while(|b| char::from(*b).is_digit(radix)).count();
    if count == 0 {
        return None;
    }
    let code = u32::from_str_radix(&digits[..count], radix).unwrap_or(u32::MAX);
    // Numbers of windows-1252 stand for its characters.
    let c1 = code.checked_sub(0x80).and_then(|at| C1.chars().nth(at as usize));
    let c = c1.or_else(|| char::from_u32(code)).filter(|c| *c != '\0');
    let end = usize::from(digits[count..].starts_with(';'));
    Some((c.unwrap_or(char::REPLACEMENT_CHARACTER), 2 + usize::from(hex) + count + end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_of_all_kinds() {
        for (written, read) in [
            ("no reference", "no reference"),
            ("Caf&eacute; &amp; bar", "Café & bar"),
            ("&#8220;We may&#x201d; &#146;", "“We may” ’"),
            ("AT&T & co &; &#; &x", "AT&T & co &; &#; &x"),
            ("&copy 2023 &notit; &notin; &ampere", "© 2023 &notit; ∉ &ampere"),
            ("&#0; &#xFFFFFFFF;", "\u{fffd} \u{fffd}"),
            ("a&nbsp;b&", "a\u{a0}b&"),
        ] {
            assert_eq!(resolved(written), read);
        }
    }
}
