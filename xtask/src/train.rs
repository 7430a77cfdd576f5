//! `cargo xtask train`: hands over to the script that learns the weights.

use std::{path::Path, process::Command};

/// Runs `train/train.py` with a Python that has what `train/requirements.txt` lists.
///
/// # Errors
/// In words, when Python is missing or training fails.
pub(crate) fn run(python: &str, corpora: &Path, out: &Path) -> Result<String, String> {
    let status = Command::new(python)
        .arg("train/train.py")
        .arg("--corpora")
        .arg(corpora)
        .arg("--out")
        .arg(out)
        .status()
        .map_err(|e| format!("{python}: {e}. Pass a Python with train/requirements.txt."))?;
    if status.success() {
        Ok(format!("Weights written: {}", out.display()))
    } else {
        Err(format!("Training ended early: {status}."))
    }
}
