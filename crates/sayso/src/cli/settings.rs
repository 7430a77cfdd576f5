//! `sayso.toml`: what flags are where the command line does not say.
//!
//! A key is the name of a flag that has a variable too (`ledger` for `--ledger` and `SAYSO_LEDGER`),
//! so that there is one list of what can be set, and it stands at the flags. The command line has
//! the last word, the variable the second.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use clap::{Arg, Command};
use toml::{Table, Value};

/// The file, in the folder in which the command runs or the nearest one above it.
const FILE: &str = "sayso.toml";

/// Keys whose values are files: they are meant from where the settings stand.
const FILES: [&str; 2] = ["ledger", "wikidata"];

/// The settings that hold in the folder of a run: its own, which go by their bare name, or those of the
/// nearest folder above that has some.
pub(crate) fn nearest(folder: &Path) -> PathBuf {
    let own = folder.join(FILE).is_file();
    let above = folder.ancestors().skip(1).map(|above| above.join(FILE));
    above.filter(|_| !own).find(|file| file.is_file()).unwrap_or_else(|| PathBuf::from(FILE))
}

/// The command with the defaults that a file names; without a file, as it was.
///
/// # Errors
/// In words, with the file and the cure, for what cannot be read and for a key that no flag has.
pub(crate) fn read(command: Command, file: &Path) -> Result<Command, String> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(command),
        Err(error) => return Err(format!("{}: {error}.", file.display())),
    };
    apply(command, &text, file.parent()).map_err(|error| format!("{}: {error}", file.display()))
}

fn apply(command: Command, text: &str, folder: Option<&Path>) -> Result<Command, String> {
    let mut settings: Table = text.parse().map_err(|error: toml::de::Error| {
        format!(
            "this is not TOML: {}\nA line is a key and a value: `ledger = \"war.db\"`.",
            error.message()
        )
    })?;
    let keys = keys(&command);
    for (key, value) in &settings {
        if !keys.contains(key) {
            let known: Vec<&str> = keys.iter().map(String::as_str).collect();
            return Err(format!("there is no such key: {key}. The keys are {}.", known.join(", ")));
        }
        if !matches!(value, Value::String(_) | Value::Integer(_)) {
            return Err(format!("{key}: the value is not text or a number. Write it in quotes."));
        }
    }
    for key in FILES {
        if let (Some(Value::String(value)), Some(folder)) = (settings.get_mut(key), folder) {
            // A whole path stays what it is.
            *value = folder.join(&*value).to_string_lossy().into_owned();
        }
    }
    Ok(with(command, &settings))
}

/// The key of a flag that can be set.
fn key(flag: &Arg) -> Option<String> {
    Some(flag.get_env()?.to_str()?.strip_prefix("SAYSO_")?.to_lowercase())
}

fn keys(command: &Command) -> BTreeSet<String> {
    let own = command.get_arguments().filter_map(key);
    own.chain(command.get_subcommands().flat_map(keys)).collect()
}

fn with(command: Command, settings: &Table) -> Command {
    let flag = |flag: Arg| {
        let value = match key(&flag).and_then(|key| settings.get(&key)) {
            Some(Value::String(words)) => words.clone(),
            Some(Value::Integer(number)) => number.to_string(),
            _ => return flag,
        };
        // Once a run: flags borrow their defaults for as long as the program lives.
        let value: &'static str = value.leak();
        flag.default_value(value).required(false)
    };
    command.mut_args(flag).mut_subcommands(|verb| with(verb, settings))
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, FromArgMatches as _};

    use super::*;
    use crate::cli::{Cli, Verb};

    fn ledger(settings: &str, arguments: &[&str]) -> String {
        let command = apply(Cli::command(), settings, None).unwrap();
        let matches = command.try_get_matches_from(arguments).unwrap();
        match Cli::from_arg_matches(&matches).unwrap().verb {
            Verb::Find(find) => find.store.ledger.display().to_string(),
            verb => panic!("{verb:?}"),
        }
    }

    #[test]
    fn the_command_line_has_the_last_word() {
        let settings = "ledger = \"war.db\"\nport = 7301\nreviewer = \"Ines Holt\"\n";
        assert_eq!(ledger(settings, &["sayso", "find"]), "war.db");
        assert_eq!(ledger(settings, &["sayso", "find", "--ledger", "other.db"]), "other.db");
        assert_eq!(ledger("", &["sayso", "find"]), "sayso.db");
        apply(Cli::command(), settings, None).unwrap().debug_assert();
    }

    #[test]
    fn settings_of_a_folder_above_hold_and_name_files_from_there() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("a/b");
        fs::create_dir_all(&below).unwrap();
        assert_eq!(nearest(&below), Path::new(FILE), "none is anywhere");
        fs::write(folder.path().join(FILE), "ledger = \"war.db\"\n").unwrap();
        assert_eq!(nearest(folder.path()), Path::new(FILE));
        let file = nearest(&below);
        assert_eq!(file, folder.path().join(FILE));
        let command = read(Cli::command(), &file).unwrap();
        let matches = command.try_get_matches_from(["sayso", "find"]).unwrap();
        let Verb::Find(find) = Cli::from_arg_matches(&matches).unwrap().verb else { panic!() };
        assert_eq!(find.store.ledger, folder.path().join("war.db"));
    }

    #[test]
    fn what_cannot_be_set_is_told_with_what_can() {
        for (settings, words) in [
            ("legder = \"war.db\"", "ledger, port"),
            ("ledger", "not TOML"),
            ("ledger = true", "quotes"),
            ("[ledger]", "quotes"),
        ] {
            let error = apply(Cli::command(), settings, None).unwrap_err().replace("contact, ", "");
            assert!(error.contains(words), "{settings}: {error}");
        }
    }
}
