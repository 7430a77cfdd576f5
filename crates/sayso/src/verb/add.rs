//! `sayso add`: articles into a ledger.

use sayso_ledger::{Added, Ledger};

use super::sources::{Tally, named, options};
use crate::{
    cli::Add,
    engine,
    error::CommandError,
    input::{self, Outcome, Places, Source},
    screen::{Screen, count},
};

/// Adds what the flags name, then links.
pub(crate) fn run(flags: &Add, screen: Screen) -> Result<(), CommandError> {
    let mut tally = Tally::new(screen);
    let mut ledger = Ledger::open(&flags.store.ledger)?;
    let sources = named(&flags.paths, &[], &mut tally);
    let mut options = options(flags.input_format, flags.published, flags.jobs);
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
    let now = now();
    let (mut new, mut found, mut same, mut copies) = (0, 0, 0, 0);
    input::each(&sources, &options, screen, engine::statements, |outcome| {
        match outcome {
            Outcome::Failed(words) => tally.fail(&words),
            Outcome::Reached(path, at) => places.reached(&path, at)?,
            Outcome::Done(article, statements) => {
                match ledger.add(&article, &statements, &now)? {
                    Added::New { statements } => {
                        new += 1;
                        found += statements;
                    }
                    Added::Same => same += 1,
                    Added::Copy => copies += 1,
                }
                tally.note(&article);
            }
        }
        Ok(())
    })?;
    // Also without a new article: a run that was interrupted may have left some unlinked.
    let linked = ledger.relink(&engine::classes(), &now)?;
    let mut parts =
        vec![format!("{} added with {}", count(new, "article"), count(found, "statement"))];
    if same > 0 {
        parts.push(format!("{same} known already"));
    }
    if copies > 0 {
        parts.push(format!("{} known from elsewhere and noted", count(copies, "text")));
    }
    let ledger = flags.store.ledger.display();
    let questions = count(linked.questions, "question");
    tally.finish(&format!("{ledger}: {}. {questions}.", parts.join(", ")))
}

/// The time of adding, UTC, to the second.
pub(super) fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
