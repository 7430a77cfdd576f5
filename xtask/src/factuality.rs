//! What the product sees around each annotated predicate, for `train/factuality.py`.

use std::{fmt::Write as _, fs, path::Path, process::Command};

use sayso_statement::{Tables, factuality::features};
use serde_json::Value;

/// The parts of UW are measured and never learnt from: its licence lets no number of it ship.
const SETS: [&str; 5] =
    ["uds_ih2-train", "uds_ih2-dev", "meantime-train", "meantime-dev", "uw-dev"];

/// Writes `NAME.tsv` into a folder for each set of `CORPORA/factuality`: a line a predicate (label,
/// features).
///
/// # Errors
/// In words, when a corpus is missing or is not what its README says.
pub(crate) fn export(corpora: &Path, folder: &Path) -> Result<String, String> {
    let tables = Tables::english().map_err(|e| e.to_string())?;
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}.", folder.display()))?;
    let mut count = 0;
    for name in SETS {
        let gold = corpora.join("factuality").join(format!("{name}.jsonl.gz"));
        let unpacked = Command::new("gzip")
            .arg("-dc")
            .arg(&gold)
            .output()
            .map_err(|e| format!("{}: {e}.", gold.display()))?;
        if !unpacked.status.success() {
            return Err(format!(
                "{} cannot be unpacked. Pass the folder of corpora.",
                gold.display()
            ));
        }
        let mut out = String::new();
        for line in String::from_utf8_lossy(&unpacked.stdout).lines() {
            let record: Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
            count += sentence(&tables, &record, &mut out).ok_or("not a factuality record")?;
        }
        let file = folder.join(format!("{name}.tsv"));
        fs::write(&file, out).map_err(|e| format!("{}: {e}.", file.display()))?;
    }
    Ok(format!("{count} predicates"))
}

fn sentence(tables: &Tables, record: &Value, out: &mut String) -> Option<usize> {
    let text = record["text"].as_str()?;
    let language = sayso_language::read(text);
    let starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices(' ').map(|(i, _)| i + 1)).collect();
    let mut count = 0;
    for target in record["targets"].as_array()? {
        let start = *starts.get(usize::try_from(target["start_tok"].as_u64()?).ok()?)?;
        let token = language.tokens.iter().position(|t| t.span.end as usize > start)?;
        let named = features::features(&language, &tables.embedding, token);
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{}\t{}", target["label"], named.join("\t"));
        count += 1;
    }
    Some(count)
}
