//! What long archives are known by, so that a run that was stopped is taken up where it was.
//!
//! How far each was read stands in the ledger, with the articles before that place.

use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom},
    path::Path,
};

use sha2::{Digest as _, Sha256};

/// Bytes at either end of an archive that it is known by: its first records and its last ones.
const END: u64 = 64 << 10;

/// Archives, as one run reads them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Places {
    with_evidence: bool,
}

impl Places {
    /// Of a run that keeps evidence, or keeps none: what was read without any is not passed over by a
    /// run that wants it.
    pub(crate) fn new(with_evidence: bool) -> Self {
        Self { with_evidence }
    }

    /// What an archive is known by: a hash of its length and its ends, whatever its name. Nothing where
    /// it is no file that can be read twice.
    pub(crate) fn known_by(self, archive: &Path) -> Option<String> {
        self.hash(archive).ok()
    }

    fn hash(self, archive: &Path) -> io::Result<String> {
        let mut file = File::open(archive)?;
        let about = file.metadata()?;
        if !about.is_file() {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let length = about.len();
        let mut hash = Sha256::new();
        hash.update([u8::from(self.with_evidence)]);
        hash.update(length.to_le_bytes());
        io::copy(&mut (&mut file).take(END), &mut hash)?;
        file.seek(SeekFrom::Start(length.saturating_sub(END)))?;
        io::copy(&mut file.take(END), &mut hash)?;
        Ok(format!("{:x}", hash.finalize()))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn an_archive_is_known_by_its_ends_and_not_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            path
        };
        let long = vec![b'x'; 200_000];
        let mut other_end = long.clone();
        other_end[199_999] = b'y';
        let of = |name: &str, bytes: &[u8]| Places::new(true).known_by(&file(name, bytes)).unwrap();
        let one = of("a.warc", &long);
        assert_eq!(one, of("b.warc", &long));
        assert_ne!(one, of("a.warc", &other_end));
        assert_ne!(one, of("a.warc", &long[1..]));
        assert_ne!(Some(one), Places::new(false).known_by(&file("a.warc", &long)));
        assert_eq!(Places::new(true).known_by(folder.path()), None);
        assert_eq!(Places::new(true).known_by(&folder.path().join("none")), None);
        assert!(Places::new(true).known_by(&file("short", b"abc")).is_some());
    }
}
