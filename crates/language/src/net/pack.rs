//! The packed file of weights: a header, then named parts. `train/pack.py` writes it.
//!
//! Layout, little endian: magic `sayso\0W\x01` (the last byte is the version), u64 FNV-1a of all
//! that follows, u32 number of parts, then per part: u8 length of the name, the name, u8 kind,
//! u32 rows, u32 columns, payload. Kind 0: f32 values. Kind 1: an f32 scale per row, then i8
//! values. Kind 2: lines of text; `columns` counts bytes.
//!
//! A part is named `<model>/<tensor>`, so that one file holds several models over one encoder.

use std::collections::BTreeMap;

use ndarray::{Array1, Array2};

const MAGIC: &[u8; 8] = b"sayso\0W\x01";

/// What can be wrong with a file of weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackError {
    /// The file does not begin with the magic of this version.
    Magic,
    /// The file ends inside a part.
    Short,
    /// A name or a text is not UTF-8.
    Text,
    /// The checksum differs: the file was damaged.
    Checksum,
    /// A part is missing or has another kind or shape than the model needs.
    Part(String),
    /// Weights whose products with bytes could overflow sixteen bits.
    Overflow(String),
}

impl std::fmt::Display for PackError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Magic => write!(f, "the file of weights does not begin as version 1 does"),
            Self::Short => write!(f, "the file of weights ends too early"),
            Self::Text => write!(f, "the file of weights holds text that is not UTF-8"),
            Self::Checksum => write!(f, "the file of weights is damaged: its checksum differs"),
            Self::Part(name) => write!(f, "the file of weights lacks a fitting part: {name}"),
            Self::Overflow(name) => {
                write!(f, "weights of {name} are too great for sums that all machines share")
            }
        }
    }
}

impl std::error::Error for PackError {}

/// A file of weights, its payloads still packed.
#[derive(Debug)]
pub struct Pack<'a> {
    bytes: &'a [u8],
    parts: BTreeMap<&'a str, Part<'a>>,
}

#[derive(Debug, Clone, Copy)]
struct Part<'a> {
    kind: u8,
    rows: usize,
    columns: usize,
    payload: &'a [u8],
}

/// A table of rows of i8 with a scale each, read row by row at look-up.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    scales: &'a [u8],
    values: &'a [u8],
    /// Numbers in a row.
    pub columns: usize,
    /// Rows.
    pub rows: usize,
}

impl Table<'_> {
    /// The scale of each row.
    pub(super) fn scales(&self) -> impl Iterator<Item = f32> {
        self.scales.chunks_exact(4).map(f32_of)
    }

    /// All rows, one after another; a number is its row's scale times its value.
    pub(super) fn values(&self) -> impl Iterator<Item = i8> {
        self.values.iter().map(|v| v.cast_signed())
    }

    /// Adds `factor` times a row to `out`. A row that the table lacks adds nothing.
    pub fn add(&self, row: usize, factor: f32, out: &mut [f32]) {
        let Some(scale) = self.scales.get(row * 4..row * 4 + 4) else { return };
        let scale = factor * f32_of(scale);
        let Some(values) = self.values.get(row * self.columns..(row + 1) * self.columns) else {
            return;
        };
        for (o, &v) in out.iter_mut().zip(values) {
            *o += scale * f32::from(v.cast_signed());
        }
    }
}

impl<'a> Pack<'a> {
    /// Reads the header and finds the parts; payloads are not copied.
    ///
    /// # Errors
    /// When the bytes are not a file of this version. The checksum is not looked at (it costs more
    /// than all the rest of loading): see [`Pack::verify`].
    pub fn new(bytes: &'a [u8]) -> Result<Self, PackError> {
        let mut rest = bytes.strip_prefix(MAGIC).ok_or(PackError::Magic)?;
        take(&mut rest, 8)?;
        let count = number(&mut rest)?;
        let mut parts = BTreeMap::new();
        for _ in 0..count {
            let length = take(&mut rest, 1)?.first().copied().unwrap_or_default();
            let name = std::str::from_utf8(take(&mut rest, usize::from(length))?)
                .map_err(|_| PackError::Text)?;
            let kind = take(&mut rest, 1)?.first().copied().unwrap_or_default();
            let (rows, columns) = (number(&mut rest)?, number(&mut rest)?);
            let values = rows.checked_mul(columns).ok_or(PackError::Short)?;
            let size = match kind {
                0 => values.checked_mul(4),
                1 => rows.checked_mul(4).and_then(|n| n.checked_add(values)),
                2 => Some(columns),
                _ => return Err(PackError::Part(name.to_owned())),
            };
            let payload = take(&mut rest, size.ok_or(PackError::Short)?)?;
            parts.insert(name, Part { kind, rows, columns, payload });
        }
        Ok(Self { bytes, parts })
    }

