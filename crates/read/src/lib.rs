//! Bytes become articles: plain text, Markdown, web pages, JSON lines, tables, mail, archives.
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
//! | tables | `rows` | `.csv`, `.tsv` |
//! | Parquet tables | `parquet` (cargo feature `parquet`) | `.parquet` |
//! | mail messages | `mail` | `.eml` |
//! | WARC | `archive::warc` | `.warc`, `.warc.gz`, `.warc.zst` |
//! | ZIP, WACZ | `archive::zip` | `.zip`, `.wacz` |
//! | any of them packed with gzip or Zstandard | `unpack` | `.gz`, `.zst` |

mod archive;
mod copies;
mod date;
mod decode;
mod draft;
mod failure;
mod feed;
mod format;
mod html;
mod input;
mod json;
mod language;
mod mail;
mod markdown;
#[cfg(feature = "parquet")]
mod parquet;
pub mod probe;
mod raw;
mod rows;
mod text;
mod unpack;

use sayso_model::Article;

use archive::{warc, zip};
use input::TakenUp;

pub use copies::{Sketch, UNDER_ONE_KEY};
pub use draft::LANGUAGE_LIMIT;
pub use failure::{Binary, Failure, Size};
pub use feed::{Entry, Feed, feed};
pub use format::Format;
pub use html::PageFeeds;
pub use input::Input;
pub use raw::Raw;

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
    /// Keep the bytes that each article was read from ([`Articles::take_raw`]).
    pub keep_raw: bool,
}

impl Default for Options {
    /// Any format, articles up to 8 MB, documents up to 32 MB.
    fn default() -> Self {
        Self {
            format: Format::Auto,
            article_limit: 8_000_000,
            document_limit: 32_000_000,
            keep_raw: false,
        }
    }
}

/// The articles of an input, in its order, with a failure in the place of each that could not be
/// read. Nothing is read before the first call of `next`.
pub fn articles<'a>(input: Input<'a>, options: &Options) -> Articles<'a> {
    let name = input.name().to_owned();
    // What is taken up in the middle may have nothing left.
    let silent = input.is_taken_up();
    let state = State::New(input);
    Articles { state, options: options.clone(), within: 0, silent, name, raw: None }
}

/// The iterator that [`articles`] gives.
pub struct Articles<'a> {
    state: State<'a>,
    options: Options,
    /// How many archives and packed files it stands in.
    within: u8,
    /// True once something was given: then its end needs no words.
    silent: bool,
    name: String,
    /// What the last article was read from.
    raw: Option<Raw>,
}

enum State<'a> {
    New(Input<'a>),
    Lines(Box<json::Lines<'a>>),
    Rows(Box<rows::Rows<'a>>),
    #[cfg(feature = "parquet")]
    Table(Box<parquet::Table>),
    Pages {
        pages: Box<warc::Pages<'a>>,
        file: String,
        stem: String,
    },
    Files {
        files: Box<zip::Entries<'a>>,
        file: String,
        open: Option<Box<Articles<'static>>>,
    },
    Few(std::vec::IntoIter<Found>),
}

/// An article with what it was read from, where that is kept; or why there is none.
type Found = (Result<Article, Failure>, Option<Raw>);

/// Archives in archives that are opened.
const WITHIN: u8 = 3;
/// Files of an archive may be so many times longer than a document, being of many themselves.
const FILES: u64 = 8;

impl Articles<'_> {
    /// The byte of the file after what was read so far, from which [`Input::open_at`] can take up
    /// reading. Only archives of records have such places.
    pub fn position(&self) -> Option<u64> {
        match &self.state {
            State::Pages { pages, .. } => pages.place(),
            _ => None,
        }
    }

    /// How many files of an archive were passed over so far, since their names do not end as those of
    /// articles do.
    pub fn passed_over(&self) -> usize {
        match &self.state {
            State::Files { files, .. } => files.passed_over(),
            _ => 0,
        }
    }

    /// The bytes from which the last article was read, once, with [`Options::keep_raw`].
    pub fn take_raw(&mut self) -> Option<Raw> {
        self.raw.take()
    }
}

impl Iterator for Articles<'_> {
    type Item = Result<Article, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = self.advance();
        if item.is_none() && !self.silent {
            self.silent = true;
            return Some(Err(Failure::Nothing { file: self.name.clone() }));
        }
        self.silent |= item.is_some();
        item
    }
}

