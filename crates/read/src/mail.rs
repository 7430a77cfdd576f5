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
    // A page that a browser saved is nobody's letter: its date is the day of saving.
    let address = mail.headers.get_first_value("Snapshot-Content-Location");
    if let Some(address) = &address {
        draft.set(Field::Url, address);
    }
    let about: &[(&str, Field)] = match address {
        Some(_) => &[("Subject", Field::Title)],
        None => &[("Subject", Field::Title), ("From", Field::Author), ("Date", Field::Published)],
    };
    for (header, field) in about.iter().copied() {
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
        Some(decode::normal(&words(part)?)).filter(|body| !body.trim().is_empty())
    };
    let plain = of("text/plain").map(|plain| own_words(&plain));
    if let Some(plain) = plain.as_ref().filter(|text| text.split_whitespace().count() >= WORDS) {
        return Some(text::read(plain));
    }
    let page = of("text/html").and_then(|page| html::read(&page, options));
    page.or_else(|| plain.map(|plain| text::read(&plain)))
}

/// The words of a part: in the charset that it names, else in the one that the page itself names or its
/// bytes show. (Without a name the standard has US-ASCII, which most that leave it out do not mean.)
fn words(part: &ParsedMail<'_>) -> Option<String> {
    if part.ctype.params.contains_key("charset") {
        return part.get_body().ok();
    }
    let bytes = part.get_body_raw().ok()?;
    let declared = html::declared_encoding(&bytes);
    Some(decode::decode(&bytes, declared.as_deref()).text)
}

/// A letter without the one that it answers, which stands behind marks and a line that says whose it is,
/// and without its foot, which begins at a line of two dashes.
fn own_words(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out: Vec<&str> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if *line == "-- " || *line == "--" {
            break;
        }
        let quoted = line.starts_with('>');
        let mut after = lines[index + 1..].iter().filter(|line| !line.trim().is_empty());
        let answers = after.next().is_some_and(|next| next.starts_with('>'))
            && line.trim_end().ends_with(':')
            && line.contains('@');
        if !quoted && !answers {
            out.push(line);
        }
    }
    out.join("\n")
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
    fn a_page_saved_by_a_browser_is_that_page() {
        let mail = "From: <Saved>\r\nSnapshot-Content-Location: https://lamp.example/dike\r\n\
            Subject: Dike holds\r\nDate: Thu, 3 Apr 2031 08:00:00 +0000\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\n\
            <p>The dike at N=C3=B8rby will hold the river back for another winter, the water board =\r\n\
            said on Thursday, after a long night.</p>\r\n--b--\r\n";
        let draft = read(mail.as_bytes(), &Options::default()).unwrap();
        assert!(draft.text.starts_with("The dike at Nørby will hold"), "{}", draft.text);
        assert_eq!(draft.title.as_deref(), Some("Dike holds"));
        assert_eq!(draft.url.as_deref(), Some("https://lamp.example/dike"));
        assert_eq!((draft.author, draft.published), (None, None));
    }

    #[test]
    fn a_letter_is_what_its_writer_wrote() {
        let mail = "From: a@lamp.example\r\nContent-Type: text/plain\r\n\r\nThe dike will hold, she said.\r\n\r\n\
            On Thu, 3 Apr 2031, Bo Tan <bo@lamp.example> wrote:\r\n> The dike will break.\r\n\r\n-- \r\nLeave the list.\r\n";
        let draft = read(mail.as_bytes(), &Options::default()).unwrap();
        assert_eq!(draft.text, "The dike will hold, she said.");
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
