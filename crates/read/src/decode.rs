//! Bytes become text: encodings, line ends, and what is no text at all.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use sayso_model::{Code, Problem};

use crate::failure::Binary;

/// Text with what was noticed while decoding it.
#[derive(Debug, Default)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) problems: Vec<Problem>,
}

/// How much of a file is looked at to tell text from binary data and to guess an encoding, in
/// bytes. Enough for the guess to settle, little enough for a long file.
const LOOK: usize = 256 * 1024;

/// Formats that announce themselves, by their first bytes.
const SIGNATURES: &[(&[u8], Binary)] = &[
    (b"%PDF-", Binary::Pdf),
    (b"PK\x03\x04", Binary::Zip),
    (b"PK\x05\x06", Binary::Zip),
    (b"\x1f\x8b", Binary::Archive),
    (b"BZh", Binary::Archive),
    (b"\xfd7zXZ\x00", Binary::Archive),
    (b"\x28\xb5\x2f\xfd", Binary::Archive),
    (b"7z\xbc\xaf\x27\x1c", Binary::Archive),
    (b"Rar!\x1a\x07", Binary::Archive),
    (b"\x89PNG\r\n", Binary::Media),
    (b"\xff\xd8\xff", Binary::Media),
    (b"GIF87a", Binary::Media),
    (b"GIF89a", Binary::Media),
    (b"OggS\x00", Binary::Media),
    (b"ID3\x03", Binary::Media),
    (b"ID3\x04", Binary::Media),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Binary::Office),
    (b"{\\rtf", Binary::Office),
    (b"\x7fELF", Binary::Program),
    (b"SQLite format 3\x00", Binary::Program),
    (b"\x00asm", Binary::Program),
    (b"PAR1", Binary::Parquet),
    (b"filedesc://", Binary::Arc),
];

/// The commonest marks of UTF-8 that was read as Windows-1252, and what they were: quotation marks and
/// dashes. The last is one whose third byte was lost, as it mostly is.
const MISREAD: [(&str, &str); 7] = [
    ("â€™", "’"),
    ("â€˜", "‘"),
    ("â€œ", "“"),
    ("â€\u{9d}", "”"),
    ("â€“", "–"),
    ("â€”", "—"),
    ("â€", "”"),
];

/// A text that was read in the wrong encoding somewhere on its way ("Itâ€™s"), read in the right one: as a
/// whole where it can be, else its quotation marks and dashes.
pub(crate) fn mended(text: String) -> (String, Option<Problem>) {
    if !MISREAD.iter().any(|(mark, _)| text.contains(mark)) {
        return (text, None);
    }
    let mended = read_again(&text).unwrap_or_else(|| {
        MISREAD.iter().fold(text, |text, (mark, meant)| text.replace(mark, meant))
    });
    let message = "The text had been read in the wrong encoding, and was read in the right one.";
    (mended, Some(Problem::new(Code::R011, message)))
}

/// The bytes that Windows-1252 has for a text, as UTF-8.
fn read_again(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        // The five bytes that Windows-1252 leaves out are passed on as they are.
        if matches!(u32::from(c), 0x81 | 0x8d | 0x8f | 0x90 | 0x9d) {
            bytes.push(u32::from(c) as u8);
            continue;
        }
        let mut buffer = [0; 4];
        let (encoded, _, failed) = encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
        if failed {
            return None;
        }
        bytes.extend_from_slice(&encoded);
    }
    String::from_utf8(bytes).ok()
}

/// What `bytes`, the beginning of a file, are if they are no text, and the byte that shows it
/// (counted from 0).
pub(crate) fn binary(bytes: &[u8]) -> Option<(Binary, u64)> {
    if let Some((_, what)) = SIGNATURES.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some((*what, 0));
    }
    if utf16(bytes).is_some() {
        return None;
    }
    let head = &bytes[..bytes.len().min(LOOK)];
    let control = |byte: &u8| matches!(byte, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1f);
    let count = head.iter().filter(|byte| control(byte)).count();
    // A stray control character is a slip of some editor and is lived with; one in fifty is not.
    if count * 50 <= head.len() {
        return None;
    }
    let first = head.iter().position(control)?;
    Some((Binary::Unknown, first as u64))
}

/// UTF-16, by its mark or by every other byte being zero, as in Latin text without a mark. The
/// length of the mark comes along.
fn utf16(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    match bytes {
        [0xff, 0xfe, ..] => return Some((UTF_16LE, 2)),
        [0xfe, 0xff, ..] => return Some((UTF_16BE, 2)),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 8 {
        return None;
    }
    let pairs = head.len() / 2;
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 >= pairs * 7 && even * 20 <= pairs {
        Some((UTF_16LE, 0))
    } else if even * 10 >= pairs * 7 && odd * 20 <= pairs {
        Some((UTF_16BE, 0))
    } else {
        None
    }
}

/// True where the bytes are UTF-16, so that lines cannot be found before they are decoded.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    utf16(bytes).is_some()
}

