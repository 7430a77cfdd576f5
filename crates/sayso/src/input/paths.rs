//! Which files the user means.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

/// Some of the endings that are read when a folder is named, for those who named one without any.
pub(super) const ENDINGS: &str = ".txt, .md, .html, .jsonl, .csv, .eml, .warc.gz, .zip";

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl fmt::Display for Source {
    /// The name under which the user knows it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => f.write_str("-"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}

/// What the user named, with each folder replaced by the files in it, in the order of their
/// names. What is no folder is kept as it is: whether it can be read is found out by reading.
///
/// In a folder, hidden files, README files and outcome data with its map are left out, and links to
/// folders (they could lead in circles) and out of the folder are not followed. The second list holds folders that could not be read, with the
/// reason, and folders in which there is nothing to read.
pub(crate) fn expanded(paths: &[PathBuf], endings: &[&str]) -> (Vec<Source>, Vec<String>) {
    let (mut sources, mut failures) = (Vec::new(), Vec::new());
    for path in paths {
        if path.as_os_str() == "-" {
            sources.push(Source::Stdin);
        } else if path.is_dir() {
            let before = sources.len();
            let failed = failures.len();
            folder(path, path, endings, &mut sources, &mut failures);
            if sources.len() == before && failures.len() == failed {
                failures.push(format!(
                    "{}: there is nothing to read in this folder. Name files, or a folder with files that end in {}.",
                    path.display(),
                    ENDINGS
                ));
            }
        } else if is_address(path) {
            failures.push(format!(
                "{}: no page is fetched here. Add it to a ledger with `sayso add`.",
                path.display()
            ));
        } else if let Some(pattern) = pattern(path) {
            let before = sources.len();
            for path in glob::glob(pattern).into_iter().flatten().flatten() {
                if path.is_dir() {
                    folder(&path, &path, endings, &mut sources, &mut failures);
                } else {
                    sources.push(Source::File(path));
                }
            }
            if sources.len() == before {
                failures.push(format!(
                    "{pattern}: no file fits this pattern. Check it, or name the files."
                ));
            }
        } else {
            sources.push(Source::File(path.clone()));
        }
    }
    (sources, failures)
}

/// True for the address of a page.
pub(crate) fn is_address(path: &Path) -> bool {
    let words = path.to_str().unwrap_or_default();
    // The name of a scheme has no case (RFC 3986, 3.1).
    let begins =
        |with: &str| words.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    begins("https://") || begins("http://")
}

/// A path that is a pattern (`news/*.html`) and no file's name.
fn pattern(path: &Path) -> Option<&str> {
    let words = path.to_str()?;
    (words.contains(['*', '?', '[']) && !path.exists() && glob::Pattern::new(words).is_ok())
        .then_some(words)
}

/// The files of a folder that is somewhere `within` the one that the user named.
fn folder(
    path: &Path,
    within: &Path,
    endings: &[&str],
    sources: &mut Vec<Source>,
    failures: &mut Vec<String>,
) {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => {
            failures.push(format!(
                "{}: this folder could not be read: {error}. Check that you may read it.",
                path.display()
            ));
            return;
        }
    };
    let mut inside: Vec<_> = entries.filter_map(Result::ok).collect();
    inside.sort_by_key(fs::DirEntry::file_name);
    for entry in inside {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let path = entry.path();
        if name.starts_with('.') {
            continue;
        }
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            folder(&path, within, endings, sources, failures);
        } else if leads_out(&path, within) {
            failures.push(format!(
                "{}: this link leads out of the folder and is not followed. Name the file itself.",
                path.display()
            ));
        } else if is_readable(&path, endings)
            && !is_readme(&name)
            && !is_mapped(&path)
            && path.is_file()
        {
            sources.push(Source::File(path));
        }
    }
}

/// True for a link out of a folder: whoever hands over a folder of articles must not choose
/// which other files of this machine are read.
fn leads_out(path: &Path, folder: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path);
    path.is_symlink()
        && real(path).is_ok_and(|file| real(folder).is_ok_and(|folder| !file.starts_with(folder)))
}