impl Articles<'_> {
    fn advance(&mut self) -> Option<Result<Article, Failure>> {
        self.raw = None;
        loop {
            match &mut self.state {
                State::Lines(lines) => {
                    let item = lines.next();
                    self.raw = lines.take_raw();
                    return item;
                }
                State::Rows(rows) => {
                    let item = rows.next();
                    self.raw = rows.take_raw();
                    return item;
                }
                #[cfg(feature = "parquet")]
                State::Table(table) => {
                    let item = table.next();
                    self.raw = table.take_raw();
                    return item;
                }
                State::Few(few) => {
                    let (item, raw) = few.next()?;
                    self.raw = raw;
                    return Some(item);
                }
                State::Pages { pages, file, stem } => {
                    let (item, raw) = record(pages.next()?, file, stem, &self.options);
                    self.raw = raw;
                    return Some(item);
                }
                State::Files { files, file, open } => {
                    if let Some(inside) = open
                        && let Some(item) = inside.next()
                    {
                        self.raw = inside.take_raw();
                        return Some(item);
                    }
                    match files.next()? {
                        Ok(zip::Entry { name, bytes }) => {
                            let name = format!("{file}/{name}");
                            let input = Input::new(name, std::io::Cursor::new(bytes));
                            let mut articles = articles(input, &self.options);
                            articles.options.format = Format::Auto;
                            articles.within = self.within + 1;
                            *open = Some(Box::new(articles));
                        }
                        Err(zip::Broken::Entry(name, reason)) => {
                            return Some(Err(Failure::Record {
                                file: format!("{file}/{name}"),
                                reason,
                            }));
                        }
                        Err(zip::Broken::File(source)) => {
                            return Some(Err(Failure::Unreadable { file: file.clone(), source }));
                        }
                    }
                }
                State::New(_) => {
                    let nothing = State::Few(Vec::new().into_iter());
                    if let State::New(input) = std::mem::replace(&mut self.state, nothing) {
                        self.state = match start(input, &self.options, self.within) {
                            Ok(state) => state,
                            Err(failure) => State::Few(vec![(Err(failure), None)].into_iter()),
                        };
                    }
                }
            }
        }
    }
}

/// How much of an input tells its format, in bytes.
const HEAD: u64 = 8 * 1024;

fn start<'a>(mut input: Input<'a>, options: &Options, within: u8) -> Result<State<'a>, Failure> {
    if let Some(taken_up) = input.taken_up() {
        // What stands there may be a broken record and look like anything.
        return Ok(pages(input, taken_up, options));
    }
    let (mut head, mut input) = input.head(HEAD)?;
    let packing = unpack::Packing::of(&head);
    if packing == Some(unpack::Packing::Zstd) {
        // Nothing of a frame can be unpacked before its first block is whole.
        (head, input) = input.head(unpack::zstd::FIRST_BLOCK)?;
    }
    let file = input.name().to_owned();
    let stem = input.stem();
    let archives =
        within < WITHIN && matches!(options.format, Format::Auto | Format::Warc | Format::Zip);
    // By its name too: the record that is broken may be the first.
    let named = archives && Format::of_name(&file) == Some(Format::Warc);
    if let Some(packing) = packing
        && within < WITHIN
    {
        // What was packed with a dictionary cannot be looked into without it; nothing but archives
        // is.
        let learned = head.starts_with(unpack::zstd::DICTIONARY);
        let is_archive =
            || named || learned || unpack::beginning(packing, &head).starts_with(b"WARC/");
        if archives && is_archive() {
            return Ok(pages(input, begun(Some(packing)), options));
        }
        // A failure to unpack is one to read.
        return start(input.unpacked(packing), options, within + 1);
    }
    if named && !head.is_empty() || archives && Format::of_bytes(&head) == Format::Warc {
        let packing = if named { unpack::Packing::of_name(&file) } else { None };
        let packing = packing.filter(|_| !head.starts_with(b"WARC/"));
        return Ok(pages(input, begun(packing), options));
    }
    // Office documents are archives too; what is in them is not read.
    if archives && Format::of_bytes(&head) == Format::Zip && !is_office(&head) {
        let wanted = if file.to_ascii_lowercase().ends_with(".wacz") { is_crawl } else { is_read };
        let limit = options.document_limit.saturating_mul(FILES);
        let files = Box::new(zip::Entries::new(input.into_bytes(), limit, wanted));
        return Ok(State::Files { files, file, open: None });
    }
    #[cfg(feature = "parquet")]
    if Format::of_bytes(&head) == Format::Parquet {
        let limit = options.document_limit.saturating_mul(FILES);
        return Ok(State::Table(Box::new(parquet::Table::open(input, limit, options)?)));
    }
    if let Some((what, byte)) = decode::binary(&head) {
        return Err(Failure::Binary { file, byte, what });
    }
    let wide = decode::is_utf16(&head);
    let format = match options.format {
        Format::Auto => {
            let seen = if wide {
                Format::of_bytes(decode::decode(&head, None).text.as_bytes())
            } else {
                Format::of_bytes(&head)
            };
            match Format::of_name(&file) {
                // What was no archive is read as what it is, and so is a page that was saved as text.
                None | Some(Format::Warc | Format::Zip) => seen,
                Some(Format::Text) if seen == Format::Html => seen,
                Some(named) => named,
            }
        }
        format => format,
    };
    if format == Format::JsonLines && !wide {
        let lines = json::Lines::new(input.into_bytes(), file, stem, options.clone());
        return Ok(State::Lines(Box::new(lines)));
    }
    if format == Format::Rows && !wide {
        let rows = rows::Rows::new(input.into_bytes(), &head, file, stem, options.clone());
        return Ok(State::Rows(Box::new(rows)));
    }
    let Some(bytes) = input.all(options.document_limit)? else {
        return Err(Failure::TooLong { file, limit: Size(options.document_limit) });
    };
    if wide && matches!(format, Format::JsonLines | Format::Rows | Format::Json) {
        let text = decode::decode(&bytes, None).text.into_bytes();
        let head = text[..text.len().min(HEAD as usize)].to_vec();
        let text = Box::new(std::io::Cursor::new(text));
        return Ok(match format {
            Format::Rows => {
                State::Rows(Box::new(rows::Rows::new(text, &head, file, stem, options.clone())))
            }
            _ => State::Lines(Box::new(json::Lines::new(text, file, stem, options.clone()))),
        });
    }
    if format == Format::Json {
        if let Some((what, byte)) = decode::binary(&bytes) {
            return Err(Failure::Binary { file, byte, what });
        }
        let decoded = decode::decode(&bytes, None);
        if is_blank(&decoded.text) {
            return Err(Failure::Empty { file });
        }
        return Ok(State::Few(json_document(&decoded.text, &file, &stem, options).into_iter()));
    }
    let mut draft = document(&bytes, format, None, &file, options)?;
    let raw = options.keep_raw.then(|| Raw { bytes, media: raw::media(format).to_owned() });
    draft.key = draft.key.take().or(Some(stem));
    let article = draft.finish(&file, String::new(), options);
    Ok(State::Few(vec![(Ok(article), raw)].into_iter()))
}

