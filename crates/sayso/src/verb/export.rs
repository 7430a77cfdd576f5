//! `sayso export`: the ledger in the formats of others.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use sayso_ledger::Ledger;

use super::add::now;
use crate::{
    cli::{Export, ExportFormat},
    engine,
    error::{CommandError, ErrorKind},
    export::{self, File, Holdings},
    screen::{Screen, count},
};

/// Writes what the flags ask for.
pub(crate) fn run(flags: &Export, screen: Screen) -> Result<(), CommandError> {
    if flags.format.is_folder() && flags.to.is_none() {
        let error = "This format is several files.";
        return Err(CommandError::new(ErrorKind::Usage, error).hint("Name a folder: `--to DIR`."));
    }
    let ledger = Ledger::open_existing(&flags.store.ledger)?;
    let holdings = if flags.public {
        Holdings::public(&published(&ledger, &flags.store.ledger)?.0)?
    } else {
        Holdings::of(&ledger)?
    };
    if holdings.statements.is_empty() {
        let error = CommandError::new(ErrorKind::NothingFound, "There is no statement to export.");
        return Err(if flags.public {
            error.hint("With --public only reviewed ones are: `sayso review` accepts them.")
        } else {
            error.hint("`sayso add` takes articles in.")
        });
    }
    let files = match flags.format {
        ExportFormat::Datapackage => export::datapackage(&holdings)?,
        ExportFormat::Annotation => vec![export::annotation(&holdings)?],
        ExportFormat::Schemaorg => vec![export::schemaorg(&holdings)?],
        ExportFormat::Stix => vec![export::stix(&holdings)?],
        ExportFormat::Ftm => vec![export::ftm(&holdings)?],
        ExportFormat::Graph => export::graph(&holdings)?,
    };
    if let Some(to) = &flags.to {
        written(to, &files, flags.format.is_folder())?;
    } else {
        let mut out = screen.out();
        for file in &files {
            out.write_all(&file.bytes)?;
        }
        out.flush()?;
    }
    screen.say(&format!(
        "{} of {} exported.",
        count(holdings.statements.len(), "statement"),
        count(holdings.articles.len(), "article")
    ));
    Ok(())
}

/// A ledger of what was reviewed, which is removed when it is done with.
struct Published(Ledger, PathBuf);

impl Drop for Published {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm"] {
            let mut path = self.1.clone().into_os_string();
            path.push(ending);
            // Where it cannot be removed it does no harm.
            let _ = fs::remove_file(path);
        }
    }
}

fn published(ledger: &Ledger, path: &Path) -> Result<Published, CommandError> {
    let mut to = path.as_os_str().to_owned();
    to.push(format!(".export.{}", std::process::id()));
    let to = PathBuf::from(to);
    ledger.publish(&to, &engine::classes(), &now())?;
    Ok(Published(Ledger::open_existing(&to)?, to))
}

fn written(to: &Path, files: &[File], is_folder: bool) -> Result<(), CommandError> {
    let failed = |path: &Path, error: io::Error| {
        let words = format!("{}: it cannot be written: {error}.", path.display());
        CommandError::new(ErrorKind::SomeFailed, words).hint("Name another place.")
    };
    if is_folder {
        fs::create_dir_all(to).map_err(|error| failed(to, error))?;
    }
    for file in files {
        let path = if is_folder { to.join(file.name) } else { to.to_owned() };
        // Whole or not at all: others may be reading the one that is there.
        let mut begun = path.clone().into_os_string();
        begun.push(".begun");
        fs::write(&begun, &file.bytes)
            .and_then(|()| fs::rename(&begun, &path))
            .map_err(|error| failed(&path, error))?;
    }
    Ok(())
}
