//! `sayso add`: articles into a ledger.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
};

use sayso_ledger::{ArchivePlace, Ledger};
use sayso_model::Article;
use sayso_read::Raw;

use super::{
    sources::{Tally, named, options},
    taking::{Made, Taking},
};
use crate::{
    cli::Add,
    error::CommandError,
    input::{self, Ended, Options, Outcome, Places, Source},
    interrupt,
    screen::Screen,
};

/// Adds what the flags name, then links.
pub(crate) fn run(flags: &Add, screen: Screen) -> Result<(), CommandError> {
    interrupt::listen();
    let mut tally = Tally::new(screen);
    let mut taking = Taking::new(Ledger::open(&flags.store.ledger)?, now());
    if flags.from_parquet {
        super::tables::taken(&flags.paths, &mut taking, &mut tally)?;
        return tally.finish(&taking.link()?);
    }
    // Asked by those who read side by side, while the other is written to.
    let known = Mutex::new(Ledger::open(&flags.store.ledger)?);
    let made = |article: &Article, raw: Option<&Raw>| Made::of_new(&known, article, raw);
    let (pages, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        flags.paths.iter().cloned().partition(|path| input::is_address(path));
    let sources = named(&paths, &[], &mut tally);
    let mut options = options(flags.input_format, flags.published, flags.jobs);
    options.alone = true;
    options.read.keep_raw = !flags.no_evidence;
    forget_old_places(&flags.store.ledger);
    let places = Places::new(!flags.no_evidence);
    for source in &sources {
        if let Source::File(path) = source
            && let Some(archive) = places.known_by(path)
            && let Some(at) = taking.ledger().place_in(&archive)?
        {
            screen.say(&format!(
                "{}: taken up at byte {at}, where the last run ended.",
                path.display()
            ));
            options.from.insert(path.clone(), at);
        }
    }
    let ended = input::each(&sources, &options, screen, made, |outcome| {
        match outcome {
            Outcome::Failed(words, n) => tally.fail_all(&words, n),
            Outcome::Reached(path, at) => {
                let place = places.known_by(&path).map(|archive| ArchivePlace { archive, at });
                taking.keep_up_to(place.as_ref())?;
            }
            Outcome::Done(article, made) => {
                tally.note(&article);
                let origin = article.path.clone();
                taking.take(article, made, origin)?;
            }
        }
        Ok(())
    })?;
    tally.end(ended);
    if !pages.is_empty() && ended == Ended::Whole {
        let ended = fetched(flags, &pages, &options, &mut taking, &mut tally)?;
        tally.end(ended);
    }
    tally.finish(&taking.link()?)
}

/// Earlier versions kept the places of archives in a file beside the ledger, which vouched for more than
/// the ledger held. Nothing reads it any more.
fn forget_old_places(ledger: &Path) {
    let mut file = ledger.as_os_str().to_owned();
    file.push(".reading");
    // Mostly there is none, and where it cannot be removed it does no harm.
    let _ = fs::remove_file(file);
}

/// Pages from the network: the only place where adding opens a connection.
#[cfg(feature = "network")]
fn fetched(
    flags: &Add,
    pages: &[PathBuf],
    options: &Options,
    taking: &mut Taking,
    tally: &mut Tally,
) -> Result<Ended, CommandError> {
    let fetcher = crate::network::fetcher(&flags.network);
    let pages = pages.iter().map(|page| (page.to_string_lossy().into_owned(), None));
    super::pages::take_all(pages, &fetcher, taking, options, tally)
}

#[cfg(not(feature = "network"))]
#[expect(clippy::unnecessary_wraps, reason = "it stands for one that can fail")]
fn fetched(
    _: &Add,
    pages: &[PathBuf],
    _: &Options,
    _: &mut Taking,
    tally: &mut Tally,
) -> Result<Ended, CommandError> {
    for page in pages {
        let page = page.display();
        tally.fail(&format!(
            "{page}: this sayso was built without the network. Save the page and add it."
        ));
    }
    Ok(Ended::Whole)
}

/// The time of adding, UTC, to the second.
pub(crate) fn now() -> String {
    crate::clock::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
