//! Tables in Parquet files.

use std::{fs::File, io::Write};

use arrow_array::RecordBatch;
use parquet::{
    arrow::{ArrowWriter, arrow_reader::ParquetRecordBatchReaderBuilder},
    basic::Compression,
    file::properties::WriterProperties,
};

use crate::{Row, TableError, row, schema};

/// Rows of a file that are unpacked at a time.
const AT_A_TIME: usize = 512;

/// Writes one file, batch by batch. What is written is the same for the same rows in the same batches.
pub struct Writer<W: Write + Send>(ArrowWriter<W>);

impl<W: Write + Send> Writer<W> {
    /// A file with nothing in it yet. Packed with Snappy, which every reader has.
    ///
    /// # Errors
    /// [`TableError::Parquet`].
    pub fn new(to: W) -> Result<Self, TableError> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by("sayso".to_owned())
            .build();
        Ok(Self(ArrowWriter::try_new(to, schema(), Some(properties))?))
    }

    /// Writes some rows.
    ///
    /// # Errors
    /// [`TableError::Records`], [`TableError::Parquet`].
    pub fn push(&mut self, rows: &[Row<'_>]) -> Result<(), TableError> {
        Ok(self.0.write(&row::table(rows)?)?)
    }

    /// Ends the file; what it was written to comes back.
    ///
    /// # Errors
    /// [`TableError::Parquet`].
    pub fn finish(self) -> Result<W, TableError> {
        Ok(self.0.into_inner()?)
    }
}

/// The tables of a file, some hundred rows each.
///
/// # Errors
/// [`TableError::Parquet`] for what is no Parquet file; the iterator gives what fails later.
pub fn read(
    file: File,
) -> Result<impl Iterator<Item = Result<RecordBatch, TableError>>, TableError> {
    let reader =
        ParquetRecordBatchReaderBuilder::try_new(file)?.with_batch_size(AT_A_TIME).build()?;
    Ok(reader.map(|batch| Ok(batch?)))
}
