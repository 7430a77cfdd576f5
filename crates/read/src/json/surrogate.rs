//! Lone surrogates in JSON escapes, which some writers leave behind when they cut a text.

/// The text with every lone surrogate escape replaced by `\ufffd`; nothing where there is none.
pub(super) fn replaced(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    let bytes = text.as_bytes();
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == b'\\') {
        at += found;
        let Some(unit) = unit(bytes, at) else {
            // Another escape, two bytes of it: an escaped backslash does not begin an escape.
            at = (at + 2).min(bytes.len());
            continue;
        };
        let high = (0xd800..0xdc00).contains(&unit);
        if high && matches!(self::unit(bytes, at + 6), Some(0xdc00..0xe000)) {
            at += 12;
            continue;
        }
        if (0xd800..0xe000).contains(&unit) {
            // An escape is ASCII, so that both ends are character boundaries.
            out.push_str(&text[copied..at]);
            out.push_str("\\ufffd");
            copied = at + 6;
        }
        at += 6;
    }
    if copied == 0 {
        return None;
    }
    out.push_str(&text[copied..]);
    Some(out)
}

/// The code unit of a `\uXXXX` at `at`.
fn unit(bytes: &[u8], at: usize) -> Option<u32> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    digits.iter().try_fold(0, |unit, byte| Some(unit * 16 + char::from(*byte).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lone_ones_are_replaced() {
        assert_eq!(replaced(r"a\ud83d b").as_deref(), Some(r"a\ufffd b"));
        assert_eq!(
            replaced(r"\udc00\ud83d\ude00\ud83d").as_deref(),
            Some(r"\ufffd\ud83d\ude00\ufffd")
        );
        assert_eq!(replaced(r"\ud83d\ude00 \u00e9"), None);
        assert_eq!(replaced(r"\\ud83d"), None);
        assert_eq!(replaced(r"\ud8"), None);
        assert_eq!(replaced("é\\"), None);
    }
}