    /// Compares the checksum.
    ///
    /// # Errors
    /// [`PackError::Checksum`] when the bytes are not those that were written.
    pub fn verify(&self) -> Result<(), PackError> {
        // `new` has seen sixteen bytes.
        let (head, body) = self.bytes.split_at_checked(16).ok_or(PackError::Short)?;
        let written = head.get(8..).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes);
        if written == Some(super::features::fnv1a64(body)) {
            Ok(())
        } else {
            Err(PackError::Checksum)
        }
    }

    fn part(&self, name: &str, kind: u8) -> Result<Part<'a>, PackError> {
        self.parts
            .get(name)
            .filter(|p| p.kind == kind)
            .copied()
            .ok_or_else(|| PackError::Part(name.to_owned()))
    }

    /// The lines of a text.
    ///
    /// # Errors
    /// When the part is missing or not text.
    pub fn lines(&self, name: &str) -> Result<Vec<&'a str>, PackError> {
        let text = std::str::from_utf8(self.part(name, 2)?.payload).map_err(|_| PackError::Text)?;
        Ok(text.split_terminator('\n').collect())
    }

    /// A table for look-ups.
    ///
    /// # Errors
    /// When the part is missing or not int8.
    pub fn table(&self, name: &str) -> Result<Table<'a>, PackError> {
        let p = self.part(name, 1)?;
        let (scales, values) = p.payload.split_at(p.rows * 4);
        Ok(Table { scales, values, columns: p.columns, rows: p.rows })
    }

    /// A vector in full precision.
    ///
    /// # Errors
    /// When the part is missing or not f32.
    pub fn vector(&self, name: &str) -> Result<Array1<f32>, PackError> {
        Ok(self.part(name, 0)?.payload.chunks_exact(4).map(f32_of).collect())
    }

    /// Rows in full precision.
    ///
    /// # Errors
    /// When the part is missing or not f32.
    pub fn rows(&self, name: &str) -> Result<Array2<f32>, PackError> {
        let p = self.part(name, 0)?;
        Array2::from_shape_vec((p.rows, p.columns), self.vector(name)?.to_vec())
            .map_err(|_| PackError::Part(name.to_owned()))
    }

    /// An int8 matrix as f32, as it was written.
    ///
    /// # Errors
    /// When the part is missing or not int8.
    pub fn matrix(&self, name: &str) -> Result<Array2<f32>, PackError> {
        let t = self.table(name)?;
        let mut out = Array2::zeros((t.rows, t.columns));
        for (i, mut row) in out.rows_mut().into_iter().enumerate() {
            if let Some(row) = row.as_slice_mut() {
                t.add(i, 1.0, row);
            }
        }
        Ok(out)
    }
}

fn take<'a>(rest: &mut &'a [u8], n: usize) -> Result<&'a [u8], PackError> {
    let (head, tail) = rest.split_at_checked(n).ok_or(PackError::Short)?;
    *rest = tail;
    Ok(head)
}

fn number(rest: &mut &[u8]) -> Result<usize, PackError> {
    let b = take(rest, 4)?.try_into().map_err(|_| PackError::Short)?;
    Ok(u32::from_le_bytes(b) as usize)
}

fn f32_of(bytes: &[u8]) -> f32 {
    bytes.try_into().map_or(0.0, f32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cut_of_a_file_is_an_error_and_no_panic() {
        let bytes = &super::super::WEIGHTS[..40_000];
        for n in (0..400).chain((400..bytes.len()).step_by(997)) {
            assert!(Pack::new(&bytes[..n]).is_err());
        }
    }

    #[test]
    fn a_changed_byte_is_noticed() {
        let mut bytes = super::super::WEIGHTS.to_vec();
        assert_eq!(Pack::new(&bytes).map(|p| p.verify()), Ok(Ok(())));
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        assert_eq!(Pack::new(&bytes).map(|p| p.verify()), Ok(Err(PackError::Checksum)));
    }
}