fn is_readable(path: &Path, more: &[&str]) -> bool {
    let of_more = path
        .extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| more.iter().any(|known| known.eq_ignore_ascii_case(ending)));
    of_more || sayso_read::Format::of_name(&path.to_string_lossy()).is_some()
}

/// A README tells about the files beside it and is no article.
fn is_readme(name: &str) -> bool {
    name.split('.').next().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"))
}

/// A file with a map of the same name beside it (`rates.csv`, `rates.toml`) is outcome data and no
/// article.
fn is_mapped(path: &Path) -> bool {
    const DATA: [&str; 4] = ["csv", "tsv", "json", "jsonl"];
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| DATA.contains(&ending)) && path.with_extension("toml").is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_read_in_the_order_of_names() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "b.txt",
            "a.md",
            "README.md",
            ".hidden.txt",
            "picture.png",
            "sub/c.HTML",
            "d.warc.gz",
            "rates.csv",
            "rates.toml",
        ] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let (sources, failures) = expanded(&[folder.path().to_owned(), "-".into()], &[]);
        let names: Vec<_> = sources
            .iter()
            .map(|source| match source {
                Source::Stdin => "-".into(),
                Source::File(path) => {
                    path.strip_prefix(folder.path()).unwrap().display().to_string()
                }
            })
            .collect();
        assert_eq!(names, ["a.md", "b.txt", "d.warc.gz", "sub/c.HTML", "-"]);
        assert!(failures.is_empty());
    }

    #[test]
    fn a_pattern_in_quotation_marks_is_every_file_that_fits() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.txt", "c.html", "what?.txt"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let named = |pattern: &str| {
            let (sources, failures) = expanded(&[folder.path().join(pattern)], &[]);
            let name = |source: &Source| match source {
                Source::Stdin => "-".to_owned(),
                Source::File(path) => path.file_name().unwrap().to_string_lossy().into_owned(),
            };
            (sources.iter().map(name).collect::<Vec<_>>(), failures)
        };
        assert_eq!(named("*.txt").0, ["a.txt", "b.txt", "what?.txt"]);
        assert_eq!(named("[bc].*").0, ["b.txt", "c.html"]);
        // What is a file's name is no pattern.
        assert_eq!(named("what?.txt").0, ["what?.txt"]);
        let (none, failures) = named("*.csv");
        assert!(none.is_empty() && failures[0].contains("no file fits"), "{failures:?}");
        assert_eq!(named("missing.txt").0, ["missing.txt"]);
        let (none, failures) = expanded(&["https://example.org/a".into()], &[]);
        assert!(none.is_empty() && failures[0].contains("sayso add"), "{failures:?}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_a_folder_is_reported_and_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("in");
        fs::create_dir(&inside).unwrap();
        for path in ["secret.txt", "in/a.txt"] {
            fs::write(folder.path().join(path), "x").unwrap();
        }
        let link = |to: &str, at: &str| {
            std::os::unix::fs::symlink(folder.path().join(to), inside.join(at)).unwrap();
        };
        link("secret.txt", "out.txt");
        link("in/a.txt", "same.txt");
        let (sources, failures) = expanded(std::slice::from_ref(&inside), &[]);
        let file = |name: &str| Source::File(inside.join(name));
        assert_eq!(sources, [file("a.txt"), file("same.txt")]);
        assert_eq!(failures.len(), 1);
        assert!(failures[0].contains("out.txt: this link leads out"), "{failures:?}");
        // By its own name it is read.
        assert_eq!(expanded(&[inside.join("out.txt")], &[]), (vec![file("out.txt")], vec![]));
    }

    #[test]
    fn an_empty_folder_is_said_to_be_empty() {
        let folder = tempfile::tempdir().unwrap();
        let (sources, failures) = expanded(&[folder.path().to_owned()], &[]);
        assert!(sources.is_empty());
        assert!(failures[0].contains("nothing to read"), "{failures:?}");
    }
}
