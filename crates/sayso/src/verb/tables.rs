//! Parquet: what was read as a table, for `read`, and a table into a ledger, for `add`.
//!
//! A shard is a table of one input file. It is written under another name, forced to the disk and renamed, and a
//! marker beside it says what it was made from: so a run that is killed leaves nothing that looks whole, and a
//! second run reads what is missing or has changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use sayso_arrow::{Row, TableError, Writer};
use sayso_ledger::Ledger;
use sayso_model::{Article, Statement, content_id};
use serde::{Deserialize, Serialize};

use super::{
    read::Counts,
    sources::{Tally, named, options},
    taking::{Made, Taking},
};
use crate::{
    cli::Read,
    engine,
    error::{CommandError, ErrorKind},
    input::{self, Ended, Options, Outcome, Source},
    interrupt,
    screen::{Screen, count},
};

impl From<TableError> for CommandError {
    fn from(error: TableError) -> Self {
        Self::new(ErrorKind::SomeFailed, format!("{error}."))
    }
}

/// Prints what the flags name as one table.
pub(super) fn printed(flags: &Read, screen: Screen) -> Result<(), CommandError> {
    if screen.terminal {
        let error = "A Parquet table is no text for a terminal.";
        let hint = "Send it into a file: `sayso read -o parquet … > said.parquet`.";
        return Err(CommandError::new(ErrorKind::Usage, error).hint(hint));
    }
    let mut tally = Tally::new(screen);
    let sources = named(&flags.paths, &[], &mut tally);
    let options = options(flags.input_format, flags.published, flags.jobs);
    let writer = Writer::new(BufWriter::new(io::stdout()))?;
    let table = Table::new(writer, flags.min_confidence);
    let (read, ended, to) = written(&sources, &options, table, screen, &mut tally)?;
    to.finish()?.flush()?;
    tally.end(ended);
    tally.finish(&format!("{read}."))
}

/// Writes a table for each of the files that the flags name.
pub(super) fn shards(flags: &Read, folder: &Path, screen: Screen) -> Result<(), CommandError> {
    let failed = |error: io::Error| {
        let words = format!("{}: this folder cannot be written: {error}.", folder.display());
        CommandError::new(ErrorKind::SomeFailed, words).hint("Name another folder.")
    };
    if flags.output.is_some_and(|format| format.text().is_some()) {
        let error = "Shards are Parquet tables.";
        return Err(CommandError::new(ErrorKind::Usage, error).hint("Pass `-o parquet`."));
    }
    fs::create_dir_all(folder).map_err(failed)?;
    let mut tally = Tally::new(screen);
    let sources = named(&flags.paths, &[], &mut tally);
    let options = options(flags.input_format, flags.published, flags.jobs);
    let (mut all, mut new, mut old) = (Counts::default(), 0, 0);
    for source in &sources {
        let Source::File(path) = source else {
            tally.fail("-: standard input has no name for a shard. Send it into a file first.");
            continue;
        };
        let made_from = match MadeFrom::of(path, flags) {
            Ok(made_from) => made_from,
            Err(error) => {
                tally.fail(&format!("{}: it cannot be read: {error}.", path.display()));
                continue;
            }
        };
        let shard = Shard::of(folder, path);
        if shard.holds(&made_from) {
            old += 1;
            continue;
        }
        let to = BufWriter::new(File::create(&shard.begun).map_err(failed)?);
        let table = Table::new(Writer::new(to)?, flags.min_confidence);
        let source = std::slice::from_ref(source);
        let (read, ended, writer) = written(source, &options, table, screen, &mut tally)?;
        let file = writer.finish()?.into_inner().map_err(io::IntoInnerError::into_error);
        if ended == Ended::Interrupted {
            // Half a file is no shard: the next run begins it again.
            let _ = fs::remove_file(&shard.begun);
            tally.end(ended);
            break;
        }
        file.and_then(|file| file.sync_all()).map_err(failed)?;
        shard.finish(&made_from).map_err(failed)?;
        all += read;
        new += 1;
        if interrupt::came() {
            tally.end(Ended::Interrupted);
            break;
        }
    }
    let before = if old > 0 { format!(", {old} there before") } else { String::new() };
    tally.finish(&format!("{}: {} written{before}. {all}.", folder.display(), count(new, "shard")))
}