fn is_blank(text: &str) -> bool {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}').is_empty()
}

/// One document in one of the formats that hold one article.
fn document(
    bytes: &[u8],
    format: Format,
    charset: Option<&str>,
    file: &str,
    options: &Options,
) -> Result<draft::Draft, Failure> {
    let file = || file.to_owned();
    if let Some((what, byte)) = decode::binary(bytes) {
        return Err(Failure::Binary { file: file(), byte, what });
    }
    let no_body = || Failure::NoBody { file: file(), line: None };
    if format == Format::Mail {
        return mail::read(bytes, options)
            .filter(|draft| !is_blank(&draft.text))
            .ok_or_else(no_body);
    }
    let declared = if format == Format::Html { html::declared_encoding(bytes) } else { None };
    // What the page says of itself was written by who wrote the page; the server often was not.
    let decoded = decode::decode(bytes, declared.as_deref().or(charset));
    if is_blank(&decoded.text) {
        return Err(Failure::Empty { file: file() });
    }
    let normal = decode::normal(&decoded.text);
    let draft = match format {
        Format::Html => html::read(&normal, options),
        Format::Markdown => Some(markdown::read(&normal)),
        _ => Some(text::read(&normal)),
    };
    let mut draft = draft.filter(|draft| !draft.text.is_empty()).ok_or_else(no_body)?;
    draft.problems.splice(0..0, decoded.problems);
    Ok(draft)
}

/// An archive that is read from its beginning.
fn begun(packing: Option<unpack::Packing>) -> TakenUp {
    TakenUp { offset: 0, packing, dictionary: Vec::new() }
}

fn pages<'a>(input: Input<'a>, from: TakenUp, options: &Options) -> State<'a> {
    let (file, stem) = (input.name().to_owned(), input.stem());
    let pages = warc::Pages::new(input.into_bytes(), from, options.document_limit);
    State::Pages { pages: Box::new(pages), file, stem }
}

/// The article of an archive's record. Its name is the archive's with the record's byte.
fn record(
    page: Result<warc::Page, warc::Broken>,
    file: &str,
    stem: &str,
    options: &Options,
) -> Found {
    match page {
        Ok(page) => {
            let name = format!("{file}@{}", page.at);
            let key = format!("{stem}@{}", page.at);
            page_article(page, &name, key, options)
        }
        Err(broken) => (Err(no_record(broken, file, options)), None),
    }
}

