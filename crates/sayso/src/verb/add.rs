//! `sayso add`: articles into a ledger.

use sayso_ledger::Ledger;

use super::{
    sources::{Tally, named, options},
    taking::{Made, Taking},
};
use crate::{
    cli::Add,
    error::CommandError,
    input::{self, Outcome, Places, Source},
    interrupt,
    screen::Screen,
};

/// Adds what the flags name, then links.
pub(crate) fn run(flags: &Add, screen: Screen) -> Result<(), CommandError> {
    interrupt::listen();
    let mut tally = Tally::new(screen);
    let mut taking = Taking::new(Ledger::open(&flags.store.ledger)?, now());
    let sources = named(&flags.paths, &[], &mut tally);
    let mut options = options(flags.input_format, flags.published, flags.jobs);
    options.alone = true;
    options.read.keep_raw = !flags.no_evidence;
    let mut places = Places::beside(&flags.store.ledger);
    for source in &sources {
        if let Source::File(path) = source
            && let Some(at) = places.of(path)
        {
            screen.say(&format!(
                "{}: taken up at byte {at}, where the last run ended.",
                path.display()
            ));
            options.from.insert(path.clone(), at);
        }
    }
    let ended = input::each(&sources, &options, screen, Made::of, |outcome| {
        match outcome {
            Outcome::Failed(words, n) => tally.fail_all(&words, n),
            Outcome::Reached(path, at) => places.reached(&path, at)?,
            Outcome::Done(article, made) => {
                taking.take(&article, &made, article.path.as_deref())?;
                tally.note(&article);
            }
        }
        Ok(())
    })?;
    tally.end(ended);
    tally.finish(&taking.link()?)
}

/// The time of adding, UTC, to the second.
pub(super) fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
