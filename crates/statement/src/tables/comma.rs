//! The comma tables: no quoting, one row a line, `#` begins a comment line, the first row names the
//! columns.

use super::TableError;

/// One row with the number of its line.
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    /// Counted from 1.
    pub(super) line: usize,
    /// As many as the heading has.
    pub(super) cells: Vec<&'a str>,
}

/// Reads a table whose heading must be `columns`.
pub(super) fn read<'a>(
    file: &str,
    text: &'a str,
    columns: &str,
) -> Result<Vec<Row<'a>>, TableError> {
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(i, line)| (i + 1, line.trim_end()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    match lines.next() {
        Some((_, heading)) if heading == columns => {}
        Some((line, _)) => {
            return Err(TableError::new(file, line, format!("the heading is not {columns:?}")));
        }
        None => return Err(TableError::new(file, 1, "the table is empty")),
    }
    let width = columns.split(',').count();
    lines
        .map(|(line, text)| {
            let cells: Vec<&str> = text.split(',').map(str::trim).collect();
            if cells.len() == width {
                Ok(Row { line, cells })
            } else {
                Err(TableError::new(file, line, format!("{} cells, not {width}", cells.len())))
            }
        })
        .collect()
}
