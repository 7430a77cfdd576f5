//! What a server answered, as archives keep it.

use std::io::Read;

use flate2::bufread::{MultiGzDecoder, ZlibDecoder};

use super::{
    warc::{field, head_end},
    window::find,
};
use crate::unpack::zstd;

/// Content type, encoding where it is named, body.
pub(super) type Answer = (String, Option<String>, Vec<u8>);

/// What a server answered; nothing where it is no success.
pub(super) fn answer(block: &[u8], limit: usize) -> Result<Option<Answer>, String> {
    let end = head_end(block).ok_or("the server's answer has no head")?;
    let (head, body) = block.split_at(end);
    let status = head.split(|byte| *byte == b' ').nth(1);
    if !head.starts_with(b"HTTP/") {
        return Err("it is no answer of a server".to_owned());
    }
    if !status.is_some_and(|status| status.starts_with(b"200")) {
        return Ok(None);
    }
    let kind = field(head, "Content-Type").unwrap_or_default();
    // Pictures and films need no unpacking.
    if !matches!(essence(&kind).as_str(), "text/html" | "application/xhtml+xml" | "text/plain") {
        return Ok(None);
    }
    let chunked = field(head, "Transfer-Encoding")
        .is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"));
    // Some archives keep the field and unpack the body.
    let joined = if chunked { unchunked(body) } else { None };
    let body = joined.as_deref().unwrap_or(body);
    let coding = field(head, "Content-Encoding").unwrap_or_default().to_ascii_lowercase();
    let bytes = match coding.trim() {
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => {
            unpacked(MultiGzDecoder::new(body), limit)?
        }
        "deflate" if body.first() == Some(&0x78) => unpacked(ZlibDecoder::new(body), limit)?,
        "zstd" if body.starts_with(zstd::FRAME) || zstd::is_skippable(body) => {
            unpacked(zstd::Frames::new(body, zstd::ANSWER), limit)?
        }
        // Nothing tells Brotli from other bytes but that no text is like it.
        "br" if std::str::from_utf8(body).is_err() => brotli(body, limit)?,
        _ => body.to_vec(),
    };
    Ok(Some((kind.clone(), charset(&kind), bytes)))
}

#[cfg(feature = "brotli")]
fn brotli(body: &[u8], limit: usize) -> Result<Vec<u8>, String> {
    unpacked(crate::unpack::brotli::unpacked(body), limit)
}

#[cfg(not(feature = "brotli"))]
fn brotli(_: &[u8], _: usize) -> Result<Vec<u8>, String> {
    Err("its page is packed with Brotli, which this sayso was built without (cargo feature \
         `brotli`)"
        .to_owned())
}

fn unpacked(decoder: impl Read, limit: usize) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let read = decoder.take(limit as u64 + 1).read_to_end(&mut out);
    if out.len() > limit {
        return Err("its page unpacks to more than the limit".to_owned());
    }
    read.map_err(|error| format!("its page cannot be unpacked: {error}"))?;
    Ok(out)
}

/// A body that was sent in chunks, joined; nothing where it is not in chunks.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let line = find(rest, b"\r\n")?;
        let size = std::str::from_utf8(&rest[..line]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[line + 2..];
        if size == 0 {
            return Some(out);
        }
        let Some(chunk) = rest.get(..size) else {
            // The archive ends within a chunk: what is there counts.
            out.extend_from_slice(rest);
            return Some(out);
        };
        out.extend_from_slice(chunk);
        rest = rest[size..].strip_prefix(b"\r\n").unwrap_or(&rest[size..]);
    }
}

/// "text/html" from "Text/HTML; charset=utf-8".
pub(crate) fn essence(kind: &str) -> String {
    kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The encoding in "text/html; charset=utf-8".
pub(crate) fn charset(kind: &str) -> Option<String> {
    let at = kind.to_ascii_lowercase().find("charset=")? + "charset=".len();
    let name = kind.get(at..)?.trim_matches(['"', '\'', ' ']);
    let end = name.find([';', ' ', '"', '\'']).unwrap_or(name.len());
    (end > 0).then(|| name[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_all_kinds() {
        let body = |block: &str| answer(block.as_bytes(), 1000).map(|a| a.map(|(_, _, b)| b));
        let html = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"utf-8\"\r\n";
        assert_eq!(body(&format!("{html}\r\n<p>a")), Ok(Some(b"<p>a".to_vec())));
        let chunked =
            format!("{html}Transfer-Encoding: chunked\r\n\r\n3;x=y\r\n<p>\r\n1\r\na\r\n0\r\n\r\n");
        assert_eq!(body(&chunked), Ok(Some(b"<p>a".to_vec())));
        // The field is left over, the body is not in chunks.
        let left = format!("{html}Transfer-Encoding: chunked\r\n\r\n<p>a");
        assert_eq!(body(&left), Ok(Some(b"<p>a".to_vec())));
        assert_eq!(body("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\na"), Ok(None));
        assert_eq!(body("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\na"), Ok(None));
        assert!(body("nonsense\r\n\r\n").is_err());
        assert!(body(&format!("{html}\r\n{}", "x".repeat(2000))).is_ok());
        assert_eq!(charset("text/html; charset=\"UTF-8\"; x").as_deref(), Some("UTF-8"));
    }

    #[test]
    fn a_page_that_unpacks_without_end_is_broken() {
        let mut packed = Vec::new();
        flate2::read::GzEncoder::new(vec![b'a'; 100_000].as_slice(), flate2::Compression::best())
            .read_to_end(&mut packed)
            .unwrap();
        let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n";
        let block = [&head[..], &packed].concat();
        assert!(answer(&block, 1000).unwrap_err().contains("more than the limit"));
        assert_eq!(answer(&block, 100_000).unwrap().unwrap().2.len(), 100_000);
    }
}
