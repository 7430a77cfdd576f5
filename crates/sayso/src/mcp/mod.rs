//! The ledger for language-model assistants: the Model Context Protocol over standard input and output.
//!
//! One JSON-RPC message a line, answered in turn. [`message`] says what a line asks, [`session`] answers
//! what the protocol itself asks, [`tools`] what the ledger is asked, by the use-case methods that the
//! other verbs call. [`quoted`] is the one way in which words of articles leave.
//!
//! **Why an own dispatcher.** Five methods of two revisions are two hundred lines over `serde_json`; the
//! Rust SDK is 33 crates more and changed its major version three times in three months. The day that
//! HTTP is wanted it is worth its weight.
//!
//! **Invariant.** Nothing here writes to the ledger: it is opened for reading. Words of articles stand
//! under `from_article` alone, and no text of ours stands there.

mod message;
mod quoted;
mod session;
mod tools;

use std::io::{self, BufRead, Read as _, Write};

use serde_json::Value;

use self::{
    message::{Failure, Incoming, Reply},
    session::Session,
};

pub(crate) use self::tools::Tools;

/// Bytes of a message; a draft with its quotations is far below.
const MAX_MESSAGE_BYTES: u64 = 4 << 20;

/// Answers each line of `input` on `out` until the input ends.
///
/// # Errors
/// Reading and writing.
pub(crate) fn serve(
    input: &mut impl BufRead,
    out: &mut impl Write,
    tools: Tools,
) -> io::Result<()> {
    let mut session = Session::new(tools);
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = input.by_ref().take(MAX_MESSAGE_BYTES + 1).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(());
        }
        let is_too_long = line.len() as u64 > MAX_MESSAGE_BYTES && !line.ends_with(b"\n");
        if is_too_long {
            skip_line(input)?;
            let words = format!("A message has at most {MAX_MESSAGE_BYTES} bytes.");
            write(out, &Reply::failed(Value::Null, Failure::invalid_request(words)))?;
            continue;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let reply = match Incoming::read(&line) {
            Ok(Incoming::Request(request)) => Some(session.answer(request)),
            Ok(Incoming::Other) => None,
            Err((id, failure)) => Some(Reply::failed(id, failure)),
        };
        if let Some(reply) = reply {
            write(out, &reply)?;
        }
    }
}

fn write(out: &mut impl Write, reply: &Reply) -> io::Result<()> {
    serde_json::to_writer(&mut *out, reply)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Passes over the rest of a line of whatever length.
fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(buffer.len(), |end| end + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}
