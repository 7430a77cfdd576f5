//! Parquet tables: one article a row, columns under the names that JSON records have.
//!
//! Only the columns that tell something of an article are read. What is packed with a codec that is
//! C inside (Zstandard) or heavy (Brotli) is told as such. Each page of a column is unpacked as a
//! whole; that a file does not lie about how long its pages are is checked by its own table of
//! contents only.

use std::{
    fs::File,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use jiff::{Span, Timestamp, civil::Date};
use parquet::{
    errors::ParquetError,
    file::{reader::FileReader, serialized_reader::SerializedFileReader},
    record::{Field, Row, reader::RowIter},
    schema::types::Type,
};
use sayso_model::Article;
use serde_json::{Map, Value};

use crate::{
    Input, Options, Raw,
    failure::{Failure, Size},
    json, raw,
};

/// Rows that are unpacked at a time.
const AT_A_TIME: usize = 64;
/// Bytes that the columns of one group of rows may unpack to, as documents: a group is often all of
/// a file.
const DOCUMENTS: u64 = 64;

/// The articles of a table, in the order of its rows.
pub(crate) struct Table {
    rows: RowIter<'static>,
    file: String,
    stem: String,
    options: Options,
    number: u64,
    ended: bool,
    raw: Option<Raw>,
}

impl Table {
    /// Opens a table. A file is read where it lies; what comes from elsewhere is held in memory, up to
    /// `limit` bytes.
    ///
    /// # Errors
    /// [`Failure::Table`] for what is none or has no column of texts, [`Failure::TooLong`].
    pub(crate) fn open(input: Input<'_>, limit: u64, options: &Options) -> Result<Self, Failure> {
        let (file, stem) = (input.name().to_owned(), input.stem());
        let failed = |reason: String| Failure::Table { file: file.clone(), row: None, reason };
        let reader: Box<dyn FileReader> = if let Some(path) = input.file() {
            let opened = File::open(path)
                .map_err(|source| Failure::Unreadable { file: file.clone(), source })?;
            Box::new(guarded(|| SerializedFileReader::new(opened)).map_err(failed)?)
        } else {
            let Some(bytes) = input.all(limit)? else {
                return Err(Failure::TooLong { file, limit: Size(limit) });
            };
            Box::new(
                guarded(|| SerializedFileReader::new(bytes::Bytes::from(bytes))).map_err(failed)?,
            )
        };
        let most = options.document_limit.saturating_mul(DOCUMENTS);
        let rows = guarded(|| rows(reader, most)).map_err(failed)?;
        let options = options.clone();
        Ok(Self { rows, file, stem, options, number: 0, ended: false, raw: None })
    }

    /// The fields of the last article's row, once, where rows are kept.
    pub(crate) fn take_raw(&mut self) -> Option<Raw> {
        self.raw.take()
    }
}

impl Iterator for Table {
    type Item = Result<Article, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let row = guarded(|| self.rows.next().transpose());
        self.number += 1;
        let failed =
            |reason| Failure::Table { file: self.file.clone(), row: Some(self.number), reason };
        let row = match row {
            Ok(Some(row)) => row,
            Ok(None) => {
                self.ended = true;
                return None;
            }
            Err(reason) => {
                // Where the next row would begin is not known.
                self.ended = true;
                return Some(Err(failed(reason)));
            }
        };
        let record = object(row);
        self.raw = self
            .options
            .keep_raw
            .then(|| Raw { bytes: record.to_string().into_bytes(), media: raw::JSON.to_owned() });
        let key = format!("{}:{}", self.stem, self.number);
        Some(match json::article(record, &self.file, self.number, &self.options) {
            Ok(draft) => Ok(draft.finish(&self.file, key, &self.options)),
            Err(Failure::NotArticle { reason, .. }) => Err(failed(reason)),
            Err(_) => Err(failed("it has no body text".to_owned())),
        })
    }
}

/// The rows of a table, with the columns of which something is known.
fn rows(reader: Box<dyn FileReader>, most: u64) -> Result<RowIter<'static>, ParquetError> {
    let about = reader.metadata();
    let schema = about.file_metadata().schema();
    let known = |column: &&Arc<Type>| json::known(column.name()).is_some();
    let columns: Vec<Arc<Type>> = schema.get_fields().iter().filter(known).cloned().collect();
    if !columns.iter().any(|column| json::is_text(column.name())) {
        return Err(ParquetError::General(format!("no column is named {}", json::texts())));
    }
    let is_read = |path: &str| json::known(path.split('.').next().unwrap_or(path)).is_some();
    for group in about.row_groups() {
        let bytes = group
            .columns()
            .iter()
            .filter(|chunk| is_read(&chunk.column_path().string()))
            .map(|chunk| u64::try_from(chunk.uncompressed_size()).unwrap_or(u64::MAX));
        if bytes.fold(0, u64::saturating_add) > most {
            let reason = format!("a group of its rows unpacks to more than {}", Size(most));
            return Err(ParquetError::General(reason));
        }
    }
    let wanted = Type::group_type_builder(schema.name()).with_fields(columns).build()?;
    Ok(RowIter::from_file_into(reader).project(Some(wanted))?.with_batch_size(AT_A_TIME))
}

/// Does a step of the crate that reads tables, which breaks down over some that are damaged.
fn guarded<T>(step: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(step)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(ParquetError::General(reason))) => Err(reason),
        Ok(Err(error)) => Err(match error.to_string().split_once("compile time: ") {
            Some((_, codec)) => format!("it is packed with {codec}, which is not read"),
            None => error.to_string(),
        }),
        Err(_) => Err("it is damaged".to_owned()),
    }
}

fn object(row: Row) -> Value {
    let fields = row.into_columns().into_iter();
    let known = fields.map(|(name, field)| (name, value(field))).filter(|(_, v)| !v.is_null());
    Value::Object(known.collect::<Map<_, _>>())
}

/// A field as JSON records have it; nothing for what no record has.
fn value(field: Field) -> Value {
    let time =
        |time: Result<Timestamp, jiff::Error>| time.map_or(Value::Null, |t| t.to_string().into());
    match field {
        Field::Str(words) => words.into(),
        // Some writers do not say that their bytes are text.
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into(),
        Field::Bool(value) => value.into(),
        Field::Byte(number) => number.into(),
        Field::Short(number) => number.into(),
        Field::Int(number) => number.into(),
        Field::Long(number) => number.into(),
        Field::UByte(number) => number.into(),
        Field::UShort(number) => number.into(),
        Field::UInt(number) => number.into(),
        Field::ULong(number) => number.into(),
        Field::Date(days) => Span::new()
            .try_days(days)
            .and_then(|days| Date::constant(1970, 1, 1).checked_add(days))
            .map_or(Value::Null, |date| date.to_string().into()),
        Field::TimestampMillis(number) => time(Timestamp::from_millisecond(number)),
        Field::TimestampMicros(number) => time(Timestamp::from_microsecond(number)),
        Field::Group(row) => object(row),
        Field::ListInternal(list) => {
            list.elements().iter().map(|field| value(field.clone())).collect()
        }
        _ => Value::Null,
    }
}
