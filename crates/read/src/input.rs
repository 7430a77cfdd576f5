//! Where the bytes come from.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek as _},
    path::{Path, PathBuf},
};

use crate::{
    failure::Failure,
    format::unpacked_name,
    unpack::{self, Packing, zstd},
};

/// One input: a name and its bytes.
pub struct Input<'a> {
    name: String,
    bytes: Box<dyn BufRead + 'a>,
    taken_up: Option<TakenUp>,
    /// The file whose bytes these are, from the first one on.
    file: Option<PathBuf>,
}

/// What is known of an archive whose reading begins in its middle.
#[derive(Debug)]
pub(crate) struct TakenUp {
    /// Where in its file the first byte stands.
    pub(crate) offset: u64,
    /// How its records are packed.
    pub(crate) packing: Option<Packing>,
    /// The frame with the dictionary that the file begins with; empty where there is none.
    pub(crate) dictionary: Vec<u8>,
}

impl<'a> Input<'a> {
    /// An input under a name: a path as the user wrote it, or `-` for standard input.
    pub fn new(name: impl Into<String>, bytes: impl BufRead + 'a) -> Self {
        Self { name: name.into(), bytes: Box::new(bytes), taken_up: None, file: None }
    }

    /// Opens a file. Its name is the path, with a mark for what is no UTF-8 in it.
    ///
    /// # Errors
    ///
    /// [`Failure::Missing`], [`Failure::Folder`] or [`Failure::Unreadable`].
    pub fn open(path: impl AsRef<Path>) -> Result<Input<'static>, Failure> {
        let path = path.as_ref();
        let name = path.to_string_lossy();
        let failed = |source: io::Error| {
            if source.kind() == io::ErrorKind::NotFound {
                Failure::Missing { file: name.to_string() }
            } else {
                Failure::Unreadable { file: name.to_string(), source }
            }
        };
        let file = File::open(path).map_err(failed)?;
        if file.metadata().map_err(failed)?.is_dir() {
            return Err(Failure::Folder { file: name.into_owned() });
        }
        let input = Input::new(name.clone(), BufReader::with_capacity(64 * 1024, file));
        Ok(Input { file: Some(path.to_owned()), ..input })
    }

    /// Opens a file at a byte that [`crate::Articles::position`] gave, to take up reading there.
    ///
    /// # Errors
    ///
    /// As [`Input::open`].
    pub fn open_at(path: impl AsRef<Path>, offset: u64) -> Result<Input<'static>, Failure> {
        let path = path.as_ref();
        if offset == 0 {
            return Self::open(path);
        }
        // The checks are those of opening it.
        drop(Self::open(path)?);
        let name = path.to_string_lossy();
        let unreadable = |source| Failure::Unreadable { file: name.to_string(), source };
        let mut file = File::open(path).map_err(unreadable)?;
        let (packing, dictionary) = beginning(&mut file).map_err(unreadable)?;
        file.seek(io::SeekFrom::Start(offset)).map_err(unreadable)?;
        let input = Input::new(name.clone(), BufReader::with_capacity(64 * 1024, file));
        Ok(Input { taken_up: Some(TakenUp { offset, packing, dictionary }), ..input })
    }

    /// What is known of an archive that is taken up in its middle.
    pub(crate) fn taken_up(&mut self) -> Option<TakenUp> {
        self.taken_up.take()
    }

    /// True where reading begins in the middle of a file.
    pub(crate) fn is_taken_up(&self) -> bool {
        self.taken_up.is_some()
    }

    /// The file that can be read instead.
    #[cfg(feature = "parquet")]
    pub(crate) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// What the input unpacks to, under its own name.
    pub(crate) fn unpacked(self, packing: Packing) -> Self {
        Self { bytes: unpack::unpacked(packing, self.bytes), file: None, ..self }
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
        let name = unpacked_name(&self.name);
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
        let Self { name, mut bytes, taken_up, file } = self;
        let mut head = Vec::new();
        match (&mut bytes).take(length).read_to_end(&mut head) {
            Ok(_) => {
                let bytes = Box::new(io::Cursor::new(head.clone()).chain(bytes));
                Ok((head, Self { name, bytes, taken_up, file }))
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

/// How a file is packed, and the frame with the dictionary that it begins with, if it does.
fn beginning(file: &mut File) -> io::Result<(Option<Packing>, Vec<u8>)> {
    let mut frame = Vec::new();
    (&mut *file).take(8).read_to_end(&mut frame)?;
    let packing = Packing::of(&frame);
    let length = match zstd::length(&frame) {
        zstd::Length::Bytes(length) if frame.starts_with(zstd::DICTIONARY) => length,
        _ => 0,
    };
    if length == 0 || length > zstd::LONGEST_DICTIONARY {
        return Ok((packing, Vec::new()));
    }
    file.take(length as u64 - 8).read_to_end(&mut frame)?;
    Ok((packing, frame))
}
