//! How far each long archive was read, kept in a file beside the ledger, so that a run that was
//! killed is taken up where it was.
//!
//! A place is written after everything before it is in the ledger. What was added between the last
//! place and the end of the run is read once more and known already: nothing is lost, and nothing is
//! there twice.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

/// The places of archives that were not read to their end.
#[derive(Debug)]
pub(crate) struct Places {
    file: PathBuf,
    known: BTreeMap<String, Place>,
}

/// How far one archive was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    /// Bytes of the archive; another length is another archive.
    length: u64,
    /// The byte from which reading goes on.
    at: u64,
}

impl Places {
    /// The places kept beside a ledger. What cannot be read is as good as none: the archive is then
    /// read from its beginning.
    pub(crate) fn beside(ledger: &Path) -> Self {
        let mut file = ledger.as_os_str().to_owned();
        file.push(".reading");
        let file = PathBuf::from(file);
        let known = fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self { file, known: known.unwrap_or_default() }
    }

    /// The byte from which an archive is to be read on, where it was begun.
    pub(crate) fn of(&self, archive: &Path) -> Option<u64> {
        let place = self.known.get(&name(archive))?;
        (fs::metadata(archive).ok()?.len() == place.length).then_some(place.at)
    }

    /// Notes how far an archive was read; `None` is its end.
    ///
    /// # Errors
    /// Where the file beside the ledger cannot be written.
    pub(crate) fn reached(&mut self, archive: &Path, at: Option<u64>) -> io::Result<()> {
        match at {
            Some(at) => {
                let length = fs::metadata(archive)?.len();
                self.known.insert(name(archive), Place { length, at });
            }
            None if self.known.remove(&name(archive)).is_none() => return Ok(()),
            None => {}
        }
        if self.known.is_empty() {
            return fs::remove_file(&self.file);
        }
        // Written whole under another name first: a run killed here leaves the old one.
        let mut fresh = self.file.as_os_str().to_owned();
        fresh.push(".new");
        fs::write(&fresh, serde_json::to_vec(&self.known)?)?;
        fs::rename(&fresh, &self.file)
    }
}

/// The archive's name in the file: its full path, since runs start in different folders.
fn name(archive: &Path) -> String {
    let full = fs::canonicalize(archive);
    full.as_deref().unwrap_or(archive).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_kept_until_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let (ledger, archive) = (folder.path().join("a.db"), folder.path().join("a.warc"));
        fs::write(&archive, "12345").unwrap();
        let mut places = Places::beside(&ledger);
        assert_eq!(places.of(&archive), None);
        places.reached(&archive, Some(3)).unwrap();
        assert_eq!(Places::beside(&ledger).of(&archive), Some(3));
        // Another archive under the name is read from its beginning.
        fs::write(&archive, "123456").unwrap();
        assert_eq!(places.of(&archive), None);
        places.reached(&archive, None).unwrap();
        places.reached(&archive, None).unwrap();
        assert!(!folder.path().join("a.db.reading").exists());
    }
}
