//! What a sayso without Parquet says of Parquet.

use std::path::{Path, PathBuf};

use super::{sources::Tally, taking::Taking};
use crate::{
    cli::Read,
    error::{CommandError, ErrorKind},
    screen::Screen,
};

/// That it has none.
fn none<T>() -> Result<T, CommandError> {
    let error = "This sayso was built without Parquet.";
    let hint = "Use the one of a release or of the wheel, or build it with `--features parquet`.";
    Err(CommandError::new(ErrorKind::Usage, error).hint(hint))
}

pub(super) fn printed(_: &Read, _: Screen) -> Result<(), CommandError> {
    none()
}

pub(super) fn shards(_: &Read, _: &Path, _: Screen) -> Result<(), CommandError> {
    none()
}

pub(super) fn taken(_: &[PathBuf], _: &mut Taking, _: &mut Tally) -> Result<(), CommandError> {
    none()
}
