//! A mail message becomes an article: newsletters, wire copy by mail.

use mailparse::{MailHeaderMap, ParsedMail, parse_mail};

use crate::{
    Options, decode,
    draft::{Draft, Field},
    html, text,
};

/// Parts within parts. Each level is a call deeper in the parser, and mail has three or four.
const PARTS: usize = 40;
/// Words that the plain part must have to be taken; below that it only says that the message is a
/// page.
const WORDS: usize = 50;

/// Reads a message; nothing where it has no text or is no message.
pub(crate) fn read(bytes: &[u8], options: &Options) -> Option<Draft> {
    let multiparts = bytes.windows(10).filter(|w| w.eq_ignore_ascii_case(b"multipart/")).count();
    if multiparts > PARTS {
        return None;
    }
    let mail = parse_mail(bytes).ok()?;
    let mut draft = body(&mail, options)?;
    for (header, field) in
        [("Subject", Field::Title), ("From", Field::Author), ("Date", Field::Published)]
    {
        if let Some(value) = mail.headers.get_first_value(header) {
            let value = if field == Field::Author { sender(&value) } else { value };
            draft.set(field, &value);
        }
    }
    Some(draft)
}

fn body(mail: &ParsedMail<'_>, options: &Options) -> Option<Draft> {
    let parts = || mail.parts().filter(|part| part.subparts.is_empty());
    let of = |kind: &str| {
        let part = parts().find(|part| part.ctype.mimetype.eq_ignore_ascii_case(kind))?;
        Some(decode::normal(&part.get_body().ok()?)).filter(|body| !body.trim().is_empty())
    };
    let plain = of("text/plain");
    if let Some(plain) = plain.as_ref().filter(|text| text.split_whitespace().count() >= WORDS) {
        return Some(text::read(plain));
    }
    let page = of("text/html").and_then(|page| html::read(&page, options));
    page.or_else(|| plain.map(|plain| text::read(&plain)))
}

/// "Ann Lee" from "Ann Lee <ann@example.org>".
fn sender(value: &str) -> String {
    let name = value.split('<').next().unwrap_or_default().trim().trim_matches('"');
    if name.is_empty() { value.to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_in_two_versions() {
        let mail = "From: \"Ann Lee\" <ann@example.org>\r\nSubject: =?utf-8?q?Br=C3=BCcke?= may close\r\n\
            Date: Thu, 9 Mar 2023 14:05:00 +0200\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n\
            --b\r\nContent-Type: text/plain\r\n\r\nRead this in a browser.\r\n\
            --b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            <p>The mayor of Harbourtown said on Thursday that the old bridge may close =\r\n\
            in the coming days, after engineers found cracks in two of its piers.</p>\r\n--b--\r\n";
        let draft = read(mail.as_bytes(), &Options::default()).unwrap();
        assert_eq!(draft.title.as_deref(), Some("Brücke may close"));
        assert_eq!(draft.author.as_deref(), Some("Ann Lee"));
        assert_eq!(draft.published.unwrap().printed(), "2023-03-09T12:05Z");
        assert!(draft.text.ends_with("cracks in two of its piers."), "{}", draft.text);
    }

    #[test]
    fn parts_within_parts_without_end_are_no_message() {
        use std::fmt::Write as _;
        let mut mail = String::new();
        for n in 0..20_000 {
            let _ = write!(mail, "Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n");
        }
        assert!(read(mail.as_bytes(), &Options::default()).is_none());
    }
}
