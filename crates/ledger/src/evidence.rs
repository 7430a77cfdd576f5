//! The bytes that articles were read from, compressed, in a folder beside the ledger.
//!
//! `sayso.db.evidence/ab/abcdef….gz` is what hashes (SHA-256, unpacked) to `abcdef…`, so that two
//! articles of one file share it and any tool can check it (`zcat FILE | sha256sum`).
//!
//! **Why files and not rows.** A ledger stays small enough to copy and to search when the pages of
//! a million articles lie beside it; and a file that is damaged costs one article's evidence.
//!
//! **Why it is safe to stop at any moment.** A file is written under another name, forced to the
//! disk and then renamed, its folder is forced there too, and only then its row follows: also where
//! the power fails, no row names a file that is not there. The row comes in the transaction of its
//! article ([`Ledger::take`]), so that both are there or neither. A run that is killed before leaves a file
//! without a row, which the next adding of the same bytes takes up and [`Ledger::verify`] lists. Two
//! processes that keep the same bytes write the same file.
//!
//! **Why in batches.** A disk takes some 4 ms for each file that is forced to it, one after the other,
//! and some 0.7 ms where eight are asked for side by side.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsStr,
    fs, io,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    thread,
};

use flate2::{Compression, read::MultiGzDecoder, write::GzEncoder};
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::{
    Ledger, Problem,
    error::{Fault, LedgerError, Result},
};

/// A tenth more bytes than the usual level 6, in less than half the time (160 pages, 40 MB: 9.1 MB in
/// 0.5 s, 8.3 MB in 1.3 s).
const LEVEL: Compression = Compression::new(2);

/// Bytes ready to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    sha256: String,
    media: String,
    length: u64,
    gzip: Vec<u8>,
}

impl Packed {
    /// Hashes and compresses; `media` is what the bytes are, as in `Content-Type`. Pure.
    pub fn new(bytes: &[u8], media: &str) -> Self {
        let mut packer = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), LEVEL);
        // Writing to memory does not fail; were it to, the file would not fit its hash.
        let gzip = packer.write_all(bytes).and_then(|()| packer.finish()).unwrap_or_default();
        let length = bytes.len() as u64;
        Self { sha256: hash(bytes), media: media.to_owned(), length, gzip }
    }

    /// SHA-256 of the bytes, in hex.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}

/// Bytes to keep of a known article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keep {
    /// Its id.
    pub article: String,
    /// Its bytes.
    pub packed: Packed,
    /// The file or address where they were found.
    pub origin: Option<String>,
    /// The text was known before. Its bytes are then kept only where the article has no evidence
    /// yet: pages change with every visit around a text that does not. A file that is missing is
    /// written again in any case.
    pub again: bool,
}

/// What is kept of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// SHA-256 of the bytes, in hex.
    pub sha256: String,
    /// What they are, as in `Content-Type`.
    pub media: String,
    /// How many they are.
    pub length: u64,
    /// The file or address where they were found.
    pub origin: Option<String>,
    /// When they were found (RFC 3339).
    pub added_at: String,
}

impl Ledger {
    /// The folder of the evidence, beside the ledger's file: whatever link led to that file.
    pub fn evidence_folder(&self) -> PathBuf {
        let mut folder = self.file.as_os_str().to_owned();
        folder.push(".evidence");
        folder.into()
    }

    /// Keeps the bytes that known articles were read from, and says how many were not kept before.
    ///
    /// # Errors
    /// [`LedgerError::Evidence`] where the folder cannot be written, [`LedgerError::NotFound`] for
    /// an article that the ledger does not have. No row was added then.
    pub fn keep(&mut self, batch: &[Keep], at: &str) -> Result<usize> {
        let folder = self.evidence_folder();
        self.write(|transaction| keep(transaction, &folder, batch, at))
    }