/// Decodes a whole document. `declared` is the encoding that the document names for itself, if it
/// does; it is believed only where the bytes are not UTF-8, which no other text is by accident.
///
/// Problems: `R010` where the encoding was guessed, `R011` where bytes were replaced by U+FFFD.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = utf16(bytes) {
        // Lossless: `mark` is at most the length that was matched.
        let decoded = with(encoding, &bytes[mark..]);
        return if mark == 0 { guessed(decoded, encoding) } else { decoded };
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), problems: Vec::new() };
    }
    if mostly_utf8(bytes) {
        return with(UTF_8, bytes);
    }
    if let Some(encoding) = declared
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .filter(|encoding| *encoding != UTF_8)
    {
        return with(encoding, bytes);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(LOOK)], bytes.len() <= LOOK);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    guessed(with(encoding, bytes), encoding)
}

fn guessed(mut decoded: Decoded, encoding: &'static Encoding) -> Decoded {
    let message = format!("The encoding was guessed: {}.", encoding.name());
    decoded.problems.insert(0, Problem::new(Code::R010, message));
    decoded
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    let mut problems = Vec::new();
    if bad {
        problems.push(replaced(text.matches(char::REPLACEMENT_CHARACTER).count(), encoding.name()));
    }
    Decoded { text: text.into_owned(), problems }
}

/// The problem `R011`.
pub(crate) fn replaced(count: usize, encoding: &str) -> Problem {
    let places = if count == 1 { "1 place".to_owned() } else { format!("{count} places") };
    Problem::new(Code::R011, format!("Not {encoding} in {places}, marked with \u{fffd}."))
}

/// UTF-8 with some damage, rather than another encoding: many characters beyond ASCII are well
/// formed and few are not.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes[..bytes.len().min(LOOK)].utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 0 && good >= bad * 4
}

/// The normal form of a main text: every line end is `\n` (from `\r\n`, `\r`, U+0085, U+2028 and
/// U+2029, vertical tab and form feed), and there are no NULs and no byte order marks.
///
/// Text given as JSON is not normalised, since its giver counts offsets in it.
pub(crate) fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' => {
                characters.next_if_eq(&'\n');
                out.push('\n');
            }
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' => out.push('\n'),
            '\0' | '\u{feff}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_encoding_gives_the_same_text() {
        let text = "Mayor Zoë Grüner: “We may close the bridge”, she said on Friday in Łódź.";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked: Vec<u8> = [&b"\xff\xfe"[..], &utf16].concat();
        let big: Vec<u8> = [0xfe, 0xff]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_be_bytes))
            .collect();
        for bytes in [text.as_bytes(), &marked, &big, &[b"\xef\xbb\xbf", text.as_bytes()].concat()]
        {
            let decoded = decode(bytes, None);
            assert_eq!(decoded.text, text);
            assert!(decoded.problems.is_empty(), "{:?}", decoded.problems);
        }
        let decoded = decode(&utf16, None);
        assert_eq!(decoded.text, text);
        assert_eq!(decoded.problems[0].code, Code::R010);
    }

    #[test]
    fn a_windows_page_is_guessed_and_says_so() {
        let bytes = b"The caf\xe9 on the quay said it \x93will not close\x94 \x96 and that it \x91never\x92 would.";
        let decoded = decode(bytes, None);
        assert!(decoded.text.contains("café") && decoded.text.contains("“will not close”"));
        assert_eq!(decoded.problems.len(), 1);
        assert_eq!(decoded.problems[0].code, Code::R010);
        let declared = decode(bytes, Some("windows-1252"));
        assert_eq!((declared.text, declared.problems.len()), (decoded.text, 0));
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let decoded =
            decode(b"\xe2\x80\x9cWe may\xe2\x80\x9d \xff \xc5\x81\xc3\xb3d\xc5\xba", None);
        assert_eq!(decoded.text, "“We may” \u{fffd} Łódź");
        assert_eq!(decoded.problems[0].code, Code::R011);
    }

    #[test]
    fn binary_data_is_named_with_its_byte() {
        assert_eq!(binary(b"%PDF-1.7 ..."), Some((Binary::Pdf, 0)));
        assert_eq!(binary(b"ab\0\x01\x02\x03cd"), Some((Binary::Unknown, 2)));
        assert_eq!(binary(b"The harbour may close."), None);
        assert_eq!(binary(b""), None);
    }

    #[test]
    fn letters_read_in_the_wrong_encoding_are_read_again() {
        for (broken, meant) in [
            ("Itâ€™s overâ€”in NÃ¸rby â€œnowâ€\u{9d}", "It’s over—in Nørby “now”"),
            // The third byte is lost: marks alone can be mended.
            ("â€œWe stay,â€ she said. Itâ€™s so", "“We stay,” she said. It’s so"),
        ] {
            let (text, problem) = mended(broken.to_owned());
            assert_eq!((text.as_str(), problem.map(|p| p.code)), (meant, Some(Code::R011)));
        }
        for fine in ["It’s over, “now”", "Ã la carte", "", "100 € — â la mode"] {
            let (text, problem) = mended(fine.to_owned());
            assert_eq!((text.as_str(), problem.is_none()), (fine, true));
        }
    }

    #[test]
    fn line_ends_become_one() {
        assert_eq!(normal("\u{feff}a\r\nb\rc\0\u{2029}d"), "a\nb\nc\nd");
    }
}
