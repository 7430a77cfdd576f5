//! Records as Arrow tables, and back.
//!
//! One table has everything that was read, a row a thing: the column `row` says what sort a row is.
//! A *statement* has the columns of the record (`speaker`, `certainty`, …, nested as in JSON), an *article* its
//! text and what is known of its publication, and a *problem* says why an input gave no article. So a table can
//! be cut, shuffled and joined again by any engine, and nothing of it is lost: [`unpacked`] reads it back.
//!
//! **Why one table and not three.** A function that an engine maps over batches gives one table. Whoever wants
//! statements alone says `row = 'statement'`; a reader of columns then skips the texts.
//!
//! **Why `serde_arrow` and not builders by hand.** Columns follow from the same derives as JSON does, so that
//! a field of the record cannot be spelled or filled otherwise here. The schema alone is written down
//! ([`schema`]), since it is a contract; a test holds it to the record.
//!
//! **Types** are those that Spark, `DuckDB`, `Polars` and `pandas` all take: strings are `utf8`, offsets and
//! numbers `int32` (Spark has no unsigned ones), days `date32`, ranges `float64`. No dictionaries.

mod back;
mod columns;
mod row;

#[cfg(feature = "parquet")]
mod file;

pub use back::{Unpacked, fitted, unpacked};
pub use columns::{bearing_schema, schema};
#[cfg(feature = "parquet")]
pub use file::{Writer, read};
pub use row::{Row, bearings, table};

/// Version of the columns, in the metadata of each table under `sayso.columns`. It grows when a column
/// changes its meaning or goes, never when one is added.
pub const COLUMNS: u32 = 1;

/// Why there is no table.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// Records that do not fit the columns.
    #[error("The records do not fit the columns: {0}")]
    Records(#[from] serde_arrow::Error),
    /// A table that is not one of records.
    #[error("The table is not one of statements: {0}")]
    Columns(String),
    /// What Arrow says.
    #[error("The table cannot be read: {0}")]
    Arrow(#[from] arrow_schema::ArrowError),
    /// What the reader or writer of Parquet says.
    #[cfg(feature = "parquet")]
    #[error("The Parquet file cannot be read or written: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
}

#[cfg(test)]
mod tests;