/// Rows on their way into a file.
struct Table<W: Write + Send> {
    writer: Writer<W>,
    articles: Vec<(Article, Vec<Statement>)>,
    problems: Vec<(String, String)>,
    /// How many rows wait.
    rows: usize,
    min_confidence: f64,
}

/// Rows that are packed together.
const TOGETHER: usize = 512;

impl<W: Write + Send> Table<W> {
    fn new(writer: Writer<W>, min_confidence: f64) -> Self {
        Self { writer, articles: Vec::new(), problems: Vec::new(), rows: 0, min_confidence }
    }

    fn push(&mut self) -> Result<(), TableError> {
        let classes = engine::classes();
        let groups = |one: &Statement| -> Vec<String> {
            sayso_link::groups(one, &classes).into_iter().collect()
        };
        let of: Vec<Vec<Vec<String>>> =
            self.articles.iter().map(|(_, all)| all.iter().map(groups).collect()).collect();
        let mut rows = Vec::with_capacity(self.rows);
        for ((article, statements), groups) in self.articles.iter().zip(&of) {
            rows.push(Row::Article(article));
            rows.extend(statements.iter().zip(groups).map(|(one, of)| Row::Statement(one, of)));
        }
        rows.extend(self.problems.iter().map(|(key, words)| Row::Problem(key, words)));
        self.writer.push(&rows)?;
        self.articles.clear();
        self.problems.clear();
        self.rows = 0;
        Ok(())
    }

    fn finish(mut self) -> Result<W, TableError> {
        self.push()?;
        self.writer.finish()
    }
}

/// Reads sources into a table; what cannot be read is a row of its own in it, and reported.
fn written<W: Write + Send>(
    sources: &[Source],
    options: &Options,
    mut table: Table<W>,
    screen: Screen,
    tally: &mut Tally,
) -> Result<(Counts, Ended, Table<W>), CommandError> {
    let mut read = Counts::default();
    let ended = input::each(
        sources,
        options,
        screen,
        |article, _| engine::statements(article),
        |outcome| {
            match outcome {
                Outcome::Failed(words, n) => {
                    tally.fail_all(&words, n);
                    let key = words.split(": ").next().unwrap_or_default().to_owned();
                    table.problems.push((key, words));
                    table.rows += 1;
                }
                Outcome::Reached(..) => {}
                Outcome::Done(article, mut statements) => {
                    statements.retain(|one| one.confidence >= table.min_confidence);
                    read += Counts::of_article(&statements);
                    tally.note(&article);
                    table.rows += 1 + statements.len();
                    table.articles.push((*article, statements));
                }
            }
            if table.rows >= TOGETHER { Ok(table.push()?) } else { Ok(()) }
        },
    )?;
    Ok((read, ended, table))
}

/// What a shard was made from. Equal ones give equal shards.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct MadeFrom {
    input: String,
    bytes: u64,
    /// When the file was changed last, seconds since 1970.
    modified: i64,
    published: Option<String>,
    min_confidence: String,
    input_format: String,
    sayso: String,
}

