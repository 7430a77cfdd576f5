//! Bytes become articles: plain text, Markdown, web pages, JSON lines.
//!
//! [`articles`] is the entry: an [`Input`] in, an iterator of articles out. This crate is the only
//! reader of untrusted bytes.
//!
//! **Why an iterator of `Result` and not a list with a status.** An input is one article or a
//! million of them. Each item stands for itself: a line that is broken is a [`Failure`] that names
//! file and line, and the lines after it are still read; memory holds one line of JSON lines at a
//! time. What is merely odd about an article (a guessed encoding, no date) is no failure but a
//! [`sayso_model::Problem`] of that article.
//!
//! **What offsets count in.** Every span refers to [`sayso_model::Article::text`]. For text given
//! as JSON that is the given text, character for character. For files it is the main text: line
//! ends are `\n`, there are no NULs and byte order marks, header lines and boilerplate lines are
//! gone, as each format's module says.
//!
//! | format | module | endings |
//! |---|---|---|
//! | plain text | `text` | `.txt`, and whatever is nothing else |
//! | Markdown | `markdown` | `.md`, `.markdown` |
//! | web page | `html` | `.html`, `.htm`, `.xhtml` |
//! | JSON lines, JSON | `json` | `.jsonl`, `.ndjson`, `.json` |

mod date;
mod decode;
mod draft;
mod failure;
mod format;
mod html;
mod input;
mod json;
mod language;
mod markdown;
mod text;

use sayso_model::Article;

pub use failure::{Binary, Failure, Size};
pub use format::Format;
pub use input::Input;

/// How inputs are read.
#[derive(Debug, Clone)]
pub struct Options {
    /// The format of the input.
    pub format: Format,
    /// Longest main text of one article, in bytes; what is longer is cut at the end of a paragraph
    /// and has problem `R016`.
    pub article_limit: usize,
    /// Longest document, or line of JSON lines, in bytes; what is longer is a failure, since it is
    /// held in memory as a whole.
    pub document_limit: u64,
}

impl Default for Options {
    /// Any format, articles up to 8 MB, documents up to 32 MB.
    fn default() -> Self {
        Self { format: Format::Auto, article_limit: 8_000_000, document_limit: 32_000_000 }
    }
}

/// The articles of an input, in its order, with a failure in the place of each that could not be
/// read. Nothing is read before the first call of `next`.
pub fn articles<'a>(input: Input<'a>, options: &Options) -> Articles<'a> {
    Articles { state: State::New(input), options: options.clone() }
}

/// The iterator that [`articles`] gives.
pub struct Articles<'a> {
    state: State<'a>,
    options: Options,
}

enum State<'a> {
    New(Input<'a>),
    Lines(Box<json::Lines<'a>>),
    Few(std::vec::IntoIter<Result<Article, Failure>>),
}

impl Iterator for Articles<'_> {
    type Item = Result<Article, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match &mut self.state {
                State::Lines(lines) => return lines.next(),
                State::Few(few) => return few.next(),
                State::New(_) => {}
            }
            let nothing = State::Few(Vec::new().into_iter());
            if let State::New(input) = std::mem::replace(&mut self.state, nothing) {
                self.state = match start(input, &self.options) {
                    Ok(state) => state,
                    Err(failure) => State::Few(vec![Err(failure)].into_iter()),
                };
            }
        }
    }
}

/// How much of an input tells its format, in bytes.
const HEAD: u64 = 8 * 1024;

fn start<'a>(input: Input<'a>, options: &Options) -> Result<State<'a>, Failure> {
    let (head, input) = input.head(HEAD)?;
    let file = input.name().to_owned();
    if let Some((what, byte)) = decode::binary(&head) {
        return Err(Failure::Binary { file, byte, what });
    }
    let wide = decode::is_utf16(&head);
    let format = match options.format {
        Format::Auto => Format::of_name(&file).unwrap_or_else(|| {
            if wide {
                Format::of_bytes(decode::decode(&head, None).text.as_bytes())
            } else {
                Format::of_bytes(&head)
            }
        }),
        format => format,
    };
    let stem = input.stem();
    if format == Format::JsonLines && !wide {
        let lines = json::Lines::new(input.into_bytes(), file, stem, options.clone());
        return Ok(State::Lines(Box::new(lines)));
    }
    let Some(bytes) = input.all(options.document_limit)? else {
        return Err(Failure::TooLong { file, limit: Size(options.document_limit) });
    };
    if let Some((what, byte)) = decode::binary(&bytes) {
        return Err(Failure::Binary { file, byte, what });
    }
    let declared = if format == Format::Html { html::declared_encoding(&bytes) } else { None };
    let decoded = decode::decode(&bytes, declared.as_deref());
    drop(bytes);
    if decoded
        .text
        .trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}')
        .is_empty()
    {
        return Err(Failure::Empty { file });
    }
    if format == Format::JsonLines {
        let lines = std::io::Cursor::new(decoded.text.into_bytes());
        let lines = json::Lines::new(Box::new(lines), file, stem, options.clone());
        return Ok(State::Lines(Box::new(lines)));
    }
    if format == Format::Json {
        return Ok(State::Few(json_document(&decoded.text, &file, &stem, options).into_iter()));
    }
    let normal = decode::normal(&decoded.text);
    let draft = match format {
        Format::Html => html::read(&normal, options),
        Format::Markdown => Some(markdown::read(&normal)),
        _ => Some(text::read(&normal)),
    };
    let Some(mut draft) = draft.filter(|draft| !draft.text.is_empty()) else {
        return Err(Failure::NoBody { file, line: None });
    };
    draft.problems.splice(0..0, decoded.problems);
    let article = draft.finish(&file, stem, options);
    Ok(State::Few(vec![Ok(article)].into_iter()))
}

/// The articles of a JSON document that is not in lines.
fn json_document(
    text: &str,
    file: &str,
    stem: &str,
    options: &Options,
) -> Vec<Result<Article, Failure>> {
    let records = json::records(text, file);
    let single = records.len() == 1;
    let read = |(number, record): (usize, Result<(serde_json::Value, u64), Failure>)| {
        let (value, line) = record?;
        let key = if single { stem.to_owned() } else { format!("{stem}:{}", number + 1) };
        Ok(json::article(value, file, line, options)?.finish(file, key, options))
    };
    records.into_iter().enumerate().map(read).collect()
}