fn no_record(broken: warc::Broken, file: &str, options: &Options) -> Failure {
    match broken {
        warc::Broken::Record(at, reason) => Failure::Record {
            file: format!("{file}@{at}"),
            reason: format!("this record is broken: {reason}"),
        },
        warc::Broken::TooLong(at) => Failure::Record {
            file: format!("{file}@{at}"),
            reason: format!("this record is longer than {}", Size(options.document_limit)),
        },
        warc::Broken::File(source) => Failure::Unreadable { file: file.to_owned(), source },
    }
}

fn page_article(page: warc::Page, name: &str, key: String, options: &Options) -> Found {
    let format = match page.content {
        warc::Content::Html => Format::Html,
        warc::Content::Text => Format::Text,
    };
    let mut draft = match document(&page.bytes, format, page.charset.as_deref(), name, options) {
        Ok(draft) => draft,
        Err(failure) => return (Err(failure), None),
    };
    let raw = options.keep_raw.then(|| Raw {
        bytes: page.bytes,
        media: raw::with_charset(raw::media(format), page.charset.as_deref()),
    });
    draft.url = draft.url.take().or(page.url);
    (Ok(draft.finish(name, key, options)), raw)
}

/// The article of a page that a server sent: `url` is where it came from, `content_type` what the
/// server called it. The article takes the address that the page gives itself, else `url`, and for a
/// key the last part of the address.
///
/// # Errors
/// As [`articles`] gives them, and [`Failure::NotPage`] where the server calls it something else
/// than text.
pub fn page(
    url: &str,
    content_type: Option<&str>,
    bytes: &[u8],
    options: &Options,
) -> Result<Article, Failure> {
    let kind = archive::essence(content_type.unwrap_or_default());
    let format = match kind.as_str() {
        "text/html" | "application/xhtml+xml" => Format::Html,
        "text/markdown" => Format::Markdown,
        "text/plain" => Format::Text,
        "" | "application/octet-stream" => match Format::of_bytes(bytes) {
            format @ (Format::Html | Format::Markdown) => format,
            _ => Format::Text,
        },
        _ => return Err(Failure::NotPage { file: url.to_owned(), media: kind }),
    };
    let charset = archive::charset(content_type.unwrap_or_default());
    let mut draft = document(bytes, format, charset.as_deref(), url, options)?;
    draft.url = draft.url.take().or_else(|| Some(url.to_owned()));
    let path = url.split(['?', '#']).next().unwrap_or(url).trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or(path);
    let key = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let article = draft.finish(url, key.to_owned(), options);
    Ok(Article { path: None, ..article })
}

/// The feeds that a page names as other forms of itself, as a reader of feeds looks for them. None for
/// what is no page.
pub fn feeds_of_page(content_type: Option<&str>, bytes: &[u8]) -> PageFeeds {
    if decode::binary(bytes).is_some() {
        return PageFeeds::default();
    }
    let charset = archive::charset(content_type.unwrap_or_default());
    let declared = html::declared_encoding(bytes).or(charset);
    html::feeds(&decode::decode(bytes, declared.as_deref()).text)
}

/// Files of an archive that are read: those with an ending that says what they are.
fn is_read(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    let hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
    let readme = last.split('.').next().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"));
    !hidden && !readme && Format::of_name(last).is_some()
}

/// Files of a WACZ archive that hold what was crawled; the others are lists and indices.
fn is_crawl(name: &str) -> bool {
    name.starts_with("archive/") && is_read(name)
}

/// The archives that word processors and e-book makers write name their kind first.
fn is_office(head: &[u8]) -> bool {
    let name = head.get(30..).unwrap_or_default();
    name.starts_with(b"[Content_Types].xml")
        || name.starts_with(b"mimetype")
        || name.starts_with(b"_rels/")
}

/// The articles of a JSON document that is not in lines.
fn json_document(text: &str, file: &str, stem: &str, options: &Options) -> Vec<Found> {
    let records = json::records(text, file);
    let single = records.len() == 1;
    let read = |(number, record): (usize, Result<(serde_json::Value, u64), Failure>)| {
        let (value, line) = match record {
            Ok(record) => record,
            Err(failure) => return (Err(failure), None),
        };
        let key = if single { stem.to_owned() } else { format!("{stem}:{}", number + 1) };
        // A record within a document has no bytes of its own: it is written out again.
        let raw = options
            .keep_raw
            .then(|| Raw { bytes: value.to_string().into_bytes(), media: raw::JSON.to_owned() });
        let article =
            json::article(value, file, line, options).map(|draft| draft.finish(file, key, options));
        (article, raw)
    };
    records.into_iter().enumerate().map(read).collect()
}
