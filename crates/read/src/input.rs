//! Where the bytes come from.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek as _},
};

use crate::{failure::Failure, format::without_gz, unpack};

/// One input: a name and its bytes.
pub struct Input<'a> {
    name: String,
    bytes: Box<dyn BufRead + 'a>,
    /// Where in its file the first byte stands.
    offset: u64,
}

impl<'a> Input<'a> {
    /// An input under a name: a path as the user wrote it, or `-` for standard input.
    pub fn new(name: impl Into<String>, bytes: impl BufRead + 'a) -> Self {
        Self { name: name.into(), bytes: Box::new(bytes), offset: 0 }
    }

    /// Opens a file.
    ///
    /// # Errors
    ///
    /// [`Failure::Missing`], [`Failure::Folder`] or [`Failure::Unreadable`].
    pub fn open(path: &str) -> Result<Input<'static>, Failure> {
        let failed = |source: io::Error| {
            if source.kind() == io::ErrorKind::NotFound {
                Failure::Missing { file: path.to_owned() }
            } else {
                Failure::Unreadable { file: path.to_owned(), source }
            }
        };
        let file = File::open(path).map_err(failed)?;
        if file.metadata().map_err(failed)?.is_dir() {
            return Err(Failure::Folder { file: path.to_owned() });
        }
        Ok(Input::new(path, BufReader::with_capacity(64 * 1024, file)))
    }

    /// Opens a file at a byte that [`crate::Articles::position`] gave, to take up reading there.
    ///
    /// # Errors
    ///
    /// As [`Input::open`].
    pub fn open_at(path: &str, offset: u64) -> Result<Input<'static>, Failure> {
        if offset == 0 {
            return Self::open(path);
        }
        // The checks are those of opening it.
        drop(Self::open(path)?);
        let unreadable = |source| Failure::Unreadable { file: path.to_owned(), source };
        let mut file = File::open(path).map_err(unreadable)?;
        file.seek(io::SeekFrom::Start(offset)).map_err(unreadable)?;
        let input = Input::new(path, BufReader::with_capacity(64 * 1024, file));
        Ok(Input { offset, ..input })
    }

    /// Where in its file the first byte stands.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// What the input unpacks to, under its own name.
    pub(crate) fn unpacked(self) -> Self {
        Self { bytes: Box::new(unpack::unpacked(self.bytes)), ..self }
    }

    /// The name it was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name without folder and ending, under which its article goes.
    pub(crate) fn stem(&self) -> String {
        if self.name == "-" {
            return "stdin".to_owned();
        }
        let name = without_gz(&self.name);
        let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
        match last.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
            _ => last.to_owned(),
        }
    }

    /// The first bytes, and an input that still has them.
    ///
    /// # Errors
    ///
    /// [`Failure::Unreadable`].
    pub(crate) fn head(self, length: u64) -> Result<(Vec<u8>, Self), Failure> {
        let Self { name, mut bytes, offset } = self;
        let mut head = Vec::new();
        match (&mut bytes).take(length).read_to_end(&mut head) {
            Ok(_) => {
                let bytes = Box::new(io::Cursor::new(head.clone()).chain(bytes));
                Ok((head, Self { name, bytes, offset }))
            }
            Err(source) => Err(Failure::Unreadable { file: name, source }),
        }
    }

    /// All bytes, at most `limit` of them; nothing where there are more.
    ///
    /// # Errors
    ///
    /// [`Failure::Unreadable`].
    pub(crate) fn all(self, limit: u64) -> Result<Option<Vec<u8>>, Failure> {
        let mut all = Vec::new();
        match self.bytes.take(limit.saturating_add(1)).read_to_end(&mut all) {
            Ok(read) => Ok((read as u64 <= limit).then_some(all)),
            Err(source) => Err(Failure::Unreadable { file: self.name, source }),
        }
    }

    pub(crate) fn into_bytes(self) -> Box<dyn BufRead + 'a> {
        self.bytes
    }
}