    /// What is kept of an article, the oldest first.
    ///
    /// # Errors
    /// [`LedgerError::Corrupt`], [`LedgerError::Locked`].
    pub fn evidence_of(&self, article: &str) -> Result<Vec<Evidence>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT e.sha256, e.media, e.length, e.origin, e.added_at FROM evidence e
                 JOIN articles a ON a.seq = e.article WHERE a.id = ?1 ORDER BY e.seq",
            )?;
            let rows = select.query_map([article], |row| {
                Ok(Evidence {
                    sha256: row.get(0)?,
                    media: row.get(1)?,
                    length: row.get::<_, i64>(2)?.unsigned_abs(),
                    origin: row.get(3)?,
                    added_at: row.get(4)?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The bytes of a piece of evidence, unpacked and checked.
    ///
    /// # Errors
    /// [`LedgerError::Evidence`] where the file is missing or is not what was kept.
    pub fn evidence_bytes(&self, evidence: &Evidence) -> Result<Vec<u8>> {
        let path = file(&self.evidence_folder(), &evidence.sha256);
        unpacked(&path, evidence.length)
            .and_then(|bytes| {
                let same = hash(&bytes) == evidence.sha256;
                same.then_some(bytes).ok_or_else(|| io::Error::other("its hash differs"))
            })
            .map_err(|source| LedgerError::Evidence { path, source })
    }
}

/// Writes the files of a batch, forces them to the disk, and enters their rows; how many.
pub(crate) fn keep(
    connection: &Connection,
    folder: &Path,
    batch: &[Keep],
    at: &str,
) -> Result<usize, Fault> {
    let mut given = BTreeSet::new();
    let mut files: BTreeMap<PathBuf, &Packed> = BTreeMap::new();
    let mut rows: Vec<(i64, &Keep)> = Vec::new();
    let mut folders = BTreeSet::new();
    for keep in batch {
        let sha256 = &keep.packed.sha256;
        let known = known(connection, &keep.article, sha256)?;
        let same = known.same || given.contains(&(known.article, sha256.as_str()));
        let any =
            known.any || given.range((known.article, "")..(known.article + 1, "")).next().is_some();
        let needless = keep.again && any;
        if same || !needless {
            files.insert(file(folder, sha256), &keep.packed);
        }
        if !(same || needless) {
            given.insert((known.article, sha256.as_str()));
            folders.extend(file(folder, sha256).parent().map(Path::to_owned));
            rows.push((known.article, keep));
        }
    }
    side_by_side(files.iter(), |(file, packed)| {
        write(file, &packed.gzip)
            .map_err(|source| LedgerError::Evidence { path: file.clone(), source })
    })?;
    if rows.is_empty() {
        return Ok(0);
    }
    // The names too: of the files in their folders, of these in theirs, and its own.
    folders.extend(folder.parent().map(Path::to_owned));
    folders.insert(folder.to_owned());
    side_by_side(folders.iter(), |folder| {
        sync(folder).map_err(|source| LedgerError::Evidence { path: folder.clone(), source })
    })?;
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO evidence (article, sha256, media, length, origin, added_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (article, Keep { packed, origin, .. }) in &rows {
        let length = i64::try_from(packed.length).unwrap_or(i64::MAX);
        insert.execute(params![article, packed.sha256, packed.media, length, origin, at])?;
    }
    Ok(rows.len())
}

/// What is kept already.
struct Known {
    article: i64,
    same: bool,
    any: bool,
}

fn known(connection: &Connection, article: &str, sha256: &str) -> Result<Known, Fault> {
    connection
        .prepare_cached(
            "SELECT a.seq, EXISTS (SELECT 1 FROM evidence e WHERE e.article = a.seq AND e.sha256 = ?2),
               EXISTS (SELECT 1 FROM evidence e WHERE e.article = a.seq)
             FROM articles a WHERE a.id = ?1",
        )?
        .query_row([article, sha256], |row| {
            Ok(Known { article: row.get(0)?, same: row.get(1)?, any: row.get(2)? })
        })
        .optional()?
        .ok_or_else(|| LedgerError::NotFound { what: "article", id: article.to_owned() }.into())
}

fn hash(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

pub(crate) fn file(folder: &Path, sha256: &str) -> PathBuf {
    folder.join(sha256.get(..2).unwrap_or("00")).join(format!("{sha256}.gz"))
}

/// Files that are forced to the disk side by side.
const SIDE_BY_SIDE: usize = 8;

/// Does something with each, several at a time.
fn side_by_side<T: Send>(
    items: impl Iterator<Item = T>,
    work: impl Fn(T) -> Result<()> + Sync,
) -> Result<()> {
    let items: Vec<T> = items.collect();
    let threads = items.len().min(SIDE_BY_SIDE);
    if threads < 2 {
        return items.into_iter().try_for_each(work);
    }
    let rest = Mutex::new(items);
    let one_by_one = || {
        loop {
            let next = rest.lock().unwrap_or_else(PoisonError::into_inner).pop();
            match next {
                Some(item) => work(item)?,
                None => return Ok(()),
            }
        }
    };
    thread::scope(|scope| {
        let hands: Vec<_> = (0..threads).map(|_| scope.spawn(one_by_one)).collect();
        hands.into_iter().try_for_each(|hand| {
            hand.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    })
}

/// Writes a file whole or not at all. What is there under the name is the same already, unless it was
/// damaged: then it is mended.
///
/// It is written beside, under a name of its own that is locked meanwhile: what a run that was killed
/// left there is written over by the next that keeps the same bytes.
fn write(file: &Path, packed: &[u8]) -> io::Result<()> {
    let is_there = || {
        file.metadata().is_ok_and(|there| there.len() == packed.len() as u64)
            && fs::read(file).is_ok_and(|there| there == packed)
    };
    if is_there() {
        return Ok(());
    }
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let name = file.file_name().and_then(OsStr::to_str).unwrap_or_default();
    let fresh = folder.join(format!(".{name}.new"));
    let mut to = fs::File::options().create(true).truncate(false).write(true).open(&fresh)?;
    // Where a file system has no locks, two runs that keep the same bytes at once write the same.
    to.lock().or_else(|error| match error.kind() {
        io::ErrorKind::Unsupported => Ok(()),
        _ => Err(error),
    })?;
    if is_there() {
        // Another has just kept it: what was opened is its file, or one that is empty and needless.
        let _ = fs::remove_file(&fresh);
        return Ok(());
    }
    let written = to
        .set_len(0)
        .and_then(|()| to.write_all(packed))
        .and_then(|()| to.sync_all())
        .and_then(|()| fs::rename(&fresh, file));
    if written.is_err() {
        // What is half written helps nobody; that it cannot be removed changes nothing.
        let _ = fs::remove_file(&fresh);
    }
    written
}

/// Forces a file and its name to the disk, where it is there.
pub(crate) fn forced(file: &Path) -> io::Result<()> {
    match fs::File::options().write(true).open(file) {
        Ok(open) => open.sync_all()?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    }
    file.parent().map_or(Ok(()), sync)
}

/// Forces the names in a folder to the disk.
#[cfg(unix)]
fn sync(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    fs::File::open(folder)?.sync_all()
}

/// Windows opens no folders; there a rename is in the file system's own journal.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "it stands for one that can fail")]
fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}

/// What a file unpacks to, at most one byte more than it should.
fn unpacked(file: &Path, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let packed = io::BufReader::new(fs::File::open(file)?);
    MultiGzDecoder::new(packed).take(length.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Evidence that is missing, altered, or nobody's. Files are listed before rows are read, since a
/// process that adds at this moment writes the file first.
pub(crate) fn verify(
    connection: &Connection,
    folder: &Path,
    problems: &mut Vec<Problem>,
) -> Result<(), Fault> {
    let mut files = listed(folder);
    let mut select = connection.prepare(
        "SELECT e.sha256, e.length, a.id, e.origin FROM evidence e
         JOIN articles a ON a.seq = e.article ORDER BY e.seq",
    )?;
    let mut rows = select.query([])?;
    let there = folder.is_dir();
    let (mut seen, mut lost) = (BTreeSet::new(), 0_u64);
    while let Some(row) = rows.next()? {
        let (sha256, length): (String, i64) = (row.get(0)?, row.get(1)?);
        let (article, origin): (String, Option<String>) = (row.get(2)?, row.get(3)?);
        let path = file(folder, &sha256);
        files.remove(&path);
        if !there {
            lost += 1;
            continue;
        }
        if !seen.insert(sha256.clone()) {
            continue;
        }
        let source = origin.unwrap_or_else(|| "its source".to_owned());
        let article = article.get(..12).unwrap_or(&article);
        let again = format!("add {source} again (evidence of article {article})");
        let message = match unpacked(&path, length.unsigned_abs()) {
            Ok(bytes) if hash(&bytes) == sha256 => continue,
            Ok(_) => {
                format!(
                    "This is not what was kept: its hash differs. Move it elsewhere and {again}."
                )
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                format!("The file is missing. Put it back from a copy, or {again}.")
            }
            Err(error) => {
                format!("It cannot be unpacked ({error}). Move it elsewhere and {again}.")
            }
        };
        problems.push(Problem { record: path.display().to_string(), message });
    }
    if lost > 0 {
        let message = format!(
            "The folder is missing, with the evidence of so many articles: {lost}. Move it here from where \
             the ledger was."
        );
        problems.push(Problem { record: folder.display().to_string(), message });
    }
    for path in files {
        let message = if path.extension() == Some(OsStr::new("new")) {
            "A run was stopped while it wrote this, before its article was in the ledger. Adding its source \
             again completes it."
        } else {
            "No article of this ledger refers to this file, which may be the only copy of what was read. \
             Add its source again, or this file itself (it is packed with gzip)."
        };
        problems.push(Problem { record: path.display().to_string(), message: message.to_owned() });
    }
    Ok(())
}

/// The files of the folder, in order.
fn listed(folder: &Path) -> BTreeSet<PathBuf> {
    let entries = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten();
    entries(folder)
        .filter(|entry| entry.path().is_dir())
        .flat_map(|entry| entries(&entry.path()).map(|file| file.path()).collect::<Vec<_>>())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_keeps_every_byte_and_is_the_same_each_time() {
        let bytes = b"<p>The dam will hold.</p>".repeat(100);
        let packed = Packed::new(&bytes, "text/html");
        assert_eq!(packed, Packed::new(&bytes, "text/html"));
        assert!(packed.gzip.len() < bytes.len() / 4);
        let folder = tempfile::tempdir().unwrap();
        let file = file(folder.path(), packed.sha256());
        write(&file, &packed.gzip).unwrap();
        write(&file, &packed.gzip).unwrap();
        assert_eq!(unpacked(&file, packed.length).unwrap(), bytes);
        assert_eq!(listed(folder.path()).len(), 1);
        // Damage that the length does not show is mended as well.
        fs::write(&file, vec![0; packed.gzip.len()]).unwrap();
        write(&file, &packed.gzip).unwrap();
        assert_eq!(unpacked(&file, packed.length).unwrap(), bytes);
    }

    #[test]
    fn what_a_killed_run_left_is_written_over_and_many_may_keep_the_same() {
        let bytes = b"<p>The dam will hold.</p>".repeat(9_000);
        let packed = Packed::new(&bytes, "text/html");
        let folder = tempfile::tempdir().unwrap();
        let file = file(folder.path(), packed.sha256());
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        let left = format!(".{}.gz.new", packed.sha256());
        fs::write(file.with_file_name(left), vec![7; packed.gzip.len() + 1]).unwrap();
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| write(&file, &packed.gzip).unwrap());
            }
        });
        assert_eq!(unpacked(&file, packed.length).unwrap(), bytes);
        assert_eq!(listed(folder.path()).len(), 1);
    }
}