impl MadeFrom {
    fn of(path: &Path, flags: &Read) -> io::Result<Self> {
        let about = path.metadata()?;
        if about.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let modified = jiff::Timestamp::try_from(about.modified()?).map_err(io::Error::other)?;
        Ok(Self {
            input: path.to_string_lossy().into_owned(),
            bytes: about.len(),
            modified: modified.as_second(),
            published: flags.published.map(|date| date.to_string()),
            min_confidence: flags.min_confidence.to_string(),
            input_format: format!("{:?}", flags.input_format),
            sayso: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }
}

/// The files of a shard.
struct Shard {
    table: PathBuf,
    marker: PathBuf,
    /// The table while it is written.
    begun: PathBuf,
}

impl Shard {
    fn of(folder: &Path, input: &Path) -> Self {
        // Files of one name lie in many folders.
        let id = content_id("", &input.to_string_lossy());
        let name = input.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{name}-{}", id.get(..8).unwrap_or(&id));
        Self {
            table: folder.join(format!("{name}.parquet")),
            // Engines that read a folder pass over names with a dot or a stroke before them.
            marker: folder.join(format!("_{name}.done.json")),
            begun: folder.join(format!(".{name}.{}.begun", std::process::id())),
        }
    }

    /// Whether it is whole, and of this.
    fn holds(&self, made_from: &MadeFrom) -> bool {
        self.table.is_file()
            && fs::read(&self.marker)
                .ok()
                .and_then(|bytes| serde_json::from_slice::<MadeFrom>(&bytes).ok())
                .is_some_and(|before| before == *made_from)
    }

    /// Gives the table its name, then the marker: never the other way round.
    fn finish(&self, made_from: &MadeFrom) -> io::Result<()> {
        // What the marker of an earlier shard says holds no longer.
        match fs::remove_file(&self.marker) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        fs::rename(&self.begun, &self.table)?;
        let mut marker = serde_json::to_vec(made_from)?;
        marker.push(b'\n');
        fs::write(&self.begun, marker)?;
        fs::rename(&self.begun, &self.marker)
    }
}

/// Takes tables into a ledger. An article and its statements are in one file, wherever in it: all that write such
/// tables write them so.
pub(super) fn taken(
    paths: &[PathBuf],
    taking: &mut Taking,
    tally: &mut Tally,
) -> Result<(), CommandError> {
    let mut sources = named(paths, &["parquet"], tally);
    // Beside tables lie markers and lists of those who wrote them.
    sources.retain(|source| match source {
        Source::Stdin => true,
        Source::File(path) => {
            paths.contains(path)
                || path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("parquet"))
        }
    });
    for source in sources {
        if interrupt::came() {
            tally.end(Ended::Interrupted);
            break;
        }
        let Source::File(path) = &source else {
            tally.fail("-: a Parquet table has to be a file: its end is read first.");
            continue;
        };
        match unpacked(path) {
            Ok(file) => file.take(path, taking, tally)?,
            Err(words) => tally.fail(&words),
        }
    }
    Ok(())
}

/// What a file held.
#[derive(Default)]
struct Unpacked {
    articles: Vec<Article>,
    statements: BTreeMap<String, Vec<Statement>>,
    failures: Vec<String>,
}

fn unpacked(path: &Path) -> Result<Unpacked, String> {
    let failed = |error: &dyn std::fmt::Display| format!("{}: {error}.", path.display());
    let file =
        File::open(path).map_err(|error| failed(&format!("it cannot be opened: {error}")))?;
    let mut all = Unpacked::default();
    let tables = guarded(|| sayso_arrow::read(file)).map_err(|error| failed(&error))?;
    let mut tables = tables;
    loop {
        let unpacked = match guarded(|| match tables.next() {
            None => Ok(None),
            Some(table) => sayso_arrow::unpacked(&table?).map(Some),
        }) {
            Ok(None) => return Ok(all),
            Ok(Some(unpacked)) => unpacked,
            Err(error) => {
                // What came before it is good.
                all.failures.push(failed(&error));
                return Ok(all);
            }
        };
        all.articles.extend(unpacked.articles);
        for statement in unpacked.statements {
            let of = all.statements.entry(statement.article.id.clone()).or_default();
            of.push(statement);
        }
        all.failures.extend(unpacked.failures);
    }
}

/// Does a step of the crate that reads tables, which breaks down over some that are damaged.
fn guarded<T>(step: impl FnOnce() -> Result<T, TableError>) -> Result<T, String> {
    match engine::guarded(step) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("the table is damaged".to_owned()),
    }
}

impl Unpacked {
    fn take(
        mut self,
        path: &Path,
        taking: &mut Taking,
        tally: &mut Tally,
    ) -> Result<(), CommandError> {
        let mut seen = BTreeSet::new();
        // A task that ran twice gave each twice.
        self.articles.retain(|article| seen.insert(article.id.clone()));
        for article in self.articles {
            let mut statements = self.statements.remove(&article.id).unwrap_or_default();
            // In the order of the text, whatever order the rows came in.
            let first = |one: &Statement| one.content.first().map_or(0, |span| span.byte_start);
            statements.sort_by(|a, b| (first(a), &a.id).cmp(&(first(b), &b.id)));
            statements.dedup_by(|a, b| a.id == b.id);
            if let Err(error) = Ledger::fits(&article, &statements) {
                tally.fail(&format!("{}: {}: {error}", path.display(), article.key));
                continue;
            }
            tally.note(&article);
            taking.take(Box::new(article), Made::read_before(statements), None)?;
        }
        let lost: usize = self.statements.values().map(Vec::len).sum();
        if lost > 0 {
            let words = count(lost, "statement");
            tally.fail_all(
                &format!("{}: {words} without their article. Read with its texts.", path.display()),
                lost,
            );
        }
        for words in self.failures {
            tally.fail(&words);
        }
        Ok(())
    }
}
